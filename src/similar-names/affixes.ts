import { findEcosystem } from '../ecosystems/index.ts';
import type { EcosystemId } from '../model/package.ts';

/**
 * Parts that a name gets when somebody wants "the package that helps with X": they say nothing of what
 * the package is. Assistants that invent a name mostly add one of them to a real one.
 */
const genericAffixes = new Set(
  (
    'addon adapter advanced agent ai api async auto automation basic best better bridge bundle chatgpt cli client ' +
    'common connector custom dev dx easy easier enhanced enterprise ext extended extension extensions extra ' +
    'extras fast faster framework full generator gpt handler handlers helper helpers hub improved integration ' +
    'interface internal js kit latest lib library libs lightweight lite llm loader magic manager mini ml modern ' +
    'module modules my new next node nodejs official open package parser pkg plugin plugins plus pro processor ' +
    'professional py python python2 python3 quick real safe sdk secure service services simple simplified smart ' +
    'std super support sync the tiny tool toolbox toolkit tools toolset ts turbo ultimate ultra universal util ' +
    'utilities utility utils v2 v3 v4 wrapper x'
  ).split(' '),
);

/** Generic parts that are also recognised without a separator. Short ones would meet too many names. */
const unseparatedAffixes = (
  'advanced async better client easy fast helper helpers js lib library lite modern plus ' +
  'pro py python quick simple smart super tools toolkit utility utils'
).split(' ');

/** What is left of a name, and what was taken off. */
export interface StrippedName {
  readonly rest: string;
  readonly removed: readonly string[];
}

/** At most this many parts go on each side: with more, what is left is rarely what was meant. */
const mostOnEachSide = 2;

/** The fewest letters that a name keeps when a part without separator is taken off. */
const fewestLetters = 5;

/**
 * The ways to take generic parts off a name, the ones that take least first. The rest has at least three
 * letters and is not generic itself.
 *
 * @param name Without a scope, in any spelling.
 */
export function* withoutGenericParts(name: string): Generator<StrippedName> {
  const parts = name
    .toLowerCase()
    .split(/[._-]+/)
    .filter((part) => part !== '');
  const leadingCount = Math.min(countWhile(parts, isGeneric), mostOnEachSide);
  const trailingCount = Math.min(countWhile(parts.toReversed(), isGeneric), mostOnEachSide);
  for (let count = 1; count <= leadingCount + trailingCount; count++) {
    for (let left = Math.max(0, count - trailingCount); left <= Math.min(leadingCount, count); left++) {
      const right = count - left;
      const remainingParts = parts.slice(left, parts.length - right);
      if (remainingParts.every(isGeneric) || remainingParts.join('').length < 3) continue;
      const removed = [...parts.slice(0, left), ...parts.slice(parts.length - right)];
      yield { rest: remainingParts.join('-'), removed };
    }
  }
  if (parts.length === 1) yield* withoutGluedParts(parts.join(''));
}

function* withoutGluedParts(word: string): Generator<StrippedName> {
  for (const part of unseparatedAffixes) {
    if (word.length - part.length < fewestLetters) continue;
    if (word.endsWith(part)) yield { rest: word.slice(0, -part.length), removed: [part] };
    if (word.startsWith(part)) yield { rest: word.slice(part.length), removed: [part] };
  }
}

/** @returns The name without its plugin prefix (`babel-plugin-`), or undefined where it has none. */
export function withoutPluginPrefix(name: string, ecosystem: EcosystemId): StrippedName | undefined {
  const prefixes = findEcosystem(ecosystem)?.pluginPrefixes ?? [];
  const prefix = prefixes.find((start) => name.startsWith(start));
  return prefix === undefined ? undefined : { rest: name.slice(prefix.length), removed: [prefix] };
}

function isGeneric(part: string): boolean {
  return genericAffixes.has(part) || /^\d+$/.test(part);
}

function countWhile<T>(items: readonly T[], holds: (item: T) => boolean): number {
  const end = items.findIndex((item) => !holds(item));
  return end === -1 ? items.length : end;
}

/** @returns The generic part that a longer name has before or after a shorter one; undefined where it has none. */
export function genericRemainder(key: string, longerKey: string): string | undefined {
  if (key.length < fewestLetters || longerKey.length <= key.length) return undefined;
  const parts = [
    ...(longerKey.startsWith(key) ? [longerKey.slice(key.length)] : []),
    ...(longerKey.endsWith(key) ? [longerKey.slice(0, -key.length)] : []),
  ];
  return parts.find((part) => genericAffixes.has(part));
}
