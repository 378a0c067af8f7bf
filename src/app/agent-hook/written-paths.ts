import type { Command } from '../../model/command.ts';
import { programName } from '../../shell/unwrap.ts';

/**
 * What commands write, take away or put elsewhere, as far as their words tell: a program may write whatever it wants, and the
 * end of the turn shows that.
 *
 * @returns Paths as they stand in the commands.
 */
export function writtenPaths({
  commands,
  outputFiles,
}: {
  readonly commands: readonly Command[];
  readonly outputFiles: readonly { readonly text: string }[];
}): readonly string[] {
  return [...outputFiles.map(({ text }) => text), ...commands.flatMap(pathsOf)];
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
