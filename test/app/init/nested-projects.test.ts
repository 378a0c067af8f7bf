import { describe, expect, test } from 'vitest';
import { nestedProjects } from '../../../src/app/init/nested-projects.ts';
import { Scratch } from '../../kit/scratch.ts';
import { runIn } from '../../kit/world.ts';

describe('folders of other projects', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['fixtures', ['pyproject.toml', 'tests/fixtures/a/pyproject.toml'], ['tests/fixtures/**']],
    ['fixtures of one', ['tests/fixtures/setup.py'], ['tests/fixtures/**']],
    ['fixtures of a package', ['packages/a/__fixtures__/b/package.json'], ['packages/a/__fixtures__/**']],
    ['data of tests', ['src/testdata/go/package.json'], ['src/testdata/**']],
    [
      'several projects of tests',
      ['tests/apps/a/package.json', 'tests/apps/b/package.json'],
      ['tests/apps/**'],
    ],
    [
      'input of tests',
      ['tests/_data/requirements.txt', 'test/x/samples/a.py'],
      ['test/x/samples/**', 'tests/_data/**'],
    ],
    ['data that no test reads', ['data/pyproject.toml', 'samples/package.json'], []],
    ['cookiecutter', ['{{cookiecutter.slug}}/pyproject.toml'], ['??cookiecutter.slug??/**']],
    ['copier', ['template/{% if api %}api{% endif %}/setup.py'], ['template/?? if api ??api?? endif ??/**']],
    ['the project itself', ['pyproject.toml', 'packages/a/package.json'], []],
    ['what tests need', ['tests/requirements.txt', 'test/package.json'], []],
    ['tests that are a project', ['tests/e2e/package.json'], []],
    ['a name that only begins so', ['fixtures-server/package.json'], []],
  ])('%s', (_, paths, expected) => {
    expect(nestedProjects(paths)).toEqual(expected);
  });
});

test('init writes them into the config, and takes no package from them', async () => {
  const scratch = await Scratch.with({
    'requirements.txt': 'flask\n',
    'tests/fixtures/a/pyproject.toml': '[project]\nname = "a"\ndependencies = ["invented"]\n',
    'tests/fixtures/a/app.py': 'import other_invention\n',
    '{{cookiecutter.x}}/pyproject.toml': '[project]\nname = {{ cookiecutter.x }}\n',
    'docs/fixture/broken.py': 'def (:\n__import__(x\n',
  });
  const shown = await runIn(scratch, ['init', '--dry-run']);
  expect(shown.stdout).toContain('+  - "tests/fixtures/**"');
  await runIn(scratch, ['init', '--yes']);
  expect(scratch.read('.check-importsrc.yaml')).toBe(
    '# Other projects: samples for tests, and templates.\nignorePaths:\n  - "docs/fixture/**"\n  - "tests/fixtures/**"\n  - "??cookiecutter.x??/**"\n',
  );
  expect(scratch.read('approved-packages.yaml')).toContain('pypi:flask');
  expect(scratch.read('approved-packages.yaml')).not.toMatch(/invent/);
  await scratch.git('add', '--all');
  const all = await runIn(scratch, ['--all', '--offline']);
  scratch.dispose();
  expect(all).toMatchObject({ code: 0, stdout: '' });
});
