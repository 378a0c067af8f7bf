import { findConfig } from '../config/find.ts';
import type { Config } from '../config/config.ts';
import type { Fault } from '../model/fault.ts';
import type { Files } from '../model/language.ts';
import type { Package } from '../model/package.ts';
import type { Trust } from '../model/standing.ts';
import { decide, importsOf, indexEntries, type Decision } from '../whitelist/decide.ts';
import type { WhitelistFile } from '../whitelist/file.ts';
import { readWhitelist } from '../whitelist/read.ts';
import { ignoring } from './ignores.ts';

/** Whose decisions hold in one state of the project, and how the tool is set there. */
export interface Policy {
  readonly config: Config;
  /** The config file, relative to the root; null where the project has none. */
  readonly configFile: string | null;
  readonly trust: Trust;
  /** The main whitelist file, relative to the root, whether it exists or not. */
  readonly whitelistFile: string;
  /** Every whitelist file that exists, the main one first. */
  readonly whitelists: readonly WhitelistFile[];
  readonly decide: (wanted: Package) => Decision;
  /** `imports` of entries, for an ecosystem: module to package names. */
  readonly imports: (ecosystem: string) => ReadonlyMap<string, readonly string[]>;
  readonly ignores: (path: string) => boolean;
  /** The current day in UTC, `YYYY-MM-DD`. */
  readonly today: string;
  readonly faults: readonly Fault[];
  readonly warnings: readonly string[];
}

/** What reading a policy takes besides the files. */
export interface PolicyOptions {
  readonly rules: readonly { readonly id: string; readonly fixed: boolean }[];
  readonly today: string;
  /** A config file that the caller names; null: look at the usual places. */
  readonly configFile: string | null;
}

/** Reads config and whitelist of one state of the project. Faults are part of the answer. */
export async function readPolicy(files: Files, { rules, today, configFile }: PolicyOptions): Promise<Policy> {
  const found = await findConfig(files, { rules, configFile });
  const { config } = found;
  const whitelists = await readWhitelists(files, config);
  const entries = whitelists.flatMap((file) => file.entries);
  const whitelist = indexEntries(entries);
  const claims = importsOf(entries);
  const ignores = await ignoring(config.ignorePaths);
  const exists = (await files.text(config.whitelist)) !== undefined;
  return {
    config,
    configFile: found.file,
    trust: config.trust ?? (exists ? 'whitelist' : 'manifests'),
    whitelistFile: config.whitelist,
    whitelists,
    decide: (wanted) => decide(whitelist, wanted, today),
    imports: (ecosystem) => claims.get(ecosystem) ?? new Map(),
    ignores,
    today,
    faults: [...found.faults, ...whitelists.flatMap((file) => file.faults)],
    warnings: [...whitelist.warnings, ...whitelists.flatMap((file) => file.warnings)],
  };
}

/** Reads the main whitelist and the files that it or the config extends, one level deep. */
async function readWhitelists(files: Files, config: Config): Promise<WhitelistFile[]> {
  const main = await readOne(files, config.whitelist);
  const named = [
    ...config.extends.map((path) => ({ path, from: null })),
    ...(main?.extends ?? []).map((extension) => ({ path: extension.path, from: extension })),
  ];
  const extended = await Promise.all(
    named.map(
      async ({ path, from }) =>
        (await readOne(files, path)) ??
        missing(path, { file: main?.file ?? null, line: from?.line ?? null, column: from?.column ?? null }),
    ),
  );
  return [...(main ? [main] : []), ...extended];
}

async function readOne(files: Files, file: string): Promise<WhitelistFile | undefined> {
  const text = await files.text(file);
  return text === undefined ? undefined : readWhitelist(file, text);
}

function missing(path: string, at: Pick<Fault, 'file' | 'line' | 'column'>): WhitelistFile {
  const message = `the whitelist ${path}, which is named in \`extends\`, does not exist`;
  const fault: Fault = {
    kind: 'whitelist',
    ...at,
    message,
    next: 'Add the file, or take it out of `extends`.',
  };
  return { file: path, entries: [], extends: [], faults: [fault], warnings: [] };
}
