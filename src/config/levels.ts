import type { Config, KnownRule, RuleLevel } from './config.ts';

const strictness: Readonly<Record<RuleLevel, number>> = { error: 2, warn: 1, off: 0 };

/** @returns The level of a rule in a config. */
export function levelOf({ id, severity }: KnownRule, { rules }: Pick<Config, 'rules'>): RuleLevel {
  return rules.get(id) ?? severity;
}

/** @returns Whether one level lets more pass than another. */
export function isLower(level: RuleLevel, reference: RuleLevel): boolean {
  return strictness[level] < strictness[reference];
}
