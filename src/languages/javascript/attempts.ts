import type { Source } from '../../model/language.ts';
import type { Request } from './parsers/syntax.ts';
import { withoutTagsInProgram } from '../../text/template-tags.ts';
import { repair } from './repairs.ts';

/** @returns A text as its parser is first given it. */
export function asWritten({ text, dialect }: Source): Request {
  return { text, dialect, comments: mayHoldJsDocImports({ text, dialect }) };
}

/**
 * Ways to read a text: in its own dialect, in the nearest other one, then with foreign syntax rewritten, and without the
 * tags of a template engine. Each text has the same length; the spelling of specifiers is that of the original.
 *
 * Plain JavaScript is read with JSX and type annotations at first; without JSX, `<T>(x) => x` is a generic
 * function. TypeScript with JSX in a `.ts` file, and without it in a `.tsx` file, is somebody's mistake
 * that bundlers tolerate.
 */
export function* attempts(source: Source): Generator<Request> {
  const { text, dialect } = source;
  const otherDialect = dialect === 'ts' || dialect === 'mts' || dialect === 'cts' ? 'tsx' : 'ts';
  const request = asWritten(source);
  yield request;
  yield { ...request, dialect: otherDialect };
  for (const repaired of rewritings(text)) {
    yield { ...request, text: repaired };
    yield { ...request, text: repaired, dialect: otherDialect };
  }
}

function rewritings(text: string): readonly string[] {
  const repaired = repair(text);
  const withoutTags = withoutTagsInProgram(repaired);
  return [...new Set([text, repaired, withoutTags])].slice(1);
}

/** In TypeScript, types in JSDoc comments mean nothing. */
function mayHoldJsDocImports({ text, dialect }: Source): boolean {
  return /^[mc]?jsx?$/.test(dialect) && text.includes('/**') && /@import\b|\bimport\s*\(/.test(text);
}
