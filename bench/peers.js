import { existsSync } from 'node:fs';
import path from 'node:path';

const installed = path.join(import.meta.dirname, 'node_modules');

/**
 * Linters that find undeclared imports in a whole tree, each with the one question that check-imports
 * answers too. They are packages of this folder alone.
 */
export const peers = [
  {
    name: 'knip',
    program: path.join(installed, '.bin/knip'),
    args: ['--include', 'unlisted'],
    /** @type {readonly [string, string]} */
    config: ['knip.json', '{ "workspaces": { ".": {}, "packages/*": { "project": "src/**/*.ts" } } }\n'],
  },
  {
    name: 'Biome',
    program: path.join(installed, '.bin/biome'),
    args: ['lint', '--colors=off', '.'],
    /** @type {readonly [string, string]} */
    config: ['biome.json', JSON.stringify(onlyUndeclaredDependencies(), null, 2)],
  },
];

/** @returns {string | null} What to do before they can run, or null. */
export function missingPeers() {
  const absent = peers.filter(({ program }) => !existsSync(program)).map(({ name }) => name);
  if (absent.length === 0) return null;
  return `${absent.join(' and ')} not installed; run npm ci --prefix bench`;
}

/** https://biomejs.dev/linter/rules/no-undeclared-dependencies/ */
function onlyUndeclaredDependencies() {
  return {
    root: true,
    formatter: { enabled: false },
    assist: { enabled: false },
    linter: { rules: { preset: 'none', correctness: { noUndeclaredDependencies: 'error' } } },
  };
}
