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
  if (/^file:/i.test(location)) return pathSource(withoutFragment(location), pipFolders(location));
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(location)) return foreign('a URL', withoutFragment(location));
  return pathSource(location, pipFolders(location));
}

/**
 * @param folders Where the path may lead: relative to the manifest's folder, with `/` first to the repository's root.
 *   What means another folder on another machine (a home folder, a variable) or in another program (an escape) leads
 *   nowhere, and so does an absolute path.
 */
export function pathSource(location: string, folders: readonly string[]): Foreign {
  const plain = folders.filter((folder) => !/^\/?~|[\\%${}]/.test(folder));
  return plain.length === 0
    ? foreign('a path', location)
    : { ...foreign('a path', location), folders: plain };
}

/** @returns A path of a table as a folder, which starts from the manifest; none where it is absolute. */
export function foldersFromHere(path: string): readonly string[] {
  return path === '' || path.startsWith('/') ? [] : [path];
}

/**
 * pip takes paths from where it is started (https://pip.pypa.io/en/stable/cli/pip_install/#relative-paths): mostly the
 * root, else the manifest's folder. PDM and Hatch write the latter out
 * (https://pdm-project.org/en/latest/usage/dependency/#local-dependencies,
 * https://hatch.pypa.io/latest/config/context/#paths). Of fragments only `egg` leads to no other folder.
 */
function pipFolders(location: string): readonly string[] {
  const [, path = '', fragment = ''] = /^(?:file:)?([^#]*)(#.*)?$/is.exec(location) ?? [];
  if (!/^(?:#egg=[^&]*)?$/.test(fragment)) return [];
  const fromProject = /^(?:\/\/\/\$\{PROJECT_ROOT\}|\{root:uri\})\/(.*)$/s.exec(path)?.[1];
  const folders = foldersFromHere((fromProject ?? withoutStart(path)).replace(/\[[^[\]]*\]$/, ''));
  return fromProject === undefined ? folders.flatMap((folder) => [folder, `/${folder}`]) : folders;
}

/** @returns A path without what stands for the folder where a program is started, as the start of an address, too. */
function withoutStart(path: string): string {
  return path.replace(
    /^(?:\/\/(?:localhost\/?)?)?(?:\$\{PWD\}|\{(?:os\.getcwd|(?:pathlib\.)?Path\.cwd)\(\)\})\//,
    '',
  );
}

/** @returns A source with what is secret or no part of its identity removed from its location. */
export function foreign(what: string, location: string): Foreign {
  return { kind: 'foreign', what, value: withoutRevision(withoutCredentials(location)) };
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
  const address = /^[a-z][a-z0-9+.-]+:/i.test(location) ? withoutFragment(location) : location;
  return withoutRevision(withoutCredentials(address));
}

/**
 * @returns A web address without the commit or version that follows a package's name at its end, as hosts of builds and
 *   of modules write it: `https://pkg.pr.new/@nuxt/ui-pro@0f70402`, `https://esm.sh/react@19`.
 */
function withoutRevision(url: string): string {
  const [authority] = /^https?:\/\/[^/?#]+\//i.exec(url) ?? [];
  if (authority === undefined || url.includes('?')) return url;
  const name = Math.max(authority.length, url.lastIndexOf('/') + 1);
  const at = url.lastIndexOf('@');
  return at > name ? url.slice(0, at) : url;
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
