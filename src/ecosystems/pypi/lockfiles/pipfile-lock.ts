import { asRecord, asText, parseJson } from '../../../documents/values.ts';
import type { LockedEntry } from '../../shared/lockfile-format.ts';
import { foreignKeys } from './foreign-keys.ts';

/**
 * Reads Pipfile.lock (https://pipenv.pypa.io/en/latest/locking.html#lock-file-structure): beside `_meta`, each key is a
 * category of packages. One of an index has a version and no other source.
 */
export function readPipfileLock(text: string): Iterable<LockedEntry> | null {
  const lockfile = asRecord(parseJson(text));
  return asRecord(lockfile.get('_meta')).get('pipfile-spec') === 6 ? entries(lockfile) : null;
}

function* entries(lockfile: ReadonlyMap<string, unknown>): Generator<LockedEntry> {
  for (const [category, packages] of lockfile) {
    if (category === '_meta') continue;
    for (const [name, value] of asRecord(packages)) {
      const entry = asRecord(value);
      const version = asText(entry.get('version'));
      if (version !== null && foreignKeys.every((key) => !entry.has(key)))
        yield { name, at: `${JSON.stringify(name)}: {`, version: version.replace(/^==/, '') };
    }
  }
}
