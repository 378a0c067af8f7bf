import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { PathIndex } from '../../../../src/languages/javascript/resolve/path-index.ts';
import { Reader } from '../../../../src/languages/javascript/resolve/reader.ts';
import { candidates } from '../../../../src/languages/javascript/resolve/targets.ts';
import { filesOf, resolved, resolverOf } from './project.ts';

const parts = [
  ...['', 'a', 'b', 'index', 'package', '/', '/', '.'],
  ...[
    '.ts',
    '.d.ts',
    '.js',
    '.mjs',
    '.mts',
    '.d.mts',
    '.jsx',
    '.tsx',
    '.json',
    '.vue',
    '.svelte',
    '.web',
    '.css',
  ],
];
const path = fc.array(fc.constantFrom(...parts), { maxLength: 5 }).map((chosen) =>
  chosen
    .join('')
    .replaceAll(/\/{2,}/g, '/')
    .replace(/^\/|\/$/g, ''),
);

describe('the index of all paths', () => {
  test('knows the candidates that are there, in their order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          path.filter((file) => file !== ''),
          { maxLength: 12 },
        ),
        path,
        (paths, sought) => {
          const files = new Set(paths);
          const index = new PathIndex({ files, links: new Set() });
          expect(index.candidates(sought)).toEqual(candidates(sought).filter((file) => files.has(file)));
        },
      ),
      { numRuns: 3000 },
    );
  });

  test.each([
    { sought: 'linked/part', expected: candidates('linked/part') },
    { sought: 'linked', expected: candidates('linked') },
    { sought: 'file', expected: ['file.ts'] },
    { sought: 'other/part', expected: ['other/part.ts'] },
    { sought: 'linked-not/part', expected: [] },
  ])('takes what may stand at or below a link for possible: $sought', ({ sought, expected }) => {
    const index = new PathIndex({
      files: new Set(['other/part.ts']),
      links: new Set(['linked', 'file.ts']),
    });
    expect(index.candidates(sought)).toEqual(expected);
  });
});

describe('a project whose paths are listed', () => {
  const contents = new Map([
    ['src/a.ts', ''],
    ['src/deep/index.tsx', ''],
    ['real/b.ts', ''],
    ['gone.ts', ''],
  ]);
  const links = new Set(['src/linked']);

  test('is asked for no path that is not among them', async () => {
    const files = filesOf(contents);
    const asked: string[] = [];
    const reader = new Reader({
      ...files,
      listed: () => ({ files: new Set(contents.keys()), links }),
      existing: (paths) => {
        asked.push(...paths);
        return Promise.resolve(
          new Set(paths.filter((name) => name === 'src/linked/b.ts' || name === 'src/a.ts')),
        );
      },
    });
    const paths = ['src/b.ts', 'src/a.ts', 'src/linked/b.ts', 'gone.ts', 'src/a'];
    expect(await reader.having(paths)).toEqual(['src/a.ts', 'src/linked/b.ts']);
    expect(asked).toEqual(['src/a.ts', 'src/linked/b.ts', 'gone.ts']);
  });

  test.each([
    ['./a', 'local -'],
    ['./a.js', 'local -'],
    ['./deep', 'local -'],
    ['./linked/b', 'local -'],
    ['./linked/c', 'missing src/linked/c'],
    ['./absent', 'missing src/absent'],
  ])('resolves %s as one whose paths are not', async (specifier, expected) => {
    const plain = filesOf(contents);
    const files = {
      ...plain,
      existing: async (paths: readonly string[]) => {
        const real = await plain.existing(paths.map((name) => name.replace('src/linked/', 'real/')));
        return new Set(paths.filter((name) => real.has(name.replace('src/linked/', 'real/'))));
      },
    };
    const listed = { ...files, listed: () => ({ files: new Set(contents.keys()), links }) };
    expect(await resolved(resolverOf(files), ['src/main.ts', specifier])).toBe(expected);
    expect(await resolved(resolverOf(listed), ['src/main.ts', specifier])).toBe(expected);
  });
});
