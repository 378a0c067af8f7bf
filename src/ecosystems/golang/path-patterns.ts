import { trimSuffix } from '../../text/ends.ts';

/**
 * Matches module paths as `GOPRIVATE` does (golang.org/x/mod/module, `MatchPrefixPatterns`): each pattern of the list,
 * between commas, is held against as many elements of the path as it has itself. Capitals tell nothing here: hosts take
 * them for small letters, and a name that is kept too well does no harm.
 *
 * @param patterns `*.corp.example,github.com/acme/*`: in an element `*`, `?`, `[a-z]`, `[^a-z]`, and `\` before what is meant
 *   literally (https://pkg.go.dev/path#Match).
 * @returns Whether one of the patterns matches.
 */
export function matchesPrefix(patterns: string, path: string): boolean {
  const elements = path.toLowerCase().split('/');
  return patterns
    .toLowerCase()
    .split(',')
    .map((pattern) => trimSuffix(pattern.trim(), '/'))
    .filter((pattern) => pattern !== '')
    .some((pattern) => {
      const parts = pattern.split('/');
      return (
        parts.length <= elements.length && parts.every((part, at) => matchesElement(part, elements[at] ?? ''))
      );
    });
}

/** What one letter of a path has to be: any, or one that a test admits. */
type LetterTest = 'any letters' | ((letter: string) => boolean);

function matchesElement(pattern: string, element: string): boolean {
  const tests = testsOf(pattern);
  if (tests === null) return false;
  const letters = Array.from(element);
  let [at, testAt] = [0, 0];
  let star: { readonly testAt: number; at: number } | null = null;
  // Of several `*` only the last one ever has to take more letters.
  while (at < letters.length) {
    const letterTest = tests[testAt];
    if (letterTest === 'any letters') {
      star = { testAt, at };
      testAt += 1;
    } else if (letterTest?.(letters[at] ?? '') === true) {
      at += 1;
      testAt += 1;
    } else if (star !== null) {
      star.at += 1;
      at = star.at;
      testAt = star.testAt + 1;
    } else return false;
  }
  return tests.slice(testAt).every((letterTest) => letterTest === 'any letters');
}

/** @returns null where the pattern is malformed: it matches nothing then. */
function testsOf(pattern: string): readonly LetterTest[] | null {
  const tests: LetterTest[] = [];
  let following = pattern;
  while (following !== '') {
    const [token, negation, letters, escapedLetter] = TOKEN.exec(following) ?? [];
    if (token === undefined) return null;
    if (token === '*') tests.push('any letters');
    else if (token === '?') tests.push(() => true);
    else if (letters !== undefined) {
      const ranges = rangesOf(letters);
      tests.push((letter) => ranges.some(([low, high]) => low <= letter && letter <= high) === !negation);
    } else tests.push((letter) => letter === (escapedLetter ?? token));
    following = following.slice(token.length);
  }
  return tests;
}

const TOKEN = /^(?:\[(\^?)((?:\\.|[^\]\\])+)\]|\\(.)|[^[\\])/su;

function rangesOf(text: string): readonly (readonly [low: string, high: string])[] {
  return [...text.matchAll(/(\\.|[^\\])(?:-(\\.|[^\\]))?/gsu)].map(([, low = '', high]) => {
    const [first, last] = [low, high ?? low].map((letter) => letter.replace(/^\\(?=.)/su, ''));
    return [first ?? '', last ?? ''] as const;
  });
}
