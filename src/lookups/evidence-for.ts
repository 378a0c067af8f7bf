import { grade } from '../../rules/grades.ts';
import type { AgeThresholds } from '../../rules/grades.ts';
import { ecosystems } from '../ecosystems/index.ts';
import { purl } from '../model/package.ts';
import type { Suggestion } from '../model/evidence.ts';
import type { PackageEvidence } from '../model/finding.ts';
import type { Package } from '../model/package.ts';
import { lookalikeOf } from '../similar-names/lookalike.ts';
import { NameIndex } from '../similar-names/name-index.ts';
import type { KnownPackage } from '../similar-names/name-index.ts';
import { loadPopular } from '../similar-names/popular.ts';
import { suggest } from '../similar-names/suggest.ts';
import type { LookupOptions, LookupResult, PackageQuery } from './lookup-options.ts';
import { notLookedUp } from './without-lookup.ts';

/** A package that nobody approved, as the change uses it. */
export interface UnapprovedPackage {
  readonly package: Package;
  /** As the program writes it: suggestions keep the rest of it where only the name is misspelled. */
  readonly specifier: string;
  /** Python modules that would have to come from it; empty for npm and for dependency lines. */
  readonly modules: readonly string[];
}

export interface EvidenceByPackage {
  /** By package URL: `purl(package)`. */
  readonly knowledge: ReadonlyMap<string, PackageEvidence>;
  readonly lookups: LookupResult['lookups'];
}

/** Versions that were published longer ago than this give a package a life of its own. */
const oldDays = 730;
const dayInMilliseconds = 86_400_000;

/**
 * Grades unapproved packages with what names and registries tell, and suggests what was meant. Each
 * package stands once in the list.
 *
 * @param project What the project approved or declared: it is suggested first, and imitated first.
 */
export async function evidenceFor(
  unapproved: readonly UnapprovedPackage[],
  project: readonly KnownPackage[],
  options: LookupOptions,
): Promise<EvidenceByPackage> {
  if (unapproved.length === 0) return { knowledge: new Map(), lookups: 'none' };
  const ecosystemIds = new Set(unapproved.map((unapprovedPackage) => unapprovedPackage.package.ecosystem));
  const nameIndex = new NameIndex(project, await loadPopular(ecosystemIds));
  const outcome = await ask(
    unapproved.map(({ package: subject, modules }) => ({
      package: subject,
      modules,
      // It grades what a registry says, so nobody looks for it where none is asked.
      imitation:
        options.lookup === 'on' ? (lookalikeOf(subject.name, subject.ecosystem, nameIndex) ?? null) : null,
      wellKnown: nameIndex.tierOf(subject) !== undefined,
    })),
    options,
  );
  const clock = clockOf(options);
  const suggestionsFor = suggesterFor(project, nameIndex);
  const knowledge = new Map<string, PackageEvidence>();
  for (const unapprovedPackage of unapproved) {
    const about = outcome.known.get(purl(unapprovedPackage.package));
    if (about === undefined) continue;
    const suggestions = await suggestionsFor(unapprovedPackage);
    knowledge.set(purl(unapprovedPackage.package), {
      grade: grade(about.facts, clock),
      evidence: about.evidence,
      suggestions,
    });
  }
  return { knowledge, lookups: outcome.lookups };
}

/** What asks is loaded only where something is asked. */
async function ask(questions: readonly PackageQuery[], options: LookupOptions): Promise<LookupResult> {
  if (options.lookup !== 'on') return notLookedUp(questions, options.lookup);
  const { lookUp } = await import('./index.ts');
  return lookUp(questions, options);
}

function clockOf({ clock, youngDays }: LookupOptions): AgeThresholds {
  const currentTime = clock?.now().getTime() ?? Date.now();
  const daysAgo = (days: number): string => new Date(currentTime - days * dayInMilliseconds).toISOString();
  return { youngSince: daysAgo(youngDays), oldBefore: daysAgo(oldDays) };
}

/** The other ecosystems' lists cost their loading; they are only looked into where nothing else is near. */
function suggesterFor(
  project: readonly KnownPackage[],
  nameIndex: NameIndex,
): (unapproved: UnapprovedPackage) => Promise<readonly Suggestion[]> {
  let everywhere: NameIndex | undefined;
  return async ({ package: subject, specifier }) => {
    // What a loader, a query or a scheme adds to a specifier is no part of a name.
    const requestedName = specifier === '' || /[!?:]/.test(specifier) ? subject.name : specifier;
    const suggestions = suggest(requestedName, subject.ecosystem, nameIndex);
    if (suggestions.length > 0) return suggestions;
    everywhere ??= new NameIndex(project, await loadPopular(ecosystems.map(({ id }) => id)));
    return suggest(requestedName, subject.ecosystem, everywhere);
  };
}
