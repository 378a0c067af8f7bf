import nodePath from 'node:path';
import { changeOf, type FileChange } from '../../hook-managers/file-change.ts';
import type { PolicyChoice } from '../../snapshots/scope-request.ts';
import { readIfThere } from '../read-if-there.ts';
import { version } from '../version.ts';
import { withOwners } from './code-owners.ts';
import type { InitContext } from './context.ts';
import type { InitPlan } from './plan.ts';
import { isWritten, judgeIn, withInclude, withoutInclude, type CiHost } from './workflow.ts';
import { SETTINGS_NAME } from '../../model/tool.ts';

/** What a person chooses for CI. */
export interface CiChoices {
  /** null leaves it as it is; in a new file it is `auto`. */
  readonly judge: PolicyChoice | null;
  /** Whose review a change of policy needs; none writes no CODEOWNERS. */
  readonly owners: readonly string[];
}

/** @returns Who judges in the file that stands there; null where nothing says it. */
export async function currentJudge({ location }: InitContext, host: CiHost): Promise<PolicyChoice | null> {
  return judgeIn(await readIfThere(nodePath.join(location.root, host.file)));
}

/**
 * Plans the jobs that check every change, and the lines of CODEOWNERS for what decides about packages. No rule depends on
 * them: the host demands the reviews.
 */
export async function planCi(
  place: InitContext,
  host: CiHost,
  { judge, owners }: CiChoices,
): Promise<InitPlan> {
  const file = nodePath.join(place.location.root, host.file);
  const currentText = await readIfThere(file);
  const text = host.textOf(version, judge ?? judgeIn(currentText) ?? 'auto');
  const including = await includingChange(place, host);
  const changes = [
    ...changeOf({ file, before: currentText, after: text, executable: false }),
    ...(including?.changes ?? []),
  ];
  const groups = [
    { id: 'ci', title: 'the jobs', changes } as const,
    {
      id: 'owners',
      title: 'the lines of CODEOWNERS',
      changes: await ownerChanges(place, host, owners),
    } as const,
  ].filter((group) => group.changes.length > 0);
  const refused = including?.refused ?? [];
  const said = [
    ...(groups.length + refused.length === 0 ? ['CI is set up.'] : []),
    ...(owners.length === 0
      ? ['No owner is named, so CODEOWNERS stays as it is. --owner @acme/dependencies names one.']
      : [host.advice]),
  ];
  return { groups, adoption: null, companions: [], said, refused };
}

/** @returns The change of the file that includes the jobs; null where the host needs none. */
async function includingChange(
  { location: { root } }: InitContext,
  { including, file: included }: CiHost,
): Promise<(Pick<InitPlan, 'refused'> & { readonly changes: readonly FileChange[] }) | null> {
  if (including === null) return null;
  const file = nodePath.join(root, including);
  const currentText = await readIfThere(file);
  const newText = withInclude(currentText);
  if (newText === null) {
    const message = `${including} includes other files already, or has several parts`;
    return { changes: [], refused: [{ message, next: `Add to its include: - local: /${included}` }] };
  }
  return { changes: changeOf({ file, before: currentText, after: newText, executable: false }), refused: [] };
}

async function ownerChanges(
  { location: { root }, policy, hooks }: InitContext,
  { ownerFiles, ciFiles }: CiHost,
  owners: readonly string[],
): Promise<readonly FileChange[]> {
  if (owners.length === 0) return [];
  const texts = await Promise.all(ownerFiles.map((path) => readIfThere(nodePath.join(root, path))));
  const first = texts.findIndex((text) => text !== null);
  const at = Math.max(0, first);
  const currentText = texts[at] ?? null;
  const paths = [
    policy.whitelistFile,
    ...policy.whitelist.files.filter((path) => path !== policy.whitelistFile),
    `.${SETTINGS_NAME}rc*`,
    '.config/',
    ...ciFiles,
    ...((await hooks.exists('.husky')) ? ['.husky/'] : []),
  ];
  const file = nodePath.join(root, ownerFiles[at] ?? '');
  const newText = withOwners(currentText, paths, owners);
  return changeOf({ file, before: currentText, after: newText, executable: false });
}

/** Plans what takes the jobs away. Who owns the whitelist is of use without them: those lines stay. */
export async function planCiRemoval({ location }: InitContext, host: CiHost): Promise<InitPlan> {
  const file = nodePath.join(location.root, host.file);
  const text = await readIfThere(file);
  const nothing = { groups: [], adoption: null, companions: [], said: [], refused: [] };
  if (text === null) return { ...nothing, said: [`There is no ${host.file} to take away.`] };
  const next = 'Look at what was changed in it, and remove it by hand.';
  if (!isWritten(host, text))
    return {
      ...nothing,
      refused: [{ message: `${host.file} is not what init wrote`, next }],
    };
  const jobChanges = changeOf({ file, before: text, after: null, executable: false });
  const includes = await includeRemoval(location.root, host);
  const said = ['The lines of CODEOWNERS stay: the whitelist does, too.'];
  const changes = [...jobChanges, ...includes];
  return { ...nothing, groups: [{ id: 'ci', title: 'the jobs', changes }], said };
}

/** A pipeline that includes a file which is gone does not start. */
async function includeRemoval(root: string, { including }: CiHost): Promise<readonly FileChange[]> {
  if (including === null) return [];
  const file = nodePath.join(root, including);
  const text = await readIfThere(file);
  if (text === null) return [];
  const remainingText = withoutInclude(text);
  return changeOf({ file, before: text, after: remainingText, executable: false });
}
