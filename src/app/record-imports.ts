import { packageLabel, type Package } from '../model/package.ts';
import type { Entry } from '../model/status.ts';
import { findEcosystem } from '../ecosystems/index.ts';
import type { Edit } from '../whitelist/edit.ts';
import { isScopePattern } from '../whitelist/key.ts';
import { writeEntry } from '../whitelist/write.ts';
import { trustsAssistants } from './assistant-policy.ts';
import { inAssistant } from '../model/assistant-environment.ts';
import { commandAt } from './command-at.ts';
import { recordsOf, type RecordedPackage } from './declared-modules.ts';
import { packagesMeant } from './named-packages.ts';
import type { ModuleRecord } from './recorded-modules.ts';
import { UsageError } from './usage-error.ts';
import type { WhitelistSession } from './whitelist-session.ts';
import { editWhitelist, type EditedPath } from './write-decisions.ts';

/** What was recorded, and what could not be. */
export interface RecordingResult {
  /** The lines that were replaced and those in their place, as in a diff. */
  readonly lines: readonly string[];
  /** Sentences about what was left out. */
  readonly notes: readonly string[];
  /** The whitelist; null where it was not written. */
  readonly edited: EditedPath | null;
}

/**
 * Writes down which modules packages provide: of the named ones, or of all that somebody decided about. It adds to
 * decisions and makes none.
 *
 * @param words Packages as people name them; none for all of the whitelist.
 * @throws UsageError for a package without a decision, for a named one whose modules nobody can tell, and in the
 *   environment of a coding assistant.
 */
export async function recordImports(
  words: readonly string[],
  session: WhitelistSession,
): Promise<RecordingResult> {
  await rejectAssistant(words, session);
  await requireWhitelist(session);
  const advice = { command: 'approve', onMeaning: () => undefined } as const;
  const named = await packagesMeant(words, advice, session);
  const entries = named.length > 0 ? await namedEntries(named, session) : recordable(session);
  const records = await recordsOf(
    entries.map(({ ecosystem, name }) => ({ ecosystem, name })),
    session,
  );
  const describedPackages = new Set(
    entries.filter(({ imports }) => imports.length > 0).map((entry) => packageLabel(entry)),
  );
  const isUnknown = ({ record }: RecordedPackage) => record.imports.length === 0 && record.notes.length > 0;
  const notes = records
    .filter((item) => !isUnknown(item) || !describedPackages.has(packageLabel(item.package)))
    .flatMap(({ record }) => record.notes);
  const unknownRecords = records.filter(isUnknown);
  if (named.length > 0 && unknownRecords.length === records.length && unknownRecords.length > 0)
    throw new UsageError(notes.join('; '), 'Nothing was written.');
  return writeRecords(records, notes, session);
}

async function writeRecords(
  records: readonly RecordedPackage[],
  notes: readonly string[],
  session: WhitelistSession,
): Promise<RecordingResult> {
  const byLabel = new Map(records.map((item) => [packageLabel(item.package), item.record]));
  const lines: string[] = [];
  const extraNotes: string[] = [];
  const { edited } = await editWhitelist(session, (entries) => {
    const edits: Edit[] = [];
    for (const entry of entries) {
      const record = byLabel.get(packageLabel(entry));
      if (record === undefined || !isDecision(entry) || isRecorded(entry, record)) continue;
      const extra = entry.imports.filter((module) => !record.imports.includes(module));
      if (extra.length > 0 && entry.importsOf === null) {
        extraNotes.push(differenceNote(entry, record, extra));
        continue;
      }
      const { ecosystem, name, file, line, ...content } = { ...entry, ...contentOf(record) };
      edits.push({ ecosystem, name, content });
      lines.push(
        `- ${file}:${String(line)}: ${writeEntry(entry, entry)}`,
        `+ ${file}:${String(line)}: ${writeEntry(entry, content)}`,
      );
    }
    return edits;
  });
  return { lines, notes: [...notes, ...extraNotes], edited };
}

function isDecision({ kind }: Entry): boolean {
  return kind === 'approved' || kind === 'baseline';
}

/** Where the shipped map and the name tell all, there is nothing to write. */
function isRecorded({ imports, importsOf }: Entry, record: ModuleRecord): boolean {
  if (record.imports.length === 0) return true;
  return importsOf === record.importsOf && imports.join() === record.imports.join();
}

function contentOf({ imports, importsOf }: ModuleRecord): Pick<Entry, 'imports' | 'importsOf'> {
  return { imports, importsOf };
}

/** What a person named is taken away by no archive. */
function differenceNote(entry: Entry, { importsOf }: ModuleRecord, extra: readonly string[]): string {
  return `${entry.file}:${String(entry.line)} names ${extra.join(', ')}, which ${entry.name} ${importsOf ?? ''} does not have: the entry was not changed`;
}

function recordable({ project, whitelist }: WhitelistSession): readonly Entry[] {
  return project.policy.whitelist.entries.filter(
    (entry) =>
      entry.file === whitelist &&
      isDecision(entry) &&
      !isScopePattern(entry.name) &&
      Boolean(findEcosystem(entry.ecosystem)?.modules),
  );
}

async function namedEntries(
  packages: readonly Package[],
  session: WhitelistSession,
): Promise<readonly Entry[]> {
  const all = recordable(session);
  const entries: Entry[] = [];
  for (const subject of packages) {
    const entry = all.find((candidate) => packageLabel(candidate) === packageLabel(subject));
    if (entry === undefined) throw await undecidedError(subject, session);
    entries.push(entry);
  }
  return entries;
}

async function undecidedError(
  subject: Package,
  { project, whitelist, location, context }: WhitelistSession,
): Promise<UsageError> {
  const label = packageLabel(subject);
  const command = await commandAt(project.policyFiles, location.root, context);
  if (!findEcosystem(subject.ecosystem)?.modules)
    return new UsageError(`${label} is imported by its own name`, 'There is nothing to record.');
  return new UsageError(
    `${whitelist} has no approval and no baseline entry of ${label} to add modules to`,
    `Decide first: ${command} approve ${label} --reason "…"`,
  );
}

/** What `init` writes records the modules of everything that it takes down. */
async function requireWhitelist({ project, location, context }: WhitelistSession): Promise<void> {
  const { whitelist, whitelistFile } = project.policy;
  if (whitelist.exists) return;
  const command = await commandAt(project.policyFiles, location.root, context);
  throw new UsageError(`there is no ${whitelistFile} yet to record modules in`, `Run: ${command} init`);
}

async function rejectAssistant(words: readonly string[], session: WhitelistSession): Promise<void> {
  const { context, project, location } = session;
  if (!inAssistant(context.env) || (await trustsAssistants(project))) return;
  const command = await commandAt(project.policyFiles, location.root, context);
  throw new UsageError(
    'recording modules is for people; this is the environment of a coding assistant',
    `A person runs: ${[command, 'approve --record-imports', ...words].join(' ')}`,
  );
}
