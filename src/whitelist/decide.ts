import { findEcosystem } from '../ecosystems/index.ts';
import type { EcosystemId, Package } from '../model/package.ts';
import type { Entry, EntryKind, ApprovalStatus } from '../model/status.ts';
import { isScopePattern } from './entry.ts';

/** Sections whose entries say what a module leads to, the most welcome first. */
const claiming: readonly EntryKind[] = ['approved', 'baseline', 'denied'];

/** What the whitelist alone says of a package; a manifest at the base may still declare it. */
export type Decision = Exclude<ApprovalStatus, { readonly kind: 'declared' }>;

/**
 * Entries of all whitelist files, ready to be asked. Where a package stands several times in one
 * section, only its strictest entry is here: the approval that ends first, with a source that all of them name.
 */
export interface Whitelist {
  readonly sections: Readonly<Record<EntryKind, ReadonlyMap<string, Entry>>>;
  /** Sentences about packages that stand several times in one section. */
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
  const warnings: string[] = [];
  for (const entry of entries) {
    const map = maps[entry.kind];
    const key = keyOf(entry.ecosystem, entry.name);
    const twin = map.get(key);
    const effectiveEntry = twin === undefined ? entry : stricter(twin, entry);
    map.set(key, effectiveEntry);
    if (twin !== undefined) warnings.push(twinWarning(twin, entry, effectiveEntry));
  }
  return { sections: maps, warnings };
}

/**
 * Judges a package. A denial beats everything, also a denial of its scope. An approval or baseline entry
 * of the package itself speaks before one of its scope; an approval that is over beats the baseline.
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

/** @returns The entry of a section that speaks of a package: its own, else that of its npm scope. */
export function entryIn(whitelist: Whitelist, section: EntryKind, subject: Package): Entry | undefined {
  const map = whitelist.sections[section];
  const packageEntry = map.get(keyOf(subject.ecosystem, subject.name));
  if (packageEntry !== undefined) return packageEntry;
  const scope = findEcosystem(subject.ecosystem)?.scopeOf(subject.name);
  return scope === undefined || scope === null ? undefined : map.get(keyOf(subject.ecosystem, `${scope}/*`));
}

/**
 * Which packages provide which modules, by ecosystem: approved ones first, then those of the baseline,
 * then denied ones, so that an import of a denied package's module leads to the denial. What is merely
 * requested claims nothing: a request must neither settle an import nor draw it away from a denial.
 */
export function importsOf(
  entries: readonly Entry[],
): ReadonlyMap<EcosystemId, ReadonlyMap<string, readonly string[]>> {
  const claims = new Map<EcosystemId, Map<string, string[]>>();
  for (const section of claiming) {
    for (const entry of entries) if (entry.kind === section) claim(entry, claims);
  }
  return claims;
}

function claim({ ecosystem, name, imports }: Entry, claims: Map<EcosystemId, Map<string, string[]>>): void {
  if (imports.length === 0 || isScopePattern(name)) return;
  const modules = claims.get(ecosystem) ?? new Map<string, string[]>();
  claims.set(ecosystem, modules);
  for (const module of imports) {
    const packages = modules.get(module) ?? [];
    modules.set(module, packages);
    if (!packages.includes(name)) packages.push(name);
  }
}

function keyOf(ecosystem: EcosystemId, name: string): string {
  return `${ecosystem}:${name}`;
}

/** @returns What two entries of one package in one section both approve: the one that ends first. */
function stricter(left: Entry, right: Entry): Entry {
  const first =
    right.expires !== null && (left.expires === null || right.expires < left.expires) ? right : left;
  return left.source === right.source ? first : { ...first, source: null };
}

function twinWarning(left: Entry, right: Entry, effectiveEntry: Entry): string {
  const places = `${left.file}:${left.line} and ${right.file}:${right.line}`;
  const what = `${effectiveEntry.ecosystem}:${effectiveEntry.name} stands twice under “${effectiveEntry.kind}” (${places})`;
  const less = left.source === right.source ? '' : ', without a source, because they name different ones';
  return `${what}; the entry in ${effectiveEntry.file}:${effectiveEntry.line} counts${less}`;
}
