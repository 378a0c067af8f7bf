import type { Parsed, Parser, Source } from '../../model/language.ts';
import { importsInComments } from './documentation.ts';
import { readLeniently } from './lenient.ts';
import type { Attempt, Outcome } from './program.ts';
import { repair } from './repairs.ts';

/**
 * Loads TypeScript's parser; the modules stay loaded.
 *
 * The parser tries a text in its own dialect, then in the nearest other one, then with foreign syntax
 * rewritten. What is still rejected goes to the lenient reader: `broken` tells the first rejection.
 */
export async function loadParser(): Promise<Parser> {
  const { readProgram } = await import('./program.ts');
  return { parse: (source) => parseWith(readProgram, source) };
}

function parseWith(readProgram: (attempt: Attempt) => Outcome, source: Source): Parsed {
  const { text } = source;
  let broken: Parsed['broken'] = null;
  for (const attempt of attempts(source)) {
    const outcome = readProgram(attempt);
    if (outcome.kind === 'program') {
      const imports = [...outcome.imports, ...importsInComments(text, outcome)];
      return { imports: imports.sort((one, other) => one.span.start - other.span.start), broken: null };
    }
    broken ??= { message: outcome.message, offset: outcome.offset, approximate: true };
    if (outcome.final) break;
  }
  return { imports: readLeniently(text), broken };
}

/**
 * Plain JavaScript is read with JSX and type annotations at first; without JSX, `<T>(x) => x` is a generic
 * function. TypeScript with JSX in a `.ts` file, and without it in a `.tsx` file, is somebody's mistake
 * that bundlers tolerate.
 */
function* attempts(source: Source): Generator<Attempt> {
  const { text, dialect } = source;
  const other = dialect === 'ts' || dialect === 'mts' || dialect === 'cts' ? 'tsx' : 'ts';
  yield { source, text, dialect };
  yield { source, text, dialect: other };
  const repaired = repair(text);
  if (repaired === text) return;
  yield { source, text: repaired, dialect };
  yield { source, text: repaired, dialect: other };
}
