import { dirname, relative, resolve } from 'node:path';
import { filesAfterEdit, filesBeforeEdit, type EditedFile } from '../../agents/edits/edited-files.ts';
import type { AgentAnswer, AgentEvent } from '../../agents/protocols/event.ts';
import type { Finding } from '../../../rules/index.ts';
import type { Fault } from '../../model/fault.ts';
import { anyRelevant } from '../components.ts';
import type { Judgement, ProposalOptions } from '../proposed.ts';
import { isHomeSettings, mayDecide } from './deciding-paths.ts';
import { silence, type HookCall } from './answer.ts';
import { namesNothingNew } from './quick-look.ts';
import { isAdopted, pathIn, placeAt, textOnDisk } from './place.ts';

type EditCall = HookCall & { readonly event: Extract<AgentEvent, { kind: 'edit' }> };

/** Grades of names that lead nowhere, or to malware: an import of one is refused before it is written. */
const HARMFUL: readonly (string | null)[] = ['nonexistent', 'malicious'];

/** Faults that the next edit may mend: the commit shows those that are left. */
const OF_DRAFTS: readonly Fault['kind'][] = ['unparsable', 'manifest', 'unmerged', 'too-large'];

/**
 * Judges an edit. Before it happens, what is denied is refused, and so is an edit of what decides; what nobody approved is
 * told when it is written, since the commit stops it.
 *
 * @throws HookFault where the project can't be read.
 */
export async function answerEdit(call: EditCall): Promise<AgentAnswer> {
  const { event, context } = call;
  const read = (path: string) => Promise.resolve(textOnDisk(resolve(context.cwd, path)));
  const files =
    event.moment === 'before'
      ? await filesBeforeEdit(event.edit, read)
      : await filesAfterEdit(event.edit, event.original, read);
  const ofHome = event.moment === 'before' ? await homeRefusal(files, call) : null;
  if (ofHome !== null) return ofHome;
  for (const project of projectsOf(files, call)) {
    const answer = await answerIn(project, call);
    if (answer.kind !== 'silence') return answer;
  }
  return silence;
}

/** Settings in the home of the person count for each project. */
async function homeRefusal(files: readonly EditedFile[], { context }: HookCall): Promise<AgentAnswer | null> {
  const home = context.env['HOME'] ?? context.env['USERPROFILE'];
  if (home === undefined) return null;
  for (const file of files) {
    const path = relative(home, resolve(context.cwd, file.path)).replaceAll('\\', '/');
    if (!isHomeSettings(path) || file.oldText === file.newText) continue;
    const { homeEdit } = await import('./policy-edit.ts');
    const refusal = await homeEdit(path, file);
    if (refusal !== null) return refusal;
  }
  return null;
}

/** The files of one project, by their path in it. */
export interface ProjectEdits {
  readonly place: ProposalOptions;
  readonly files: ReadonlyMap<string, EditedFile>;
}

/** A patch may edit files of several projects. What lies in none is none of this tool's business. */
function projectsOf(files: readonly EditedFile[], call: HookCall): readonly ProjectEdits[] {
  const projects = new Map<string, { place: ProposalOptions; files: Map<string, EditedFile> }>();
  for (const file of files) {
    const absolute = resolve(call.context.cwd, file.path);
    const place = placeAt(dirname(absolute), call);
    const { root, repository } = place.location;
    const path = repository === null ? null : pathIn(place.location, absolute);
    if (path === null) continue;
    const project = projects.get(root) ?? { place, files: new Map<string, EditedFile>() };
    projects.set(root, project);
    project.files.set(path, file);
  }
  return [...projects.values()];
}

async function answerIn(project: ProjectEdits, { event, options, context }: EditCall): Promise<AgentAnswer> {
  const { files, place } = project;
  const isBefore = event.moment === 'before';
  if (!anyRelevant(files.keys()) && ![...files.keys()].some(mayDecide)) return silence;
  if (options.onlyAdopted && !isAdopted(place.location)) return silence;
  if (isBefore) {
    const refusal = await policyRefusal(project);
    if (refusal !== null) return refusal;
  }
  const looks = await Promise.all([...files].map(([path, file]) => namesNothingNew(path, file)));
  if (looks.every(Boolean)) return silence;
  const texts = [...files].flatMap(([path, { newText }]) =>
    newText === null ? [] : [[path, newText] as const],
  );
  const { checkEdits } = await import('../proposed.ts');
  const judgement = await checkEdits(new Map(texts), {
    ...place,
    context: { ...place.context, cwd: context.cwd },
  });
  const findings = newFindings(judgement, files);
  const isUnread = judgement.report.faults.some(({ kind }) => !OF_DRAFTS.includes(kind));
  if (findings.length === 0 && !isUnread) {
    context.onHookWork?.(true);
    return silence;
  }
  const { faultsOf, findingsText } = await import('./texts.ts');
  if (findings.length === 0) return faultsOf(judgement);
  if (!isBefore) return { kind: 'advise', text: findingsText(findings, judgement, 'edit') };
  const refused = options.mode === 'deny' ? findings : findings.filter(isRefusedAtOnce);
  return refused.length === 0
    ? silence
    : { kind: 'refuse', text: findingsText(refused, judgement, 'refused-edit') };
}

/** Most edits are of programs. */
async function policyRefusal(project: ProjectEdits): Promise<AgentAnswer | null> {
  if (![...project.files].some(([path, file]) => mayDecide(path) && file.oldText !== file.newText))
    return null;
  const { policyEdit } = await import('./policy-edit.ts');
  return policyEdit(project);
}

function isRefusedAtOnce({ rule, grade }: Finding): boolean {
  return rule === 'denied-package' || (rule === 'unapproved-package' && HARMFUL.includes(grade));
}

/** Errors about lines that the edit writes. A module of the project may come with the next edit. */
function newFindings({ report }: Judgement, files: ProjectEdits['files']): readonly Finding[] {
  return report.findings.filter(
    (finding) =>
      finding.severity === 'error' &&
      !['missing-module', 'policy-change'].includes(finding.rule) &&
      isWritten(finding, files.get(finding.file)),
  );
}

/** Places are those of the text after the edit. A notebook escapes the lines of its cells. */
function isWritten({ places, excerpt }: Finding, file: EditedFile | undefined): boolean {
  const { oldText = null, newText = null } = file ?? {};
  if (oldText === null || newText === null) return true;
  const oldLines = new Set(oldText.split('\n').map((line) => line.trim()));
  const lines = newText.split('\n');
  return places.some(({ line, cell }) =>
    cell === null
      ? !oldLines.has((lines[line - 1] ?? '').trim())
      : excerpt === null || !oldText.includes(JSON.stringify(excerpt).slice(1, -1)),
  );
}
