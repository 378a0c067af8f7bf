/**
 * The line that lets git join two branches that both added packages: every line of both is kept, which
 * is right for a list with one package on each line (https://git-scm.com/docs/gitattributes).
 *
 * @param path The whitelist, relative to the root.
 */
export function mergeLine(path: string): string {
  const pattern = /^[\w./-]+$/.test(path) ? path : JSON.stringify(path);
  return `${pattern} merge=union`;
}

/** @returns The text of `.gitattributes` with the line. A file without a last line break stays without one. */
export function withLine(text: string | null, line: string): string {
  if (text === null || text === '') return `${line}\n`;
  return text.endsWith('\n') ? `${text}${line}\n` : `${text}\n${line}`;
}

/** @returns The text without the line; null where nothing else stands in it. */
export function withoutLine(text: string, line: string): string | null {
  const lines = text.split('\n');
  const at = lines.lastIndexOf(line);
  if (at < 0) return text;
  const remainingText = lines.toSpliced(at, 1).join('\n');
  return remainingText === '' ? null : remainingText;
}
