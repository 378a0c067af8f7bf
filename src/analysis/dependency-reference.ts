import type { Dependency, ManifestFormat } from '../model/manifest.ts';
import type { Package } from '../model/package.ts';
import type { Reference } from '../model/reference.ts';
import type { LineIndex } from '../text/lines.ts';

/** A reference of a file, and the language that it is written in. */
export type FileReference = Reference & { readonly language: string; readonly isFirstAsked?: boolean };

/** A dependency line that asks a registry, as a reference to its package. */
export type DependencyReference = FileReference & {
  /** No line of a base asked a registry or an index for it: what a base declares is another package. */
  readonly isFirstAsked: boolean;
};

/** @returns What a line refers to, where it stands. */
export function dependencyReference(
  { specifier, optional, span }: Dependency,
  target: Package,
  file: { readonly format: ManifestFormat; readonly lines: LineIndex; readonly isFirstAsked: boolean },
): DependencyReference {
  const place = file.lines.place(span);
  return {
    language: file.format.id,
    isFirstAsked: file.isFirstAsked,
    kind: 'dependency',
    form: 'package',
    specifier,
    names: [],
    optional,
    approximate: false,
    place,
    excerpt: file.lines.excerpt(place.line),
    origin: { kind: 'package', package: target, alternatives: [] },
  };
}
