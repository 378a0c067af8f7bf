import { describe, expect, test } from 'vitest';
import { empty, golden } from '../../fixtures/reports/golden.ts';
import type { GradedChange } from '../../src/model/policy.ts';
import type { Finding, Report } from '../../rules/index.ts';
import { concise } from '../../src/reporters/concise.ts';
import { pretty } from '../../src/reporters/pretty.ts';
import { isCopyable } from '../../src/reporters/words.ts';

const setting = { color: false, version: '1.2.3', width: 80, verbose: false };
const finding: Finding = {
  rule: 'unapproved-package',
  grade: 'nonexistent',
  severity: 'error',
  file: 'src/app.py',
  places: [{ line: 3, column: 8, endLine: 3, endColumn: 19, cell: null }],
  excerpt: 'import numpy_utils',
  language: 'python',
  specifier: 'numpy_utils',
  package: { ecosystem: 'pypi', name: 'numpy-utils' },
  status: 'unapproved',
  change: null,
  message: 'nobody approved pypi:numpy-utils.',
  evidence: [],
  suggestions: [],
  next: [],
};
const change: GradedChange = {
  kind: 'decision',
  subject: 'pypi:numpy',
  file: 'approved-packages.yaml',
  line: 4,
  what: 'approved pypi:numpy',
  approves: null,
  by: null,
  reason: null,
  grade: null,
  evidence: [],
};
const loosened: Finding = {
  ...finding,
  rule: 'policy-change',
  change,
  grade: null,
  severity: 'warn',
  file: 'approved-packages.yaml',
  places: [{ line: 4, column: 1, endLine: 4, endColumn: 1, cell: null }],
  package: null,
  message: 'approved pypi:numpy',
};

describe('pretty', () => {
  test('colours change nothing but colours', () => {
    const colored = pretty.render(golden, { ...setting, color: true });
    expect(colored).toContain('\u001b[');
    // eslint-disable-next-line no-control-regex -- colours are what this is about
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(pretty.render(golden, setting));
  });

  test('says one line of a loosened policy when nothing else is wrong', () => {
    const report: Report = { ...empty, findings: [loosened], policyChanges: [change] };
    expect(pretty.render(report, setting)).toBe('policy  approved-packages.yaml:4  approved pypi:numpy\n');
  });
});

describe('concise', () => {
  test('is frozen', () => {
    expect(concise.render({ ...empty, findings: [finding] }, setting)).toBe(
      'src/app.py:3:8: error unapproved-package/nonexistent nobody approved pypi:numpy-utils. [pypi:numpy-utils]\n',
    );
  });

  test('tells of loosened policy once, whether its rule is on or off', () => {
    const line = 'approved-packages.yaml:4:1:';
    const on = concise.render({ ...empty, findings: [loosened], policyChanges: [change] }, setting);
    const off = concise.render({ ...empty, policyChanges: [change] }, setting);
    expect(on).toBe(`${line} warn policy-change approved pypi:numpy\n`);
    expect(off).toBe(`${line} note policy-change approved pypi:numpy\n`);
  });
});

describe('commands', () => {
  test.each([
    'npx --no -- vetted-imports review',
    'git add approved-packages.yaml',
    'yarn vetted-imports explain npm:@acme/ui',
    'npx --no -- vetted-imports approve npm:lodash --source "npm:evil"',
    'npx --no -- vetted-imports request npm:lodash --reason "…"',
    'npx --no -- vetted-imports approve npm:x --source "https://files.example/x.tgz?a=1&b=%20"',
  ])('%s can be pasted', (command) => {
    expect(isCopyable(command)).toBe(true);
  });

  test.each([
    '',
    'git add "a b.yaml"',
    'git add -f',
    'npx --no -- vetted-imports approve npm:x --source "$(id)"',
    'npx --no -- vetted-imports approve npm:x --source "`id`"',
    'npx --no -- vetted-imports approve npm:x --source "a\\"',
    'npx --no -- vetted-imports approve npm:x --source "--despite"',
    'npx --no -- vetted-imports approve npm:x --source "x" --source "y"',
    'npx --no -- vetted-imports approve npm:x --source ""',
    'npx --no -- vetted-imports request npm:x --reason "$(id)"',
    'npx --no -- vetted-imports request npm:x --reason "…"; id "…"',
    'npx --no -- vetted-imports request npm:x;id --reason "…"',
    'npx --no -- vetted-imports approve npm:x --source "a"; id "b"',
    'git add $(id)',
    'git  add a',
    'a; b',
    'git add größe.yaml',
  ])('%j has to be quoted by a person', (command) => {
    expect(isCopyable(command)).toBe(false);
  });
});
