import { findEcosystem } from '../ecosystems/index.ts';
import type { Dependency, DependencySource, RegistryLine } from '../model/manifest.ts';
import { comparableAddress } from '../text/addresses.ts';

/**
 * The name that a line makes importable: an alias makes it its own, not that of its target. Where there are no
 * aliases, a written name that differs is one of another registry: conda's `pytorch` is `torch`.
 */
export function importName({ ecosystem, name, specifier }: Dependency): string {
  const ecosystemDefinition = findEcosystem(ecosystem);
  return ecosystemDefinition?.aliases === false && name !== null
    ? name
    : (ecosystemDefinition?.canonical(specifier) ?? specifier);
}

/** @returns Whether a line asks a registry for one package under the name of another. */
export function isAlias(dependency: Dependency): boolean {
  const { source, name } = dependency;
  return (
    source.kind === 'foreign' && source.isIndex !== true && name !== null && importName(dependency) !== name
  );
}

/** @returns Whether a line asks the registry for a package; an alias does so for another one than the one that it names. */
export function asksRegistry(dependency: Dependency): boolean {
  return dependency.source.kind === 'registry' || isAlias(dependency);
}

/** @returns Whether a line names an index or a channel for its package. */
export function isFromIndex({ source, isConda }: Dependency): boolean {
  return source.kind === 'foreign' && (source.isIndex === true || isConda === true);
}

/** Under an alias programs import a package by one name, and the registry serves it by another. */
export function namesOf(dependency: Dependency): readonly string[] {
  const imported = importName(dependency);
  const { name } = dependency;
  return name === null || name === imported ? [imported] : [imported, name];
}

/** @returns What a package is looked up by: the same text for the same package. */
export function nameKey({ ecosystem, name }: Pick<Dependency, 'ecosystem' | 'name'>): string {
  return `${ecosystem}:${name ?? ''}`;
}

/** @returns What a line is looked up by: the same text for the same package, imported name and source. */
export function lineKey(dependency: Dependency): string {
  return [nameKey(dependency), importName(dependency), sourceKey(dependency.source)].join('\n');
}

function sourceKey(source: DependencySource): string {
  return source.kind === 'foreign' ? comparableAddress(source.value) : source.kind;
}

/**
 * @returns What a registry's line is known by. One for every package is not known by one that serves what is bound to it
 *   alone; a slash at the end of an address says nothing.
 */
export function registryKeys({ value, registry }: RegistryLine): readonly string[] {
  const [address = '', ...scope] = value.split(' ');
  const key = [comparableAddress(address), ...scope].join(' ');
  if (registry?.use.kind === 'bound') return [`bound ${key}`];
  const whole = registry?.use.kind === 'all' ? [`whole ${comparableAddress(registry.address)}`] : [];
  return [`any ${key}`, `bound ${key}`, ...whole];
}

/** @returns Whether a line names the registry of another one, for as much: what serves everything serves a scope. */
export function isKnownRegistry(line: RegistryLine, keys: ReadonlySet<string>): boolean {
  const [key = ''] = registryKeys(line);
  const { registry } = line;
  return (
    keys.has(key) || (registry !== undefined && keys.has(`whole ${comparableAddress(registry.address)}`))
  );
}
