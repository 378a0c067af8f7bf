import type { Evidence, Fact } from '../model/evidence.ts';
import type { PinnedRequirements } from '../model/lookup.ts';
import { packageLabel, type Package } from '../model/package.ts';
import type { PinnedPackage, PolicyChange } from '../model/policy.ts';
import type { PackageRequirement } from '../model/registry.ts';
import type { DeclarationPlace } from '../model/status.ts';

/** A package of which a file says that it needs a new one. */
export interface ClaimedParent {
  readonly name: string;
  /** The versions that the file pins, of which an environment takes one. */
  readonly pins: readonly PinnedPackage[];
  /** The extras that it is asked for with; null where other packages may ask for more of them. */
  readonly extras: ReadonlySet<string> | null;
  /** It is new, of another version or of another extra, as far as the files of the project tell. */
  readonly isBrought: boolean;
}

/** A new package of a file that a program wrote, and what the file says that needs it. */
export interface RequirementClaim {
  readonly package: Package;
  readonly at: DeclarationPlace;
  readonly parents: readonly ClaimedParent[];
}

/** What registries say of such claims. */
export interface HeldClaims {
  /** One for each claim that they contradict. */
  readonly changes: readonly PolicyChange[];
  readonly notes: readonly string[];
  readonly lookups: PinnedRequirements['lookups'];
}

/** Asks what packages need, in the versions that are taken. */
export type PinLookup = (pins: readonly PinnedPackage[]) => Promise<PinnedRequirements>;

/**
 * Holds what a file says against what its packages need. A claim is true where a chain of packages that need each other
 * leads to it from one that is no new package of the file, so two that name each other prove nothing. First one parent of
 * each is asked about, and the others of those that this leaves open.
 *
 * @returns What is contradicted, and one note about what nobody could tell.
 */
export async function heldClaims(claims: readonly RequirementClaim[], ask: PinLookup): Promise<HeldClaims> {
  const graph = new ClaimGraph(claims);
  const facts = new Map<string, Fact<readonly PackageRequirement[]>>();
  let lookups: HeldClaims['lookups'] = 'none';
  const openPins = (parents: readonly ClaimedParent[]) => {
    const pins = new Map(parents.flatMap((parent) => parent.pins.map((pin) => [pinKey(pin), pin])));
    return [...pins].filter(([key, { version }]) => version !== null && !facts.has(key));
  };
  const remainingParents = () => {
    const confirmed = graph.reached((claim, parent) => wordOf(claim, parent, facts).state === 'present');
    return claims.filter((claim) => !confirmed.has(claim)).flatMap((claim) => claim.parents);
  };
  const first = openPins(graph.firstParents());
  for (
    let open = first.length > 0 ? first : openPins(remainingParents());
    open.length > 0;
    open = openPins(remainingParents())
  ) {
    const answer = await ask(open.map(([, pin]) => pin));
    for (const [at, [key]] of open.entries()) facts.set(key, answer.facts[at] ?? notPinned);
    if (lookups !== 'asked') lookups = answer.lookups;
  }
  return { ...judged(graph, facts), lookups };
}

type Facts = ReadonlyMap<string, Fact<readonly PackageRequirement[]>>;

/** Nobody is asked about whatever version there may be. */
const notPinned = { state: 'notAsked', reason: 'no version of what needs it is pinned' } as const;

function pinKey({ package: subject, version }: PinnedPackage): string {
  return `${packageLabel(subject)} ${version ?? ''}`;
}

/** What follows from what each parent of each claim needs. */
function judged(graph: ClaimGraph, facts: Facts): Pick<HeldClaims, 'changes' | 'notes'> {
  const word = (claim: RequirementClaim, parent: ClaimedParent) => wordOf(claim, parent, facts);
  const confirmed = graph.reached((claim, parent) => word(claim, parent).state === 'present');
  const possible = graph.reached((claim, parent) => word(claim, parent).state !== 'absent');
  const changes = graph.claims.flatMap((claim) =>
    possible.has(claim) ? [] : contradicted(claim, (parent) => word(claim, parent)),
  );
  const open = graph.claims.filter((claim) => possible.has(claim) && !confirmed.has(claim));
  const reason = open.flatMap((claim) =>
    claim.parents.flatMap((parent) => {
      const fact = word(claim, parent);
      return 'reason' in fact ? [fact.reason] : [];
    }),
  )[0];
  return { changes, notes: reason === undefined ? [] : [openNote(open, reason)] };
}

/** @returns Nothing of what a contradicted one truly needs: who sees that one has seen where it comes from. */
function contradicted(
  { package: subject, at, parents }: RequirementClaim,
  wordOn: (parent: ClaimedParent) => Fact<true>,
): readonly PolicyChange[] {
  const words = parents.map((parent) => ({ parent, word: wordOn(parent) }));
  const denials = words.flatMap(({ parent, word }) => (word.state === 'absent' ? [{ parent, word }] : []));
  const [first] = denials;
  if (first === undefined) return [];
  const label = packageLabel(subject);
  const names = denials.map(({ parent }) => parent.name).join(', ');
  const contradictedBy: Evidence = { fact: 'needed', source: subject.ecosystem, ...first.word };
  const what = `first locked ${label}, which ${names} needs as ${at.file} says`;
  return [
    { kind: 'pin', subject: label, ...at, what, approves: subject, contradictedBy, by: null, reason: null },
  ];
}

/** So many packages are named in a note. */
const mostNames = 3;

function openNote(claims: readonly RequirementClaim[], reason: string): string {
  const labels = [...new Set(claims.map(({ package: subject }) => packageLabel(subject)))];
  const files = [...new Set(claims.map(({ at }) => at.file))];
  const more = labels.length - mostNames;
  const names = `${labels.slice(0, mostNames).join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
  return `what needs ${names}, as ${files.join(', ')} says, was not checked: ${reason}`;
}

/** @returns Whether a parent needs the package of a claim, in one of the versions that the file pins. */
function wordOf(
  { package: subject }: RequirementClaim,
  { name, pins, extras }: ClaimedParent,
  facts: Facts,
): Fact<true> {
  const answers = pins.map((pin) => facts.get(pinKey(pin)) ?? notPinned);
  let absent: Fact<true> | undefined;
  for (const answer of answers) {
    if (answer.state !== 'present') continue;
    const takenExtras = extras && askedExtras(name, answer.value, extras);
    const { asOf } = answer;
    if (answer.value.some((need) => need.name === subject.name && isTaken(need, takenExtras)))
      return { state: 'present', value: true, asOf };
    absent = { state: 'absent', asOf };
  }
  const open = answers.find((answer) => answer.state === 'unknown' || answer.state === 'notAsked');
  return open ?? absent ?? notPinned;
}

function isTaken({ onlyWith }: PackageRequirement, extras: ReadonlySet<string> | null): boolean {
  return extras === null || onlyWith.length === 0 || onlyWith.some((extra) => extras.has(extra));
}

/** An extra may ask for others of the same package: `Requires-Dist: fastapi[standard]; extra == "all"`. */
function askedExtras(
  name: string,
  requirements: readonly PackageRequirement[],
  extras: ReadonlySet<string>,
): ReadonlySet<string> {
  const names = new Set(extras);
  for (let size = -1; size < names.size;) {
    size = names.size;
    for (const need of requirements)
      if (need.name === name && isTaken(need, names)) for (const extra of need.extras) names.add(extra);
  }
  return names;
}

type Holds = (claim: RequirementClaim, parent: ClaimedParent) => boolean;

/** Which new packages of files are said to come with which others. */
class ClaimGraph {
  readonly claims: readonly RequirementClaim[];
  readonly #claimed: ReadonlyMap<string, RequirementClaim>;
  readonly #edges = new Map<string, { claim: RequirementClaim; parent: ClaimedParent }[]>();

  constructor(claims: readonly RequirementClaim[]) {
    this.claims = claims;
    this.#claimed = new Map(claims.map((claim) => [keyOf(claim, claim.package.name), claim]));
    for (const claim of claims)
      for (const parent of claim.parents) {
        const key = keyOf(claim, parent.name);
        const edges = this.#edges.get(key) ?? [];
        edges.push({ claim, parent });
        this.#edges.set(key, edges);
      }
  }

  /** @returns As few parents as lead to all claims, as the files say it; what the change leaves as it was brings nothing new. */
  firstParents(): readonly ClaimedParent[] {
    const reached = new Set<RequirementClaim>();
    const parents = new Set<ClaimedParent>();
    this.#walk((claim, parent) => {
      if (!parent.isBrought || reached.has(claim)) return false;
      reached.add(claim);
      parents.add(parent);
      return true;
    });
    return [...parents];
  }

  /** @returns The claims to which chains lead that hold. */
  reached(holds: Holds): ReadonlySet<RequirementClaim> {
    const reached = new Set<RequirementClaim>();
    this.#walk((claim, parent) => {
      if (!holds(claim, parent)) return false;
      reached.add(claim);
      return true;
    });
    return reached;
  }

  /** From what is no claim, a claim at a time: a set hands out what is added to it while it is walked. */
  #walk(holds: Holds): void {
    const keys = new Set([...this.#edges.keys()].filter((key) => !this.#claimed.has(key)));
    for (const key of keys)
      for (const { claim, parent } of this.#edges.get(key) ?? [])
        if (holds(claim, parent)) keys.add(keyOf(claim, claim.package.name));
  }
}

/** A package in a file. */
function keyOf({ at, package: { ecosystem } }: RequirementClaim, name: string): string {
  return `${at.file}\n${packageLabel({ ecosystem, name })}`;
}
