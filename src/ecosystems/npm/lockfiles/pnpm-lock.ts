import type { LockedEntry } from '../../shared/lockfile-format.ts';
import { blocksOf, linesOf, type Line } from '../../shared/lockfile-lines.ts';
import { nameOfIdentity, packageOfTarball, version } from './registry-tarball.ts';

/**
 * Reads pnpm-lock.yaml (https://github.com/pnpm/spec/tree/master/lockfile). The key of a package tells where it comes
 * from: `/name/1.2.3` (version 5), `/name@1.2.3` (6) and `name@1.2.3` (9) are of the registry, with the peers that it was
 * resolved for behind it; all others are of a git host, an archive, a folder, or a registry that is named there.
 */
export function readPnpmLock(text: string): Iterable<LockedEntry> | null {
  return /^lockfileVersion: *['"]?[569]\b/m.test(text) ? packages(text) : null;
}

function* packages(text: string): Generator<LockedEntry> {
  for (const section of blocksOf(linesOf(text, 6), 0)) {
    if (section.header.text !== 'packages:') continue;
    for (const { header, body } of blocksOf(section.body, 2)) {
      const name = nameOfKey(header.text);
      if (name !== undefined && isFromRegistry(name, resolutionOf(body))) yield { name, at: header.start };
    }
  }
}

function nameOfKey(line: string): string | undefined {
  if (!line.endsWith(':')) return undefined;
  const [path = ''] = unquoted(line.slice(2, -1)).split('(', 1);
  if (!path.startsWith('/')) return nameOfIdentity(path);
  const [, name, pinned = ''] = /^\/((?:@[^/]+\/)?[^/@]+)[/@]([^/_]+)(?:_.*)?$/.exec(path) ?? [];
  return version.test(pinned) ? name : undefined;
}

/** Fields by name. In one line, `resolution: {integrity: sha512-…}`, or one below the other. */
function resolutionOf(body: readonly Line[]): ReadonlyMap<string, string> {
  for (const { header, body: lines } of blocksOf(body, 4)) {
    const [key, value] = field(header.text);
    if (key !== 'resolution') continue;
    const fields = value.startsWith('{') ? value.slice(1, -1).split(',') : lines.map(({ text }) => text);
    return new Map(fields.map(field));
  }
  return new Map();
}

function field(text: string): readonly [string, string] {
  const colon = text.indexOf(':');
  return [text.slice(0, colon).trim(), unquoted(text.slice(colon + 1).trim())];
}

function unquoted(text: string): string {
  return text.replace(/^['"]|['"]$/g, '');
}

function isFromRegistry(name: string, resolution: ReadonlyMap<string, string>): boolean {
  const tarball = resolution.get('tarball');
  if (resolution.has('type')) return false;
  return tarball === undefined ? resolution.has('integrity') : packageOfTarball(tarball) === name;
}
