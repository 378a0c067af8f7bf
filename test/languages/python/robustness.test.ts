import { describe, expect, test } from 'vitest';
import { python } from '../../../src/languages/python/index.ts';

const parser = await python.parser();
const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('');

/** Texts that break readers. Each names the module `wanted`, wherever the text before it leads. */
const texts: readonly [string, string][] = [
  ['nothing before', ''],
  ['null bytes', '\0\0x = "\0"\n'],
  ['lone surrogates', 'x = "\ud800"\n\udc00 = 1\n'],
  ['10,000 nested brackets', `x = ${'('.repeat(10_000)}${')'.repeat(10_000)}\n`],
  ['10,000 open brackets', `x = ${'[('.repeat(5_000)}\n`],
  ['10,000 closing brackets', `${'}])'.repeat(3_333)}\n`],
  [
    '1,000 nested blocks',
    lines(1_000, (depth) => `${' '.repeat(depth)}if x:\n`) + `${' '.repeat(1_000)}pass\n`,
  ],
  ['100,000 lines', lines(100_000, (index) => `import a${index % 10}\n`)],
  ['a long line', `x = [${'1, '.repeat(300_000)}]\n`],
  ['a long string', `x = "${'a'.repeat(1_000_000)}"\n`],
  ['a long comment', `#${'import a: '.repeat(100_000)}\n`],
  ['100,000 quotes', `${'"'.repeat(100_001)}\n`],
  ['10,000 unfinished imports', 'from a import (\n'.repeat(10_000)],
  ['10,000 continued lines', `from a import \\\n${'from b import c, \\\n'.repeat(10_000)}\n`],
  ['10,000 loaders', `${'import_module('.repeat(10_000)}\n`],
  ['blanks', `${' '.repeat(500_000)}\n`],
  ['tabs and blanks', 'if x:\n\timport a\n        import b\n    \timport c\n'],
  ['an open docstring', '"""\nimport a\n'],
  [
    'binary text',
    String.fromCharCode(...Array.from({ length: 2_000 }, (_, index) => (index * 7919) % 65_536)) + '\n',
  ],
];

describe.each(texts)('%s', (_, before) => {
  const text = `${before}import wanted\n`;

  test('is parsed', () => {
    const { imports } = parser.parse({ text, dialect: 'py' });
    expect(imports.at(-1)?.target).toEqual({ kind: 'literal', specifier: 'wanted', names: [] });
  });

  test('is scanned', () => {
    const scan = python.scan({ text, dialect: 'py' });
    expect(scan.kind === 'unsure' || scan.specifiers.has('wanted')).toBe(true);
  });
});

test('a command that installs 100,000 packages', () => {
  const text = `!pip install ${'a '.repeat(100_000)}`;
  expect(parser.parse({ text, dialect: 'ipynb' }).imports).toHaveLength(100_000);
});

test('a statement that imports 100,000 modules, in a text with an error', () => {
  const text = `def f(:\nimport ${'a, '.repeat(100_000)}b\n`;
  expect(parser.parse({ text, dialect: 'py' }).imports).toHaveLength(100_001);
});

test('trees are given back: parsing again and again takes no more memory', () => {
  const text = 'import a\n'.repeat(3_000);
  const before = process.memoryUsage().arrayBuffers + process.memoryUsage().external;
  for (let round = 0; round < 50; round += 1) parser.parse({ text, dialect: 'py' });
  const after = process.memoryUsage().arrayBuffers + process.memoryUsage().external;
  expect(after - before).toBeLessThan(40_000_000);
});
