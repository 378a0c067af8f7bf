import type { CommandsSetting } from '../model/commands-setting.ts';
import type { EcosystemId } from '../model/package.ts';
import type { TrustedRecords } from '../model/status.ts';
import type { NonEmpty } from '../model/text.ts';
import { pathLiteral, type RepositoryPath } from '../text/repository-path.ts';
import type { ExtensionFile } from '../whitelist/load.ts';

export type RuleLevel = 'error' | 'warn' | 'off';

/** What the config decides, with the defaults filled in. Paths are relative to the root, with `/`. */
export interface Config {
  /** The whitelist's path. */
  readonly whitelist: RepositoryPath;
  /** Further whitelist files. */
  readonly extends: readonly ExtensionFile[];
  /** Which record approves; null leaves it to whether a whitelist is there. */
  readonly trust: TrustedRecords | null;
  /** Levels by rule id, for the rules that the config names. */
  readonly rules: ReadonlyMap<string, RuleLevel>;
  /** Globs of files that are not read for imports: the defaults, and what the config adds. */
  readonly ignorePaths: readonly string[];
  /** Modules that the host provides. */
  readonly ambient: readonly string[];
  /** Modules of the project itself that no file shows: generated, or ignored by git. */
  readonly localModules: readonly string[];
  /** Package names that are sent nowhere; `*` stands for any letters. */
  readonly privateNames: readonly string[];
  /**
   * The registries of an ecosystem, where they are not the public one alone: lines of manifests that name one of them pass.
   * Names are asked for at the first.
   */
  readonly registries: ReadonlyMap<EcosystemId, NonEmpty<string>>;
  readonly lookup: 'on' | 'off';
  /** Seconds that all questions to registries may take together; null for the command's own default. */
  readonly lookupBudget: number | null;
  /** A package younger than this many days counts as young. */
  readonly youngDays: number;
  readonly assistants: 'ask' | 'trusted';
  /** Whose policy judges a range of commits. That of the base counts: no change chooses its judge. */
  readonly policyFrom: 'auto' | 'head' | 'base';
  /** What a package is that somebody asked for and nobody decided about, where the work is still in hand. */
  readonly requested: 'error' | 'warn';
  /** Where packages count that commands install. */
  readonly commands: CommandsSetting;
  /** The config's file, and the 1-based lines of its keys (`trust`, `rules.unclear-import`); null without a file. */
  readonly source: { readonly file: RepositoryPath; readonly lines: ReadonlyMap<string, number> } | null;
}

/** A rule as the config needs to know it. A `fixed` rule can't be configured down. */
export interface KnownRule {
  readonly id: string;
  /** Names that it had: a config may still use them. */
  readonly formerIds?: readonly string[];
  /** Its level where the config says nothing. */
  readonly severity: Exclude<RuleLevel, 'off'>;
  /** Its level where circumstances are gravest and the config says nothing; left out where that is the same. */
  readonly gravest?: Exclude<RuleLevel, 'off'>;
  readonly fixed: boolean;
}

/**
 * Seconds that registries may take where the config says nothing: a hook has less patience than a person. An agent waits with
 * each call of a tool, and no config has it wait longer.
 */
export const budgets = { agent: 1.5, hook: 3, person: 6 } as const;

/** What holds in a project without a config. */
export const defaults: Config = {
  whitelist: pathLiteral('approved-packages.yaml'),
  extends: [],
  trust: null,
  rules: new Map(),
  ignorePaths: [
    '**/node_modules/**',
    '**/bower_components/**',
    '**/site-packages/**',
    '**/vendor/**',
    '**/vendored/**',
    '**/_vendor/**',
    '**/third_party/**',
    '**/*.min.js',
    // What Yarn writes under these names (https://yarnpkg.com/getting-started/qa#which-files-should-be-gitignored).
    ...['yarn-1*.js', 'yarn-1*.cjs', 'yarn-2*.cjs', 'yarn-3*.cjs', 'yarn-4*.cjs'].map(
      (name) => `.yarn/releases/${name}`,
    ),
    '.yarn/plugins/@yarnpkg/plugin-*.cjs',
    '.yarn/sdks/**',
    '.pnp.cjs',
    '.pnp.loader.mjs',
  ],
  ambient: [],
  localModules: [],
  privateNames: [],
  registries: new Map(),
  lookup: 'on',
  lookupBudget: null,
  youngDays: 90,
  assistants: 'ask',
  policyFrom: 'auto',
  requested: 'error',
  commands: 'agents',
  source: null,
};
