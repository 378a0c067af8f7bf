import { grade } from '../../rules/grades.ts';
import type { AgeThresholds } from '../../rules/grades.ts';
import type { Suggestion } from '../model/evidence.ts';
import { purl } from '../model/package.ts';
import type { PackageEvidence } from '../model/finding.ts';
import type { Package } from '../model/package.ts';
import type { Imitation } from '../model/registry-facts.ts';
import { lookalikeOf } from '../similar-names/lookalike.ts';
import { NameIndex } from '../similar-names/name-index.ts';
import type { KnownPackage } from '../similar-names/name-index.ts';
import { loadPopular } from '../similar-names/popular.ts';
import { resemblanceOf } from '../similar-names/suggest.ts';
import type { LookupOptions, LookupResult, PackageQuery } from './lookup-options.ts';
import { suggestionsFor } from './suggestions-for.ts';
import { notLookedUp } from './without-lookup.ts';

/** A package that nobody approved, as the change uses it. */
export interface UnapprovedPackage {
  readonly package: Package;
  /** As the program writes it: suggestions keep the rest of it where only the name is misspelled. */
  readonly specifier: string;
  /** Python modules that would have to come from it; empty for npm and for dependency lines. */
  readonly modules: readonly string[];
  /** Other packages that what is imported may lie in. Left out: its package is named, or told by its name. */
  readonly alternatives?: readonly Package[];
  /** Look into its archive, also where no module is imported from it. */
  readonly isInspected?: boolean;
}

/** How packages are graded. */
export interface EvidenceOptions extends LookupOptions {
  /** Nobody is shown what was probably meant, and no names are compared for it. */
  readonly isGradeAlone?: boolean;
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
  options: EvidenceOptions,
): Promise<EvidenceByPackage> {
  if (unapproved.length === 0) return { knowledge: new Map(), lookups: 'none' };
  const { isGradeAlone = false } = options;
  const ecosystemIds = new Set(unapproved.map((unapprovedPackage) => unapprovedPackage.package.ecosystem));
  const nameIndex = new NameIndex(project, await loadPopular(ecosystemIds));
  const projectIndex = new NameIndex(project, new Map());
  const outcome = await ask(
    unapproved.map(({ package: subject, modules, alternatives, isInspected = false }) => ({
      package: subject,
      modules,
      ...(alternatives && { alternatives }),
      isInspected,
      // It grades what a registry says, so nobody looks for it where none is asked.
      imitation: options.lookup === 'on' ? imitationBy(subject, { nameIndex, projectIndex }) : null,
      wellKnown: nameIndex.tierOf(subject) !== undefined,
    })),
    options,
  );
  const clock = clockOf(options);
  const knowledge = new Map<string, PackageEvidence>();
  for (const unapprovedPackage of unapproved) {
    const about = outcome.known.get(purl(unapprovedPackage.package));
    if (about === undefined) continue;
    const label = grade(about.facts, clock);
    const suggestions = isGradeAlone
      ? []
      : (holderSuggestion(unapprovedPackage, about.heldBy) ??
        (await suggestionsFor(unapprovedPackage, label, { project, nameIndex })));
    knowledge.set(purl(unapprovedPackage.package), {
      grade: label,
      evidence: about.evidence,
      suggestions,
      ...(about.shown && { shown: about.shown }),
    });
  }
  return { knowledge, lookups: outcome.lookups };
}

/** Who names a part of a package has misspelled nothing. */
function holderSuggestion(
  { package: subject, specifier }: UnapprovedPackage,
  heldBy: Package | null,
): readonly Suggestion[] | null {
  if (heldBy === null) return null;
  const isImport = specifier !== subject.name;
  return [
    {
      package: heldBy,
      specifier: isImport ? specifier : heldBy.name,
      why: `its registry has it, and not ${subject.name}`,
    },
  ];
}

/** Names that are not near enough to be taken for each other count against packages of little substance alone. */
function imitationBy(
  subject: Package,
  { nameIndex, projectIndex }: { readonly nameIndex: NameIndex; readonly projectIndex: NameIndex },
): Imitation | null {
  const narrow = lookalikeOf(subject.name, subject.ecosystem, nameIndex);
  if (narrow !== undefined) return { ...narrow, comparison: 'narrow' };
  const generous = resemblanceOf(subject, projectIndex);
  return generous === undefined ? null : { ...generous, comparison: 'generous' };
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
