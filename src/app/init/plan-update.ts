import nodePath from 'node:path';
import { COMMANDS } from '../../model/commands-setting.ts';
import { packageLabel, type Package } from '../../model/package.ts';
import type { FileChange } from '../../hook-managers/file-change.ts';
import { edit, type Edit, type Edited } from '../../whitelist/edit.ts';
import { coverableWords } from '../../whitelist/coverable-words.ts';
import { withCovers, withoutHeadings } from '../../whitelist/update.ts';
import { openProject } from '../project.ts';
import { readIfThere } from '../read-if-there.ts';
import { UsageError } from '../usage-error.ts';
import { entriesOf, type Adoption } from './adoption.ts';
import type { InitContext } from './context.ts';
import type { InitPlan, SurveyOptions } from './plan.ts';
import { nextAuthorOf } from '../author.ts';
import { surveyProject } from './survey.ts';
import { TOOL } from '../../model/tool.ts';

/**
 * Plans how a whitelist of an older version becomes what this version would have written: one line for each decision,
 * and, for ecosystems that it does not cover yet, what HEAD declares of them as baseline. What was decided stays.
 *
 * @throws UsageError where there is no whitelist, or one that can't be rewritten.
 */
export async function planUpdate(place: InitContext, options: SurveyOptions): Promise<InitPlan> {
  const { policy, location } = place;
  const { today } = policy;
  const changes: FileChange[] = [];
  for (const name of policy.whitelist.files) {
    const file = nodePath.join(location.root, name);
    const text = await readIfThere(file);
    if (text === null && name === policy.whitelistFile) throw noWhitelist(name);
    if (text === null) continue;
    const flat =
      textOf(await withoutHeadings(name, text, { covers: [...policy.whitelist.covers], today })) ?? text;
    const isMain = name === policy.whitelistFile;
    const newText = isMain ? await withBaseline({ name, text: flat }, place, options) : flat;
    if (newText !== text) changes.push({ file, before: text, after: newText, executable: false });
  }
  const isCurrent = changes.length === 0;
  return {
    groups: isCurrent
      ? []
      : [{ id: 'whitelist', title: 'the whitelist in the form of this version', changes }],
    adoption: null,
    companions: [],
    said: isCurrent ? [`${policy.whitelistFile} is up to date.`] : [],
    refused: [],
  };
}

/**
 * A file that says what it covers gets the ecosystems and places that are new, with what is in use there; one that never got
 * a baseline gets all of it.
 */
async function withBaseline(
  { name, text }: { readonly name: string; readonly text: string },
  place: InitContext,
  options: SurveyOptions,
): Promise<string> {
  const covering = textOf(await withCovers(name, text, coverableWords));
  const isWhole = lacksBaseline(place);
  if (covering === null && !isWhole) return text;
  const { covers } = place.policy.whitelist;
  const { entries, installed } = await missingEntries(place, options);
  const isMissing = (subject: Package) =>
    isWhole ||
    !covers.has(subject.ecosystem) ||
    (!covers.has(COMMANDS) && installed.has(packageLabel(subject)));
  return textOf(await edit(name, covering ?? text, entries.filter(isMissing))) ?? text;
}

/** @returns Whether nothing ever made a baseline: one that shrinks keeps an entry until the last one is decided. */
export function lacksBaseline({ policy }: Pick<InitContext, 'policy'>): boolean {
  return !policy.whitelist.entries.some(({ kind }) => kind === 'baseline');
}

/** @returns What `init` would write of packages that nobody decided about, in a project that has a whitelist. */
export async function missingEntries(
  { location, policy }: InitContext,
  { choose, ...options }: SurveyOptions,
): Promise<{ readonly entries: readonly Edit[] } & Pick<Adoption, 'installed'>> {
  const project = await openProject({ kind: 'all' }, location, { context: options.context });
  if (project.kind === 'fault') throw new UsageError(project.fault.message, project.fault.next);
  try {
    const adoption = await choose(await surveyProject({ ...options, project, location }));
    const by = await nextAuthorOf(location);
    const entries = entriesOf(adoption, { today: policy.today, by }).filter((entry) => {
      const decision = policy.decide(entry);
      return decision.kind === 'unapproved' && decision.requested === null;
    });
    return { entries, installed: adoption.installed };
  } finally {
    project.close();
  }
}

/** @throws UsageError where an edit was refused. */
function textOf(edited: Edited | null): string | null {
  if (edited === null) return null;
  if (edited.kind === 'edited') return edited.text;
  const { file, line, message, next } = edited.fault;
  throw new UsageError(`${[file, line].filter((part) => part !== null).join(':')}: ${message}`, next);
}

function noWhitelist(name: string): UsageError {
  return new UsageError(`there is no ${name} to update`, `Write one with \`${TOOL} init\`.`);
}
