import { partSpan, select, textsAt, type Node, type Tree } from '../../../documents/document.ts';
import { readToml, readTomlOrTemplate } from '../../../documents/toml.ts';
import type { Dependency, ManifestContents, TableSources } from '../../../model/manifest.ts';
import type { Span } from '../../../model/text.ts';
import type { ManifestBuilder } from '../../shared/manifest-builder.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { pathSource } from '../../shared/source-location.ts';
import { cargo } from '../names.ts';
import { crateLines, wrongValues, type CrateLine } from './crate-lines.ts';

/**
 * Reads Cargo.toml (https://doc.rust-lang.org/cargo/reference/manifest.html): the tables of crates, also those for a
 * target; what a workspace has for its members; what is put in the place of crates.
 */
export async function read(text: string): Promise<ManifestContents> {
  return contentsOf(await readTomlOrTemplate(text));
}

/** Reads the same from the text of a script, which no template engine makes. */
export async function readEmbedded(text: string): Promise<ManifestContents> {
  return contentsOf(await readToml(text));
}

function contentsOf({ root, broken }: Tree): ManifestContents {
  const draft = newManifest(broken);
  const [name] = [...textsAt(root, 'package', 'name'), ...textsAt(root, 'project', 'name')];
  draft.defines = name?.value ?? null;
  draft.tables = workspaceTables(root);
  addCrates(draft, root);
  return normalise(draft);
}

/** Adds the lines of every table of crates. */
export function addCrates(draft: ManifestBuilder, root: Node | undefined): void {
  for (const line of crateLines(root)) draft.dependencies.push(dependencyOf(line, draft.tables));
  for (const { span } of wrongValues(root))
    draft.broken.push({
      message: 'expected a version, or a table that says where the crate comes from',
      offset: span.start,
    });
}

/**
 * A workspace that is a package too has lines of its own that inherit. Where a package says where its workspace is, such lines
 * come from there: what stands outside of the project nobody sees.
 */
function dependencyOf(line: CrateLine, tables: TableSources | null): Dependency {
  const { key, version, optional, table } = line;
  const part = table === 'replacement' ? namePart(key.value) : null;
  const specifier = part === null ? key.value : key.value.slice(part.start, part.end);
  const isNamed = line.package !== key;
  const root = line.inherits ? tables?.inherited?.get(key.value) : undefined;
  const workspace = line.inherits ? tables?.workspace : undefined;
  return {
    ecosystem: cargo.id,
    name: cargo.canonical(isNamed ? line.package.value : (root?.name ?? specifier)),
    specifier,
    source: root?.source ?? (workspace === undefined ? line.source : pathSource(workspace, [])),
    span: part === null ? key.span : partSpan(key, part),
    optional,
    ...(version !== null && { version }),
    ...(line.inherits && root === undefined && { isInherited: true }),
  };
}

/**
 * `[replace]` names a version as well, and may begin with an address: `"foo:0.1.0"`, `"https://…#foo@0.1.0"`
 * (https://doc.rust-lang.org/cargo/reference/pkgid-spec.html).
 */
function namePart(text: string): Span {
  const start = text.lastIndexOf('#') + 1;
  const length = text.slice(start).search(/[:@]/);
  return { start, end: length === -1 ? text.length : start + length };
}

/** What a manifest has for the members of its workspace; folders that it leaves out are no members, with all below them. */
function workspaceTables(root: Node | undefined): TableSources {
  const [workspace] = select(root, 'workspace');
  const members = textsAt(workspace, 'members').map(({ value }) => value);
  const left = textsAt(workspace, 'exclude').flatMap(({ value }) => [`!${value}`, `!${value}/**`]);
  const shared = crateLines(root).filter(({ table }) => table === 'shared');
  const [home] = [...textsAt(root, 'package', 'workspace'), ...textsAt(root, 'project', 'workspace')];
  return {
    sources: new Map(),
    indexes: new Map(),
    members: workspace === undefined ? null : [...members, ...left],
    ...(home !== undefined && { workspace: home.value }),
    inherited: new Map(
      shared.map((line) => [
        line.key.value,
        { name: cargo.canonical(line.package.value), source: line.source },
      ]),
    ),
  };
}
