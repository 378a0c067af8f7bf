import { describe, expect, test } from 'vitest';

import { filesOf, fixture, resolved, resolverOf, stepsOf } from './project.ts';

/** A project of the usual shape, in which ten files are staged. */
function tenFiles(
  name: string,
  folder: string,
): { files: ReturnType<typeof filesOf>; paths: readonly string[] } {
  const contents = fixture(name);
  const paths = Array.from(
    { length: 10 },
    (_, index) => `${folder}/part${String(index % 3)}/file${String(index)}.ts`,
  );
  for (const path of paths) contents.set(path, '');
  for (const part of ['part0', 'part1', 'part2']) contents.set(`${folder}/${part}/a.ts`, '');
  contents.set(`${folder}/b.ts`, '');
  return { files: filesOf(contents), paths };
}

describe('what is read of a project', () => {
  const declared = ['vue', 'vue/dist/x.js', 'react', 'node:fs', './a', '../b'];
  const undeclared = ['vue-router', '@vueuse/core', 'pinia'];

  test.each([
    { what: 'declared', specifiers: declared, lists: 0 },
    { what: 'undeclared', specifiers: [...declared, ...undeclared], lists: 1 },
  ])(
    'ten files that use $what packages read each configuration file once and list $lists times',
    async ({ specifiers, lists }) => {
      const { files, paths } = tenFiles('vite', 'src/deep');
      const resolver = resolverOf(files);
      await Promise.all(
        paths.flatMap((path) => specifiers.map((specifier) => resolved(resolver, [path, specifier, null]))),
      );
      const texts = files.calls.filter((call) => call.startsWith('text'));
      expect(texts.sort()).toEqual(['text package.json', 'text vite.config.ts']);
      // What makes a folder a project, what else there is in those, and the targets of the aliases.
      expect(files.calls.filter((call) => call === 'having')).toHaveLength(3);
      expect(files.calls.filter((call) => call === 'list')).toHaveLength(lists);
    },
  );

  test('what the whitelist approves is not looked for in a list of files', async () => {
    const { files, paths } = tenFiles('vite', 'src/deep');
    const resolver = resolverOf(files);
    const approves = ({ name }: { readonly name: string }) => name === 'pinia';
    for (const file of paths)
      await resolver.resolve({ file, specifier: 'pinia', names: null, kind: null, approves });
    expect(files.calls).not.toContain('list');
  });

  test('one after the other asks for each further folder once', async () => {
    const { files, paths } = tenFiles('vite', 'src/deep');
    const resolver = resolverOf(files);
    for (const path of paths)
      for (const specifier of ['vue-router', 'pinia']) await resolved(resolver, [path, specifier]);
    expect(files.calls.filter((call) => call === 'having')).toHaveLength(4);
  });

  test('a monorepo of pnpm lists nothing for what its manifests declare', async () => {
    const { files, paths } = tenFiles('pnpm-monorepo', 'apps/web/src');
    const resolver = resolverOf(files);
    const declared = ['@shop/ui', 'react', 'zod', 'typescript', '~/button'];
    await Promise.all(
      paths.flatMap((path) => declared.map((specifier) => resolved(resolver, [path, specifier, null]))),
    );
    expect(files.calls).not.toContain('list');
    expect(files.calls.filter((call) => call.startsWith('text'))).toHaveLength(new Set(files.calls).size - 1);
  });

  test('a monorepo lists its files once for names that are nowhere declared', async () => {
    const { files, paths } = tenFiles('pnpm-monorepo', 'apps/web/src');
    const resolver = resolverOf(files);
    await Promise.all(
      paths.flatMap((path) => ['made-up', 'also-made-up'].map((name) => resolved(resolver, [path, name]))),
    );
    expect(files.calls.filter((call) => call === 'list')).toHaveLength(1);
  });

  test('a specifier with control characters is never asked for', async () => {
    const contents = fixture('next');
    const asked: string[] = [];
    const files = filesOf(contents);
    const resolver = resolverOf({
      ...files,
      existing: (paths) => {
        asked.push(...paths);
        return files.existing(paths);
      },
    });
    expect(await resolved(resolver, ['app/page.tsx', '@/a\nb\0c'])).toBe('unknown');
    expect(asked.filter((path) => /[\n\0]/.test(path))).toEqual([]);
  });
});

describe('the steps of a resolution', () => {
  test('name file and line of the alias that settles', async () => {
    const steps = await stepsOf(resolverOf(filesOf(fixture('next'))), 'app/page.tsx', '@/lib/utils');
    expect(steps.at(-1)).toEqual({
      text: 'paths and baseUrl of TypeScript: @/* leads to lib/utils.ts',
      file: 'tsconfig.json',
      line: 4,
    });
  });

  test('name every alias that was tried', async () => {
    const steps = await stepsOf(resolverOf(filesOf(fixture('vite'))), 'src/main.ts', '@/gone');
    expect(steps).toContainEqual({
      text: 'aliases of bundlers and test runners: @ leads to src/gone, which is not a file of this project',
      file: 'vite.config.ts',
      line: 12,
    });
  });

  test('say which host provides a module, and what shows its presence', async () => {
    const steps = await stepsOf(resolverOf(filesOf(fixture('hosts'))), 'src/extension.ts', 'vscode');
    expect(steps.at(-1)).toEqual({
      text: 'Visual Studio Code provides it, which vscode shows (https://code.visualstudio.com/api/references/vscode-api)',
      file: 'package.json',
      line: null,
    });
  });

  test('the reason of an unknown origin names the alias that leads to nothing', async () => {
    const files = fixture('next').set(
      'vite.config.ts',
      'export default { resolve: { alias: { "#lib": find() } } };',
    );
    const [found] = await resolverOf(filesOf(files)).resolve({
      file: 'app/page.tsx',
      specifier: '#lib/invented',
      names: null,
      kind: null,
    });
    expect(found?.origin).toEqual({
      kind: 'unknown',
      reason:
        '“#lib/invented” is not a package name, and #lib in vite.config.ts leads to a target that is not a literal',
    });
  });
});
