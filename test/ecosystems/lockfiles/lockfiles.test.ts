import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ecosystems } from '../../../src/ecosystems/index.ts';
import { formatOf } from '../../../src/ecosystems/manifest-formats.ts';
import type { LockfileFormat } from '../../../src/model/lockfile.ts';
import { LineIndex } from '../../../src/text/lines.ts';
import { LONGEST_LOCKFILE } from '../../../src/text/longest.ts';

const fixtures = join(import.meta.dirname, '../../../fixtures/lockfiles');
const lists = await Promise.all(ecosystems.map(async ({ lockfiles }) => (await lockfiles?.()) ?? []));
const formats = lists.flat();

/** What readers look for: one that looks at each again and again does not come to an end within a test's time. */
const pieces = [
  '[',
  '{"a":',
  '"a@',
  "'",
  '/-/',
  '@',
  'a@1.0.0,',
  '%25',
  ' ',
  '\r',
  '\n',
  'a:\n',
  '  a@1.0.0:\n    resolution: {',
  '[[package]]\nname = "',
  '\n  resolved "https://a/a/-/a-1.0.0.tgz',
];

test('every folder of fixtures is that of a format', () => {
  expect(readdirSync(fixtures).sort()).toEqual(formats.map(({ id }) => id).sort());
});

describe.each(formats)('$id', (format) => {
  const claims = textOf(format.id, 'claims.txt').trim().split('\n');

  test.each(claims)('claims %s', (line) => {
    expect(format.matches(line.slice(2))).toBe(line.startsWith('+'));
  });

  test.each(casesOf(format))('reads $name', ({ file, text, expected }) => {
    expect(format.matches(file)).toBe(true);
    expect(describeLocked(format, text)).toBe(expected);
  });

  const [whole = ''] = casesOf(format).flatMap(({ expected, text }) =>
    expected === 'unreadable\n' ? [] : [text],
  );

  test('reads the same with a byte-order mark and other line ends', () => {
    const other = `\uFEFF${whole.replace(/\r?\n/g, '\r\n')}`;
    expect(describeLocked(format, other)).toBe(describeLocked(format, whole));
  });

  test('does not read what is too long, or a merge left undone', () => {
    expect(format.read(whole + ' '.repeat(LONGEST_LOCKFILE))).toBeNull();
    expect(format.read(`${whole}\n<<<<<<< HEAD\n`)).toBeNull();
  });

  test.each([
    '',
    '\uFEFF',
    'null',
    '1',
    '[]',
    '"x"',
    '{}',
    '{"lockfileVersion":3,"packages":[1]}',
    '\0',
    '[[',
  ])('holds nothing where the text is %j', (text) => {
    expect([...(format.read(text)?.names ?? [])]).toEqual([]);
  });

  test('takes time in proportion to any text', () => {
    for (const piece of pieces) {
      const text = piece.repeat(200_000 / piece.length);
      for (const long of [text, `${headOf(whole)}${text}`]) format.read(long)?.requirersOf('a');
    }
  });
});

test('the same file is no manifest, and of one format', () => {
  for (const { id } of formats) {
    expect(formatOf(id)).toBeUndefined();
    expect(formats.filter((format) => format.matches(id)).map((format) => format.id)).toEqual([id]);
  }
});

/** A folder of `fixtures/lockfiles/<format>`: a lockfile, and in `expected.txt` the lines of what it holds, with what needs it. */
interface Case {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly expected: string;
}

function casesOf({ id }: LockfileFormat): readonly Case[] {
  return readdirSync(join(fixtures, id), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const [file = '', ...others] = readdirSync(join(fixtures, id, name)).filter(
        (entry) => entry !== 'expected.txt',
      );
      if (others.length > 0) throw new Error(`${id}/${name} holds more than one lockfile`);
      return { name, file, text: textOf(id, name, file), expected: textOf(id, name, 'expected.txt') };
    });
}

function textOf(...path: readonly string[]): string {
  return readFileSync(join(fixtures, ...path), 'utf8');
}

/** Up to the line that the first package stands below, so that what follows is read as one. */
function headOf(text: string): string {
  return /^[^]*?\n(?=.*from-registry)/.exec(text)?.[0] ?? text;
}

function requirersText(requirers: readonly string[]): string {
  return requirers.length === 0 ? '' : `, needed by ${requirers.join(' and ')}`;
}

function describeLocked(format: LockfileFormat, text: string): string {
  const packages = format.read(text);
  if (packages === null) return 'unreadable\n';
  const lines = new LineIndex(text);
  return [...packages.names]
    .map((name) => ({ name, line: lines.locate(packages.offsetOf(name)).line }))
    .sort((left, right) => left.line - right.line)
    .map(({ name, line }) => `${String(line)} ${name}${requirersText(packages.requirersOf(name))}\n`)
    .join('');
}
