/** What stands around the lines that are ours, so that they can be replaced and taken out. */
const OPENING = '# >>> check-imports >>>';
const CLOSING = '# <<< check-imports <<<';

/** Shells that read what POSIX describes. */
const shells = /^#!\s*(?:(?:\S*\/)?env\s+(?:-\S+\s+)*)?(?:\S*\/)?(?:sh|bash|dash|ash|zsh|ksh|mksh)(?:\s|$)/;

/** A script that ends before its last line: what is appended might never run. */
const endsEarly = /^(?:exit|exec)\b/m;

/** @returns Our lines between their marks, indented, with a final line break. */
export function blockOf(lines: readonly string[], indent = ''): string {
  const all = [OPENING, ...lines, CLOSING];
  return all.map((line) => (line === '' ? '\n' : `${indent}${line}\n`)).join('');
}

/** @returns Where our lines stand with their marks, from the start of a line to behind its line break. */
export function findBlock(text: string): { readonly start: number; readonly end: number } | null {
  const found = /^[ \t]*# >>> check-imports >>>\r?$/m.exec(text);
  if (!found) return null;
  const closing = /^[ \t]*# <<< check-imports <<<\r?(?:\n|$)/gm;
  closing.lastIndex = found.index;
  return closing.exec(text) ? { start: found.index, end: closing.lastIndex } : null;
}

/** Is a line the mark that ends our lines? */
export function isClosing(line: string): boolean {
  return line.trim() === CLOSING;
}

/** Is a hook's text one that a POSIX shell reads? git starts a script without `#!` with `sh`. */
export function isShellScript(text: string): boolean {
  return !text.startsWith('#!') || shells.test(text);
}

/**
 * Puts our lines into a shell script: in the place of older ones, else at the end, or, where the script
 * may end before, behind its first line. A line break before them belongs to us: {@link withoutBlock}
 * takes it out again, so that every byte is as it was.
 *
 * @param text The script, or null for a new one.
 */
export function withBlock(text: string | null, block: string): string {
  if (text === null) return `#!/bin/sh\n${block}`;
  const old = findBlock(text);
  if (old) return text.slice(0, old.start) + block + text.slice(old.end);
  const at = endsEarly.test(text) ? endOfFirstComment(text) : text.length;
  return `${text.slice(0, at)}\n${block}${text.slice(at)}`;
}

/** @returns The script without our lines; null where nothing else ever stood in it. */
export function withoutBlock(text: string): string | null {
  const found = findBlock(text);
  if (!found) return text;
  const [before, after] = [text.slice(0, found.start), text.slice(found.end)];
  if (before === '#!/bin/sh\n' && after === '') return null;
  return (before.endsWith('\n') ? before.slice(0, -1) : before) + after;
}

function endOfFirstComment(text: string): number {
  if (!text.startsWith('#!')) return 0;
  const end = text.indexOf('\n');
  return end < 0 ? text.length : end + 1;
}
