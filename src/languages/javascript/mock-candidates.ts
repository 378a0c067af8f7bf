import { callCandidate, doubt, type Candidate } from './candidate.ts';
import { isHarmless } from './harmless.ts';
import { MOCKERS } from './loaders.ts';
import type { Reader } from './reader.ts';

const METHODS = new Set([...MOCKERS.values()].flatMap((methods) => [...methods.keys()]));
const METHOD = new RegExp(`\\b(?:${[...METHODS].join('|')})(?![\\w$])`, 'g');

/** Calls of `jest.mock("x")` and its relatives, chained ones (`jest.mock("a").mock("b")`) included. */
export function* mockCandidates(reader: Reader): Generator<Candidate> {
  if (!/\b(?:jest|vi|mock)(?![\w$])/.test(reader.text)) return;
  for (const { 0: method, index } of reader.text.matchAll(METHOD)) {
    const candidate = mockCandidate(reader, method, index);
    if (candidate !== undefined) yield candidate;
  }
}

function mockCandidate(reader: Reader, method: string, at: number): Candidate | undefined {
  const kinds = kindsOf(reader, method, at);
  const [kind] = kinds;
  if (kind === undefined || isHarmless(reader, at, 'call')) return undefined;
  const opening = openingAfter(reader, at + method.length);
  if (opening === undefined) return undefined;
  if (opening < 0) return doubt(at, 'a call that only the parser can read');
  const candidate = callCandidate(reader, { kind, at, opening });
  return candidate?.found === 'expression' && reader.wordAt(candidate.start) === 'import'
    ? undefined
    : candidate;
}

/** @returns The kinds of import that the method may be, by the object that it seems to belong to. */
function kindsOf(reader: Reader, method: string, at: number) {
  const owners = [...MOCKERS].filter(([, methods]) => methods.has(method));
  const dot = reader.preceding(at);
  if (dot.char !== '.' && dot.certain) return [];
  const optional = reader.text[dot.index - 1] === '?';
  const owner = reader.preceding(optional ? dot.index - 1 : dot.index);
  const certain = dot.certain && owner.certain && /[\w$\u0080-\uffff\]}"'`]/.test(owner.char);
  const name = certain ? reader.wordEndingAt(owner.index) : undefined;
  return owners
    .filter(([object]) => name === undefined || name === object)
    .flatMap(([, methods]) => methods.get(method) ?? []);
}

/** @returns Where the argument list opens, -1 where that can't be told, undefined where there is none. */
function openingAfter(reader: Reader, end: number): number | undefined {
  const { text } = reader;
  let next = reader.skipTrivia(end);
  if (text.startsWith('?.', next)) next = reader.skipTrivia(next + 2);
  if (text[next] === '<') {
    const types = /^<[^<>()]*(?:\([^()]*\)[^<>()]*)?>\s*\(/.exec(text.slice(next, next + 500));
    return types === null ? -1 : next + types[0].length - 1;
  }
  if (text[next] === '!' && text[next + 1] !== '=') return -1;
  return next < 0 || text[next] === '(' ? next : undefined;
}
