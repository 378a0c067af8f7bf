import nodePath from 'node:path';
import { changeOf, type FileChange } from './file-change.ts';
import { isOutdated } from '../starts/block.ts';
import type { HookManager, HookPlan, HookEnvironment, HookState } from './manager.ts';
import { hookNames } from './manager.ts';
import { dependsOn } from './package-json.ts';
import { callsTool } from './script.ts';
import { scriptLines } from '../starts/script.ts';
import { saysSame, withoutYaml, withYaml } from './yaml-block.ts';
import { SETTINGS_NAME, TOOL } from '../model/tool.ts';

/** Where lefthook looks for its config, first one first (https://lefthook.dev/configuration/). */
const editable = ['', '.'].flatMap((dot) => ['yml', 'yaml'].map((end) => `${dot}lefthook.${end}`));
const inConfigFolder = ['.config/lefthook.yml', '.config/lefthook.yaml'];
const nonYamlConfigs = [
  'lefthook.toml',
  '.lefthook.toml',
  'lefthook.json',
  '.lefthook.json',
  'lefthook.jsonc',
];

/** lefthook (https://lefthook.dev): one config file, from which it writes git's hooks. */
export const lefthook: HookManager = {
  id: 'lefthook',
  async detect(site) {
    const config = await configOf(site, [...editable, ...inConfigFolder, ...nonYamlConfigs]);
    if (config !== null) return { reason: `there is a ${config}`, active: await isSetUp(site) };
    const depends = await dependsOn(site, 'lefthook');
    return depends ? { reason: 'package.json depends on it', active: await isSetUp(site) } : null;
  },
  install,
  async remove(site) {
    const changes = [...editable, ...inConfigFolder].map(async (name) => {
      const configFile = await site.read(name);
      if (!configFile) return [];
      const file = nodePath.join(site.root, name);
      return changeOf({
        file,
        before: configFile.text,
        after: withoutYaml(configFile.text),
        executable: false,
      });
    });
    return (await Promise.all(changes)).flat();
  },
  state,
};

async function install(site: HookEnvironment): Promise<HookPlan> {
  const name = await configOf(site, [...editable, ...inConfigFolder]);
  const nonYamlConfig = name === null ? await configOf(site, nonYamlConfigs) : null;
  if (nonYamlConfig !== null) return refused(nonYamlConfig);
  const file = nodePath.join(site.root, name ?? 'lefthook.yml');
  const oldText = (await site.read(file))?.text ?? null;
  let newText = oldText === null ? null : withoutYaml(oldText);
  for (const hook of hookNames) {
    newText = await withYaml(newText, { kind: 'entry', path: [hook, 'commands'], lines: commandLines(site) });
    if (newText === null) return refused(nodePath.relative(site.root, file));
  }
  if (oldText !== null && callsTool(oldText) && withoutYaml(oldText) === oldText)
    return { kind: 'plan', changes: [] };
  const changes: readonly FileChange[] = changeOf({
    file,
    before: oldText,
    after: saysSame(oldText, newText) ? oldText : newText,
    executable: false,
  });
  return { kind: 'plan', changes };
}

function commandLines({ calls }: HookEnvironment): string[] {
  return [`${SETTINGS_NAME}:`, '  run: |', ...scriptLines(calls).map((line) => `    ${line}`)];
}

async function state(site: HookEnvironment): Promise<HookState> {
  const name = await configOf(site, [...editable, ...inConfigFolder, ...nonYamlConfigs]);
  const text = name === null ? undefined : (await site.read(name))?.text;
  if (name === null || text === undefined || !callsTool(text)) return { kind: 'absent' };
  const file = nodePath.join(site.root, name);
  if (!(await isSetUp(site)))
    return { kind: 'inactive', file, next: `${site.calls.runner} lefthook install` };
  if (isOutdated(text)) return { kind: 'outdated', file, next: `${site.calls.command} init` };
  return { kind: 'effective', file };
}

/** `lefthook install` has been run in this clone. */
async function isSetUp(site: HookEnvironment): Promise<boolean> {
  const hook = await site.read(nodePath.join(site.hooksFolder, 'pre-commit'));
  return hook?.executable === true && hook.text.split('\n').some(runsLefthook);
}

function runsLefthook(line: string): boolean {
  const runner = /^call_lefthook\b|\blefthook\s/.exec(line);
  return runner !== null && (runner.index === 0 || /\brun\b/.test(line.slice(runner.index)));
}

async function configOf(site: HookEnvironment, names: readonly string[]): Promise<string | null> {
  for (const name of names) if (await site.exists(name)) return name;
  return null;
}

function refused(name: string): HookPlan {
  return {
    kind: 'refused',
    message: `${name} cannot be edited safely to add a command`,
    next: `Add a command to pre-commit, and to pre-merge-commit, that runs \`${TOOL} hook pre-commit\`.`,
  };
}
