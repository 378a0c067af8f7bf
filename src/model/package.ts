/**
 * The id of a packaging ecosystem, which is also its package-URL type
 * (https://github.com/package-url/purl-spec): `npm`, `pypi`. The list lives in `src/ecosystems`.
 */
export type EcosystemId = string;

/** What a registry serves. `name` is in the ecosystem's canonical spelling: compare with `===`. */
export interface Package {
  readonly ecosystem: EcosystemId;
  readonly name: string;
}

/** @returns The package URL without a version: `pkg:npm/%40acme/ui`. */
export function purl({ ecosystem, name }: Package): string {
  return `pkg:${ecosystem}/${name.split('/').map(encodeURIComponent).join('/')}`;
}

/** @returns The package as people write it: `npm:@acme/ui`, `pypi:pillow`. */
export function display({ ecosystem, name }: Package): string {
  return `${ecosystem}:${name}`;
}
