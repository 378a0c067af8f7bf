import nodePath from 'node:path';
import { changeOf, type FileChange } from '../../hook-managers/file-change.ts';
import type { PolicyChoice } from '../../snapshots/scope-request.ts';
import { readIfThere } from '../read-if-there.ts';
import { version } from '../version.ts';
import { ownerFiles, withOwners } from './code-owners.ts';
import type { InitContext } from './context.ts';
import type { InitPlan } from './plan.ts';
import { judgeIn, WORKFLOW, workflowOf } from './workflow.ts';
import { SETTINGS_NAME } from '../../model/tool.ts';

/** What a person chooses for CI. */
export interface CiChoices {
  /** null leaves it as it is; in a new workflow it is `auto`. */
  readonly judge: PolicyChoice | null;
  /** Whose review a change of policy needs; none writes no CODEOWNERS. */
  readonly owners: readonly string[];
}

/** @returns Who judges in the workflow that stands there; null where there is none, or one of another text. */
export async function currentJudge({ location }: InitContext): Promise<PolicyChoice | null> {
  return judgeIn(await readIfThere(nodePath.join(location.root, WORKFLOW)), version);
}

/**
 * Plans the workflow that checks every change on GitHub, and the lines of CODEOWNERS for what decides about packages. No
 * rule depends on them: the host demands the reviews.
 */
export async function planCi(place: InitContext, { judge, owners }: CiChoices): Promise<InitPlan> {
  const { root } = place.location;
  const file = nodePath.join(root, WORKFLOW);
  const currentText = await readIfThere(file);
  const text = workflowOf(version, judge ?? judgeIn(currentText, version) ?? 'auto');
  const groups = [
    {
      id: 'ci',
      title: 'the workflow',
      changes: changeOf({ file, before: currentText, after: text, executable: false }),
    } as const,
    { id: 'owners', title: 'the lines of CODEOWNERS', changes: await ownerChanges(place, owners) } as const,
  ].filter(({ changes }) => changes.length > 0);
  const said = [
    ...(groups.length === 0 ? ['CI is set up.'] : []),
    ...(owners.length === 0
      ? ['No owner is named, so CODEOWNERS stays as it is. --owner @acme/dependencies names one.']
      : [
          'On GitHub, have the branch’s protection require the job vetted-imports and reviews from Code Owners.',
        ]),
  ];
  return { groups, adoption: null, companions: [], said, refused: [] };
}

async function ownerChanges(
  { location: { root }, policy, hooks }: InitContext,
  owners: readonly string[],
): Promise<readonly FileChange[]> {
  if (owners.length === 0) return [];
  const texts = await Promise.all(ownerFiles.map((path) => readIfThere(nodePath.join(root, path))));
  const at = Math.max(
    0,
    texts.findIndex((text) => text !== null),
  );
  const currentText = texts[at] ?? null;
  const paths = [
    policy.whitelistFile,
    ...policy.whitelist.files.filter((path) => path !== policy.whitelistFile),
    `.${SETTINGS_NAME}rc*`,
    '.config/',
    '.github/',
    ...((await hooks.exists('.husky')) ? ['.husky/'] : []),
  ];
  const file = nodePath.join(root, ownerFiles[at] ?? '');
  const newText = withOwners(currentText, paths, owners);
  return changeOf({ file, before: currentText, after: newText, executable: false });
}

/** Plans what takes the workflow away. Who owns the whitelist is of use without it: those lines stay. */
export async function planCiRemoval({ location }: InitContext): Promise<InitPlan> {
  const file = nodePath.join(location.root, WORKFLOW);
  const text = await readIfThere(file);
  const nothing = { groups: [], adoption: null, companions: [], said: [], refused: [] };
  if (text === null) return { ...nothing, said: ['There is no workflow to take away.'] };
  if (judgeIn(text, version) === null) {
    const message = `${WORKFLOW} is not what this version of init wrote`;
    return {
      ...nothing,
      refused: [{ message, next: 'Look at what was changed in it, and remove it by hand.' }],
    };
  }
  const changes = changeOf({ file, before: text, after: null, executable: false });
  const said = ['The lines of CODEOWNERS stay: the whitelist does, too.'];
  return { ...nothing, groups: [{ id: 'ci', title: 'the workflow', changes }], said };
}
