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

/**
 * @returns The package URL without a version: `pkg:npm/%40acme/ui`. A surrogate without a partner, which
 * no URL can hold, becomes U+FFFD.
 */
export function purl({ ecosystem, name }: Package): string {
  const wellFormed = name.replace(/\p{Cs}/gu, '\ufffd');
  return `pkg:${ecosystem}/${wellFormed.split('/').map(encodeURIComponent).join('/')}`;
}

/** @returns The package as people write it: `npm:@acme/ui`, `pypi:pillow`. */
export function packageLabel({ ecosystem, name }: Package): string {
  return `${ecosystem}:${name}`;
}
