import { ecosystemsOf } from '../analysis/ecosystems-of.ts';
import { packageLabel } from '../model/package.ts';
import type { Entry, EntryKind } from '../model/status.ts';
import { edit, type Edit } from '../whitelist/edit.ts';
import { readWhitelist } from '../whitelist/read.ts';
import { writeEntry } from '../whitelist/write.ts';
import { rejectFirstEntry } from './assistant-policy.ts';
import { editFile } from './edit-file.ts';
import type { FirstWhitelist } from './init/first-whitelist.ts';
import { consequenceOf, type Decision } from './decision.ts';
import { UsageError } from './usage-error.ts';
import { faultError, type WhitelistSession } from './whitelist-session.ts';
import { stageabilityOf, type Stageability } from './stageability.ts';

/** What became of the whitelist. */
export interface WriteResult {
  /** What was written: the whitelist, and, with the first entry of a project, the line that merges it. */
  readonly edited: readonly EditedPath[];
  /** One line for each decision: where it stands, and exactly what was written. */
  readonly lines: readonly string[];
  /** The entry of each decision as it stands there now: what was written, or what was there already. */
  readonly entries: readonly Entry[];
  /** A line about a whitelist that is new; null where it was there. */
  readonly notice: string | null;
}

/** A file that was edited, its texts, and how it could be staged before. */
export interface EditedPath {
  /** Relative to the root. */
  readonly path: string;
  readonly state: Stageability;
  /** null where there was no such file. */
  readonly before: string | null;
  readonly after: string;
}

/**
 * Writes decisions into the whitelist, all of them or none. The first one of a project comes with all that `init` would
 * write there.
 *
 * @throws UsageError where the first one is an assistant's.
 */
export async function writeDecisions(
  session: WhitelistSession,
  decisions: readonly Decision[],
): Promise<WriteResult> {
  const { whitelist, today, project } = session;
  const first = await firstWhitelistFor(session, decisions);
  const elsewhere = project.policy.whitelist.entries.filter(({ file }) => file !== whitelist);
  const outcomes: ((entries: readonly Entry[]) => DecisionOutcome)[] = [];
  const editsFor = (fileEntries: readonly Entry[]) => {
    const edits: Edit[] = [];
    for (const decision of decisions) {
      const consequence = consequenceOf(decision, [...fileEntries, ...elsewhere], { whitelist, today });
      if (consequence.kind === 'nothing') {
        const { entry } = consequence;
        const line = alreadyLine(decision, entry, first === null ? 'nothing was written' : null);
        outcomes.push(() => ({ entry, line }));
      } else {
        edits.push(consequence.edit);
        const previousKinds = first === null ? consequence.before : [];
        outcomes.push((newEntries) => writtenOutcome(decision, newEntries, previousKinds));
      }
    }
    return edits;
  };
  const { edited, entries } = await editWhitelist(session, editsFor, first?.text ?? null);
  const results = outcomes.map((outcomeIn) => outcomeIn(entries));
  const lines = results.map(({ line }) => line);
  const decidedEntries = results.flatMap(({ entry }) => entry ?? []);
  if (edited === null) return { edited: [], lines, entries: decidedEntries, notice: null };
  const merging = first === null ? [] : await writeMergeLine(session);
  return {
    edited: [edited, ...merging],
    lines,
    entries: decidedEntries,
    notice: first?.notice ?? null,
  };
}

/** What became of one decision: its entry, and the line that says so. */
interface DecisionOutcome {
  readonly entry: Entry | undefined;
  readonly line: string;
}

/** Outside of a repository, a folder without a manifest and a program is no project that a whitelist could be of. */
async function rejectForeignFolder({
  location,
  whitelist,
  context,
  project,
}: WhitelistSession): Promise<void> {
  if (location.repository !== null) return;
  const paths = await project.scope.head.list();
  if (ecosystemsOf(paths.filter((path) => !project.policy.ignores(path))).length > 0) return;
  throw new UsageError(
    `${context.cwd} is in no git repository, and has no ${whitelist}, no manifest and no program`,
    'Run it in a folder of the project, or name that with --cwd.',
  );
}

/** Loaded for a project without a whitelist alone. */
async function firstWhitelistFor(
  session: WhitelistSession,
  decisions: readonly Decision[],
): Promise<FirstWhitelist | null> {
  if (session.project.policy.whitelist.exists) return null;
  await rejectForeignFolder(session);
  await rejectFirstEntry(session);
  const { firstWhitelist } = await import('./init/first-whitelist.ts');
  const packagesOf = (isMeant: (decision: Decision) => boolean) =>
    decisions.filter(isMeant).map((decision) => decision.package);
  return firstWhitelist(session, {
    requested: packagesOf(({ kind }) => kind === 'requested'),
    decided: packagesOf(({ kind }) => kind !== 'requested'),
  });
}

async function writeMergeLine(session: WhitelistSession): Promise<readonly EditedPath[]> {
  const { ATTRIBUTES, attributesChange } = await import('./init/attributes-change.ts');
  const { location, whitelist } = session;
  const [change] = await attributesChange(location, whitelist);
  if (change === undefined || change.after === null) return [];
  const { before: oldText, after: newText } = change;
  const state = await stageabilityOf(location, ATTRIBUTES, oldText);
  const wasWritten = await editFile(session.edited(ATTRIBUTES), (text) =>
    Promise.resolve(text === oldText ? newText : null),
  );
  return wasWritten ? [{ path: ATTRIBUTES, state, before: oldText, after: newText }] : [];
}

/**
 * Edits the whitelist as a whole while nobody else does.
 *
 * @param editsFor Gets the entries of the file as they are at that moment.
 * @param firstText What a file begins with that is not there yet; null where it is not to be made without an edit.
 * @returns What was edited, null where nothing was, and the entries after the edit.
 * @throws UsageError when the file has faults, conflict markers for instance: it is left alone.
 */
export async function editWhitelist(
  session: WhitelistSession,
  editsFor: (entries: readonly Entry[]) => readonly Edit[],
  firstText: string | null = null,
): Promise<{ readonly edited: EditedPath | null; readonly entries: readonly Entry[] }> {
  const { whitelist } = session;
  let edited: EditedPath | null = null;
  let entries: readonly Entry[] = [];
  const wasWritten = await editFile(session.edited(whitelist), async (currentText) => {
    const text = currentText ?? firstText;
    const read = await readWhitelist(whitelist, text ?? '');
    const [fault] = read.faults;
    if (fault) throw faultError(fault);
    const edits = editsFor(read.entries);
    const state = await stageabilityOf(session.location, whitelist, currentText);
    const result = edits.length === 0 ? null : await edit(whitelist, text, edits);
    if (result?.kind === 'refused') throw faultError(result.fault);
    entries = result === null ? read.entries : (await readWhitelist(whitelist, result.text)).entries;
    const newText = result?.text ?? text;
    if (newText !== null) edited = { path: whitelist, state, before: currentText, after: newText };
    return newText;
  });
  return { edited: wasWritten ? edited : null, entries };
}

function alreadyLine(
  { package: subject }: Decision,
  { kind, file, line, by, expires }: Entry,
  result: string | null,
): string {
  const until = expires === null ? '' : ` until ${expires}`;
  const state =
    kind === 'requested' ? 'requested already' : kind === 'baseline' ? 'in the baseline' : `${kind}${until}`;
  return `${file}:${line}: ${packageLabel(subject)} is ${state}${by ? `, by ${by}` : ''}${result === null ? '' : `; ${result}`}`;
}

function writtenOutcome(
  { kind, package: subject }: Decision,
  entries: readonly Entry[],
  previousKinds: readonly EntryKind[],
): DecisionOutcome {
  const entry = entries.find(
    (candidate) => candidate.ecosystem === subject.ecosystem && candidate.name === subject.name,
  );
  const was = previousKinds
    .map((previousKind) => (previousKind === 'baseline' ? 'in the baseline' : previousKind))
    .join(' and ');
  const text = entry ? writeEntry(subject, entry) : '';
  const line = `${entry?.file ?? ''}:${entry?.line ?? 0}: ${kind}: ${text}${was ? ` (was ${was})` : ''}`;
  return { entry, line };
}
