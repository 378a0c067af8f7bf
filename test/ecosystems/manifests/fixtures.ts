import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../../contracts/repository.ts';
import type { ManifestFormat } from '../../../src/model/manifest.ts';

export const fixtures = join(import.meta.dirname, '../../../fixtures/manifests');

/** A folder of `fixtures/manifests/<format>`: a manifest, and in `expected.txt` what it says. */
export interface Case {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly expected: string;
}

export function casesOf({ id }: ManifestFormat): readonly Case[] {
  const folders = readdirSync(join(fixtures, id), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  return folders.map(({ name }) => {
    const folder = join(fixtures, id, name);
    const [file = '', ...others] = filesBelow(`fixtures/manifests/${id}/${name}`).filter(
      (entry) => entry !== 'expected.txt',
    );
    if (others.length > 0) throw new Error(`${folder} holds more than one manifest`);
    const read = (entry: string): string => readFileSync(join(folder, entry), 'utf8');
    return { name, file, text: read(file), expected: read('expected.txt') };
  });
}
