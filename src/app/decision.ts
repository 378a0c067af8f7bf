import { packageLabel, type Package } from '../model/package.ts';
import type { Entry, EntryKind } from '../model/status.ts';
import { decide, entryIn, indexEntries } from '../whitelist/decide.ts';
import type { Edit } from '../whitelist/edit.ts';
import type { EntryContent } from '../whitelist/write.ts';
import { UsageError } from './usage-error.ts';

/** What somebody decided, or wishes, about a package. */
export interface Decision {
  readonly kind: Exclude<EntryKind, 'baseline'>;
  readonly package: Package;
  readonly content: EntryContent;
  /** Also where the package is denied. */
  readonly overrides: boolean;
}

/** What a decision changes in the whitelist; `before` are the sections that the package leaves. */
export type DecisionEffect =
  | { readonly kind: 'edits'; readonly edits: readonly Edit[]; readonly before: readonly EntryKind[] }
  | { readonly kind: 'nothing'; readonly entry: Entry };

/** The sections that a package leaves when it comes into one: a decision ends what was provisional. */
const leaves: Readonly<Record<Decision['kind'], readonly EntryKind[]>> = {
  approved: ['denied', 'baseline', 'requested'],
  denied: ['approved', 'baseline', 'requested'],
  requested: [],
};

/**
 * Works out what a decision changes. Whoever asks for a package that is settled, or asked for already,
 * changes nothing.
 *
 * @param entries Those of all whitelist files. @param today In UTC, `YYYY-MM-DD`.
 * @throws UsageError when an approval would mean nothing, because a denial beats it.
 */
export function consequenceOf(
  { kind: section, package: subject, content, overrides }: Decision,
  entries: readonly Entry[],
  { whitelist, today }: { readonly whitelist: string; readonly today: string },
): DecisionEffect {
  const index = indexEntries(entries);
  const status = decide(index, subject, today);
  if (section === 'requested') {
    const settled = status.kind === 'approved' || status.kind === 'baseline' || status.kind === 'denied';
    const existingEntry = settled ? status.entry : entryIn(index, 'requested', subject);
    if (existingEntry !== undefined) return { kind: 'nothing', entry: existingEntry };
  }
  if (section === 'approved' && status.kind === 'denied') {
    const { entry } = status;
    const ours = entry.file === whitelist && entry.name === subject.name;
    if (!ours || !overrides) throw deniedError(subject, entry, ours);
  }
  const packageEntries = entries.filter(
    ({ file, ecosystem, name }) =>
      file === whitelist && ecosystem === subject.ecosystem && name === subject.name,
  );
  const left = leaves[section].filter((oldSection) =>
    packageEntries.some((entry) => entry.kind === oldSection),
  );
  const sectionEntries = packageEntries.filter((entry) => entry.kind === section);
  const previousEntry = entryIn(indexEntries(sectionEntries), section, subject);
  const contentImports = content.imports ?? [];
  const imports =
    contentImports.length > 0 ? contentImports : importsOf(previousEntry ? sectionEntries : packageEntries);
  return {
    kind: 'edits',
    edits: [
      ...left.map((oldSection) => ({ kind: 'remove' as const, section: oldSection, ...subject })),
      { kind: 'put', section, ...subject, content: { ...keeping(content, previousEntry, today), imports } },
    ],
    before: [...left, ...(previousEntry ? [section] : [])],
  };
}

/**
 * Whoever decides the same again takes nothing back that the command does not speak of. An end that is over is the
 * exception, because to approve again is to renew; null takes any end away. What was approved in spite of a registry stays on record until
 * the registry says otherwise.
 */
function keeping(content: EntryContent, previousEntry: Entry | undefined, today: string): EntryContent {
  if (previousEntry === undefined) return content;
  const { source, use, expires, created, repository, despite } = previousEntry;
  const isOver = expires !== null && expires < today;
  return {
    ...content,
    source: content.source ?? source,
    use: content.use ?? use,
    expires: content.expires === undefined ? (isOver ? null : expires) : content.expires,
    created: content.created ?? created,
    repository: content.repository ?? repository,
    despite: content.despite ?? (content.unverified === true ? despite : null),
  };
}

/** What was known of a package's modules stays known when it moves. */
function importsOf(entries: readonly Entry[]): string[] {
  return [...new Set(entries.flatMap(({ imports }) => imports))];
}

function deniedError(subject: Package, entry: Entry, ours: boolean): UsageError {
  const as = entry.name === subject.name ? '' : ` as part of ${entry.name}`;
  const why = entry.reason ? `: ${entry.reason}` : '';
  return new UsageError(
    `${packageLabel(subject)} is denied${as} (${entry.file}:${entry.line})${why}; a denial beats every approval`,
    ours
      ? 'Add --despite to replace the denial by an approval.'
      : `Take the denial out of ${entry.file} first.`,
  );
}
