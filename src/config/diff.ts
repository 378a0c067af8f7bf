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
 * @param before The config at the base. @param after The config of the change.
 * @param rules Every rule, with the level that it has where the config doesn't name it.
 * @returns Changes at the line of the key in the change; at the first line where the key is gone.
 */
export function loosenedConfig(before: Config, after: Config, rules: readonly KnownRule[]): PolicyChange[] {
  const file = after.source?.file ?? before.source?.file;
  if (file === undefined) return [];
  return [
    ...lowered(before, after, rules),
    ...grown('ignorePaths', before, after),
    ...grown('ambient', before, after),
    ...grown('localModules', before, after),
    ...shrunk(before, after),
    ...settings(before, after),
    ...registries(before, after),
  ].map(({ what, keys }) => {
    const lines = after.source?.lines;
    const line = keys.map((key) => lines?.get(key)).find((one) => one !== undefined) ?? 1;
    return { file, line, what, approves: null, by: null, reason: null };
  });
}

const strictness: Readonly<Record<RuleLevel, number>> = { error: 2, warn: 1, off: 0 };

function lowered(before: Config, after: Config, rules: readonly KnownRule[]): Loosening[] {
  return rules.flatMap(({ id, severity }) => {
    const old = before.rules.get(id) ?? severity;
    const next = after.rules.get(id) ?? severity;
    if (strictness[next] >= strictness[old]) return [];
    return [{ what: `lowered the rule ${id} from ${old} to ${next}`, keys: [`rules.${id}`, 'rules'] }];
  });
}

function grown(key: 'ignorePaths' | 'ambient' | 'localModules', before: Config, after: Config): Loosening[] {
  const old = new Set(before[key]);
  return after[key]
    .filter((one) => !old.has(one))
    .map((one) => ({ what: `added ${one} to ${key}`, keys: [`${key}.${one}`, key] }));
}

function shrunk(before: Config, after: Config): Loosening[] {
  const kept = new Set(after.privateNames);
  return before.privateNames
    .filter((one) => !kept.has(one))
    .map((one) => ({ what: `removed ${one} from privateNames`, keys: ['privateNames'] }));
}

const trusts = ['manifests', null, 'whitelist'];

function settings(before: Config, after: Config): Loosening[] {
  const paths = (config: Config) => config.extends.map(({ path }) => path).join(', ');
  const found: (Loosening | false)[] = [
    trusts.indexOf(after.trust) < trusts.indexOf(before.trust) && {
      what: `weakened trust from ${before.trust ?? 'its default'} to ${after.trust ?? 'its default'}`,
      keys: ['trust'],
    },
    after.whitelist !== before.whitelist && {
      what: `changed the whitelist from ${before.whitelist} to ${after.whitelist}`,
      keys: ['whitelist'],
    },
    paths(after) !== paths(before) && {
      what: `changed extends from [${paths(before)}] to [${paths(after)}]`,
      keys: ['extends'],
    },
    after.lookup === 'off' && before.lookup === 'on' && { what: 'turned lookup off', keys: ['lookup'] },
    after.assistants === 'trusted' &&
      before.assistants === 'ask' && { what: 'set assistants to trusted', keys: ['assistants'] },
  ];
  return found.filter((one) => one !== false);
}

function registries(before: Config, after: Config): Loosening[] {
  return [...new Set([...before.registries.keys(), ...after.registries.keys()])].flatMap((id) => {
    const [old, next] = [before.registries.get(id), after.registries.get(id)];
    if (old === next) return [];
    const what = `changed the registry of ${id} from ${old ?? 'the public one'} to ${next ?? 'the public one'}`;
    return [{ what, keys: [`registries.${id}`, 'registries'] }];
  });
}
