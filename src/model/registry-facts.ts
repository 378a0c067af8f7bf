import type { Fact } from './evidence.ts';
import type { Package } from './package.ts';

/** What a registry tells of a package that it serves, distilled. Texts are those of the registry, unescaped. */
export interface PackageFacts {
  /** When the first version was published (ISO 8601, UTC). */
  readonly created: Fact<string>;
  /** How many versions there are; `exact` is false where it is a lower bound. */
  readonly versions: { readonly count: number; readonly exact: boolean } | null;
  readonly latest: string | null;
  /**
   * When the commit of the latest version was made (ISO 8601, UTC), as its author’s clock told, so that it proves nothing.
   * Left out where registries date what they serve themselves.
   */
  readonly latestCommit?: string | undefined;
  /** What the maintainers say instead of "use this". */
  readonly deprecated: string | null;
  /** PEP 792; npm's packages are always `active`. */
  readonly status: 'active' | 'archived' | 'deprecated' | 'quarantined';
  /** The registry's own stand-in for a package that it removed: every version ends in `-security`. */
  readonly isSecurityHolding: boolean;
  /** Only the latest version ends in `-security`. */
  readonly latestIsSecurityHolding: boolean;
  /** The latest version runs a script when it is installed. */
  readonly installScripts: boolean | null;
  readonly repository: string | null;
  /** Accounts that may publish. */
  readonly owners: readonly string[];
  /** The latest version carries a provenance attestation. */
  readonly attested: boolean | null;
  /** Every file was yanked (PEP 592). */
  readonly yanked: boolean;
}

/** What the registry that a name belongs to says about it. Times are ISO 8601, UTC. */
export type Answer =
  | {
      readonly kind: 'present';
      readonly facts: PackageFacts;
      readonly asOf: string;
      /** An earlier day on which this tool saw that the name did not exist. */
      readonly absentOn: string | null;
    }
  | { readonly kind: 'absent'; readonly asOf: string }
  | { readonly kind: 'withdrawn'; readonly on: string | null; readonly asOf: string }
  | { readonly kind: 'unknown'; readonly reason: string; readonly isHidden?: boolean }
  | { readonly kind: 'notAsked'; readonly reason: string };

/**
 * How names are compared: `narrow` finds what can be taken for another name, `generous` also what is spelled alike or is a
 * part of it.
 */
export type Comparison = 'narrow' | 'generous';

/** A known name that another one looks like, and by which comparison. */
export interface Imitation {
  readonly target: Package;
  readonly why: string;
  readonly comparison: Comparison;
}

/** Everything that grades an unapproved package. */
export interface LookupFacts {
  readonly answer: Answer;
  /** Reports of malware that cover the whole package. */
  readonly malware: Fact<readonly string[]>;
  /** Does the distribution provide the module that is imported? */
  readonly provides: Fact<boolean>;
  /** The known name that this one looks like, and what its registry says of that one. */
  readonly imitation: (Imitation & { readonly answer: Answer }) | null;
  /** Does one of its modules bear its name, or a part of that? Null where nobody looked, or it has none. */
  readonly hasOwnModule: boolean | null;
  /** The name is on the list of well-known ones: it is in real use. */
  readonly wellKnown: boolean;
}
