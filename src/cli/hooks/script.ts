import nodePath from 'node:path';
import { changeOf, type FileChange } from '../init/file-change.ts';
import { blockOf, findBlock, isShellScript, withBlock, withoutBlock } from './block.ts';
import type { HookFile, HookPlan, HookSite } from './manager.ts';
import { hookNames } from './manager.ts';
import { scriptLines } from './shell.ts';

/** Hook scripts in one folder. `executable`: git starts them itself and passes over those that are not. */
export interface ScriptFolder {
  readonly folder: string;
  readonly executable: boolean;
}

/** Adds our lines to the scripts of a folder, and makes those that are missing. */
export async function installScripts(
  site: HookSite,
  { folder, executable }: ScriptFolder,
): Promise<HookPlan> {
  const block = blockOf(scriptLines(site.calls));
  const changes: FileChange[] = [];
  for (const name of hookNames) {
    const file = nodePath.join(folder, name);
    const found = await site.read(file);
    const obstacle = found && obstacleIn(found, executable);
    if (obstacle) return refused(nodePath.relative(site.root, file), obstacle);
    const before = found?.text ?? null;
    changes.push(...changeOf({ file, before, after: withBlock(before, block), executable: true }));
  }
  return { kind: 'plan', changes };
}

/** Takes our lines out of the scripts of a folder. */
export async function removeScripts(site: HookSite, folder: string): Promise<readonly FileChange[]> {
  const changes: FileChange[] = [];
  for (const name of hookNames) {
    const file = nodePath.join(folder, name);
    const found = await site.read(file);
    if (found?.broken !== null) continue;
    changes.push(
      ...changeOf({ file, before: found.text, after: withoutBlock(found.text), executable: true }),
    );
  }
  return changes;
}

/** @returns Whether a script calls this tool, by our lines or by anybody's. Comments call nothing. */
export function callsTool(text: string): boolean {
  if (findBlock(text)) return true;
  return text
    .split(/[\r\n]/)
    .some((line) => !line.trimStart().startsWith('#') && line.split('#').some(isCall));
}

/** @returns Whether a line, or what stands between two `#` in it, names the tool and then what it does in a hook. */
function isCall(part: string): boolean {
  const tool = /\b(?:check-imports|vetted-imports)\b/.exec(part);
  return tool !== null && /\bhook pre-commit\b|--staged\b/.test(part.slice(tool.index));
}

type Obstacle = 'no shell script' | 'not executable';

function obstacleIn({ text, executable, broken }: HookFile, wantsExecutable: boolean): Obstacle | null {
  if (broken !== null || !isShellScript(text)) return 'no shell script';
  if (wantsExecutable && !executable && process.platform !== 'win32') return 'not executable';
  return null;
}

function refused(file: string, obstacle: Obstacle): HookPlan {
  return obstacle === 'no shell script'
    ? {
        kind: 'refused',
        message: `${file} is there and is no shell script, so no line can be added to it`,
        next: 'Let it run `vetted-imports hook pre-commit`, and fail where that fails.',
      }
    : {
        kind: 'refused',
        message: `${file} is there and not executable, so git passes over it`,
        next: `Make it run with \`chmod +x ${file}\`, or remove it. Then run init again.`,
      };
}
