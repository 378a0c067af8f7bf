import type { Finding, Report } from '../../rules/index.ts';

/** @returns A finding's rule, with its grade where it has one: `unapproved-package/nonexistent`. */
export function labelOf({ rule, grade }: Pick<Finding, 'rule' | 'grade'>): string {
  return grade === null ? rule : `${rule}/${grade}`;
}

/** @returns How many findings of a report are errors, and how many are warnings. */
export function countsOf({ findings }: Report): { errors: number; warnings: number } {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: findings.length - errors };
}

/** @returns A number with its noun: `1 error`, `2 errors`. */
export function plural(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
