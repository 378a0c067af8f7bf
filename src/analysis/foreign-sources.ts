import { findEcosystem, packageOf } from '../ecosystems/index.ts';
import type { ForeignSource } from '../model/finding.ts';
import type { Dependency, ManifestFormat, RegistryLine } from '../model/manifest.ts';
import type { EcosystemId, Package } from '../model/package.ts';
import type { Span } from '../model/text.ts';
import { importName } from '../declarations/dependency-line.ts';
import type { LineIndex } from '../text/lines.ts';

/** A manifest, and its text by lines. */
export interface ManifestLines {
  readonly path: string;
  readonly format: ManifestFormat;
  readonly lines: LineIndex;
}

/** Where a line stands. */
export type SourcePlace = Pick<ForeignSource, 'file' | 'language' | 'place' | 'excerpt'>;

/** @returns What a dependency line takes from elsewhere than its registry; undefined for one that does not. */
export function foreignDependency(dependency: Dependency, where: SourcePlace): ForeignSource | undefined {
  const { source, ecosystem, name, specifier } = dependency;
  if (source.kind !== 'foreign') return undefined;
  return {
    ...where,
    ecosystem,
    package: name === null ? null : packageOf(ecosystem, name),
    named: namedBy(dependency),
    specifier,
    cause: { kind: 'dependency', isIndex: source.isIndex === true },
    what: source.what,
    value: source.value,
  };
}

/** What is known of a line about a registry besides its text. */
export interface RegistryContext {
  readonly ecosystem: EcosystemId;
  /** The packages that the line takes from there, where these are some alone. */
  readonly served: readonly Package[];
  /** At the base the same index served what was bound to it alone. */
  readonly wasBound: boolean;
}

/** @returns What a line about a registry changes for every package, for those of a scope, or for what is bound to it. */
export function foreignRegistry(
  { what, value, registry }: RegistryLine,
  where: SourcePlace,
  { served, wasBound, ecosystem }: RegistryContext,
): ForeignSource {
  const use = registry?.use;
  const bound = served.map(({ name }) => name).join(', ');
  return {
    ...where,
    ecosystem,
    package: null,
    named: served,
    specifier: use?.kind === 'scope' ? `every package of ${use.scope}` : 'every package',
    cause: use?.kind === 'bound' ? { kind: 'bound', bound } : { kind: 'registry', wasBound },
    what,
    value: use?.kind === 'scope' ? (registry?.address ?? value) : value,
  };
}

/** Where in a manifest something stands, and that line. */
export function placeOf(span: Span, { path, format, lines }: ManifestLines): SourcePlace {
  const place = lines.place(span);
  return { file: path, language: format.id, place, excerpt: lines.excerpt(place.line) };
}

/** A URL or path alone names no package, unless it stands under the name that programs import. */
function namedBy(dependency: Dependency): readonly Package[] {
  const ecosystem = findEcosystem(dependency.ecosystem);
  const name = importName(dependency);
  if (ecosystem?.valid(name) !== true || (dependency.name === null && !ecosystem.aliases)) return [];
  return [packageOf(ecosystem.id, name)];
}
