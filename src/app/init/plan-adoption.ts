import nodePath from 'node:path';
import { ownPackageOf } from '../../ecosystems/index.ts';
import { formatOf } from '../../ecosystems/manifest-formats.ts';
import type { Package } from '../../model/package.ts';
import { adviceFor } from '../../hook-managers/advice.ts';
import { changeOf } from '../../hook-managers/file-change.ts';
import { chooseManager } from '../../hook-managers/index.ts';
import type { HookSelection } from '../../hook-managers/manager.ts';
import { edit } from '../../whitelist/edit.ts';
import { openProject } from '../project.ts';
import { readIfThere } from '../read-if-there.ts';
import { UsageError } from '../usage-error.ts';
import type { ProcessContext } from '../process.ts';
import { bringingFiles } from './bringing-files.ts';
import { configOf, ownApproval, whitelistOf, type Adoption } from './adoption.ts';
import { ATTRIBUTES, attributesChange } from './attributes-change.ts';
import type { InitContext } from './context.ts';
import { hasWhitelist } from './deleted-whitelist.ts';
import { nextAuthorOf } from '../author.ts';
import type { ChangeGroup, InitPlan, SurveyOptions } from './plan.ts';
import { lacksBaseline, missingEntries } from './plan-update.ts';
import { surveyProject } from './survey.ts';
import { SETTINGS_NAME } from '../../model/tool.ts';

/**
 * Plans what gives a project the linter: a whitelist where there is none, the line that merges it, and the
 * call in the hook manager that is in use. A whitelist that is there stays as it is, whatever the
 * manifests say by now; only this tool itself is approved there.
 */
export async function planAdoption(
  place: InitContext,
  options: SurveyOptions,
  selection: HookSelection,
): Promise<InitPlan> {
  const adoption = (await hasWhitelist(place.location, place.policy.whitelistFile))
    ? null
    : await adopt(place, options);
  const { manager, reason } = await chooseManager(place.hooks);
  const hook = await manager.install(place.hooks, selection);
  const groups: ChangeGroup[] = [
    ...(adoption
      ? [await whitelistGroup(place, adoption), configGroup(place, adoption)]
      : [await ownApprovalGroup(place)]),
    {
      id: 'attributes',
      title: `the line of ${ATTRIBUTES} that merges it`,
      changes: await attributesChange(place.location, place.policy.whitelistFile),
    },
    { id: 'hook', title: 'the hook', changes: hook.kind === 'plan' ? hook.changes : [] },
  ];
  return {
    groups: groups.filter(({ changes }) => changes.length > 0),
    adoption,
    companions: await bringingFiles(place.location),
    said: [
      ...(adoption ? [] : await existingWhitelist(place, options.context)),
      ...(hook.kind === 'plan' ? [`The hook goes to ${manager.id}, because ${reason}.`] : []),
      ...(await adviceFor(place.hooks, manager)),
    ],
    refused: hook.kind === 'refused' ? [hook] : [],
  };
}

/** The commit that brings this tool into a project with a whitelist must not be stopped by it either. */
async function ownApprovalGroup(place: InitContext): Promise<ChangeGroup> {
  const { policy, location } = place;
  const group = { id: 'whitelist', title: 'the approval of this tool' } as const;
  const ownPackage = unapprovedOwnPackage(place);
  if (ownPackage === null) return { ...group, changes: [] };
  const file = nodePath.join(location.root, policy.whitelistFile);
  const oldText = await readIfThere(file);
  const content = ownApproval({ today: policy.today, by: await nextAuthorOf(location) });
  const result = await edit(policy.whitelistFile, oldText, [{ ...ownPackage, content }]);
  if (result.kind === 'refused') throw new UsageError(result.fault.message, result.fault.next);
  return { ...group, changes: changeOf({ file, before: oldText, after: result.text, executable: false }) };
}

/** @returns The package of this tool that a manifest brings, and nobody decided about; null where there is none. */
function unapprovedOwnPackage({ policy, hooks: { manifest } }: InitContext): Package | null {
  const format = manifest === null ? undefined : formatOf(manifest);
  const ownPackage = format === undefined ? undefined : ownPackageOf(format.ecosystem);
  return ownPackage !== undefined && policy.decide(ownPackage).kind === 'unapproved' ? ownPackage : null;
}

/** What there is to say about a whitelist that was there. */
async function existingWhitelist(place: InitContext, context: ProcessContext): Promise<readonly string[]> {
  const { policy, hooks } = place;
  const sentence = unapprovedOwnPackage(place)
    ? `${policy.whitelistFile} is there already, and gets the approval of this tool.`
    : `${policy.whitelistFile} is there already and stays as it is.`;
  if (!lacksBaseline(place)) return [sentence];
  const { entries } = await missingEntries(place, {
    context,
    offline: true,
    choose: (adoption) => Promise.resolve(adoption),
  });
  if (!entries.some(({ content }) => content?.kind === 'baseline')) return [sentence];
  return [
    sentence,
    `It has no baseline. To add what HEAD declares and the whitelist does not have: ${hooks.calls.command} init --update`,
  ];
}

async function adopt({ location }: InitContext, { choose, ...options }: SurveyOptions): Promise<Adoption> {
  const project = await openProject({ kind: 'all' }, location, { context: options.context });
  if (project.kind === 'fault') throw new UsageError(project.fault.message, project.fault.next);
  try {
    return await choose(await surveyProject({ ...options, project, location }));
  } finally {
    project.close();
  }
}

async function whitelistGroup({ policy, location }: InitContext, adoption: Adoption): Promise<ChangeGroup> {
  const name = policy.whitelistFile;
  const result = await whitelistOf(name, adoption, {
    today: policy.today,
    by: await nextAuthorOf(location),
  });
  if (result.kind === 'refused') throw new UsageError(result.fault.message, result.fault.next);
  const file = nodePath.join(location.root, name);
  const change = { file, before: null, after: result.text, executable: false };
  return { id: 'whitelist', title: 'the whitelist', changes: [change] };
}

/** A config that is there is its owner's: the names are shown, and nobody edits it. */
function configGroup({ policy, location }: InitContext, adoption: Adoption): ChangeGroup {
  const file = nodePath.join(location.root, `.${SETTINGS_NAME}rc.yaml`);
  const text = configOf(adoption);
  const isNeeded = text !== '' && policy.config.source === null;
  const change = { file, before: null, after: text, executable: false };
  const keys = (['localModules', 'ignorePaths'] as const).filter((key) => adoption[key].length > 0);
  return { id: 'config', title: `the config with ${keys.join(' and ')}`, changes: isNeeded ? [change] : [] };
}
