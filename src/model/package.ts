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
