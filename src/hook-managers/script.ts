import nodePath from 'node:path';
import { changeOf, type FileChange } from './file-change.ts';
import {
  blockOf,
  blocksIn,
  isOutdated,
  isReached,
  isShellScript,
  withBlock,
  withoutBlock,
} from '../starts/block.ts';
import type { HookFile, HookName, HookPlan, HookEnvironment, HookState, HookSelection } from './manager.ts';
import { allHookNames, checkedHookOf } from './manager.ts';
import { pushScriptLines, scriptLines, type CheckedHook, type ToolCalls } from '../starts/script.ts';
import { TOOL } from '../model/tool.ts';

/** Hook scripts in one folder. `executable`: git starts them itself and passes over those that are not. */
export interface ScriptFolder {
  readonly folder: string;
  readonly executable: boolean;
}

/** Adds our lines to the scripts of a folder, and makes those that are missing. */
export async function installScripts(
  site: HookEnvironment,
  { folder, executable }: ScriptFolder,
  selection: HookSelection,
): Promise<HookPlan> {
  const changes: FileChange[] = [];
  for (const name of allHookNames) {
    const file = nodePath.join(folder, name);
    const hookFile = await site.read(file);
    if (!isWanted(name, hookFile?.text ?? null, selection)) continue;
    const obstacle = hookFile && obstacleIn(hookFile, executable);
    if (obstacle)
      return { kind: 'refused', ...obstacles[obstacle](nodePath.relative(site.root, file), name) };
    const oldText = hookFile?.text ?? null;
    const change = { file, before: oldText, after: withHook(oldText, name, site.calls), executable: true };
    for (const fileChange of changeOf(change)) changes.push(fileChange);
  }
  return { kind: 'plan', changes };
}

/**
 * @param text Where the call of a hook stands, or would stand.
 * @returns Whether `init` has lines to write for it. A push is checked where somebody asks for it, and no line checks it
 *   yet, or where `init` wrote lines before, which it keeps up to date.
 */
export function isWanted(name: HookName, text: string | null, { push }: HookSelection): boolean {
  if (name !== 'pre-push' || text === null) return name !== 'pre-push' || push;
  const call = callIn(text, name);
  return blockFor(text, name) !== undefined || (push && (call === null || !isReached(text, call)));
}

/** @returns The block of a hook, for a script of its own. */
export function hookBlock(name: HookName, calls: ToolCalls): string {
  return blockOf(name === 'pre-push' ? pushScriptLines(calls) : scriptLines(calls));
}

/** What is pushed can be read once: our lines come first, and give it back. */
function withHook(text: string | null, name: HookName, calls: ToolCalls): string {
  return withBlock(text, hookBlock(name, calls), name === 'pre-push');
}

/** Takes our lines out of the scripts of a folder. */
export async function removeScripts(site: HookEnvironment, folder: string): Promise<readonly FileChange[]> {
  const changes: FileChange[] = [];
  for (const name of allHookNames) {
    const file = nodePath.join(folder, name);
    const hookFile = await site.read(file);
    if (hookFile?.broken !== null) continue;
    const change = { file, before: hookFile.text, after: withoutBlock(hookFile.text), executable: true };
    for (const fileChange of changeOf(change)) changes.push(fileChange);
  }
  return changes;
}

/** @returns Whether a text calls this tool for a hook, by our lines or by anybody's. */
export function callsTool(text: string, hook: CheckedHook): boolean {
  return callIn(text, hook) !== null;
}

/** The lines of `init` for a hook. What stands between our marks and was changed by hand counts for commits. */
function blockFor(text: string, hook: CheckedHook): { readonly start: number } | undefined {
  const isPush = hook === 'pre-push';
  return blocksIn(text).find((block) => block.text.includes('hook pre-push') === isPush);
}

/**
 * @param file A script that git, or a manager, starts in this clone.
 * @returns Whether a commit comes to this tool there: lines behind the end of a script are never run.
 */
export function stateOfScript(
  { file, hook }: { readonly file: string; readonly hook: HookName },
  text: string,
  { calls }: HookEnvironment,
): HookState {
  const call = callIn(text, checkedHookOf(hook));
  if (call === null) return { kind: 'absent' };
  const next = `${calls.command} init${hook === 'pre-push' ? ' --pre-push' : ''}`;
  if (!isReached(text, call)) return { kind: 'inactive', file, next };
  return isOutdated(text) ? { kind: 'outdated', file, next } : { kind: 'effective', file };
}

/** @returns Where the line of a call begins, or null where there is none. Comments call nothing. */
function callIn(text: string, hook: CheckedHook): number | null {
  const block = blockFor(text, hook);
  if (block) return block.start;
  let start = 0;
  for (const line of text.split(/[\r\n]/)) {
    if (isCall(line, verbs[hook])) return start;
    start += line.length + 1;
  }
  return null;
}

/** What a command says that does the work of a hook. */
const verbs: Readonly<Record<CheckedHook, RegExp>> = {
  'pre-commit': /\bhook pre-commit\b|--staged\b/,
  'pre-push': /\bhook pre-push\b/,
};

/**
 * @returns Whether a line runs the tool in such a way that a commit is stopped where the tool fails: not in a comment or
 * a text that is printed, not in the background, and with nothing behind it that succeeds all the same.
 */
function isCall(line: string, words: RegExp): boolean {
  const [code = ''] = line.split(/(?:^|\s)#/, 1);
  const tool = /\b(?:check-imports|vetted-imports)\b/.exec(code);
  if (tool === null || /^(?:echo|printf|:)\s/.test(commandBefore(code, tool.index))) return false;
  const verb = words.exec(code.slice(tool.index));
  const tail = verb === null ? '' : code.slice(tool.index + verb.index).trimEnd();
  if (/\|\|\s*exit (?:\$\?|[1-9])/.test(tail)) return true;
  return tail !== '' && !/(?:\|\||;)\s*(?:true\b|:|exit 0\b)/.test(tail) && !/(?:^|[^&])&$/.test(tail);
}

/** The beginning of the command that an offset lies in, as far as separators tell. */
function commandBefore(code: string, offset: number): string {
  const prefix = code.slice(0, offset);
  const start = Math.max(
    prefix.lastIndexOf(';'),
    prefix.lastIndexOf('&'),
    prefix.lastIndexOf('|'),
    prefix.lastIndexOf('('),
  );
  return prefix.slice(start + 1).trimStart();
}

type Obstacle = 'no shell script' | 'Windows line ends' | 'not executable';

function obstacleIn({ text, executable, broken }: HookFile, wantsExecutable: boolean): Obstacle | null {
  if (broken !== null || !isShellScript(text)) return 'no shell script';
  if (text.includes('\r\n')) return 'Windows line ends';
  if (wantsExecutable && !executable && process.platform !== 'win32') return 'not executable';
  return null;
}

const obstacles: Readonly<
  Record<Obstacle, (file: string, name: HookName) => Omit<Extract<HookPlan, { kind: 'refused' }>, 'kind'>>
> = {
  'no shell script': (file, name) => ({
    message: `${file} is not a shell script, so no line can be added to it`,
    next: `Let it run \`${TOOL} hook ${checkedHookOf(name)}\`, and fail where that fails.`,
  }),
  'Windows line ends': (file) => ({
    message: `${file} has Windows line endings (CRLF), which shells reject`,
    next: `Convert it to LF line endings, for example with \`dos2unix ${file}\`. Then run init again.`,
  }),
  'not executable': (file) => ({
    message: `${file} is not executable, so git ignores it`,
    next: `Make it run with \`chmod +x ${file}\`, or remove it. Then run init again.`,
  }),
};
