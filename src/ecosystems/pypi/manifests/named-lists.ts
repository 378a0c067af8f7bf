import type { NamedList } from '../../../model/manifest.ts';
import { fileName } from '../../../text/file-names.ts';
import { foldersAbove, joinPath } from '../../../text/paths.ts';

/**
 * Finds the lists that a file has installed which builds, tests or runs the project: a Dockerfile, a workflow, tox.ini,
 * noxfile.py, a Makefile, a script. The words of each line that starts an installer of Python's packages, or that says by
 * its key that it is about requirements, are paths that may lead to one.
 *
 * @param path Of the file itself.
 * @returns Files of which most lead nowhere.
 */
export function listsNamedIn(path: string, text: string): readonly NamedList[] {
  const lines = logicalLines(text);
  const places: Places = { folders: foldersOf(path, lines), copies: copiesIn(lines) };
  const lists = new Map<string, NamedList>();
  const add = (word: string, isOfConda: boolean) => {
    for (const place of placesOf(word, places))
      if (place !== path) lists.set(`${String(isOfConda)} ${place}`, { path: place, isOfConda });
  };
  for (const line of lines) {
    if (COPY.test(line)) continue;
    for (const command of line.replace(HASHED, ' ').split(COMMAND_END)) {
      const ofConda = listsOfConda(command);
      for (const word of ofConda) add(word, true);
      if (!INSTALLS.test(command) && !OPTION_FIRST.test(command)) continue;
      for (const word of wordsOf(command)) if (!ofConda.includes(word)) add(word, false);
      if (lists.size > MOST_PLACES) return [...lists.values()];
    }
  }
  return [...lists.values()];
}

/**
 * `conda env create -f stack.yml`, `conda install --file=list`; what GitHub's actions and Read the Docs call the environment
 * (https://github.com/conda-incubator/setup-miniconda, https://docs.readthedocs.com/platform/stable/config-file/v2.html).
 */
function listsOfConda(command: string): readonly string[] {
  const named = ENVIRONMENT_KEY.exec(command)?.[1];
  if (named !== undefined) return [named];
  return CONDA_INSTALLS.test(command) ? [...command.matchAll(CONDA_FILE)].map(([, word = '']) => word) : [];
}

const ENVIRONMENT_KEY = /^\s*(?:-\s+)?environment(?:-file)?\s*:\s*["']?([\w./${}\\-]+)/;
const CONDA_INSTALLS = /\b(?:conda|(?:micro)?mamba)\b.*\b(?:install|create|update)\b/;
const CONDA_FILE = /\s(?:-f\s*|--file(?:\s+|=))["']?([^\s"',\]]+)/g;

/** A file that names more is no script that somebody writes. */
const MOST_PLACES = 2_000;

/** pip, uv, conda and those who take pip's options; nox and tox; settings whose keys say what they take. */
const INSTALLS =
  /\b(?:pip3?(?:\.\d+)?|uv|pipx|conda|mamba|micromamba|requirements?|deps|dependencies)\b|\.install\(|\(PIP\w*\)|\{PIP\w*\}/i;

/** A line of a list in YAML or tox.ini that goes on with options of pip. */
const OPTION_FIRST = /^\s*(?:-\s+)?["']?(?:-r|--requirement)(?=[\s=\w./${~])/;

/** Files that a workflow only hashes, to know its cache again. */
const HASHED = /\bhashFiles\([^)]*\)/g;

const COMMAND_END = /&&|\|\||;/;

/** A line that ends with a backslash, or Windows' `^`, goes on in the next one. */
function logicalLines(text: string): readonly string[] {
  return text.replace(/[\\^]\r?\n/g, ' ').split(/\r\n?|\n/);
}

/** What a command says besides its options: `-rdeps.txt` holds a path, too. Constraints have nothing installed. */
function wordsOf(command: string): readonly string[] {
  const words = command.split(/[\s"'`,=()[\]<>|]+/);
  return words.flatMap((word, at) => {
    const option = words[at - 1] ?? '';
    const attached = /^-[rf](?=[\w.$/{~])/.test(word) ? word.slice(2) : word;
    const isNamed = /[./]/.test(attached) || attached !== word || FILE_OPTION.test(option);
    const isPath = attached !== '' && !attached.startsWith('-') && attached.length <= LONGEST_PATH;
    const isInstalled = attached !== word || /^(?:-r|--requirements?)$/.test(option);
    const isConstraint = CONSTRAINT_OPTION.test(option) || (CONSTRAINT_NAME.test(attached) && !isInstalled);
    return isNamed && isPath && !isConstraint ? [attached] : [];
  });
}

const LONGEST_PATH = 250;

/** The options behind which a word without a dot is a file. */
const FILE_OPTION = /^(?:-[rf]|--(?:requirements?|file|with-requirements))$/;

/** Options of pip and uv, and the variables that stand for them. */
const CONSTRAINT_OPTION = /^(?:-[cb]|--(?:build-)?constraints?|(?:PIP|UV)_(?:BUILD_)?CONSTRAINT:?)$/;
/** What is called so is installed where an option says it, and else written, hashed or a variable's. */
const CONSTRAINT_NAME = /constraints[^/]*\.(?:txt|in)$|(?:^|\/)constraints\/[^/]*$/i;

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
