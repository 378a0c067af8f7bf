import { ecosystems } from '../ecosystems/index.ts';
import { COMMANDS } from '../model/commands-setting.ts';
import { formatOf } from '../declarations/read.ts';
import type { Fault } from '../model/fault.ts';
import type { Scope } from '../model/snapshot.ts';
import { isInHand } from '../policy/answered.ts';
import { isUncovered, type Policy } from '../policy/policy.ts';
import type { AnalysisOptions } from './analyse.ts';
import { ecosystemsOf } from './ecosystems-of.ts';
import { isCommandFile } from './source-kinds.ts';
import { TOOL } from '../model/tool.ts';

/** What there is to say about what the whitelist is not the authority for, what nobody knows here, and what is left out. */
export interface Coverage {
  readonly notes: readonly string[];
  readonly faults: readonly Fault[];
}

/** What saying it takes besides the scope. */
interface CoverageOptions extends Pick<AnalysisOptions, 'policy' | 'kinds' | 'manifests' | 'inAssistant'> {
  /** How to start this tool here. Asked only where a note says so. */
  readonly command: () => Promise<string>;
}

/**
 * What a whitelist does not cover is judged by manifests, which a reader of the report should know; a word that this
 * version does not know may cover what it can't check. A newer version wrote it: in a hook that is worth a line, in
 * CI, where the version can be chosen, it is a fault. So should a reader know where a config leaves out files that it
 * does not name.
 */
export async function coverageOf(
  scope: Pick<Scope, 'name' | 'changes'>,
  options: CoverageOptions,
): Promise<Coverage> {
  const { policy } = options;
  const unknownWords = policy.whitelist.exists ? unknownWordsOf(policy) : [];
  const isStrict = !isInHand(scope.name);
  return {
    notes: [
      ...(await uncoveredNotes(scope, options)),
      ...(isStrict
        ? []
        : unknownWords.map(
            ({ message, next, line }) => `${policy.whitelistFile}:${line}: ${message}. ${next}`,
          )),
      ...(await leftOutNotes(scope, options)),
    ],
    faults: isStrict
      ? unknownWords.map((problem) => ({ kind: 'whitelist', file: policy.whitelistFile, ...problem }))
      : [],
  };
}

async function uncoveredNotes(
  { changes }: Pick<Scope, 'changes'>,
  { policy: { whitelist, whitelistFile }, kinds, manifests, command }: CoverageOptions,
): Promise<readonly string[]> {
  const uncovered = ecosystems.filter(({ id }) => isUncovered(id, whitelist));
  const touched = new Set(uncovered.length === 0 ? [] : ecosystemsOf(changes.map(({ path }) => path)));
  const metEcosystems = uncovered.filter(({ id }) => touched.has(id)).map(({ id }) => id);
  const hasCommands =
    isUncovered(COMMANDS, whitelist) &&
    changes.some(({ path }) => isCommandFile(path, kinds) && formatOf(path, manifests.formats) === undefined);
  if (metEcosystems.length === 0 && !hasCommands) return [];
  const update = `Run \`${await command()} init --update\` to cover`;
  return [
    ...metEcosystems.map(
      (id) => `${whitelistFile} does not cover ${id}: what manifests declare of it passes. ${update} it.`,
    ),
    ...(hasCommands
      ? [`${whitelistFile} does not cover commands: what they install is a warning at most. ${update} them.`]
      : []),
  ];
}

function unknownWordsOf({ whitelist }: Policy) {
  return whitelist.unknownCovers.map(({ word, line, column }) => ({
    message: `“covers” names ${word}, which this version does not know`,
    next: `Update ${TOOL} to a version that knows the word, or remove the word.`,
    line,
    column,
  }));
}

/** An assistant is told of no way past a check, and most configs name no paths. */
async function leftOutNotes(
  { changes }: Pick<Scope, 'changes'>,
  { policy, kinds, manifests, inAssistant }: CoverageOptions,
): Promise<readonly string[]> {
  if (inAssistant || policy.config.source?.lines.has('ignorePaths') !== true) return [];
  const ignored = changes.map(({ path }) => path).filter((path) => policy.ignores(path));
  if (ignored.length === 0) return [];
  const { defaultIgnores } = await import('./default-ignores.ts');
  return defaultIgnores(ignored, { config: policy.config, kinds, manifests });
}
