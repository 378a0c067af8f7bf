import { ecosystems, findEcosystem, packageOf } from '../ecosystems/index.ts';
import type { Suggestion } from '../model/evidence.ts';
import type { EcosystemId } from '../model/package.ts';
import { distance } from '../text/distance.ts';
import { keyOf } from './name-index.ts';
import type { KnownName, NameIndex } from './name-index.ts';
import { similarNames } from './near.ts';

/** People read three guesses; a longer list is a search result. */
const most = 3;

/** A guess, how good it is (more is better), and the reason for it. */
interface Guess {
  readonly known: KnownName;
  readonly score: number;
  readonly why: string;
  /** The name is this one misspelled: what follows it in a specifier stays as it is. */
  readonly misspelled: boolean;
}

/**
 * The packages that were probably meant, up to three, the best first; none where nothing is near.
 *
 * The narrow rules come first, then names that are spelled alike: among them the ones that this project
 * approved or declared win over well-known ones. A package of the same name in another ecosystem is a
 * hint. Costs some ten milliseconds with 20,000 known names.
 *
 * @param specifier A package name, or a specifier as a program writes it (`numpy_utils.linalg`,
 * `lodahs/fp`); a suggestion's specifier keeps the rest of it where only the name was misspelled.
 */
export function suggest(
  specifier: string,
  ecosystem: EcosystemId,
  nameIndex: NameIndex,
): readonly Suggestion[] {
  const { name, suffix } = split(specifier, ecosystem);
  const guesses = [...narrowGuesses(name, ecosystem, nameIndex), ...wideGuesses(name, ecosystem, nameIndex)];
  const best = new Map<string, Guess>();
  // Who writes a name that is itself well known meant it, unless it is the module of another package (`bs4`).
  const isMeant = nameIndex.tierOf({ ecosystem, name }) !== undefined;
  for (const guess of guesses.toSorted((left, right) => right.score - left.score)) {
    const { package: target, spelling } = guess.known;
    if (isMeant && spelling !== name) continue;
    if (target.name !== name && !best.has(target.name)) best.set(target.name, guess);
  }
  const suggestions = [...best.values()].slice(0, most).map((guess) => suggestionOf(guess, suffix));
  return [...suggestions, ...elsewhere(name, ecosystem, nameIndex)].slice(0, most);
}

const ruleScores = { letters: 3, scope: 2.9, edit: 2.5, affix: 2.2, plugin: 2 };
const tierScores = { project: 0.18, top: 0.15, popular: 0 };

function* narrowGuesses(name: string, ecosystem: EcosystemId, nameIndex: NameIndex): Generator<Guess> {
  for (const { known: knownName, rule, why } of similarNames(name, ecosystem, nameIndex)) {
    const misspelled = rule === 'letters' || rule === 'edit' || rule === 'scope';
    yield { known: knownName, score: ruleScores[rule] + tierScores[knownName.tier], why, misspelled };
  }
}

const threshold = 0.5;

function* wideGuesses(name: string, ecosystem: EcosystemId, nameIndex: NameIndex): Generator<Guess> {
  const key = keyOf(name, ecosystem);
  for (const { key: candidateKey, shared, known: knownName } of nameIndex.sharing(ecosystem, key)) {
    // There are at least as many edits as one name has letters more than the other.
    const fewestEdits = Math.abs(key.length - candidateKey.length);
    const most = likeness(key, candidateKey, { shared, edits: fewestEdits });
    if (most + tierScores.project < threshold) continue;
    const candidate = knownName();
    const bonus = tierScores[candidate.tier];
    if (most + bonus < threshold) continue;
    const score = likeness(key, candidateKey, { shared, edits: distance(key, candidateKey) }) + bonus;
    if (score >= threshold)
      yield { known: candidate, score, why: `spelled like “${candidate.spelling}”`, misspelled: false };
  }
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
  const why = tier === 'project' ? `${guess.why}, which this project uses` : guess.why;
  return { package: target, specifier: guess.misspelled ? specifier + suffix : specifier, why };
}

/** The package of exactly this name in other ecosystems: the import may stand in the wrong language. */
function* elsewhere(name: string, ecosystem: EcosystemId, nameIndex: NameIndex): Generator<Suggestion> {
  for (const otherEcosystem of ecosystems) {
    const target = { ecosystem: otherEcosystem.id, name: otherEcosystem.canonical(name) };
    const title = findEcosystem(ecosystem)?.title ?? ecosystem;
    if (otherEcosystem.id === ecosystem || nameIndex.tierOf(target) === undefined) continue;
    yield {
      package: target,
      specifier: name,
      why: `a known name on ${otherEcosystem.title}, not on ${title}`,
    };
  }
}

/** Splits what follows the package's name off a specifier: `lodash` and `/fp`, `numpy` and `.linalg`. */
function split(specifier: string, ecosystem: EcosystemId): { name: string; suffix: string } {
  const head = findEcosystem(ecosystem)?.packagePart(specifier) ?? specifier;
  return { name: packageOf(ecosystem, head).name, suffix: specifier.slice(head.length) };
}
