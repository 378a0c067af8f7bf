import { findEcosystem, packageOf } from '../ecosystems/index.ts';
import { packageLabel, type EcosystemId, type Package } from '../model/package.ts';
import type { Entry, EntryKind, ApprovalStatus } from '../model/status.ts';
import { isScopePattern } from './key.ts';
import { joinEntries, twinWarnings } from './twins.ts';

/** What the whitelist alone says of a package; a manifest at the base may still declare it. */
export type Decision = Exclude<ApprovalStatus, { readonly kind: 'declared' | 'in-use' }>;

/**
 * Entries of all whitelist files, ready to be asked. Where a package stands several times with one decision, what
 * is here is what all of these entries agree on: a request never counts beside a decision.
 */
export interface Whitelist {
  readonly sections: Readonly<Record<EntryKind, ReadonlyMap<string, Entry>>>;
  /** Sentences about packages that stand several times. */
  readonly warnings: readonly string[];
}

/** @returns The whitelist of all entries, whichever files they come from. */
export function indexEntries(entries: readonly Entry[]): Whitelist {
  const maps = {
    approved: new Map<string, Entry>(),
    denied: new Map<string, Entry>(),
    baseline: new Map<string, Entry>(),
    requested: new Map<string, Entry>(),
  };
  const keys = new Set<string>();
  for (const entry of entries) {
    const map = maps[entry.kind];
    const key = packageLabel(entry);
    keys.add(key);
    const twin = map.get(key);
    map.set(key, twin === undefined ? entry : joinEntries(twin, entry));
  }
  return { sections: maps, warnings: keys.size < entries.length ? twinWarnings(entries) : [] };
}

/**
 * Judges a package. A denial beats everything, also a denial of its scope. An approval or baseline entry
 * of the package itself speaks before one of its scope; an expired approval beats the baseline.
 *
 * @param subject The package, with its canonical name.
 * @param today The current day in UTC, as `YYYY-MM-DD`: an approval holds up to and including `expires`.
 */
export function decide(whitelist: Whitelist, subject: Package, today: string): Decision {
  const denied = entryIn(whitelist, 'denied', subject);
  if (denied !== undefined) return { kind: 'denied', entry: denied };
  const approved = entryIn(whitelist, 'approved', subject);
  if (approved !== undefined) {
    const over = approved.expires !== null && approved.expires < today;
    return { kind: over ? 'expired' : 'approved', entry: approved };
  }
  const baseline = entryIn(whitelist, 'baseline', subject);
  if (baseline !== undefined) return { kind: 'baseline', entry: baseline };
  return { kind: 'unapproved', requested: entryIn(whitelist, 'requested', subject) ?? null };
}

/** @returns The entry of a kind that speaks of a package: its own, else that of its npm scope. */
export function entryIn(whitelist: Whitelist, kind: EntryKind, subject: Package): Entry | undefined {
  const map = whitelist.sections[kind];
  const packageEntry = map.get(packageLabel(subject));
  if (packageEntry !== undefined) return packageEntry;
  const scope = findEcosystem(subject.ecosystem)?.scopeOf(subject.name);
  return scope === undefined || scope === null ? undefined : map.get(`${subject.ecosystem}:${scope}/*`);
}

/** Which modules the packages of one ecosystem provide, as entries say it. Names are canonical. */
export interface ModuleClaims {
  /** What people wrote down, by module: it holds against everything else that is known of the module. */
  readonly imports: ReadonlyMap<string, readonly string[]>;
  /** What a version of a package showed, by package: all of its modules, as far as no other package holds them. */
  readonly recorded: ReadonlyMap<string, readonly string[]>;
}

/** Of an ecosystem about which no entry says anything. */
export const noClaims: ModuleClaims = { imports: new Map(), recorded: new Map() };

/**
 * Which packages provide which modules, by ecosystem: approved ones first, then those of the baseline. A module that a
 * denied package claims is that one's alone, so that its imports lead to the denial. What is merely requested claims
 * nothing: a request must neither settle an import nor draw it away from a denial. Nor does a baseline beside an
 * approval, which speaks alone.
 */
export function claimsOf({ sections }: Pick<Whitelist, 'sections'>): ReadonlyMap<EcosystemId, ModuleClaims> {
  const { approved, baseline, denied } = sections;
  const allowed = [...approved, ...[...baseline].filter(([key]) => !approved.has(key))].map(
    ([, entry]) => entry,
  );
  const claiming = [...denied.values(), ...allowed].filter(
    ({ imports, name }) => imports.length > 0 && !isScopePattern(name),
  );
  const claims = new Map<EcosystemId, MutableClaims>();
  const isDecided = (label: string) => approved.has(label) || baseline.has(label) || denied.has(label);
  for (const entry of claiming) {
    const ecosystemClaims = claims.get(entry.ecosystem) ?? {
      imports: new Map(),
      recorded: new Map(),
      denied: new Set(),
    };
    claims.set(entry.ecosystem, ecosystemClaims);
    claim(entry, ecosystemClaims, isDecided);
  }
  return claims;
}

interface MutableClaims {
  readonly imports: Map<string, string[]>;
  readonly recorded: Map<string, readonly string[]>;
  readonly denied: Set<string>;
}

/** What an archive holds takes no module from the package whose name it bears, if somebody decided about that one. */
function claim(
  { kind, ecosystem, name, imports, importsOf }: Entry,
  claims: MutableClaims,
  isDecided: (label: string) => boolean,
): void {
  const isDenied = kind === 'denied';
  const open = imports.filter((module) => isDenied || !claims.denied.has(module));
  if (isDenied) for (const module of imports) claims.denied.add(module);
  if (importsOf !== null) {
    const owner = (module: string) => packageLabel(packageOf(ecosystem, module.split('.', 1)[0] ?? module));
    const label = packageLabel({ ecosystem, name });
    claims.recorded.set(
      name,
      open.filter((module) => owner(module) === label || !isDecided(owner(module))),
    );
    return;
  }
  for (const module of open) {
    const packages = claims.imports.get(module) ?? [];
    claims.imports.set(module, packages);
    if (!packages.includes(name)) packages.push(name);
  }
}
