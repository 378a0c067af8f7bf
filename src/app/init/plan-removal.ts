import nodePath from 'node:path';
import { hookManagers } from '../../hook-managers/index.ts';
import { readIfThere } from '../read-if-there.ts';
import { mergeLine, withoutLine } from './attributes.ts';
import { changeOf, type FileChange } from '../../hook-managers/file-change.ts';
import type { InitContext } from './context.ts';
import type { InitPlan } from './plan.ts';

/**
 * Plans what takes the hook away, wherever it stands. The whitelist holds what people decided: it stays
 * unless somebody asks, and so does the line that merges it.
 */
export async function planRemoval(place: InitContext, withWhitelist: boolean): Promise<InitPlan> {
  const hooks = await Promise.all(hookManagers.map((manager) => manager.remove(place.hooks)));
  const changes = new Map(hooks.flat().map((change) => [change.file, change]));
  const whitelist = withWhitelist ? await whitelistChanges(place) : [];
  const groups = [
    { id: 'hook', title: 'the hook', changes: [...changes.values()] } as const,
    { id: 'whitelist', title: 'the whitelist', changes: whitelist } as const,
  ].filter((group) => group.changes.length > 0);
  const said = groups.length === 0 ? ['There is nothing to take away.'] : [];
  return { groups, adoption: null, companions: [], said, refused: [] };
}

async function whitelistChanges({ policy, location }: InitContext): Promise<FileChange[]> {
  const name = policy.whitelistFile;
  const file = nodePath.join(location.root, name);
  const attributes = nodePath.join(location.root, '.gitattributes');
  const line = mergeLine(name);
  const [whitelist, merging] = [await readIfThere(file), await readIfThere(attributes)];
  const remainingText = merging === null ? null : withoutLine(merging, line);
  return [
    ...changeOf({ file, before: whitelist, after: null, executable: false }),
    ...changeOf({ file: attributes, before: merging, after: remainingText, executable: false }),
  ];
}
