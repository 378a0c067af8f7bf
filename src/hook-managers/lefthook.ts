import nodePath from 'node:path';
import { changeOf, type FileChange } from './file-change.ts';
import { isOutdated } from '../starts/block.ts';
import type {
  HookManager,
  HookName,
  HookPlan,
  HookEnvironment,
  HookState,
  HookSelection,
} from './manager.ts';
import { allHookNames, checkedHookOf } from './manager.ts';
import { dependsOn } from './package-json.ts';
import { callsTool, isWanted } from './script.ts';
import { scriptLines, type CheckedHook } from '../starts/script.ts';
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

async function install(site: HookEnvironment, selection: HookSelection): Promise<HookPlan> {
  const name = await configOf(site, [...editable, ...inConfigFolder]);
  const nonYamlConfig = name === null ? await configOf(site, nonYamlConfigs) : null;
  if (nonYamlConfig !== null) return refused(nonYamlConfig);
  const file = nodePath.join(site.root, name ?? 'lefthook.yml');
  const oldText = (await site.read(file))?.text ?? null;
  const bare = oldText === null ? null : withoutYaml(oldText);
  const isByHand = (name: HookName) => bare !== null && callsTool(bare, checkedHookOf(name));
  let newText = bare;
  const hooks = allHookNames.filter((name) => isWanted(name, oldText, selection) && !isByHand(name));
  for (const hook of hooks) {
    const lines = commandLines(site, hook);
    newText = await withYaml(newText, { kind: 'entry', path: [hook, 'commands'], lines });
    if (newText === null) return refused(nodePath.relative(site.root, file), hook);
  }
  const changes: readonly FileChange[] = changeOf({
    file,
    before: oldText,
    after: saysSame(oldText, newText) ? oldText : newText,
    executable: false,
  });
  return { kind: 'plan', changes };
}

/**
 * What git says of a push reaches a command that asks for it (https://lefthook.dev/configuration/use_stdin.html; since
 * 1.6.14 each one that does).
 */
function commandLines({ calls }: HookEnvironment, hook: HookName): string[] {
  const isPush = hook === 'pre-push';
  const script = isPush ? scriptLines(calls, " '{1}'", hook) : scriptLines(calls);
  const fields = [...(isPush ? ['use_stdin: true'] : []), 'run: |', ...script.map((line) => `  ${line}`)];
  return [`${SETTINGS_NAME}:`, ...fields.map((line) => `  ${line}`)];
}

async function state(site: HookEnvironment, hook: CheckedHook): Promise<HookState> {
  const name = await configOf(site, [...editable, ...inConfigFolder, ...nonYamlConfigs]);
  const text = name === null ? undefined : (await site.read(name))?.text;
  if (name === null || text === undefined || !callsTool(text, hook)) return { kind: 'absent' };
  const file = nodePath.join(site.root, name);
  if (!(await isSetUp(site, hook)))
    return { kind: 'inactive', file, next: `${site.calls.runner} lefthook install` };
  if (isOutdated(text)) return { kind: 'outdated', file, next: `${site.calls.command} init` };
  return { kind: 'effective', file };
}

/** `lefthook install` has been run in this clone. */
async function isSetUp(site: HookEnvironment, hook: CheckedHook = 'pre-commit'): Promise<boolean> {
  const script = await site.read(nodePath.join(site.hooksFolder, hook));
  return script?.executable === true && script.text.split('\n').some(runsLefthook);
}

function runsLefthook(line: string): boolean {
  const runner = /^call_lefthook\b|\blefthook\s/.exec(line);
  return runner !== null && (runner.index === 0 || /\brun\b/.test(line.slice(runner.index)));
}

async function configOf(site: HookEnvironment, names: readonly string[]): Promise<string | null> {
  for (const name of names) if (await site.exists(name)) return name;
  return null;
}

function refused(name: string, hook: HookName = 'pre-commit'): HookPlan {
  return {
    kind: 'refused',
    message: `${name} cannot be edited safely to add a command`,
    next:
      hook === 'pre-push'
        ? `Add a command to pre-push, with \`use_stdin: true\`, that runs \`${TOOL} hook pre-push\`.`
        : `Add a command to pre-commit, and to pre-merge-commit, that runs \`${TOOL} hook pre-commit\`.`,
  };
}
