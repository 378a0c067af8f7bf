import nodePath from 'node:path';
import { changeOf } from './file-change.ts';
import { findBlock, isOutdated, withoutOldLine } from '../starts/block.ts';
import { withEntry, withoutEntry } from './json-entry.ts';
import type {
  HookManager,
  HookName,
  HookPlan,
  HookEnvironment,
  HookState,
  HookSelection,
} from './manager.ts';
import { allHookNames } from './manager.ts';
import { dependsOn, mapOf, readJsonMap } from './package-json.ts';
import { callsTool, hookBlock, isWanted } from './script.ts';
import type { CheckedHook } from '../starts/script.ts';
import { TOOL } from '../model/tool.ts';

/** Where its config may stand, first one first (https://github.com/toplenboren/simple-git-hooks). */
const programs = ['.', ''].flatMap((dot) =>
  ['cjs', 'js', 'mjs'].map((end) => `${dot}simple-git-hooks.${end}`),
);
const jsonFiles = ['.simple-git-hooks.json', 'simple-git-hooks.json'];
const KEY = 'simple-git-hooks';

/** simple-git-hooks: one shell command for each hook, from which it writes git's hooks. */
export const simpleGitHooks: HookManager = {
  id: 'simple-git-hooks',
  async detect(site) {
    const config = await configOf(site);
    const setUp = await isSetUp(site);
    if (config !== null) return { reason: `${config.file} configures it`, active: setUp };
    return (await dependsOn(site, KEY)) ? { reason: 'package.json depends on it', active: setUp } : null;
  },
  install,
  remove,
  state,
};

/** A config file; `within` are the keys that lead to the hooks. `program`: only its owner can edit it. */
interface ConfigPlace {
  readonly file: string;
  readonly kind: 'json' | 'program';
  readonly within: readonly string[];
}

async function configOf(site: HookEnvironment): Promise<ConfigPlace | null> {
  for (const file of programs) if (await site.exists(file)) return { file, kind: 'program', within: [] };
  for (const file of jsonFiles) if (await site.exists(file)) return { file, kind: 'json', within: [] };
  const manifest = await readJsonMap(site, 'package.json');
  const value = manifest?.get(KEY);
  if (typeof value === 'string') return { file: value, kind: 'program', within: [] };
  return value === undefined ? null : { file: 'package.json', kind: 'json', within: [KEY] };
}

async function install(site: HookEnvironment, selection: HookSelection): Promise<HookPlan> {
  const place = (await configOf(site)) ?? { file: 'package.json', kind: 'json', within: [KEY] };
  const oldText = (await site.read(place.file))?.text;
  if (place.kind === 'program' || oldText === undefined) return refused(place.file, selection);
  let newText = oldText;
  for (const hook of allHookNames) {
    if (!isWanted(hook, await commandIn(site, place, hook), selection)) continue;
    const edited = await withEntry(
      newText,
      [...place.within, hook],
      (command) => hookBlock(hook, site.calls) + othersOf(command ?? ''),
    );
    if (edited === null) return refused(place.file, selection);
    newText = edited;
  }
  const file = nodePath.join(site.root, place.file);
  return { kind: 'plan', changes: changeOf({ file, before: oldText, after: newText, executable: false }) };
}

async function remove(site: HookEnvironment): ReturnType<HookManager['remove']> {
  const place = await configOf(site);
  const oldText = place && (await site.read(place.file))?.text;
  if (place?.kind !== 'json' || oldText === undefined || oldText === null) return [];
  let newText = oldText;
  for (const hook of allHookNames.toReversed())
    newText = await withoutEntry(newText, [...place.within, hook], (command) => othersOf(command) || null);
  return changeOf({
    file: nodePath.join(site.root, place.file),
    before: oldText,
    after: newText,
    executable: false,
  });
}

/** @returns A command without our lines. */
function othersOf(command: string): string {
  const block = findBlock(command);
  return withoutOldLine(block ? command.slice(0, block.start) + command.slice(block.end) : command);
}

async function state(site: HookEnvironment, hook: CheckedHook): Promise<HookState> {
  const place = await configOf(site);
  const command = place && (await commandIn(site, place, hook));
  if (!place || !command || !callsTool(command, hook)) return { kind: 'absent' };
  const file = nodePath.join(site.root, place.file);
  if (isOutdated(command)) return { kind: 'outdated', file, next: `${site.calls.command} init` };
  const hookFile = nodePath.join(site.hooksFolder, hook);
  const script = await site.read(hookFile);
  const next = `${site.calls.runner} ${KEY}`;
  if (script?.executable !== true || !callsTool(script.text, hook)) return { kind: 'inactive', file, next };
  return isOutdated(script.text) ? { kind: 'outdated', file: hookFile, next } : { kind: 'effective', file };
}

/** @returns The command of a config, or the whole text of one that only its owner can read. */
async function commandIn(
  site: HookEnvironment,
  { file, kind, within }: ConfigPlace,
  hook: HookName,
): Promise<string | null> {
  if (kind === 'program') return (await site.read(file))?.text ?? null;
  let value: unknown = await readJsonMap(site, file);
  for (const key of [...within, hook]) value = (value instanceof Map ? value : mapOf(value))?.get(key);
  return typeof value === 'string' ? value : null;
}

/** It has written git's hook in this clone; its scripts begin with its own switch. */
async function isSetUp(site: HookEnvironment): Promise<boolean> {
  const hook = await site.read(nodePath.join(site.hooksFolder, 'pre-commit'));
  return hook?.executable === true && hook.text.includes('SKIP_SIMPLE_GIT_HOOKS');
}

function refused(file: string, { push }: HookSelection): HookPlan {
  const pushAdvice = push ? ` Let its pre-push run \`${TOOL} hook pre-push\`.` : '';
  return {
    kind: 'refused',
    message: `${file} configures simple-git-hooks, but is not JSON to which a command can be added`,
    next: `Let its pre-commit, and its pre-merge-commit, run \`${TOOL} hook pre-commit\`.${pushAdvice}`,
  };
}
