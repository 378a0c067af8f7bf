import { expect, test } from 'vitest';
import { TrackedNames } from '../../../src/languages/shared/tracked-names.ts';
import { UntrackedFiles } from '../../../src/languages/shared/untracked-files.ts';
import type { Files } from '../../../src/model/language.ts';

function filesOf(contents: Readonly<Record<string, string>>): Files {
  return {
    existing: (paths) => Promise.resolve(new Set(paths.filter((path) => path in contents))),
    list: () => Promise.resolve(Object.keys(contents)),
    text: (path) => Promise.resolve(contents[path]),
  };
}

const base = filesOf({
  '.gitignore': '# outputs\ndist/\n/generated\n*.log\n!keep.log\nbuild/*\n!build/kept.ts\n',
  'web/.gitignore': '/.cache\n!dist/\n',
  '.gitmodules': '[submodule "shared"]\n\tpath = vendor/shared\n\turl = https://example.org/shared.git\n',
});

test.each([
  ['a file in an ignored folder', 'api/dist/cli.js', '.gitignore leaves out api/dist/cli.js'],
  ['a folder at the root alone', 'generated/api', '.gitignore leaves out generated/api'],
  ['the same name below', 'api/generated/api', undefined],
  ['an ending', 'notes/run.log', '.gitignore leaves out notes/run.log'],
  ['a file that is taken back', 'notes/keep.log', undefined],
  ['a file that is taken back beside others', 'build/kept.ts', undefined],
  ['another one there', 'build/made.ts', '.gitignore leaves out build/made.ts'],
  ['a folder that a nearer file takes back', 'web/dist/app.js', undefined],
  ['a folder that a nearer file leaves out', 'web/.cache/state', '.gitignore leaves out web/.cache/state'],
  ['a submodule', 'vendor/shared/index', 'vendor/shared is a submodule'],
  ['the case of a letter', 'Dist/cli.js', undefined],
  ['nothing', 'src/prices', undefined],
])('%s: %s', async (_, path, reason) => {
  expect(await new UntrackedFiles([base]).reason([path])).toBe(reason);
});

test('every state whose word counts has to say so, and none is no reason', async () => {
  expect(await new UntrackedFiles([base, filesOf({})]).reason(['dist/cli.js'])).toBeUndefined();
  expect(await new UntrackedFiles([]).reason(['dist/cli.js'])).toBeUndefined();
});

test('names of folders, and files that differ in case alone', async () => {
  const names = new TrackedNames(filesOf({ 'a.ts': '', 'web/Button.tsx': '', 'web/shop/price.ts': '' }));
  expect([...(await names.inFolder(''))]).toEqual(['a.ts', 'web']);
  expect([...(await names.inFolder('web'))]).toEqual(['Button.tsx', 'shop']);
  expect([...(await names.inFolder('web/nothing'))]).toEqual([]);
  expect(await names.hasFolder('web/shop')).toBe(true);
  expect(await names.hasFolder('web/shop/price.ts')).toBe(false);
  expect(await names.otherCase(['web/button.ts', 'Web/button.tsx'])).toBe('web/Button.tsx');
  expect(await names.otherCase(['web/price.ts'])).toBeNull();
});
