import type { LockedEntry } from '../../shared/lockfile-format.ts';
import { foreignKeys } from './foreign-keys.ts';
import {
  isAddress,
  packageTables,
  textIn,
  valueLines,
  type PackageTable,
} from '../../shared/package-tables.ts';

/**
 * Reads uv.lock (https://docs.astral.sh/uv/concepts/resolution/#lockfile-versioning). Of the sources that it knows
 * (https://github.com/astral-sh/uv/blob/main/crates/uv-resolver/src/lock/mod.rs: registry, git, url, path, directory,
 * editable, virtual) only a registry with an address is one: without, it is a folder of files.
 */
export function readUvLock(text: string): Iterable<LockedEntry> | null {
  return /^version = 1\s*$/m.test(text)
    ? entries(text, { list: 'package', isFromRegistry: isFromIndex, needs: tableNames })
    : null;
}

function isFromIndex({ values }: PackageTable): boolean {
  return isAddress(values.get('source')?.replace(/^\{ *registry *= */, ''));
}

/**
 * Reads poetry.lock (https://github.com/python-poetry/poetry/blob/main/src/poetry/packages/locker.py). A package without
 * a source is of PyPI; one of another index has the type `legacy`.
 */
export function readPoetryLock(text: string): Iterable<LockedEntry> | null {
  const isFromRegistry = ({ values }: PackageTable) => {
    const [type, url] = [textIn(values.get('source.type')), values.get('source.url')];
    return type === undefined ? url === undefined : type === 'legacy' && isAddress(url);
  };
  return /^content-hash = /m.test(text)
    ? entries(text, { list: 'package', isFromRegistry, needs: keyNames })
    : null;
}

/** Reads pdm.lock (https://github.com/pdm-project/pdm/blob/main/src/pdm/models/repositories/lock.py). */
export function readPdmLock(text: string): Iterable<LockedEntry> | null {
  const isFromRegistry = ({ values }: PackageTable) => foreignKeys.every((key) => !values.has(key));
  return /^lock_version = /m.test(text)
    ? entries(text, { list: 'package', isFromRegistry, needs: requirementNames })
    : null;
}

/**
 * Reads pylock.toml (https://packaging.python.org/en/latest/specifications/pylock-toml/). Its index need not be named;
 * without one, the files of a package have addresses.
 */
export function readPylock(text: string): Iterable<LockedEntry> | null {
  const isFromRegistry = ({ values, lines }: PackageTable) =>
    [...values.keys()].every((key) => !/^(?:vcs|directory|archive)(?:\.|$)/.test(key)) &&
    lines.some((line) => /\b(?:index|url) *= *["']https?:\/\//.test(line.text));
  return /^lock-version *= *["']1\./m.test(text)
    ? entries(text, { list: 'packages', isFromRegistry, needs: tableNames })
    : null;
}

interface Form {
  readonly list: 'package' | 'packages';
  readonly isFromRegistry: (table: PackageTable) => boolean;
  /** The names that a package needs from an index. */
  readonly needs: (table: PackageTable) => Iterable<string>;
}

/** In uv.lock and pylock.toml each has a table, also what an extra brings: `{ name = "x", marker = "…" }`. */
function* tableNames(table: PackageTable): Generator<string> {
  for (const { key, text } of valueLines(table)) {
    if (key !== 'dependencies' && !key.startsWith('optional-dependencies.')) continue;
    for (const [, name = '', attributes = ''] of text.matchAll(
      /\{ *name *= *["']([^"'\\]+)["']([^{}]*(?:\{ *\w*)?)/g,
    ))
      if (!/\bsource *= *\{(?! *registry\b)/.test(attributes)) yield name;
  }
}

/** In poetry.lock each is a key. An optional one is of an extra, which nobody need have asked for. */
function* keyNames(table: PackageTable): Generator<string> {
  for (const { key, text } of valueLines(table)) {
    const isAsked = text !== '[' && !/\boptional *= *true\b|\b(?:git|url|path|file) *= */.test(text);
    if (key.startsWith('dependencies.') && isAsked) yield key.slice('dependencies.'.length);
  }
}

/** In pdm.lock each is a requirement with a line of its own. */
function* requirementNames(table: PackageTable): Generator<string> {
  for (const { key, text } of valueLines(table)) {
    const [, name, url] = /^\[? *["']([A-Za-z\d][\w.-]*)(?:\[[^\]]*\])? *(@?)/.exec(text) ?? [];
    if (key === 'dependencies' && name !== undefined && url === '') yield name;
  }
}

function* entries(text: string, { list, isFromRegistry, needs }: Form): Generator<LockedEntry> {
  for (const table of packageTables(text, list)) {
    const name = textIn(table.values.get('name'));
    const version = textIn(table.values.get('version'));
    if (name !== undefined && isFromRegistry(table))
      yield { name, at: table.at, version, needs: () => needs(table) };
  }
}
