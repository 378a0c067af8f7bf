import { entriesAt, select, textsAt, type Node } from '../../documents/document.ts';
import { readToml } from '../../documents/toml.ts';
import type { Credential, ProxySettings, RegistrySource, Trust } from '../../model/registry.ts';
import type { SettingsText } from '../shared/registry-files.ts';
import { sourceOf } from '../shared/registry-source.ts';
import { PUBLIC_INDEX, registryAddress } from './registry-address.ts';

/** What settings of Cargo say about where crates come from, of one file or of the environment. */
export interface CargoSettings {
  /** What crates.io is replaced with: the name of a registry. null where nothing is said. */
  readonly standIn: string | null;
  /** By `registryKey` of their names. */
  readonly registries: ReadonlyMap<string, RegistrySource>;
  /** What is sent to a registry, by `registryKey` of its name. */
  readonly tokens: ReadonlyMap<string, string>;
  /** Why nothing may be sent; false where something may, null where nothing is said. */
  readonly offline: string | false | null;
  readonly credentials: readonly Credential[];
  readonly network: ProxySettings;
  /** The path of a file with certificates. */
  readonly authorityFile: string | null;
}

const direct: ProxySettings = { proxy: null, httpsProxy: null, noProxy: null, authorities: [] };

/** @returns What the names of one registry have in common in files and in variables. */
export function registryKey(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}

/**
 * Reads a `config.toml` (https://doc.rust-lang.org/cargo/reference/config.html). Of a repository's file only registries
 * count, and what stands in for crates.io.
 */
export async function readConfig(file: SettingsText): Promise<CargoSettings> {
  const { root } = await readToml(file.text);
  const registries = new Map<string, RegistrySource>();
  const credentials: Credential[] = [];
  const add = (name: string, address: string): void => {
    const { source, credentials: ofUrl } = indexSource(address, file);
    registries.set(registryKey(name), source);
    for (const credential of ofUrl) credentials.push(credential);
  };
  for (const { key, value } of entriesAt(root, 'registries'))
    for (const index of textsAt(value, 'index')) add(key.value, index.value);
  for (const { key, value } of entriesAt(root, 'source'))
    for (const registry of textsAt(value, 'registry')) add(key.value, registry.value);
  const isOffline = select(root, 'net', 'offline')[0];
  const said = {
    standIn: standInOf(root),
    registries,
    offline: isOffline?.kind === 'other' ? offlineOf(isOffline.value === true, file.from) : null,
  };
  if (file.trust === 'repository')
    return { ...said, tokens: new Map(), credentials: [], network: direct, authorityFile: null };
  return {
    ...said,
    tokens: tokensIn(root),
    credentials,
    network: through(textsAt(root, 'http', 'proxy')[0]?.value),
    authorityFile: textsAt(root, 'http', 'cainfo')[0]?.value ?? null,
  };
}

/** Reads a `credentials.toml`, which has nothing but tokens. */
export async function readTokens({ text }: SettingsText): Promise<ReadonlyMap<string, string>> {
  return tokensIn((await readToml(text)).root);
}

/** The token of crates.io itself is for publishing, and its index is open to everybody. */
function tokensIn(root: Node | undefined): ReadonlyMap<string, string> {
  return new Map(
    entriesAt(root, 'registries').flatMap(({ key, value }) =>
      textsAt(value, 'token').map((token) => [registryKey(key.value), token.value] as const),
    ),
  );
}

/** @returns What `CARGO_…` variables say (https://doc.rust-lang.org/cargo/reference/config.html#environment-variables). */
export function cargoEnvironment(environment: ReadonlyMap<string, string>): CargoSettings {
  const named = { trust: 'user', from: 'the environment' } as const;
  const registries = new Map<string, RegistrySource>();
  const tokens = new Map<string, string>();
  const credentials: Credential[] = [];
  for (const [variable, value] of environment) {
    const [, name, part] = /^CARGO_REGISTRIES_(\w+)_(INDEX|TOKEN)$/.exec(variable) ?? [];
    if (name === undefined || value === '') continue;
    if (part === 'TOKEN') tokens.set(name, value);
    else {
      const { source, credentials: ofUrl } = indexSource(value, named);
      registries.set(name, source);
      for (const credential of ofUrl) credentials.push(credential);
    }
  }
  const offline = environment.get('CARGO_NET_OFFLINE');
  return {
    standIn: null,
    registries,
    tokens,
    offline: offline === undefined ? null : offlineOf(offline === 'true', 'CARGO_NET_OFFLINE'),
    credentials,
    network: through(environment.get('CARGO_HTTP_PROXY')),
    authorityFile: environment.get('CARGO_HTTP_CAINFO') ?? null,
  };
}

/**
 * Makes a source of the address of an index. One that is a git repository can't be asked for one name.
 *
 * @param address With `sparse+` before it, where it is one that can.
 */
export function indexSource(
  address: string,
  named: { readonly trust: Trust; readonly from: string },
): { readonly source: RegistrySource; readonly credentials: readonly Credential[] } {
  const isPublic = registryAddress(address) === null;
  const plain = isPublic ? PUBLIC_INDEX : address.trim().replace(/^(?:sparse|registry)\+/i, '');
  const { source, credentials } = sourceOf(plain, named);
  if (isPublic || /^\s*sparse\+/i.test(address)) return { source, credentials };
  const unusable = `${named.from} names ${source.url}, an index in git, which is not asked`;
  return { source: { ...source, unusable: source.unusable ?? unusable }, credentials: [] };
}

/**
 * Each source may be replaced by the next (https://doc.rust-lang.org/cargo/reference/source-replacement.html). That of crates.io
 * may have a registry of its own, which stands in its place without another name.
 */
function standInOf(root: Node | undefined): string | null {
  const passed = new Set<string>([PUBLIC_SOURCE]);
  let name: string = PUBLIC_SOURCE;
  for (;;) {
    const next: string | undefined = textsAt(root, 'source', name, 'replace-with')[0]?.value;
    if (next === undefined || passed.has(next)) break;
    passed.add(next);
    name = next;
  }
  const registries = textsAt(root, 'source', name, 'registry');
  const isReplaced =
    name !== PUBLIC_SOURCE || registries.some(({ value }) => registryAddress(value) !== null);
  return isReplaced ? name : null;
}

/** What settings call crates.io. */
const PUBLIC_SOURCE = 'crates-io';

function offlineOf(isOffline: boolean, from: string): string | false {
  return isOffline ? `offline in ${from} lets no registry be asked` : false;
}

/** Cargo takes a proxy without a scheme for one of HTTP. */
function through(proxy: string | undefined): ProxySettings {
  if (proxy === undefined || proxy === '') return direct;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
  return { ...direct, proxy: address, httpsProxy: address };
}
