import { placedSlice } from '../documents/value-places.ts';
import type { Segment, SynchronousContainer } from '../model/language.ts';
import type { Span } from '../model/text.ts';
import { programOfScript, SH } from './interpreters.ts';
import { SegmentText, sourceSettings, verbatimSegment, type Setting } from './segment-text.ts';

/**
 * Files of just (https://just.systems/man/en/): the recipes, each line a command, or a whole script where its first line names
 * an interpreter; and what backticks run. `{{…}}` is what a reader of shells knows as filled in.
 */
export const justfile: SynchronousContainer = {
  id: 'justfile',
  contents: (text) => ({ segments: segmentsOf(text), broken: null }),
};

const EXPORT = /^(export[ \t]+([A-Za-z_]\w*)[ \t]*:=[ \t]*["'])([^"'\r\n]*)/gm;

function segmentsOf(text: string): readonly Segment[] {
  const segments: Segment[] = [];
  const settings = sourceSettings(settingsIn(text));
  for (const { lines, isRecipe } of bodies(text)) {
    const [first, last] = [lines[0], lines.at(-1)];
    if (first === undefined || last === undefined) continue;
    if (isRecipe)
      for (const segment of recipe(text, { start: first.start, end: last.end }, settings))
        segments.push(segment);
    else for (const segment of backticks(text, first)) segments.push(segment);
  }
  return segments;
}

function settingsIn(text: string): readonly Setting[] {
  return [...text.matchAll(EXPORT)].map(({ 1: opening = '', 2: name = '', 3: value = '', index }) => {
    const start = index + opening.length;
    return { name, value: placedSlice(text, { start, end: start + value.length }) };
  });
}

interface Body {
  readonly lines: readonly Span[];
  readonly isRecipe: boolean;
}

/** The indented lines below each recipe together, and every other line by itself. */
function* bodies(text: string): Generator<Body, void> {
  let lines: Span[] = [];
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
    const span = { start: index, end: index + line.length };
    if (/^[ \t]/.test(line)) {
      lines.push(span);
      continue;
    }
    if (lines.length > 0) yield { lines, isRecipe: true };
    lines = [];
    yield { lines: [span], isRecipe: false };
  }
  if (lines.length > 0) yield { lines, isRecipe: true };
}

/** A line with those that go on with it. */
const LOGICAL_LINE = /(?:[^\\\r\n]|\\[^\r\n]|\\\r?\n)+(?:\r?\n)?/g;

function recipe(text: string, body: Span, settings: readonly Setting[]): readonly Segment[] {
  const content = text.slice(body.start, body.end);
  const kind = programOfScript(content.trimStart());
  if (kind !== null) return kind === undefined ? [] : verbatimSegment(text, body, kind);
  const segment = new SegmentText();
  for (const setting of settings) segment.assignment(setting, '\n');
  for (const { 0: line, index } of content.matchAll(LOGICAL_LINE)) {
    const start = body.start + index + (/^[ \t]*[@-]{0,2}/.exec(line)?.[0].length ?? 0);
    segment.place(placedSlice(text, { start, end: body.start + index + line.length }));
  }
  return [segment.segment(SH)];
}

/** `name := \`npx a\`` */
function backticks(text: string, { start, end }: Span): readonly Segment[] {
  return [...text.slice(start, end).matchAll(/`([^`]+)`/g)].flatMap(({ 0: whole, index }) =>
    verbatimSegment(text, { start: start + index + 1, end: start + index + whole.length - 1 }, SH),
  );
}
