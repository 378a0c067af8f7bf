import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Files } from '../../src/model/language.ts';

/** The files of a folder, as a snapshot shows them. */
export function filesOf(folder: string): Files {
  return {
    existing: (paths) => Promise.resolve(new Set(paths.filter((path) => existsSync(join(folder, path))))),
    text: (path) =>
      Promise.resolve(existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : undefined),
    list: () => Promise.resolve(readdirSync(folder, { recursive: true, encoding: 'utf8' })),
  };
}

/** Files that exist in the test alone. */
export function filesFrom(texts: Readonly<Record<string, string>>): Files {
  const files = new Map(Object.entries(texts));
  return {
    existing: (paths) => Promise.resolve(new Set(paths.filter((path) => files.has(path)))),
    text: (path) => Promise.resolve(files.get(path)),
    list: () => Promise.resolve([...files.keys()]),
  };
}

export const fixtures = join(import.meta.dirname, '../../fixtures');
