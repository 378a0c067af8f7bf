import type { Scan, Source } from '../../model/language.ts';
import { detached } from '../../text/detached.ts';
import type { Candidate } from './candidate.ts';
import { candidates } from './candidates.ts';

/**
 * A quick look at JavaScript or TypeScript: linear in the text's length, no parser.
 *
 * @returns Every specifier that the parser would find, with some that only stand in comments and strings;
 * or that it is unsure, where a specifier or a loader's name holds an escape, a loader is called with
 * something else than a literal or may go by another name.
 */
export function scan({ text }: Source): Scan {
  return scanOf(candidates(text));
}

/** @returns The specifiers of what looks like an import, or why they may not be all. */
export function scanOf(candidateList: Iterable<Candidate>): Scan {
  const specifiers = new Set<string>();
  for (const candidate of candidateList) {
    switch (candidate.found) {
      case 'specifier':
      case 'url':
        specifiers.add(detached(candidate.specifier));
        break;
      case 'expression':
        return { kind: 'unsure', reason: 'a module that is named by an expression' };
      case 'doubt':
        return { kind: 'unsure', reason: candidate.reason };
    }
  }
  return { kind: 'superset', specifiers };
}
