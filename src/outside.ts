import { grade } from '../rules/grades.ts';
import type { FoundUse } from './findings/group.ts';
import type { OutsideKnowledge } from './model/finding.ts';
import type { Files } from './model/language.ts';
import type { Package } from './model/package.ts';
import { purl } from './model/package.ts';
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

/**
 * Asks names and registries about packages that nobody approved: one question for each package. The
 * answers grade findings and suggest what was meant; they decide nothing.
 */
export async function askOutside(
  uses: readonly FoundUse[],
  project: ProjectNames,
  curiosity: Curiosity,
): ReturnType<Ask> {
  const open = new Map(
    uses
      .filter(({ standing }) => standing.kind === 'unapproved')
      .map(({ use }) => [purl(use.package), use.package]),
  );
  const known = await knownNames([...open.values()], project.declared, curiosity.policy);
  const questions = [...open.values()].map((asked) => questionOf(asked, uses, known));
  const { lookup, budget, machine, policy } = curiosity;
  const { config } = policy;
  const { known: answers, lookups } = await askRegistries(questions, {
    lookup: config.lookup === 'off' ? 'off' : lookup,
    budget,
    youngDays: config.youngDays,
    machine,
    repository: await repositoryFiles(curiosity.files),
    configured: config.registries,
    privateNames: [...config.privateNames, ...project.own.map(({ name }) => name)],
  });
  const knowledgeOf = ({ use, standing }: FoundUse): OutsideKnowledge => {
    const answer = answers.get(purl(use.package));
    if (standing.kind !== 'unapproved' || !answer)
      return { grade: 'not-asked', evidence: [], suggestions: [] };
    const clock = {
      youngSince: daysBefore(curiosity.now, config.youngDays),
      oldBefore: daysBefore(curiosity.now, OLD_AFTER),
    };
    const isKnown = known.tierOf(use.package) !== undefined;
    const suggestions = isKnown ? [] : suggest(use.references[0].specifier, use.package.ecosystem, known);
    return { grade: grade(answer.facts, clock), evidence: answer.evidence, suggestions };
  };
  return { knowledge: uses.map(knowledgeOf), lookups };
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
  const approved = policy.whitelist.entries.filter(
    ({ section }) => section === 'approved' || section === 'baseline',
  );
  const project: KnownPackage[] = [
    ...approved.map(({ ecosystem, name, imports }) => ({ ecosystem, name, modules: imports })),
    ...declared.map((one) => ({ ...one, modules: [] })),
  ];
  return new KnownNames(project, await popularPackages(new Set(open.map(({ ecosystem }) => ecosystem))));
}

function questionOf(asked: Package, uses: readonly FoundUse[], known: KnownNames): RegistryQuestion {
  const imitation = imitates(asked.name, asked.ecosystem, known);
  const references = uses
    .filter(({ use }) => purl(use.package) === purl(asked))
    .flatMap(({ use }) => use.references);
  const imports = references.filter(({ kind }) => kind !== 'dependency').map(({ specifier }) => specifier);
  return {
    package: asked,
    modules: [...new Set(imports)],
    imitation: imitation ? { target: imitation.target, why: imitation.why } : null,
    wellKnown: known.tierOf(asked) !== undefined,
  };
}

async function repositoryFiles(files: Files): Promise<{ path: string; text: string }[]> {
  const found = await Promise.all(routingFiles.map(async (path) => ({ path, text: await files.text(path) })));
  return found.flatMap(({ path, text }) => (text === undefined ? [] : [{ path, text }]));
}
