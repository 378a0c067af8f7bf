import { defaults, type Config, type KnownRule } from '../config/config.ts';
import { namedSource } from '../config/find.ts';
import { loadConfig } from '../config/load.ts';
import type { ConfigRead } from '../config/read.ts';
import type { Fault } from '../model/fault.ts';
import type { Files } from '../model/language.ts';
import type { EcosystemId, Package } from '../model/package.ts';
import type { TrustedRecords } from '../model/status.ts';
import { decide, importsOf, type Decision } from '../whitelist/decide.ts';
import { loadWhitelist, type LoadedWhitelist } from '../whitelist/load.ts';
import { ignoring } from './ignores.ts';

/** Whose decisions hold in one state of the project, and how the tool is set there. */
export interface Policy {
  readonly config: Config;
  /** Which record approves in an ecosystem: a whitelist is the authority for what it covers. */
  readonly trustIn: (ecosystem: EcosystemId) => TrustedRecords;
  /** The main whitelist file, relative to the root, whether it exists or not. */
  readonly whitelistFile: string;
  readonly whitelist: LoadedWhitelist;
  readonly decide: (subject: Package) => Decision;
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
  const source = config.source?.file ?? '';
  const configured = config.extends.map((extension) => ({ file: source, extension }));
  const loaded = await loadWhitelist(files, { file: config.whitelist, configured });
  const claims = importsOf(loaded.whitelist);
  return {
    config,
    trustIn: (ecosystem) => trustIn(ecosystem, config, loaded),
    whitelistFile: config.whitelist,
    whitelist: loaded,
    decide: (subject) => decide(loaded.whitelist, subject, today),
    imports: (ecosystem) => claims.get(ecosystem) ?? new Map(),
    ignores: await ignoring(config.ignorePaths),
    today,
    faults: [...(read.kind === 'faults' ? read.faults : []), ...loaded.faults],
    warnings: loaded.warnings,
  };
}

function trustIn(
  ecosystem: EcosystemId,
  { trust }: Config,
  { exists, covers }: LoadedWhitelist,
): TrustedRecords {
  if (exists && !covers.has(ecosystem)) return 'manifests';
  return trust ?? (exists ? 'whitelist' : 'manifests');
}

async function readNamed(files: Files, file: string, rules: readonly KnownRule[]): Promise<ConfigRead> {
  const text = await files.text(file);
  if (text !== undefined) {
    const { readConfig } = await import('../config/read.ts');
    return readConfig(namedSource(file), text, rules);
  }
  const message = 'there is no such config file';
  const next = 'Name a file of this project, relative to its root. Nothing was checked against it.';
  return { kind: 'faults', faults: [{ kind: 'config', file, line: null, column: null, message, next }] };
}
