import { defaults, type Config, type KnownRule } from '../config/config.ts';
import { namedSource } from '../config/find.ts';
import { loadConfig } from '../config/load.ts';
import type { ConfigRead } from '../config/read.ts';
import type { Fault } from '../model/fault.ts';
import type { Files } from '../model/language.ts';
import type { EcosystemId, Package } from '../model/package.ts';
import type { TrustedRecords } from '../model/status.ts';
import { readPath, type RepositoryPath } from '../text/repository-path.ts';
import { claimsOf, decide, noClaims, type Decision, type ModuleClaims } from '../whitelist/decide.ts';
import { loadWhitelist, type LoadedWhitelist } from '../whitelist/load.ts';
import { ignoring } from './ignores.ts';
import type { MissingWhitelist } from './missing-whitelist.ts';

/** Whose decisions hold in one state of the project, and how the tool is set there. */
export interface Policy {
  readonly config: Config;
  /** Which record approves in an ecosystem: a whitelist is the authority for what it covers. */
  readonly trustIn: (ecosystem: EcosystemId) => TrustedRecords;
  /** The main whitelist file, relative to the root, whether it exists or not. */
  readonly whitelistFile: RepositoryPath;
  readonly whitelist: LoadedWhitelist;
  readonly decide: (subject: Package) => Decision;
  /** Which modules the packages of an ecosystem provide, as entries say it. */
  readonly claims: (ecosystem: string) => ModuleClaims;
  readonly ignores: (path: string) => boolean;
  /** The current day in UTC, `YYYY-MM-DD`. */
  readonly today: string;
  /** Of the policy that judges: what is said where its config names a whitelist that is not there; else null. */
  readonly missing: MissingWhitelist | null;
  readonly faults: readonly Fault[];
  readonly warnings: readonly string[];
}

/** What reading a policy takes besides the files. */
export interface PolicyOptions {
  readonly rules: readonly KnownRule[];
  readonly today: string;
  /** A config file that the caller names, as it is written; null: look at the usual places. */
  readonly configFile: string | null;
}

/** What reading the policy that judges takes besides. */
export interface JudgeOptions extends PolicyOptions {
  /** How to start this tool here. Asked only where a fault says so. */
  readonly command: () => Promise<string>;
}

/**
 * Reads the policy that judges. A whitelist that its config names has to be there: without one, denials would be off and
 * manifests would approve, because of a slip of the hand.
 */
export async function readJudge(files: Files, options: JudgeOptions): Promise<Policy> {
  const policy = await readPolicy(files, options);
  const line = policy.config.source?.lines.get('whitelist');
  if (line === undefined || !policy.whitelist.isMissing) return policy;
  const { missingWhitelist } = await import('./missing-whitelist.ts');
  const missing = await missingWhitelist(policy, files, { line, command: options.command });
  return { ...policy, missing, faults: [...policy.faults, missing.fault] };
}

/** @returns What keeps a command from writing decisions. A whitelist that it makes itself does not. */
export function obstaclesOf({ missing, faults }: Policy): readonly Fault[] {
  return missing?.mayBeMade ? faults.filter((fault) => fault !== missing.fault) : faults;
}

/** Reads config and whitelist of one state of the project, to compare it with others. Faults are part of the answer. */
export async function readPolicy(files: Files, options: PolicyOptions): Promise<Policy> {
  const { today } = options;
  const read = await configRead(files, options);
  const config = configIn(read);
  const source = config.source?.file ?? '';
  const configured = config.extends.map((extension) => ({ file: source, extension }));
  const loaded = await loadWhitelist(files, { file: config.whitelist, configured });
  const claims = claimsOf(loaded.whitelist);
  return {
    config,
    trustIn: (ecosystem) => trustIn(ecosystem, config, loaded),
    whitelistFile: config.whitelist,
    whitelist: loaded,
    decide: (subject) => decide(loaded.whitelist, subject, today),
    claims: (ecosystem) => claims.get(ecosystem) ?? noClaims,
    ignores: await ignoring(config.ignorePaths),
    today,
    missing: null,
    faults: [...(read.kind === 'faults' ? read.faults : []), ...loaded.faults],
    warnings: loaded.warnings,
  };
}

/** @returns How the tool is set in one state of the project: what a config says that can't be read, counts as not said. */
export async function readSettings(files: Files, options: PolicyOptions): Promise<Config> {
  return configIn(await configRead(files, options));
}

function configRead(files: Files, { rules, configFile }: PolicyOptions): Promise<ConfigRead> {
  return configFile === null ? loadConfig(files, rules) : readNamed(files, configFile, rules);
}

function configIn(read: ConfigRead): Config {
  return read.kind === 'config' ? read.config : defaults;
}

function trustIn(ecosystem: EcosystemId, { trust }: Config, whitelist: LoadedWhitelist): TrustedRecords {
  if (isUncovered(ecosystem, whitelist)) return 'manifests';
  return trust ?? (whitelist.exists ? 'whitelist' : 'manifests');
}

/**
 * @param word An ecosystem, or what else `covers` may name.
 * @returns Whether there is a whitelist that says nothing of it, as where a version wrote it that did not read it.
 */
export function isUncovered(word: string, { exists, covers }: LoadedWhitelist): boolean {
  return exists && !covers.has(word);
}

async function readNamed(files: Files, file: string, rules: readonly KnownRule[]): Promise<ConfigRead> {
  const reading = readPath(file);
  if (reading.kind === 'wrong') return unnamed(file, `the path of the config ${reading.reason}`);
  const text = await files.text(reading.path);
  if (text === undefined) return unnamed(file, 'there is no such config file');
  const { readConfig } = await import('../config/read.ts');
  return readConfig(namedSource(reading.path), text, rules);
}

function unnamed(file: string, message: string): ConfigRead {
  const next = 'Name a file of this project, relative to its root. Nothing was checked against it.';
  return { kind: 'faults', faults: [{ kind: 'config', file, line: null, column: null, message, next }] };
}
