import { afterEach, describe, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import { Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

/** Files that say which packages a project has: where the base has them they declare, and what a change adds is asked about. */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

type Files = Readonly<Record<string, string>>;

async function said(base: Files, change: Files): Promise<readonly string[]> {
  const scratch = await Scratch.with({ 'README.md': 'A shop.\n', ...base });
  open.push(scratch);
  await scratch.commitAll('base');
  scratch.write(change);
  await scratch.git('add', '--all');
  const { stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'concise']);
  return findingsIn(stdout).map((line) => line.replace(/:\d+:\d+/, ''));
}

describe.each<[what: string, list: string, files: Files]>([
  [
    'a table of a plug-in of Hatch',
    'pyproject.toml',
    {
      'pyproject.toml':
        '[tool.hatch.metadata.hooks.uv-dynamic-versioning]\ndependencies = ["harbour>=1", "{{ name }}-core"]\n',
    },
  ],
  [
    'optional dependencies of such a table',
    'pyproject.toml',
    { 'pyproject.toml': '[tool.bundle.optional-dependencies]\nweb = ["harbour"]\n' },
  ],
  [
    'hatch.toml',
    'hatch.toml',
    { 'hatch.toml': '[metadata.hooks.uv-dynamic-versioning]\ndependencies = ["harbour>=1"]\n' },
  ],
])('%s', (_, list, files) => {
  const program = { 'app.py': 'import harbour\n' };

  test('declares at the base', async () => {
    expect(await said(files, program)).toEqual([]);
  });

  test('approves nothing that only the change adds', async () => {
    const finding = 'unapproved-package pypi:harbour';
    expect(await said({}, { ...files, ...program })).toEqual(
      [`app.py ${finding}`, `${list} ${finding}`].toSorted(),
    );
  });
});

test.each<[what: string, table: string]>([
  ['names of modules', '[tool.ruff.lint.isort]\nknown-third-party = ["harbour"]\n'],
  ['versions that others may have', '[tool.uv]\nconstraint-dependencies = ["harbour"]\n'],
  ['sentences', '[tool.runner]\ndependencies = ["harbour", "run the tests"]\n'],
])('%s in a table of a tool declare nothing', async (_, table) => {
  expect(await said({ 'pyproject.toml': table }, { 'app.py': 'import harbour\n' })).toEqual([
    'app.py unapproved-package pypi:harbour',
  ]);
});
