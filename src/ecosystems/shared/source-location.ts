import type { DependencySource } from '../../model/manifest.ts';

type Foreign = Extract<DependencySource, { kind: 'foreign' }>;

/**
 * Names the source behind a location of Python packaging: `git+https://…@v1#egg=x`, `https://…/x.whl`,
 * `file:///…`, `./x` (https://pip.pypa.io/en/stable/topics/vcs-support/).
 */
export function pythonSource(location: string): Foreign {
  const [, system] = /^(git|hg|svn|bzr)\+/i.exec(location) ?? [];
  if (system !== undefined) {
    return repositorySource(system.toLowerCase(), withoutReference(location.slice(system.length + 1)));
  }
  if (/^(?:git|ssh):\/\//i.test(location)) return repositorySource('git', withoutReference(location));
  if (/^file:/i.test(location)) return foreign('a path', withoutFragment(location));
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(location)) return foreign('a URL', withoutFragment(location));
  return foreign('a path', location);
}

/** @returns A source with what is secret or no part of its identity removed from its location. */
export function foreign(what: string, location: string): Foreign {
  return { kind: 'foreign', what, value: withoutCredentials(location) };
}

/**
 * The source behind the address of a repository. Where the address alone could be that of an archive, it is told
 * apart as everybody writes it, `git+https://…`.
 *
 * @param system What stands before the `+`: `git`. @param address Without it, and without a reference.
 */
export function repositorySource(system: string, address: string): Foreign {
  const isGitAlone = system === 'git' && !/^(?!git:|ssh:)[a-z][a-z0-9+.-]*:\/\//i.test(address);
  return foreign(VERSION_CONTROL.get(system) ?? system, isGitAlone ? address : `${system}+${address}`);
}

/**
 * @returns A source as people copy it out of a manifest, in the form in which sources are compared and shown:
 * without credentials, and without a `#fragment` where it is a URL.
 */
export function comparableSource(text: string): string {
  const location = text.trim();
  return withoutCredentials(/^[a-z][a-z0-9+.-]+:/i.test(location) ? withoutFragment(location) : location);
}

/** Leaves out the user and the password of a URL: values are printed, and a token may be renewed. */
export function withoutCredentials(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1');
}

/** @returns The location up to its `#fragment`, which holds hashes, names and git references. */
export function withoutFragment(location: string): string {
  const [address = ''] = location.split('#', 1);
  return address;
}

const VERSION_CONTROL = new Map([
  ['git', 'git'],
  ['hg', 'Mercurial'],
  ['svn', 'Subversion'],
  ['bzr', 'Bazaar'],
]);

/** A branch, tag or commit stands after the last `@` of the path. */
function withoutReference(location: string): string {
  const address = withoutFragment(location);
  const authority = address.indexOf('://');
  const path = address.indexOf('/', authority === -1 ? 0 : authority + 3);
  const at = address.lastIndexOf('@');
  return path !== -1 && at > path ? address.slice(0, at) : address;
}
