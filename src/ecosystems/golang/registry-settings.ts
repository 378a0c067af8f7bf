import { isAbsolute, join, relative } from 'node:path';
import type { Credential, Machine, RegistrySettings, RegistrySource } from '../../model/registry.ts';
import { sourceOf } from '../shared/registry-source.ts';

/** A setting of the go command, and what messages call the place of it. */
export interface GoSetting {
  readonly value: string;
  readonly from: string;
  /** It stands in the environment, and not in a file. */
  readonly isVariable: boolean;
}

/** What the user says about where modules come from. */
export type GoSettings = ReadonlyMap<string, GoSetting>;

/** Variables that say where modules come from (https://go.dev/ref/mod#environment-variables). */
const NAMES = ['GOPROXY', 'GOPRIVATE', 'GONOPROXY', 'GONOSUMDB', 'GOAUTH'] as const;

/**
 * Reads what the go command reads, the strongest first: the environment, where an empty variable is none; the file that
 * `go env -w` writes; the one beside the go command itself (https://pkg.go.dev/cmd/go#hdr-Environment_variables). A file in
 * the repository that `GOENV` names is the repository's word: it may keep names back and names no proxy.
 */
export async function goSettings({
  machine,
  read,
  installation,
}: Pick<RegistrySettings, 'machine' | 'read' | 'installation'>): Promise<GoSettings> {
  const settings = new Map<string, GoSetting>();
  for (const name of NAMES) {
    const value = machine.environment.get(name) ?? '';
    if (value !== '') settings.set(name, { value, from: `${name} in the environment`, isVariable: true });
  }
  for (const path of settingsFiles(machine)) {
    const text = await read(path);
    if (text === null) continue;
    const isOwn = isAbsolute(path) && !isInside(path, installation?.root ?? null);
    for (const name of NAMES) {
      const value = valueIn(text, name);
      if (value === '' || settings.has(name) || (!isOwn && !name.startsWith('GONO') && name !== 'GOPRIVATE'))
        continue;
      settings.set(name, { value, from: `${name} in ${path}`, isVariable: false });
    }
  }
  return settings;
}

/** Lines are `NAME=value`, without quotes; of several the last one counts. */
function valueIn(text: string, name: string): string {
  const line = text.split(/\r?\n/).findLast((each) => each.startsWith(`${name}=`));
  return line?.slice(name.length + 1).trim() ?? '';
}

function isInside(path: string, root: string | null): boolean {
  if (root === null) return false;
  const way = relative(root, path);
  return !way.startsWith('..') && !isAbsolute(way);
}

/** https://pkg.go.dev/cmd/go#hdr-Environment_variables, https://pkg.go.dev/os#UserConfigDir, https://go.dev/doc/install */
function settingsFiles(machine: Machine): readonly string[] {
  const { environment, platform } = machine;
  const root =
    environment.get('GOROOT') ?? (platform === 'win32' ? String.raw`C:\Program Files\Go` : '/usr/local/go');
  const named = environment.get('GOENV') ?? '';
  const ownFile = named === '' ? join(configFolder(machine), 'go', 'env') : named;
  return [...(ownFile === 'off' ? [] : [ownFile]), join(root, 'go.env')];
}

function configFolder({ environment, home, platform }: Machine): string {
  if (platform === 'win32') return environment.get('APPDATA') ?? join(home, 'AppData', 'Roaming');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  const config = environment.get('XDG_CONFIG_HOME') ?? '';
  return config === '' ? join(home, '.config') : config;
}

/** The proxies of a `GOPROXY`, and the logins that stand in their addresses; or why it lets nobody be asked. */
export type ProxyList =
  | { readonly kind: 'proxies'; readonly main: RegistrySource; readonly credentials: readonly Credential[] }
  | { readonly kind: 'none'; readonly reason: string };

/**
 * Reads a list of proxies (https://go.dev/ref/mod#goproxy-protocol): behind a comma the next one is asked where there is no
 * such module, behind `|` after every failure. At `off` the list ends; at `direct` too, where modules come from their
 * repositories.
 */
export function readProxyList({ value, from }: GoSetting): ProxyList {
  const words = value.split(/([,|])/);
  const sources: RegistrySource[] = [];
  const credentials: Credential[][] = [];
  let end: string | null = null;
  for (let at = 0; at < words.length && end === null; at += 2) {
    const text = words[at]?.trim() ?? '';
    if (text === 'off' || text === 'direct') end = text;
    else if (text !== '') {
      const proxy = sourceOf(text, { trust: 'user', from });
      credentials.push(proxy.credentials);
      sources.push({ ...proxy.source, ...(words[at + 1] === '|' && { mayFail: true }) });
    }
  }
  const [first, ...next] = sources.map((source, at) =>
    end === 'direct' && at === sources.length - 1 ? { ...source, isIncomplete: true as const } : source,
  );
  if (first === undefined) return { kind: 'none', reason: unasked(end, from) };
  const main = next.length === 0 ? first : { ...first, next };
  return { kind: 'proxies', main, credentials: credentials.flat() };
}

function unasked(end: string | null, from: string): string {
  return end === 'direct'
    ? `${from} has modules taken from their repositories, without a proxy that could be asked`
    : `${from} lets no proxy be asked`;
}
