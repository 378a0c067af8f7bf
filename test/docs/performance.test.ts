import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { chart, colours } from '../../bench/chart.js';
import { block, table, withBlock, type Result } from '../../bench/report.js';
import { projectRoot } from '../kit/scratch.ts';

const page = readFileSync(path.join(projectRoot, 'docs/performance.md'), 'utf8');
const ids = [...page.matchAll(/^<!-- bench: (.*) -->$/gm)].map(([, id = '']) => id);

const machine = { cores: '2', cpu: 'a processor', memory: '8 GB', os: 'Linux', node: 'v20', git: '2.39' };
const circumstances = { machine, date: '2026-11-23' };
const result: Result = {
  id: 'hook',
  title: 'Hook runs',
  groups: [
    {
      name: 'acme/shop',
      rows: [
        { name: 'quick', value: 1.234, unit: '×', budget: 1.4, note: '99 ms against 80 ms' },
        { name: 'slow', value: 2, unit: '×', budget: 1.4 },
        { name: 'told', value: 12.34, unit: 'MB' },
      ],
      remarks: ['knip is left out.'],
    },
    { name: 'acme/bare', rows: [{ name: 'told', value: 1, unit: 'ms' }] },
  ],
};

test('each part of the page is that of a scenario, and closed', () => {
  const isThere = (id: string) => existsSync(path.join(projectRoot, 'bench/scenarios', `${id}.js`));
  expect(ids.filter((id) => !isThere(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(page.match(/^<!-- \/bench -->$/gm)).toHaveLength(ids.length);
});

test('each part names its command, the day and the machine', () => {
  const parts = page.split('<!-- bench: ').slice(1);
  for (const part of parts) {
    const [id = ''] = part.split(' ');
    if (!part.includes('###')) continue;
    expect(part).toMatch(
      new RegExp(`^\`npm run bench -- ${id}\` on \\d{4}-\\d\\d-\\d\\d, with \\d+ cores of .*\\.$`, 'm'),
    );
  }
});

describe('a part', () => {
  test('has what has a limit', () => {
    expect(block(result, circumstances)).toBe(`### Hook runs

\`npm run bench -- hook\` on 2026-11-23, with 2 cores of a processor, 8 GB, Linux, Node v20, git 2.39.

| acme/shop | measured | limit | |
| --- | ---: | ---: | --- |
| quick | 1.23 × | ≤ 1.4 | 99 ms against 80 ms |
| slow | 2 × | ≤ 1.4, missed |  |

knip is left out.`);
  });

  test('has everything, and pictures, where its scenario says so', () => {
    const pictures = [{ file: 'growth.svg', alt: 'Growth', svg: '' }];
    const text = block({ ...result, showsAll: true, intro: 'Ten runs.', pictures }, circumstances);
    expect(text).toContain('### Hook runs\n\nTen runs.\n\n`npm run');
    expect(text).toContain('\n\n![Growth](growth.svg)\n\n| acme/shop |');
    expect(text).toContain('| told | 12.3 MB |  |  |');
    expect(text).toContain('| acme/bare | measured | limit | |');
  });

  test('is nothing where nothing has a limit', () => {
    expect(block({ ...result, groups: result.groups.slice(1) }, circumstances)).toBe('');
  });

  test('replaces itself alone', () => {
    const marks = (id: string, text: string) => `<!-- bench: ${id} -->\n\n${text}\n\n<!-- /bench -->\n`;
    const before = `Words.\n${marks('hook', 'old')}More.\n${marks('all', 'other')}`;
    expect(withBlock(before, 'hook', 'new, $1')).toBe(
      `Words.\n${marks('hook', 'new, $1')}More.\n${marks('all', 'other')}`,
    );
    expect(() => withBlock(before, 'size', 'new')).toThrow('no place for size');
  });
});

test('a table for people has the groups with their names', () => {
  expect(table(result)).toBe(`Hook runs
  acme/shop
  quick   1.23 ×  ok (≤ 1.4)    99 ms against 80 ms
  slow       2 ×  OVER (≤ 1.4)
  told   12.3 MB
    - knip is left out.
  acme/bare
  told  1 ms
`);
});

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const luminance = (colour: string) => {
    const channels = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);
    const [red = 0, green = 0, blue = 0] = channels.map((c) =>
      c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

describe('the picture', () => {
  const backgrounds = ['#ffffff', '#0d1117'];

  test.each([colours.text, ...colours.lines])(
    '%s can be told from a light and from a dark page',
    (colour) => {
      for (const background of backgrounds) expect(contrast(colour, background)).toBeGreaterThanOrEqual(3);
    },
  );

  test('has a line through each point, at powers of ten', () => {
    const points = [[1000, 0.2], [10_000, 2], [100_000, 20]]; // prettier-ignore
    const text = chart('files & folders', [{ title: 'seconds', lines: [{ name: '<all>', points }] }]);
    const [, places = ''] = /points="([^"]*)"/.exec(text) ?? [];
    const [first, second, third] = places.split(' ').map((place) => place.split(',').map(Number));
    expect((second?.[0] ?? 0) * 2).toBe((first?.[0] ?? 0) + (third?.[0] ?? 0));
    expect((second?.[1] ?? 0) * 2).toBeCloseTo((first?.[1] ?? 0) + (third?.[1] ?? 0), -1);
    for (const label of ['1,000', '100,000', '0.1', '100', 'files &amp; folders', '&lt;all&gt;'])
      expect(text).toContain(`>${label}</text>`);
  });
});
