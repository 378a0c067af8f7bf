import type { ManifestContents } from '../../../model/manifest.ts';
import type { Span } from '../../../model/text.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import type { MappedText } from './python-dependencies.ts';
import { generationOf } from './compiled-requirements.ts';
import { encodingFlaw } from './requirements-encoding.ts';
import { addRequirementLine } from './requirement-lines.ts';

/** Reads a requirements file of pip (https://pip.pypa.io/en/stable/reference/requirements-file-format/). */
export async function read(text: string): Promise<ManifestContents> {
  const draft = newManifest();
  const condaLine = CONDA_LIST.test(text) ? CONDA : CHANNEL;
  const flaw = encodingFlaw(text);
  if (flaw !== undefined) draft.broken.push(flaw);
  for (const line of logicalLines(text)) {
    if (condaLine.test(line.text)) (await import('./conda.ts')).addMatchSpec(draft, line);
    else addRequirementLine(draft, line);
  }
  draft.generation = generationOf(text);
  return normalise(draft);
}

/** What begins a line of conda's: a channel before the name. */
const CHANNEL = /^\s*[\w./-]+::[a-z0-9_]/i;

/** The same in a list of conda's, or one equals sign behind the name. */
const CONDA = /^\s*(?:[\w./-]+::[a-z0-9_]|\w[\w.-]*\s*=(?!=))/i;

/** A list of conda's shows itself by a version with a build, as `conda list --export` writes it, or by the interpreter. */
const CONDA_LIST = /^[ \t]*(?:\w[\w.-]*=[^=\s]+=\w|python[ \t]*=(?!=))/m;

/** A physical line: its offset, and its text without the line break. */
export interface Line {
  readonly offset: number;
  readonly text: string;
}

/**
 * Joins lines that end with a backslash and takes comments away, in the order and with the rules of pip
 * (`join_lines` and `ignore_comments` in its `req_file.py`): a comment line ends a continuation.
 */
function* logicalLines(text: string): Generator<MappedText> {
  let open: Line[] = [];
  for (const line of physicalLines(text)) {
    const isComment = /^\s*#/.test(line.text);
    if (!isComment && line.text.endsWith('\\')) {
      open.push({ ...line, text: withoutBackslashes(line.text) });
      continue;
    }
    yield joined(isComment ? open : [...open, line]);
    open = [];
  }
  if (open.length > 0) yield joined(open);
}

/** Lines as Python's `str.splitlines` ends them (https://docs.python.org/3/library/stdtypes.html#str.splitlines). */
export function* physicalLines(text: string): Generator<Line> {
  let offset = text.startsWith('\uFEFF') ? 1 : 0;
  // eslint-disable-next-line no-control-regex -- these control characters end a line in Python.
  for (const end of text.matchAll(/\r\n|[\n\r\v\f\x1C-\x1E\x85\u2028\u2029]/g)) {
    yield { offset, text: text.slice(offset, end.index) };
    offset = end.index + end[0].length;
  }
  yield { offset, text: text.slice(offset) };
}

function withoutBackslashes(text: string): string {
  let end = text.length;
  while (text.charAt(end - 1) === '\\') end -= 1;
  return text.slice(0, end);
}

function joined(lines: readonly Line[]): MappedText {
  const starts: number[] = [];
  let length = 0;
  for (const line of lines) {
    starts.push(length);
    length += line.text.length;
  }
  const sourceOf = (at: number): number => {
    const index = lastAtMost(starts, at);
    return (lines[index]?.offset ?? 0) + at - (starts[index] ?? 0);
  };
  const spanOf = ({ start, end }: Span): Span => ({
    start: sourceOf(start),
    end: end > start ? sourceOf(end - 1) + 1 : sourceOf(start),
  });
  return { text: withoutComment(lines.map((line) => line.text).join('')), spanOf };
}

/** @returns The index of the last of the rising numbers that is not above a limit. */
function lastAtMost(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A comment begins with `#` at the start of the line or after a blank. */
function withoutComment(text: string): string {
  const comment = text.search(/(?<!\S)#/);
  return comment === -1 ? text : text.slice(0, comment);
}
