import { ecosystems, findEcosystem } from '../ecosystems/index.ts';
import type { Suggestion } from '../model/evidence.ts';
import type { EcosystemId } from '../model/package.ts';
import { distance } from '../text/distance.ts';
import { keyOf } from './name-index.ts';
import type { KnownName, NameIndex } from './name-index.ts';
import { nearNames } from './near.ts';

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
 * @param written A package name, or a specifier as a program writes it (`numpy_utils.linalg`,
 * `lodahs/fp`); a suggestion's specifier keeps the rest of it where only the name was misspelled.
 */
export function suggest(written: string, ecosystem: EcosystemId, known: NameIndex): readonly Suggestion[] {
  const { name, rest } = split(written, ecosystem);
  const guesses = [...narrowGuesses(name, ecosystem, known), ...wideGuesses(name, ecosystem, known)];
  const best = new Map<string, Guess>();
  // Who writes a name that is itself well known meant it, unless it is the module of another package (`bs4`).
  const isMeant = known.tierOf({ ecosystem, name }) !== undefined;
  for (const guess of guesses.toSorted((left, right) => right.score - left.score)) {
    const { package: target, spelling } = guess.known;
    if (isMeant && spelling !== name) continue;
    if (target.name !== name && !best.has(target.name)) best.set(target.name, guess);
  }
  const suggestions = [...best.values()].slice(0, most).map((guess) => suggestionOf(guess, rest));
  return [...suggestions, ...elsewhere(name, ecosystem, known)].slice(0, most);
}

const ruleScores = { letters: 3, scope: 2.9, edit: 2.5, affix: 2.2, plugin: 2 };
const tierScores = { project: 0.18, household: 0.15, popular: 0 };

function* narrowGuesses(name: string, ecosystem: EcosystemId, known: NameIndex): Generator<Guess> {
  for (const { known: one, rule, why } of nearNames(name, ecosystem, known)) {
    const misspelled = rule === 'letters' || rule === 'edit' || rule === 'scope';
    yield { known: one, score: ruleScores[rule] + tierScores[one.tier], why, misspelled };
  }
}

const threshold = 0.5;

function* wideGuesses(name: string, ecosystem: EcosystemId, known: NameIndex): Generator<Guess> {
  const key = keyOf(name, ecosystem);
  for (const { key: other, shared, known: knownName } of known.sharing(ecosystem, key)) {
    // There are at least as many edits as one name has letters more than the other.
    const fewestEdits = Math.abs(key.length - other.length);
    const most = likeness(key, other, { shared, edits: fewestEdits });
    if (most + tierScores.project < threshold) continue;
    const one = knownName();
    const bonus = tierScores[one.tier];
    if (most + bonus < threshold) continue;
    const score = likeness(key, other, { shared, edits: distance(key, other) }) + bonus;
    if (score >= threshold)
      yield { known: one, score, why: `spelled like “${one.spelling}”`, misspelled: false };
  }
}

/** How alike two keys are, from 0 to 1. `shared` is the part of their grams that they have in common. */
function likeness(key: string, other: string, { shared, edits }: { shared: number; edits: number }): number {
  const longer = Math.max(key.length, other.length);
  const near = 1 - edits / longer;
  const alike = 0.45 * shared + 0.2 * (commonPrefix(key, other) / longer) + 0.35 * near;
  const inside = other.length >= 5 && (key.startsWith(other) || key.endsWith(other));
  return inside ? Math.max(alike, 0.4 + (0.4 * other.length) / key.length) : alike;
}

function commonPrefix(left: string, right: string): number {
  let length = 0;
  while (length < left.length && left[length] === right[length]) length++;
  return length;
}

function suggestionOf(guess: Guess, rest: string): Suggestion {
  const { package: target, specifier, tier } = guess.known;
  const why = tier === 'project' ? `${guess.why}, which this project uses` : guess.why;
  return { package: target, specifier: guess.misspelled ? specifier + rest : specifier, why };
}

/** The package of exactly this name in other ecosystems: the import may stand in the wrong language. */
function* elsewhere(name: string, ecosystem: EcosystemId, known: NameIndex): Generator<Suggestion> {
  for (const other of ecosystems) {
    const target = { ecosystem: other.id, name: other.canonical(name) };
    const title = findEcosystem(ecosystem)?.title ?? ecosystem;
    if (other.id === ecosystem || known.tierOf(target) === undefined) continue;
    yield { package: target, specifier: name, why: `a known name on ${other.title}, not on ${title}` };
  }
}

/** Splits what follows the package's name off a specifier: `lodash` and `/fp`, `numpy` and `.linalg`. */
function split(written: string, ecosystem: EcosystemId): { name: string; rest: string } {
  const pattern = ecosystem === 'npm' ? /^(?:@[^/]*\/)?[^/]*/ : /^[^.]*/;
  const head = pattern.exec(written)?.[0] ?? written;
  return { name: findEcosystem(ecosystem)?.canonical(head) ?? head, rest: written.slice(head.length) };
}
