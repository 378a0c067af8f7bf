import { grade } from '../../rules/grades.ts';
import { purl } from '../ecosystems/index.ts';
import type { OutsideKnowledge } from '../model/finding.ts';
import type { Package } from '../model/package.ts';
import { imitates } from '../names/imitates.ts';
import { KnownNames } from '../names/known.ts';
import type { KnownPackage } from '../names/known.ts';
import { popularPackages } from '../names/popular.ts';
import { suggest } from '../names/suggest.ts';
import { askRegistries } from './index.ts';
import type { AskOptions, AskOutcome } from './index.ts';

/** A package that nobody approved, as the change uses it. */
export interface Unapproved {
  readonly package: Package;
  /** As the program writes it: suggestions keep the rest of it where only the name is misspelled. */
  readonly specifier: string;
  /** Python modules that would have to come from it; empty for npm and for dependency lines. */
  readonly modules: readonly string[];
}

export interface OutsideOutcome {
  /** By package URL: `purl(package)`. */
  readonly knowledge: ReadonlyMap<string, OutsideKnowledge>;
  readonly lookups: AskOutcome['lookups'];
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
export async function lookOutside(
  unapproved: readonly Unapproved[],
  project: readonly KnownPackage[],
  options: AskOptions,
): Promise<OutsideOutcome> {
  if (unapproved.length === 0) return { knowledge: new Map(), lookups: 'none' };
  const popular = await popularPackages(['npm', 'pypi']);
  const known = new KnownNames(project, popular);
  const questions = unapproved.map(({ package: asked, modules }) => ({
    package: asked,
    modules,
    imitation: imitates(asked.name, asked.ecosystem, known) ?? null,
    wellKnown: known.tierOf(asked) !== undefined,
  }));
  const outcome = await askRegistries(questions, options);
  const now = options.clock?.now().getTime() ?? Date.now();
  const daysAgo = (days: number): string => new Date(now - days * dayInMilliseconds).toISOString();
  const clock = { youngSince: daysAgo(options.youngDays), oldBefore: daysAgo(oldDays) };
  const knowledge = new Map<string, OutsideKnowledge>();
  for (const { package: asked, specifier } of unapproved) {
    const about = outcome.known.get(purl(asked));
    if (about === undefined) continue;
    knowledge.set(purl(asked), {
      grade: grade(about.facts, clock),
      evidence: about.evidence,
      suggestions: suggest(specifier === '' ? asked.name : specifier, asked.ecosystem, known),
    });
  }
  return { knowledge, lookups: outcome.lookups };
}
