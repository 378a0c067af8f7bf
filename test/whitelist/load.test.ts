import { expect, test } from 'vitest';
import { loadWhitelist } from '../../src/whitelist/load.ts';
import { pathLiteral } from '../../src/text/repository-path.ts';
import { filesFrom } from '../config/folder.ts';

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
  expect(await read({})).toMatchObject({ file, exists: false, entries: [], faults: [], warnings: [] });
});

test('files that the whitelist and the config name are joined, each once', async () => {
  const loaded = await read(
    {
      [file]: 'extends: [team.yaml, more.yaml]\napproved:\n  npm:\n    a: {}\n',
      'team.yaml': 'approved:\n  npm:\n    b: {}\n    a: { expires: 2020-01-01 }\n',
      'more.yaml': 'denied:\n  npm:\n    c: {}\n',
    },
    ['team.yaml', file],
  );
  expect(loaded.faults).toEqual([]);
  expect(loaded.entries.map((entry) => `${entry.file}:${entry.line} ${entry.name}`)).toEqual([
    `${file}:4 a`,
    'team.yaml:3 b',
    'team.yaml:4 a',
    'more.yaml:3 c',
  ]);
  expect(loaded.warnings).toEqual([
    `npm:a stands twice under “approved” (${file}:4 and team.yaml:4); the entry in team.yaml:4 counts`,
  ]);
});

test('what is missing, goes deeper, or is wrong there, is a fault in its file', async () => {
  const loaded = await read(
    {
      [file]: 'extends: [gone.yaml, deeper.yaml]\n',
      'deeper.yaml': 'extends: [x.yaml]\n',
      'wrong.yaml': 'approved:\n  npm: 1\n',
    },
    ['wrong.yaml', 'lost.yaml'],
  );
  expect(loaded.faults.map((fault) => `${fault.file ?? ''}:${fault.line ?? 0} ${fault.message}`)).toEqual([
    'wrong.yaml:2 expected a map, found a number',
    '.check-importsrc:2 extends “lost.yaml”, which is not there or can’t be read',
    `${file}:1 extends “gone.yaml”, which is not there or can’t be read`,
    'deeper.yaml:1 a file that extends the whitelist can’t extend further',
  ]);
});
