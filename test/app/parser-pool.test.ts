import { describe, expect, test } from 'vitest';
import { parserPool, wholeTreePool, type StartThread } from '../../src/app/parser-pool.ts';
import { javascript } from '../../src/languages/javascript/index.ts';
import { rust } from '../../src/languages/rust/index.ts';

/** Parses as many texts in a pool, and closes it. @returns What each of its threads did, in the order of their starts. */
async function workOf(texts: number, size: number): Promise<readonly string[]> {
  const logs: string[][] = [];
  const start: StartThread = () => {
    const log: string[] = [];
    logs.push(log);
    return {
      parse: () => {
        log.push('parse');
        return Promise.resolve({ imports: [], broken: null });
      },
      close: () => void log.push('close'),
      hasEnded: () => false,
      // Whoever started last has least to do.
      waiting: () => log.length,
    };
  };
  const pool = parserPool({ start, size });
  for (let text = 0; text < texts; text++) await pool.parse(javascript, { text: '', dialect: 'js' });
  pool.close();
  return logs.map((log) => log.join(' '));
}

describe('threads are started one after the other, and each is closed', () => {
  test.each([
    [48, 2, []],
    [49, 1, ['parse close']],
    [49, 2, ['parse close']],
    [49, 4, ['parse close']],
    [50, 2, ['parse close', 'parse close']],
    [51, 2, ['parse parse close', 'parse close']],
    [51, 4, ['parse close', 'parse close', 'parse close']],
  ])('%i texts, at most %i threads', async (texts, size, expected) => {
    expect(await workOf(texts, size)).toEqual(expected);
  });
});

test('who says so has long texts parsed elsewhere, and a thread that ended is replaced', async () => {
  const log: string[] = [];
  let count = 0;
  const start: StartThread = () => {
    const id = ++count;
    let texts = 0;
    return {
      parse: (_, { text }) => {
        texts += 1;
        log.push(`${String(id)}: ${text}`);
        return Promise.resolve({ imports: [], broken: null });
      },
      close: () => undefined,
      hasEnded: () => texts === 2,
      waiting: () => 0,
    };
  };
  const pool = parserPool({ start, size: 1, isParsedHere: ({ text }) => text.length < 4 });
  for (const text of ['a', 'long1', 'b', 'long2', 'long3'])
    await pool.parse(javascript, { text, dialect: 'js' });
  expect(log).toEqual(['1: long1', '1: long2', '2: long3']);
});

test.each([
  ['an import', javascript, "import a from 'a';", 1],
  ['a broken one', javascript, 'import {', 1],
  ['what only a parser can read', javascript, 'require(name)', 1],
  ['a program without any', javascript, 'export const a = 1;', 0],
  ['no program', javascript, 'class {', 0],
  ['words of another language', rust, 'use self::a;', 1],
  ['a path', rust, 'fn f() { self::a::b() }', 1],
  ['a program of it without any', rust, 'fn f() { import() }', 0],
] as const)(
  'a run over everything has parsed what may import anything: %s',
  async (_, language, text, parsed) => {
    let count = 0;
    const start: StartThread = () => ({
      parse: () => {
        count += 1;
        return Promise.resolve({ imports: [], broken: null });
      },
      close: () => undefined,
      hasEnded: () => false,
      waiting: () => 0,
    });
    const pool = wholeTreePool({ start, size: 1, isParsedHere: () => false });
    const [dialect = ''] = language.extensions;
    expect(await pool.parse(language, { text, dialect })).toEqual({ imports: [], broken: null });
    expect(count).toBe(parsed);
  },
);

test('what this thread does not carry goes to another one', async () => {
  const texts: number[] = [];
  const start: StartThread = () => ({
    parse: (_, { text }) => {
      texts.push(text.length);
      return Promise.resolve({ imports: [], broken: null });
    },
    close: () => undefined,
    hasEnded: () => false,
    waiting: () => 0,
  });
  const pool = parserPool({ start, size: 1, isParsedHere: () => true });
  const long = 'a;\n'.repeat(30_000);
  for (const text of ['a;', long, 'import {', 'b;']) await pool.parse(javascript, { text, dialect: 'js' });
  expect(texts).toEqual([long.length, 'import {'.length]);
});

test('this thread parses what is short itself while the others have enough to do', async () => {
  const handedOn: string[] = [];
  const waiting = [0, 0];
  let started = 0;
  const start: StartThread = () => {
    const id = started++;
    return {
      parse: (_, { text }) => {
        handedOn.push(`${String(id)}: ${text.slice(0, 5)}`);
        return Promise.resolve({ imports: [], broken: null });
      },
      close: () => undefined,
      hasEnded: () => false,
      waiting: () => waiting[id] ?? 0,
    };
  };
  const pool = parserPool({ start, size: 2, isParsedHere: () => false });
  const parse = (text: string) => pool.parse(javascript, { text, dialect: 'js' });
  await parse('one;');
  waiting[0] = 50;
  await parse('two;');
  waiting[1] = 8;
  await parse('three;');
  await parse(`four;${' '.repeat(40_000)}`);
  waiting[0] = 7;
  await parse('five;');
  expect(handedOn).toEqual(['0: one;', '1: two;', '1: four;', '0: five;']);
});
