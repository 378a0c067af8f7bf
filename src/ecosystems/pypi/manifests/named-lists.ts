import type { NamedList } from '../../../model/manifest.ts';
import { fileName } from '../../../text/file-names.ts';
import { foldersAbove, joinPath } from '../../../text/paths.ts';
import { listWords } from './list-words.ts';

/**
 * Finds the lists that a file has installed which builds, tests or runs the project: a Dockerfile, a workflow, tox.ini,
 * noxfile.py, a Makefile, a script. The words of each line that starts an installer of Python's packages, or that says by
 * its key that it is about requirements, are paths that may lead to one.
 *
 * @param path Of the file itself.
 * @returns Files of which most lead nowhere.
 */
export function listsNamedIn(path: string, text: string): readonly NamedList[] {
  const lines = logicalLines(path, text);
  const places: Places = { folders: foldersOf(path, lines), copies: copiesIn(lines) };
  const lists = new Map<string, NamedList>();
  for (const line of lines) {
    if (COPY.test(line)) continue;
    for (const { word, kind } of listWords(line, path))
      for (const place of placesOf(word, places)) {
        const key = `${kind === 'possible' ? 'requirements' : kind} ${place}`;
        if (place !== path && (kind !== 'possible' || !lists.has(key))) lists.set(key, { path: place, kind });
      }
    if (lists.size > MOST_PLACES) break;
  }
  return [...lists.values()];
}

/** A file that names more is no script that somebody writes. */
const MOST_PLACES = 2_000;

/**
 * A line that ends with a backslash, or Windows' `^`, goes on in the next one. Comments name nothing; those of whole lines
 * may stand within a command (https://docs.docker.com/reference/dockerfile/#format).
 */
function logicalLines(path: string, text: string): readonly string[] {
  const hasComments = !/\.(?:bat|cmd|json)$/i.test(path);
  const program = hasComments ? text.replace(/^[ \t]*#.*\r?\n?/gm, '') : text;
  const lines = program.replace(/[\\^]\r?\n/g, ' ').split(/\r\n?|\n/);
  return hasComments ? lines.map(withoutComment) : lines;
}

/** What stands in quotes begins no comment. */
function withoutComment(line: string): string {
  return line.includes('#') ? line.replace(/("[^"]*"|'[^']*')|(?<!\S)#.*/g, '$1') : line;
}

/** From where paths count. */
interface Places {
  readonly folders: readonly string[];
  /** What an image copies: from where in the project, to where. */
  readonly copies: readonly { readonly source: string; readonly target: string }[];
}

/** A path may count from the file's own folder, those above it, and those that a command goes into. */
function foldersOf(path: string, lines: readonly string[]): readonly string[] {
  const folders = new Set(foldersAbove(path));
  for (const line of lines) {
    const entered = ENTERED.exec(line)?.[1];
    if (entered !== undefined) folders.add(withoutStart(entered));
  }
  return [...folders];
}

const ENTERED =
  /(?:\bcd\s+|\b(?:working-directory|workingDirectory|working_dir|changedir|chdir)\s*[:=]\s*)["']?([\w./-]+)/;

/** https://docs.docker.com/reference/dockerfile/#copy */
const COPY = /^\s*(?:COPY|ADD)\s(.*)$/i;

function copiesIn(lines: readonly string[]): Places['copies'] {
  return lines.flatMap((line) => {
    const words = COPY.exec(line)?.[1]?.split(/[\s"',[\]]+/) ?? [];
    const paths = words.filter((word) => word !== '' && !word.startsWith('--'));
    const target = paths.at(-1) ?? '';
    return paths.slice(0, -1).map((source) => ({ source: withoutStart(source), target }));
  });
}

function placesOf(word: string, { folders, copies }: Places): readonly string[] {
  const path = withoutStart(word);
  const name = fileName(path);
  const copied = copies.flatMap(({ source, target }) => {
    const isMeant = name !== '' && (fileName(source) === name || fileName(target) === name);
    return isMeant ? [source] : [`${source}/${path}`, `${source}/${name}`];
  });
  return [path, ...copied]
    .flatMap((place) => folders.flatMap((folder) => joinPath(folder, place) ?? []))
    .filter((place) => place !== '');
}

/** @returns A path without what stands for the folder of the project: `/`, `./`, `{toxinidir}/`, `$PWD/`, `${{ … }}/`. */
function withoutStart(path: string): string {
  const parts = path.replaceAll('\\', '/').split('/');
  const first = parts.findIndex((part, at) => at === parts.length - 1 || !/^\.?$|[${}~%]/.test(part));
  return parts.slice(first).join('/');
}
