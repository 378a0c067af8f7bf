import type { Files } from '../model/language.ts';

/** Lockfiles of package managers, with the words that run a project's own command there. */
const runners: readonly (readonly [lockfile: string, command: string])[] = [
  ['pnpm-lock.yaml', 'pnpm exec vetted-imports'],
  ['yarn.lock', 'yarn vetted-imports'],
  ['bun.lock', 'bunx vetted-imports'],
  ['bun.lockb', 'bunx vetted-imports'],
];

/**
 * @returns How to start this tool in a project, by its lockfile. The name is that of our own package, so
 * that npx never fetches somebody else's `check-imports`.
 */
export async function packageManagerCommand(files: Files): Promise<string> {
  const present = await files.having(runners.map(([lockfile]) => lockfile));
  return runners.find(([lockfile]) => present.has(lockfile))?.[1] ?? 'npx vetted-imports';
}
