import { findEcosystem, type Ecosystem } from '../ecosystems/index.ts';
import { entriesAt, scalarText, select, type Entry as Member, type Node } from '../documents/document.ts';
import { packageLabel } from '../model/package.ts';
import type { Entry, EntryKind } from '../model/status.ts';
import { isDate } from './date.ts';
import { entryKinds } from './entry.ts';
import { isScopePattern, readKey } from './key.ts';
import { TOOL } from '../model/tool.ts';

/** What to do about the form with headings. */
export const updateAdvice = `Run \`${TOOL} init --update\`: it shows the file with one line for each decision, and writes it.`;

/**
 * The form of version 0.1.0: headings for decisions, below them headings for ecosystems, below them packages. It is
 * read so that it can be rewritten and so that a change can be compared with a base that still has it.
 */
export function isHeading(key: string): boolean {
  return entryKinds.some((kind) => kind === key);
}

/**
 * @param locate Where an offset is.
 * @returns The entries below headings, as far as they can be understood.
 */
export function readHeadings(
  members: readonly Member[],
  locate: (at: number) => { readonly file: string; readonly line: number },
): Entry[] {
  return members.flatMap(({ key, value }) => {
    const kind = entryKinds.find((candidate) => candidate === key.value);
    if (kind === undefined) return [];
    return entriesAt(value).flatMap((group) => {
      const ecosystem = findEcosystem(group.key.value);
      return ecosystem === undefined
        ? []
        : entriesAt(group.value).flatMap((member) => entryOf(member, { kind, ecosystem, locate }) ?? []);
    });
  });
}

interface Heading {
  readonly kind: EntryKind;
  readonly ecosystem: Ecosystem;
  readonly locate: (at: number) => { readonly file: string; readonly line: number };
}

function entryOf({ key, value }: Member, { kind, ecosystem, locate }: Heading): Entry | undefined {
  const read = readKey(`${ecosystem.id}:${key.value}`);
  if (read.kind === 'problem') return undefined;
  const fields = new Map(entriesAt(value).map((member) => [member.key.value, member.value]));
  const named = (field: string) => scalarText(fields.get(field)) ?? null;
  const day = (field: string) => dayOf(fields.get(field));
  return {
    kind,
    ...read.package,
    imports: isScopePattern(read.package.name) ? [] : modulesOf(fields.get('imports'), ecosystem),
    source: named('source'),
    reason: named('reason'),
    by: named('by'),
    date: day('date'),
    expires: day('expires'),
    use: useOf(named('use'), ecosystem),
    created: day('created'),
    repository: named('repository'),
    despite: named('despite'),
    unverified: named('unverified') === 'true',
    importsOf: null,
    requestedBy: null,
    ...locate(key.at),
  };
}

/** A name alone was of the same ecosystem. What names no package stays as it is, for whoever rewrites it. */
function useOf(text: string | null, ecosystem: Ecosystem): string | null {
  if (text === null) return null;
  const read = readKey(text);
  const named = read.kind === 'package' ? read : readKey(`${ecosystem.id}:${text}`);
  return named.kind === 'package' ? packageLabel(named.package) : text;
}

function dayOf(node: Node | undefined): string | null {
  const text = scalarText(node);
  return text !== undefined && isDate(text) ? text : null;
}

function modulesOf(node: Node | undefined, ecosystem: Ecosystem): string[] {
  return select(node, '[]').flatMap((item) => ecosystem.importableModule(scalarText(item) ?? '') ?? []);
}
