import { Analysis } from '../analysis/analyse.ts';
import type { Package } from '../model/package.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { ReferenceWithStatus } from '../model/status.ts';
import { withText } from '../snapshots/with-text.ts';
import type { OpenedProject } from './project.ts';
import type { CellTexts } from './text-parts.ts';

/** A file as it was read. Its path is relative to the root, with `/`. */
export interface FileText {
  readonly path: string;
  /** Without a byte-order mark: no editor counts it as a column. */
  readonly text: string;
  /** Of a notebook whose cells somebody holds apart. */
  readonly cells?: CellTexts | undefined;
}

/** A text that can be written again without loss, or why there is none. */
export type EditableText =
  | { readonly kind: 'text'; readonly mark: '' | '\ufeff'; readonly text: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Reads a file of a snapshot as UTF-8; its byte-order mark stands apart. */
export async function editableText(snapshot: Snapshot, path: string): Promise<EditableText> {
  const read = await snapshot.read(path);
  if (read.kind === 'absent') return { kind: 'absent' };
  if (read.kind === 'tooLarge') return { kind: 'unreadable', reason: 'the file is too large to be read' };
  if (read.kind === 'unreadable')
    return { kind: 'unreadable', reason: `the file can’t be read: ${read.reason}` };
  const text = decoded(read.bytes);
  if (text === null) return { kind: 'unreadable', reason: 'the file is not UTF-8' };
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  return { kind: 'text', mark, text: text.slice(mark.length) };
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** What a file refers to. */
export interface FileReferences {
  /** In the order in which they stand: those of its program text, then its dependency lines. */
  readonly references: readonly ReferenceWithStatus[];
  /** A part of the file can't be read as what it is: it may hold more. */
  readonly isBroken: boolean;
}

/**
 * Reads what a file of a project refers to, if it held this text: nothing that was read before is relied upon.
 *
 * @param project Whose scope compares with no base: everything counts.
 */
export async function referencesIn(
  { path, text }: FileText,
  { scope, analysisOptions }: Pick<OpenedProject, 'scope' | 'analysisOptions'>,
): Promise<FileReferences> {
  const head = withText(scope.head, path, text);
  const fileScope = { ...scope, head, bases: [], changes: [{ path, previous: [] }] };
  const { judged: references, faults } = await new Analysis(fileScope, analysisOptions).allReferences();
  return { references, isBroken: faults.some(({ file }) => file === path) };
}

/** @returns Whether a package is the one that counts for a reference. */
export function isUseOf(
  { judged: packageStatus }: ReferenceWithStatus,
  { ecosystem, name }: Package,
): boolean {
  return packageStatus?.package.ecosystem === ecosystem && packageStatus.package.name === name;
}
