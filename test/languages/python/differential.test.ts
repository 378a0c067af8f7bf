import fc from 'fast-check';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Parsed } from '../../../src/model/language.ts';
import { python } from '../../../src/languages/python/index.ts';
import { decodeText } from '../../../src/text/decode.ts';
import { LineIndex } from '../../../src/text/lines.ts';
import { hasPython, installedFiles, readWithAst } from './cpython.ts';
import type { AstFile, AstImport } from './cpython.ts';
import { programs } from './programs.ts';
import { isLong, rounds } from '../../kit/length.ts';

/** Files of the sample; a long run reads every file instead, which takes minutes. */
const sampleSize = 150;
const parser = await python.parser();

/** Where the parser may differ from `ast`, by file name, and why. */
const explained: ReadonlyMap<string, string> = new Map([
  [
    'badsyntax_future8.py',
    '`ast` reads `from __future__ import *`, the compiler refuses it, and so does the grammar',
  ],
]);

describe.skipIf(!hasPython())('CPython', () => {
  test('agrees on installed files', { timeout: 3_600_000 }, () => {
    const files = installedFiles();
    const step = isLong ? 1 : Math.max(1, Math.floor(files.length / sampleSize));
    compare(readWithAst(files.filter((_, index) => index % step === 0)));
  });

  describe('generated programs', () => {
    let folder = '';
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'programs-'));
    });
    afterAll(() => {
      rmSync(folder, { recursive: true });
    });

    test('agrees on them', () => {
      const paths = fc
        .sample(programs(), { numRuns: rounds(250, 5000), seed: 20261124 })
        .map((text, index) => {
          const path = join(folder, `${index}.py`);
          writeFileSync(path, text);
          return path;
        });
      const { compared } = compare(readWithAst(paths));
      expect(compared).toBeGreaterThan(100);
    });
  });
});

/** Compares what `ast` read with the parser, and the parser with the scan; reports the numbers of a full run. */
function compare(files: readonly AstFile[]): { compared: number } {
  const differences: string[] = [];
  const time = { scan: 0, parse: 0 };
  let [compared, size, unsure] = [0, 0, 0];
  for (const file of files) {
    if ('error' in file) continue;
    const bytes = readFileSync(file.path);
    const source = { text: decodeText(bytes), dialect: 'py' };
    const scan = timed(time, 'scan', () => python.scan(source));
    const parsed = timed(time, 'parse', () => parser.parse(source));
    compared += 1;
    size += bytes.length;
    if (scan.kind === 'unsure') unsure += 1;
    if (explained.has(basename(file.path))) continue;
    const expected = file.imports.map(row);
    const found = rows(parsed, source.text);
    const specifiers = scan.kind === 'superset' ? scan.specifiers : undefined;
    differences.push(
      ...without(expected, found).map((row) => `${file.path}: missing ${row}`),
      ...without(found, expected).map((row) => `${file.path}: extra ${row}`),
      ...(parsed.broken === null ? [] : [`${file.path}: ${parsed.broken.message}`]),
      ...parsed.imports.flatMap(({ target }) => {
        const seen = target.kind === 'literal' && specifiers?.has(target.specifier) !== false;
        return seen || specifiers === undefined
          ? []
          : [`${file.path}: not scanned ${JSON.stringify(target)}`];
      }),
    );
  }
  if (isLong) {
    const speed = (milliseconds: number) => (size / 1000 / milliseconds).toFixed(1);
    console.info(
      `${compared} files, ${(size / 1e6).toFixed(0)} MB, ${differences.length} differences, ` +
        `${((unsure / compared) * 100).toFixed(1)} % unsure, scan ${speed(time.scan)} MB/s, parser ${speed(time.parse)} MB/s`,
    );
  }
  expect(differences).toEqual([]);
  return { compared };
}

function timed<T>(time: { scan: number; parse: number }, what: 'scan' | 'parse', run: () => T): T {
  const start = performance.now();
  const result = run();
  time[what] += performance.now() - start;
  return result;
}

/** What the parser found, as rows to compare; `ast` knows nothing of script metadata. */
function rows({ imports }: Parsed, text: string): readonly string[] {
  const lines = new LineIndex(text);
  return imports.flatMap(({ kind, target, span, optional }) => {
    if (target.kind === 'package') return [];
    const specifier = target.kind === 'literal' ? target.specifier : null;
    const names = target.kind === 'literal' ? target.names : [];
    const { line } = lines.locate((names[0]?.span ?? span).start);
    return [row([line, kind, specifier, names.map(({ name }) => name), optional])];
  });
}

function row([line, kind, specifier, names, optional]: AstImport): string {
  return `${line} ${kind} ${specifier ?? '(unclear)'} ${names.join()} ${optional ? 'optional' : ''}`;
}

/** @returns The rows that `others` lacks, counting repeated ones. */
function without(all: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const row of others) left.set(row, (left.get(row) ?? 0) + 1);
  return all.filter((row) => {
    const count = left.get(row) ?? 0;
    left.set(row, count - 1);
    return count <= 0;
  });
}
