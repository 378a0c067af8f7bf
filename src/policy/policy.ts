import { defaults, type Config, type KnownRule } from '../config/config.ts';
import { namedSource } from '../config/find.ts';
import { loadConfig, readConfig, type ConfigRead } from '../config/read.ts';
import type { Fault } from '../model/fault.ts';
import type { Files } from '../model/language.ts';
import type { Package } from '../model/package.ts';
import type { Trust } from '../model/standing.ts';
import { decide, importsOf, indexEntries, type Decision } from '../whitelist/decide.ts';
import type { Extension, WhitelistFile } from '../whitelist/file.ts';
import { readWhitelist } from '../whitelist/read.ts';
import { ignoring } from './ignores.ts';

/** Whose decisions hold in one state of the project, and how the tool is set there. */
export interface Policy {
  readonly config: Config;
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
  readonly rules: readonly KnownRule[];
  readonly today: string;
  /** A config file that the caller names; null: look at the usual places. */
  readonly configFile: string | null;
}

/** Reads config and whitelist of one state of the project. Faults are part of the answer. */
export async function readPolicy(files: Files, { rules, today, configFile }: PolicyOptions): Promise<Policy> {
  const read = await (configFile === null ? loadConfig(files, rules) : readNamed(files, configFile, rules));
  const config = read.kind === 'config' ? read.config : defaults;
  const whitelists = await readWhitelists(files, config);
  const entries = whitelists.flatMap((file) => file.entries);
  const whitelist = indexEntries(entries);
  const claims = importsOf(entries);
  const ignores = await ignoring(config.ignorePaths);
  const exists = (await files.text(config.whitelist)) !== undefined;
  return {
    config,
    trust: config.trust ?? (exists ? 'whitelist' : 'manifests'),
    whitelistFile: config.whitelist,
    whitelists,
    decide: (wanted) => decide(whitelist, wanted, today),
    imports: (ecosystem) => claims.get(ecosystem) ?? new Map(),
    ignores,
    today,
    faults: [...(read.kind === 'faults' ? read.faults : []), ...whitelists.flatMap((file) => file.faults)],
    warnings: [...whitelist.warnings, ...whitelists.flatMap((file) => file.warnings)],
  };
}

/** Reads the main whitelist and the files that it or the config extends, one level deep. */
async function readWhitelists(files: Files, config: Config): Promise<WhitelistFile[]> {
  const main = await readOne(files, config.whitelist);
  const named = [
    ...config.extends.map((extension) => ({ extension, file: config.source?.file ?? null })),
    ...(main?.extends ?? []).map((extension) => ({ extension, file: config.whitelist })),
  ];
  const extended = await Promise.all(
    named.map(async (one) => (await readOne(files, one.extension.path)) ?? missing(one.extension, one.file)),
  );
  return [...(main ? [main] : []), ...extended];
}

async function readNamed(files: Files, file: string, rules: readonly KnownRule[]): Promise<ConfigRead> {
  const text = await files.text(file);
  if (text !== undefined) return readConfig(namedSource(file), text, rules);
  const message = 'there is no such config file';
  const next = 'Name a file of this project, relative to its root. Nothing was checked against it.';
  return { kind: 'faults', faults: [{ kind: 'config', file, line: null, column: null, message, next }] };
}

async function readOne(files: Files, file: string): Promise<WhitelistFile | undefined> {
  const text = await files.text(file);
  return text === undefined ? undefined : readWhitelist(file, text);
}

function missing({ path, line, column }: Extension, file: string | null): WhitelistFile {
  const message = `the whitelist ${path}, which is named in \`extends\`, does not exist`;
  const next = 'Add the file, or take it out of `extends`.';
  const fault: Fault = { kind: 'whitelist', file, line, column, message, next };
  return { file: path, entries: [], extends: [], faults: [fault], warnings: [] };
}
