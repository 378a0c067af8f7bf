import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { TextNode, Tree } from '../../src/documents/document.ts';
import { textsAt } from '../../src/documents/document.ts';
import { readJson } from '../../src/documents/json.ts';
import { readToml } from '../../src/documents/toml.ts';
import { placedValue } from '../../src/documents/value-places.ts';
import { readYaml } from '../../src/documents/yaml.ts';
import { spanInFile } from '../../src/text/segment-span.ts';

/** Every word of the one string below `run`, and what stands in the file at its place. */
async function wordsOf(
  file: readonly string[],
  read: (text: string) => Promise<Tree>,
): Promise<readonly string[]> {
  const source = file.join('\n');
  const [node] = textsAt((await read(source)).root, 'run');
  if (node === undefined) throw new Error('there is no string');
  return shownWords(source, node);
}

function shownWords(source: string, node: TextNode): readonly string[] {
  const { text, pieces } = placedValue(source, node);
  return [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => {
    const { start, end } = spanInFile({ kind: 'pieces', pieces }, { start: index, end: index + word.length });
    const shown = source.slice(start, end);
    return shown === word ? word : `${word} = ${shown}`;
  });
}

describe('the words of a string stand where they are written', () => {
  test.each<readonly [title: string, file: readonly string[], words: readonly string[]]>([
    ['plain', ['run: npm i a'], ['npm', 'i', 'a']],
    ['plain over lines', ['run: npm', '  i', '', '  a'], ['npm', 'i', 'a']],
    ['in single quotes', ["run: 'npm i ''a'''"], ['npm', 'i', "'a' = ''a''"]],
    ['in double quotes', ['run: "npm i \\"a\\" \\x62\\n"'], ['npm', 'i', '"a" = \\"a\\"', 'b = \\x62']],
    ['in double quotes over lines', ['run: "npm', '  i \\', '  a"'], ['npm', 'i', 'a']],
    [
      'a literal block',
      ['run: |', '  npm i \\', '    a', '', '  npm i b'],
      ['npm', 'i', '\\', 'a', 'npm', 'i', 'b'],
    ],
    ['a literal block that says how', ['run: |2- # comment', '    npm i', '  a'], ['npm', 'i', 'a']],
    ['a folded block', ['run: >', '  npm i', '  a', '', '   b', '  c'], ['npm', 'i', 'a', 'b', 'c']],
    ['a block with an anchor and a tag', ['run: &x !!str |', '  npm i a'], ['npm', 'i', 'a']],
    ['lines of Windows', ['run: |\r', '  npm i\r', '  a\r'], ['npm', 'i', 'a']],
  ])('YAML: %s', async (_, file, words) => {
    expect(await wordsOf(file, readYaml)).toEqual(words);
  });

  test.each<readonly [title: string, file: readonly string[], words: readonly string[]]>([
    ['without escapes', ['{"run": "npm i a"}'], ['npm', 'i', 'a']],
    [
      'with escapes',
      ['{"run": "npm\\ti \\u0061b \\"c\\"\\nd"}'],
      ['npm', 'i', 'ab = \\u0061b', '"c" = \\"c\\"', 'd'],
    ],
    ['beyond the first plane', ['{"run": "\\ud83d\\ude00 a"}'], ['😀 = \\ud83d\\ude00', 'a']],
  ])('JSON: %s', async (_, file, words) => {
    expect(await wordsOf(file, readJson)).toEqual(words);
  });

  test.each<readonly [title: string, file: readonly string[], words: readonly string[]]>([
    [
      'a basic string',
      ['run = "npm i \\U0001F600 \\"a\\""'],
      ['npm', 'i', '😀 = \\U0001F600', '"a" = \\"a\\"'],
    ],
    ['a literal string', ["run = 'npm i \\a'"], ['npm', 'i', '\\a']],
    ['several lines', ['run = """', 'npm i \\', '   a', 'b"""'], ['npm', 'i', 'a', 'b']],
    ['several literal lines', ["run = '''", 'npm i', "'a'", "'''"], ['npm', 'i', "'a'"]],
  ])('TOML: %s', async (_, file, words) => {
    expect(await wordsOf(file, readToml)).toEqual(words);
  });
});

test('whatever a string holds, each of its words stands where it is written, or its escapes do', async () => {
  const line = fc.string({
    unit: fc.constantFrom('a', 'b', ' ', '\\', '"', "'", '#', ':', '\t', 'é', '😀'),
    maxLength: 12,
  });
  const value = fc.array(line, { maxLength: 5 }).map((lines) => lines.join('\n'));
  const style = fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED');
  await fc.assert(
    fc.asyncProperty(
      value,
      style,
      fc.integer({ min: 20, max: 40 }),
      async (text, defaultStringType, lineWidth) => {
        const source = stringify({ a: { run: text } }, { defaultStringType, lineWidth });
        const [node] = textsAt((await readYaml(source)).root, 'a', 'run');
        if (node?.value !== text) return;
        for (const word of shownWords(source, node)) {
          const [meant = '', shown = meant] = word.split(' = ');
          const unescaped = shown
            .replace(/\\\n */g, '')
            .replaceAll("''", "'")
            .replace(/\\(["\\])/g, '$1')
            .replaceAll('\\t', '\t');
          expect([shown, unescaped]).toContain(meant);
        }
      },
    ),
  );
});

test('JSON escapes likewise', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 20 }), async (text) => {
      const source = JSON.stringify({ run: text });
      const [node] = textsAt((await readJson(source)).root, 'run');
      if (node === undefined) return;
      for (const { start, end, at, atEnd } of placedValue(source, node).pieces) {
        const written = source.slice(at, atEnd ?? at + end - start);
        expect(JSON.parse(`"${written}"`)).toBe(text.slice(start, end));
      }
    }),
  );
});
