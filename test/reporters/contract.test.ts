import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { empty } from '../../fixtures/reports/golden.ts';
import type { Report } from '../../rules/index.ts';
import { reporters } from '../../src/reporters/index.ts';
import { report } from './arbitrary.ts';

const setting = { color: false, version: '1.2.3', width: 80 };
const runs = { numRuns: 150 };
const alwaysSpeaks = new Set(['json', 'sarif']);

/** Everything that can't be seen, except for the line ends of the output itself. */
const unseen = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{DI}]/u;

describe.each([...reporters.keys()])('%s', (id) => {
  const render = async (given: Report, color = false) =>
    (await reporters.get(id)?.())?.render(given, { ...setting, color }) ?? '';

  test('ends every report with a line end', async () => {
    await fc.assert(
      fc.asyncProperty(report, async (given) => {
        const text = await render(given);
        expect(text === '' || text.endsWith('\n')).toBe(true);
      }),
      runs,
    );
  });

  test('shows foreign text so that it steers no terminal', async () => {
    await fc.assert(
      fc.asyncProperty(report, fc.boolean(), async (given, color) => {
        // eslint-disable-next-line no-control-regex -- the colours of the reporter itself
        const text = (await render(given, color)).replace(/\u001b\[\d+m/g, '');
        expect(text).not.toMatch(unseen);
      }),
      runs,
    );
  });

  test('holds no command for a build server but its own', async () => {
    await fc.assert(
      fc.asyncProperty(report, async (given) => {
        const lines = (await render(given)).split('\n');
        const own = /^::(?:error|warning|notice) (?:[a-zA-Z]+=[^:,]*,?)+::/;
        const commands = lines.filter((line) => line.trimStart().startsWith('::'));
        expect(commands.filter((line) => id !== 'github' || !own.test(line))).toEqual([]);
        expect(lines.filter((line) => /##[\w.-]*\[/.test(line))).toEqual([]);
      }),
      runs,
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
      file: 'approved-packages.yaml',
      line: 4,
      what: 'approved pypi numpy',
      approves: null,
      by: null,
      reason: null,
    };
    expect(await render({ ...empty, policyChanges: [change] })).toContain(change.what);
  });
});
