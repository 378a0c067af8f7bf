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
  if (previous.certain && isForeignMethod(reader, previous)) return undefined;
  if (char === '(') return callCandidate(reader, { kind: 'require', at, opening: next });
  if (char === '[' || isComputedName(reader, previous, next)) return doubt(at, 'a computed name');
  if (char === '.' || reader.text.startsWith('?.', next)) return memberCandidate(reader, at, next);
  if (char === '<' || (char === '!' && reader.text[next + 1] !== '=')) {
    return doubt(at, 'a call of `require` that only the parser can read');
  }
  return mayGetAnotherName(reader, at, next) ? doubt(at, 'another name for `require`') : undefined;
}

/** `module["require"]`. */
function isComputedName({ text }: Reader, { index, char }: Preceding, next: number): boolean {
  return (
    /["'`]/.test(char) && text[next] === char && /\[\s*$/.test(text.slice(Math.max(0, index - 10), index))
  );
}

/** `foo.require` where `foo` is known to be nothing of Node's. */
function isForeignMethod(reader: Reader, { index, char }: Preceding): boolean {
  const { text } = reader;
  if (char === '#') return true;
  if (char !== '.' || text[index - 1] === '.') return false;
  const owner = reader.preceding(text[index - 1] === '?' ? index - 1 : index);
  if (!owner.certain) return false;
  if (!/[\w$\u0080-\uffff]/.test(owner.char)) return owner.char === '"' || owner.char === "'";
  return !REQUIRE_OWNERS.has(reader.wordEndingAt(owner.index));
}

/** `require?.("x")`, `require.resolve("x")`. */
function memberCandidate(reader: Reader, at: number, dot: number): Candidate | undefined {
  const { text } = reader;
  let next = reader.skipTrivia(dot + (text[dot] === '?' ? 2 : 1));
  if (text.startsWith('resolve', next) && reader.wordAt(next) === 'resolve') {
    next = reader.skipTrivia(next + 'resolve'.length);
    if (text.startsWith('?.', next)) next = reader.skipTrivia(next + 2);
  }
  if (next < 0) return doubt(at, 'a comment without an end');
  const isHandedOn = ['call', 'apply', 'bind'].includes(reader.wordAt(next)) || isCalledAfter(reader, next);
  if (isHandedOn || '!<['.includes(text[next] ?? ' '))
    return doubt(at, 'a call that only the parser can read');
  return text[next] === '(' ? callCandidate(reader, { kind: 'require', at, opening: next }) : undefined;
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
  const following = reader.wordAt(next);
  const cast = following === 'as' || following === 'satisfies';
  if (following !== '' && !cast && !reader.hasLineEnd(at, next)) return false;
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
      return true;
    case '>':
      return text[previous.index - 1] !== '=';
    case '.':
      return isCalledAfter(reader, next);
    case '(':
      return (
        cast ||
        ['||', '&&', '??'].includes(text.slice(next, next + 2)) ||
        isParenthesised(reader, previous.index, next) ||
        reader.wordEndingAt(reader.preceding(previous.index).index) === 'apply'
      );
    case ',':
      return cast || isCalledAfter(reader, next);
    default:
      return false;
  }
}

/** `(require)("x")`, `= (require)`; neither `f(require)`, nor `function (require)`, nor `(require) =>`. */
function isParenthesised(reader: Reader, opening: number, next: number): boolean {
  if (reader.text[next] !== ')') return false;
  const nextOffset = reader.skipTrivia(next + 1);
  if (reader.text.startsWith('=>', nextOffset)) return false;
  const previous = reader.preceding(opening);
  return !previous.certain || /[=&|?:(,]/.test(previous.char) || isCalledAfter(reader, next);
}

/** Is the parenthesis that closes at `next` called, or a member of it used? */
function isCalledAfter(reader: Reader, next: number): boolean {
  if (reader.text[next] !== ')') return false;
  const nextOffset = reader.skipTrivia(next + 1);
  return nextOffset < 0 || '(.?!'.includes(reader.text[nextOffset] ?? ' ');
}
