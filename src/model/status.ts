import type { Package } from './package.ts';
import type { Reference, Use } from './reference.ts';
import type { NonEmpty } from './text.ts';

/** What a line of the whitelist decides, or wishes. */
export type EntryKind = 'approved' | 'denied' | 'baseline' | 'requested';

/**
 * One line of the whitelist: what was decided about a package (or, as `@acme/*`, about a whole scope),
 * by whom, when and why. Dates are `YYYY-MM-DD`, read as UTC.
 */
export interface Entry {
  readonly kind: EntryKind;
  readonly ecosystem: string;
  /** Canonical name, or a scope and `/*`. */
  readonly name: string;
  /** Modules that the distribution provides, where the shipped map doesn't know. */
  readonly imports: readonly string[];
  /**
   * The version of the distribution that showed `imports`, in an archive or installed: then they are all of its
   * modules. null where a person wrote them, who may have named some.
   */
  readonly importsOf: string | null;
  /** From where else than its registry manifests may take the package, as a finding shows it. */
  readonly source: string | null;
  /** Why; null in a baseline, which nobody decided. */
  readonly reason: string | null;
  readonly by: string | null;
  /** The day of the decision; of a baseline, the day on which the linter came. */
  readonly date: string | null;
  readonly expires: string | null;
  /** The package that is to be used instead of a denied one: `npm:undici`, or what else a person wrote there. */
  readonly use: string | null;
  /** The day on which the package's first version was published, as its registry told when it was approved. */
  readonly created: string | null;
  /** Where its sources are, as its registry told: `https://…`. */
  readonly repository: string | null;
  /** The grade in spite of which it was approved: `nonexistent`, `malicious`. */
  readonly despite: string | null;
  /** No registry had answered when this was approved. */
  readonly unverified: boolean;
  /** Who requested it before it was approved. */
  readonly requestedBy: string | null;
  /** The file that holds the entry, relative to the repository's root, and its 1-based line. */
  readonly file: string;
  readonly line: number;
}

/** @returns What is said of an approval that counts as a request where an answer is needed. */
export function unansweredText({ file, line }: Entry): string {
  return `its approval in ${file}:${String(line)} was written while no registry answered: approve it again with an answer`;
}

/** A dependency line of a manifest. */
export interface DeclarationPlace {
  readonly file: string;
  readonly line: number;
}

/** A place of a program that refers to a package. */
export interface UsePlace {
  readonly file: string;
  /** 1-based; in a notebook, within the cell. */
  readonly line: number;
}

/** What was decided about a package, and the record of it. */
export type ApprovalStatus =
  | { readonly kind: 'approved'; readonly entry: Entry }
  | { readonly kind: 'baseline'; readonly entry: Entry }
  | { readonly kind: 'declared'; readonly at: DeclarationPlace; readonly requested: Entry | null }
  | {
      /** A program of every trusted base refers to it, and nobody decided. */
      readonly kind: 'in-use';
      readonly at: UsePlace;
      readonly requested: Entry | null;
    }
  | {
      readonly kind: 'denied';
      readonly entry: Entry;
      /** The change that is judged takes the denial away. It holds until that is there on its own. */
      readonly isTakenAway?: true;
    }
  | { readonly kind: 'expired'; readonly entry: Entry }
  | {
      readonly kind: 'unapproved';
      readonly requested: Entry | null;
      /** All modules of the package, where what is imported is none of them: no approval makes that import work. */
      readonly provides?: NonEmpty<string>;
      /** An approval of the package from another source than it is taken from here. */
      readonly approvedElsewhere?: Entry;
      /** Of a dependency line: programs use the package already, and the line is what would install it. */
      readonly usedAt?: UsePlace;
    };

/** @returns The entry that decides about a package, or wishes for it; null where there is none. */
export function entryOf(status: ApprovalStatus): Entry | null {
  switch (status.kind) {
    case 'approved':
    case 'baseline':
    case 'denied':
    case 'expired':
      return status.entry;
    case 'declared':
    case 'in-use':
    case 'unapproved':
      return status.requested;
  }
}

/**
 * Which record approves: the whitelist alone, or, in a project that has none, the manifests at the base.
 */
export type TrustedRecords = 'manifests' | 'whitelist';

/** A package together with what was decided about it. */
export interface PackageStatus {
  readonly package: Package;
  readonly status: ApprovalStatus;
}

/** A reference of a file, with what was decided about its package. */
export interface ReferenceWithStatus {
  readonly file: string;
  readonly language: string;
  readonly reference: Reference;
  /** null where the reference leads to no package. */
  readonly judged: PackageStatus | null;
}

/** What one file uses of one package, with what was decided about it. */
export interface UseWithStatus {
  readonly use: Use;
  readonly status: ApprovalStatus;
}
