import { describe, expect, test } from 'vitest';
import { empty, golden } from '../../fixtures/reports/golden.ts';
import type { GradedChange } from '../../src/model/policy.ts';
import type { Finding, Report } from '../../rules/index.ts';
import { github } from '../../src/reporters/github.ts';
import { markdown } from '../../src/reporters/markdown.ts';

const setting = { color: false, version: '1.2.3', width: 80, verbose: false };
const linesOf = (report: Report) => github.render(report, setting).trimEnd().split('\n');

const finding: Finding = {
  rule: 'unclear-import',
  grade: null,
  severity: 'warn',
  file: 'src/a,b:c.ts',
  places: [{ line: 3, column: 8, endLine: 3, endColumn: 19, cell: null }],
  excerpt: null,
  language: 'javascript',
  specifier: 'name',
  package: null,
  status: null,
  change: null,
  message: '100% unclear',
  evidence: [],
  suggestions: [],
  next: [],
};
const at = (place: Partial<Finding['places'][0]>): Finding => ({
  ...finding,
  places: [{ ...finding.places[0], ...place }],
});

describe('GitHub annotations', () => {
  test.each<[string, Finding, string]>([
    [
      'one line',
      finding,
      '::warning file=src/a%2Cb%3Ac.ts,line=3,col=8,endColumn=19,title=unclear-import::100%25 unclear',
    ],
    [
      'several lines have no columns',
      at({ endLine: 5 }),
      '::warning file=src/a%2Cb%3Ac.ts,line=3,endLine=5,title=unclear-import::100%25 unclear',
    ],
    [
      'a notebook’s cell',
      at({ cell: 2 }),
      '::warning file=src/a%2Cb%3Ac.ts,line=1,title=unclear-import::At cell 2, 3:8:%0A100%25 unclear',
    ],
  ])('%s', (_, given, line) => {
    expect(linesOf({ ...empty, findings: [given] })).toEqual([line]);
  });

  test('ten of a level, and the rest as plain lines', () => {
    const findings = Array.from({ length: 13 }, () => finding);
    const lines = linesOf({ ...empty, findings });
    expect(lines.filter((line) => line.startsWith('::warning '))).toHaveLength(10);
    expect(lines.filter((line) => line.includes(': warn unclear-import '))).toHaveLength(3);
  });

  test('loosened policy comes before faults, and these before findings', () => {
    const [refused, approved, denial, fault] = linesOf(golden);
    expect(refused).toMatch(/^::error .*title=policy-change::/);
    expect([approved, denial]).toEqual([
      expect.stringMatching(/^::notice .*title=policy-change::/),
      expect.stringMatching(/^::notice .*title=policy-change::/),
    ]);
    expect(fault).toMatch(/^::error .*title=vetted-imports could not do its work%3A config::/);
  });

  describe.each([
    ['a person', 'warn'],
    ['an assistant', 'error'],
  ] as const)('of a change by %s', (_, severity) => {
    const changes = Array.from({ length: 400 }, (__, at): GradedChange => {
      const name = `package-${String(at).padStart(3, '0')}`;
      const who = { approves: null, by: null, reason: null, grade: null, evidence: [] };
      return {
        kind: 'decision',
        subject: `npm:${name}`,
        file: 'a.yaml',
        line: at + 1,
        what: `approved npm:${name}`,
        ...who,
      };
    });
    const findings = changes.map((change): Finding => {
      const place = { line: change.line, column: 1, endLine: change.line, endColumn: 1, cell: null };
      const specifier = null;
      return {
        ...finding,
        rule: 'policy-change',
        severity,
        change,
        file: 'a.yaml',
        places: [place],
        specifier,
        message: change.what,
      };
    });
    const others = Array.from({ length: 30 }, () => ({ ...finding, severity: 'error' as const }));
    const lines = linesOf({ ...empty, findings: [...others, ...findings], policyChanges: changes });
    const commands = lines.filter((line) => line.startsWith('::'));

    test('every loosened policy stands in an annotation that is shown', () => {
      const loosened = commands.filter((line) => line.includes('title=policy-change::'));
      expect(loosened.length).toBeLessThanOrEqual(10);
      expect(changes.filter(({ what }) => !loosened.some((line) => line.includes(what)))).toEqual([]);
      expect(loosened.filter((line) => line.length > 64_000)).toEqual([]);
    });

    test('there is room for what else was found', () => {
      const errors = commands.filter((line) => line.startsWith('::error '));
      expect(errors).toHaveLength(10);
      expect(errors.filter((line) => line.includes('title=unclear-import')).length).toBeGreaterThanOrEqual(5);
    });
  });
});

describe('Markdown', () => {
  const rows = markdown
    .render(golden, setting)
    .split('\n')
    .filter((line) => line.startsWith('|'));

  /** Cells as GitHub's renderer and others count them: some take `\\` as an escape, some only `\|`. */
  test.each([
    ['any character can be escaped', /\\./g],
    ['only a pipe can be escaped', /\\\|/g],
  ])('rows have as many cells as their heads, where %s', (_, escapes) => {
    const pipes = rows.map((row) => row.replace(escapes, '').split('|').length - 1);
    expect(new Set(pipes)).toEqual(new Set([4, 3]));
  });

  test('has no markup of others', () => {
    const withoutCode = rows.map((row) => row.replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, ''));
    const tags = withoutCode.flatMap((row) => row.match(/<(?!br>)[a-z/!]/g) ?? []);
    const links = withoutCode.flatMap(
      (row) => row.match(/(?<!\\)\]\((?!https:\/\/github\.com\/vetted-imports)/g) ?? [],
    );
    expect([tags, links]).toEqual([[], []]);
  });

  test('ends before a summary is too long for GitHub', () => {
    const [hostile = finding] = golden.findings.filter(({ evidence }) => evidence.length === 3);
    const numbers = Array.from({ length: 3000 }, (_, at) => String(at));
    const many = <T>(one: T) => numbers.map(() => one);
    const findings = numbers.map((number) => ({
      ...hostile,
      message: '@'.repeat(600),
      package: { ecosystem: 'npm', name: `package-${number}` },
      next: [`git add ${number} "${'@'.repeat(100)}"`],
    }));
    const text = markdown.render(
      {
        ...golden,
        findings,
        policyChanges: many(golden.policyChanges[2]).flatMap((one) => one ?? []),
        faults: many(golden.faults[4]).flatMap((one) => one ?? []),
        notes: many('@'.repeat(400)),
      },
      setting,
    );
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
    expect(text.match(/^… and \d+ more; `--format concise` shows all\.$/gm)).toHaveLength(5);
  });
});
