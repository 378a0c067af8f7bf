import { PACKAGE, PROGRAM } from '../../starts/script.ts';
import { TOOL } from '../../model/tool.ts';
import { pathIn } from '../../text/upwards.ts';
import type { AgentName } from './agent.ts';

/** How the hooks of assistants start this tool. Paths are relative to the root; none of these fetches anything. */
export type ToolStart =
  /** `node` with the program of the package in the `node_modules` of a folder (`''`: the root). */
  | { readonly kind: 'package'; readonly folder: string }
  /** `node` with the archives of Yarn's Plug'n'Play, at the root. */
  | { readonly kind: 'archives' }
  /** A program in the repository: `.venv/bin/vetted-imports`. */
  | { readonly kind: 'program'; readonly program: string }
  /** What PATH finds. */
  | { readonly kind: 'path' };

/** A command, word by word. */
export interface CommandWords {
  readonly command: string;
  readonly args: readonly string[];
}

/**
 * @param root What stands for the root, with a slash at its end; `''` where the command runs there.
 * @returns The words that start `agent-hook`.
 */
export function commandWords(start: ToolStart, agent: AgentName, root: string): CommandWords {
  const words = ['agent-hook', '--agent', agent];
  switch (start.kind) {
    case 'package':
      return { command: 'node', args: [`${root}${pathIn(start.folder, PACKAGE)}/${PROGRAM}`, ...words] };
    case 'archives':
      return { command: 'node', args: ['-r', `${root}.pnp.cjs`, '-e', fromArchives, TOOL, ...words] };
    case 'program':
      return { command: `${root}${start.program}`, args: words };
    case 'path':
      return { command: TOOL, args: words };
  }
}

/** Yarn's generated file knows where the package is; the project is the folder of that file (https://yarnpkg.com/advanced/pnpapi). */
const fromArchives = `require(require('pnpapi').resolveToUnqualified('${TOOL}/${PROGRAM}', require('path').dirname(require('path').resolve(process.execArgv[1])) + '/'))`;

/**
 * @param root As for {@link commandWords}: what a shell replaces in it, it replaces between double quotation marks, too.
 * @returns The words as a command that POSIX shells read, and PowerShell and cmd.exe wherever nothing is to be replaced.
 */
export function shellCommand(start: ToolStart, agent: AgentName, root = ''): string {
  const { command, args } = commandWords(start, agent, root);
  return [command, ...args].map(quotedWord).join(' ');
}

/** A word as it is, or between double quotation marks: paths have neither these nor backslashes (`isPlain`). */
function quotedWord(word: string): string {
  return /^[\w./@+:,=-]+$/.test(word) ? word : `"${word}"`;
}

/** @returns Whether a path means the same in every shell between double quotation marks. */
export function isPlain(path: string): boolean {
  return /^[^"$`\\!%\p{Cc}]*$/u.test(path);
}
