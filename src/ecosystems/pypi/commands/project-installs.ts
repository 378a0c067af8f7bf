import type { Command } from '../../../model/command.ts';
import { moduleRun } from './python-program.ts';

/** Commands with which a tool installs what manifests and lockfiles say; `uv run` does so first (documentation of each, 2026-11). */
const ACTIONS: ReadonlyMap<string, RegExp> = new Map([
  ...['pip', 'pip3'].map((tool) => [tool, /^(?:install|wheel|download)$/] as const),
  ['uv', /^(?:sync|run|lock|pip|add)$/],
  ['poetry', /^(?:install|sync|update|lock|add)$/],
  ['pdm', /^(?:install|sync|update|lock|add)$/],
  ['pipenv', /^(?:install|sync|update)$/],
  ['hatch', /^(?:run|shell|env|test)$/],
  ['pixi', /^(?:install|run|shell|update|add)$/],
  ['rye', /^(?:sync|lock|run|add)$/],
  ...['conda', 'mamba', 'micromamba'].map((tool) => [tool, /^(?:env|create|install|update)$/] as const),
]);

/** @returns Whether a command installs what manifests and lockfiles say. */
export function installsProject(command: Command): boolean {
  const run = moduleRun(command);
  const action = run?.words.find(({ text }) => !text.startsWith('-'))?.text ?? '';
  return run !== null && ACTIONS.get(run.program)?.test(action) === true;
}
