import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path/posix';
import { describe, expect, test } from 'vitest';
import { javascript } from '../../../src/languages/javascript/index.ts';
import type { Parsed, Scan } from '../../../src/model/language.ts';
import { decodeText } from '../../../src/text/decode.ts';
import { readIndependently, type Found } from './independent.ts';
import { isLong } from '../../kit/length.ts';

/**
 * A long run reads every file of node_modules up to the size that is parsed at all; every other one a sample without
 * large ones.
 */
const STEP = isLong ? 1 : 40;
const LARGEST = isLong ? 2_000_000 : 100_000;
const FOLDER = new URL('../../../node_modules/', import.meta.url).pathname;

interface Read {
  readonly file: string;
  readonly length: number;
  readonly quick: Scan;
  readonly parsed: Parsed;
  readonly independent: readonly Found[] | undefined;
}

const parser = await javascript.parser();
const files = sourceFiles(FOLDER).filter((_, index) => index % STEP === 0);
const reads = (await Promise.all(files.map(readFile))).flat();

describe(`${reads.length} files of node_modules`, () => {
  test('are enough to tell', () => {
    expect(reads.length).toBeGreaterThan(isLong ? 8000 : 200);
  });

  test('are rejected only where the other parser rejects them, too', () => {
    const rejected = reads.filter(
      ({ parsed, independent }) => parsed.broken !== null && independent !== undefined,
    );
    expect(rejected.map(({ file, parsed }) => `${file}: ${parsed.broken?.message ?? ''}`)).toEqual([]);
  });

  test('hold no import that only the other parser finds, but calls of a require of their own', () => {
    expect(reads.flatMap(missing).filter(({ shadowed }) => !shadowed)).toEqual([]);
  });

  test('hold no declaration or type that only our parser finds', () => {
    expect(reads.flatMap(invented)).toEqual([]);
  });

  test('hold no specifier that the quick look misses', () => {
    expect(reads.flatMap(overlooked)).toEqual([]);
  });

  test('go to the parser without need in few cases', () => {
    const unsure = reads.filter(({ quick }) => quick.kind === 'unsure').length;
    const withExtras = reads.filter((read) => extras(read).length > 0).length;
    expect(unsure / reads.length).toBeLessThan(0.03);
    expect(withExtras / reads.length).toBeLessThan(0.04);
    if (isLong) console.info(numbers({ unsure, withExtras }));
  });
});

function sourceFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.[mc]?[jt]sx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length))
    .sort();
}

async function readFile(file: string): Promise<readonly Read[]> {
  const text = decodeText(readFileSync(join(FOLDER, file)));
  if (text.length > LARGEST) return [];
  const source = { text, dialect: /\.(\w+)$/.exec(file)?.[1] ?? '' };
  return [
    {
      file,
      length: text.length,
      quick: javascript.scan(source),
      parsed: await parser.parse(source),
      independent: readIndependently(source),
    },
  ];
}

function missing({ file, parsed, independent = [] }: Read) {
  const known = new Set(
    parsed.imports.map(
      ({ target, span }) => `${span.start} ${target.kind === 'literal' ? target.specifier : ''}`,
    ),
  );
  return independent
    .filter(({ start, specifier }) => !known.has(`${start} ${specifier}`))
    .map((found) => ({ file, ...found }));
}

function invented({ file, parsed, independent }: Read): readonly string[] {
  if (parsed.broken !== null || independent === undefined) return [];
  const known = new Set(independent.map(({ start }) => start));
  const comments = /\/\*\*|\/\/\/\s*</.test(readFileSync(join(FOLDER, file), 'utf8'));
  return parsed.imports
    .filter(
      ({ kind, target }) =>
        target.kind === 'literal' && (kind === 'static' || (kind === 'type' && !comments)),
    )
    .filter(({ span }) => !known.has(span.start))
    .map(({ span }) => `${file} ${span.start}`);
}

function specifiers({ parsed }: Read): ReadonlySet<string> {
  return new Set(
    parsed.imports.flatMap(({ target }) => (target.kind === 'literal' ? [target.specifier] : [])),
  );
}

function overlooked(read: Read): readonly string[] {
  const { file, quick, parsed } = read;
  if (quick.kind === 'unsure') return [];
  const unclear = parsed.imports.filter(({ target }) => target.kind === 'unclear');
  const missed = [...specifiers(read)].filter((specifier) => !quick.specifiers.has(specifier));
  return [...missed, ...unclear.map(() => 'an expression')].map((what) => `${file}: ${what}`);
}

function extras(read: Read): readonly string[] {
  const found = specifiers(read);
  return read.quick.kind === 'unsure' ? [] : [...read.quick.specifiers].filter((each) => !found.has(each));
}

function numbers({ unsure, withExtras }: { readonly unsure: number; readonly withExtras: number }): string {
  const megabytes = reads.reduce((sum, { length }) => sum + length, 0) / 1e6;
  return [
    `${reads.length} files, ${megabytes.toFixed(1)} MB`,
    `${reads.flatMap(({ independent = [] }) => independent).length} imports by the other parser`,
    `${reads.flatMap(missing).length} of them calls of a require of the file's own`,
    `${unsure} files unsure, ${withExtras} with ${reads.flatMap(extras).length} extras`,
  ].join('; ');
}
