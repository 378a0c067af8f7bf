import type { ParsedImport } from '../../model/reference.ts';
import type { Candidate } from './candidate.ts';
import { candidates } from './candidates.ts';

/**
 * Reads a text that no parser accepts: everything in it that looks like an import, in the order of the
 * text. Some of it may stand in a comment or a string; what goes by another name is not seen.
 */
export function readLeniently(text: string): readonly ParsedImport[] {
  return [...candidates(text)]
    .flatMap((candidate) => importOf(candidate, text) ?? [])
    .sort((one, other) => one.span.start - other.span.start);
}

function importOf(candidate: Candidate, text: string): ParsedImport | undefined {
  switch (candidate.found) {
    case 'specifier': {
      const { kind, specifier, span } = candidate;
      return { kind, target: { kind: 'literal', specifier, names: [] }, span, optional: false };
    }
    case 'expression': {
      const expression = expressionAt(text, candidate.start);
      const span = { start: candidate.start, end: candidate.start + expression.length };
      return { kind: candidate.kind, target: { kind: 'unclear', expression }, span, optional: false };
    }
    case 'doubt':
      return undefined;
  }
}

const LONGEST_EXPRESSION = 200;

/** @returns What stands on the line up to a closing parenthesis. */
function expressionAt(text: string, start: number): string {
  const line = text.slice(start, start + LONGEST_EXPRESSION);
  return /^[^)\r\n]*/.exec(line)?.[0].trimEnd() ?? '';
}
