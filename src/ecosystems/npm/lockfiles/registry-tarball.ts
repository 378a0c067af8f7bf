/**
 * The version of a package that comes from a registry (https://semver.org/#backusnaur-form-grammar-for-valid-semver-versions):
 * where a lockfile has a URL, a path or a git reference in its place, the package comes from there.
 */
export const version = /^\d+\.\d+\.\d+(?:[-+][\w.+-]*)?$/;

/**
 * Reads the address of a tarball. Registries serve `/<name>/-/<name without scope>-<version>.tgz`, under any host and
 * folder (https://github.com/pnpm/get-npm-tarball-url); some repeat the scope before the file's name
 * (https://docs.gitlab.com/api/packages/npm/), or encode the slash behind it.
 *
 * @returns The package, or undefined where the address is no such one: an archive of a git host, a download.
 */
export function packageOfTarball(url: string): string | undefined {
  const [, path] = /^https?:\/\/[^/?#]+\/([^?#]*)/i.exec(url) ?? [];
  if (path === undefined) return undefined;
  const decoded = path.replace(/%(?:25)?40/g, '@').replace(/%(?:25)?2f/gi, '/');
  const dash = decoded.lastIndexOf('/-/');
  if (dash === -1) return undefined;
  const [scope = '', base = ''] = ['', ...decoded.slice(0, dash).split('/')].slice(-2);
  const file = decoded.slice(dash + 3).replace(/^@[^/]+\//, '');
  if (!file.startsWith(`${base}-`) || !file.endsWith('.tgz')) return undefined;
  if (!version.test(file.slice(base.length + 1, -'.tgz'.length))) return undefined;
  return scope.startsWith('@') ? `${scope}/${base}` : base;
}

/** @returns The name in `name@1.2.3`, `@scope/name@1.2.3`; undefined where no version stands behind the name. */
export function nameOfIdentity(identity: string): string | undefined {
  const at = identity.indexOf('@', 1);
  return at !== -1 && version.test(identity.slice(at + 1)) ? identity.slice(0, at) : undefined;
}
