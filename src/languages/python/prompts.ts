import type { Source } from '../../model/language.ts';
import { isQuotedIn, LINE_BREAKS } from './logical-lines.ts';
import type { Piece } from './pieces.ts';

/** A cell without its prompts. */
export interface PromptlessCell {
  readonly source: Source;
  /** Where its lines come from; none where it has no prompt. */
  readonly pieces: readonly Piece[];
}

/** What has a look at the lines: few cells hold a prompt. */
const mayPrompt = />>>|In \[\d+\]: |\.\.\.:/;

const doctestStart = /^[ \t]*>>>/;
const doctest = /^[ \t]*(?:>>>|\.\.\.)[ \t]?/;
const ofIpython = /^[ \t]*(?:(?:(?:\[(?:nav|ins)\])? )?In \[\d+\]: |\.{3,}: ?)/;

/**
 * Takes the prompts away that IPython takes away, in its order: those of the interpreter where a line that is no part of a
 * string has one, its own where one of the first two lines has one
 * (https://github.com/ipython/ipython/blob/9.17.1/IPython/core/inputtransformer2.py). What is no prompt to an older IPython
 * is nothing that it could run.
 */
export function withoutPrompts(source: Source): PromptlessCell {
  if (source.dialect !== 'ipynb' || !mayPrompt.test(source.text)) return { source, pieces: [] };
  const { text } = source;
  const isQuoted = isQuotedIn(text);
  const lines = linesOf(text).map((line) => ({ ...line, isQuoted: isQuoted(line.start) }));
  const hasDoctest = lines.some((line) => !line.isQuoted && doctestStart.test(line.text));
  const bare = hasDoctest ? lines.map((line) => (line.isQuoted ? line : withoutStart(line, doctest))) : lines;
  const first = bare.findIndex((line) => line.text.trim() !== '');
  const hasOwn = bare.slice(first, first + 2).some((line) => ofIpython.test(line.text));
  if (!hasDoctest && !hasOwn) return { source, pieces: [] };
  return joined(source, hasOwn ? bare.map((line) => withoutStart(line, ofIpython)) : bare);
}

/** A line with its break, and where it begins in the cell. */
interface Line {
  readonly text: string;
  readonly start: number;
}

const lineBreaks = new RegExp(String.raw`\r\n|[${LINE_BREAKS}]`, 'g');

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const { 0: lineBreak, index } of text.matchAll(lineBreaks)) {
    const end = index + lineBreak.length;
    lines.push({ text: text.slice(start, end), start });
    start = end;
  }
  return [...lines, { text: text.slice(start), start }];
}

function withoutStart({ text, start }: Line, prompt: RegExp): Line {
  const length = prompt.exec(text)?.[0].length ?? 0;
  return { text: text.slice(length), start: start + length };
}

function joined({ dialect }: Source, lines: readonly Line[]): PromptlessCell {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { text, start } of lines) {
    pieces.push({ at, start });
    at += text.length;
  }
  return { source: { text: lines.map(({ text }) => text).join(''), dialect }, pieces };
}
