import { asList, asRecord, parseJson } from '../../../documents/values.ts';
import type { LockedEntry } from '../../shared/lockfile-format.ts';
import { blocksOf, linesOf } from '../../shared/lockfile-lines.ts';
import { askedNames } from './dependency-names.ts';
import { nameOfIdentity, packageOfTarball } from './registry-tarball.ts';

/**
 * Reads bun.lock (https://bun.com/reference/bun/BunLockFile), JSON with commas behind the last values in which each
 * package has a line. One of the registry is `["name@1.2.3", "", …]`, with an address in place of the empty text where it
 * is not of the usual registry; with another kind of source, no version stands behind the name.
 */
export function readBunLock(text: string): Iterable<LockedEntry> | null {
  return /^ *"lockfileVersion": *[012],/m.test(text) ? packages(text) : null;
}

function* packages(text: string): Generator<LockedEntry> {
  for (const section of blocksOf(linesOf(text, 4), 2)) {
    if (section.header.text !== '  "packages": {') continue;
    for (const { text: line, start } of section.body) {
      const [, identity = '', address = ''] = /^ +"[^"]*": \["([^"\\]*)", "([^"\\]*)"[,\]]/.exec(line) ?? [];
      const name = nameOfIdentity(identity);
      if (name !== undefined && (address === '' || packageOfTarball(address) === name))
        yield { name, at: start, needs: () => needsOf(line) };
    }
  }
}

/** The third value of a line holds them, as a manifest does. */
function needsOf(line: string): Iterable<string> {
  const list = line.slice(line.indexOf('": [') + '": '.length).replace(/,$/, '');
  return askedNames(asRecord(asList(parseJson(list))[2]));
}
