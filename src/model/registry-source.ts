import { trimSuffix } from '../text/ends.ts';

/**
 * Who says where packages come from. What the user's own files and environment say is trusted; what a
 * file of the repository says only chooses a registry: it names no credentials, is not expanded, and may
 * not lead into the machine or its network.
 */
export type Trust = 'user' | 'repository';

/** One registry or index, as a file or the environment names it. */
export interface RegistrySource {
  /** Without a slash at its end, user or password. */
  readonly url: string;
  readonly trust: Trust;
  /** The file or variable that names it, for messages. */
  readonly from: string;
  /** A reason why it can't be asked: a variable of a repository's file, which is not expanded. */
  readonly unusable: string | null;
}

/** What goes with requests to one part of one host. */
export interface Credential {
  /** `https://host/path/`; the scheme is that of the registry, or `//` for both. */
  readonly prefix: string;
  /** The value of the `Authorization` header. */
  readonly authorization: string;
}

/** Text between a URL's `//` and `@`: user and password. */
const userinfo = /^([a-z][a-z0-9+.-]*:\/\/)([^/@]*)@/i;

/**
 * Makes a source of a URL as written. Variables (`${NAME}`, and `$NAME` too, so that nobody has to know
 * which tool expands which) make a repository's source unusable.
 *
 * @returns The source and, from the user's own settings, the credentials that stand in the URL.
 */
export function sourceOf(
  written: string,
  named: { readonly trust: Trust; readonly from: string },
): { source: RegistrySource; credentials: Credential[] } {
  const url = trimSuffix(written.trim().replace(userinfo, '$1'), '/');
  const variable = /\$\{?[A-Za-z_][A-Za-z0-9_]*\}?/.exec(written)?.[0];
  if (named.trust === 'repository' && variable !== undefined) {
    const unusable = `${named.from} uses ${variable}, which is not expanded from a repository’s file: move that line to your own settings`;
    return { source: { ...named, url, unusable }, credentials: [] };
  }
  const source = { ...named, url, unusable: URL.canParse(url) ? null : `${named.from} names no URL` };
  const given = userinfo.exec(written.trim())?.[2];
  if (named.trust === 'repository' || given === undefined || given === '') return { source, credentials: [] };
  return { source, credentials: [{ prefix: `${url}/`, authorization: basic(given) }] };
}

/** The `Authorization` for `user:password` as it stands in a URL. */
function basic(given: string): string {
  const [user = '', password = ''] = given.split(/:(.*)/s).map(decode);
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
