import { posix } from 'node:path';
import { npm } from '../../../ecosystems/npm/names.ts';
import type { Package } from '../../../model/package.ts';
import type { ImportKind, Origin } from '../../../model/reference.ts';

/**
 * @returns The part of a bare specifier that names the package: `@s/n` of `@s/n/sub`, and `b` of `a/../b`.
 */
export function packagePart(specifier: string): string {
  const [first = '', second] = withoutDots(specifier).split('/', 2);
  return first.startsWith('@') && second !== undefined ? `${first}/${second}` : first;
}

/**
 * Node joins a specifier to a `node_modules` folder, so that `..` leads from one package into another; for
 * an ES module it is a URL first, where `%2e` is a dot (https://url.spec.whatwg.org/#double-dot-path-segment).
 */
export function withoutDots(specifier: string): string {
  const decodedSpecifier = specifier.replace(/%2e/gi, '.');
  return /(?:^|\/)\.{1,2}(?:\/|$)/.test(decodedSpecifier) ? posix.normalize(decodedSpecifier) : specifier;
}

/**
 * Could a bare specifier mean an npm package? A leading `~` is allowed by the registry's old grammar and
 * used by no package, but by many projects as an alias.
 */
export function namesPackage(specifier: string): boolean {
  const name = packagePart(specifier);
  return npm.valid(name) && !name.startsWith('~');
}

/**
 * Does a specifier look like a package although none can bear its name? Letters of another script read like those of a
 * name that everybody knows, and no alias is written with them.
 */
export function looksLikePackage(specifier: string): boolean {
  return /^(?:@[\p{L}\p{N}._-]+\/)?\p{L}[\p{L}\p{N}._-]*$/u.test(packagePart(specifier));
}

/**
 * @param name A package's name, with or without a subpath, or what is written where one is expected.
 * @param kind How it is imported; types may also come from the package that DefinitelyTyped has for it. null
 *   where it is not known.
 * @returns The package, or `unknown` where the name can't be one.
 */
export function originOfName(name: string, kind: ImportKind | null): Origin {
  if (!namesPackage(name)) return { kind: 'unknown', reason: `“${name}” is not a package name` };
  return originOfPackages([packagePart(name)], kind);
}

/**
 * @param names Packages any of which provides the module, the likeliest first.
 * @returns The first as the package and the others as its alternatives.
 */
export function originOfPackages(
  names: readonly [string, ...(readonly string[])],
  kind: ImportKind | null,
): Origin {
  const [name, ...alternatives] = names;
  if (kind !== 'type') return packageOrigin(name, alternatives);
  // `/// <reference types="node" />` means the types of Node, not the package called node.
  if (name === 'node') return packageOrigin('@types/node', []);
  return packageOrigin(name, [
    ...alternatives,
    ...names.flatMap((packageName) => typesOf(packageName) ?? []),
  ]);
}

/**
 * @param imports What the whitelist says of modules.
 * @returns The packages of exactly this name, or that provide a module of this name.
 */
export function packagesNamed(
  specifier: string,
  imports: ReadonlyMap<string, readonly string[]>,
): readonly Package[] {
  const named = namesPackage(specifier) && packagePart(specifier) === specifier ? [specifier] : [];
  return (imports.get(specifier) ?? named).map(npmPackage);
}

function packageOrigin(name: string, alternatives: readonly string[]): Origin {
  return { kind: 'package', package: npmPackage(name), alternatives: alternatives.map(npmPackage) };
}

function npmPackage(name: string): Package {
  return { ecosystem: npm.id, name: npm.canonical(name) };
}

/**
 * @returns The package that holds the types of another where that has none itself; undefined for a types
 *   package. https://github.com/DefinitelyTyped/DefinitelyTyped#what-about-scoped-packages
 */
function typesOf(name: string): string | undefined {
  if (name.startsWith('@types/')) return undefined;
  return `@types/${name.startsWith('@') ? name.slice(1).replace('/', '__') : name}`;
}
