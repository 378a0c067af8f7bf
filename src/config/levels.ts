import type { Config, KnownRule, RuleLevel } from './config.ts';

const strictness: Readonly<Record<RuleLevel, number>> = { error: 2, warn: 1, off: 0 };

/** @returns The gravest level that a rule may have with a config. */
export function levelOf({ id, severity, gravest }: KnownRule, { rules }: Pick<Config, 'rules'>): RuleLevel {
  return rules.get(id) ?? gravest ?? severity;
}

/** @returns Whether one level lets more pass than another. */
export function isLower(level: RuleLevel, reference: RuleLevel): boolean {
  return strictness[level] < strictness[reference];
}
