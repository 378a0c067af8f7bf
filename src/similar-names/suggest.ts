import { ecosystems, findEcosystem, packageOf } from '../ecosystems/index.ts';
import type { Suggestion } from '../model/evidence.ts';
import type { EcosystemId, Package } from '../model/package.ts';
import type { Comparison } from '../model/registry-facts.ts';
import { distance } from '../text/distance.ts';
import { genericRemainder } from './affixes.ts';
import { isNarrow } from './lookalike.ts';
import type { Lookalike } from './lookalike.ts';
import { keyOf, tiers } from './name-index.ts';
import type { Candidate, KnownName, NameIndex } from './name-index.ts';
import { similarNames } from './near.ts';

/** What a suggestion is looked for. */
export interface Query {
  /** What the finding is about: it is never suggested. */
  readonly package: Package;
  /**
   * As a program or a manifest writes it (`numpy_utils.linalg`, `lodahs/fp`): a suggestion's specifier keeps what follows
   * the name where only the name was misspelled.
   */
  readonly specifier: string;
}

/** A guess, how good it is (more is better), and the reason for it. */
interface Guess {
  readonly known: KnownName;
  readonly score: number;
  readonly why: string;
  /** The name is this one misspelled: what follows it in a specifier stays as it is. */
  readonly misspelled: boolean;
}

/**
 * The package that was probably meant; two where nobody can tell which of them; none where nothing is near, or where the
 * name is itself well known.
 *
 * The narrow rules come first, then names that are spelled alike: among them the ones that this project
 * approved or declared win over well-known ones. Costs some ten milliseconds with 20,000 known names.
 */
export function suggest(
  { package: subject, specifier }: Query,
  nameIndex: NameIndex,
  comparison: Comparison,
): readonly Suggestion[] {
  // Who writes a name that is well known meant it: most that are one letter away are honest neighbours.
  if (nameIndex.tierOf(subject) !== undefined) return [];
  const { mention, suffix } = split(specifier, subject.ecosystem);
  const guesses = guessesFor(mention, nameIndex, comparison).filter(
    ({ known: { package: target } }) => target.name !== subject.name,
  );
  return asNearAsTheFirst(guesses).map((guess) => suggestionOf(guess, suffix));
}

/**
 * The package of this name in other ecosystems where it is well known: an import may stand in the wrong language.
 *
 * @param subject Of which its registry says that it does not exist: most well-known names exist in several.
 */
export function sameNameElsewhere(subject: Package, nameIndex: NameIndex): readonly Suggestion[] {
  const { ecosystem, name } = subject;
  const ownTitle = findEcosystem(ecosystem)?.title ?? ecosystem;
  return ecosystems
    .filter(({ id }) => id !== ecosystem)
    .flatMap((elsewhere) => {
      const target = { ecosystem: elsewhere.id, name: elsewhere.canonical(name) };
      const why = `a known name on ${elsewhere.title}, not on ${ownTitle}`;
      return nameIndex.tierOf(target) === undefined ? [] : [{ package: target, specifier: name, why }];
    });
}

/**
 * @param nameIndex Of the project’s own choice alone.
 * @returns The name that another one resembles most by the generous comparison; undefined where it resembles none. It tells
 *   nothing of a package that is in use anywhere.
 */
export function resemblanceOf(subject: Package, nameIndex: NameIndex): Lookalike | undefined {
  const guess = guessesFor(subject, nameIndex, 'generous').find(
    ({ known: { package: target } }) => target.name !== subject.name,
  );
  return guess && { target: guess.known.package, why: guess.why };
}

/** @returns The best guess for each package, the best of all first. */
function guessesFor(mention: Package, nameIndex: NameIndex, comparison: Comparison): readonly Guess[] {
  const isGenerous = comparison === 'generous' && findEcosystem(mention.ecosystem)?.areNamesPaths !== true;
  const guesses = [
    ...narrowGuesses(mention, nameIndex, comparison),
    ...(isGenerous ? generousGuesses(mention, nameIndex) : []),
  ];
  const best = new Map<string, Guess>();
  for (const guess of guesses.toSorted((left, right) => right.score - left.score)) {
    const { name } = guess.known.package;
    if (!best.has(name)) best.set(name, guess);
  }
  return [...best.values()];
}

/** Guesses that differ by so little are equally good for whoever reads them. */
const nearness = 0.08;

/**
 * A second name is shown where it is as near; a third one only if nothing tells the three apart. Of the names that a narrow
 * rule found, one that is known less is not: `pytorch` is `torch`, and not `gpytorch`.
 */
function asNearAsTheFirst([first, second, third, fourth]: readonly Guess[]): readonly Guess[] {
  if (first === undefined) return [];
  const isKnownLess = ({ score, known: { tier } }: Guess) =>
    score >= ruleScores.plugin && tiers.indexOf(tier) > tiers.indexOf(first.known.tier);
  const isNear = (guess: Guess | undefined) =>
    guess !== undefined && first.score - guess.score <= nearness && !isKnownLess(guess);
  const isEqual = (guess: Guess | undefined) => guess?.score === first.score;
  if (second === undefined || !isNear(second)) return [first];
  const areThree = third !== undefined && isEqual(third) && !isEqual(fourth);
  return areThree ? [first, second, third] : [first, second];
}

const ruleScores = { letters: 3, scope: 2.9, edit: 2.5, longer: 2.3, affix: 2.2, plugin: 2 };
const tierScores = { project: 0.18, top: 0.15, popular: 0 };

/** Among names that are this near, how well each is known counts more than which rule it meets. */
function scoreOf(rule: keyof typeof ruleScores, { tier }: KnownName): number {
  return ruleScores[rule] + 2.5 * tierScores[tier];
}

function* narrowGuesses(
  { ecosystem, name }: Package,
  nameIndex: NameIndex,
  comparison: Comparison,
): Generator<Guess> {
  for (const similar of similarNames(name, ecosystem, nameIndex)) {
    if (comparison === 'narrow' && !isNarrow(similar)) continue;
    const { known: knownName, rule, why } = similar;
    const misspelled = rule === 'letters' || rule === 'edit' || rule === 'scope';
    yield { known: knownName, score: scoreOf(rule, knownName), why, misspelled };
  }
}

function* generousGuesses({ ecosystem, name }: Package, nameIndex: NameIndex): Generator<Guess> {
  const key = keyOf(name, ecosystem);
  for (const candidate of nameIndex.sharing(ecosystem, key)) {
    const guess = longerName(key, candidate) ?? alikeName(key, candidate);
    if (guess !== undefined) yield guess;
  }
}

/** `opencv-python`, where somebody writes `opencv`. */
function longerName(key: string, { key: candidateKey, known: knownName }: Candidate): Guess | undefined {
  const part = genericRemainder(key, candidateKey);
  if (part === undefined) return undefined;
  const candidate = knownName();
  const score = scoreOf('longer', candidate);
  return { known: candidate, score, why: `with the generic part “${part}”`, misspelled: false };
}

const threshold = 0.5;

function alikeName(
  key: string,
  { key: candidateKey, shared, known: knownName }: Candidate,
): Guess | undefined {
  // There are at least as many edits as one name has letters more than the other.
  const fewestEdits = Math.abs(key.length - candidateKey.length);
  const most = likeness(key, candidateKey, { shared, edits: fewestEdits });
  if (most + tierScores.project < threshold) return undefined;
  const candidate = knownName();
  const bonus = tierScores[candidate.tier];
  if (most + bonus < threshold) return undefined;
  const score = likeness(key, candidateKey, { shared, edits: distance(key, candidateKey) }) + bonus;
  if (score < threshold) return undefined;
  return { known: candidate, score, why: reasonOf(candidate), misspelled: false };
}

function reasonOf({ spelling, package: target }: KnownName): string {
  return spelling === target.name ? 'the names are similar' : `the name of its module ${spelling} is similar`;
}

/** How alike two keys are, from 0 to 1. `shared` is the part of their grams that they have in common. */
function likeness(
  key: string,
  candidateKey: string,
  { shared, edits }: { shared: number; edits: number },
): number {
  const longer = Math.max(key.length, candidateKey.length);
  const editSimilarity = 1 - edits / longer;
  const alike = 0.45 * shared + 0.2 * (commonPrefix(key, candidateKey) / longer) + 0.35 * editSimilarity;
  const inside = candidateKey.length >= 5 && (key.startsWith(candidateKey) || key.endsWith(candidateKey));
  return inside ? Math.max(alike, 0.4 + (0.4 * candidateKey.length) / key.length) : alike;
}

function commonPrefix(left: string, right: string): number {
  let length = 0;
  while (length < left.length && left[length] === right[length]) length++;
  return length;
}

function suggestionOf(guess: Guess, suffix: string): Suggestion {
  const { package: target, specifier, tier } = guess.known;
  const why = tier === 'project' ? `${guess.why}; this project uses it` : guess.why;
  return { package: target, specifier: guess.misspelled ? specifier + suffix : specifier, why };
}

/** Splits what follows the package's name off a specifier: `lodash` and `/fp`, `numpy` and `.linalg`. */
function split(specifier: string, ecosystem: EcosystemId): { mention: Package; suffix: string } {
  const head = findEcosystem(ecosystem)?.packagePart(specifier) ?? specifier;
  return { mention: packageOf(ecosystem, head), suffix: specifier.slice(head.length) };
}
