import { joinPath } from '../../../text/paths.ts';

/** What a path on a command line may leave out. */
const endings = ['', '.js', '.ts', '.cjs', '.mjs', '.json'];

/** More files than a command line or a workflow names. */
const mostNames = 100;

/**
 * @param command A command line, in which options are written as bundlers and test runners take them:
 *   `--config X`, `--config=X`, `-c X`.
 * @param folder Where it is run.
 * @returns The paths of the files that may be meant as its configuration.
 */
export function configuredBy(command: string, folder: string): readonly string[] {
  const names = [...command.matchAll(/(?:^|\s)(?:--[\w-]*config|-c)(?:\s+|=)["']?([\w@./-]+)/g)];
  return names
    .slice(0, mostNames)
    .flatMap(([, name = '']) => (name.startsWith('-') ? [] : (joinPath(folder, name) ?? [])))
    .filter((path) => path !== '')
    .flatMap(filesMeantBy);
}

/**
 * @param text Command lines, as scripts of package.json, a Makefile or a workflow hold them.
 * @param folder The folder that its paths start from.
 * @returns The paths of everything that the text names: a file is named where a word of it, delimited by blanks,
 *   quotes or `=`, is its path, maybe without its ending.
 */
export function wordsOf(text: string, folder: string): ReadonlySet<string> {
  const words = text.split(/[\s"'`=,;()]+/).filter((word) => /^[\w@./-]*[\w-]$/.test(word));
  return new Set([...new Set(words)].flatMap((word) => joinPath(folder, word) ?? []));
}

/** @returns The files that a path on a command line may mean, most likely first. */
export function filesMeantBy(path: string): readonly string[] {
  return endings.map((ending) => path + ending);
}
