import { readLines } from './line-reader.ts';
import type { WhitelistFile } from './file.ts';

/**
 * Reads a whitelist. What our commands write is read line by line; everything else goes to the
 * YAML reader and its library, which are loaded only then.
 *
 * @param file Path relative to the repository's root, for entries and faults.
 * @param text The file's content; a byte-order mark is passed over.
 * @returns Entries in the order of the file. Where there are faults, the file can't be relied on.
 */
export async function readWhitelist(file: string, text: string): Promise<WhitelistFile> {
  const bare = withoutMark(text);
  const read = readLines(file, bare);
  if (read === undefined) return (await import('./yaml-reader.ts')).readWhitelistYaml(file, bare);
  return {
    file,
    entries: read.entries,
    covers: read.covers,
    extends: read.extends,
    faults: [],
    warnings: [],
  };
}

/** @returns The text without its byte-order mark. */
export function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}
