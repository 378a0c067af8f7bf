import { entriesAt, select, textsAt, type Node } from '../../documents/document.ts';
import { readToml } from '../../documents/toml.ts';
import { readYaml } from '../../documents/yaml.ts';
import type { SettingsText } from '../shared/registry-files.ts';
import { trimSuffix } from '../../text/ends.ts';
import { classicRegistryOf, classicSettings } from './classic-yarnrc.ts';
import { expand, settingsOf, type NpmSettings } from './registry-settings.ts';

/** A setting in npm's own words: `@acme:registry` and its value. */
type Pair = readonly [string, string];

type Environment = ReadonlyMap<string, string>;

/** Reads the settings of Yarn 1 (https://classic.yarnpkg.com/en/docs/yarnrc). */
export async function readClassicYarnrc(file: SettingsText): Promise<NpmSettings> {
  const settings = await classicSettings(file.text);
  const pairs = settings.flatMap(({ key, value }): Pair[] => {
    const registry = classicRegistryOf(key);
    if (registry !== null)
      return [[registry.scope === undefined ? 'registry' : `${registry.scope}:registry`, value]];
    // https://classic.yarnpkg.com/en/docs/cli/install#toc-yarn-install-offline
    return /^--(?:[^.]+\.)?offline$/.test(key) && value === 'true' ? [['offline', 'true']] : [];
  });
  return settingsOf(pairs, file);
}

/**
 * Reads the settings of Yarn from version 2 on (https://yarnpkg.com/configuration/yarnrc#npmScopes). A token that stands
 * beside no address would go where another file leads the scope, so it is left out.
 */
export async function readYarnrc(file: SettingsText, environment: Environment): Promise<NpmSettings> {
  const { root } = await readYaml(file.text);
  const pairs: Pair[] = addressPairs(root, null, 'npmRegistryServer');
  for (const { key, value } of entriesAt(root, 'npmScopes')) {
    for (const pair of addressPairs(value, key.value, 'npmRegistryServer')) pairs.push(pair);
  }
  for (const { key, value } of entriesAt(root, 'npmRegistries'))
    for (const pair of loginPairs(value, key.value)) pairs.push(pair);
  // https://yarnpkg.com/configuration/yarnrc#enableNetwork
  if (textsAt(root, 'enableNetwork').some(({ value }) => isNo(value))) pairs.push(['offline', 'true']);
  return settingsOf(expanded(pairs, file, environment), file);
}

/** What the variables of Yarn from version 2 on say (https://yarnpkg.com/configuration/yarnrc). */
export function yarnEnvironment(environment: Environment): NpmSettings {
  const registry = environment.get('YARN_NPM_REGISTRY_SERVER') ?? '';
  const pairs: Pair[] = [
    ...(registry === '' ? [] : [['registry', registry] as const]),
    ...(isNo(environment.get('YARN_ENABLE_NETWORK') ?? '') ? [['offline', 'true'] as const] : []),
  ];
  return settingsOf(pairs, { trust: 'user', from: 'the environment' });
}

/**
 * What the variables of Yarn 1 say, `yarn_registry` and `yarn_@acme:registry` in any case
 * (https://classic.yarnpkg.com/en/docs/envvars), and that of bun (https://bun.com/docs/runtime/env).
 */
export function otherEnvironment(environment: Environment): NpmSettings {
  const pairs = [...environment].flatMap(([name, value]): Pair[] => {
    const key = /^yarn_((?:@[^:]+:)?registry)$/i.exec(name)?.[1]?.toLowerCase().replaceAll('_', '-');
    if (value === '' || (key === undefined && name !== 'BUN_CONFIG_REGISTRY')) return [];
    return [[key ?? 'registry', value]];
  });
  return settingsOf(pairs, { trust: 'user', from: 'the environment' });
}

/** Reads bun's settings (https://bun.com/docs/runtime/bunfig#install-registry). */
export async function readBunfig(file: SettingsText, environment: Environment): Promise<NpmSettings> {
  const { root } = await readToml(file.text);
  const pairs: Pair[] = select(root, 'install', 'registry').flatMap((node) =>
    addressPairs(node, null, 'url'),
  );
  for (const { key, value } of entriesAt(root, 'install', 'scopes')) {
    for (const pair of addressPairs(value, key.value, 'url')) pairs.push(pair);
  }
  return settingsOf(expanded(pairs, file, environment), file);
}

/**
 * Reads what a pnpm workspace, or the user's `config.yaml`, says of registries
 * (https://pnpm.io/settings#registry--authentication-settings).
 */
export async function readPnpmSettings(file: SettingsText, environment: Environment): Promise<NpmSettings> {
  const { root } = await readYaml(file.text);
  const pairs: Pair[] = select(root, 'registry').flatMap((node) => addressPairs(node, null, 'url'));
  for (const { key, value } of entriesAt(root, 'registries')) {
    const scopes = value.kind === 'text' ? [key.value] : textsAt(value, 'scopes').map((scope) => scope.value);
    const address = value.kind === 'text' ? value.value : key.value;
    for (const scope of scopes) {
      const isMain = scope === 'default' || scope === '@';
      pairs.push([isMain ? 'registry' : `${atScope(scope)}:registry`, address]);
    }
  }
  // https://pnpm.io/cli/install#--offline
  if (textsAt(root, 'offline').some(({ value }) => /^true$/i.test(value))) pairs.push(['offline', 'true']);
  return settingsOf(expanded(pairs, file, environment), file);
}

/** An address alone, or in a table with the login that goes with it. */
function addressPairs(node: Node | undefined, scope: string | null, key: string): Pair[] {
  if (node === undefined) return [];
  const [address] = node.kind === 'table' ? textsAt(node, key) : textsAt(node);
  if (address === undefined) return [];
  const name = scope === null ? 'registry' : `${atScope(scope)}:registry`;
  return [[name, address.value], ...(node.kind === 'table' ? loginPairs(node, address.value) : [])];
}

function loginPairs(node: Node, address: string): readonly Pair[] {
  const prefix = `${trimSuffix(address.replace(/^https?:/i, ''), '/')}/`;
  const pairs: Pair[] = [];
  for (const { value } of [...textsAt(node, 'npmAuthToken'), ...textsAt(node, 'token')])
    pairs.push([`${prefix}:_authToken`, value]);
  for (const { value } of textsAt(node, 'npmAuthIdent')) {
    const isPlain = value.includes(':');
    pairs.push([`${prefix}:_auth`, isPlain ? Buffer.from(value).toString('base64') : value]);
  }
  const [[user], [password]] = [textsAt(node, 'username'), textsAt(node, 'password')];
  if (user !== undefined && password !== undefined) {
    pairs.push([`${prefix}:username`, user.value]);
    pairs.push([`${prefix}:_password`, Buffer.from(password.value).toString('base64')]);
  }
  return pairs;
}

/** Of the user's own files variables are expanded, also without braces, as bun has them. */
function expanded(
  pairs: readonly Pair[],
  { trust }: SettingsText,
  environment: Environment,
): readonly Pair[] {
  if (trust === 'repository') return pairs;
  return pairs.map(([key, value]) => {
    const whole = /^\$([A-Za-z_]\w*)$/.exec(value)?.[1];
    return [key, whole === undefined ? expand(value, environment) : (environment.get(whole) ?? value)];
  });
}

function atScope(scope: string): string {
  return scope.startsWith('@') ? scope : `@${scope}`;
}

/** Yarn's words for no: https://github.com/yarnpkg/berry/blob/master/packages/yarnpkg-core/sources/miscUtils.ts. */
function isNo(value: string): boolean {
  return /^(?:0|false)$/.test(value);
}
