import { describe, expect, test } from 'vitest';
import { unclearImport } from '../../rules/unclear-import/rule.ts';
import { rules } from '../../rules/index.ts';
import type { Rule } from '../../src/model/finding.ts';
import { foldersIn } from './repository.ts';
import { problemsOf } from './rule.ts';

test.each(rules)('$id has everything that a rule has to have', (rule) => {
  expect(problemsOf(rule)).toEqual([]);
});

test('every folder of fixtures is that of a rule', () => {
  expect(foldersIn('fixtures/rules')).toEqual(rules.map(({ id }) => id).toSorted());
});

describe('a rule that lacks things', () => {
  /** A rule of which nothing but its name is written. */
  const toy: Rule = {
    id: 'Toy',
    summary: '',
    severity: 'warn',
    fixed: false,
    judge: () => undefined,
  };

  const faults: readonly (readonly [string, Rule, readonly string[]])[] = [
    [
      'of which nothing is written',
      toy,
      [
        'its id "Toy" is not made of lower case words and hyphens',
        'write rules/Toy/rule.ts',
        'its summary is no phrase: what it refuses, without a full stop',
        'write rules/Toy/README.md: “# Toy”, “## What it finds”, “## What to do”, “## False positives”, “## Config”',
        'write fixtures/rules/Toy/ng-…: base, next, and in expected.txt what it finds there',
        'write fixtures/rules/Toy/ok-…: base, and a next in which it finds nothing',
        'schema/config.schema.json does not name Toy in rules with error, off, warn',
        'README.md has no row for it, or another one: run `npm run docs`',
      ],
    ],
    [
      'whose summary is not that of README.md',
      { ...unclearImport, summary: 'an import that changed' },
      ['README.md has no row for it, or another one: run `npm run docs`'],
    ],
    [
      'whose level is not that of README.md',
      { ...unclearImport, severity: 'error' },
      ['README.md has no row for it, or another one: run `npm run docs`'],
    ],
    [
      'that can’t be configured down and is offered at other levels',
      { ...unclearImport, fixed: true },
      ['schema/config.schema.json does not name unclear-import in rules with warn'],
    ],
    [
      'that had another name which the config does not take',
      { ...unclearImport, formerIds: ['dynamic-import'] },
      ['schema/config.schema.json does not name dynamic-import in rules with error, off, warn'],
    ],
  ];

  test.each(faults)('%s', (_, rule, sentences) => {
    expect(problemsOf(rule)).toEqual(sentences);
  });
});
