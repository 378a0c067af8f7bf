import { SETTINGS_NAME } from '../model/tool.ts';

/** What stands around the lines that are ours, so that they can be replaced and taken out. */
const OPENING = `# >>> ${SETTINGS_NAME} >>>`;
const CLOSING = `# <<< ${SETTINGS_NAME} <<<`;

/** Shells that read what POSIX describes. */
const shells = /^#!\s*(?:(?:\S*\/)?env\s+(?:-\S+\s+)*)?(?:\S*\/)?(?:sh|bash|dash|ash|zsh|ksh|mksh)(?:\s|$)/;

/**
 * A script that may end before its last line, or in the midst of a here-document: what is appended might never run. The
 * words count in comments and texts too, because to come first is never wrong.
 */
const mayEndEarly = /(?:^|[\s;&|({])(?:exit|exec|return)\b|<</m;

/** A line at which every run of a script ends. `exec` with nothing but redirections goes on (POSIX, 2.15). */
const ends = /^(?:exit\b|exec\s+(?!\d*[<>]))/m;

/** What husky wrote at the top of its scripts before version 9: it sets PATH, and starts the script once more. */
const huskyStart = /^(?:#.*\n|[ \t]*\n)*(?:\.|source) .*\bhusky\.sh\b.*\n/;

/** How the lines of version 0.1.0 started the tool: whatever lay there, also what git tracks. */
const oldCall = /\.bin\/vetted-imports["']? hook pre-commit|\byarn vetted-imports hook pre-commit/;

/** What version 0.1.0 wrote where a command has one line, with what set it apart from the command behind it. */
const oldLine =
  /^if \[ -x (\S+|'[^'\n]*') \]; then \1 hook pre-commit;(?: elif \[ -f \.pnp\.cjs \]; then yarn vetted-imports hook pre-commit;)? else echo 'check-imports: [^'\n]*' >&2; exit 1; fi \|\| exit \$\?(?:; |$)/m;

/** @returns Our lines between their marks, indented, with a final line break. */
export function blockOf(lines: readonly string[], indent = ''): string {
  const all = [OPENING, ...lines, CLOSING];
  return all.map((line) => (line === '' ? '\n' : `${indent}${line}\n`)).join('');
}

/** @returns Where our lines stand with their marks, from the start of a line to behind its line break. */
export function findBlock(text: string): { readonly start: number; readonly end: number } | null {
  const opening = /^[ \t]*# >>> check-imports >>>\r?$/m.exec(text);
  if (!opening) return null;
  const closing = /^[ \t]*# <<< check-imports <<<\r?(?:\n|$)/gm;
  closing.lastIndex = opening.index;
  return closing.exec(text) ? { start: opening.index, end: closing.lastIndex } : null;
}

/** @returns What stands between each pair of our marks, with them, and where it begins. */
export function blocksIn(text: string): readonly { readonly start: number; readonly text: string }[] {
  const blocks: { readonly start: number; readonly text: string }[] = [];
  let offset = 0;
  for (let block = findBlock(text); block; block = findBlock(text.slice(offset))) {
    blocks.push({ start: offset + block.start, text: text.slice(offset + block.start, offset + block.end) });
    offset += block.end;
  }
  return blocks;
}

/** @returns Whether lines of ours are there that an older version wrote, and that start what git tracks. */
export function isOutdated(text: string): boolean {
  if (oldLine.test(text)) return true;
  const block = findBlock(text);
  if (!block) return false;
  return oldCall.test(text.slice(block.start, block.end)) || isOutdated(text.slice(block.end));
}

/** @returns A text without the one line of version 0.1.0. */
export function withoutOldLine(text: string): string {
  return text.replace(oldLine, '');
}

/** Is a line the mark that ends our lines? */
export function isClosing(line: string): boolean {
  return line.trim() === CLOSING;
}

/** Is a hook's text one that a POSIX shell reads? git starts a script without `#!` with `sh`. */
export function isShellScript(text: string): boolean {
  return !text.startsWith('#!') || shells.test(text);
}

/** @returns The offset behind which nothing of a script runs, as far as its unconditional ends tell. */
export function endOfRun(text: string): number {
  return ends.exec(text)?.index ?? text.length;
}

/** @returns Whether a script comes to an offset in its text. */
export function isReached(text: string, offset: number): boolean {
  return offset <= endOfRun(text);
}

/**
 * Puts our lines into a shell script: in the place of older ones, else at the end, or, where the script
 * may end before, at its start. A line break before them belongs to us: {@link withoutBlock}
 * takes it out again, so that every byte is as it was.
 *
 * @param text The script, or null for a new one.
 * @param comesFirst Do they stand at its start in every case?
 */
export function withBlock(text: string | null, block: string, comesFirst = false): string {
  if (text === null) return `#!/bin/sh\n${block}`;
  const old = findBlock(text);
  if (old && !isReached(text, old.start)) return withBlock(withoutBlock(text), block, comesFirst);
  if (old) return text.slice(0, old.start) + block + text.slice(old.end);
  const at = comesFirst || mayEndEarly.test(text) ? startOf(text) : text.length;
  return `${text.slice(0, at)}\n${block}${text.slice(at)}`;
}

/** @returns The script without our lines; null where nothing else ever stood in it. */
export function withoutBlock(text: string): string | null {
  const block = findBlock(text);
  if (!block) return text;
  const [head, tail] = [text.slice(0, block.start), text.slice(block.end)];
  if (head === '#!/bin/sh\n' && tail === '') return null;
  return (head.endsWith('\n') ? head.slice(0, -1) : head) + tail;
}

/** Behind the line that names the shell, and behind what husky has to do first. */
function startOf(text: string): number {
  const husky = huskyStart.exec(text);
  if (husky) return husky[0].length;
  if (!text.startsWith('#!')) return 0;
  const end = text.indexOf('\n');
  return end < 0 ? text.length : end + 1;
}
