import type { Place } from '../model/text.ts';
import { hasWorkflowCommand, escapeControls } from '../text/escape.ts';
import { displayWidth, keepEnd, keepStart } from './layout.ts';

/** A line of source text in three parts, and how wide the first two are on a terminal. */
export interface Excerpt {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
  /** Columns in front of the mark, and columns of the mark: at least one. */
  readonly indent: number;
  readonly length: number;
}

/**
 * Shows where a place stands in its line. What does not fit is cut, first far from the place.
 *
 * @param line The line of source text that the place begins in.
 * @param width How many columns there are for it.
 */
export function excerptOf(line: string, place: Place, width: number): Excerpt {
  const start = place.column - 1;
  const end = place.endLine === place.line ? Math.max(start, place.endColumn - 1) : line.length;
  const show = hasWorkflowCommand(line)
    ? (text: string) => sourceText(text).replaceAll('#', '\\u{23}')
    : sourceText;
  const full = {
    before: show(line.slice(0, start)),
    marked: show(line.slice(start, end)),
    after: show(line.slice(end)),
  };
  const { before: prefix, marked, after: suffix } = fit(full, width);
  const length = Math.max(1, displayWidth(marked));
  return { before: prefix, marked, after: suffix, indent: displayWidth(prefix), length };
}

/** Longer than any line that is shown, even where every character of it is escaped. */
const unlimited = 10_000;

function sourceText(text: string): string {
  return escapeControls(text.replaceAll('\t', '    '), unlimited);
}

type Parts = Pick<Excerpt, 'before' | 'marked' | 'after'>;

function fit({ before: prefix, marked, after: suffix }: Parts, width: number): Parts {
  const mark = keepStart(marked, width);
  const room = width - Math.max(1, displayWidth(mark));
  const front = keepEnd(prefix, Math.max(room - displayWidth(suffix), Math.floor(room / 2)));
  return { before: front, marked: mark, after: keepStart(suffix, room - displayWidth(front)) };
}
