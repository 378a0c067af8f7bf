import { placedSlice, type PlacedText } from '../documents/value-places.ts';
import type { Span } from '../model/text.ts';
import { SegmentText } from './segment-text.ts';

/** One instruction, its lines joined: `RUN pip install a`. */
export interface Instruction {
  /** In capitals. */
  readonly name: string;
  /** What stands behind the name and its flags, without comments between the lines. */
  readonly operands: PlacedText;
  /** In the order of their names in `operands`. */
  readonly heredocs: readonly Heredoc[];
}

/** A text that follows an instruction: `<<EOF`. */
export interface Heredoc {
  /** How `operands` opens it, and its name without quotes. */
  readonly opening: string;
  readonly name: string;
  /** In the file, up to the line that ends it. */
  readonly body: Span;
}

/** Of the lines at the top only parser directives count (https://docs.docker.com/reference/dockerfile/#parser-directives). */
const DIRECTIVES = /^(?:\uFEFF?[ \t]*#[ \t]*[A-Za-z]+[ \t]*=.*\r?\n)*/;

/** @returns What goes on with the next line: a backslash, or the backtick where the file says so. */
export function escapeOf(text: string): '\\' | '`' {
  const directives = DIRECTIVES.exec(text)?.[0] ?? '';
  return /^\uFEFF?[ \t]*#[ \t]*escape[ \t]*=[ \t]*`[ \t]*\r?$/im.test(directives) ? '`' : '\\';
}

/** Reads a Dockerfile (https://docs.docker.com/reference/dockerfile/#format) up to its end; nothing in it is an error here. */
export function* instructionsIn(text: string): Generator<Instruction, void> {
  const lines = new Lines(text);
  const escape = escapeOf(text);
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    if (isSkipped(text.slice(line.start, line.end))) continue;
    const joined = joinedLines(lines, line, escape);
    const [whole, name] = /^\s*([A-Za-z]+)(?=\s|$)(?:\s+--[a-z][a-z-]*(?:=\S*)?)*\s*/.exec(joined.text) ?? [];
    if (whole === undefined || name === undefined) continue;
    yield* withTrigger(name.toUpperCase(), from(joined, whole.length), lines);
  }
}

/** `ONBUILD RUN …` is run where another image is built on this one. */
function* withTrigger(name: string, operands: PlacedText, lines: Lines): Generator<Instruction, void> {
  const [whole, trigger] =
    (name === 'ONBUILD'
      ? /^([A-Za-z]+)(?=\s)(?:\s+--[a-z][a-z-]*(?:=\S*)?)*\s*/.exec(operands.text)
      : null) ?? [];
  const instruction =
    whole === undefined || trigger === undefined
      ? { name, operands }
      : { name: trigger.toUpperCase(), operands: from(operands, whole.length) };
  const mayHaveHeredocs = ['RUN', 'COPY', 'ADD'].includes(instruction.name);
  yield { ...instruction, heredocs: mayHaveHeredocs ? heredocsOf(instruction.operands.text, lines) : [] };
}

function from({ text, pieces }: PlacedText, start: number): PlacedText {
  const operands = pieces.flatMap((piece) =>
    piece.end <= start
      ? []
      : {
          start: Math.max(0, piece.start - start),
          end: piece.end - start,
          at: piece.at + Math.max(0, start - piece.start),
        },
  );
  return { text: text.slice(start), pieces: operands };
}

/** Comments and empty lines, which may stand between the lines of an instruction too. */
function isSkipped(line: string): boolean {
  return /^\s*(?:#|$)/.test(line);
}

/** The lines of an instruction as one, as the builder joins them: without the escapes and the ends of the lines. */
function joinedLines(lines: Lines, first: Span, escape: '\\' | '`'): PlacedText {
  const joined = new SegmentText();
  for (let line: Span | undefined = first; line !== undefined; line = nextCounting(lines)) {
    const content = lines.text.slice(line.start, line.end).trimEnd();
    const goesOn = content.endsWith(escape);
    joined.place(
      placedSlice(lines.text, { start: line.start, end: line.start + content.length - (goesOn ? 1 : 0) }),
    );
    if (!goesOn) break;
  }
  return joined.placed();
}

function nextCounting(lines: Lines): Span | undefined {
  let line = lines.next();
  while (line !== undefined && isSkipped(lines.text.slice(line.start, line.end))) line = lines.next();
  return line;
}

/** https://docs.docker.com/reference/dockerfile/#here-documents */
const HEREDOC = /(?<![\w<])\d*<<(-?)(["']?)([A-Za-z_][\w.-]*)\2/g;

function heredocsOf(operands: string, lines: Lines): readonly Heredoc[] {
  const heredocs: Heredoc[] = [];
  for (const { 0: opening, 1: dash, 3: name = '' } of operands.matchAll(HEREDOC)) {
    const body = lines.until(name, dash === '-');
    if (body === undefined) break;
    heredocs.push({ opening, name, body });
  }
  return heredocs;
}

/** Hands out the lines of a text, without their ends. */
class Lines {
  readonly text: string;
  #at = 0;
  /** Names of heredocs that no line ends from here on: whoever asks again need not look. */
  readonly #endless = new Set<string>();

  constructor(text: string) {
    this.text = text;
  }

  next(): Span | undefined {
    if (this.#at >= this.text.length) return undefined;
    const start = this.#at;
    const end = this.text.indexOf('\n', start);
    this.#at = end < 0 ? this.text.length : end + 1;
    return { start, end: end < 0 ? this.text.length : end };
  }

  /** @returns The lines up to one that is the name; undefined where there is none: then nothing was handed out. */
  until(name: string, ignoresTabs: boolean): Span | undefined {
    const start = this.#at;
    const key = `${ignoresTabs ? '-' : ''}${name}`;
    if (this.#endless.has(key)) return undefined;
    for (let line = this.next(); line !== undefined; line = this.next()) {
      const content = this.text.slice(line.start, line.end).replace(/\r$/, '');
      if ((ignoresTabs ? content.replace(/^\t+/, '') : content) === name) return { start, end: line.start };
    }
    this.#at = start;
    this.#endless.add(key);
    return undefined;
  }
}
