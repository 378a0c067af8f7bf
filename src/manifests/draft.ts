import type { Dependency, ManifestContents, RegistryLine } from '../model/manifest.ts';

/** The contents of a manifest while a format reads it. */
export interface Draft extends ManifestContents {
  defines: string | null;
  readonly dependencies: Dependency[];
  readonly registries: RegistryLine[];
  readonly includes: string[];
  readonly broken: { readonly message: string; readonly offset: number }[];
}

/** @returns Contents that declare nothing yet. */
export function emptyDraft(): Draft {
  return { defines: null, dependencies: [], registries: [], includes: [], broken: [] };
}
