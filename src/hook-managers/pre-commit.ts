import nodePath from 'node:path';
import { changeOf } from './file-change.ts';
import { isOutdated } from '../starts/block.ts';
import type {
  HookManager,
  HookName,
  HookPlan,
  HookEnvironment,
  HookState,
  HookSelection,
} from './manager.ts';
import { pushStageIn } from './pre-commit-stages.ts';
import { callsTool } from './script.ts';
import { scriptLines, type CheckedHook } from '../starts/script.ts';
import {
  frameworkConfig,
  mirror,
  mirrorHooks,
  mirrorHooksByLanguage,
} from '../tool-command/pre-commit-framework.ts';
import { saysSame, withoutYaml, withYaml } from './yaml-block.ts';
import { SETTINGS_NAME, TOOL } from '../model/tool.ts';

/** What makes git call it in a clone (https://pre-commit.com/#pre-commit-install). */
const SET_UP = 'pre-commit install --hook-type pre-commit --hook-type pre-merge-commit';

/** By itself, `pre-commit install` has git call it for commits alone. */
const SET_UP_MERGES = 'pre-commit install --hook-type pre-merge-commit';

/** The same for pushes. */
const SET_UP_PUSHES = 'pre-commit install --hook-type pre-push';

/**
 * The pre-commit framework (https://pre-commit.com). Where a package.json may bring this tool, the hook
 * calls what is installed; elsewhere the framework installs it, in an environment of its own.
 */
export const preCommit: HookManager = {
  id: 'pre-commit',
  async detect(site) {
    const setUp = await isSetUp(site);
    if (await site.exists(frameworkConfig)) return { reason: `there is a ${frameworkConfig}`, active: setUp };
    if (setUp) return { reason: 'git calls it in this clone', active: setUp };
    const file = await manifestNaming(site);
    return file === null ? null : { reason: `${file} names it`, active: setUp };
  },
  install,
  async remove(site) {
    const configFile = await site.read(frameworkConfig);
    if (!configFile) return [];
    const file = nodePath.join(site.root, frameworkConfig);
    return changeOf({
      file,
      before: configFile.text,
      after: withoutHook(configFile.text),
      executable: false,
    });
  },
  state,
};

/** The framework takes no `repos` without a list, and there may have been an empty one. */
function withoutHook(text: string): string | null {
  return withoutYaml(text)?.replace(/^repos:[ \t]*(?=\r?$)(?!\r?\n[ \t]*-)/m, 'repos: []') ?? null;
}

/** Where Python projects say that their developers have it. */
const manifests = ['pyproject.toml', 'requirements-dev.txt', 'requirements/dev.txt', 'dev-requirements.txt'];

async function manifestNaming(site: HookEnvironment): Promise<string | null> {
  for (const name of manifests) {
    const manifest = await site.read(name);
    if (manifest && /^[^#\n\r\u2028\u2029]*\bpre[-_]commit\b/m.test(manifest.text)) return name;
  }
  return null;
}

async function install(site: HookEnvironment, selection: HookSelection): Promise<HookPlan> {
  const file = nodePath.join(site.root, frameworkConfig);
  const oldText = (await site.read(file))?.text ?? null;
  const bare = oldText === null ? null : withoutYaml(oldText);
  if (bare !== null && callsHook(bare)) return byHand(bare, selection);
  const lines = await hookLines(site, oldText, selection);
  const newText = await withYaml(bare, { kind: 'item', path: ['repos'], lines });
  if (newText !== null) {
    const text = saysSame(oldText, newText) ? oldText : newText;
    return { kind: 'plan', changes: changeOf({ file, before: oldText, after: text, executable: false }) };
  }
  return {
    kind: 'refused',
    message: `${frameworkConfig} cannot be edited safely to add a hook`,
    next: `Add a local hook whose entry is \`${TOOL} hook pre-commit\` by hand.`,
  };
}

/** A hook that somebody wrote stays as it is; which stages it has is theirs to say. */
async function byHand(text: string, { push }: HookSelection): Promise<HookPlan> {
  const { kind, stages } = await pushStageIn(text);
  if (!push || kind !== 'left out') return { kind: 'plan', changes: [] };
  return {
    kind: 'refused',
    message: `the hook of ${TOOL} in ${frameworkConfig} leaves pushes out, and init did not write it`,
    next: `Add to it: ${stages}\nThen run: ${SET_UP_PUSHES}`,
  };
}

/**
 * Where a manifest may bring the tool, what is installed is called; elsewhere the framework installs it, as a package of
 * Python, which needs no Node, from where
 * `pre-commit autoupdate` finds its newer versions. File names are passed on: `pre-commit run --all-files` checks them
 * where nothing is staged.
 */
async function hookLines(
  site: HookEnvironment,
  oldText: string | null,
  selection: HookSelection,
): Promise<string[]> {
  const stages = await stageLines(oldText, selection);
  if (!site.calls.named && !(await site.exists('package.json')))
    return [
      `repo: ${mirror}`,
      `rev: ${revisionIn(oldText) ?? `v${site.version}`}`,
      'hooks:',
      `  - id: ${hookIn(oldText) ?? mirrorHooksByLanguage.python}`,
      ...stages.map((line) => `    ${line}`),
    ];
  const start = ['language: system', ...entryLines(site)];
  const fields = [`name: ${TOOL}`, ...start, 'types: [text]', 'require_serial: true', ...stages];
  return [
    'repo: local',
    'hooks:',
    `  - id: ${SETTINGS_NAME}`,
    ...fields.map((line) => (line === '' ? '' : `    ${line}`)),
  ];
}

/** @returns What `pre-commit autoupdate`, or a person, has put behind `rev:` of the mirror; null where it is not there. */
function revisionIn(text: string | null): string | null {
  const lines = text?.split('\n') ?? [];
  const at = lines.findIndex((line) => line.includes(`repo: ${mirror}`));
  return at < 0 ? null : (/^ *rev: (\S.*)$/.exec(lines[at + 1] ?? '')?.[1] ?? null);
}

/** @returns The hook of the mirror that is there; null where none is. */
function hookIn(text: string | null): string | null {
  const lines = text?.split('\n') ?? [];
  const at = lines.findIndex((line) => line.includes(`repo: ${mirror}`));
  const id = /^ *- id: (\S+)$/.exec(at < 0 ? '' : (lines[at + 3] ?? ''))?.[1];
  return id !== undefined && mirrorHooks.includes(id) ? id : null;
}

/** The framework splits an entry into words as a shell does, and appends the file names. */
function entryLines({ calls }: HookEnvironment): string[] {
  const script = scriptLines(calls, ' "$@"').map((line) => `  ${line.replaceAll("'", String.raw`'\''`)}`);
  return ['entry: |', "  sh -c '", ...script, `  ' ${TOOL}`];
}

async function state(site: HookEnvironment, checkedHook: CheckedHook): Promise<HookState> {
  const config = await site.read(frameworkConfig);
  if (!config || !callsHook(config.text)) return { kind: 'absent' };
  const file = nodePath.join(site.root, frameworkConfig);
  if (checkedHook === 'pre-push') return stateOfPushes(site, file, config.text);
  if (!(await isSetUp(site))) return { kind: 'inactive', file, next: SET_UP };
  if (isOutdated(config.text)) return { kind: 'outdated', file, next: `${site.calls.command} init` };
  if (await isSetUp(site, 'pre-merge-commit')) return { kind: 'effective', file };
  return { kind: 'partial', file, next: SET_UP_MERGES };
}

async function stateOfPushes(site: HookEnvironment, file: string, text: string): Promise<HookState> {
  const { kind } = await pushStageIn(text);
  if (kind === 'left out') return { kind: 'absent' };
  if (await isSetUp(site, 'pre-push')) return { kind: 'effective', file };
  return { kind: kind === 'named' ? 'inactive' : 'available', file, next: SET_UP_PUSHES };
}

/** A hook needs stages of its own only where the config leaves pushes out by default. */
async function stageLines(oldText: string | null, { push }: HookSelection): Promise<readonly string[]> {
  const bare = oldText === null ? null : withoutYaml(oldText);
  const [current, clean] = [await pushStageIn(oldText), await pushStageIn(bare)];
  const isWanted = push || current.kind === 'named';
  return isWanted && clean.kind === 'left out' ? [clean.stages] : [];
}

/** The id of a hook of the mirror on a line of its own, and in `hooks: [{ id: check-imports }]`; not in a comment. */
const HOOK_IDS = [
  /^[ \t]*(?:-[ \t]+)?id:[ \t]*["']?check-imports(?:-python|-system)?["']?[ \t]*(?:#|$)/m,
  /^[^#\r\n\u2028\u2029]*[{,][ \t]*["']?id["']?:[ \t]*["']?check-imports(?:-python|-system)?["']?[ \t]*[,}]/m,
];

/** A local hook, or one of the mirror, which is known by its id. */
function callsHook(text: string): boolean {
  return callsTool(text, 'pre-commit') || HOOK_IDS.some((pattern) => pattern.test(text));
}

/** `pre-commit install` has been run in this clone; its script says who wrote it. */
async function isSetUp(site: HookEnvironment, name: HookName = 'pre-commit'): Promise<boolean> {
  const hook = await site.read(nodePath.join(site.hooksFolder, name));
  return hook?.executable === true && hook.text.includes('https://pre-commit.com');
}
