import type { Command } from '../../../model/command.ts';
import { programName } from '../../../shell/unwrap.ts';

/** Commands with which a tool installs what package.json and the lockfile say (documentation of each, 2026-11). */
const ACTIONS: ReadonlyMap<string, RegExp> = new Map([
  ...['npm', 'pnpm'].map(
    (tool) =>
      [tool, /^(?:install|i|ci|ic|clean-install|isntall|add|update|up|it|install-test|dedupe)$/] as const,
  ),
  ['yarn', /^(?:install|add|up|upgrade)?$/],
  ['bun', /^(?:install|i|add|update)$/],
  ['deno', /^(?:install|add|cache)$/],
]);

/** @returns Whether a command installs what package.json and the lockfile say. */
export function installsProject({ program, words }: Command): boolean {
  const name = program === null ? null : programName(program);
  const actions = name === null ? undefined : ACTIONS.get(name);
  const operands = words.map(({ text }) => text).filter((text) => !text.startsWith('-'));
  // The value of an option may stand before the action: `npm --prefix web install`.
  return (
    actions !== undefined &&
    (operands.length === 0 ? [''] : operands.slice(0, 2)).some((text) => actions.test(text))
  );
}
