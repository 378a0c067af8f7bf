import nodePath from 'node:path';
import { changeOf, type FileChange } from './file-change.ts';
import {
  blockOf,
  findBlock,
  isOutdated,
  isReached,
  isShellScript,
  withBlock,
  withoutBlock,
} from '../starts/block.ts';
import type { HookFile, HookPlan, HookEnvironment, HookState } from './manager.ts';
import { hookNames } from './manager.ts';
import { scriptLines } from '../starts/script.ts';

/** Hook scripts in one folder. `executable`: git starts them itself and passes over those that are not. */
export interface ScriptFolder {
  readonly folder: string;
  readonly executable: boolean;
}

/** Adds our lines to the scripts of a folder, and makes those that are missing. */
export async function installScripts(
  site: HookEnvironment,
  { folder, executable }: ScriptFolder,
): Promise<HookPlan> {
  const block = blockOf(scriptLines(site.calls));
  const changes: FileChange[] = [];
  for (const name of hookNames) {
    const file = nodePath.join(folder, name);
    const found = await site.read(file);
    const obstacle = found && obstacleIn(found, executable);
    if (obstacle) return { kind: 'refused', ...obstacles[obstacle](nodePath.relative(site.root, file)) };
    const before = found?.text ?? null;
    const change = { file, before, after: withBlock(before, block), executable: true };
    for (const made of changeOf(change)) changes.push(made);
  }
  return { kind: 'plan', changes };
}

/** Takes our lines out of the scripts of a folder. */
export async function removeScripts(site: HookEnvironment, folder: string): Promise<readonly FileChange[]> {
  const changes: FileChange[] = [];
  for (const name of hookNames) {
    const file = nodePath.join(folder, name);
    const found = await site.read(file);
    if (found?.broken !== null) continue;
    const change = { file, before: found.text, after: withoutBlock(found.text), executable: true };
    for (const made of changeOf(change)) changes.push(made);
  }
  return changes;
}

/** @returns Whether a text calls this tool, by our lines or by anybody's. */
export function callsTool(text: string): boolean {
  return callIn(text) !== null;
}

/**
 * @param file A script that git, or a manager, starts in this clone.
 * @returns Whether a commit comes to this tool there: lines behind the end of a script are never run.
 */
export function stateOfScript(file: string, text: string, { calls }: HookEnvironment): HookState {
  const call = callIn(text);
  if (call === null) return { kind: 'absent' };
  const next = `${calls.command} init`;
  if (!isReached(text, call)) return { kind: 'inactive', file, next };
  return isOutdated(text) ? { kind: 'outdated', file, next } : { kind: 'effective', file };
}

/** @returns Where the line of a call begins, or null where there is none. Comments call nothing. */
function callIn(text: string): number | null {
  const block = findBlock(text);
  if (block) return block.start;
  let start = 0;
  for (const line of text.split(/[\r\n]/)) {
    if (isCall(line)) return start;
    start += line.length + 1;
  }
  return null;
}

/**
 * @returns Whether a line runs the tool in such a way that a commit is stopped where the tool fails: not in a comment or
 * a text that is printed, not in the background, and with nothing behind it that succeeds all the same.
 */
function isCall(line: string): boolean {
  const [code = ''] = line.split(/(?:^|\s)#/, 1);
  const tool = /\b(?:check-imports|vetted-imports)\b/.exec(code);
  if (tool === null || /^(?:echo|printf|:)\s/.test(commandBefore(code, tool.index))) return false;
  const verb = /\bhook pre-commit\b|--staged\b/.exec(code.slice(tool.index));
  const after = verb === null ? '' : code.slice(tool.index + verb.index).trimEnd();
  if (/\|\|\s*exit (?:\$\?|[1-9])/.test(after)) return true;
  return after !== '' && !/(?:\|\||;)\s*(?:true\b|:|exit 0\b)/.test(after) && !/(?:^|[^&])&$/.test(after);
}

/** The beginning of the command that an offset lies in, as far as separators tell. */
function commandBefore(code: string, offset: number): string {
  const before = code.slice(0, offset);
  const start = Math.max(
    before.lastIndexOf(';'),
    before.lastIndexOf('&'),
    before.lastIndexOf('|'),
    before.lastIndexOf('('),
  );
  return before.slice(start + 1).trimStart();
}

type Obstacle = 'no shell script' | 'Windows line ends' | 'not executable';

function obstacleIn({ text, executable, broken }: HookFile, wantsExecutable: boolean): Obstacle | null {
  if (broken !== null || !isShellScript(text)) return 'no shell script';
  if (text.includes('\r\n')) return 'Windows line ends';
  if (wantsExecutable && !executable && process.platform !== 'win32') return 'not executable';
  return null;
}

const obstacles: Readonly<
  Record<Obstacle, (file: string) => Omit<Extract<HookPlan, { kind: 'refused' }>, 'kind'>>
> = {
  'no shell script': (file) => ({
    message: `${file} is there and is no shell script, so no line can be added to it`,
    next: 'Let it run `vetted-imports hook pre-commit`, and fail where that fails.',
  }),
  'Windows line ends': (file) => ({
    message: `${file} is there and has Windows line ends (CRLF), with which shells fail`,
    next: `Give it LF line ends, for instance with \`dos2unix ${file}\`. Then run init again.`,
  }),
  'not executable': (file) => ({
    message: `${file} is there and not executable, so git passes over it`,
    next: `Make it run with \`chmod +x ${file}\`, or remove it. Then run init again.`,
  }),
};
