import { escapeControls } from '../text/escape.ts';
import { packageLabel } from '../model/package.ts';
import type { Entry, EntryKind } from '../model/status.ts';
import { edit, type Edit } from '../whitelist/edit.ts';
import { readWhitelist } from '../whitelist/read.ts';
import { writeEntry } from '../whitelist/write.ts';
import { editFile } from './edit-file.ts';
import { consequenceOf, type Decision } from './decision.ts';
import { faultError, type WhitelistSession } from './whitelist-session.ts';
import { stageabilityOf, type Stageability } from './stageability.ts';

/** What became of the whitelist. */
export interface WriteResult {
  readonly changed: boolean;
  /** How it could be staged before it was edited. */
  readonly state: Stageability;
  /** One line for each decision: where it stands, and exactly what was written. */
  readonly lines: readonly string[];
}

/** Writes decisions into the whitelist, all of them or none. */
export async function writeDecisions(
  session: WhitelistSession,
  decisions: readonly Decision[],
): Promise<WriteResult> {
  const { whitelist, today, project } = session;
  const elsewhere = project.policy.whitelist.entries.filter(({ file }) => file !== whitelist);
  const formatters: ((entries: readonly Entry[]) => string)[] = [];
  const { changed, state, entries } = await editWhitelist(session, (fileEntries) => {
    const edits: Edit[] = [];
    for (const decision of decisions) {
      const consequence = consequenceOf(decision, [...fileEntries, ...elsewhere], { whitelist, today });
      if (consequence.kind === 'nothing') {
        formatters.push(() => alreadyLine(decision, consequence.entry));
      } else {
        edits.push(consequence.edit);
        formatters.push((newEntries) => writtenLine(decision, newEntries, consequence.before));
      }
    }
    return edits;
  });
  return { changed, state, lines: formatters.map((format) => format(entries)) };
}

/** @returns What a first whitelist changes, in words for the person who made it. */
export function newWhitelistText(whitelist: string): string {
  return `${escapeControls(whitelist)} is new. It decides from now on, instead of the manifests; \`init\` adds what they declare to its baseline.\n`;
}

/**
 * Edits the whitelist as a whole while nobody else does.
 *
 * @param editsFor Gets the entries of the file as they are at that moment.
 * @returns Also the entries after the edit.
 * @throws UsageError when the file has faults, conflict markers for instance: it is left alone.
 */
export async function editWhitelist(
  session: WhitelistSession,
  editsFor: (entries: readonly Entry[]) => readonly Edit[],
): Promise<Pick<WriteResult, 'changed' | 'state'> & { entries: readonly Entry[] }> {
  const { whitelist } = session;
  let state: Stageability = { kind: 'mixed' };
  let entries: readonly Entry[] = [];
  const changed = await editFile(session.edited(whitelist), async (text) => {
    const read = await readWhitelist(whitelist, text ?? '');
    const [fault] = read.faults;
    if (fault) throw faultError(fault);
    const edits = editsFor(read.entries);
    if (edits.length === 0) {
      entries = read.entries;
      return null;
    }
    state = await stageabilityOf(session.location, whitelist, text);
    const edited = await edit(whitelist, text, edits);
    if (edited.kind === 'refused') throw faultError(edited.fault);
    entries = (await readWhitelist(whitelist, edited.text)).entries;
    return edited.text;
  });
  return { changed, state, entries };
}

function alreadyLine({ package: subject }: Decision, { kind, file, line, by, expires }: Entry): string {
  const until = expires === null ? '' : ` until ${expires}`;
  const state =
    kind === 'requested' ? 'requested already' : kind === 'baseline' ? 'in the baseline' : `${kind}${until}`;
  return `${file}:${line}: ${packageLabel(subject)} is ${state}${by ? `, by ${by}` : ''}; nothing was written`;
}

function writtenLine(
  { kind, package: subject }: Decision,
  entries: readonly Entry[],
  previousKinds: readonly EntryKind[],
): string {
  const entry = entries.find(
    (candidate) => candidate.ecosystem === subject.ecosystem && candidate.name === subject.name,
  );
  const was = previousKinds
    .map((previousKind) => (previousKind === 'baseline' ? 'in the baseline' : previousKind))
    .join(' and ');
  const line = entry ? writeEntry(subject, entry) : '';
  return `${entry?.file ?? ''}:${entry?.line ?? 0}: ${kind}: ${line}${was ? ` (was ${was})` : ''}`;
}
