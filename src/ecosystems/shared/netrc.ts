import { join } from 'node:path';
import type { Credential, RegistrySettings, RegistrySource } from '../../model/registry.ts';
import { userFiles } from './registry-files.ts';
import { authorizationOf } from './registry-source.ts';

/** What a `.netrc` gives for one host. */
export interface NetrcLogin {
  readonly login: string;
  readonly password: string;
}

/**
 * Reads a `.netrc` as Python's `netrc` module does (https://docs.python.org/3/library/netrc.html). `default`, which would
 * go to whatever host a repository names, is left out, and so are macros.
 *
 * @returns The logins by host.
 */
export function readNetrc(text: string): ReadonlyMap<string, NetrcLogin> {
  const logins = new Map<string, NetrcLogin>();
  let host: string | null = null;
  const words = wordsOf(text);
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === 'machine') {
      host = words[(at += 1)]?.toLowerCase() ?? null;
      if (host !== null) logins.set(host, { login: '', password: '' });
    } else if (word === 'default') host = null;
    else if (word === 'login' || word === 'user' || word === 'password') {
      const value = words[(at += 1)] ?? '';
      const login = host === null ? undefined : logins.get(host);
      if (host !== null && login !== undefined)
        logins.set(host, { ...login, [word === 'password' ? 'password' : 'login']: value });
    } else if (word === 'account') at += 1;
  }
  return logins;
}

/** A macro ends at an empty line; a comment begins a word with `#`. */
function wordsOf(text: string): readonly string[] {
  const lines = text.replace(/^[ \t]*macdef\b(?:.*\n)+?(?:[ \t]*(?:\r?\n|$)|$)/gm, '\n').split(/\r?\n/);
  return lines.flatMap((line) => {
    const words = [...line.matchAll(/"((?:[^"\\]|\\.)*)"|\S+/g)];
    const comment = words.findIndex(([word]) => word.startsWith('#'));
    const tokens = comment < 0 ? words : words.slice(0, comment);
    return tokens.map(([word, quoted]) => quoted?.replace(/\\(.)/g, '$1') ?? word);
  });
}

/**
 * @param isOwn Do the user's own settings name this registry?
 * @returns The credentials that go to registries on the hosts of a `.netrc`: over HTTPS, and without it only to this
 *   machine, where its owner names the registry.
 */
export function netrcCredentials(
  logins: ReadonlyMap<string, NetrcLogin>,
  sources: readonly RegistrySource[],
  isOwn: (source: RegistrySource) => boolean,
): readonly Credential[] {
  return sources.flatMap((source) => {
    if (!URL.canParse(source.url)) return [];
    const { protocol, hostname, origin } = new URL(source.url);
    const entry = logins.get(hostname.toLowerCase());
    const isSafe = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname) && isOwn(source));
    if (entry === undefined || !isSafe) return [];
    const prefix = protocol === 'https:' ? `${origin}/` : `${source.url}/`;
    return [{ prefix, authorization: authorizationOf(entry.login, entry.password) }];
  });
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname);
}

/**
 * Programs look for a login in the file that `NETRC` names, else in `~/.netrc` and `~/_netrc`.
 *
 * @param sources Every registry that may be asked.
 * @param userSources Those that the user's own settings name.
 * @returns The credentials that the user's file has for the registries; none where there is no file.
 */
export async function credentialsOfNetrc(
  sources: readonly RegistrySource[],
  {
    userSources,
    machine: { environment, home },
    read,
  }: Pick<RegistrySettings, 'machine' | 'read'> & { readonly userSources: readonly RegistrySource[] },
): Promise<readonly Credential[]> {
  if (sources.length === 0) return [];
  const named = environment.get('NETRC');
  const paths = named === undefined ? [join(home, '.netrc'), join(home, '_netrc')] : [named];
  const [file] = await userFiles(paths, read);
  if (file === undefined) return [];
  const userUrls = new Set(userSources.map(({ url }) => url));
  return netrcCredentials(readNetrc(file.text), sources, ({ url }) => userUrls.has(url));
}
