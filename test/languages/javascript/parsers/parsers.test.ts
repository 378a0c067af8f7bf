import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { webAssemblyFile } from '../../../../src/languages/javascript/parsers/binding.ts';
import { parseWithOxc } from '../../../../src/languages/javascript/parsers/oxc.ts';
import { webAssemblyBinding } from '../../../../src/languages/javascript/parsers/webassembly.ts';
import { Comparison, type Program, type Verdict } from './compare.ts';
import { corporaIn } from './corpora.ts';

const root = path.resolve(import.meta.dirname, '../../../..');
const corpora = corporaIn(root);

/** Every program of the fixtures, and some of the rest: `npm run parsers` compares them all. */
const STEPS: ReadonlyMap<string, number> = new Map([
  ['fixtures', 1],
  ['sources and tests', 12],
  ['code by language models', 6],
  ['node_modules', 120],
]);
const LONGEST = 50_000;

/** What only one parser accepts, and why the other one does not. Such a text costs the time to load TypeScript. */
const ONLY_ONE: readonly string[] = [
  'oxc: esm.md: Attributes and phases',
  'oxc: no-imports.md: Comments behind code',
  'oxc: odd.md: A source phase import',
  'oxc: odd.md: HTML comments',
  'oxc: odd.md: Legacy octals',
  'typescript-estree: dynamic.md: More properties of import.meta',
  'typescript-estree: dynamic.md: Resolved only',
  'typescript-estree: no-imports.md: A declaration that names its module by no string',
  'typescript-estree: odd.md: Top-level return and await',
  'typescript-estree: types.md: A type import without a name',
];

function sampleOf(title: string): readonly Program[] {
  const step = STEPS.get(title);
  const programs = [...(corpora.find((corpus) => corpus.title === title)?.programs() ?? [])];
  return step === undefined
    ? []
    : programs.filter(({ name, text }) => numberOf(name) % step === 0 && text.length < LONGEST);
}

/** Told by the name, so that a further package does not have others read of all the rest. */
function numberOf(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE();
}

describe('oxc’s machine code, its WebAssembly and TypeScript’s parser', () => {
  const comparison = new Comparison();
  const verdicts: (readonly [Program, Verdict])[] = corpora
    .flatMap(({ title }) => sampleOf(title))
    .map((program) => [program, comparison.compare(program)]);

  test('read enough to tell', () => {
    expect(verdicts.length).toBeGreaterThan(350);
    expect(verdicts.filter(([, { kind }]) => kind === 'rejected').length).toBeLessThan(20);
  });

  test('find the same references', () => {
    expect(verdicts.filter(([, { kind }]) => kind === 'differs')).toEqual([]);
  });

  test('accept the same programs, but for these', () => {
    const only = verdicts.flatMap(([{ name }, verdict]) =>
      verdict.kind === 'only' ? [`${verdict.parser}: ${name}`] : [],
    );
    expect(only.sort()).toEqual(ONLY_ONE);
  });
});

describe('oxc’s WebAssembly', () => {
  test('can ask for random numbers and an empty environment, and for nothing else of the system', () => {
    const imports = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(webAssemblyFile())));
    const modules = new Set(imports.map(({ module }) => module));
    const system = imports.flatMap(({ module, name }) => (module === 'wasi_snapshot_preview1' ? [name] : []));
    expect([...modules].sort()).toEqual(['env', 'wasi_snapshot_preview1']);
    expect(system.sort()).toEqual([
      'environ_get',
      'environ_sizes_get',
      'fd_write',
      'proc_exit',
      'random_get',
    ]);
  });

  test('that runs out of stack throws, and a new one parses on', () => {
    const deep = { text: `${'('.repeat(2_000)}\n`.repeat(50), dialect: 'js', comments: false };
    expect(() => parseWithOxc(webAssemblyBinding(), deep)).toThrow(RangeError);
    const flat = { text: "import 'a';", dialect: 'js', comments: false };
    expect(parseWithOxc(webAssemblyBinding(), flat).kind).toBe('tree');
  });
});
