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
    'what a table of a tool requires',
    'pyproject.toml',
    { 'pyproject.toml': '[tool.runner.jobs.web]\nrequires = ["harbour>=1"]\n' },
  ],
  [
    'requirements for something in a table of a tool',
    'pyproject.toml',
    { 'pyproject.toml': '[tool.runner]\nbuild-requirements = ["harbour"]\ntest_requires = ["harbour>=1"]\n' },
  ],
  [
    'hatch.toml',
    'hatch.toml',
    { 'hatch.toml': '[metadata.hooks.uv-dynamic-versioning]\ndependencies = ["harbour>=1"]\n' },
  ],
  [
    'a list that setup.py imports from a program beside it',
    'required.py',
    {
      'setup.py':
        'from setuptools import setup\nfrom required import REQ as needed\nsetup(install_requires=needed)\n',
      'required.py': 'REQ = ["harbour"]\n',
    },
  ],
  [
    'a list of a program that setup.py imports',
    'lib/packages.py',
    {
      'lib/setup.py':
        'import packages\nimport setuptools\nextras = dict(all=packages.EXTRAS["web"])\nsetuptools.setup(extras_require=extras)\n',
      'lib/packages.py': 'EXTRAS = {"web": ["harbour"]}\n',
    },
  ],
  [
    'a name with other capitals, which file systems of macOS and Windows do not tell apart',
    'shop/PyProject.toml',
    { 'shop/PyProject.toml': '[project]\ndependencies = ["harbour"]\n' },
  ],
  ['Setup.cfg', 'shop/Setup.cfg', { 'shop/Setup.cfg': '[options]\ninstall_requires = harbour\n' }],
  ['pipfile', 'shop/pipfile', { 'shop/pipfile': '[packages]\nharbour = "*"\n' }],
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

test.each<[what: string, declared: string, file: string, text: string, findings: readonly string[]]>([
  ['types of typeshed', 'types-harbour', 'app.pyi', 'import harbour\n', []],
  ['a stub distribution', 'harbour-stubs', 'app.pyi', 'from harbour.sea import Ship\n', []],
  [
    'the same under TYPE_CHECKING',
    'types-harbour',
    'app.py',
    'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import harbour\n',
    [],
  ],
  ['typing_extensions in a stub', 'numpy', 'app.pyi', 'from typing_extensions import Self\n', []],
  ['a value', 'types-harbour', 'app.py', 'import harbour\n', ['app.py unapproved-package pypi:harbour']],
  [
    'types of another',
    'types-port',
    'app.pyi',
    'import harbour\n',
    ['app.pyi unapproved-package pypi:harbour'],
  ],
])('what stubs bring: %s', async (_, declared, file, text, findings) => {
  expect(await said({ 'requirements.txt': `${declared}\n` }, { [file]: text })).toEqual(findings);
});

test('a stub that imports types is no use of their package', async () => {
  const base = { 'requirements.txt': 'types-harbour\n', 'app.pyi': 'import harbour\n' };
  expect(await said(base, { 'shop.py': 'import harbour\n' })).toEqual([
    'shop.py unapproved-package pypi:harbour',
  ]);
});

test.each<[what: string, setup: string, script: string, name: string]>([
  ['no setup.py uses', 'setup.py', 'from required import REQ\nsetup(name="shop")\n', 'REQ'],
  [
    'a setup.py elsewhere uses',
    'lib/setup.py',
    'from required import REQ\nsetup(install_requires=REQ)\n',
    'REQ',
  ],
  [
    'is not called one of requirements',
    'setup.py',
    'from required import WORDS\nsetup(install_requires=WORDS)\n',
    'WORDS',
  ],
])('a list that %s declares nothing', async (_, setup, script, name) => {
  const base = { [setup]: script, 'required.py': `${name} = ["harbour"]\n` };
  expect(await said(base, { 'app.py': 'import harbour\n' })).toEqual([
    'app.py unapproved-package pypi:harbour',
  ]);
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
