import { describe, expect, test } from 'vitest';
import { containers } from '../../src/containers/index.ts';
import { vue } from '../../src/containers/vue.ts';
import type { Contained, ContainerFormat } from '../../src/model/language.ts';
import { containerFiles, type ContainerFiles } from './container-files.ts';
import { problemsOf } from './container.ts';

test.each(containers)('$extensions.0 has everything that a container has to have', async (format) => {
  expect(await problemsOf(format)).toEqual([]);
});

test('every row of the table is that of a container', async () => {
  const ids = await Promise.all(containers.map(async (format) => (await format.container()).id));
  expect(Object.keys(containerFiles).toSorted()).toEqual(ids.toSorted());
});

const table = 'test/contracts/container-files.ts';
const hooks = 'mirrors/pre-commit/.pre-commit-hooks.yaml';

describe('a container that lacks things', () => {
  /** @returns A format with the id and extensions of a toy, unless they are given. */
  const toy = (contained: Contained, extensions: readonly string[] = ['toy']): ContainerFormat => ({
    extensions,
    editorId: null,
    container: () => Promise.resolve({ id: 'toy', contents: () => contained }),
  });
  const nothing: Contained = { segments: [], broken: null };

  test('of which nothing is written', async () => {
    expect(await problemsOf(toy(nothing, ['.toy', 'py', 'vue', 'Page']))).toEqual([
      'its extension .toy has a dot or is not in lower case',
      `the pattern of ${hooks} does not match its extension .toy: run \`npm run docs\``,
      'its extension py belongs to a language or another container, or stands twice',
      'its extension vue belongs to a language or another container, or stands twice',
      'its extension Page has a dot or is not in lower case',
      `the pattern of ${hooks} does not match its extension Page: run \`npm run docs\``,
      `it has no row in ${table}: write a whole file, one without programs, and one that is truncated`,
    ]);
    expect(await problemsOf(toy(nothing, []))).toContain(
      'it has no extension: write one into src/containers/index.ts',
    );
  });

  test('whose files are all empty', async () => {
    const row = { lines: [], segments: [], broken: null };
    const files = { toy: { whole: row, empty: row, truncated: row } };
    expect(await problemsOf(toy(nothing, ['mdx2']), files)).toEqual([
      `the pattern of ${hooks} does not match its extension mdx2: run \`npm run docs\``,
      `its whole file in ${table} holds no program, or has a fault`,
      `its empty file in ${table} has no lines, holds a program, or has a fault`,
      `its truncated file in ${table} has no fault, and nothing is read all the same`,
    ]);
  });

  test('whose files hold something else than the table says, in a language that nobody reads', async () => {
    const contained: Contained = {
      segments: [{ language: 'toyscript', dialect: 'ts', text: 'x', at: { kind: 'offset', start: 0 } }],
      broken: { message: 'it has no end', offset: 0 },
    };
    const format = { ...toy(contained), extensions: [] };
    const row = { lines: ['a'], segments: ['toyscript ts: x'], broken: '1:1 it has no end' };
    const files: Record<string, ContainerFiles> = {
      toy: {
        whole: { ...row, broken: null },
        empty: { ...row, segments: [], broken: null },
        truncated: row,
      },
    };
    expect(await problemsOf(format, files)).toEqual([
      'it has no extension: write one into src/containers/index.ts',
      'it finds segments or a fault in an empty text',
      `its whole file in ${table} has the fault 1:1 it has no end, not none`,
      `its whole file in ${table} holds languages that are not in src/languages/index.ts: toyscript`,
      `its empty file in ${table} holds ["toyscript ts: x"], not []`,
      `its empty file in ${table} has the fault 1:1 it has no end, not none`,
      `its empty file in ${table} holds languages that are not in src/languages/index.ts: toyscript`,
      `its truncated file in ${table} holds languages that are not in src/languages/index.ts: toyscript`,
    ]);
  });

  test('whose extension stands twice', async () => {
    const format: ContainerFormat = {
      extensions: ['vue', 'vue'],
      editorId: null,
      container: () => Promise.resolve(vue),
    };
    expect(new Set(await problemsOf(format))).toEqual(
      new Set(['its extension vue belongs to a language or another container, or stands twice']),
    );
  });
});
