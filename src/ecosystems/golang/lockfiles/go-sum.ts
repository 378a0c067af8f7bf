import type { LockedEntry } from '../../shared/lockfile-format.ts';
import { linesOf } from '../../shared/lockfile-lines.ts';

/**
 * Reads the sums of what was fetched (https://go.dev/ref/mod#go-sum-files): `path version hash`. Where only the go.mod of a
 * module was looked at, as of many in the graph of versions, its version ends in `/go.mod`: such a line shows no package.
 *
 * @returns null where a line is no sum.
 */
export function readGoSum(text: string): Iterable<LockedEntry> | null {
  const entries: LockedEntry[] = [];
  for (const line of linesOf(text, Infinity)) {
    const [, name, version] = SUM.exec(line.text) ?? [];
    if (name === undefined || version === undefined) return null;
    if (!version.endsWith('/go.mod')) entries.push({ name, at: line.start, version });
  }
  return entries;
}

/** Of the algorithms, `h1` is the only one so far. */
const SUM = /^(\S+) (v\S+) h\d+:[\w+/]+=*$/;
