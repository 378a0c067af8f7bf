import fc from 'fast-check';
import { parse, stringify } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { readToml } from '../../src/documents/toml.ts';
import type { Entry, Node } from '../../src/documents/document.ts';
import { rounds } from '../kit/length.ts';

/** The value of a node with strings as they are, everything else as `null`. Tables of one key are merged. */
function plain(nodes: readonly Node[]): unknown {
  const [first] = nodes;
  if (first === undefined) return null;
  if (first.kind === 'text') return first.value;
  if (first.kind === 'other') return null;
  if (first.kind === 'list') {
    return nodes.flatMap((node) => (node.kind === 'list' ? node.items.map((item) => plain([item])) : []));
  }
  return merged(nodes.flatMap((node) => (node.kind === 'table' ? node.entries : [])));
}

function merged(entries: readonly Entry[]): unknown {
  const groups = new Map<string, Node[]>();
  for (const { key, value } of entries) groups.set(key.value, [...(groups.get(key.value) ?? []), value]);
  return new Map([...groups].map(([key, nodes]) => [key, plain(nodes)]));
}

/** The same of what `smol-toml` reads. */
function plainValue(value: unknown): unknown {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== 'object' || value === null || value instanceof Date) return null;
  return new Map(Object.entries(value).map(([key, inner]) => [key, plainValue(inner)]));
}

async function expectSame(text: string): Promise<void> {
  const { root, broken } = await readToml(text);
  expect(broken, text).toEqual([]);
  expect(plain(root === undefined ? [] : [root]), text).toEqual(plainValue(parse(text)));
}

test('reads CRLF in a string as a newline, which smol-toml leaves as it is', async () => {
  const { root, broken } = await readToml('a = """\r\nx\r\ny"""\r\n');
  expect(broken).toEqual([]);
  expect(plain(root === undefined ? [] : [root])).toEqual(new Map([['a', 'x\ny']]));
});

describe('reads what smol-toml reads', () => {
  test.each([
    ['', 'nothing'],
    ['# a = "b"', 'a comment'],
    ['a = "# no comment" # a comment = "x"', 'a comment after a string'],
    ['a.b."c.d".\'e\' = "x"\na . f = "y"', 'dotted keys'],
    ['"" = "x"\n"\\u00e9" = "y"', 'quoted keys'],
    ['a = [ "x", # [ "no" ]\n  "y",\n]', 'a list over several lines'],
    ['a = { b = "x", c.d = "y", e = [{ f = "z" }] }', 'inline tables'],
    ['[a]\nb = "1"\n[a.c]\nd = "2"\n[e.f.g]\nh = "3"\n[e]\ni = "4"', 'tables in any order'],
    ['[[a]]\nb = "1"\n[[a.c]]\nd = "2"\n[[a]]\nb = "3"\n[a.e]\nf = "4"', 'lists of tables'],
    ['a = """\nx\\\n   y""z""""', 'a basic string over several lines'],
    ["a = '''\nx\\ny''z'''''", 'a literal string over several lines'],
    ['a = "\\t\\"\\\\\\U0001F600"', 'escapes'],
    ["a = '\\t'", 'no escapes in a literal string'],
    ['a = 1979-05-27 07:32:00Z\nb = 07:32:00\nc = -1_000.5e+3\nd = [true, inf, nan]', 'other values'],
    [' [ a . "b" ] # x\n\tc="d"', 'blanks everywhere'],
    ['__proto__ = "x"\n[constructor]\nprototype = "y"', 'names of properties'],
  ])('%j: %s', async (text) => {
    await expectSame(text);
  });

  const value = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.string(),
      fc.string({ unit: fc.constantFrom('"', "'", '\\', '\n', '#', '[', ']', '=', ',', 'a', 'é') }),
      fc.integer(),
      fc.boolean(),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.string(), tie('value'), { maxKeys: 3, noNullPrototype: true }),
    ),
  })).value;

  test('for every document that smol-toml writes', async () => {
    const documents = fc.dictionary(fc.string(), value, { maxKeys: 4, noNullPrototype: true });
    await fc.assert(
      fc.asyncProperty(documents, async (document) => {
        await expectSame(stringify(document));
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  const PIECES = [
    'a',
    'b',
    '.',
    '=',
    '"x"',
    "'y'",
    '"""',
    "'''",
    '[',
    ']',
    '[[',
    ']]',
    '{',
    '}',
    ',',
    '#',
    '\n',
    ' ',
    '1',
    '\\',
  ];

  test('for every text that smol-toml accepts', async () => {
    let accepted = 0;
    const line = fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join(''));
    const pair = fc
      .tuple(fc.constantFrom('a', 'b', 'a.b', '"c"', '[d]\ne', '[[f]]\ng'), line)
      .map(([key, rest]) => `${key} = ${rest}`);
    const texts = fc.array(fc.oneof(line, pair), { maxLength: 3 }).map((lines) => lines.join('\n'));
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        if (!isToml(text)) return;
        accepted += 1;
        await expectSame(text);
      }),
      { numRuns: rounds(1000, 20_000), seed: 1 },
    );
    expect(accepted).toBeGreaterThan(200);
  });
});

function isToml(text: string): boolean {
  try {
    parse(text);
    return true;
  } catch (error) {
    return !(error instanceof Error);
  }
}
