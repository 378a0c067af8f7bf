import { readNpmIni } from '../../documents/npm-ini.ts';
import type { Credential, ProxySettings, RegistrySource, Trust } from '../../model/registry.ts';
import type { SettingsText } from '../shared/registry-files.ts';
import { sourceOf } from '../shared/registry-source.ts';

/** What npm's settings say about where packages come from, of one file or of the environment. */
export interface NpmSettings extends ProxySettings {
  readonly registry: RegistrySource | null;
  readonly scopes: ReadonlyMap<string, RegistrySource>;
  /** Why nothing may be sent; false where something may, left out where nothing is said. */
  readonly offline: string | false | undefined;
  readonly credentials: readonly Credential[];
  /** The path of a file with more certificates. */
  readonly authorityFile: string | null;
}

/**
 * Reads an npmrc (https://docs.npmjs.com/cli/v11/configuring-npm/npmrc). Of a repository's file only
 * `registry` and `@scope:registry` count: credentials, proxies, certificates and the places of further
 * files would let the repository reach what belongs to the user (CVE-2026-55180).
 *
 * @param environment For `${NAME}` in the user's own files; a name that is not set stays as it is.
 */
export function readNpmrc(file: SettingsText, environment: ReadonlyMap<string, string>): NpmSettings {
  const { trust, from } = file;
  const pairs = readNpmIni(file.text)
    .filter(({ section }) => section === null)
    .map((setting): [string, string] => {
      const [key, value] = [setting.key.value, setting.value?.value ?? 'true'];
      return trust === 'user' ? [expand(key, environment), expand(value, environment)] : [key, value];
    });
  return settingsOf(pairs, { trust, from });
}

/** Variables that set npm, and those that set pnpm alone (https://pnpm.io/settings). */
export type VariablePrefix = 'npm_config_' | 'pnpm_config_';

/**
 * What `npm_config_…` or `pnpm_config_…` variables say. npm sets the lower-case ones itself for what it runs, also from
 * the repository's npmrc and with variables expanded: inside npm (and npx, pnpm, yarn) they are not the user's word and
 * don't count. That nothing is to be asked counts whoever says it, since it can only withhold.
 */
export function npmEnvironment(
  environment: ReadonlyMap<string, string>,
  prefix: VariablePrefix = 'npm_config_',
): NpmSettings {
  const pairs = variablesOf(environment, prefix).flatMap(({ key, value, isOwn }): [string, string][] =>
    isOwn || (key === 'offline' && value !== 'false') ? [[key, value]] : [],
  );
  return settingsOf(pairs, { trust: 'user', from: 'the environment' });
}

/** A file of settings that a variable names in place of the usual one. */
export interface NamedFile {
  readonly path: string;
  /** It is the user's word that names the file. */
  readonly isOwn: boolean;
}

/**
 * The files that variables name in place of the usual ones (https://docs.npmjs.com/cli/v11/using-npm/config#userconfig).
 * Inside npm a lower-case variable may name a file of the repository: npm takes `userconfig` and `globalconfig` from a
 * project's `.npmrc` and hands them on, as Yarn 1 does. Read as the user's own, such a file could send what stands in
 * the environment to a registry of its choice. So it is not the user's.
 */
export function namedFiles(
  environment: ReadonlyMap<string, string>,
  prefix: VariablePrefix,
  keys: readonly string[],
): readonly NamedFile[] {
  return variablesOf(environment, prefix).flatMap(({ key, value, isOwn }) =>
    keys.includes(key) ? [{ path: value, isOwn }] : [],
  );
}

/** @returns Variables as settings, by their keys in files; `isOwn` where nobody but the user can have set them. */
function variablesOf(environment: ReadonlyMap<string, string>, prefix: VariablePrefix) {
  const isInsideNpm = ['npm_lifecycle_event', 'npm_command', 'npm_execpath'].some((name) =>
    environment.has(name),
  );
  return [...environment].flatMap(([name, value]) => {
    if (!name.toLowerCase().startsWith(prefix) || value === '') return [];
    const key = name.slice(prefix.length);
    const isName = key.startsWith('//') || key.startsWith('@');
    const isOwn = !isInsideNpm || !name.startsWith(prefix);
    return [{ key: isName ? key : key.toLowerCase().replaceAll('_', '-'), value, isOwn }];
  });
}

/** @returns What settings say in npm's own words, from whatever file. */
export function settingsOf(
  pairs: readonly (readonly [string, string])[],
  named: { readonly trust: Trust; readonly from: string },
): NpmSettings {
  const values = new Map(pairs);
  const scopes = new Map<string, RegistrySource>();
  const credentials: Credential[] = [];
  const add = (rawUrl: string): RegistrySource => {
    const { source, credentials: urlCredentials } = sourceOf(rawUrl, named);
    for (const credential of urlCredentials) credentials.push(credential);
    return source;
  };
  for (const [key, value] of pairs) {
    const scope = /^(@[^:]+):registry$/.exec(key)?.[1];
    if (scope !== undefined) scopes.set(scope, add(value));
  }
  const registryUrl = values.get('registry');
  const registry = registryUrl === undefined ? null : add(registryUrl);
  const offline = offlineOf(values.get('offline'), named.from);
  if (named.trust === 'repository') return { ...nothing, registry, scopes, offline };
  return {
    registry,
    scopes,
    offline,
    credentials: [...credentials, ...scopedCredentials(values)],
    proxy: option(values, 'proxy') ?? option(values, 'http-proxy'),
    httpsProxy: option(values, 'https-proxy'),
    noProxy: option(values, 'noproxy') ?? option(values, 'no-proxy'),
    authorities: pairs.filter(([key]) => key === 'ca').map(([, pem]) => pem.replaceAll('\\n', '\n')),
    authorityFile: option(values, 'cafile'),
  };
}

function offlineOf(value: string | undefined, from: string): string | false | undefined {
  if (value === undefined || value === '') return undefined;
  return value === 'false' ? false : `offline in ${from} lets no registry be asked`;
}

const nothing: NpmSettings = {
  registry: null,
  scopes: new Map(),
  offline: undefined,
  credentials: [],
  proxy: null,
  httpsProxy: null,
  noProxy: null,
  authorities: [],
  authorityFile: null,
};

/** Credentials belong to a host and path: `//host/path/:_authToken=…`, `:_auth=…`, `:username=… :_password=…`. */
function scopedCredentials(values: ReadonlyMap<string, string>): Credential[] {
  const credentials: Credential[] = [];
  for (const [key, value] of values) {
    const [, prefix, kind] = /^(\/\/.+?\/?):(_authToken|_auth|username)$/.exec(key) ?? [];
    if (prefix === undefined || value === '') continue;
    const place = prefix.endsWith('/') ? prefix : `${prefix}/`;
    if (kind === '_authToken') credentials.push({ prefix: place, authorization: `Bearer ${value}` });
    if (kind === '_auth') credentials.push({ prefix: place, authorization: `Basic ${value}` });
    const password = kind === 'username' ? values.get(`${prefix}:_password`) : undefined;
    if (password === undefined) continue;
    const plain = `${value}:${Buffer.from(password, 'base64').toString('utf8')}`;
    credentials.push({ prefix: place, authorization: `Basic ${Buffer.from(plain).toString('base64')}` });
  }
  return credentials;
}

function option(values: ReadonlyMap<string, string>, key: string): string | null {
  const value = values.get(key);
  return value === undefined || value === '' || value === 'null' || value === 'false' ? null : value;
}

/**
 * `${NAME}` and `${NAME?}` (empty where it is not set), as npm expands them: an odd number of backslashes makes text of it
 * (https://github.com/npm/cli/blob/v11.19.1/workspaces/config/lib/env-replace.js).
 */
export function expand(text: string, environment: ReadonlyMap<string, string>): string {
  return text.replace(/(?<!\\)(\\*)\$\{([^${}?]+)\??\}/g, (variable, escapes: string, name: string) => {
    if (escapes.length % 2 === 1) return variable.slice((escapes.length + 1) / 2);
    const value = environment.get(name) ?? (variable.endsWith('?}') ? '' : `\${${name}}`);
    return escapes.slice(escapes.length / 2) + value;
  });
}
