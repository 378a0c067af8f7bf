import { expect } from 'vitest';
import type { Container, Segment } from '../../src/model/language.ts';

/**
 * What a container finds in a file, a line for each segment: its dialect, or that of a language other than the shell's, and
 * its text, in which `⏎` ends lines and `⟨…⟩` is what does not stand in the file. What does stand there is held against it.
 */
export async function segmentsIn(container: Container, text: string): Promise<readonly string[]> {
  const { segments, broken } = await container.contents(text);
  const lines = segments.map((segment) => {
    const kind = segment.language === 'shell' ? segment.dialect : `${segment.language} ${segment.dialect}`;
    return `${kind}: ${shownText(segment, text).replace(/\n$/, '').replace(/\n⟩$/, '⟩').replace(/⟨⟩$/, '').replaceAll('\n', '⏎')}`;
  });
  return broken === null ? lines : [...lines, `broken: ${broken.message}`];
}

function shownText({ text, at }: Segment, file: string): string {
  if (at.kind === 'cell') return text;
  if (at.kind === 'offset') {
    expect(file.slice(at.start, at.start + text.length)).toBe(text);
    return text;
  }
  let shown = '';
  let reached = 0;
  for (const { start, end, at: from, atEnd } of at.pieces) {
    expect(start).toBeGreaterThanOrEqual(reached);
    const part = text.slice(start, end);
    if (atEnd === undefined) expect(file.slice(from, from + end - start)).toBe(part);
    else expect(spelled(file.slice(from, atEnd))).toBe(part.replace(/\s+/g, ' '));
    shown += (start > reached ? `⟨${text.slice(reached, start)}⟩` : '') + part;
    reached = end;
  }
  return shown + (reached < text.length ? `⟨${text.slice(reached)}⟩` : '');
}

/** What an escape or a folded line stands for, with one blank for all blanks. */
function spelled(written: string): string {
  const plain = written.startsWith('\\') ? unescaped(written) : written.replaceAll("''", "'");
  return plain.replace(/\s+/g, ' ');
}

function unescaped(written: string): string {
  const long = /^\\(?:U|x|u)([\da-f]+)$/i.exec(written)?.[1];
  if (long !== undefined) return String.fromCodePoint(Number.parseInt(long, 16));
  const letters: Readonly<Partial<Record<string, string>>> = { n: '\n', t: '\t', r: '\r' };
  return letters[written.slice(1)] ?? written.slice(1);
}
