import type { Config, KnownRule } from '../config/config.ts';
import { isLower, levelOf } from '../config/levels.ts';
import { commandsSettings, type CommandsSetting } from '../model/commands-setting.ts';
import type { EcosystemId } from '../model/package.ts';
import type { NonEmpty } from '../model/text.ts';
import { coverableWords } from '../whitelist/coverable-words.ts';
import type { PolicyPair } from './changes.ts';
import type { Policy } from './policy.ts';

/** Whom a change's own settings are kept from. */
export interface Strictness {
  readonly rules: readonly KnownRule[];
  /** The run happens in the environment of a coding assistant that may only ask. */
  readonly assistantAsks: boolean;
}

/**
 * The policy with which a change is judged that edits it. What the change itself lowers in `rules`, `trust`, `requested`
 * and `commands`, or takes out of `covers`, counts from the next change on. In the environment of an assistant so does what it adds to `ignorePaths`, `ambient`,
 * `localModules` and `registries`: these say what is looked at. In a merge, what one of the parents has is decided.
 *
 * @param pairs null where a base has the policy of the head.
 */
export function strictPolicy(
  policy: Policy,
  pairs: readonly (PolicyPair | null)[],
  { rules, assistantAsks }: Strictness,
): Policy {
  const bases = pairs.flatMap((pair) => (pair ? [pair.basePolicy] : []));
  if (bases.length === 0 || bases.length < pairs.length) return policy;
  const config = {
    ...policy.config,
    rules: strictRules(policy, bases, rules),
    requested: bases.some((base) => base.config.requested === 'warn') ? policy.config.requested : 'error',
    commands: widerReading(policy.config.commands, bases),
  } as const;
  const isTrusting = (ecosystem: EcosystemId) =>
    policy.trustIn(ecosystem) === 'manifests' &&
    bases.some(({ trustIn }) => trustIn(ecosystem) === 'manifests');
  const trustIn: Policy['trustIn'] = (ecosystem) => (isTrusting(ecosystem) ? 'manifests' : 'whitelist');
  const coveredWords = coverableWords.filter((word) =>
    bases.every(({ whitelist }) => whitelist.covers.has(word)),
  );
  const whitelist = {
    ...policy.whitelist,
    covers: new Set([...policy.whitelist.covers, ...coveredWords]),
  };
  const judging: Policy = { ...policy, config, trustIn, whitelist };
  return assistantAsks ? withoutOwnNames(judging, bases) : judging;
}

/** What a change says of commands, but what the least of its bases says where that is more. */
function widerReading(reading: CommandsSetting, bases: readonly Policy[]): CommandsSetting {
  const least = commandsSettings.find((each) => bases.some(({ config }) => config.commands === each));
  return commandsSettings.findLast((each) => each === reading || each === least) ?? reading;
}

/** The levels of a change, but those of its bases where it is lower than all of them. */
function strictRules(
  { config }: Policy,
  bases: readonly Policy[],
  rules: readonly KnownRule[],
): Config['rules'] {
  const levels = new Map(config.rules);
  for (const rule of rules) {
    const lowest = bases
      .map((base) => base.config)
      .reduce((low, base) => (isLower(levelOf(rule, base), levelOf(rule, low)) ? base : low));
    if (!isLower(levelOf(rule, config), levelOf(rule, lowest))) continue;
    const level = lowest.rules.get(rule.id);
    if (level === undefined) levels.delete(rule.id);
    else levels.set(rule.id, level);
  }
  return levels;
}

/** Names and paths that only a change gives, and registries that only it names, are looked at as before. */
function withoutOwnNames(policy: Policy, bases: readonly Policy[]): Policy {
  const { config } = policy;
  const namesOf = (key: 'ambient' | 'localModules') =>
    config[key].filter((name) => bases.some((base) => base.config[key].includes(name)));
  const registries = [...config.registries].flatMap(([id, urls]): [string, NonEmpty<string>][] => {
    const [first, ...moreUrls] = urls.filter((url) =>
      bases.some((base) => base.config.registries.get(id)?.includes(url)),
    );
    return first === undefined ? [] : [[id, [first, ...moreUrls]]];
  });
  return {
    ...policy,
    config: {
      ...config,
      ambient: namesOf('ambient'),
      localModules: namesOf('localModules'),
      registries: new Map(registries),
    },
    ignores: (path) => policy.ignores(path) && bases.some((base) => base.ignores(path)),
  };
}
