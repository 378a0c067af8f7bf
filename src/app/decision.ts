import { packageLabel, type Package } from '../model/package.ts';
import type { ApprovalStatus, Entry, EntryKind } from '../model/status.ts';
import { decide, entryIn, indexEntries } from '../whitelist/decide.ts';
import type { Edit } from '../whitelist/edit.ts';
import { joinTwins } from '../whitelist/twins.ts';
import { entryOf, type EntryFields } from '../whitelist/write.ts';
import { UsageError } from './usage-error.ts';

/** What somebody decided, or wishes, about a package. */
export interface Decision {
  readonly kind: Exclude<EntryKind, 'baseline'>;
  readonly package: Package;
  readonly content: EntryFields;
  /** Also where the package is denied. */
  readonly overrides: boolean;
}

/** What a decision changes in the whitelist; `before` is what its file said of the package. */
export type DecisionEffect =
  | { readonly kind: 'edit'; readonly edit: Edit; readonly before: readonly EntryKind[] }
  | { readonly kind: 'nothing'; readonly entry: Entry };

/**
 * Works out what a decision changes. Whoever asks for a package that is settled, or asked for already,
 * changes nothing.
 *
 * @param entries Those of all whitelist files. @param today In UTC, `YYYY-MM-DD`.
 * @throws UsageError where the whitelist would not say afterwards what was decided: it names the entry that stands in
 *   the way.
 */
export function consequenceOf(
  decision: Decision,
  entries: readonly Entry[],
  { whitelist, today }: { readonly whitelist: string; readonly today: string },
): DecisionEffect {
  const { kind, package: subject, content, overrides } = decision;
  const index = indexEntries(entries);
  const status = decide(index, subject, today);
  if (kind === 'requested') {
    // An approval that is over is a decision as well: without its line, a manifest could let the package pass.
    const existingEntry = status.kind === 'unapproved' ? entryIn(index, 'requested', subject) : status.entry;
    if (existingEntry !== undefined) return { kind: 'nothing', entry: existingEntry };
  }
  if (kind === 'approved' && status.kind === 'denied') {
    const { entry } = status;
    const ours = entry.file === whitelist && entry.name === subject.name;
    if (!ours || !overrides) throw deniedError(subject, entry, ours);
  }
  const isOurs = ({ file, ecosystem, name }: Entry) =>
    file === whitelist && ecosystem === subject.ecosystem && name === subject.name;
  const ownEntries = entries.filter(isOurs);
  const newContent = { ...contentFor(content, kind, { ownEntries, today }), kind };
  const otherEntries = entries.filter((entry) => !isOurs(entry));
  const newEntry = entryOf(subject, newContent, { file: whitelist, line: 0 });
  verify(decision, [...otherEntries, newEntry], today);
  return {
    kind: 'edit',
    edit: { ...subject, content: newContent },
    before: [...new Set(ownEntries.map((entry) => entry.kind))],
  };
}

/**
 * Whoever decides the same again takes nothing back that the command does not speak of. An end that is over is the
 * exception, because to approve again is to renew; null takes any end away. What was approved in spite of a registry
 * stays on record until the registry says otherwise, and so does who had asked for it.
 */
function contentFor(
  content: EntryFields,
  kind: EntryKind,
  { ownEntries, today }: { readonly ownEntries: readonly Entry[]; readonly today: string },
): EntryFields {
  const previousEntry = joinTwins(ownEntries.filter((entry) => entry.kind === kind));
  const modules = modulesFor(content, previousEntry ? [previousEntry] : ownEntries);
  if (previousEntry === undefined) {
    const request = ownEntries.find((entry) => entry.kind === 'requested');
    return { ...content, ...modules, requestedBy: kind === 'approved' ? (request?.by ?? null) : null };
  }
  const { source, use, expires, created, repository, despite, requestedBy } = previousEntry;
  const isOver = expires !== null && expires < today;
  return {
    ...content,
    ...modules,
    source: content.source ?? source,
    use: content.use ?? use,
    expires: content.expires === undefined ? (isOver ? null : expires) : content.expires,
    created: content.created ?? created,
    repository: content.repository ?? repository,
    despite: content.despite ?? (content.unverified === true ? despite : null),
    requestedBy,
  };
}

/** What was known of a package's modules stays known when it moves; several lists together are no version's. */
function modulesFor(
  { imports = [], importsOf = null }: EntryFields,
  entries: readonly Entry[],
): Pick<Entry, 'imports' | 'importsOf'> {
  if (imports.length > 0) return { imports, importsOf };
  const lists = entries.filter((entry) => entry.imports.length > 0);
  const [only, ...otherLists] = lists;
  return {
    imports: [...new Set(lists.flatMap((entry) => entry.imports))],
    importsOf: otherLists.length === 0 ? (only?.importsOf ?? null) : null,
  };
}

/** @throws UsageError where another entry decides otherwise. */
function verify({ kind, package: subject }: Decision, entries: readonly Entry[], today: string): void {
  const status = decide(indexEntries(entries), subject, today);
  if (status.kind === kind || (kind === 'requested' && status.kind === 'unapproved')) return;
  throw obstacleError(subject, status);
}

function obstacleError(subject: Package, status: ApprovalStatus): UsageError {
  if (status.kind === 'denied') return deniedError(subject, status.entry, false);
  if (status.kind !== 'expired')
    return new UsageError(`${packageLabel(subject)} would stay ${status.kind}`, 'Nothing was written.');
  const { file, line, expires } = status.entry;
  return new UsageError(
    `the approval of ${packageLabel(subject)} in ${file}:${line} ended on ${expires ?? ''}, and of two approvals the earlier end counts`,
    `Renew that one, or remove it from ${file}. Nothing was written.`,
  );
}

function deniedError(subject: Package, entry: Entry, ours: boolean): UsageError {
  const as = entry.name === subject.name ? '' : ` as part of ${entry.name}`;
  const why = entry.reason ? `: ${entry.reason}` : '';
  return new UsageError(
    `${packageLabel(subject)} is denied${as} (${entry.file}:${entry.line})${why}; a denial beats every approval`,
    ours
      ? 'Add --despite denied to replace the denial by an approval.'
      : `Remove the denial from ${entry.file} first. Nothing was written.`,
  );
}
