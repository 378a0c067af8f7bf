import { marksOf, type Mark } from './marks.ts';

/** A part of a string that is to be written otherwise, and what stands for its first or last character. */
interface Mask {
  readonly start: number;
  readonly end: number;
  readonly bracket: '(' | ')' | '';
}

/**
 * Writes strings that hold expressions as brackets around the expressions, at the same offsets: `f"a{b!r:>{c}} {d}"`
 * becomes ` ( (b   (c)) (d))`, which is an expression as well. So whatever the grammar does not know of such strings
 * is gone, and every expression stays code. A string right behind one would be a second expression: it goes as well.
 */
export function withBareExpressions(text: string): string {
  const pieces: string[] = [];
  let copyStart = 0;
  for (const { start, end, bracket } of masksOf(text)) {
    const blank = text.slice(start, end).replace(/[^\r\n]/g, ' ');
    pieces.push(text.slice(copyStart, start), bracket === '' ? blank : blank.slice(1) + bracket);
    copyStart = end;
  }
  pieces.push(text.slice(copyStart));
  return pieces.join('');
}

function masksOf(text: string): readonly Mask[] {
  const marks = [...marksOf(text, 0)];
  if (marks.some(({ kind }) => kind === 'unclosed')) return [];
  const masks: Mask[] = [];
  const bare = stringsWithExpressions(marks);
  const open: boolean[] = [];
  let lastEnd = text.length;
  const isBehind = (start: number) => lastEnd <= start && isBlank(text.slice(lastEnd, start));
  for (const mark of marks) {
    if (mark.sign === 'begin') open.push(bare.has(mark) || isBehind(mark.start));
    const isMasked = open.at(-1) ?? false;
    if (mark.sign === 'end') open.pop();
    if (mark.isPlain === true) {
      const { start, end } = whole(mark, text);
      const parts = [
        { start, end: mark.start, bracket: '(' },
        { ...mark, bracket: '' },
        { start: mark.end, end, bracket: ')' },
      ] as const;
      for (const part of isBehind(start) ? parts : []) masks.push(part);
      lastEnd = isBehind(start) ? end : text.length;
    } else if (isMasked && (mark.kind === 'sign' || mark.kind === 'string')) {
      masks.push({ ...mark, bracket: brackets.get(mark.sign) ?? '' });
      lastEnd = mark.sign === 'end' ? mark.end : text.length;
    }
  }
  return masks;
}

const brackets: ReadonlyMap<Mark['sign'], '(' | ')'> = new Map([
  ['begin', '('],
  ['expression', '('],
  ['over', ')'],
  ['end', ')'],
]);

/** @returns Whether strings with this between them are one. */
function isBlank(text: string): boolean {
  return /^[\s\\]*$/.test(text.replace(/#[^\r\n]*/g, ''));
}

/** @returns The marks that begin a string with an expression in it. */
function stringsWithExpressions(marks: readonly Mark[]): ReadonlySet<Mark> {
  const beginnings = new Set<Mark>();
  const open: Mark[] = [];
  for (const mark of marks) {
    if (mark.sign === 'begin') open.push(mark);
    const around = open.at(-1);
    if (mark.sign === 'expression' && around !== undefined) beginnings.add(around);
    if (mark.sign === 'end') open.pop();
  }
  return beginnings;
}

/** @returns Where a string without expressions begins and ends, with its prefix and its quotes. */
function whole({ start: inside, end }: Mark, text: string): { start: number; end: number } {
  const head = text.slice(Math.max(0, inside - 5), inside);
  const [opening = ''] = /(?:(?<!\w)[A-Za-z]{1,2})?("""|'''|"|')$/.exec(head) ?? [];
  const quote = opening.replace(/^\w+/, '');
  return { start: inside - opening.length, end: end + quote.length };
}
