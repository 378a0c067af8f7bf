import { ecosystems } from '../ecosystems/index.ts';
import type { Fault } from '../model/fault.ts';
import type { Scope } from '../model/snapshot.ts';
import { isInHand } from '../policy/answered.ts';
import type { Policy } from '../policy/policy.ts';
import { ecosystemsOf } from './ecosystems-of.ts';
import { TOOL } from '../model/tool.ts';

/** What there is to say about ecosystems for which the whitelist is not the authority, or that nobody knows here. */
export interface Coverage {
  readonly notes: readonly string[];
  readonly faults: readonly Fault[];
}

/**
 * What a whitelist does not cover is judged by manifests, which a reader of the report should know; a word that this
 * version does not know may cover what it can't check. A newer version wrote it: in a hook that is worth a line, in
 * CI, where the version can be chosen, it is a fault.
 */
export function coverageOf(
  { whitelist, whitelistFile }: Policy,
  { name: scope, changes }: Pick<Scope, 'name' | 'changes'>,
): Coverage {
  if (!whitelist.exists) return { notes: [], faults: [] };
  const uncovered = ecosystems.filter(({ id }) => !whitelist.covers.has(id));
  const paths = uncovered.length === 0 ? [] : changes.map(({ path }) => path);
  const touched = new Set(ecosystemsOf(paths));
  const metEcosystems = uncovered.filter(({ id }) => touched.has(id));
  const unknownWords = whitelist.unknownCovers.map(({ word, line, column }) => ({
    message: `“covers” names ${word}, which this version does not know`,
    next: `Update ${TOOL} to a version that knows the word, or remove the word.`,
    line,
    column,
  }));
  const isStrict = !isInHand(scope);
  return {
    notes: [
      ...metEcosystems.map(
        ({ id }) =>
          `${whitelistFile} does not cover ${id}: what manifests declare of it passes. Run \`init --update\` to cover it.`,
      ),
      ...(isStrict
        ? []
        : unknownWords.map(({ message, next, line }) => `${whitelistFile}:${line}: ${message}. ${next}`)),
    ],
    faults: isStrict
      ? unknownWords.map((problem) => ({ kind: 'whitelist', file: whitelistFile, ...problem }))
      : [],
  };
}
