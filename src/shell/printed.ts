import type { CommandWord } from '../model/command.ts';
import { programName } from './unwrap.ts';
import { partOfWord } from './word.ts';

/** @returns The words that a command prints, parted by blanks; undefined where nobody can tell them without a run. */
export function readPrinted([program, ...words]: readonly CommandWord[]): readonly CommandWord[] | undefined {
  const name = program === undefined ? null : programName(program);
  if (name === 'echo') return words.filter(({ text }) => !/^-[neE]+$/.test(text)).flatMap(partedWords);
  const [format, ...values] = words;
  if (name !== 'printf' || format === undefined || format.dynamic.length > 0) return undefined;
  if (values.length > 0)
    return /^(?:%s|\\n|\\0|\s)+$/.test(format.text) ? values.flatMap(partedWords) : undefined;
  return format.text.includes('%') ? undefined : partedWords(format);
}

/** Escapes for blanks part words, too. */
function partedWords(word: CommandWord): readonly CommandWord[] {
  return [...word.text.matchAll(/(?:[^\s\\]|\\(?![nt0]))+/g)].map(({ 0: part, index }) => {
    const isEscape = index > 0 && /[nt0]/.test(part.charAt(0)) && word.text.charAt(index - 1) === '\\';
    return partOfWord(word, index + (isEscape ? 1 : 0), index + part.length);
  });
}
