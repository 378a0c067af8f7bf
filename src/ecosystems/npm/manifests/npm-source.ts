import type { DependencySource } from '../../../model/manifest.ts';
import { nameBeforeVersion } from '../names.ts';
import {
  foldersFromHere,
  foreign,
  pathSource,
  repositorySource,
  withoutFragment,
} from '../../shared/source-location.ts';

/** What a dependency's value says: the package that is asked for, and where it comes from. */
export interface NpmTarget {
  readonly name: string;
  readonly source: DependencySource;
}

/**
 * Reads the value of a dependency as npm, pnpm, yarn and bun do
 * (https://docs.npmjs.com/cli/v11/using-npm/package-spec, https://yarnpkg.com/protocols,
 * https://pnpm.io/package-sources).
 *
 * @param name The key that the value stands under, which is the name that programs import.
 */
export function npmTarget(name: string, value: string): NpmTarget {
  const spec = value.trim();
  const [, protocol = '', selector = ''] = /^([a-z][a-z0-9+.-]*):(.*)$/is.exec(spec) ?? [];
  switch (protocol.toLowerCase()) {
    case '':
      return { name, source: sourceWithoutProtocol(spec) };
    case 'workspace':
      return { name, source: { kind: 'workspace' } };
    case 'catalog':
      return { name, source: { kind: 'registry' } };
    case 'npm':
      return aliasTarget(name, selector);
    case 'patch':
      return patchTarget(name, selector);
    case 'file':
    case 'link':
    case 'portal':
      return { name, source: ownOrPath(withoutFragment(selector)) };
    case 'http':
    case 'https':
      return { name, source: urlSource(spec) };
    case 'jsr':
      return { name, source: foreign('JSR', `jsr:${nameBeforeVersion(selector) ?? name}`) };
    case 'exec':
      return { name, source: foreign('a script', `exec:${selector}`) };
    default:
      return { name, source: otherProtocol(protocol, spec) };
  }
}

/** Hosts that npm knows by a protocol of their own, and that it takes for git under `https:` too. */
const GIT_HOSTS = new Set(['github', 'gitlab', 'bitbucket', 'gist']);
const GIT_SITES =
  /^https?:\/\/(?:[^/?#]*@)?(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org)\/[^/?#]+\/[^/?#]+\/?(?:#|$)/i;

/** A package may link to itself, to import itself by its name. */
function ownOrPath(path: string): DependencySource {
  return /^\.\/?$/.test(path) ? { kind: 'workspace' } : pathSource(fromHere(path), foldersFromHere(path));
}

/** `file:vendor/x` is a folder, `vendor/x` a repository on GitHub. */
function fromHere(path: string): string {
  return /^(?:[.~/\\]|[a-z]:)/i.test(path) ? path : `./${path}`;
}

function sourceWithoutProtocol(spec: string): DependencySource {
  if (/^(?:\.{0,2}|~)[/\\]|^\.{1,2}$|\.(?:tgz|tar\.gz|tar)$/i.test(spec))
    return pathSource(fromHere(spec), foldersFromHere(spec));
  if (/^[^@\s/]+@[^:/\s]+:/.test(spec)) return foreign('git', withoutFragment(spec));
  // `user/repository` is on GitHub. A scoped name can't stand alone as a value, and ranges hold no slash.
  if (/^[^@\s/][^\s/]*\/[^\s]+$/.test(spec)) return foreign('git', `github:${withoutFragment(spec)}`);
  return { kind: 'registry' };
}

function aliasTarget(name: string, spec: string): NpmTarget {
  const target = nameBeforeVersion(spec.trim());
  if (target === undefined || target === name) return { name, source: { kind: 'registry' } };
  return { name: target, source: foreign(`an alias of npm:${target}`, `npm:${target}`) };
}

/** `patch:name@npm%3A1.2.3#path`: a package with a patch of this repository; only the package matters here. */
function patchTarget(name: string, selector: string): NpmTarget {
  const patched = decoded(withoutFragment(selector));
  const at = patched.indexOf('@', 1);
  const target = at === -1 ? patched : patched.slice(0, at);
  const inner = npmTarget(target, at === -1 ? '' : patched.slice(at + 1));
  if (inner.name === name || inner.source.kind !== 'registry')
    return { name: inner.name, source: inner.source };
  return aliasTarget(name, inner.name);
}

function urlSource(spec: string): DependencySource {
  const url = withoutFragment(spec);
  return GIT_SITES.test(spec) || url.endsWith('.git') ? repositorySource('git', url) : foreign('a URL', url);
}

function otherProtocol(protocol: string, spec: string): DependencySource {
  const address = withoutFragment(spec);
  const lower = protocol.toLowerCase();
  if (GIT_HOSTS.has(lower)) return foreign('git', address);
  if (lower === 'git' || lower === 'ssh' || lower.startsWith('git+')) {
    return repositorySource('git', address.replace(/^git\+/i, ''));
  }
  if (/^[a-z]$/.test(lower)) return foreign('a path', spec);
  return foreign(`“${protocol}:”`, address);
}

function decoded(text: string): string {
  return text.replace(/%([0-7][0-9a-f])/gi, (_whole, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
