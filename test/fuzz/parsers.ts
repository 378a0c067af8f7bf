import { javascript } from '../../src/languages/javascript/index.ts';
import type { Parsed, Source } from '../../src/model/language.ts';
import type { ParsedImport } from '../../src/model/reference.ts';

/** A parser that stands behind an adapter of ours, so that it gives the same references as the others. */
export interface AdaptedParser {
  readonly id: string;
  readonly parse: (source: Source) => Parsed;
}

const typescript = await javascript.parser();

/** Every adapted parser of JavaScript and TypeScript: each is compared with each other one. */
export const javascriptParsers: readonly AdaptedParser[] = [
  { id: 'typescript-estree', parse: (source) => typescript.parse(source) },
];

/**
 * Compares what two parsers read in a program.
 *
 * @returns The first reference that one of them has and the other lacks; undefined where they agree, and where one
 *   rejects the program: what is accepted is another question.
 */
export function disagreementOf(one: AdaptedParser, other: AdaptedParser, source: Source): string | undefined {
  const [left, right] = [one.parse(source), other.parse(source)];
  if (left.broken !== null || right.broken !== null) return undefined;
  return (
    lackOf(left, right, `${one.id} sees what ${other.id} does not`) ??
    lackOf(right, left, `${other.id} sees what ${one.id} does not`)
  );
}

function lackOf(having: Parsed, lacking: Parsed, what: string): string | undefined {
  const seen = new Set(lacking.imports.map(key));
  const missing = having.imports.find((reference) => !seen.has(key(reference)));
  return missing && `${what}: ${key(missing)}`;
}

function key({ kind, optional, span, target }: ParsedImport): string {
  return JSON.stringify([kind, optional, span.start, span.end, target]);
}
