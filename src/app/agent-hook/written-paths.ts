import { posix } from 'node:path';
import type { Command, CommandWord } from '../../model/command.ts';
import type { CommandText } from '../../shell/read.ts';
import { spanOfWord } from '../../shell/word.ts';
import { programName } from '../../shell/unwrap.ts';
import { callOf } from './gate-commands.ts';
import { readGit } from './gate-git.ts';

/** A path that a command is given. */
export interface PathUse {
  /** Absolute ones, and others from where the commands begin: with more than one folder passed, in each of them. */
  readonly paths: readonly string[];
  /**
   * `write`: written; `remove`: taken away or put elsewhere, so that a folder goes with all that is in it; `fill`: what is put
   * there may be a folder, or many files; `mode`: its bit for programs is taken away; `maybe`: by a program that is not known to
   * only read it.
   */
  readonly effect: 'write' | 'remove' | 'fill' | 'mode' | 'maybe';
}

/** Folders that words stand for. */
export interface KnownFolders {
  /** The root of the project. */
  readonly root: string;
  /** The home of the person; null where it is not known. */
  readonly home: string | null;
}

/**
 * What commands write, take away or put elsewhere, as far as their words tell: a program may write whatever it wants, and the
 * end of the turn shows that.
 */
export function pathUses(
  { commands, outputFiles }: Pick<CommandText, 'commands' | 'outputFiles'>,
  folders: KnownFolders,
): readonly PathUse[] {
  const variables = variablesOf(commands);
  const pathOf = (word: CommandWord) => filledIn(word, { ...folders, variables });
  const moves = commands.flatMap((command) => folderChange(command, pathOf));
  const inFolders = (path: string, start: number) => {
    if (posix.isAbsolute(path)) return [path];
    const passed = passedFolders(
      moves.filter((move) => move.start < start),
      folders,
    );
    return passed.map((folder) => posix.join(folder, path));
  };
  return [
    ...outputFiles.map((word): PathUse => {
      return { paths: inFolders(pathOf(word), spanOfWord(word).start), effect: 'write' };
    }),
    ...commands.flatMap((command) => {
      const start = command.program === null ? 0 : spanOfWord(command.program).start;
      return usesOf(command, pathOf).map(({ path, effect }): PathUse => {
        return { paths: inFolders(path, start), effect };
      });
    }),
  ];
}

type Variables = ReadonlyMap<string, string>;

/** Variables that the commands set to what stands there. */
function variablesOf(commands: readonly Command[]): Variables {
  const all = commands.flatMap(({ program, assignments }) => (program === null ? assignments : []));
  return new Map(
    all.flatMap(({ name, value }) => (value.dynamic.length > 0 ? [] : [[name, value.text] as const])),
  );
}

/** A word with what is known of the folders and variables in it. */
function filledIn(
  { text, dynamic }: CommandWord,
  { root, home, variables }: KnownFolders & { readonly variables: Variables },
): string {
  const path = text.replace(/^~(?=\/|$)/, home ?? '~');
  if (dynamic.length === 0) return path;
  const git = /\$\(git rev-parse --(?:absolute-)?git-(?:common-)?dir\)/g;
  return path
    .replaceAll(/\$\(pwd\)|`pwd`|\$\{?(?:OLD)?PWD\}?/g, '.')
    .replaceAll(/\$\(git rev-parse --show-toplevel\)|\$\{?CLAUDE_PROJECT_DIR\}?/g, root)
    .replaceAll(git, posix.join(root, '.git'))
    .replaceAll(/\$\(git rev-parse --git-path ([\w./-]+)\)/g, posix.join(root, '.git/$1'))
    .replaceAll(/\$\{?(\w+)\}?/g, (whole, name: string) =>
      name === 'HOME' && home !== null ? home : (variables.get(name) ?? whole),
    );
}

interface FolderChange {
  readonly folder: string;
  readonly start: number;
}

/** `cd folder`, up to where the next one stands; one that goes back leads to a folder that was passed already. */
function folderChange(
  { program, words }: Command,
  pathOf: (word: CommandWord) => string,
): readonly FolderChange[] {
  const folder = words.find(({ text }) => !text.startsWith('-'));
  if (program === null || folder === undefined || !/^(?:cd|pushd|Set-Location)$/.test(program.text))
    return [];
  return [{ folder: pathOf(folder), start: spanOfWord(program).start }];
}

/** Of more folders than these only the last are followed. */
const MOST_FOLDERS = 64;

/** A `cd` may fail, or hold for the commands in its parentheses only: each folder passed so far may be that of a command. */
function passedFolders(moves: readonly FolderChange[], { root }: KnownFolders): readonly string[] {
  let passed: readonly string[] = [''];
  for (const { folder } of moves) {
    const isUnknown = /[$`]/.test(folder);
    const next = isUnknown
      ? [root]
      : passed.map((from) => (posix.isAbsolute(folder) ? folder : posix.join(from, folder)));
    passed = [...new Set([...passed, ...next])].slice(-MOST_FOLDERS);
  }
  return passed;
}

interface NamedPath {
  readonly path: string;
  readonly effect: PathUse['effect'];
}

function usesOf(command: Command, pathOf: (word: CommandWord) => string): readonly NamedPath[] {
  if (command.program === null) return [];
  const words = command.words.map(pathOf);
  const name = programName(command.program);
  if (name === null || callOf(command) !== null) return [];
  return usesBy(name, words);
}

/** Programs that only start another one, by their words. */
const STARTERS =
  /^(?:npx|bunx|pnpx|uvx|(?:npm|pnpm|yarn|bun) (?:exec|dlx|x)|(?:uv|poetry|pdm|pipenv|hatch|rye|pixi|pipx) run)$/;

function usesBy(name: string, words: readonly string[]): readonly NamedPath[] {
  const isStarter = STARTERS.test(name);
  if (isStarter || STARTERS.test(`${name} ${words[0] ?? ''}`)) {
    const inner = words.slice(isStarter ? 0 : 1);
    const at = inner.findIndex((word) => !word.startsWith('-'));
    return at < 0 ? [] : usesBy(posix.basename(inner[at] ?? ''), inner.slice(at + 1));
  }
  if (name === 'git') return usesByGit(words);
  const writer = WRITERS.get(name);
  if (writer !== undefined) return writer(words);
  if (READERS.test(name) && !WRITING_OPTIONS.get(name)?.test(words.join('\n'))) return [];
  return operandsAndValues(words).map((path) => ({ path, effect: 'maybe' }));
}

type Writer = (words: readonly string[]) => readonly NamedPath[];

/** Programs whose operands are files that they change, and which of these (manuals of GNU coreutils, 2026-11). */
const WRITERS: ReadonlyMap<string, Writer> = new Map<string, Writer>([
  ...['tee', 'shred', 'truncate', 'Set-Content', 'Add-Content', 'Out-File'].map((name) =>
    plain(name, 'write'),
  ),
  ...['rm', 'unlink', 'rmdir', 'Remove-Item', 'del'].map((name) => plain(name, 'remove')),
  ['mv', (words) => [...named(sourcesOf(words), 'remove'), ...targetsOf(words)]],
  ...['cp', 'install', 'rsync', 'Copy-Item', 'Move-Item'].map((name): [string, Writer] => [name, targetsOf]),
  ['ln', (words) => named(operandsOf(words).slice(-1), 'fill')],
  ['chmod', (words) => (isUnmade(words) ? named(operandsOf(words), 'mode') : [])],
  [
    'sed',
    (words) =>
      /^-[a-zA-Z]*i|^--in-place/m.test(words.join('\n'))
        ? named(operandsOf(words), 'write')
        : namedInSed(words),
  ],
  ['perl', (words) => (/^-\w*i/m.test(words.join('\n')) ? named(operandsOf(words), 'write') : [])],
  [
    'dd',
    (words) =>
      named(
        words.flatMap((word) => /^of=(.*)$/.exec(word)?.slice(1) ?? []),
        'write',
      ),
  ],
  ['find', (words) => (words.includes('-delete') ? named(words.slice(0, 1), 'remove') : [])],
  ['curl', (words) => named(valuesOf(words, /^(?:-o|--output)$/), 'write')],
  ['wget', (words) => named(valuesOf(words, /^(?:-O|--output-document)$/), 'write')],
]);

function plain(name: string, effect: NamedPath['effect']): [string, Writer] {
  return [name, (words) => named(operandsOf(words), effect)];
}

function named(paths: readonly string[], effect: NamedPath['effect']): readonly NamedPath[] {
  return paths.map((path) => ({ path, effect }));
}

/** `sed -n 'w file'` */
function namedInSed(words: readonly string[]): readonly NamedPath[] {
  return named(
    words.flatMap((word) => /(?:^|[\d/$;}gp])w\s+(\S+)$/.exec(word)?.slice(1) ?? []),
    'write',
  );
}

/** Programs that read what they are given; some of them write where an option says so. */
const READERS =
  /^(?:cat|bat|batcat|less|more|head|tail|nl|tac|grep|[efz]grep|rg|ag|ack|ls|eza|exa|tree|wc|diff|cmp|comm|stat|file|test|\[|cut|sort|uniq|join|paste|column|awk|gawk|jq|yq|prettier|eslint|yamllint|actionlint|shellcheck|ajv|check-jsonschema|echo|printf|xxd|od|hexdump|strings|base64|(?:md5|sha\d+)sum|shasum|cksum|readlink|realpath|basename|dirname|du|touch|mkdir|cd|pushd|export|code|cursor|open|xdg-open|type|which|tar|zip|pre-commit|prek|lefthook|Get-Content|Select-String|Get-Item|Test-Path)$/;

const WRITING_OPTIONS: ReadonlyMap<string, RegExp> = new Map([
  ['sort', /^-\w*o|^--output/m],
  ['awk', /^(?:-i|inplace|--include)/m],
  ['gawk', /^(?:-i|inplace|--include)/m],
  ['yq', /^-\w*i|^--inplace/m],
  ['prettier', /^(?:-w|--write)$/m],
  ['eslint', /^--fix$/m],
  ['tar', /^-?\w*x|^--(?:extract|get)/m],
]);

/** Subcommands of git that leave the files of the work tree as they are. */
const READING_GIT =
  /^(?:add|annotate|blame|cat-file|check-attr|check-ignore|commit|diff|diff-files|diff-index|fetch|grep|hash-object|log|ls-files|ls-tree|push|range-diff|reset|rev-list|rev-parse|shortlog|show|status|tag|config|describe|ls-remote|notes|archive)$/;

function usesByGit(words: readonly string[]): readonly NamedPath[] {
  const { subcommand, words: following } = readGit(words);
  const isUnstaging =
    subcommand === 'restore' &&
    following.includes('--staged') &&
    !following.some((word) => /^(?:-W|--worktree)$/.test(word));
  if (READING_GIT.test(subcommand) || isUnstaging) return [];
  if (subcommand === 'rm')
    return following.includes('--cached')
      ? named(operandsOf(following), 'maybe')
      : named(operandsOf(following), 'remove');
  if (subcommand === 'mv') return named(operandsOf(following), 'remove');
  return operandsAndValues(following).map((path) => ({ path, effect: 'maybe' }));
}

function operandsOf(words: readonly string[]): readonly string[] {
  return words.filter((word) => !word.startsWith('-'));
}

/** Operands, and what options are given: `--file=x`. */
function operandsAndValues(words: readonly string[]): readonly string[] {
  return words.flatMap((word) => {
    const value = /^[\w-]+=(.+)$/.exec(word)?.[1];
    if (value !== undefined) return [value];
    return word.startsWith('-') ? [] : [word];
  });
}

/** What stands behind an option, or behind its `=`. */
function valuesOf(words: readonly string[], option: RegExp): readonly string[] {
  return words.flatMap((word, at) => {
    const [name = '', value] = word.split(/=(.*)/s);
    if (option.test(word)) return [words[at + 1] ?? ''];
    return value !== undefined && option.test(name) ? [value] : [];
  });
}

const TARGET_FOLDER = /^(?:-t|--target-directory|-Destination)$/;

function sourcesOf(words: readonly string[]): readonly string[] {
  const folder = valuesOf(words, TARGET_FOLDER);
  const operands = operandsOf(words).filter((word) => !folder.includes(word));
  return folder.length > 0 ? operands : operands.slice(0, -1);
}

/** The target, and what has the name of each source in it where it is a folder. */
function targetsOf(words: readonly string[]): readonly NamedPath[] {
  const [folder] = valuesOf(words, TARGET_FOLDER);
  const target = folder ?? operandsOf(words).at(-1);
  if (target === undefined) return [];
  const sources = sourcesOf(words);
  const isMany = sources.some((source) => /[*?]|[/.]$/.test(source));
  const inFolder = sources.map((source) => posix.join(target, posix.basename(source)));
  return [...named([target], isMany ? 'fill' : 'write'), ...named(inFolder, 'fill')];
}

/** Does `chmod` take the bit away with which a file is a program? */
function isUnmade(words: readonly string[]): boolean {
  return words.some((word) => {
    const octal = /^0?([0-7])[0-7]{2}$/.exec(word)?.[1];
    return octal === undefined ? /^(?:[ugoa,]*)-[rwst]*x|=[rw]*$/.test(word) : Number(octal) % 2 === 0;
  });
}
