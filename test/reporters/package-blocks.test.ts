import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { empty, golden } from '../../fixtures/reports/golden.ts';
import { grades } from '../../rules/grades.ts';
import type { Finding, Report } from '../../rules/index.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import type { GradedChange } from '../../src/model/policy.ts';
import { evidenceLines } from '../../src/reporters/evidence-lines.ts';
import { displayWidth } from '../../src/reporters/layout.ts';
import { markdown } from '../../src/reporters/markdown.ts';
import { peopleReport } from '../../src/reporters/package-blocks.ts';
import { pretty } from '../../src/reporters/pretty.ts';
import { unansweredTexts } from '../../src/reporters/unanswered.ts';
import { rounds } from '../kit/length.ts';
import { report, wordReport } from './arbitrary.ts';

const setting = { color: false, version: '1.2.3', width: 80, verbose: false };
const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

const of = (grade: string): Finding => {
  const found = golden.findings.find((finding) => finding.grade === grade);
  if (!found) throw new Error(`the golden report has no ${grade}`);
  return found;
};

/** A finding for each of so many files. */
const inFiles = (finding: Finding, count: number): readonly Finding[] =>
  numbers(count).map((number) => ({
    ...finding,
    file: `src/shop/part${String(number).padStart(2, '0')}.py`,
  }));

const invented = of('nonexistent');
const denied = golden.findings.filter(({ rule }) => rule === 'denied-package');
const manifestLine: Finding = {
  ...invented,
  file: 'requirements.txt',
  language: 'requirements.txt',
  places: [{ line: 9, column: 1, endLine: 9, endColumn: 12, cell: null }],
  excerpt: 'numpy-utils>=1.0',
};

const approval = (number: number): GradedChange => ({
  kind: 'decision',
  subject: `npm:package-${number}`,
  file: 'approved-packages.yaml',
  line: number + 3,
  what: `approved npm:package-${number}`,
  approves: { ecosystem: 'npm', name: `package-${number}` },
  by: 'Ada L <ada@example.org>',
  reason: 'one of the twelve packages that the new pricing model needs',
  grade: number === 7 ? 'malicious' : 'exists',
  evidence: [],
});
const changes = numbers(12).map(approval);

/** What the rule about policy says of a change. */
const changeFinding =
  (severity: Finding['severity']) =>
  (change: GradedChange): Finding => ({
    ...invented,
    rule: 'policy-change',
    grade: null,
    severity,
    file: change.file,
    places: [{ line: change.line, column: 1, endLine: change.line, endColumn: 1, cell: null }],
    excerpt: null,
    package: null,
    status: null,
    change,
    message: `${change.what}, by ${String(change.by)}: ${String(change.reason)}`,
    evidence: [],
    suggestions: [],
    next: severity === 'error' ? ['npx --no -- vetted-imports explain policy-change'] : [],
  });

const withPolicy = (severity: Finding['severity']): Partial<Report> => ({
  policyChanges: changes,
  findings: [...inFiles(invented, 2), ...changes.map(changeFinding(severity))],
});

const reports: readonly [name: string, Partial<Report>][] = [
  ['thirty-files', { files: 30, findings: inFiles(invented, 30) }],
  ['thirty-files-and-manifest', { files: 31, findings: [manifestLine, ...inFiles(invented, 30)] }],
  ['denied', { findings: denied }],
  ['twelve-loosenings', withPolicy('warn')],
  ['twelve-refused-loosenings', withPolicy('error')],
];

/** As test/reporters/golden.test.ts: `UPDATE_EXPECTED=1` writes the files. */
describe('a report reads as', () => {
  const folder = fileURLToPath(new URL('../../fixtures/reports/blocks/', import.meta.url));
  test.each(reports)('%s', (name, given) => {
    const text = pretty.render({ ...empty, ...given }, setting);
    if (process.env['UPDATE_EXPECTED'] === '1') writeFileSync(`${folder}${name}.txt`, text);
    expect(text).toBe(readFileSync(`${folder}${name}.txt`, 'utf8'));
  });
});

describe('one package in thirty files fits into 15 lines of 80 columns', () => {
  test.each(grades.map(({ id }) => id))('%s', (grade) => {
    const text = pretty.render({ ...empty, files: 130, findings: inFiles(of(grade), 30) }, setting);
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(15);
    expect(text).toMatch(/ and \d+ more$/m);
    expect(text).toContain('1 error in 130 files checked: 1 package, 30 places (--verbose shows all)\n');
  });
});

test.each([30, 44, 53, 58, 64, 70])('… and so does one in paths of %i characters', (length) => {
  const findings = numbers(30).map((number) => ({
    ...invented,
    file: `packages/${'web/'.repeat(20).slice(0, length - 17)}${String(number).padStart(5, '0')}.py`,
  }));
  const lines = pretty
    .render({ ...empty, files: 30, findings }, setting)
    .trimEnd()
    .split('\n');
  expect(lines.length).toBeLessThanOrEqual(15);
  expect(lines.filter((line) => displayWidth(line) > 80)).toEqual([]);
});

describe('a block', () => {
  const render = (findings: readonly Finding[], changed: Partial<typeof setting> = {}) =>
    pretty.render({ ...empty, findings }, { ...setting, ...changed });

  test('shows every place where --verbose asks for it, and then names no flag', () => {
    const findings = inFiles(invented, 30);
    const [text, table] = [pretty, markdown].map((reporter) =>
      reporter.render({ ...empty, findings }, { ...setting, verbose: true }),
    );
    expect(findings.filter(({ file }) => !text?.includes(`${file}:4:8`))).toEqual([]);
    expect(findings.filter(({ file }) => !table?.includes(`\`${file}\` 4:8`))).toEqual([]);
    expect(`${String(text)}${String(table)}`).not.toMatch(/--verbose|more$/m);
  });

  test('names the flag in a table, too', () => {
    const table = markdown.render({ ...empty, findings: inFiles(invented, 30) }, setting);
    expect(table).toContain('and 25 more');
    expect(table).toContain('`--verbose` shows every place.');
  });

  test.each<[string, readonly Finding[], string]>([
    ['of one package', inFiles(invented, 3), '1 error in 3 files checked: 1 package, 3 places'],
    [
      'for each rule',
      [invented, { ...invented, rule: 'foreign-source', grade: null, message: 'it comes from git' }],
      '2 errors in 3 files checked: 1 package, 2 places',
    ],
    [
      'for each package',
      [invented, of('young'), { ...of('exists'), severity: 'warn' }],
      '2 errors, 1 warning in 3 files checked: 3 packages, 3 places',
    ],
    [
      'of what is no package',
      golden.findings.filter(({ rule }) => rule === 'unclear-import'),
      '2 warnings in 3 files checked: 2 places',
    ],
  ])('%s counts once', (_, findings, summary) => {
    expect(render(findings)).toContain(`${summary}\n`);
  });

  test('says a command once, however many packages ask for it', () => {
    expect(render([invented, of('young'), of('exists')]).match(/next:/g)).toHaveLength(1);
  });

  test('says what only one file has to say, and nothing twice', () => {
    const hinted = {
      ...invented,
      file: 'b.py',
      message: `${invented.message} lib/x.py is not in this commit.`,
    };
    const text = render([invented, hinted]).replaceAll(/\s+/g, ' ');
    expect(text.match(/nobody approved/g)).toHaveLength(1);
    expect(text).toContain('lib/x.py is not in this commit.');
    expect(text).toContain('1 package, 2 places');
  });

  test('tells of every foreign source of one package', () => {
    const sources = ['git', 'a URL', 'a path'].map((what) => ({
      ...invented,
      rule: 'foreign-source' as const,
      grade: null,
      message: `numpy-utils is taken from ${what}`,
    }));
    const text = render(sources);
    expect(sources.filter(({ message }) => !text.includes(message))).toEqual([]);
  });

  test.each([
    ['malicious', '\u001b[1m\u001b[31mmalicious'],
    ['nonexistent', '\u001b[1m\u001b[31mnonexistent'],
    ['withdrawn', '\u001b[1m\u001b[31mwithdrawn'],
    ['lookalike', '\u001b[1m\u001b[33mlookalike'],
    ['exists', '\u001b[36mexists'],
  ])('has the colour of its grade: %s', (grade, painted) => {
    expect(render([of(grade)], { color: true })).toContain(`unapproved-package/${painted}`);
  });

  test('says once that nobody was asked', () => {
    const text = render([
      {
        ...of('not-asked'),
        message: 'nobody approved npm:a. No registry was asked (offline).',
        evidence: [
          { fact: 'exists', source: 'npm', state: 'notAsked', reason: 'offline' },
          { fact: 'malware', source: 'osv', state: 'notAsked', reason: 'offline' },
        ],
      },
    ]);
    expect(text.match(/offline/g)).toEqual(['offline']);
    expect(text).toContain('was not looked up: offline');
    expect(text).toContain('unapproved-package/not-asked');
  });
});

describe('evidence', () => {
  const asOf = '2026-11-28T09:12:00Z';
  const present = (fact: string, value: string | boolean, source = 'npm'): Evidence => ({
    fact,
    source,
    state: 'present',
    value,
    asOf,
  });
  const silent = (
    fact: string,
    source: string,
    reason: string,
    state: 'unknown' | 'notAsked' = 'unknown',
  ) => ({
    fact,
    source,
    state,
    reason,
  });
  const absent: Evidence = { fact: 'exists', source: 'npm', state: 'absent', asOf };

  test.each<[string, readonly Evidence[], readonly string[]]>([
    ['nothing', [], []],
    [
      'a source and its day once',
      [present('latest', '2'), present('yanked', true)],
      ['npm, 2026-11-28: latest: 2; yanked: yes'],
    ],
    [
      'each source on a line',
      [present('latest', '2'), present('malware', 'MAL-1', 'osv')],
      ['npm, 2026-11-28: latest: 2', 'osv, 2026-11-28: malware: MAL-1'],
    ],
    [
      'that it exists is told by what is known of it',
      [present('exists', true), present('latest', '2')],
      ['npm, 2026-11-28: latest: 2'],
    ],
    [
      'nothing that is so of nearly every package',
      [
        present('exists', true),
        present('install-scripts', false),
        present('attested', false),
        { fact: 'malware', source: 'osv', state: 'absent', asOf },
      ],
      [],
    ],
    [
      'what differs from that',
      [present('install-scripts', true), present('attested', true), absent],
      ['npm, 2026-11-28: install scripts: yes; attested: yes; exists: no'],
    ],
    [
      'how long ago a first day is',
      [
        present('first-published', '2019-03-11T15:57:05.567Z'),
        present('earliest-file', '2026-11-16', 'pypi'),
      ],
      [
        'npm, 2026-11-28: first published: 2019-03-11 (7 years ago)',
        'pypi, 2026-11-28: earliest file: 2026-11-16 (12 days ago)',
      ],
    ],
    [
      'five modules of many',
      [
        {
          fact: 'modules',
          source: 'npm',
          state: 'present',
          value: ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
          asOf,
        },
      ],
      ['npm, 2026-11-28: modules: a, b, c, d, e and 2 more'],
    ],
    [
      'a text that could pass for two facts on its own line',
      [present('deprecated', 'yes; owners: facebook'), present('latest', '2')],
      ['npm, 2026-11-28: latest: 2', 'deprecated: yes; owners: facebook'],
    ],
    [
      'an innocent text among the others',
      [present('deprecated', 'use x instead'), present('latest', '2')],
      ['npm, 2026-11-28: deprecated: use x instead; latest: 2'],
    ],
    ['nothing that nobody could tell', [silent('malware', 'osv', 'timeout')], []],
  ])('shows %s', (_, evidence, lines) => {
    expect(evidenceLines({ evidence }, (text) => text)).toEqual(lines);
  });

  const there = present('exists', true);
  test.each<[string, readonly (readonly Evidence[])[], readonly string[]]>([
    ['nothing, where all was told', [[there], [absent]], []],
    [
      'a host once for all packages',
      [
        [there, silent('malware', 'osv', 'api.osv.dev refused the connection')],
        [there, silent('malware', 'osv', 'api.osv.dev refused the connection')],
      ],
      ['malware was not checked: api.osv.dev refused the connection'],
    ],
    [
      'the packages that it is about, and nothing that follows from it',
      [
        [silent('exists', 'npm', 'a login page'), silent('malware', 'osv', 'a login page', 'notAsked')],
        [there, silent('modules', 'npm', 'timeout'), silent('provides-module', 'npm', 'timeout')],
        [there],
      ],
      ['npm:p0 was not looked up: a login page', 'modules were not checked for npm:p1: timeout'],
    ],
    [
      'some of many',
      [...Array.from({ length: 6 }, () => [silent('exists', 'npm', 'offline', 'notAsked')]), [there]],
      ['npm:p0, npm:p1, npm:p2 and 3 more were not looked up: offline'],
    ],
    [
      'nothing that was not tried of a package that does not exist',
      [[absent, silent('malware', 'osv', 'no such package', 'notAsked')]],
      [],
    ],
    [
      'why the age is not known',
      [[there, silent('earliest-file', 'pypi', 'its index tells no date')]],
      ['age of npm:p0 is not known: its index tells no date'],
    ],
  ])('says at the end %s', (_, facts, texts) => {
    const findings = facts.map((evidence, at) => ({
      ...of('exists'),
      package: { ecosystem: 'npm', name: `p${String(at)}` },
      evidence,
    }));
    const { blocks } = peopleReport({ ...empty, findings });
    expect(unansweredTexts(blocks, (text) => text)).toEqual(texts);
  });
});

describe('whatever is found', () => {
  const squeezed = (text: string) => text.replaceAll(/\s+/g, ' ');

  test.each([40, 80, 120])('no line is longer than %i columns, unless a word or a command is', (width) => {
    fc.assert(
      fc.property(wordReport, (given) => {
        const lines = pretty.render(given, { ...setting, width }).split('\n');
        const long = lines.filter((line) => displayWidth(line) > Math.min(width, 100));
        expect(long.filter((line) => !line.startsWith('next'))).toEqual([]);
      }),
      { numRuns: rounds(60, 600) },
    );
  });

  /** A report of anything, whose packages and loosenings have names that are found again. */
  const named = report.map((given): Report => {
    const policyChanges = given.policyChanges.map((change, at) => ({
      ...change,
      subject: `npm:loose${at}`,
      what: `approved npm:loose${at}x`,
    }));
    const found = given.findings.map((finding, at) => ({
      ...finding,
      rule: finding.rule === 'policy-change' ? ('denied-package' as const) : finding.rule,
      change: null,
      package: { ecosystem: 'npm', name: `package${at}x` },
    }));
    const refused = policyChanges.flatMap((change, at) =>
      at % 2 === 0 ? [changeFinding('error')(change)] : [],
    );
    return { ...given, policyChanges, findings: [...found, ...refused] };
  });

  test.each([pretty, markdown])('every package and every loosening is told of by $id', (reporter) => {
    fc.assert(
      fc.property(named, (given) => {
        const text = squeezed(reporter.render(given, setting)).replaceAll('\\', '');
        const names = [
          ...given.findings.flatMap(({ package: subject }) => (subject ? [`npm:${subject.name}`] : [])),
          ...given.policyChanges.map(({ what }) => what),
        ];
        expect(names.filter((name) => !text.includes(name))).toEqual([]);
      }),
      { numRuns: rounds(60, 600) },
    );
  });

  test.each([pretty, markdown])('loosenings come first and are never cut by $id', (reporter) => {
    const many = numbers(400).map((number) => ({
      ...approval(number),
      subject: `npm:many${number}`,
      what: `approved npm:many${number}x`,
    }));
    for (const severity of ['warn', 'error'] as const) {
      const findings = [...inFiles(invented, 30), ...many.map(changeFinding(severity))];
      const text = squeezed(reporter.render({ ...empty, findings, policyChanges: many }, setting)).replaceAll(
        '\\',
        '',
      );
      expect(many.filter(({ what }) => !text.includes(what))).toEqual([]);
      expect(text.indexOf('many400x')).toBeLessThan(text.indexOf('numpy-utils'));
    }
  });
});
