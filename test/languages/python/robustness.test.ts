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
  ['20,000 comments in a row', '# a\n#"\n\n  # b\n'.repeat(20_000)],
  ['comments in a row in a string', `x = """\n${'# a\n'.repeat(20_000)}"""\n`],
  ['20,000 lines that hold a backslash', `x = \\\n${'\\\n'.repeat(20_000)}1\n`],
  ['ambiguous operators', `and print ${'::=+'.repeat(20_000)}\n`],
  ['operators without operands', `and yield ${'+and '.repeat(20_000)}\n`],
  ['names that are continued', `x\n${'a\\\n'.repeat(20_000)}\n`],
  ['backslashes', `x\n${'\\N{'.repeat(20_000)}\n`],
  ['conditions that never end', `x\n${'if ``**'.repeat(3_000)}\n`],
  ['an open docstring', '"""\nimport a\n'],
  [
    'binary text',
    String.fromCharCode(...Array.from({ length: 2_000 }, (_, index) => (index * 7919) % 65_536)) + '\n',
  ],
];

/**
 * Valid Python with calls of loaders in the places that whoever walks a tree may walk through again and again, each so
 * often that a walk whose steps grow with the square of it does not come to an end. How often `unclear` is said.
 */
const calls: readonly [what: string, text: string, unclear: number][] = [
  ['branches', `if a: pass\n${'elif b: __import__(x)\n'.repeat(8_000)}`, 8_000],
  ['arguments of arguments', nested('f(__import__(x),', ')', 5_000), 5_000],
  ['names in a row', `__import__\n${'a='.repeat(40_000)}1\n`, 0],
  ['names in a row for a loader', `${'a='.repeat(20_000)}__import__\na(x)\n`, 1],
  ['names in names', nested('(a:=', ')', 10_000), 0],
  ['brackets in brackets', nested('(', ')', 20_000), 0],
  ['lists in lists', nested('[', ']', 20_000), 0],
  ['functions in functions', nested('(lambda: ', ', __import__(x))', 5_000), 5_000],
  ['calls of calls', `__import__\na${'.b().c'.repeat(20_000)}\n`, 0],
  ['keys of keys', `__import__\nf(a${'["b"]'.repeat(20_000)})\n`, 0],
  ['methods of a loader', `f(__import__${'.__call__'.repeat(20_000)}, x)\n`, 1],
  ['conditions', `if not (TYPE_CHECKING${' and a'.repeat(20_000)}): __import__(x)\n`, 1],
  ['exceptions', `try: __import__(x)\nexcept (${'A,'.repeat(20_000)}): pass\n`, 1],
  ['handlers', `try: __import__(x)\n${'except A: __import__(x)\n'.repeat(5_000)}`, 5_001],
  ['members of a class', `class A:\n${' a = __import__\n'.repeat(10_000)}`, 10_000],
  ['strings in a row', `__import__(${'"a" '.repeat(20_000)})\n`, 0],
  ['strings of strings', nested('__import__(f"{', '}")', 100), 100],
  ['commands of commands', nested('get_ipython().system("pip install a", ', ')', 4_000), 0],
];

function nested(before: string, after: string, times: number): string {
  return `${before.repeat(times)}1${after.repeat(times)}\n`;
}

test.each(calls)('%s without end', (_, text, unclear) => {
  const { imports, broken } = parser.parse({ text, dialect: 'py' });
  expect(broken).toBeNull();
  expect(imports.filter(({ target }) => target.kind === 'unclear')).toHaveLength(unclear);
});

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
