import {
  entriesAt,
  select,
  textsAt,
  type Node,
  type TextNode,
  type Tree,
} from '../../../documents/document.ts';
import type { Dependency, DependencySource, ManifestContents } from '../../../model/manifest.ts';
import type { ManifestBuilder } from '../../shared/manifest-builder.ts';
import { newManifest } from '../../shared/manifest-builder.ts';
import { pathSource, withoutCredentials } from '../../shared/source-location.ts';
import { cargo } from '../names.ts';
import { registryAddress } from '../registry-address.ts';
import { addCrates } from './cargo-toml.ts';

/**
 * Reads what Cargo's settings say of where crates come from (https://doc.rust-lang.org/cargo/reference/config.html): what
 * stands in for crates.io, registries that lines name, and what is put in the place of crates. They are those of a file, or of a
 * command.
 */
export function sourcesIn({ root, broken }: Tree): ManifestBuilder {
  const draft = newManifest(broken);
  const passed = addStandIn(draft, root);
  addOtherStandIns(draft, root, passed);
  for (const { key, value } of entriesAt(root, 'registries')) {
    for (const index of textsAt(value, 'index'))
      addRegistry(draft, index, { what: 'a registry', use: { kind: 'bound', name: key.value } });
  }
  for (const name of textsAt(root, 'registry', 'default')) addDefault(draft, name);
  addReplacements(draft, root);
  for (const path of [...textsAt(root, 'include'), ...textsAt(root, 'include', '[]', 'path')])
    (draft.further ??= []).push({ kind: 'settings', path: path.value, span: path.span });
  return draft;
}

interface NamedRegistry {
  readonly what: string;
  readonly use: NonNullable<ManifestContents['registries'][number]['registry']>['use'];
}

function addRegistry(draft: ManifestBuilder, { value, span }: TextNode, { what, use }: NamedRegistry): void {
  const address = registryAddress(value);
  if (address === null) draft.usualRegistries.push(use);
  else if (address !== '') draft.registries.push({ what, value: address, span, registry: { address, use } });
}

/** Where the repository has a copy of what it needs, or others keep one (https://doc.rust-lang.org/cargo/reference/source-replacement.html). */
const COPIES: readonly (readonly [key: string, what: string])[] = [
  ['directory', 'a folder of crates'],
  ['local-registry', 'a folder of crates'],
  ['git', 'a repository of crates'],
];

/**
 * `replace-with` leads from one source to the next; what crates.io is replaced with at the end serves every crate. A registry
 * of crates.io itself stands in its place too. Cargo joins the settings of all folders above: what replaces it may be said in
 * another file.
 *
 * @returns The sources on the way.
 */
function addStandIn(draft: ManifestBuilder, root: Node | undefined): ReadonlySet<string> {
  const passed = new Set<string>();
  let name: string | undefined = 'crates-io';
  let from: TextNode | undefined;
  while (name !== undefined && !passed.has(name)) {
    passed.add(name);
    const source: Node | undefined = select(root, 'source', name)[0];
    const addresses = addressesOf(root, name);
    for (const registry of addresses)
      addRegistry(draft, registry, { what: 'a registry in the place of crates.io', use: { kind: 'all' } });
    const copies = COPIES.flatMap(([key, what]) => textsAt(source, key).map((copy) => ({ what, copy })));
    for (const { what, copy } of copies)
      draft.registries.push({ what, value: withoutCredentials(copy.value), span: copy.span });
    const next: TextNode | undefined = textsAt(source, 'replace-with')[0];
    if (next === undefined && from !== undefined && addresses.length + copies.length === 0)
      draft.registries.push({
        what: 'a source in the place of crates.io',
        value: from.value,
        span: from.span,
      });
    from = next;
    name = next?.value;
  }
  return passed;
}

/** What is put in the place of a registry or repository that lines name: an approval of these holds for no other one. */
function addOtherStandIns(draft: ManifestBuilder, root: Node | undefined, passed: ReadonlySet<string>): void {
  for (const { key, value } of entriesAt(root, 'source')) {
    if (passed.has(key.value)) continue;
    for (const next of textsAt(value, 'replace-with')) {
      if (next.value === 'crates-io' || !passed.has(next.value))
        draft.registries.push({
          what: 'a source in the place of another',
          value: next.value,
          span: next.span,
        });
    }
  }
}

/** Of a source, or of a registry by the same name; what a registry by the name of crates.io has for it is not heard. */
function addressesOf(root: Node | undefined, name: string): readonly TextNode[] {
  const addresses = textsAt(root, 'source', name, 'registry');
  return addresses.length > 0 || name === 'crates-io'
    ? addresses
    : textsAt(root, 'registries', name, 'index');
}

/** `cargo install` and `cargo add` take crates from there. */
function addDefault(draft: ManifestBuilder, { value, span }: TextNode): void {
  if (registryAddress(value) !== null)
    draft.registries.push({ what: 'a registry for what is installed or added', value, span });
}

/** Paths start from the folder that `.cargo` is in. */
function addReplacements(draft: ManifestBuilder, root: Node | undefined): void {
  const crates = newManifest();
  addCrates(crates, root);
  for (const dependency of crates.dependencies)
    draft.dependencies.push({ ...dependency, source: fromOutside(dependency.source) });
  for (const flaw of crates.broken) draft.broken.push(flaw);
  for (const { value, span } of textsAt(root, 'paths')) {
    const dependency: Dependency = {
      ecosystem: cargo.id,
      name: null,
      specifier: value,
      source: fromOutside(pathSource(value, value.startsWith('/') ? [] : [value])),
      span,
      optional: false,
    };
    draft.dependencies.push(dependency);
  }
}

function fromOutside(source: DependencySource): DependencySource {
  return source.kind === 'foreign' && source.folders !== undefined
    ? { ...source, folders: source.folders.map((folder) => `../${folder}`) }
    : source;
}
