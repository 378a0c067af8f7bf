import path from 'node:path';
import { languageReaders } from './language-readers.ts';
import { outsideReaders } from './outside-readers.ts';
import { projectReaders } from './project-readers.ts';
import type { Reader } from './reader.ts';
import { realNpmReaders } from './real-npm-readers.ts';
import { realPythonReaders } from './real-python-readers.ts';
import { textReaders } from './text-readers.ts';

export { MOST_GROWTH, familyOf, growthOf } from './growth.ts';
export { mutant } from './mutate.ts';
export { BrokenPromise } from './reader.ts';

/** Everything that reads somebody else's text. The lists of kinds are walked, so that a new kind is among them. */
export function readersOf(root: string): readonly Reader[] {
  const fixtures = path.join(root, 'fixtures');
  return [
    ...languageReaders(fixtures),
    ...textReaders(fixtures),
    ...outsideReaders(),
    ...projectReaders(fixtures),
  ];
}

/**
 * Our readers beside those of the tools whose files they read. What such a tool refuses is none of its files; what it
 * takes, ours take alike, or call broken. Readers that this machine does not have are left out, and named.
 */
export async function realReadersOf(root: string): Promise<readonly Reader[]> {
  return [...realNpmReaders(root), ...(await realPythonReaders(root))];
}
