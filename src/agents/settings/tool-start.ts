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

/**
 * Yarn's generated file knows where the package is. The project is the folder of that file, which node has loaded first
 * (https://yarnpkg.com/advanced/pnpapi).
 */
const fromArchives = `require(require('pnpapi').resolveToUnqualified('${TOOL}/${PROGRAM}', require('path').dirname(require('path').resolve(process.execArgv[1])) + '/'))`;

/**
 * @param root What stands for the root, with a slash at its end; `''` where the command runs there. What a shell replaces in it,
 *   it replaces between double quotation marks, too.
 * @returns The command that starts `agent-hook`, as POSIX shells read it, and PowerShell and cmd.exe wherever nothing is to be
 *   replaced.
 */
export function shellCommand(start: ToolStart, agent: AgentName, root = ''): string {
  return [...programWords(start, root), 'agent-hook', '--agent', agent].map(quotedWord).join(' ');
}

function programWords(start: ToolStart, root: string): readonly string[] {
  switch (start.kind) {
    case 'package':
      return ['node', `${root}${pathIn(start.folder, PACKAGE)}/${PROGRAM}`];
    case 'archives':
      return ['node', '-r', `${root === '' ? './' : root}.pnp.cjs`, '-e', fromArchives, TOOL];
    case 'program':
      return [`${root}${start.program}`];
    case 'path':
      return [TOOL];
  }
}

/** A word as it is, or between double quotation marks: no path has these in it (`isPlain`). */
function quotedWord(word: string): string {
  return /^[\w./@+:,=-]+$/.test(word) ? word : `"${word}"`;
}

/** @returns Whether a path means the same in every shell between double quotation marks. */
export function isPlain(path: string): boolean {
  return /^[^"$`\\!%\p{Cc}]*$/u.test(path);
}
