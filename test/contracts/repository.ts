import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { parse } from 'yaml';
import { asRecord } from '../../src/documents/values.ts';
import { projectRoot } from '../kit/scratch.ts';

/** @returns The text of a file of this repository, or undefined where there is none. */
export function textOf(file: string): string | undefined {
  const absolute = path.join(projectRoot, file);
  return existsSync(absolute) ? readFileSync(absolute, 'utf8') : undefined;
}

/** @returns The names of the files in a folder of this repository, sorted; none where there is no such folder. */
export function filesIn(folder: string): readonly string[] {
  return entriesOf(folder, false);
}

/** @returns The files in a folder of this repository and below, relative to it, sorted. */
export function filesBelow(folder: string): readonly string[] {
  const inFolders = foldersIn(folder).flatMap((name) =>
    filesBelow(`${folder}/${name}`).map((file) => `${name}/${file}`),
  );
  return [...filesIn(folder), ...inFolders].sort();
}

/** @returns The names of the folders in a folder of this repository, sorted; none where there is no such folder. */
export function foldersIn(folder: string): readonly string[] {
  return entriesOf(folder, true);
}

function entriesOf(folder: string, areFolders: boolean): readonly string[] {
  const absolute = path.join(projectRoot, folder);
  if (!existsSync(absolute)) return [];
  return readdirSync(absolute, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() === areFolders)
    .map(({ name }) => name)
    .sort();
}

/** @returns The value at a path of keys in a JSON file of this repository; undefined where there is none. */
export function jsonAt(file: string, keys: readonly string[]): unknown {
  const document: unknown = JSON.parse(textOf(file) ?? 'null');
  return keys.reduce((value, key) => asRecord(value).get(key), document);
}

/** The file that tells the pre-commit framework which files to hand over. */
export const hookFile = 'mirrors/pre-commit/.pre-commit-hooks.yaml';

/** @returns Whether every hook of the mirror for the pre-commit framework is called for a file with this extension. */
export function hooksCover(extension: string): boolean {
  return hooksCoverPath(`src/x.${extension}`);
}

/** @returns Whether every hook of that mirror is called for a file. */
export function hooksCoverPath(file: string): boolean {
  const hooks = v.parse(v.array(v.object({ files: v.string() })), parse(textOf(hookFile) ?? ''));
  // Python writes its flags where JavaScript takes them apart.
  return hooks.every(({ files }) => new RegExp(files.replace(/^\(\?i\)/, ''), 'i').test(file));
}
