import type { LockedEntry } from '../../shared/lockfile-format.ts';
import { blocksOf, linesOf, type Line } from '../../shared/lockfile-lines.ts';
import { askedName, broughtKinds } from './dependency-names.ts';
import { nameOfIdentity, packageOfTarball } from './registry-tarball.ts';

/**
 * Reads yarn.lock of Yarn 1 (https://classic.yarnpkg.com/lang/en/docs/yarn-lock/) and of all later ones
 * (https://github.com/yarnpkg/berry/blob/master/packages/yarnpkg-core/sources/Project.ts).
 */
export function readYarnLock(text: string): Iterable<LockedEntry> | null {
  if (/^__metadata:/m.test(text)) return resolutions(text);
  return /^# yarn lockfile v1\s*$/m.test(text) ? tarballs(text) : null;
}

/** In Yarn 1, an entry says for what it was resolved, and from which address. */
function* tarballs(text: string): Generator<LockedEntry> {
  for (const { header, body } of blocksOf(linesOf(text, 4), 0)) {
    const name = packageOfTarball(valueOf(body, 'resolved '));
    const patterns = header.text.slice(0, -1).split(',');
    if (name !== undefined && patterns.some((pattern) => asksForVersion(pattern, name)))
      yield { name, at: header.start, needs: () => needsOf(body) };
  }
}

/** A pattern is `name@range` or `alias@npm:name@range`. In place of a range, only addresses and paths hold `:` or `/`. */
function asksForVersion(pattern: string, name: string): boolean {
  const bare = unquoted(pattern.trim());
  const alias = bare.indexOf('@npm:');
  const target = alias === -1 ? bare : bare.slice(alias + '@npm:'.length);
  if (target === name) return true;
  return target.startsWith(`${name}@`) && !/[:/]/.test(target.slice(name.length + 1));
}

/** Since Yarn 2, an entry says what it was resolved to: `name@npm:1.2.3`, and its address where it is not the usual one. */
function* resolutions(text: string): Generator<LockedEntry> {
  for (const { header, body } of blocksOf(linesOf(text, 4), 0)) {
    const [identity = '', bindings = ''] = valueOf(body, 'resolution: ').split('::', 2);
    const name = identity.includes('@npm:') ? nameOfIdentity(identity.replace('@npm:', '@')) : undefined;
    const address = new URLSearchParams(bindings).get('__archiveUrl');
    if (name !== undefined && (address === null || packageOfTarball(address) === name))
      yield { name, at: header.start, needs: () => needsOf(body) };
  }
}

/** Below the name of a kind: `name "^1.0.0"` in Yarn 1, `name: "npm:^1.0.0"` later, with quotes around names in scopes. */
function* needsOf(body: readonly Line[]): Generator<string> {
  for (const { header, body: lines } of blocksOf(body, 2)) {
    if (!broughtKinds.some((kind) => header.text === `  ${kind}:`)) continue;
    for (const { text } of lines) {
      const [, key, range] = /^ {4}"?([^\s":]+)"?:? "?([^"]*)"?$/.exec(text) ?? [];
      const name = key !== undefined && range !== undefined ? askedName(key, range) : undefined;
      if (name !== undefined) yield name;
    }
  }
}

function valueOf(body: readonly Line[], field: string): string {
  const line = body.find(({ text, indent }) => indent === 2 && text.startsWith(field, 2));
  return line === undefined ? '' : unquoted(line.text.slice(2 + field.length));
}

function unquoted(text: string): string {
  return text.replace(/^"|"$/g, '');
}
