import type { Fault } from '../model/fault.ts';
import type { Language, Segment } from '../model/language.ts';
import type { PolicyChange } from '../model/policy.ts';
import type { Reference } from '../model/reference.ts';
import { SETTINGS_NAME, TOOL } from '../model/tool.ts';
import type { FileReference } from './dependency-reference.ts';
import type { AnalysisContext } from './file-analysis.ts';

/** What stands behind the sign that begins a comment, up to the specifier. */
const COMMENT = `${SETTINGS_NAME}: ignore[`;

/** A text without it holds no such comment. */
export function mayIgnore(text: string): boolean {
  return text.includes(COMMENT);
}

/**
 * Reads `# check-imports: ignore[SPECIFIER] reason`. What a command installs has no module that anything else could provide.
 *
 * @param excerpt The line that a reference stands in; null where it is too long to be read.
 * @param sign What begins a comment in its language.
 * @returns The reason that the line gives for leaving the specifier out, '' where it gives none; null where no comment of
 *   the line names it.
 */
export function ignoreReason(
  { specifier, form, excerpt }: Pick<Reference, 'specifier' | 'form' | 'excerpt'>,
  sign: string,
): string | null {
  if (excerpt === null || form === 'package') return null;
  const [, ...comments] = excerpt.split(new RegExp(`${sign}[ \\t]*${SETTINGS_NAME}: ignore\\[`));
  const ignoring = comments.find((comment) => comment.startsWith(`${specifier}]`));
  return ignoring?.slice(specifier.length + 1).trim() ?? null;
}

/** A comment that somebody wrote to have a line ignored: this tool has two names, and some linters take no brackets. */
const LIKENESS = `(?:${SETTINGS_NAME}|${TOOL})[ \\t]*:?[ \\t]*ignore\\b`;

/**
 * @param sign What begins a comment in the language of the reference.
 * @returns Whether the line has a comment that looks like one that ignores something, and is none.
 */
export function hasLikeness({ excerpt, form }: Pick<Reference, 'excerpt' | 'form'>, sign: string): boolean {
  if (excerpt === null || form === 'package') return false;
  const comments = excerpt.match(new RegExp(`${sign}[ \\t]*${LIKENESS}\\[?`, 'gi')) ?? [];
  return comments.some((comment) => !comment.endsWith(COMMENT));
}

/** @returns The specifiers that comments of a file ignore, each once. */
export function ignoringComments(
  segments: readonly Pick<Segment, 'text' | 'language'>[],
  languages: readonly Pick<Language, 'id' | 'lineComment'>[],
): readonly string[] {
  const specifiers = segments.flatMap(({ text, language }) => {
    const sign = languages.find(({ id }) => id === language)?.lineComment;
    if (sign === undefined) return [];
    const comments = text.matchAll(
      new RegExp(`${sign}[ \\t]*${SETTINGS_NAME}: ignore\\[(.*?)\\](?=\\s|$)`, 'gm'),
    );
    return [...comments].map(([, specifier = '']) => specifier);
  });
  return [...new Set(specifiers)];
}

/** The references of a file that no comment ignores, and what its comments do to the others. */
export interface Unignored {
  readonly references: readonly FileReference[];
  readonly changes: readonly PolicyChange[];
  readonly faults: readonly Fault[];
  /** Where nothing is compared, each line that is left out. */
  readonly notes: readonly string[];
}

/**
 * Leaves out what comments of their lines ignore. They say that a specifier is no package of a registry, which ends nothing
 * that was decided about a package, nor a line that says where one comes from.
 *
 * @param ignoredBefore What comments of the versions before ignore, as {@link ignoreKey} has it.
 */
export async function withoutIgnored(
  references: readonly FileReference[],
  { file, ignoredBefore }: { readonly file: string; readonly ignoredBefore: ReadonlySet<string> },
  { bases, headJudges, isDecided, kinds, inAssistant }: AnalysisContext,
): Promise<Unignored> {
  const remaining: FileReference[] = [];
  const changes: PolicyChange[] = [];
  const faults: Fault[] = [];
  const notes = new Set<string>();
  for (const reference of references) {
    const reason = reference.ignoreReason ?? null;
    const mayPass = reason !== null && !(await isDecided(reference, file));
    const isNew = bases.length > 0 && !ignoredBefore.has(ignoreKey(reference));
    if (mayPass && reason === '') faults.push(reasonless(reference, file));
    const sign = kinds.languages.find(({ id }) => id === reference.language)?.lineComment ?? null;
    if (reason === null && sign !== null && hasLikeness(reference, sign))
      faults.push(unlike(reference, { file, inAssistant }));
    if (mayPass && reason !== '' && bases.length === 0) notes.add(noteOf(reference, { file, reason }));
    if (mayPass && reason !== '' && isNew) changes.push(changeOf(reference, { file, reason }));
    if (!mayPass || reason === '' || (isNew && !headJudges)) remaining.push(reference);
  }
  return {
    references: remaining,
    changes: oncePerLine(changes),
    faults: faults.slice(0, 1),
    notes: [...notes],
  };
}

/** @returns What one comment has in common with itself in another version of its file. */
export function ignoreKey({ specifier, origin }: Pick<Reference, 'specifier' | 'origin'>): string {
  return `${origin.kind === 'unknown' ? 'unclear' : 'module'} ${specifier}`;
}

function changeOf(
  { specifier, place }: FileReference,
  { file, reason }: { readonly file: string; readonly reason: string },
): PolicyChange {
  return {
    kind: 'ignore',
    subject: `${file} ignore[${specifier}]`,
    file,
    line: place.line,
    what: `ignored ${specifier} in this file`,
    approves: null,
    by: null,
    reason,
  };
}

function noteOf(
  { specifier, place }: FileReference,
  { file, reason }: { readonly file: string; readonly reason: string },
): string {
  const cell = place.cell === null ? '' : `, cell ${place.cell}`;
  return `${file}${cell}:${place.line}: a comment ignores ${specifier}: ${reason}`;
}

/** Several names of one statement have one comment. */
function oncePerLine(changes: readonly PolicyChange[]): readonly PolicyChange[] {
  return [...new Map(changes.map((change) => [change.subject, change])).values()];
}

/** How it is spelled stands in docs/config.md, and is said by no message. */
function unlike(
  { specifier, place }: FileReference,
  { file, inAssistant }: { readonly file: string; readonly inAssistant: boolean },
): Fault {
  return {
    kind: 'config',
    file,
    line: place.line,
    column: null,
    message: `the comment beside ${specifier} looks like one that ignores it, and is none`,
    next: inAssistant ? 'Take it away.' : 'Write it as docs/config.md has it, or take it away.',
  };
}

function reasonless({ specifier, place }: FileReference, file: string): Fault {
  return {
    kind: 'config',
    file,
    line: place.line,
    column: null,
    message: `the comment that ignores ${specifier} gives no reason`,
    next: `Write behind “ignore[${specifier}]” why it is not a package of a registry.`,
  };
}
