import { callCandidate, doubt, type Candidate } from './candidate.ts';
import { REQUIRE_OWNERS } from './loaders.ts';
import type { Preceding, Reader } from './reader.ts';

/**
 * Looks at one `require` or `createRequire` token.
 *
 * @returns What the loader is called with; a doubt where the loader may get another name; undefined where
 * the token is a method of something else, a bare mention, or a check of its existence.
 */
export function requireCandidate(reader: Reader, keyword: string, at: number): Candidate | undefined {
  const next = reader.skipTrivia(at + keyword.length);
  if (next < 0) return doubt(at, 'a comment without an end');
  const previous = reader.preceding(at);
  const char = reader.text[next] ?? '';
  if (previous.certain && reader.wordEndingAt(previous.index) === 'function') return undefined;
  if (keyword === 'createRequire') return creatorCandidate(reader, at, next);
  if (previous.certain && isForeignMethod(reader, previous))
    return reader.namesModules() ? doubt(at, 'a method of what may be a module') : undefined;
  if (char === '(') return callCandidate(reader, { kind: 'require', at, opening: next });
  if (char === '[' || isComputedName(reader, previous, next)) return doubt(at, 'a computed name');
  if (char === '.' || reader.text.startsWith('?.', next)) return memberCandidate(reader, at, next);
  if (char === '<' || (char === '!' && reader.text[next + 1] !== '=')) {
    return doubt(at, 'a call of `require` that only the parser can read');
  }
  return mayGetAnotherName(reader, at, next) ? doubt(at, 'another name for `require`') : undefined;
}

/** `module["require"]`. */
function isComputedName(reader: Reader, { index, char }: Preceding, next: number): boolean {
  if (!/["'`]/.test(char) || reader.text[next] !== char) return false;
  const previous = reader.preceding(index);
  return previous.char === '[' || !previous.certain;
}

/** `foo.require` where `foo` is known to be nothing of Node's. */
function isForeignMethod(reader: Reader, { index, char }: Preceding): boolean {
  const { text } = reader;
  if (char === '#') return true;
  if (char !== '.' || text[index - 1] === '.') return false;
  const owner = reader.preceding(text[index - 1] === '?' ? index - 1 : index);
  if (!owner.certain) return false;
  if (!/[\w$\u0080-\uffff]/.test(owner.char)) return owner.char === '"' || owner.char === "'";
  const name = reader.wordEndingAt(owner.index);
  return !REQUIRE_OWNERS.has(name) && name !== 'prototype';
}

/** `require?.("x")`, `require.resolve("x")`. */
function memberCandidate(reader: Reader, at: number, dot: number): Candidate | undefined {
  const { text } = reader;
  let next = reader.skipTrivia(dot + (text[dot] === '?' ? 2 : 1));
  const isResolve = reader.wordAt(next) === 'resolve';
  if (isResolve) {
    next = reader.skipTrivia(next + 'resolve'.length);
    if (text.startsWith('?.(', next)) next += 2;
  }
  if (next < 0) return doubt(at, 'a comment without an end');
  if (isModule(reader, at, next)) return doubt(at, 'a module that may get another name');
  const isHandedOn =
    isResolve && text[next] !== '('
      ? !isProse(reader, at, next)
      : ['call', 'apply', 'bind'].includes(reader.wordAt(next));
  if (isHandedOn || '!<['.includes(text[next] ?? ' '))
    return doubt(at, 'a call that only the parser can read');
  return text[next] === '(' ? callCandidate(reader, { kind: 'require', at, opening: next }) : undefined;
}

/** A word that follows on the same line shows prose, unless it is one of a cast. */
function isProse(reader: Reader, at: number, next: number): boolean {
  const following = reader.wordAt(next);
  return following !== '' && !isCast(following) && !reader.hasLineEnd(at, next);
}

function isCast(word: string): boolean {
  return word === 'as' || word === 'satisfies';
}

/** `require.main` and `require.cache` as values, neither compared nor deleted; of their members another look tells. */
function isModule(reader: Reader, at: number, start: number): boolean {
  const word = reader.wordAt(start);
  const previous = reader.preceding(at);
  if (word === 'cache') return reader.wordEndingAt(previous.index) !== 'delete';
  if (word !== 'main' || reader.text.slice(previous.index - 1, previous.index + 1) === '==') return false;
  const next = reader.skipTrivia(start + word.length);
  return next < 0 || !/[.\w$=!]/.test(reader.text[next] ?? '') || reader.hasLineEnd(start, next);
}

/**
 * `createRequire` needs the parser unless it is only imported, or its result is called `require`, whose
 * calls are seen anyway.
 */
function creatorCandidate(reader: Reader, at: number, next: number): Candidate | undefined {
  const { text } = reader;
  const reason = 'a loader made by `createRequire`';
  const previous = reader.preceding(at);
  if ((text[next] === '}' || text[next] === ',') && previous.certain && /[{,]/.test(previous.char))
    return undefined;
  const line = text.slice(Math.max(0, at - 200), at);
  const call = /^\([^()]*(?:\([^()]*\)[^()]*)*\)/.exec(text.slice(next, next + 500));
  if (call === null || !/\brequire\s*(?::\s*[\w.$]+\s*)?=\s*(?:[\w$]+\s*\.\s*)*$/.test(line)) {
    return doubt(at, reason);
  }
  const nextCharacter = text[reader.skipTrivia(next + call[0].length)] ?? '';
  return '(.?![`'.includes(nextCharacter) && nextCharacter !== '' ? doubt(at, reason) : undefined;
}

/**
 * Could the value of a `require` token flow into another name (`const r = require`), or be called by other
 * means than its name (`(0, require)("x")`)? A word that follows on the same line shows prose.
 */
function mayGetAnotherName(reader: Reader, at: number, next: number): boolean {
  const { text } = reader;
  const cast = isCast(reader.wordAt(next));
  if (isProse(reader, at, next)) return false;
  if (/^(?:[=!]=|[+\-*/%<>^])/.test(text.slice(next, next + 2))) return false;
  const previous = reader.preceding(at);
  if (!previous.certain) return true;
  switch (previous.char) {
    case '=':
      return !'=!<>'.includes(text[previous.index - 1] ?? ' ');
    case '?':
    case ':':
    case '&':
    case '|':
    case '>':
    case '.':
      return true;
    case '[':
      return ',]'.includes(text[next] ?? ' ');
    case '{':
      return mayBeMember(reader, next);
    case '(':
      return cast || ['||', '&&', '??'].includes(text.slice(next, next + 2)) || isArgument(reader, next);
    case ',':
      return (
        cast ||
        (text[next] === ',' || text[next] === ')' ? isArgument(reader, next) : mayBeMember(reader, next))
      );
    default:
      return reader.wordEndingAt(previous.index) === 'return';
  }
}

/** `{ require }`, `{ require: load }`; not `{ require: true }`, whose value is written there. */
function mayBeMember(reader: Reader, next: number): boolean {
  const char = reader.text[next] ?? '';
  if (char !== ':') return char === '}' || char === ',';
  const value = reader.skipTrivia(next + 1);
  return (
    value < 0 ||
    (/[A-Za-z$_{[]/.test(reader.text[value] ?? '') &&
      !/^(?:true|false|null)\b/.test(reader.text.slice(value, value + 6)))
  );
}

/** One of the values of a call; not a parameter of a function, whose body or arrow follows the list. */
function isArgument({ text }: Reader, next: number): boolean {
  if (text[next] !== ')' && text[next] !== ',') return false;
  return !/^[^()]*\)\s*(?:=>|\{)/.test(text.slice(next, next + LONGEST_PARAMETERS));
}

/** In UTF-16 code units, from one parameter to the end of the list. */
const LONGEST_PARAMETERS = 300;
