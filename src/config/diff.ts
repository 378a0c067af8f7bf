import { commandsSettings } from '../model/commands-setting.ts';
import type { PolicyChange } from '../model/policy.ts';
import { budgets, type Config, type KnownRule } from './config.ts';
import { isLower, levelOf } from './levels.ts';

/** A loosening: what it is about, what it is, and the keys whose line shows it, the most exact first. */
interface LooserSetting {
  readonly subject: string;
  readonly what: string;
  readonly keys: readonly string[];
}

/** The configs before and after a change. */
interface Comparison {
  readonly old: Config;
  readonly next: Config;
  readonly rules: readonly KnownRule[];
}

/**
 * Lists how a change of the config loosens policy, or lowers what is asked and graded.
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
  const comparison = { old: baseConfig, next: nextConfig, rules };
  return Object.values(looserSettings).flatMap((settingsOf) =>
    settingsOf(comparison).map(({ subject, what, keys }) => {
      const lines = nextConfig.source?.lines;
      const line = keys.map((key) => lines?.get(key)).find((candidate) => candidate !== undefined) ?? 1;
      return { kind: 'setting', subject, file, line, what, approves: null, by: null, reason: null };
    }),
  );
}

type Key = Exclude<keyof Config, 'source'>;

/** What loosens, for each key: a new key says it here. */
const looserSettings: Readonly<Record<Key, (comparison: Comparison) => LooserSetting[]>> = {
  rules: lowered,
  ignorePaths: added('ignorePaths'),
  ambient: added('ambient'),
  localModules: added('localModules'),
  privateNames: (comparison) => [
    ...removed('privateNames')(comparison),
    ...added('privateNames')(comparison),
  ],
  trust: ({ old, next }) =>
    when(trusts.indexOf(next.trust) < trusts.indexOf(old.trust), {
      subject: 'trust',
      what: `weakened trust from ${old.trust ?? 'its default'} to ${next.trust ?? 'its default'}`,
      keys: ['trust'],
    }),
  whitelist: ({ old, next }) =>
    when(next.whitelist !== old.whitelist, {
      subject: `whitelist: ${next.whitelist}`,
      what: `changed the whitelist from ${old.whitelist} to ${next.whitelist}`,
      keys: ['whitelist'],
    }),
  extends: (comparison) => [...removed('extends')(comparison), ...added('extends')(comparison)],
  lookup: ({ old, next }) =>
    when(next.lookup === 'off' && old.lookup === 'on', {
      subject: 'lookup',
      what: 'turned lookup off',
      keys: ['lookup'],
    }),
  lookupBudget: ({ old, next }) => {
    const isShorter = Object.values(budgets).some(
      (budget) => (next.lookupBudget ?? budget) < (old.lookupBudget ?? budget),
    );
    return when(isShorter, {
      subject: 'lookupBudget',
      what: `shortened lookupBudget from ${budgetText(old)} to ${budgetText(next)}`,
      keys: ['lookupBudget'],
    });
  },
  youngDays: ({ old, next }) =>
    when(next.youngDays < old.youngDays, {
      subject: 'youngDays',
      what: `lowered youngDays from ${String(old.youngDays)} to ${String(next.youngDays)}`,
      keys: ['youngDays'],
    }),
  assistants: ({ old, next }) =>
    when(next.assistants === 'trusted' && old.assistants === 'ask', {
      subject: 'assistants',
      what: 'set assistants to trusted',
      keys: ['assistants'],
    }),
  policyFrom: ({ old, next }) =>
    when(judges.indexOf(next.policyFrom) < judges.indexOf(old.policyFrom), {
      subject: 'policyFrom',
      what: `changed policyFrom from ${old.policyFrom} to ${next.policyFrom}`,
      keys: ['policyFrom'],
    }),
  requested: ({ old, next }) =>
    when(next.requested === 'warn' && old.requested === 'error', {
      subject: 'requested',
      what: 'set requested to warn',
      keys: ['requested'],
    }),
  commands: ({ old, next }) =>
    when(commandsSettings.indexOf(next.commands) < commandsSettings.indexOf(old.commands), {
      subject: 'commands',
      what: `changed commands from ${old.commands} to ${next.commands}`,
      keys: ['commands'],
    }),
  registries: otherRegistries,
};

function lowered({ old, next, rules }: Comparison): LooserSetting[] {
  return rules.flatMap((rule) => {
    const [oldLevel, nextLevel] = [levelOf(rule, old), levelOf(rule, next)];
    return when(isLower(nextLevel, oldLevel), {
      subject: `rules.${rule.id}`,
      what: `lowered the rule ${rule.id} from ${oldLevel} to ${nextLevel}`,
      keys: [`rules.${rule.id}`, 'rules'],
    });
  });
}

type ListKey = 'ignorePaths' | 'ambient' | 'localModules' | 'privateNames' | 'extends';

function added(key: ListKey): (comparison: Comparison) => LooserSetting[] {
  return ({ old, next }) => {
    const oldValues = new Set(valuesOf(old, key));
    return valuesOf(next, key)
      .filter((value) => !oldValues.has(value))
      .map((value) => ({
        subject: `${key}: ${value}`,
        what: `added ${value} to ${key}`,
        keys: [`${key}.${value}`, key],
      }));
  };
}

function removed(key: ListKey): (comparison: Comparison) => LooserSetting[] {
  return ({ old, next }) => {
    const left = new Set(valuesOf(next, key));
    return valuesOf(old, key)
      .filter((value) => !left.has(value))
      .map((value) => ({
        subject: `${key}: without ${value}`,
        what: `removed ${value} from ${key}`,
        keys: [key],
      }));
  };
}

function valuesOf(config: Config, key: ListKey): readonly string[] {
  return key === 'extends' ? config.extends.map(({ path }) => path) : config[key];
}

const judges: readonly Config['policyFrom'][] = ['head', 'auto', 'base'];

const trusts = ['manifests', null, 'whitelist'];

function budgetText({ lookupBudget }: Config): string {
  return lookupBudget === null ? 'its default' : `${String(lookupBudget)} s`;
}

/** What is asked, and where packages may come from besides. Taking one away loosens nothing. */
function otherRegistries({ old, next }: Comparison): LooserSetting[] {
  return [...new Set([...old.registries.keys(), ...next.registries.keys()])].flatMap((id) => {
    const registryIn = ({ registries }: Config) => registries.get(id)?.[0] ?? 'the public one';
    const registry = registryIn(next);
    const keys = [`registries.${id}`, 'registries'];
    const [, ...moreAddresses] = next.registries.get(id) ?? [];
    const addedAddresses = moreAddresses.filter(
      (address) => old.registries.get(id)?.includes(address) !== true,
    );
    return [
      ...when(registry !== registryIn(old), {
        subject: `registries.${id}: ${registry}`,
        what: `changed the registry of ${id} from ${registryIn(old)} to ${registry}`,
        keys,
      }),
      ...addedAddresses.map((address) => ({
        subject: `registries.${id}: also ${address}`,
        what: `added ${address} to the registries of ${id}`,
        keys,
      })),
    ];
  });
}

function when(isLooser: boolean, setting: LooserSetting): LooserSetting[] {
  return isLooser ? [setting] : [];
}
