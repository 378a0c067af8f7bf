import { posix } from 'node:path';
import type { Command } from '../../model/command.ts';
import type { CommandText } from '../../shell/read.ts';
import { spanOfWord } from '../../shell/word.ts';
import { programName } from '../../shell/unwrap.ts';

/**
 * What commands write, take away or put elsewhere, as far as their words tell: a program may write whatever it wants, and the
 * end of the turn shows that.
 *
 * @returns Absolute paths, and others from where the commands begin.
 */
export function writtenPaths({
  commands,
  outputFiles,
}: Pick<CommandText, 'commands' | 'outputFiles'>): readonly string[] {
  const moves = commands.flatMap(folderChange);
  const inFolder = (path: string, start: number) => {
    const folders = moves.filter((move) => move.start < start).map(({ folder }) => folder);
    return posix.isAbsolute(path) ? path : resolvedFrom([...folders, path]);
  };
  return [
    ...outputFiles.map((word) => inFolder(word.text, spanOfWord(word).start)),
    ...commands.flatMap((command) =>
      pathsOf(command).map((path) =>
        inFolder(path, command.program === null ? 0 : spanOfWord(command.program).start),
      ),
    ),
  ];
}

/** `cd folder`, up to where the next one stands. */
function folderChange({ program, words: [folder] }: Command): readonly { folder: string; start: number }[] {
  if (program === null || folder === undefined || !/^(?:cd|pushd|Set-Location)$/.test(program.text))
    return [];
  return [{ folder: folder.text, start: spanOfWord(program).start }];
}

/** @returns A path by which the last of some paths is reached, each from the one before. */
function resolvedFrom(paths: readonly string[]): string {
  const last = paths.findLastIndex((path) => posix.isAbsolute(path));
  return posix.join(...paths.slice(Math.max(0, last)));
}

/** Programs whose operands are files that they change, and which of these (manuals of GNU coreutils and git, 2026-11). */
const WRITERS: ReadonlyMap<string, (words: readonly string[]) => readonly string[]> = new Map([
  ...['tee', 'rm', 'unlink', 'shred', 'truncate', 'chmod', 'rmdir', 'mv', 'Remove-Item', 'del'].map(
    (name) => [name, operandsOf] as const,
  ),
  ...['cp', 'ln', 'install', 'rsync'].map((name) => [name, lastOperand] as const),
  ['sed', (words) => (words.some((word) => /^-[a-zA-Z]*i|^--in-place/.test(word)) ? operandsOf(words) : [])],
  ['perl', (words) => (words.some((word) => /^-\w*i/.test(word)) ? operandsOf(words) : [])],
  ['dd', (words) => words.flatMap((word) => /^of=(.*)$/.exec(word)?.slice(1) ?? [])],
  ['git', (words) => (/^(?:rm|mv)$/.test(operandsOf(words)[0] ?? '') ? operandsOf(words).slice(1) : [])],
  ...['Set-Content', 'Add-Content', 'Out-File'].map((name) => [name, operandsOf] as const),
]);

function pathsOf({ program, words }: Command): readonly string[] {
  const name = program === null ? null : programName(program);
  const texts = words.map(({ text }) => text);
  return name === null ? [] : (WRITERS.get(name)?.(texts) ?? []);
}

function operandsOf(words: readonly string[]): readonly string[] {
  return words.filter((word) => !word.startsWith('-'));
}

function lastOperand(words: readonly string[]): readonly string[] {
  return operandsOf(words).slice(-1);
}
