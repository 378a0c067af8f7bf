import { grade, type Grade } from '../rules/grades.ts';
import type { FoundUse } from './findings/group.ts';
import type { OutsideKnowledge } from './model/finding.ts';
import type { Suggestion } from './model/evidence.ts';
import type { Files } from './model/language.ts';
import type { OutsideFacts } from './model/outside.ts';
import type { Package } from './model/package.ts';
import { purl } from './model/package.ts';
import type { Report } from './model/report.ts';
import { imitates } from './names/imitates.ts';
import { KnownNames, type KnownPackage } from './names/known.ts';
import { popularPackages } from './names/popular.ts';
import { suggest } from './names/suggest.ts';
import type { ProjectNames } from './references/survey.ts';
import type { Ask } from './pipeline.ts';
import type { Policy } from './policy/policy.ts';
import { askRegistries, routingFiles, type Machine, type RegistryQuestion } from './registries/index.ts';

/** What the outside is asked with. */
export interface Curiosity {
  readonly policy: Policy;
  /** Files of the state whose policy holds: they say which registry a name belongs to. */
  readonly files: Files;
  readonly lookup: 'on' | 'off' | 'offline';
  /** For all questions together, in milliseconds. */
  readonly budget: number;
  readonly machine: Machine;
  readonly now: Date;
}

const DAY = 24 * 60 * 60 * 1000;

/** A package of this age that is in use has a life of its own, whatever its name resembles. In days. */
const OLD_AFTER = 730;

/** A package to ask about. */
export interface AskedPackage {
  readonly package: Package;
  /** Modules that are imported and would have to come from it. */
  readonly modules: readonly string[];
}

/** What names and registries say of one package, and the facts behind its grade. */
export type PackageKnowledge = Omit<OutsideKnowledge, 'suggestions'> & { readonly facts: OutsideFacts };

/** What was meant by a specifier that leads to a package. */
export type SuggestFor = (asked: Package, specifier: string) => readonly Suggestion[];

export interface PackageAnswers {
  /** By package URL. */
  readonly known: ReadonlyMap<string, PackageKnowledge>;
  readonly lookups: Report['lookups'];
  readonly suggestFor: SuggestFor;
  readonly gradeOf: (facts: OutsideFacts) => Grade;
  /** Is a package one that the project chose, or a well-known one? */
  readonly isKnown: (one: Package) => boolean;
}

/**
 * Asks names and registries about packages that nobody approved: one question for each package. The
 * answers grade findings and suggest what was meant; they decide nothing.
 */
export async function askOutside(
  uses: readonly FoundUse[],
  project: ProjectNames,
  curiosity: Curiosity,
): ReturnType<Ask> {
  const open = uses.filter(({ standing }) => standing.kind === 'unapproved');
  const { known, lookups, suggestFor } = await askPackages(askedOf(open), project, curiosity);
  const knowledgeOf = ({ use, standing }: FoundUse): OutsideKnowledge => {
    const answer = standing.kind === 'unapproved' ? known.get(purl(use.package)) : undefined;
    if (answer === undefined) return { grade: 'not-asked', evidence: [], suggestions: [] };
    const suggestions = suggestFor(use.package, use.references[0].specifier);
    return { grade: answer.grade, evidence: answer.evidence, suggestions };
  };
  return { knowledge: uses.map(knowledgeOf), lookups };
}

/** @returns One question for each package of the uses. */
export function askedOf(uses: readonly FoundUse[]): AskedPackage[] {
  const asked = new Map<string, AskedPackage>();
  for (const { use } of uses) {
    const before = asked.get(purl(use.package));
    const imports = use.references.filter(({ kind }) => kind !== 'dependency');
    const modules = [...(before?.modules ?? []), ...imports.map(({ specifier }) => specifier)];
    asked.set(purl(use.package), { package: use.package, modules: [...new Set(modules)] });
  }
  return [...asked.values()];
}

/** Asks names and registries about packages. What nobody answered for has an entry that says so. */
export async function askPackages(
  asked: readonly AskedPackage[],
  project: ProjectNames,
  curiosity: Curiosity,
): Promise<PackageAnswers> {
  const names = await knownNames(
    asked.map((one) => one.package),
    project.declared,
    curiosity.policy,
  );
  const { lookup, budget, machine, policy } = curiosity;
  const { config } = policy;
  const questions = asked.map((one) => questionOf(one, names));
  const { known: answers, lookups } = await askRegistries(questions, {
    lookup: config.lookup === 'off' ? 'off' : lookup,
    budget,
    youngDays: config.youngDays,
    machine,
    repository: await repositoryFiles(curiosity.files),
    configured: config.registries,
    privateNames: [...config.privateNames, ...project.own.map(({ name }) => name)],
  });
  const clock = {
    youngSince: daysBefore(curiosity.now, config.youngDays),
    oldBefore: daysBefore(curiosity.now, OLD_AFTER),
  };
  const gradeOf = (facts: OutsideFacts) => grade(facts, clock);
  const isKnown = (one: Package) => names.tierOf(one) !== undefined;
  const known = asked.flatMap((one): [string, PackageKnowledge][] => {
    const answer = answers.get(purl(one.package));
    if (!answer) return [];
    return [[purl(one.package), { ...answer, grade: gradeOf(answer.facts) }]];
  });
  const suggestFor: SuggestFor = (meant, specifier) =>
    isKnown(meant) ? [] : suggest(specifier, meant.ecosystem, names);
  return { known: new Map(known), lookups, suggestFor, gradeOf, isKnown };
}

function daysBefore(now: Date, days: number): string {
  return new Date(now.getTime() - days * DAY).toISOString();
}

/** The project's own choice of packages first, then the well-known ones. */
async function knownNames(
  open: readonly Package[],
  declared: readonly Package[],
  policy: Policy,
): Promise<KnownNames> {
  const approved = policy.whitelists
    .flatMap(({ entries }) => entries)
    .filter(({ section }) => section === 'approved' || section === 'baseline');
  const project: KnownPackage[] = [
    ...approved.map(({ ecosystem, name, imports }) => ({ ecosystem, name, modules: imports })),
    ...declared.map((one) => ({ ...one, modules: [] })),
  ];
  return new KnownNames(project, await popularPackages(new Set(open.map(({ ecosystem }) => ecosystem))));
}

function questionOf({ package: asked, modules }: AskedPackage, known: KnownNames): RegistryQuestion {
  const imitation = imitates(asked.name, asked.ecosystem, known);
  return {
    package: asked,
    modules,
    imitation: imitation ? { target: imitation.target, why: imitation.why } : null,
    wellKnown: known.tierOf(asked) !== undefined,
  };
}

async function repositoryFiles(files: Files): Promise<{ path: string; text: string }[]> {
  const found = await Promise.all(routingFiles.map(async (path) => ({ path, text: await files.text(path) })));
  return found.flatMap(({ path, text }) => (text === undefined ? [] : [{ path, text }]));
}
