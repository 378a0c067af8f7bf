import { describe, expect, test } from 'vitest';
import { python } from '../../../src/languages/python/index.ts';
import { rounds } from '../../kit/length.ts';

const parser = await python.parser();
/** Short texts show a reader whose time grows with the square of the length as well, within a test's time. */
const many = (count: number) => rounds(Math.ceil(count / 10), count);
const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('');

/** Texts that break readers. Each names the module `wanted`, wherever the text before it leads. */
const texts: readonly [string, string][] = [
  ['nothing before', ''],
  ['null bytes', '\0\0x = "\0"\n'],
  ['lone surrogates', 'x = "\ud800"\n\udc00 = 1\n'],
  ['many nested brackets', `x = ${'('.repeat(many(10_000))}${')'.repeat(many(10_000))}\n`],
  ['many open brackets', `x = ${'[('.repeat(many(5_000))}\n`],
  ['many closing brackets', `${'}])'.repeat(many(3_333))}\n`],
  [
    '1,000 nested blocks',
    lines(many(1_000), (depth) => `${' '.repeat(depth)}if x:\n`) + `${' '.repeat(many(1_000))}pass\n`,
  ],
  ['many lines', lines(many(100_000), (index) => `import a${index % 10}\n`)],
  ['a long line', `x = [${'1, '.repeat(many(300_000))}]\n`],
  ['a long string', `x = "${'a'.repeat(many(1_000_000))}"\n`],
  ['a long comment', `#${'import a: '.repeat(many(100_000))}\n`],
  ['many quotes', `${'"'.repeat(many(100_001))}\n`],
  ['many unfinished imports', 'from a import (\n'.repeat(many(10_000))],
  ['many continued lines', `from a import \\\n${'from b import c, \\\n'.repeat(many(10_000))}\n`],
  ['many loaders', `${'import_module('.repeat(many(10_000))}\n`],
  ['blanks', `${' '.repeat(many(500_000))}\n`],
  ['tabs and blanks', 'if x:\n\timport a\n        import b\n    \timport c\n'],
  ['many comments in a row', '# a\n#"\n\n  # b\n'.repeat(many(20_000))],
  ['comments in a row in a string', `x = """\n${'# a\n'.repeat(many(20_000))}"""\n`],
  ['many lines that hold a backslash', `x = \\\n${'\\\n'.repeat(many(20_000))}1\n`],
  ['ambiguous operators', `and print ${'::=+'.repeat(many(20_000))}\n`],
  ['operators without operands', `and yield ${'+and '.repeat(many(20_000))}\n`],
  ['names that are continued', `x\n${'a\\\n'.repeat(many(20_000))}\n`],
  ['backslashes', `x\n${'\\N{'.repeat(many(20_000))}\n`],
  ['conditions that never end', `x\n${'if ``**'.repeat(many(3_000))}\n`],
  ['open expressions in strings', `x = ${'f"{'.repeat(many(20_000))}\n`],
  ['formats in formats', `x = f"${'{a:'.repeat(many(10_000))}${'}'.repeat(many(10_000))}"\n`],
  ['strings behind strings', `x = ${'f"{a:=}" '.repeat(many(10_000))}\n`],
  ['lists of type parameters that nothing closes', 'class A[T = B\n'.repeat(many(10_000))],
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
  ['branches', `if a: pass\n${'elif b: __import__(x)\n'.repeat(many(8_000))}`, many(8_000)],
  ['arguments of arguments', nested('f(__import__(x),', ')', many(5_000)), many(5_000)],
  ['names in a row', `__import__\n${'a='.repeat(many(40_000))}1\n`, 0],
  ['names in a row for a loader', `${'a='.repeat(many(20_000))}__import__\na(x)\n`, 1],
  ['names in names', nested('(a:=', ')', many(10_000)), 0],
  ['brackets in brackets', nested('(', ')', many(20_000)), 0],
  ['lists in lists', nested('[', ']', many(20_000)), 0],
  ['functions in functions', nested('(lambda: ', ', __import__(x))', many(5_000)), many(5_000)],
  ['calls of calls', `__import__\na${'.b().c'.repeat(many(20_000))}\n`, 0],
  ['keys of keys', `__import__\nf(a${'["b"]'.repeat(many(20_000))})\n`, 0],
  ['methods of a loader', `f(__import__${'.__call__'.repeat(many(20_000))}, x)\n`, 1],
  ['conditions', `if not (TYPE_CHECKING${' and a'.repeat(many(20_000))}): __import__(x)\n`, 1],
  ['exceptions', `try: __import__(x)\nexcept (${'A,'.repeat(many(20_000))}): pass\n`, 1],
  ['handlers', `try: __import__(x)\n${'except A: __import__(x)\n'.repeat(many(5_000))}`, many(5_000) + 1],
  ['members of a class', `class A:\n${' a = __import__\n'.repeat(many(10_000))}`, many(10_000)],
  ['strings in a row', `__import__(${'"a" '.repeat(many(20_000))})\n`, 0],
  ['strings of strings', nested('__import__(f"{', '}")', 100), 100],
  ['commands of commands', nested('get_ipython().system("pip install a", ', ')', many(4_000)), 0],
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

test('a command that installs thousands of packages', () => {
  const text = `!pip install ${'a '.repeat(many(100_000))}`;
  expect(parser.parse({ text, dialect: 'ipynb' }).imports).toHaveLength(many(100_000));
});

test('a statement that imports thousands of modules, in a text with an error', () => {
  const text = `def f(:\nimport ${'a, '.repeat(many(100_000))}b\n`;
  expect(parser.parse({ text, dialect: 'py' }).imports).toHaveLength(many(100_000) + 1);
});

test('trees are given back: parsing again and again takes no more memory', () => {
  const text = 'import a\n'.repeat(3_000);
  const before = process.memoryUsage().arrayBuffers + process.memoryUsage().external;
  for (let round = 0; round < rounds(10, 50); round += 1) parser.parse({ text, dialect: 'py' });
  const after = process.memoryUsage().arrayBuffers + process.memoryUsage().external;
  expect(after - before).toBeLessThan(40_000_000);
});
