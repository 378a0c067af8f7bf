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

describe('a module that a cell writes', () => {
  const writes = (path: string, text = 'x = 1\n') => `%%writefile ${path}\n${text}`;
  const module = 'helpers_of_acme';
  const unapproved = (place: string, name: string) => `${place} unapproved-package pypi:${name}`;
  test.each<[what: string, cells: readonly string[], expected: readonly (string | number)[]]>([
    [
      'is there for later cells',
      [writes(`${module}.py`), `import ${module}\nfrom ${module} import x\n`],
      [0],
    ],
    ['also with options and quotes', [writes(`-a "./${module}.py"`), `import ${module}\n`], [0]],
    ['also where the cell is older', [`%%file ${module}.py\nx = 1\n`, `import ${module}\n`], [0]],
    [
      'also below a folder',
      [writes(`${module}/a.py`), `import ${module}.a\nfrom ${module} import a\nfrom ${module}.a import x\n`],
      [0],
    ],
    ['also as a package', [writes(`${module}/__init__.py`), `import ${module}\n`], [0]],
    [
      'and what it imports counts',
      [writes(`${module}.py`, 'import evil\n')],
      [1, 'a.ipynb#cell1:2:8 unapproved-package pypi:evil'],
    ],
    [
      'and is not there before',
      [`import ${module}\n`, writes(`${module}.py`)],
      [1, unapproved('a.ipynb#cell1:1:8', 'helpers-of-acme')],
    ],
    [
      'and not in its own cell',
      [writes(`${module}.py`, `import ${module}\n`)],
      [1, unapproved('a.ipynb#cell1:2:8', 'helpers-of-acme')],
    ],
    ['and is no other module', [writes(`${module}.py`), 'import evil\n'], [1, evil(2)]],
    [
      'and is not found elsewhere',
      [
        writes(`other/${module}.py`),
        writes('/tmp/evil.py'),
        writes('{folder}/evil.py'),
        `import ${module}\n`,
        'import evil\n',
      ],
      [1, unapproved('a.ipynb#cell4:1:8', 'helpers-of-acme'), evil(5)],
    ],
    ['and is no text', [writes('evil.txt'), 'import evil\n'], [1, evil(2)]],
  ])('%s', async (_, cells, expected) => {
    expect((await changed(null, cells)).said).toEqual(expected);
  });

  const policyChange = 'a.ipynb:1:1 policy-change';

  test('under the name of a well-known or approved package is a change of policy', async () => {
    const cells = [writes('requests.py'), 'import requests\n', writes('numpy.py'), 'import numpy\n'];
    const { said, stdout } = await changed(null, cells);
    expect(said).toEqual([0, policyChange, policyChange]);
    expect(stdout).toContain(
      'a.ipynb writes requests.py, which has the name of pypi:requests: imports of requests lead to it from then on',
    );
    expect((await changed(cells, [...cells, 'import numpy as np\n'])).said).toEqual([0]);
    const later = await changed(null, ['import requests\n', writes('requests.py')]);
    expect(later.said).toEqual([1, policyChange, unapproved('a.ipynb#cell1:1:8', 'requests')]);
  });

  test('in a folder of such a name is one where it is imported', async () => {
    const cells = [writes('requests/api.py'), 'from requests import api\n'];
    expect((await changed(null, cells)).said).toEqual([0, policyChange]);
    expect((await changed(null, cells.slice(0, 1))).said).toEqual([0]);
  });

  test('is there for no other file', async () => {
    const scratch = await shop({});
    open.push(scratch);
    scratch.write({ 'a.ipynb': book(writes(`${module}.py`)), 'b.ipynb': book(`import ${module}\n`) });
    await scratch.git('add', '--all');
    const { stdout } = await runIn(scratch, ['--staged', '--format', 'concise']);
    expect(findingsIn(stdout)).toEqual([unapproved('b.ipynb#cell1:1:8', 'helpers-of-acme')]);
  });
});
