import { findEcosystem, packageOf } from '../ecosystems/index.ts';
import type { ForeignSource } from '../model/finding.ts';
import type { Dependency, ManifestFormat, RegistryLine } from '../model/manifest.ts';
import { packageLabel, type Package } from '../model/package.ts';
import type { Span } from '../model/text.ts';
import { importName } from '../declarations/dependency-line.ts';
import { quotable } from '../text/escape.ts';
import type { LineIndex } from '../text/lines.ts';

/** A manifest, and its text by lines. */
export interface ManifestLines {
  readonly path: string;
  readonly format: ManifestFormat;
  readonly lines: LineIndex;
}

/** @returns What a dependency line takes from elsewhere than its registry; undefined for one that does not. */
export function foreignDependency(dependency: Dependency, file: ManifestLines): ForeignSource | undefined {
  const { source, ecosystem, name, specifier, span } = dependency;
  if (source.kind !== 'foreign') return undefined;
  const named = namedBy(dependency);
  return {
    ...placeOf(span, file),
    ecosystem,
    package: name === null ? null : packageOf(ecosystem, name),
    named,
    specifier,
    what: source.what,
    value: source.value,
    approval:
      named !== null && quotable(source.value)
        ? `approve ${packageLabel(named)} --source "${source.value}" --reason "…"`
        : null,
  };
}

/** @returns What a line about a registry changes for every package, or for those of a scope. */
export function foreignRegistry({ what, value, span }: RegistryLine, file: ManifestLines): ForeignSource {
  return {
    ...placeOf(span, file),
    ecosystem: file.format.ecosystem,
    package: null,
    named: null,
    specifier: 'every package',
    what,
    value,
    approval: null,
  };
}

function placeOf(
  span: Span,
  { path, format, lines }: ManifestLines,
): Pick<ForeignSource, 'file' | 'language' | 'place' | 'excerpt'> {
  const place = lines.place(span);
  return { file: path, language: format.id, place, excerpt: lines.excerpt(place.line) };
}

/** A URL or path alone names no package, unless it stands under the name that programs import. */
function namedBy(dependency: Dependency): Package | null {
  const ecosystem = findEcosystem(dependency.ecosystem);
  const name = importName(dependency);
  if (ecosystem?.valid(name) !== true || (dependency.name === null && !ecosystem.aliases)) return null;
  return packageOf(ecosystem.id, name);
}
