import { endOfInterpreterLine } from './interpreter-line.ts';

/** A manifest inside a program (https://doc.rust-lang.org/nightly/cargo/reference/unstable.html#script). */
export interface EmbeddedManifest {
  /** TOML, with blanks in place of what makes it a comment. */
  readonly text: string;
  /** @returns Where an offset of the text stands in the file. */
  readonly placeOf: (offset: number) => number;
}

/** The crates of a script in the first line that is not blank, parted by commas: an older form of rust-script. */
const shortComment = /\s*\/\/[ \t]*cargo-deps[ \t]*:([^\r\n]*)/iy;
/** A line by which a session of evcxr loads a crate (https://github.com/evcxr/evcxr/blob/main/COMMON.md). */
const evcxrLine = /(?<![^\n])[ \t]*:dep[ \t]+([^\r\n]+)/g;
/** Three dashes or more, and what the text between them is for. */
const fence = /\s*(-{3,})[ \t]*([^\s-][^\r\n]*)?\r?\n/y;
/** The start of the comment in which a script of rust-script has its manifest (https://rust-script.org/#dependencies). */
const comment = /\s*(?:\/\/!|\/\*!)/y;
/** A block of Markdown for cargo, in capitals or not: rust-script looks at the word alone. */
const cargoBlock = /(```|~~~)[ \t]*cargo[ \t]*\r?\n/gi;
const commentSign = /(?<![^\n])[ \t]*(?:\/\/!|\*(?!\/))/g;

/** @returns Whether a text may hold a manifest of its own: a look that loads nothing. */
export function mentionsManifest(text: string): boolean {
  return embeddedManifest(text) !== undefined;
}

/** @returns The manifest at the start of a script; undefined where there is none. */
export function embeddedManifest(text: string): EmbeddedManifest | undefined {
  const line = endOfInterpreterLine(text);
  const start = line > 0 ? line : text.startsWith('\ufeff') ? 1 : 0;
  if (text.slice(0, line).includes('evcxr')) return ofSession(text, start);
  return frontMatter(text, start) ?? inComment(text, start) ?? inShortComment(text, start);
}

function ofSession(text: string, from: number): EmbeddedManifest | undefined {
  evcxrLine.lastIndex = from;
  const lines = Array.from(text.matchAll(evcxrLine), (match) => {
    const [whole, line = ''] = match;
    return { text: line, start: match.index + whole.length - line.length };
  });
  return lines.length === 0 ? undefined : joined(lines);
}

function inShortComment(text: string, from: number): EmbeddedManifest | undefined {
  shortComment.lastIndex = from;
  const [, list] = shortComment.exec(text) ?? [];
  if (list === undefined) return undefined;
  let start = shortComment.lastIndex - list.length;
  return joined(
    list.split(',').map((piece) => {
      const line = { text: piece, start };
      start += piece.length + 1;
      return line;
    }),
  );
}

/** @returns A table of the lines of which each names a crate; without a version it takes any. */
function joined(lines: readonly { readonly text: string; readonly start: number }[]): EmbeddedManifest {
  let text = '[dependencies]\n';
  const pieces = lines
    .filter((line) => line.text.trim() !== '')
    .map((line) => {
      const at = text.length;
      text += line.text.includes('=') ? `${line.text}\n` : `${line.text} = "*"\n`;
      return { at, start: line.start };
    });
  return {
    text,
    placeOf: (offset) => {
      const piece = pieces.findLast(({ at }) => at <= offset) ?? pieces[0];
      return piece === undefined ? 0 : Math.max(0, offset - piece.at) + piece.start;
    },
  };
}

/** @returns A part of a file as it stands there. */
function part(text: string, start: number): EmbeddedManifest {
  return { text, placeOf: (offset) => offset + start };
}

function frontMatter(text: string, from: number): EmbeddedManifest | undefined {
  fence.lastIndex = from;
  const [, dashes, purpose] = fence.exec(text) ?? [];
  if (dashes === undefined || (purpose !== undefined && purpose.trim() !== 'cargo')) return undefined;
  const start = fence.lastIndex;
  const close = text.indexOf(`\n${dashes}`, start - 1);
  return part(text.slice(start, close < 0 ? text.length : close + 1), start);
}

function inComment(text: string, from: number): EmbeddedManifest | undefined {
  comment.lastIndex = from;
  if (!comment.test(text)) return undefined;
  cargoBlock.lastIndex = from;
  const block = cargoBlock.exec(text);
  if (block === null || !isOneComment(text.slice(from, block.index))) return undefined;
  const start = cargoBlock.lastIndex;
  const close = text.indexOf(block[1] ?? '```', start);
  const content = text.slice(start, close < 0 ? start : close);
  return part(
    content.replace(commentSign, (sign) => ' '.repeat(sign.length)),
    start,
  );
}

/** @returns Whether a text is a comment that goes on, and nothing else. */
function isOneComment(text: string): boolean {
  if (/^\s*\/\*!/.test(text)) return !text.includes('*/');
  return text
    .trim()
    .split('\n')
    .every((line) => line.trimStart().startsWith('//!'));
}
