import type { Fact } from '../model/evidence.ts';
import type { PackageEvidence } from '../model/finding.ts';
import type { RequirementLookup } from '../model/lookup.ts';
import { purl, type Package } from '../model/package.ts';
import type { PinnedPackage } from '../model/policy.ts';
import type { PackageRequirement } from '../model/registry.ts';

/** Milliseconds since some moment, which is always the same one. */
export type Clock = () => number;

/** How long a registry that has not answered is left alone, in milliseconds. */
const SILENCE = 60_000;

interface Answer<T> {
  readonly answer: T;
  readonly time: number;
}

/** What registries said when texts were saved, so that it still stands while somebody types. */
export class EvidenceMemory {
  readonly #clock: Clock;
  readonly #answers = new Map<string, Answer<PackageEvidence>>();
  /** What registries did not say of what packages need. */
  readonly #open = new Map<string, Answer<Fact<readonly PackageRequirement[]>>>();

  constructor(clock: Clock = () => performance.now()) {
    this.#clock = clock;
  }

  get(root: string, subject: Package): PackageEvidence | undefined {
    return this.#answers.get(keyOf(root, subject))?.answer;
  }

  set(root: string, subject: Package, evidence: PackageEvidence): void {
    this.#answers.set(keyOf(root, subject), { answer: evidence, time: this.#clock() });
  }

  /** @returns Whether a registry has just been asked about a package and has not answered. */
  isSilent(root: string, subject: Package): boolean {
    const last = this.#answers.get(keyOf(root, subject));
    return last?.answer.grade === 'unanswered' && this.#isFresh(last);
  }

  /** @returns A lookup that leaves out what no registry has just answered. */
  requirementLookup(root: string, ask: RequirementLookup): RequirementLookup {
    return async (pins, project) => {
      const keys = pins.map((pin) => pinKey(root, pin));
      const openFacts = keys.map((key) => this.#openFact(key));
      const questions = pins.filter((_, at) => openFacts[at] === undefined);
      if (questions.length === 0) return { facts: openFacts.flatMap((fact) => fact ?? []), lookups: 'none' };
      const { facts, lookups } = await ask(questions, project);
      const newFacts = facts.values();
      const all = keys.map((key, at) => openFacts[at] ?? this.#noted(key, newFacts.next().value ?? notAsked));
      return { facts: all, lookups };
    };
  }

  #openFact(key: string): Fact<readonly PackageRequirement[]> | undefined {
    const last = this.#open.get(key);
    return last && this.#isFresh(last) ? last.answer : undefined;
  }

  #noted(key: string, fact: Fact<readonly PackageRequirement[]>): Fact<readonly PackageRequirement[]> {
    if (fact.state === 'unknown') this.#open.set(key, { answer: fact, time: this.#clock() });
    else this.#open.delete(key);
    return fact;
  }

  #isFresh({ time }: Answer<unknown>): boolean {
    return this.#clock() - time < SILENCE;
  }
}

const notAsked = { state: 'notAsked', reason: '' } as const;

function keyOf(root: string, subject: Package): string {
  return `${root}\0${purl(subject)}`;
}

function pinKey(root: string, { package: subject, version }: PinnedPackage): string {
  return `${keyOf(root, subject)}\0${version ?? ''}`;
}

/** @returns What registries said, with its suggestions as a text would write them. */
export function respelled(cached: PackageEvidence, { suggestions }: PackageEvidence): PackageEvidence {
  const spelled = (meant: Package) =>
    suggestions.find((suggestion) => purl(suggestion.package) === purl(meant));
  return { ...cached, suggestions: cached.suggestions.map((meant) => spelled(meant.package) ?? meant) };
}
