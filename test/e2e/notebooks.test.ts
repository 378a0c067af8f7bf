import { afterEach, describe, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import type { Scratch } from '../kit/scratch.ts';
import { shop } from '../kit/shop.ts';
import { runIn } from '../kit/world.ts';

/*
 * A cell is a draft: it may be no Python as yet. What it can bring in is judged cell by cell, as a file is: silence
 * where everything in it that looks like an import is settled, else what it seems to import, and a fault where only a
 * parser could tell what else it may import.
 */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const book = (...cells: readonly string[]) =>
  JSON.stringify({
    cells: cells.map((source) => ({ cell_type: 'code', metadata: {}, outputs: [], source: [source] })),
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });

async function changed(before: readonly string[] | null, after: readonly string[]) {
  const scratch = await shop(before === null ? {} : { 'a.ipynb': book(...before) });
  open.push(scratch);
  scratch.write({ 'a.ipynb': book(...after) });
  await scratch.git('add', '--all');
  const { code, stdout } = await runIn(scratch, ['--staged', '--format', 'concise']);
  return { said: [code, ...findingsIn(stdout)], stdout };
}

const evil = (cell: number) => `a.ipynb#cell${String(cell)}:1:8 unapproved-package pypi:evil`;
const fault = 'a.ipynb:2:1 fault unparsable';
const draft = 'x = [1,\n';

describe('a new notebook', () => {
  test.each<[what: string, cells: readonly string[], expected: readonly (string | number)[]]>([
    ['with a draft and nothing else', [draft], [0]],
    ['with a draft beside approved imports', ['import numpy\n', draft], [0]],
    ['with a draft that has approved imports', [`import numpy\n${draft}`], [0]],
    ['with a draft beside an unknown import', [draft, 'import evil\n'], [1, evil(2)]],
    ['with a draft that has an unknown import', ['import numpy\n', `import evil\n${draft}`], [1, evil(2)]],
    [
      'with a draft that may import anything',
      [`import importlib\nimportlib.import_module(name\n${draft}`],
      [2, fault],
    ],
  ])('%s', async (_, cells, expected) => {
    expect((await changed(null, cells)).said).toEqual(expected);
  });
});

describe('a notebook that is edited', () => {
  test.each<
    [
      what: string,
      before: readonly string[],
      after: readonly string[],
      expected: readonly (string | number)[],
    ]
  >([
    ['and gets a draft', ['import evil\n'], ['import evil\n', draft], [0]],
    ['and gets a draft and an unknown import', ['import numpy\n'], [draft, 'import evil\n'], [1, evil(2)]],
    [
      'and whose cell becomes a draft that has its old import',
      ['import evil\n'],
      [`import evil\n${draft}`],
      [0],
    ],
    [
      'and whose cell becomes a draft that may import anything',
      ['import evil\n'],
      [`import importlib\nimportlib.import_module(name\n${draft}`],
      [2, fault],
    ],
    [
      'and had a draft with an unknown import before',
      [`import evil\n${draft}`],
      [`import evil\n${draft}`, 'x = 1\n'],
      [0],
    ],
  ])('%s', async (_, before, after, expected) => {
    expect((await changed(before, after)).said).toEqual(expected);
  });
});

test('the fault names the cell, in which its line and column count', async () => {
  const { stdout } = await changed(null, [
    'import numpy\n',
    `import importlib\nimportlib.import_module(name\n${draft}`,
  ]);
  expect(stdout).toContain(
    'a.ipynb:2:1: fault unparsable cell 2 can’t be parsed: invalid syntax. Fix the cell',
  );
});
