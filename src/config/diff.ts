import type { PolicyChange } from '../model/policy.ts';
import type { Config, KnownRule, RuleLevel } from './config.ts';

/** A loosening: what it is, and the keys whose line shows it, the most exact first. */
interface Loosening {
  readonly what: string;
  readonly keys: readonly string[];
}

/**
 * Lists how a change of the config loosens policy.
 *
 * @param baseConfig The config at the base. @param nextConfig The config of the change.
 * @param rules Every rule, with the level that it has where the config doesn't name it.
 * @returns Changes at the line of the key in the change; at the first line where the key is gone.
 */
export function loosenedConfig(
  baseConfig: Config,
  nextConfig: Config,
  rules: readonly KnownRule[],
): PolicyChange[] {
  const file = nextConfig.source?.file ?? baseConfig.source?.file;
  if (file === undefined) return [];
  return [
    ...lowered(baseConfig, nextConfig, rules),
    ...grown('ignorePaths', baseConfig, nextConfig),
    ...grown('ambient', baseConfig, nextConfig),
    ...grown('localModules', baseConfig, nextConfig),
    ...shrunk(baseConfig, nextConfig),
    ...settings(baseConfig, nextConfig),
    ...registries(baseConfig, nextConfig),
  ].map(({ what, keys }) => {
    const lines = nextConfig.source?.lines;
    const line = keys.map((key) => lines?.get(key)).find((candidate) => candidate !== undefined) ?? 1;
    return { file, line, what, approves: null, by: null, reason: null };
  });
}

const strictness: Readonly<Record<RuleLevel, number>> = { error: 2, warn: 1, off: 0 };

function lowered(baseConfig: Config, nextConfig: Config, rules: readonly KnownRule[]): Loosening[] {
  return rules.flatMap(({ id, severity }) => {
    const old = baseConfig.rules.get(id) ?? severity;
    const next = nextConfig.rules.get(id) ?? severity;
    if (strictness[next] >= strictness[old]) return [];
    return [{ what: `lowered the rule ${id} from ${old} to ${next}`, keys: [`rules.${id}`, 'rules'] }];
  });
}

function grown(
  key: 'ignorePaths' | 'ambient' | 'localModules',
  baseConfig: Config,
  nextConfig: Config,
): Loosening[] {
  const old = new Set(baseConfig[key]);
  return nextConfig[key]
    .filter((entry) => !old.has(entry))
    .map((entry) => ({ what: `added ${entry} to ${key}`, keys: [`${key}.${entry}`, key] }));
}

function shrunk(baseConfig: Config, nextConfig: Config): Loosening[] {
  const nextNames = new Set(nextConfig.privateNames);
  return baseConfig.privateNames
    .filter((name) => !nextNames.has(name))
    .map((name) => ({ what: `removed ${name} from privateNames`, keys: ['privateNames'] }));
}

const trusts = ['manifests', null, 'whitelist'];

function settings(baseConfig: Config, nextConfig: Config): Loosening[] {
  const paths = (config: Config) => config.extends.map(({ path }) => path).join(', ');
  const loosenings: (Loosening | false)[] = [
    trusts.indexOf(nextConfig.trust) < trusts.indexOf(baseConfig.trust) && {
      what: `weakened trust from ${baseConfig.trust ?? 'its default'} to ${nextConfig.trust ?? 'its default'}`,
      keys: ['trust'],
    },
    nextConfig.whitelist !== baseConfig.whitelist && {
      what: `changed the whitelist from ${baseConfig.whitelist} to ${nextConfig.whitelist}`,
      keys: ['whitelist'],
    },
    paths(nextConfig) !== paths(baseConfig) && {
      what: `changed extends from [${paths(baseConfig)}] to [${paths(nextConfig)}]`,
      keys: ['extends'],
    },
    nextConfig.lookup === 'off' &&
      baseConfig.lookup === 'on' && { what: 'turned lookup off', keys: ['lookup'] },
    nextConfig.assistants === 'trusted' &&
      baseConfig.assistants === 'ask' && { what: 'set assistants to trusted', keys: ['assistants'] },
  ];
  return loosenings.filter((loosening) => loosening !== false);
}

function registries(baseConfig: Config, nextConfig: Config): Loosening[] {
  return [...new Set([...baseConfig.registries.keys(), ...nextConfig.registries.keys()])].flatMap((id) => {
    const [old, next] = [baseConfig.registries.get(id), nextConfig.registries.get(id)];
    if (old === next) return [];
    const what = `changed the registry of ${id} from ${old ?? 'the public one'} to ${next ?? 'the public one'}`;
    return [{ what, keys: [`registries.${id}`, 'registries'] }];
  });
}
