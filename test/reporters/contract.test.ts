import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { empty } from '../../fixtures/reports/golden.ts';
import type { Finding, Report } from '../../rules/index.ts';
import { reporters } from '../../src/reporters/index.ts';
import { report } from './arbitrary.ts';
import { rounds } from '../kit/length.ts';

const setting = { color: false, version: '1.2.3', width: 80, verbose: false };
const alwaysSpeaks = new Set(['json', 'sarif']);

/** Everything that can't be seen, except for the line ends of the output itself. */
const unseen = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{DI}]/u;

const many = <T>(count: number, one: (at: number) => T) => Array.from({ length: count }, (_, at) => one(at));

/** A command of GitHub's build server, as its reporter writes them. */
const ownCommand = /^::(?:error|warning|notice) (?:[a-zA-Z]+=[^:,]*,?)+::/;

describe.each([...reporters.keys()])('%s', (id) => {
  const render = async (given: Report, color = false) =>
    (await reporters.get(id)?.())?.render(given, { ...setting, color }) ?? '';

  test('ends every report with a line end, steers no terminal and holds no command for a build server but its own', async () => {
    await fc.assert(
      fc.asyncProperty(report, fc.boolean(), async (given, color) => {
        const text = await render(given, color);
        expect(text === '' || text.endsWith('\n')).toBe(true);
        // eslint-disable-next-line no-control-regex -- the colours of the reporter itself
        expect(text.replace(/\u001b\[\d+m/g, '')).not.toMatch(unseen);
        const lines = text.split('\n');
        const commands = lines.filter((line) => line.trimStart().startsWith('::'));
        expect(commands.filter((line) => id !== 'github' || !ownCommand.test(line))).toEqual([]);
        expect(lines.filter((line) => /##[\w.-]*\[/.test(line))).toEqual([]);
      }),
      { numRuns: rounds(50, 600) },
    );
  });

  test(
    alwaysSpeaks.has(id) ? 'prints an empty report' : 'has nothing to say of an empty report',
    async () => {
      expect((await render(empty)) !== '').toBe(alwaysSpeaks.has(id));
    },
  );

  test('tells of every policy change', async () => {
    const change = {
      kind: 'decision' as const,
      subject: 'pypi numpy',
      file: 'approved-packages.yaml',
      line: 4,
      what: 'approved pypi numpy',
      approves: null,
      by: null,
      reason: null,
      grade: null,
      evidence: [],
    };
    const text = await render({ ...empty, policyChanges: [change] });
    expect(text, 'ask unreportedChanges of src/reporters/words.ts').toContain(change.what);
  });

  test('tells of one loosened policy among thousands of lines before anything else', async () => {
    const change = {
      kind: 'decision' as const,
      subject: 'npm:evil',
      file: 'approved-packages.yaml',
      line: 401,
      what: 'approved npm evil',
      approves: null,
      by: null,
      reason: null,
      grade: null,
      evidence: [],
    };
    const others = many(400, (at) => ({
      ...change,
      subject: `npm:a${at}`,
      line: at + 1,
      what: `approved npm a${at}`,
    }));
    const findings = many(2000, (at): Finding => ({
      rule: 'unclear-import',
      grade: null,
      severity: 'warn',
      file: 'a.py',
      places: [{ line: at + 1, column: 1, endLine: at + 1, endColumn: 2, cell: null }],
      excerpt: null,
      language: 'python',
      specifier: 'a',
      package: null,
      status: null,
      change: null,
      message: `mumble ${String(at)}`,
      evidence: [],
      suggestions: [],
      next: [],
    }));
    const text = await render({ ...empty, findings, policyChanges: [...others, change] });
    expect(text).toContain(change.what);
    const firstFinding = text.indexOf(id === 'sarif' ? '"ruleId"' : 'mumble');
    expect(text.indexOf(change.what)).toBeLessThan(firstFinding);
  });

  test('tells of every fault', async () => {
    const fault = {
      kind: 'unparsable',
      file: 'shop/app.py',
      line: 7,
      column: 3,
      message: 'nobody can read this',
      next: 'Mend that.',
    } as const;
    expect(await render({ ...empty, faults: [fault] }), 'a fault is no clean report').toContain(
      fault.message,
    );
  });
});
