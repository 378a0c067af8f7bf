import { asRecord, asText, parseJson, textsOf } from '../../../documents/values.ts';
import type { LockedEntry } from '../../shared/lockfile-format.ts';
import { nameOfIdentity, packageOfTarball } from './registry-tarball.ts';

/**
 * Reads what deno.lock holds of npm (https://docs.deno.com/examples/dependency_lockfile_tutorial/,
 * https://github.com/denoland/deno_lockfile/blob/main/src/printer.rs). It stands under `npm.packages` in version 2,
 * `packages.npm` in 3, and `npm` since 4. A key is `name@1.2.3`, with `_` and the peers that it was resolved for; a
 * package without a hash is linked to a folder.
 */
export function readDenoLock(text: string): Iterable<LockedEntry> | null {
  const lockfile = asRecord(parseJson(text));
  const npm = asRecord(lockfile.get('npm'));
  switch (lockfile.get('version')) {
    case '2':
      return entries(npm.get('packages'));
    case '3':
      return entries(asRecord(lockfile.get('packages')).get('npm'));
    case '4':
    case '5':
      return entries(lockfile.get('npm'));
    default:
      return null;
  }
}

function* entries(packages: unknown): Generator<LockedEntry> {
  for (const [key, value] of asRecord(packages)) {
    const entry = asRecord(value);
    const tarball = asText(entry.get('tarball'));
    const name = nameOfIdentity(identityOf(key));
    const isFromRegistry = tarball === null || packageOfTarball(tarball) === name;
    if (name !== undefined && entry.has('integrity') && isFromRegistry)
      yield { name, at: `${JSON.stringify(key)}: {`, needs: () => needsOf(entry) };
  }
}

/** No version holds a `_`, though names do. */
function identityOf(key: string): string {
  const peers = key.indexOf('_', key.indexOf('@', 1));
  return peers === -1 ? key : key.slice(0, peers);
}

/** Up to version 3 by name, with what each was resolved to; since then a list of that: `name`, `alias@npm:name@1.0.0`. */
function* needsOf(entry: ReadonlyMap<string, unknown>): Generator<string> {
  const dependencies = entry.get('dependencies');
  const texts = [...asRecord(dependencies).values()].flatMap((text) => asText(text) ?? []);
  for (const text of [...texts, ...textsOf(dependencies)]) {
    const alias = text.indexOf('@npm:');
    const target = alias === -1 ? text : text.slice(alias + '@npm:'.length);
    yield /^(@?[^@]+)/.exec(target)?.[1] ?? '';
  }
}
