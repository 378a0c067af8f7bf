import satisfies from 'semver/functions/satisfies.js';

/**
 * Does a range admit the version of a member of a workspace? Tags and URLs admit none. Of prereleases a package manager or
 * the other is stricter (https://github.com/npm/node-semver#prerelease-tags); a member without a version has the lowest.
 */
export function admits(range: string, version: string): boolean {
  return satisfies(version === '' ? '0.0.0' : version, range, { includePrerelease: true });
}
