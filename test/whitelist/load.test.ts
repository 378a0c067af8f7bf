import { expect, test } from 'vitest';
import { loadWhitelist } from '../../src/whitelist/load.ts';
import { pathLiteral } from '../../src/text/repository-path.ts';
import { filesFrom } from '../config/folder.ts';
import { packagesText } from './entries.ts';

const file = pathLiteral('approved-packages.yaml');
const read = (texts: Readonly<Record<string, string>>, configured: string[] = []) =>
  loadWhitelist(filesFrom(texts), {
    file,
    configured: configured.map((path, index) => ({
      file: '.check-importsrc',
      extension: { path: pathLiteral(path), line: index + 1, column: 3 },
    })),
  });

test('no whitelist', async () => {
  const loaded = await read({});
  expect(loaded).toMatchObject({
    file,
    exists: false,
    isMissing: true,
    entries: [],
    faults: [],
    warnings: [],
  });
  expect([...loaded.covers]).toEqual(['npm', 'pypi']);
});

test('files that the whitelist and the config name are joined, each once', async () => {
  const loaded = await read(
    {
      [file]: `extends: [team.yaml, more.yaml]\n${packagesText('npm:a: { approved: x }')}`,
      'team.yaml': packagesText('npm:b: { approved: x }', 'npm:a: { approved: x, expires: 2020-01-01 }'),
      'more.yaml': packagesText('npm:c: { denied: x }'),
    },
    ['team.yaml', file],
  );
  expect(loaded.faults).toEqual([]);
  expect(loaded.files).toEqual([file, 'team.yaml', 'more.yaml']);
  expect(loaded.entries.map((entry) => `${entry.file}:${entry.line} ${entry.name}`)).toEqual([
    `${file}:3 a`,
    'team.yaml:2 b',
    'team.yaml:3 a',
    'more.yaml:2 c',
  ]);
  expect(loaded.warnings).toEqual([
    `npm:a has 2 entries (${file}:3 and team.yaml:3); approved counts, from team.yaml:3; remove one of them`,
  ]);
});

test('what a merge left twice counts, with a warning: files, words of covers, packages, and a package', async () => {
  const loaded = await read({
    [file]: `covers: [npm]\ncovers: [npm, pypi]\nextends: [a.yaml]\nextends: [b.yaml]\n${packagesText('npm:a: { approved: x }')}${packagesText('npm:a: { denied: x }')}`,
    'a.yaml': packagesText('npm:c: { approved: x }'),
    'b.yaml': packagesText('npm:d: { approved: x }'),
  });
  expect(loaded.faults).toEqual([]);
  expect([...loaded.covers]).toEqual(['npm', 'pypi']);
  expect(loaded.entries.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'approved a',
    'denied a',
    'approved c',
    'approved d',
  ]);
  const twice = 'is a duplicate key; both parts count, and the next edit joins them';
  expect(loaded.warnings).toEqual([
    `${file}:2: “covers” ${twice}`,
    `${file}:4: “extends” ${twice}`,
    `${file}:7: “packages” ${twice}`,
    `npm:a has 2 entries (${file}, lines 6 and 8); denied counts, from ${file}:8; \`prune --yes\` joins them`,
  ]);
});

test.each([
  ['', ['npm', 'pypi'], []],
  ['covers: []\n', [], []],
  ['covers: [pypi]\n', ['pypi'], []],
  ['covers: [npm, maven, commands]\n', ['npm', 'commands'], ['maven']],
])('%j covers %j', async (text, known, unknown) => {
  const loaded = await read({ [file]: text });
  expect([...loaded.covers]).toEqual(known);
  expect(loaded.unknownCovers.map(({ word }) => word)).toEqual(unknown);
  expect(loaded.faults).toEqual([]);
});

test('what is missing, goes deeper, or is wrong there, is a fault in its file', async () => {
  const loaded = await read(
    {
      [file]: 'extends: [gone.yaml, deeper.yaml]\n',
      'deeper.yaml': 'extends: [x.yaml]\n',
      'wrong.yaml': 'packages: 1\n',
    },
    ['wrong.yaml', 'lost.yaml'],
  );
  expect(loaded.faults.map((fault) => `${fault.file ?? ''}:${fault.line ?? 0} ${fault.message}`)).toEqual([
    'wrong.yaml:1 expected a map, found a number',
    '.check-importsrc:2 extends “lost.yaml”, which does not exist or can’t be read',
    `${file}:1 extends “gone.yaml”, which does not exist or can’t be read`,
    'deeper.yaml:1 a file that extends the whitelist can’t extend further',
  ]);
});

test('a file of version 0.1.0 that is extended names the way out, too', async () => {
  const loaded = await read({ [file]: 'extends: team.yaml\n', 'team.yaml': 'approved: {}\n' });
  expect(loaded.faults.map((fault) => fault.file)).toEqual(['team.yaml']);
  expect(loaded.faults[0]?.next).toContain('`vetted-imports init --update`');
});
