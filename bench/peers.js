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
    program: programOf('knip'),
    args: ['--include', 'unlisted'],
    /** @type {readonly [string, string]} */
    config: ['knip.json', '{ "workspaces": { ".": {}, "packages/*": { "project": "src/**/*.ts" } } }\n'],
  },
  {
    name: 'Biome',
    program: programOf('biome'),
    args: ['lint', '--colors=off', '.'],
    /** @type {readonly [string, string]} */
    config: ['biome.json', JSON.stringify(onlyUndeclaredDependencies(), null, 2)],
  },
];

/**
 * The same linters in a repository as it is, with its own settings where it has some, as somebody calls them who wants
 * an answer and no list. Findings are no failure.
 */
export const realPeers = {
  biome: {
    program: programOf('biome'),
    args: ['lint', '--colors=off', '--max-diagnostics=0', '.'],
    ok: [0, 1],
  },
  staged: {
    program: programOf('biome'),
    args: ['lint', '--staged', '--vcs-enabled=true', '--vcs-client-kind=git', '--max-diagnostics=0'],
    ok: [0, 1],
  },
  knip: { program: programOf('knip'), args: ['--include', 'unlisted'], ok: [0, 1] },
};

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

/** @param {string} name */
function programOf(name) {
  return path.join(installed, '.bin', name);
}
