import { asRecord, asText, parseJson } from '../../../documents/values.ts';
import type { LockedEntry } from '../../shared/lockfile-format.ts';
import { askedNames } from './dependency-names.ts';
import { packageOfTarball, version } from './registry-tarball.ts';

type Members = ReadonlyMap<string, unknown>;

/**
 * Reads package-lock.json and npm-shrinkwrap.json (https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json).
 * npm looks at `dependencies` only where there are no `packages`. Without `resolved`, which
 * https://docs.npmjs.com/cli/v11/using-npm/config#omit-lockfile-registry-resolved leaves out, a version comes from the
 * registry.
 */
export function readPackageLock(text: string): Iterable<LockedEntry> | null {
  const lockfile = asRecord(parseJson(text));
  const format = lockfile.get('lockfileVersion') ?? 1;
  if (format === 2 || format === 3) return packages(asRecord(lockfile.get('packages')));
  return format === 1 && lockfile.has('dependencies') ? dependencies(lockfile) : null;
}

/** By the folder that each is put into; a folder outside of `node_modules` is a project's own. */
function* packages(folders: Members): Generator<LockedEntry> {
  const urls = namesOfUrls(folders);
  for (const [folder, value] of folders) {
    const [, key] = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(folder) ?? [];
    if (key === undefined || urls.has(key)) continue;
    const entry = asRecord(value);
    const name = asText(entry.get('name')) ?? key;
    const isInstalledAlone = entry.get('link') !== true && entry.get('inBundle') !== true;
    if (isInstalledAlone && isFromRegistry(name, entry))
      yield { name, at: `${JSON.stringify(folder)}: {`, needs: () => askedNames(entry) };
  }
}

/** Names that a project itself takes from a URL: their `resolved` may look like that of a registry. */
function namesOfUrls(folders: Members): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [folder, value] of folders) {
    if (folder.includes('node_modules/')) continue;
    for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']) {
      for (const [name, range] of asRecord(asRecord(value).get(kind)))
        if (/^https?:/i.test(asText(range) ?? '')) names.add(name);
    }
  }
  return names;
}

/** The tree of version 1, in which a package may hold others. */
function* dependencies(root: Members): Generator<LockedEntry> {
  const open: Members[] = [root];
  for (let holder = open.pop(); holder !== undefined; holder = open.pop()) {
    for (const [key, value] of asRecord(holder.get('dependencies'))) {
      const entry = asRecord(value);
      open.push(entry);
      const [, name = key, aliased] = /^npm:(@?[^@]+)@(.*)$/.exec(asText(entry.get('version')) ?? '') ?? [];
      const read = aliased === undefined ? entry : new Map([...entry, ['version', aliased]]);
      if (entry.get('bundled') !== true && isFromRegistry(name, read))
        yield { name, at: `${JSON.stringify(key)}: {`, needs: () => askedNames(entry, ['requires']) };
    }
  }
}

function isFromRegistry(name: string, entry: Members): boolean {
  if (!version.test(asText(entry.get('version')) ?? '')) return false;
  const resolved = entry.get('resolved');
  return resolved === undefined || packageOfTarball(asText(resolved) ?? '') === name;
}
