import { byHand, type LineEdits, type ManifestEditor } from '../../../model/manifest-editor.ts';
import type { Dependency } from '../../../model/manifest.ts';
import type { Span } from '../../../model/text.ts';
import { markerIn } from '../../shared/tree-editor.ts';
import { physicalLines } from './requirements.ts';

/** Edits requirements files. A requirement goes on in the lines behind a backslash, where its hashes stand. */
export const editor: ManifestEditor = {
  add: (text, { package: { name } }) => Promise.resolve(add(text, name)),
  rename: (text, line, name) => Promise.resolve(rename(text, line, name)),
  remove(text, line) {
    return Promise.resolve({ kind: 'edits', edits: [{ ...linesOf(text, line.span.start), text: '' }] });
  },
  placeOf(text, { span }) {
    const { end } = linesOf(text, span.start);
    const requirement = text.slice(span.end, end).replace(/\\(?:\r\n?|\n)/g, '');
    const marker = markerIn(requirement.replace(/\s(?:#|--hash)[^]*$/, ''));
    return Promise.resolve({ group: '', condition: marker });
  },
};

/** Where every requirement has hashes, pip takes none without (https://pip.pypa.io/en/stable/topics/secure-installs/). */
function add(text: string, name: string): LineEdits {
  if (text.includes('--hash=')) return byHand('its lines have hashes: write those of the new package, too');
  const eol = text.endsWith('\r\n') || (!text.endsWith('\n') && text.includes('\r\n')) ? '\r\n' : '\n';
  const open = text !== '' && !/[\r\n]$/.test(text) ? eol : '';
  const end = text.length;
  return { kind: 'edits', edits: [{ start: end, end, text: `${open}${name}${eol}` }] };
}

function rename(text: string, { span, specifier }: Dependency, name: string): LineEdits {
  const { start, end } = linesOf(text, span.start);
  if (text.slice(start, end).includes('--hash'))
    return byHand(`its hashes are those of ${specifier}: write ${name} with its own version and hashes`);
  if (text.slice(span.start, span.end) !== specifier)
    return byHand('the name is not written there letter by letter');
  return { kind: 'edits', edits: [{ ...span, text: name }] };
}

/** @returns The lines of a requirement, from the first letter to the last line break. */
function linesOf(text: string, offset: number): Span {
  const lines = [...physicalLines(text)];
  const isOpen = (at: number) => {
    const line = lines[at]?.text ?? '';
    const next = lines[at + 1]?.text ?? '#';
    return !isComment(line) && line.endsWith('\\') && !isComment(next);
  };
  const at = lines.findLastIndex((line) => line.offset <= offset);
  let [first, last] = [at, at];
  while (first > 0 && isOpen(first - 1)) first -= 1;
  while (last < lines.length - 1 && isOpen(last)) last += 1;
  return { start: lines[first]?.offset ?? 0, end: lines[last + 1]?.offset ?? text.length };
}

function isComment(text: string): boolean {
  return /^\s*#/.test(text);
}
