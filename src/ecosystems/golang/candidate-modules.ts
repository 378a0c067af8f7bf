import { forges } from './forges.ts';

/** A major version is a part of a module's path: https://go.dev/ref/mod#major-version-suffixes */
const MAJOR_VERSION = /^v(?:[2-9]|[1-9]\d+)$/;

/** `gopkg.in/yaml.v3`, `gopkg.in/user/pkg.v1`: https://labix.org/gopkg.in */
const GOPKG = /^gopkg\.in\/(?:[^/]+\/)?[^/]+\.v\d+(?:-unstable)?(?=\/|$)/;

/** Modules have three parts to eight; more than these are not thought of, as a path costs the square of its parts. */
const MOST_PARTS = 32;

/**
 * The modules that an import path may lie in where no go.mod names one: only asking for each would tell. The one that its host's
 * repositories would have comes first, then all that the path begins with, the longest first. Where the first ends in a major
 * version, none that lacks it follows: another major version is another module.
 *
 * @param path `github.com/gorilla/mux/middleware`. One whose first part has no dot can be on no host, and is the module itself.
 * @returns Module paths; never empty.
 */
export function candidateModules(path: string): readonly [string, ...(readonly string[])] {
  const parts = path.split('/');
  const usual = usualModule(path, parts);
  const deepest = parts.slice(0, MOST_PARTS);
  const prefixes = deepest.map((_, at) => deepest.slice(0, deepest.length - at).join('/'));
  const isPossible = parts[0]?.includes('.') === true;
  const isMajor = MAJOR_VERSION.test(usual.slice(usual.lastIndexOf('/') + 1));
  const shortest = isMajor ? usual.length : 0;
  return [
    usual,
    ...(isPossible
      ? prefixes.filter((prefix) => prefix !== usual && prefix.includes('/') && prefix.length > shortest)
      : []),
  ];
}

function usualModule(path: string, parts: readonly string[]): string {
  const [host = ''] = parts;
  if (!host.includes('.')) return path;
  const [gopkg] = GOPKG.exec(path) ?? [];
  if (gopkg !== undefined) return gopkg;
  const length = Math.min(parts.length, usualLength(host, parts));
  const isMajor = MAJOR_VERSION.test(parts[length] ?? '');
  return parts.slice(0, isMajor ? length + 1 : length).join('/');
}

/** How many parts a module's path has without its major version. */
function usualLength(host: string, parts: readonly string[]): number {
  if (forges.includes(host)) return 3;
  // https://pkg.go.dev/golang.org/x
  if (host === 'golang.org' && parts[1] === 'x') return 3;
  // `k8s.io/v1/x`: a version alone names nothing.
  return /^v\d+$/.test(parts[1] ?? '') ? 3 : 2;
}
