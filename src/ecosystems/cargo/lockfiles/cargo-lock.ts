import type { LockedEntry } from '../../shared/lockfile-format.ts';
import { packageTables, textIn, valueLines, type PackageTable } from '../../shared/package-tables.ts';

/**
 * Reads Cargo.lock (https://github.com/rust-lang/cargo/blob/master/src/cargo/core/resolver/encode.rs). A package without a
 * source is one of the project; versions 1 and 2 of the format do not say which they are.
 */
export function readCargoLock(text: string): Iterable<LockedEntry> | null {
  if (!/^\[\[package\]\]/m.test(text)) return null;
  const version = /^version = (\d+)/m.exec(text)?.[1];
  return version === undefined || KNOWN.has(version) ? entries(text) : null;
}

/** Read on 2026-11-30. */
const KNOWN: ReadonlySet<string> = new Set(['3', '4']);

function* entries(text: string): Generator<LockedEntry> {
  for (const table of packageTables(text, 'package')) {
    const name = textIn(table.values.get('name'));
    const version = textIn(table.values.get('version'));
    const source = textIn(table.values.get('source')) ?? '';
    if (name !== undefined && isRegistry(source))
      yield { name, at: table.at, version, needs: () => neededNames(table) };
  }
}

function isRegistry(source: string): boolean {
  return /^(?:registry|sparse)\+/.test(source);
}

/** Each is a name, with a version where the file holds several, and with a source where that leaves a doubt. */
function* neededNames(table: PackageTable): Generator<string> {
  for (const { key, text } of valueLines(table)) {
    if (key !== 'dependencies') continue;
    for (const [, name = '', source] of text.matchAll(/"([^\s"\\]+)(?: [^\s"\\]+(?: \(([^()"\\]*)\))?)?"/g))
      if (source === undefined || isRegistry(source)) yield name;
  }
}
