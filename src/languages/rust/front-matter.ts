/** A manifest inside a program (https://doc.rust-lang.org/nightly/cargo/reference/unstable.html#script). */
export interface EmbeddedManifest {
  /** TOML, with blanks in place of what makes it a comment. */
  readonly text: string;
  /** Where it begins in the file. */
  readonly start: number;
}

const shebang = /^\ufeff?#!(?!\s*\[)[^\n]*\n/;
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
  const start = shebang.exec(text)?.[0].length ?? (text.startsWith('\ufeff') ? 1 : 0);
  return frontMatter(text, start) ?? inComment(text, start);
}

function frontMatter(text: string, from: number): EmbeddedManifest | undefined {
  fence.lastIndex = from;
  const [, dashes, purpose] = fence.exec(text) ?? [];
  if (dashes === undefined || (purpose !== undefined && purpose.trim() !== 'cargo')) return undefined;
  const start = fence.lastIndex;
  const close = text.indexOf(`\n${dashes}`, start - 1);
  return { text: text.slice(start, close < 0 ? text.length : close + 1), start };
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
  return { text: content.replace(commentSign, (sign) => ' '.repeat(sign.length)), start };
}

/** @returns Whether a text is a comment that goes on, and nothing else. */
function isOneComment(text: string): boolean {
  if (/^\s*\/\*!/.test(text)) return !text.includes('*/');
  return text
    .trim()
    .split('\n')
    .every((line) => line.trimStart().startsWith('//!'));
}
