import type { Files } from '../../../model/language.ts';
import { makersHolding } from './holders.ts';
import { folderOf, foldersAbove, inFolder, isWithin } from '../../../text/paths.ts';

/** Files in which Bazel's rules stand. */
const BAZEL = /(?:^|\/)(?:BUILD(?:\.bazel)?|[\w.-]+\.bzl)$/;

/**
 * What a finder that makes modules gives them: one that only refuses some makes none
 * (https://docs.python.org/3/library/importlib.html#importlib.abc.Loader).
 */
const LOADS =
  /\b(?:exec_module|create_module|load_module|module_from_spec|spec_from_\w+|(?:ModuleSpec|ModuleType|\w+Loader)(?=[ \t]*\())\b/;

/** More than a project has of either. */
const MOST_FILES = 100;

/**
 * A finder of the program's own makes modules of the package in which it stands
 * (https://docs.python.org/3/reference/import.html#the-meta-path).
 *
 * @param path The module's, from the root, without ending.
 * @returns The file that adds the finder; undefined where none does.
 */
export async function finderFor(path: string, files: Files): Promise<string | undefined> {
  const programs = (await makersHolding('meta_path', files)).filter((file) => file.endsWith('.py'));
  for (const file of programs.slice(0, MOST_FILES)) {
    const folder = await outermostPackage(file, files);
    if (folder === undefined || !isWithin(folder, path)) continue;
    const text = (await files.text(file)) ?? '';
    if (/\bsys\.meta_path\b/.test(text) && LOADS.test(text)) return file;
  }
  return undefined;
}

async function outermostPackage(file: string, files: Files): Promise<string | undefined> {
  let outermost: string | undefined;
  for (const folder of foldersAbove(file)) {
    const init = inFolder(folder, '__init__.py');
    if (folder === '' || !(await files.existing([init])).has(init)) break;
    outermost = folder;
  }
  return outermost;
}

/**
 * A macro of Bazel that generates files names a folder of theirs, and computes the rest
 * (https://bazel.build/reference/be/general#genrule).
 *
 * @param trusted The states whose word counts.
 */
export async function macroFor(path: string, trusted: readonly Files[]): Promise<string | undefined> {
  const names = folderOf(path)
    .split('/')
    .filter((name) => /^\w{3,}$/.test(name));
  if (names.length === 0) return undefined;
  const folder = new RegExp(String.raw`["'][^"'\n]*\}/(?:${names.join('|')})/`);
  for (const files of trusted) {
    const rules = (await makersHolding('genrule', files)).filter((file) => BAZEL.test(file));
    for (const file of rules.slice(0, MOST_FILES))
      if (folder.test((await files.text(file)) ?? '')) return file;
  }
  return undefined;
}
