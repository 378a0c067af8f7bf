import type { Credential, RegistrySource, Trust } from '../../model/registry.ts';
import { comparableAddress } from '../../text/addresses.ts';

/** Text between a URL's `//` and `@`: user and password. */
const userinfo = /^([a-z][a-z0-9+.-]*:\/\/)([^/@]*)@/i;

/**
 * Makes a source of a URL as written. Variables (`${NAME}`, and `$NAME` too, so that nobody has to know
 * which tool expands which) make a repository's source unusable.
 *
 * @returns The source and, from the user's own settings, the credentials that stand in the URL.
 */
export function sourceOf(
  rawUrl: string,
  named: { readonly trust: Trust; readonly from: string },
): { source: RegistrySource; credentials: Credential[] } {
  const url = comparableAddress(rawUrl.trim().replace(userinfo, '$1'));
  const variable = /\$(?:\{[A-Za-z_][^}]*\}?|[A-Za-z_]\w*)/.exec(rawUrl)?.[0];
  if (named.trust === 'repository' && variable !== undefined) {
    const unusable = `${named.from} uses ${variable}, which is not expanded from a repository’s file: move that line to your own settings`;
    return { source: { ...named, url, unusable }, credentials: [] };
  }
  const source = { ...named, url, unusable: URL.canParse(url) ? null : `${named.from} names no URL` };
  const userPassword = userinfo.exec(rawUrl.trim())?.[2];
  if (named.trust === 'repository' || userPassword === undefined || userPassword === '')
    return { source, credentials: [] };
  return { source, credentials: [{ prefix: `${url}/`, authorization: basic(userPassword) }] };
}

/** The `Authorization` for `user:password` as it stands in a URL. */
function basic(userPassword: string): string {
  const [user = '', password = ''] = userPassword.split(/:(.*)/s).map(decode);
  return authorizationOf(user, password);
}

/** @returns The value of the `Authorization` header for a user and a password. */
export function authorizationOf(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function decode(text: string): string {
  return /%(?![0-9a-f]{2})/i.test(text) ? text : decodeURIComponent(text);
}

/**
 * The `Authorization` that was given for a URL: the credential with the longest prefix that the URL
 * starts with.
 */
export function authorizationFor(url: URL, credentials: readonly Credential[]): string | null {
  const matching = credentials.filter(({ prefix }) => {
    const start = prefix.startsWith('//') ? `${url.protocol}${prefix}` : prefix;
    return URL.canParse(start) && isUnder(url, new URL(start));
  });
  const longest = matching.toSorted((left, right) => right.prefix.length - left.prefix.length)[0];
  return longest?.authorization ?? null;
}

function isUnder(url: URL, prefix: URL): boolean {
  const path = prefix.pathname.endsWith('/') ? prefix.pathname : `${prefix.pathname}/`;
  return url.origin === prefix.origin && `${url.pathname}/`.startsWith(path);
}
