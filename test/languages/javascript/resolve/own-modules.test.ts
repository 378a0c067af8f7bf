import { describe, expect, test } from 'vitest';

import { filesOf, resolverOf } from './project.ts';

const paths = [
  'package.json',
  'src/button.tsx',
  'src/price/format.ts',
  'src/price/index.ts',
  'src/Menu/list.ts',
  'lib/currency.ts',
];

const contents = new Map(paths.map((path) => [path, path === 'package.json' ? '{"name":"shop"}' : '']));

const settings = '{"compilerOptions":{"paths":{"@/*":["./src/*"]}}}';

async function moduleOf(specifier: string, names: readonly string[] | null = []): Promise<unknown> {
  const resolver = resolverOf(filesOf(new Map([...contents, ['tsconfig.json', settings]])));
  const [found] = await resolver.resolve({ file: 'src/main.ts', specifier, names, kind: 'static' });
  return found?.origin.kind === 'missing' ? found.origin.module : found?.origin.kind;
}

describe('a module that is missing', () => {
  test.each([
    ['./Button', 'src/Button', 'src/button.tsx', './button'],
    ['./Button.js', 'src/Button.js', 'src/button.tsx', './button.js'],
    ['./menu/list', 'src/menu/list', 'src/Menu/list.ts', './Menu/list'],
    ['@/Button', 'src/Button', 'src/button.tsx', '@/button'],
    ['./buton', 'src/buton', null, './button'],
    ['./price/formats', 'src/price/formats', null, './price/format'],
    ['@/price/formats', 'src/price/formats', null, '@/price/format'],
    ['./currency', 'src/currency', null, '../lib/currency'],
    ['./prices', 'src/prices', null, './price'],
    ['./nothing-alike', 'src/nothing-alike', null, null],
    ['../../out/of/it', 'local', undefined, undefined],
  ])('%s', async (specifier, path, otherCase, nearest) => {
    const expected = otherCase === undefined ? path : { path, otherCase, nearest };
    expect(await moduleOf(specifier)).toEqual(expected);
  });

  test('nobody wants to know more of one after a scan', async () => {
    expect(await moduleOf('./buton', null)).toEqual({ path: 'src/buton', otherCase: null, nearest: null });
  });
});

test('without a state to compare with, none is missing', async () => {
  const resolver = resolverOf(filesOf(contents), { trusted: [] });
  const [found] = await resolver.resolve({
    file: 'src/main.ts',
    specifier: './gone',
    names: [],
    kind: 'static',
  });
  expect(found?.origin).toEqual({ kind: 'local', file: null });
});

test('what a name under a reserved alias begins with is no package', async () => {
  const manifest = '{"dependencies":{"@docusaurus/core":"3"}}';
  const resolver = resolverOf(filesOf(new Map([['package.json', manifest]])));
  const request = { file: 'src/main.ts', specifier: '@site/static/', names: [], kind: 'dynamic' } as const;
  const [found] = await resolver.resolve({ ...request, isHead: true });
  expect(found?.origin.kind).toBe('unknown');
});
