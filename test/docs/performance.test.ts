import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
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
