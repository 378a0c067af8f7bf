import { afterEach, describe, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

/* What `init` says and writes in a project of Python, by its package manager. */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

type Files = Readonly<Record<string, string>>;

const config = { '.check-importsrc': 'lookup: off\n' };
const pyproject = '[project]\nname = "shop"\nversion = "0.1.0"\ndependencies = ["flask"]\n';
const group = '[dependency-groups]\ndev = ["vetted-imports>=0.1.0"]\n';

async function initialised(files: Files): Promise<{ readonly scratch: Scratch; readonly stdout: string }> {
  const scratch = await Scratch.with({ ...config, ...files });
  open.push(scratch);
  const { code, stdout, stderr } = await runIn(scratch, ['init', '--yes']);
  expect([code, stderr]).toEqual([0, '']);
  return { scratch, stdout };
}

const hook = (scratch: Scratch): string => scratch.read('.git/hooks/pre-commit');

describe('where no manifest names the tool', () => {
  test.each<[string, Files, string | null, string]>([
    ['uv', { 'uv.lock': '' }, 'uv add --dev vetted-imports', 'uv tool install vetted-imports'],
    ['Poetry', { 'poetry.lock': '' }, 'poetry add --group dev vetted-imports', 'pipx install vetted-imports'],
    ['PDM', { 'pdm.lock': '' }, 'pdm add --dev vetted-imports', 'pipx install vetted-imports'],
    ['pip', {}, null, 'pipx install vetted-imports'],
  ])('%s: what adds it, and what installs it for a person', async (_, lockfile, add, outside) => {
    const { scratch, stdout } = await initialised({ 'pyproject.toml': pyproject, ...lockfile });
    const advice = /^No manifest names vetted-imports yet\. So that every clone has it: (.*)$/m.exec(
      stdout,
    )?.[1];
    expect(advice ?? null).toBe(add);
    expect(hook(scratch)).toContain(`"Run: ${outside}"`);
    expect(hook(scratch)).not.toContain('.venv');
    expect(stdout + hook(scratch)).not.toContain('npm install');
  });

  test('a project of JavaScript that has a pyproject.toml stays one', async () => {
    const { scratch, stdout } = await initialised({
      'pyproject.toml': pyproject,
      'uv.lock': '',
      'package.json': '{ "dependencies": {} }\n',
    });
    expect(stdout).toContain('package.json does not name vetted-imports yet');
    expect(stdout).not.toContain('uv add');
    expect(hook(scratch)).toContain('"Run: npm install --global vetted-imports"');
  });

  test('the pre-commit framework brings it, and nothing has to be added', async () => {
    const { scratch, stdout } = await initialised({
      'pyproject.toml': pyproject,
      'uv.lock': '',
      '.pre-commit-config.yaml': 'repos: []\n',
    });
    expect(stdout).not.toContain('uv add');
    expect(scratch.read('.pre-commit-config.yaml')).toContain('      - id: check-imports-python\n');
  });
});

describe('where a manifest names it', () => {
  test.each<[string, Files, string, string]>([
    ['uv', { 'uv.lock': '' }, 'uv run --no-sync vetted-imports', 'uv sync'],
    ['Poetry', { 'poetry.lock': '' }, 'poetry run vetted-imports', 'poetry install'],
    ['PDM', { 'pdm.lock': '' }, 'pdm run vetted-imports', 'pdm install'],
    ['pip', {}, 'vetted-imports', 'pip install vetted-imports'],
  ])(
    '%s: the hook starts its environment, and says what installs it',
    async (_, lockfile, command, install) => {
      const { scratch, stdout } = await initialised({
        'pyproject.toml': `${pyproject}${group}`,
        ...lockfile,
      });
      expect(stdout).not.toContain('No manifest names');
      expect(hook(scratch)).toContain('cd -P "$top"/.venv 2>/dev/null');
      expect(hook(scratch)).toContain(`"not installed" "Run: ${install}"`);
      expect(scratch.read('approved-packages.yaml')).toContain('  pypi:vetted-imports: ');
      const removed = await runIn(scratch, ['init', '--remove', '--yes']);
      expect(removed.stdout).toContain(`To take them away too: ${command} init --remove --whitelist\n`);
      const [, uninstall] =
        /^pyproject\.toml names vetted-imports\. To take that away too: (.*)$/m.exec(removed.stdout) ?? [];
      expect(uninstall).toMatch(
        /^(?:(?:uv|pdm) remove --dev|poetry remove --group dev|pip uninstall) vetted-imports$/,
      );
      expect(removed.stdout).not.toContain('pyproject.toml:');
    },
  );

  test('the framework calls what is installed', async () => {
    const { scratch } = await initialised({
      'pyproject.toml': `${pyproject}${group}`,
      'uv.lock': '',
      '.pre-commit-config.yaml': 'repos: []\n',
    });
    expect(scratch.read('.pre-commit-config.yaml')).toContain('language: system');
    expect(scratch.read('.pre-commit-config.yaml')).toContain('cd -P "$top"/.venv 2>/dev/null');
  });

  test('in a folder, its environment is there', async () => {
    const { scratch } = await initialised({
      'api/pyproject.toml': `${pyproject}${group}`,
      'api/uv.lock': '',
    });
    expect(hook(scratch)).toContain('cd -P "$top"/api/.venv 2>/dev/null');
    expect(hook(scratch)).toContain('"Run: uv sync --project api"');
  });
});

describe('the commit that brings it', () => {
  const newcomer = { 'pyproject.toml': `${pyproject}${group}`, 'uv.lock': 'version = 1\n# vetted-imports\n' };

  test('holds the manifest and the lockfile, and is let through', async () => {
    const scratch = await Scratch.with({ ...config, 'pyproject.toml': pyproject });
    open.push(scratch);
    scratch.write(newcomer);
    const { stdout } = await runIn(scratch, ['init', '--yes']);
    expect(stdout).toMatch(/^Commit it: git add .*pyproject\.toml uv\.lock && git commit$/m);
    expect(scratch.read('approved-packages.yaml')).toContain(
      '  pypi:vetted-imports: { approved: checks imports before every commit, ',
    );
    await scratch.git('add', '--all');
    expect(await runIn(scratch, ['--staged'])).toMatchObject({ code: 0 });
  });

  test('approves it in a whitelist that is there', async () => {
    const scratch = await Scratch.with({ ...config, 'pyproject.toml': pyproject });
    open.push(scratch);
    await runIn(scratch, ['init', '--yes']);
    await scratch.commitAll('a whitelist');
    scratch.write(newcomer);
    await runIn(scratch, ['init', '--yes']);
    expect(scratch.read('approved-packages.yaml')).toContain('  pypi:vetted-imports: { approved: ');
    expect(scratch.read('approved-packages.yaml')).not.toContain('npm:vetted-imports');
  });
});
