import type { LockedEntry } from '../../shared/lockfile-format.ts';
import { blocksOf, linesOf, type Block, type Line } from '../../shared/lockfile-lines.ts';
import { broughtKinds } from './dependency-names.ts';
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
  let snapshots: ReturnType<typeof snapshotsIn> | undefined;
  // Each is taken once, so that a key which stands there again and again costs no more.
  const takeSnapshots = (identity: string) => {
    snapshots ??= snapshotsIn(text);
    const bodies = snapshots.get(identity) ?? [];
    snapshots.delete(identity);
    return bodies;
  };
  for (const { header, body } of blocksBelow(text, 'packages')) {
    const name = nameOfKey(header.text);
    if (name === undefined || !isFromRegistry(name, resolutionOf(body))) continue;
    const bodies = () => [body, ...takeSnapshots(identityOf(header.text))];
    yield { name, at: header.start, needs: () => bodies().flatMap((lines) => [...needsOf(lines)]) };
  }
}

function* blocksBelow(text: string, title: string): Generator<Block> {
  for (const section of blocksOf(linesOf(text, 6), 0))
    if (section.header.text === `${title}:`) yield* blocksOf(section.body, 2);
}

/** Since version 9, what a package needs stands apart from where it comes from, once for each set of peers. */
function snapshotsIn(text: string): Map<string, readonly (readonly Line[])[]> {
  const snapshots = new Map<string, (readonly Line[])[]>();
  for (const { header, body } of blocksBelow(text, 'snapshots')) {
    const identity = identityOf(header.text);
    const bodies = snapshots.get(identity) ?? [];
    bodies.push(body);
    snapshots.set(identity, bodies);
  }
  return snapshots;
}

/** The key of a package without its peers. */
function identityOf(line: string): string {
  return unquoted(line.slice(2, line.indexOf(':', line.lastIndexOf(')') + 1))).split('(', 1)[0] ?? '';
}

/** With what each was resolved to: a version, or the key of another name's package. */
function* needsOf(body: readonly Line[]): Generator<string> {
  for (const { header, body: lines } of blocksOf(body, 4)) {
    if (!broughtKinds.some((kind) => header.text === `    ${kind}:`)) continue;
    for (const { text } of lines) {
      const [key, value] = field(text);
      const [resolved = ''] = value.split(/[(_]/, 1);
      const name = version.test(resolved) ? unquoted(key) : nameOfKey(`  ${value}:`);
      if (name !== undefined) yield name;
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
