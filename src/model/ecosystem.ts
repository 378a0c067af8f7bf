import type { EcosystemId } from './package.ts';

/** How one packaging ecosystem names its packages. */
export interface Ecosystem {
  /** Also the package-URL type. */
  readonly id: EcosystemId;
  /** What people call its registry. */
  readonly title: string;
  /** The spelling in which two names of the same package are equal. */
  canonical(name: string): string;
  /** Could the registry hold a package of this name? */
  valid(name: string): boolean;
  /** Can a dependency line give its package another name, under which programs import it? */
  readonly aliases: boolean;
  /** The scope of a name with its `@`, or null; `@scope/*` is the only pattern in a whitelist. */
  scopeOf(name: string): string | null;
}
