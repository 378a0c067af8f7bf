import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { array, boolean, number, object, parse, string, type InferOutput } from 'valibot';
import { describe, expect, test } from 'vitest';
import { readImports } from '../../../src/languages/go/imports.ts';
import { isStandard } from '../../../src/languages/go/standard-library.ts';
import { decodeText } from '../../../src/text/decode.ts';
import { temporaryFolder } from '../../kit/temporary-folder.ts';

/** An import as go/parser reads it: its column counts bytes, from 1, up to the quotation mark. */
const place = object({ path: string(), line: number(), column: number() });

/** What it reads of a file. Where it rejects the imports, what it finds then differs between its versions. */
const program = object({ file: string(), imports: array(place), rejected: boolean() });

const hasGo = spawnSync('go', ['version']).status === 0;
const environment = {
  ...process.env,
  GO111MODULE: 'off',
  GOFLAGS: '',
  GOPROXY: 'off',
  GOCACHE: join(temporaryFolder(), 'go-cache'),
};

function goPrints(...args: readonly string[]): string {
  return execFileSync('go', args, { encoding: 'utf8', env: environment, maxBuffer: 1 << 28 }).trim();
}

describe.skipIf(!hasGo)('Go itself', () => {
  test('finds the same imports in its whole standard library', { timeout: 600_000 }, () => {
    const root = join(goPrints('env', 'GOROOT'), 'src/');
    const programs = goPrints('run', join(import.meta.dirname, 'list-imports.go'), root)
      .split('\n')
      .map((line) => parse(program, JSON.parse(line)));
    expect(programs.length).toBeGreaterThan(1000);

    const accepted = programs.filter(({ rejected }) => !rejected);
    const different = accepted.filter(({ file, imports }) => {
      const read = importsOf(file);
      return JSON.stringify(read) !== JSON.stringify(imports);
    });
    expect(different).toEqual([]);
    // What it rejects are data of its own tests, in a few files.
    expect(programs.length - accepted.length).toBeLessThan(20);
  });

  test('has no other packages in its standard library', () => {
    const packages = goPrints('list', 'std').split('\n');
    const importable = packages.filter((name) => !/(?:^|\/)(?:internal|vendor)(?:\/|$)/.test(name));
    expect(importable.length).toBeGreaterThan(100);
    expect(importable.filter((name) => !isStandard(name))).toEqual([]);
  });
});

function importsOf(file: string): InferOutput<typeof program>['imports'] {
  const bytes = readFileSync(file);
  const text = decodeText(bytes);
  const { imports, mistake } = readImports(text);
  if (mistake !== null) throw new Error(`${file} is rejected: ${mistake.message}`);
  return imports.map(({ path, start }) => {
    const lines = text.slice(0, start - 1).split('\n');
    return { path, line: lines.length, column: Buffer.byteLength(lines.at(-1) ?? '') + 1 };
  });
}
