import type { Command } from '../../../model/command.ts';
import { moduleRun } from './python-program.ts';

/** Commands with which a tool installs what manifests and lockfiles say; `uv run` does so first (documentation of each, 2026-11). */
const ACTIONS: ReadonlyMap<string, RegExp> = new Map([
  ['uv', /^(?:sync|run|lock|add)$/],
  ['poetry', /^(?:install|sync|update|lock|add)$/],
  ['pdm', /^(?:install|sync|update|lock|add)$/],
  ['pipenv', /^(?:install|sync|update)$/],
  ['hatch', /^(?:run|shell|env|test)$/],
  ['pixi', /^(?:install|run|shell|update|add)$/],
  ['rye', /^(?:sync|lock|run|add)$/],
  ...['conda', 'mamba', 'micromamba'].map((tool) => [tool, /^env$/] as const),
]);

/** @returns Whether a command installs what manifests and lockfiles say. */
export function installsProject(command: Command): boolean {
  const run = moduleRun(command);
  if (run === null) return false;
  const words = run.words.map(({ text }) => text);
  const operands = words.filter((word) => !word.startsWith('-'));
  const pip = /^pip\d*$/.test(run.program)
    ? operands
    : run.program === 'uv' && operands[0] === 'pip'
      ? operands.slice(1)
      : [];
  if (/^(?:install|sync|wheel|download)$/.test(pip[0] ?? ''))
    return pip[0] === 'sync' || words.some((word) => OF_PROJECT.test(word));
  return ACTIONS.get(run.program)?.test(operands[0] ?? '') === true;
}

/** Options and folders by which pip installs what a file says. */
const OF_PROJECT = /^(?:-[re]|--requirements?$|--requirements?=|--editable|--group)|^\.{1,2}(?:\/|\[|$)/;
