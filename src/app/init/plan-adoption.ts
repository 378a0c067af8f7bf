import nodePath from 'node:path';
import { GitError, runGit } from '../../git/git.ts';
import { adviceFor } from '../../hook-managers/advice.ts';
import { chooseManager } from '../../hook-managers/index.ts';
import { openProject } from '../project.ts';
import { readIfThere } from '../read-if-there.ts';
import { UsageError } from '../usage-error.ts';
import type { ProcessContext } from '../process.ts';
import { configOf, whitelistOf, type Adoption } from './adoption.ts';
import { mergeLine, withLine } from './attributes.ts';
import { changeOf, type FileChange } from '../../hook-managers/file-change.ts';
import type { InitContext } from './context.ts';
import type { ChangeGroup, InitPlan } from './plan.ts';
import { surveyProject } from './survey.ts';
import { SETTINGS_NAME } from '../../model/tool.ts';

/**
 * Plans what gives a project the linter: a whitelist where there is none, the line that merges it, and the
 * call in the hook manager that is in use. A whitelist that is there stays as it is, whatever the
 * manifests say by now.
 */
export async function planAdoption(place: InitContext, context: ProcessContext): Promise<InitPlan> {
  const adoption = (await hasWhitelist(place)) ? null : await adopt(place, context);
  const { manager, reason } = await chooseManager(place.hooks);
  const hook = await manager.install(place.hooks);
  const groups: ChangeGroup[] = [
    ...(adoption ? [await whitelistGroup(place, adoption, context), configGroup(place, adoption)] : []),
    { id: 'attributes', title: 'the line that merges it', changes: await attributesChange(place) },
    { id: 'hook', title: 'the hook', changes: hook.kind === 'plan' ? hook.changes : [] },
  ];
  return {
    groups: groups.filter(({ changes }) => changes.length > 0),
    adoption,
    said: [
      ...(adoption ? [] : [`${place.policy.whitelistFile} is there already and stays as it is.`]),
      `The hook goes to ${manager.id}, because ${reason}.`,
      ...(await adviceFor(place.hooks, manager)),
    ],
    refused: hook.kind === 'refused' ? [hook] : [],
  };
}

/** @throws UsageError where the whitelist was deleted and the deletion is not committed. */
async function hasWhitelist({ policy, location, git }: InitContext): Promise<boolean> {
  const file = policy.whitelistFile;
  if ((await readIfThere(nodePath.join(location.root, file))) !== null) return true;
  if (!(await isCommitted(git, file))) return false;
  throw new UsageError(
    `${file} is in HEAD and missing from the work tree`,
    `Bring it back with \`git restore ${file}\`. A new one would approve what was never decided.`,
  );
}

async function isCommitted(git: InitContext['git'], file: string): Promise<boolean> {
  try {
    await runGit(git, ['objectId', `HEAD:${file}`]);
    return true;
  } catch (error) {
    if (error instanceof GitError) return false;
    throw error;
  }
}

async function adopt(
  { location, git, hooks: site }: InitContext,
  context: ProcessContext,
): Promise<Adoption> {
  const project = await openProject({ kind: 'all' }, location, { context });
  if (project.kind === 'fault') throw new UsageError(project.fault.message, project.fault.next);
  try {
    return await surveyProject({ project, git, root: site.root, env: context.env });
  } finally {
    project.close();
  }
}

async function whitelistGroup(
  { policy, location }: InitContext,
  adoption: Adoption,
  context: ProcessContext,
): Promise<ChangeGroup> {
  const name = policy.whitelistFile;
  const result = await whitelistOf(name, adoption, context.now.toISOString().slice(0, 10));
  if (result.kind === 'refused') throw new UsageError(result.fault.message, result.fault.next);
  const file = nodePath.join(location.root, name);
  const change = { file, before: null, after: result.text, executable: false };
  return { id: 'whitelist', title: 'the whitelist', changes: [change] };
}

/** A config that is there is its owner's: the names are shown, and nobody edits it. */
function configGroup({ policy, location }: InitContext, { localModules }: Adoption): ChangeGroup {
  const file = nodePath.join(location.root, `.${SETTINGS_NAME}rc.yaml`);
  const isNeeded = localModules.length > 0 && policy.config.source === null;
  const change = { file, before: null, after: configOf(localModules), executable: false };
  return { id: 'config', title: 'the config with localModules', changes: isNeeded ? [change] : [] };
}

/** Attributes that are set elsewhere, or by another pattern, are as good: git itself is asked. */
async function attributesChange({ policy, location, git }: InitContext): Promise<readonly FileChange[]> {
  const name = policy.whitelistFile;
  const output = await runGit(git, ['attribute', 'merge', '--', name]);
  if (output.toString('utf8').split('\0')[2] !== 'unspecified') return [];
  const file = nodePath.join(location.root, '.gitattributes');
  const currentText = await readIfThere(file);
  return changeOf({
    file,
    before: currentText,
    after: withLine(currentText, mergeLine(name)),
    executable: false,
  });
}
