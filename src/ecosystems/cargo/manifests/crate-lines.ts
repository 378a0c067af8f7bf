import {
  entriesAt,
  select,
  textsAt,
  type Entry,
  type Node,
  type TextNode,
} from '../../../documents/document.ts';
import type { DependencySource } from '../../../model/manifest.ts';
import { foldersFromHere, pathSource, repositorySource } from '../../shared/source-location.ts';
import { registryAddress } from '../registry-address.ts';

/** What a crate is for: a build script sees no crates but those that it has for itself. */
export type CrateKind = 'normal' | 'dev' | 'build';

/**
 * The table that a line stands in: one of a package; that of the workspace, which members take lines from; one that has a crate
 * replaced wherever it is asked for; or one of tools that are installed, and that no program names.
 */
export type CrateTable = CrateKind | 'shared' | 'replacement' | 'tool';

/** A line of a table of crates. */
export interface CrateLine {
  readonly table: CrateTable;
  /** The name that the package's own code has for the crate, with `-` as the line has it. */
  readonly key: TextNode;
  /** Where the line names the package: `package = "…"`, else the key. */
  readonly package: TextNode;
  readonly value: Node;
  readonly source: DependencySource;
  readonly optional: boolean;
  /** Its source, and its package, stand in the table of the workspace. */
  readonly inherits: boolean;
  /** The one version that it takes; null where it takes several. */
  readonly version: string | null;
}

/** https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html; the names with `_` hold up to edition 2021. */
const TABLES: readonly (readonly [name: string, kind: CrateKind])[] = [
  ['dependencies', 'normal'],
  ['dev-dependencies', 'dev'],
  ['dev_dependencies', 'dev'],
  ['build-dependencies', 'build'],
  ['build_dependencies', 'build'],
];

/** Where crates stand in a manifest, and for what. */
const PATHS: readonly (readonly [path: readonly string[], table: CrateTable])[] = [
  ...TABLES.flatMap(([name, kind]) => [[[name], kind] as const, [['target', '*', name], kind] as const]),
  [['workspace', 'dependencies'], 'shared'],
  // https://doc.rust-lang.org/cargo/reference/overriding-dependencies.html
  [['patch', '*'], 'replacement'],
  [['replace'], 'replacement'],
];

/** Tools that cargo-run-bin installs (https://github.com/dustinblackman/cargo-run-bin); others may have a table of the same name. */
const TOOL_PATHS: readonly (readonly string[])[] = [
  ['package', 'metadata', 'bin'],
  ['workspace', 'metadata', 'bin'],
];

/** @returns Every line of a manifest that names a crate. */
export function crateLines(root: Node | undefined): readonly CrateLine[] {
  const tools = TOOL_PATHS.flatMap((path) => entriesAt(root, ...path)).filter(
    ({ value }) => textsAt(value, 'version').length > 0,
  );
  return [
    ...PATHS.flatMap(([path, table]) => entriesAt(root, ...path).map((entry) => crateLine(entry, table))),
    ...tools.map((entry) => crateLine(entry, 'tool')),
  ];
}

/** @returns What stands in the place of a table of crates, or of a crate in one, and is none. */
export function wrongValues(root: Node | undefined): readonly Node[] {
  return PATHS.flatMap(([path]) => select(root, ...path)).flatMap((table) =>
    table.kind === 'table'
      ? table.entries.map(({ value }) => value).filter(({ kind }) => kind === 'other' || kind === 'list')
      : [table],
  );
}

function crateLine({ key, value }: Entry, table: CrateTable): CrateLine {
  const inherits = isTrue(value, 'workspace');
  const [version] = value.kind === 'text' ? [value] : textsAt(value, 'version');
  return {
    table,
    key,
    package: textsAt(value, 'package')[0] ?? key,
    value,
    source: inherits ? { kind: 'registry' } : sourceOf(value),
    optional: isTrue(value, 'optional'),
    inherits,
    version: /^=\s*(\d+\.\d+\.\d+(?:[+-][\w.+-]+)?)$/.exec(version?.value.trim() ?? '')?.[1] ?? null,
  };
}

/** A version beside a repository or a folder is for those who publish the crate. */
function sourceOf(value: Node): DependencySource {
  const [git] = textsAt(value, 'git');
  if (git !== undefined) return repositorySource('git', git.value);
  const [path] = textsAt(value, 'path');
  const [base] = textsAt(value, 'base');
  if (path !== undefined && base !== undefined) return basedSource(path.value, base.value);
  if (path !== undefined) return pathSource(path.value, foldersFromHere(path.value));
  const [index] = [...textsAt(value, 'registry-index'), ...textsAt(value, 'registry')];
  return index === undefined ? { kind: 'registry' } : registrySource(index.value);
}

/**
 * The path of a line with a base starts where settings of the machine say (https://doc.rust-lang.org/nightly/cargo/reference/unstable.html#path-bases);
 * `workspace` is the folder of the workspace, which nearly always is the root.
 */
function basedSource(path: string, base: string): DependencySource {
  return pathSource(`${base}/${path}`, base === 'workspace' ? [`/${path}`] : []);
}

/** @returns The source behind a registry, by the name that settings have for it, or by its address. */
export function registrySource(registry: string): DependencySource {
  const address = registryAddress(registry);
  return address === null
    ? { kind: 'registry' }
    : { kind: 'foreign', what: 'another registry', value: address, isIndex: true };
}

function isTrue(table: Node, key: string): boolean {
  return select(table, key).some((node) => node.kind === 'other' && node.value === true);
}
