import { afterEach, describe, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import { Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

/*
 * Manifests whose names say nothing: an environment of conda is told by what it holds, and a list of requirements by who
 * takes it in. At the base they declare, and what a change adds to them is asked about.
 */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

type Files = Readonly<Record<string, string>>;

/** @returns What the hook says to a change, without places. */
async function said(base: Files, change: Files): Promise<readonly string[]> {
  return findingsIn(await report(base, change)).map((line) => line.replace(/:\d+:\d+/, ''));
}

async function report(base: Files, change: Files): Promise<string> {
  const scratch = await Scratch.with({ 'notes/README.md': 'A shop.\n', ...base });
  open.push(scratch);
  await scratch.commitAll('base');
  scratch.write(change);
  await scratch.git('add', '--all');
  return (await runIn(scratch, ['--staged', '--offline', '--format', 'concise'])).stdout;
}

/** @returns The text with each line about `harbour` once more, about `evilkit`. */
function withAddedLine(text: string): string {
  return text.replace(/^.*\bharbour\b.*$/gm, (line) => `${line}\n${line.replace('harbour', 'evilkit')}`);
}

const setup = (lines: string) => `from setuptools import setup\n${lines}\n`;
const list = 'harbour>=1\n';
const image = (command: string): Files => ({ Dockerfile: `FROM python\nRUN ${command}\n` });
const requirements = (...lines: readonly string[]): Files => ({
  'requirements.txt': `${lines.join('\n')}\n`,
});

/** The first file is the manifest. */
const manifests: readonly (readonly [what: string, files: Files])[] = [
  ['channels and names', { 'env.yml': 'channels: [conda-forge]\ndependencies:\n  - harbour\n' }],
  [
    'a list for pip alone',
    { 'dev_environment.yml': 'name: shop\ndependencies:\n  - pip:\n      - harbour>=1\n' },
  ],
  [
    'lists that are empty',
    { 'lab.yml': 'channels: [conda-forge]\ndependencies:\n  - harbour\n  - pip:\n  -\n' },
  ],
  [
    'an environment in a folder',
    { 'ci/build_environment.yaml': 'name: build\ndependencies:\n  - python=3.12\n  - harbour\n' },
  ],
  ['names in a file that is called an environment', { 'conda-dev.yml': 'dependencies:\n  - harbour\n' }],
  ['a version of conda', { 'stages/test.yml': 'name: test\ndependencies:\n  - harbour=1.2\n' }],
  ['a build of conda', { 'lab.yaml': 'prefix: /opt/lab\ndependencies:\n  - harbour 1.2 py312_0\n' }],
  ['a channel of a line', { 'gpu.yml': 'variables: { A: b }\ndependencies:\n  - conda-forge::harbour\n' }],
  ['a name in brackets', { 'lab.yml': 'channels: [defaults]\ndependencies:\n  - "*[name=harbour]"\n' }],
  ['a set of names', { 'lab.yml': 'channels: [defaults]\ndependencies: !!set\n  ? harbour\n' }],
  ['a list of conda within the list', { 'lab.yml': 'dependencies:\n  - conda:\n      - harbour\n' }],
  ['a condition', { 'lab.yml': 'channels: [conda-forge]\ndependencies:\n  - harbour if __unix\n' }],
  ['a remark in the text', { 'lab.yml': 'channels: [conda-forge]\ndependencies:\n  - "harbour # why"\n' }],
  ['a name with lock in it', { 'blockchain.yml': 'channels: [conda-forge]\ndependencies:\n  - harbour\n' }],
  ['unidep', { 'requirements.yaml': 'channels: [conda-forge]\ndependencies:\n  - conda: harbour\n' }],
  [
    'an item of several lines for pip',
    { 'lab.yml': 'dependencies:\n  - pip:\n      - |\n        --pre\n        harbour # web\n' },
  ],
  ['a table of versions', { 'lab.yml': 'channels: [defaults]\ndependencies:\n  harbour: 1\n' }],
  [
    'what conda-lock adds',
    { 'main.yml': 'category: main\nplatforms: [linux-64]\ndependencies:\n  - python\n  - harbour\n' },
  ],
  [
    'keys that conda reads over',
    { 'stack.yaml': 'x-owner: Ada L\nchannels:\n  - defaults\ndependencies:\n  - harbour\n' },
  ],
  [
    'keys in quotes',
    { 'binder.yml': '"name": shop\n"channels": ["conda-forge"]\n"dependencies":\n  - "harbour>=1"\n' },
  ],
  ['JSON', { 'flow.yaml': '{ "channels": ["conda-forge"], "dependencies": [\n"harbour",\n] }\n' }],
  ['a key of its own line', { 'lab.yml': 'channels: [defaults]\n? dependencies\n:\n  - harbour\n' }],
  [
    'a program that setup.py imports reads it',
    {
      'base.needs': list,
      'deps.py': 'REQS = open("base.needs").read().split()\n',
      'setup.py': setup('from deps import REQS\nsetup(install_requires=REQS)'),
    },
  ],
  [
    'an execution environment of Ansible',
    { 'ee/needs': list, 'execution-environment.yml': 'version: 3\ndependencies:\n  python: ee/needs\n' },
  ],
  [
    'a collection of Ansible',
    { needs: list, 'meta/execution-environment.yml': 'version: 1\ndependencies:\n  python: needs\n' },
  ],
  [
    'setup.py opens it',
    { 'deps.list': list, 'setup.py': setup('setup(install_requires=open("deps.list").read().splitlines())') },
  ],
  [
    'setup.py reads its path',
    {
      'reqs/prod': list,
      'setup.py': setup(
        'from pathlib import Path\nhere = Path(__file__).parent\nneeded = (here / "reqs" / "prod").read_text().split()\nsetup(install_requires=needed)',
      ),
    },
  ],
  [
    'setup.py reads it in a block',
    {
      'libs.md': list,
      'setup.py': setup(
        'with open("libs.md") as lines:\n    needed = [line.strip() for line in lines]\nsetup(install_requires=needed)',
      ),
    },
  ],
  [
    'setup.py has a function that reads it',
    {
      'lib/req/base.dev': list,
      'lib/setup.py': setup(
        'import os\nHERE = os.path.dirname(__file__)\ndef load(*parts):\n    return open(os.path.join(HERE, *parts)).readlines()\nsetup(name="shop", extras_require={"dev": load("req", "base.dev")})',
      ),
    },
  ],
  [
    'setup.py describes itself with it too',
    {
      'libs.md': list,
      'setup.py': setup(
        'text = open("libs.md").read()\nsetup(long_description=text, install_requires=text.split())',
      ),
    },
  ],
  [
    'setup.py has two names for it',
    {
      'libs.md': list,
      'setup.py': setup(
        'text = needed = open("libs.md").read()\nsetup(long_description=text, install_requires=needed.split())',
      ),
    },
  ],
  [
    'setup.py hands it on behind other keywords',
    {
      'libs.md': list,
      'setup.py': setup(
        'more = {"install_requires": open("libs.md").readlines()}\nsetup(name="shop", **more)',
      ),
    },
  ],
  [
    'setup.py looks for it by its name',
    {
      'libs.md': list,
      'setup.py': setup(
        'text = open("libs.md").read()\nsetup(description=text, install_requires=globals()["text"].split())',
      ),
    },
  ],
  [
    'setup.py makes its name',
    {
      'needs/web.needs': list,
      'setup.py': setup(
        'def load(name):\n    return open(f"needs/{name}.needs").read().split()\nsetup(install_requires=load("web"))',
      ),
    },
  ],
  [
    'a list of requirements, from where pip is started',
    { 'libs.md': list, 'requirements.txt': '-r ${PWD}/libs.md\n' },
  ],
  [
    'setup.cfg',
    {
      'libs.cfg': list,
      'setup.cfg': '[options]\ninstall_requires = file: other.md, libs.cfg\n',
      'other.md': '',
    },
  ],
  [
    'pyproject.toml',
    {
      'libs.md': list,
      'pyproject.toml':
        '[project]\nname = "shop"\ndynamic = ["dependencies"]\n[tool.setuptools.dynamic]\ndependencies = { file = ["libs.md"] }\n',
    },
  ],
  [
    'a plug-in of Hatch',
    { 'needs.rst': list, 'hatch.toml': '[metadata.hooks.requirements_txt]\nfiles = ["needs.rst"]\n' },
  ],
  [
    'setup.py reads it from the folder above',
    {
      'all.needs': list,
      'lib/setup.py': setup(
        'import os\nROOT = os.path.dirname(os.path.dirname(__file__))\nsetup(install_requires=open(os.path.join(ROOT, "all.needs")).readlines())',
      ),
    },
  ],
  [
    'a list that a Dockerfile names',
    { 'more.dat': list, 'all.dat': '-r more.dat\n', Dockerfile: 'FROM python\nRUN pip install -r all.dat\n' },
  ],
  [
    'another list',
    { 'extra.md': list, 'requirements.txt': '-r middle.dat\n', 'middle.dat': '-r extra.md\n' },
  ],
  [
    'a Dockerfile',
    {
      'libs.md': list,
      'docker/api.Dockerfile':
        'FROM python\nCOPY . .\nRUN apt-get update && \\\n  pip install \\\n  -r libs.md\n',
    },
  ],
  [
    'a Containerfile that copies it',
    {
      'deploy/needs': list,
      Containerfile:
        'FROM python\nCOPY deploy/needs /tmp/requirements.txt\nRUN python -m pip install --no-cache-dir -r /tmp/requirements.txt\n',
    },
  ],
  [
    'a Dockerfile that mounts it',
    {
      'needs.md': list,
      Dockerfile:
        'FROM python\nRUN --mount=type=bind,source=needs.md,target=/r.txt uv pip install -r /r.txt\n',
    },
  ],
  [
    'a workflow',
    {
      'api/libs.md': list,
      '.github/workflows/ci.yml':
        'jobs:\n  test:\n    steps:\n      - working-directory: ./api\n        run: |\n          pip install -r libs.md\n',
    },
  ],
  [
    'a pipeline of GitLab',
    { 'ci/needs': list, '.gitlab-ci.yml': 'test:\n  script:\n    - pip3 install --requirement=ci/needs\n' },
  ],
  ['tox', { 'needs.ini': list, 'tox.ini': '[testenv]\ndeps =\n    -r{toxinidir}/needs.ini\n' }],
  [
    'a program in a folder below, which setup.py imports',
    {
      'shop/deps.py': 'DEPS = [\n    "harbour",\n]\n',
      'setup.py': setup('from shop.deps import DEPS\nsetup(install_requires=DEPS)'),
    },
  ],
  [
    'nox',
    { 'needs.dev': list, 'noxfile.py': 'def tests(session):\n    session.install("-r", "needs.dev")\n' },
  ],
  ['a Makefile', { 'needs.dev': list, Makefile: 'install:\n\t$(PIP) install -r needs.dev\n' }],
  ['a script', { 'needs.dev': list, 'bin/setup.sh': 'cat needs.dev | xargs pip install\n' }],
  ['pipenv', { 'needs.dev': list, 'setup.sh': 'pipenv install -r needs.dev\n' }],
  [
    'a Makefile with a pip of its own',
    { 'needs.dev': list, Makefile: 'install:\n\t$(VENV_PIP) install -Uq -r needs.dev\n' },
  ],
  ['a variable of pip', { 'needs.dev': list, 'ci.yml': 'env:\n  PIP_REQUIREMENT: needs.dev\n' }],
  [
    'a script with a quoted number sign',
    { 'needs.dev': list, 'setup.sh': 'echo " # all" && pip install -r needs.dev # all\n' },
  ],
  [
    'a file that another line writes',
    { 'needs.dev': list, Makefile: 'lock:\n\tuv export -o needs.dev\n\tuv pip install -r needs.dev\n' },
  ],
  ['pip-tools', { 'needs.dev': list, justfile: 'sync:\n  pip-sync needs.dev\n' }],
  [
    'conda, which an image has create an environment',
    {
      'stack.yml': 'name: shop\ndependencies:\n  - harbour\n',
      Dockerfile: 'FROM python\nCOPY stack.yml .\nRUN mamba env create -f stack.yml && conda clean --all\n',
    },
  ],
  [
    'conda in a workflow',
    {
      'ci/stack.yml': 'dependencies: [\n  harbour,\n  ]\n',
      '.github/workflows/ci.yml': 'steps:\n  - with:\n      environment-file: ci/stack.yml\n',
    },
  ],
  [
    'conda on Read the Docs',
    {
      'docs/stack.yaml': 'dependencies:\n  - harbour\n',
      '.readthedocs.yaml': 'conda:\n  environment: docs/stack.yaml\n',
    },
  ],
  [
    'conda, with a list of its own',
    { 'spec.lst': 'python\nharbour=1.0\n', Makefile: 'env:\n\tconda install --yes --file spec.lst\n' },
  ],
  [
    'conda, with a name in brackets',
    { 'spec.lst': 'python\npython[name=harbour]\n', Makefile: 'env:\n\tconda install --file=spec.lst\n' },
  ],
  [
    'Read the Docs',
    { 'docs/needs': list, '.readthedocs.yaml': 'python:\n  install:\n    - requirements: docs/needs\n' },
  ],
];

describe.each(manifests)('%s', (_, files) => {
  const [path = '', text = ''] = Object.entries(files)[0] ?? [];

  test('declares at the base', async () => {
    expect(await said(files, { 'app.py': 'import harbour\n' })).toEqual([]);
  });

  test('is asked about where a change adds a line', async () => {
    expect(await said(files, { [path]: withAddedLine(text) })).toEqual([
      `${path} unapproved-package pypi:evilkit`,
    ]);
  });

  test('approves nothing that only the change adds', async () => {
    expect(await said({}, { ...files, 'app.py': 'import harbour\n' })).toEqual(
      [`app.py unapproved-package pypi:harbour`, `${path} unapproved-package pypi:harbour`].toSorted(),
    );
  });
});

/** git searches where there is much to read. */
describe('among many files', () => {
  const services = Object.fromEntries(
    Array.from({ length: 120 }, (_, at) => [`services/${String(at)}.yaml`, `name: service-${String(at)}\n`]),
  );
  const base = {
    ...services,
    'stages/test.yml': 'name: test\ndependencies:\n  - harbour=1\n',
    'needs.dat': 'sea\n',
    Makefile: 'install:\n\tpip install -r needs.dat\n',
  };

  test.each<[what: string, change: Files, findings: readonly string[]]>([
    ['an environment declares', { 'app.py': 'import harbour\n' }, []],
    ['a list declares', { 'app.py': 'import sea\n' }, []],
    ['a list is one', { 'needs.dat': 'sea\nevilkit\n' }, ['needs.dat unapproved-package pypi:evilkit']],
    [
      'what a change names is one',
      { 'more.dat': 'evilkit\n', 'ci.yml': 'run: pip install -r more.dat\n' },
      ['more.dat unapproved-package pypi:evilkit'],
    ],
    ['words are none', { 'words.dat': 'evilkit\n' }, []],
  ])('%s', async (_, change, findings) => {
    expect(await said(base, change)).toEqual(findings);
  });
});

test('a line that is none hides no other one', async () => {
  const base = { 'requirements.txt': '-r libs.md\n', 'libs.md': 'six\n' };
  expect(await said(base, { 'libs.md': 'six\nharbour\n* ships\n' })).toEqual([
    'libs.md unapproved-package pypi:harbour',
    'libs.md fault manifest',
  ]);
});

/** pip accepts each of them, or nobody can tell what it reads. */
test.each<[what: string, line: string, more: readonly string[]]>([
  ['a folder', 'libs/crm', [' foreign-source']],
  ['a folder with extras', 'libs/crm[web]', [' foreign-source']],
  ['an archive', 'libs/crm-1-py3-none-any.whl', [' foreign-source pypi:crm']],
  ['settings in quotes', 'sea --config-settings "a=b"', []],
  ['options of a build', 'sea --global-option=x', []],
  ['a marker in brackets', 'sea ; ( python_version > "3" )', []],
  ['a marker that begins with a value', 'sea ;( "x" == os_name)', []],
  ['a sign that ends a line', '\x1Csea', []],
  ['an encoding', '# coding: utf-7', [' fault manifest']],
])('%s hides no other line of a list that a command names', async (_, line, more) => {
  const base = { ...image('pip install -r needs.dat'), ...requirements('sea') };
  const found = (path: string) => [
    ...more.map((rest) => path + rest),
    `${path} unapproved-package pypi:harbour`,
  ];
  const names = (lines: readonly string[]) => lines.toSorted();
  expect(names(await said(base, { 'needs.dat': `${line}\nharbour\n` }))).toEqual(names(found('needs.dat')));
});

/** Files in a folder that is ignored: who has one installed decides, not its name. */
test.each<[what: string, path: string, by: Files]>([
  ['requirements', 'vendor/base', requirements('-r vendor/base')],
  [
    'setup.cfg',
    'vendor/needs.cfg',
    { 'setup.cfg': '[options]\ninstall_requires = file: vendor/needs.cfg\n' },
  ],
  [
    'pyproject.toml',
    'vendor/list',
    { 'pyproject.toml': '[tool.setuptools.dynamic]\ndependencies = { file = ["vendor/list"] }\n' },
  ],
  [
    'an environment',
    'vendor/base',
    { 'environment.yml': 'dependencies:\n  - python\n  - pip: [-r vendor/base]\n' },
  ],
  ['settings of pip', 'vendor/base', { 'pip.conf': '[install]\nrequirement = vendor/base\n' }],
  [
    'setup.py',
    'vendor/list',
    { 'setup.py': setup('setup(install_requires=open("vendor/list").read().split())') },
  ],
  ['an image', 'vendor/requirements.txt', image('pip install -r vendor/requirements.txt')],
  ['an image, of any name', 'vendor/base', image('pip install -r vendor/base')],
])('a foreign list counts that %s takes in', async (_, path, by) => {
  const base = { [path]: 'six\n', 'pixi.toml': '[pypi-dependencies]\nsix = "*"\n' };
  const findings = [`${path} unapproved-package pypi:harbour`];
  expect(await said({ ...base, ...by }, { [path]: 'six\nharbour\n' })).toEqual(findings);
  expect(await said(base, { [path]: 'six\nharbour\n' })).toEqual([]);
  expect(
    await said({ ...base, ...image(`pip install six && cat ${path}`) }, { [path]: 'harbour\n' }),
  ).toEqual([]);
});

test.each<[what: string, by: Files]>([
  ['an image', image('pip install -c pins.dat -r own.txt')],
  ['an image, in one word', image('uv pip install --constraint=pins.dat six')],
  ['a variable', { 'ci.yml': 'env:\n  PIP_CONSTRAINT: pins.dat\n' }],
])('constraints of %s name sources, and lists that are installed', async (_, by) => {
  const base = { 'pins.dat': 'sea<2\n', 'more.dat': 'harbour\n' };
  const address = { 'pins.dat': 'sea @ https://files.example/sea.whl\n' };
  const inclusion = { 'pins.dat': 'sea<2\n-r more.dat\n' };
  expect(await said({ ...base, ...by }, address)).toEqual(['pins.dat foreign-source pypi:sea']);
  expect(await said({ ...base, ...by }, inclusion)).toEqual(['more.dat unapproved-package pypi:harbour']);
  expect(await said({ ...base, ...by }, { 'pins.dat': 'sea<2\nharbour<2\n' })).toEqual([]);
  expect(await said({ ...base, ...image('cat pins.dat') }, { ...address, ...inclusion })).toEqual([]);
});

test.each(['needs', 'needs.md', 'requirements.lock', 'deps.csv', 'ci/packages.tsv'])(
  'a list that a command names may be called %s',
  async (path) => {
    const change = { [path]: 'sea\nharbour\n' };
    const findings = [`${path} unapproved-package pypi:harbour`];
    const base = { ...requirements('sea'), [path]: 'sea\n' };
    expect(await said({ ...base, ...image(`pip install -r ${path}`) }, change)).toEqual(findings);
    expect(await said({ ...base, ...image(`cat ${path}`) }, change)).toEqual([]);
  },
);

test.each([
  ['pip install -r needs.yml', 'needs.yml'],
  ['conda env create -f needs.yml', 'needs.yml'],
  ['pip install -r needs.dat', 'needs.dat'],
])('what %s reads is in the repository', async (command, path) => {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 1\n`;
  expect(await said(image(command), { [path]: pointer })).toEqual([`${path} fault manifest`]);
  expect(await said(image('make'), { [path]: pointer })).toEqual([]);
  expect(await said(image(command), { [path]: `# none\n${'#'.repeat(4_194_304)}\n` })).toEqual([
    `${path} fault manifest`,
  ]);
});

test('a key with escapes hides no line of a change', async () => {
  const change = { 'lab.yml': 'channels: [defaults]\n"depend\\u0065ncies":\n  - harbour\n' };
  expect(await said({}, change)).toEqual(['lab.yml unapproved-package pypi:harbour']);
});

test('a project as a whole knows what such a manifest declares', async () => {
  const scratch = await Scratch.with({
    'env.yml': 'channels: [conda-forge]\ndependencies:\n  - harbour\n',
    'app.py': 'import harbour\n',
  });
  open.push(scratch);
  await scratch.commitAll('base');
  const { code, stdout } = await runIn(scratch, ['--all', '--offline', '--format', 'concise']);
  expect({ code, findings: findingsIn(stdout) }).toEqual({ code: 0, findings: [] });
});

/** Of files that install something else, or nothing. */
const wordLists: readonly (readonly [what: string, path: string, text: string])[] = [
  ['of a spell checker', 'Makefile', 'check:\n\tuv run codespell -I data/words.lst src\n'],
  ['of a program', 'ci.yml', 'run: uv run python train.py --labels data/words.lst\n'],
  ['of a program that conda starts', 'run.sh', 'conda run -n shop python x.py --labels data/words.lst\n'],
  ['that a stage depends on', 'dvc.yaml', 'deps: [train.py, data/words.lst]\n'],
  ['that a target depends on', 'Makefile', 'deps: data/words.lst\n\ttouch deps\n'],
  ['that are called dependencies', 'ci.yml', 'dependencies: data/words.lst\n'],
  ['of a comment', 'run.sh', '# pip install is not needed for data/words.lst\nssh-all hosts\n'],
  ['beside a comment', 'Dockerfile', 'RUN xargs -a data/words.lst apt-get install # pip install\n'],
  ['that a command writes', 'run.sh', 'echo "run pip first" | tee data/words.lst\n'],
  ['that a shell writes', 'Makefile', 'lock:\n\tpip install flask && pip freeze > data/words.lst\n'],
  ['that an installation writes', 'Makefile', 'all:\n\tpip install flask | tee data/words.lst\n'],
  ['that uv exports', 'Makefile', 'lock:\n\tuv export -o data/words.lst\n'],
  ['that uv compiles', 'Makefile', 'lock:\n\tuv pip compile all.in -o data/words.lst\n'],
  ['that pip uninstalls', 'run.sh', 'pip uninstall -y -r data/words.lst\n'],
  ['that are audited', 'run.sh', 'pip-audit -r data/words.lst\n'],
  ['that a foreign image installs', 'vendor/crm/Dockerfile', 'RUN pip install -r data/words.lst\n'],
];

/** The first file holds what looks like a name. */
test.each<[what: string, files: Files]>([
  [
    'a chart of Helm',
    { 'Chart.yaml': 'name: shop\nversion: 1.0.0\ndependencies:\n  - name: harbour\n    version: 1.0.0\n' },
  ],
  ['a role of Ansible', { 'roles/shop/meta/main.yml': 'dependencies:\n  - common\n  - harbour\n' }],
  [
    'a role of Ansible with tables',
    { 'meta/main.yml': 'galaxy_info: {}\ndependencies:\n  - role: harbour\n' },
  ],
  [
    'what a program locked',
    { 'conda-linux-64.lock.yml': 'channels: [conda-forge]\ndependencies:\n  - harbour=1=0\n' },
  ],
  [
    'a package with a table of versions',
    { 'plugin.yaml': 'name: shop\nchannels: [beta]\ndependencies:\n  harbour: 1\n' },
  ],
  ['services', { 'env.yml': 'name: shop\nvariables: { A: b }\ndependencies:\n  - redis\n  - harbour\n' }],
  [
    'services with versions',
    { 'deploy-env.yaml': 'name: shop\ndependencies:\n  - redis>=6\n  - harbour>=1\n' },
  ],
  ['services in environments', { 'environments.yml': 'dependencies:\n  - api\n  - harbour\n' }],
  ['services that send messages', { 'notify.yml': 'channels: [email]\ndependencies:\n  - harbour\n' }],
  ['languages', { 'tool.yml': 'name: shop\ndependencies:\n  - python\n  - harbour\n' }],
  ['a package of Dart', { 'pubspec.yaml': 'name: shop\ndependencies:\n  harbour: ^1.0.0\n' }],
  ['an interface', { 'openapi.yaml': 'openapi: 3.1.0\npaths: {}\ntags:\n  - harbour\n' }],
  ['a service', { 'compose.yaml': 'services:\n  web:\n    depends_on:\n      - harbour\n' }],
  ['other names', { 'module.yml': 'name: shop\ntitle: Shop\ndependencies:\n  - harbour\n' }],
  ['words that nothing reads', { 'names.txt': 'ship\nharbour\n' }],
  ['words that a program sorts', { 'names.md': 'ship\nharbour\n', Makefile: 'names:\n\tsort -r names.md\n' }],
  [
    'packages of a system',
    {
      'packages.txt': 'curl\nharbour\n',
      Dockerfile: 'RUN apt-get install -y $(cat packages.txt) && pip install flask\n',
    },
  ],
  [
    'data of a package',
    {
      'shop/words.dat': 'ship\nharbour\n',
      'setup.py': setup('setup(install_requires=load(), package_data={"shop": ["shop/words.dat"]})'),
    },
  ],
  [
    'words that setup.py describes itself with',
    {
      'DESCRIPTION.txt': 'ship\nharbour\n',
      'setup.py': setup(
        'text = read("DESCRIPTION.txt")\nsetup(name="shop", long_description=text, install_requires=read("own.txt"))',
      ),
    },
  ],
  [
    'words that setup.py describes itself with, by way of a file',
    {
      'DESCRIPTION.txt': 'ship\nharbour\n',
      'setup.py': setup(
        'with open("DESCRIPTION.txt") as file:\n    text = file.read()\nsetup(description=text, install_requires=read("own.txt"))',
      ),
    },
  ],
  [
    'words that a command of setup.py reads',
    {
      'data/words.txt': 'ship\nharbour\n',
      'setup.py': setup(
        'class Words(Command):\n    def run(self):\n        print(open("data/words.txt"))\nsetup(install_requires=read("own.txt"), cmdclass={"words": Words})',
      ),
    },
  ],
  [
    'sources of an extension',
    {
      'src/files.txt': 'ship\nharbour\n',
      'setup.py': setup(
        'src = open("src/files.txt").read().split()\nsetup(install_requires=read("own.txt"), ext_modules=[Extension("shop", src)])',
      ),
    },
  ],
  ['prose', { 'README.md': 'harbour\n' }],
  [
    'constraints that an image installs with',
    {
      'pins.dat': 'ship<3\nharbour<2\n',
      ...image('pip install -c pins.dat --constraint=pins.dat -r own.txt'),
    },
  ],
  [
    'an environment that nothing creates',
    {
      'stack.yml': 'name: shop\ndependencies:\n  - harbour\n',
      Makefile: 'play:\n\tansible-playbook stack.yml\n\tconda run -n shop python x.py --file stack.yml\n',
    },
  ],
  [
    'settings that a command of conda names',
    {
      'shop.env': 'PORT=1\nharbour=2\n',
      Makefile: 'run:\n\tconda install shop\n\tconda run --env-file shop.env serve\n',
    },
  ],
  [
    'constraints of a variable',
    { 'pins.dat': 'harbour<2\n', ...image('PIP_CONSTRAINT=pins.dat pip install -r own.txt') },
  ],
  [
    'constraints that a command writes',
    { 'constraints.txt': 'harbour<2\n', ...image('pip freeze > constraints.txt') },
  ],
  ['constraints of tox', { 'pins.dat': 'harbour<2\n', 'tox.ini': '[testenv]\ndeps =\n  -c pins.dat\n' }],
  [
    'what an image copies beside a list',
    {
      'hosts.lst': 'ship\nharbour\n',
      Dockerfile:
        'FROM python\nCOPY own.txt hosts.lst /tmp/\nCOPY hosts.lst /tmp/\nRUN pip install -r /tmp/own.txt\n',
    },
  ],
  [
    'what a workflow hashes',
    {
      'keys.txt': 'harbour\n',
      '.github/workflows/test.yml': 'key: pip-${{ hashFiles("requirements.txt", "keys.txt") }}\n',
    },
  ],
  ...wordLists.map(([what, path, text]): [what: string, files: Files] => [
    `words ${what}`,
    { 'data/words.lst': 'ship\nharbour\n', [path]: text },
  ]),
  [
    'a service with channels',
    { 'service.yaml': 'name: shop\nversion: 1.0\nchannels: [email]\ndependencies:\n  - harbour\n' },
  ],
])('%s declares nothing', async (_, files) => {
  const [path = '', text = ''] = Object.entries(files)[0] ?? [];
  expect(await said(files, { [path]: withAddedLine(text) })).toEqual([]);
  expect(await said(files, { 'app.py': 'import harbour\n' })).toEqual([
    'app.py unapproved-package pypi:harbour',
  ]);
});

test.each(['./own.conda', 'file:///opt/own.conda'])('the archive %s hides no package', async (archive) => {
  const text = `channels: [conda-forge]\ndependencies:\n  - ${archive}\n  - harbour\n`;
  expect(await said({}, { 'lab.yml': text })).toEqual([
    'lab.yml foreign-source',
    'lab.yml unapproved-package pypi:harbour',
  ]);
  expect(await said({ 'lab.yml': text }, { 'lab.yml': withAddedLine(text) })).toEqual([
    'lab.yml unapproved-package pypi:evilkit',
  ]);
});

test('addresses that conda installs are foreign', async () => {
  const address = 'https://files.example/harbour-1-0.conda';
  const change = { 'spec.lst': `@EXPLICIT\n${address}#0123\n`, ...image('conda install --file spec.lst') };
  expect(await said({}, change)).toEqual(['spec.lst foreign-source']);
  expect(await said(change, { 'spec.lst': `# Again\n@EXPLICIT\n${address}#0123\n` })).toEqual([]);
});

test('constraints that an image installs declare', async () => {
  const base = { 'constraints.txt': 'harbour==1\n', ...image('pip install -r constraints.txt') };
  expect(await said(base, { 'app.py': 'import harbour\n' })).toEqual([]);
});

test('a version that setup.py reads is no package', async () => {
  const files = {
    VERSION: '1.2.3\n',
    'setup.py': setup('setup(version=open("VERSION").read(), install_requires=load())'),
  };
  expect(await said(files, { VERSION: '1.2.4\n' })).toEqual([]);
});

const old = { 'old/needs.md': '# Needs\nharbour\n' };
const ofOld = ['old/needs.md unapproved-package pypi:harbour'];

/** The list stands in the base, and nothing of it changes. */
describe('a list that a change has taken in', () => {
  test.each<[what: string, base: Files, change: Files, by: string]>([
    ['by -r', requirements(), requirements('', '-r old/needs.md'), 'requirements.txt:2'],
    [
      'by the file of setup.cfg',
      {},
      { 'setup.cfg': '[options]\ninstall_requires =\n  file: old/needs.md\n' },
      'setup.cfg:3',
    ],
    [
      'by pyproject.toml',
      {},
      { 'pyproject.toml': '[tool.setuptools.dynamic]\ndependencies = { file = ["old/needs.md"] }\n' },
      'pyproject.toml:2',
    ],
    [
      'by setup.py',
      {},
      { 'setup.py': setup('setup(install_requires=open("old/needs.md").readlines())') },
      'setup.py:2',
    ],
    [
      'by a list that stands in the base too',
      { 'more.dat': '-r old/needs.md\n' },
      requirements('-r more.dat'),
      'more.dat:1',
    ],
    [
      'by a list that an image has installed',
      { ...image('pip install -r all.dat'), 'all.dat': '\n# none\n' },
      { 'all.dat': '\n-r old/needs.md\n' },
      'all.dat:2',
    ],
    ['by a Dockerfile', image('pip install flask'), image('pip install -r old/needs.md'), 'Dockerfile:2'],
    [
      'by a Dockerfile with conda',
      image('conda install flask'),
      image('conda install --file old/needs.md'),
      'Dockerfile:2',
    ],
  ])('%s', async (_, base, change, by) => {
    const text = await report({ ...old, ...base }, change);
    expect(findingsIn(text).map((line) => line.replace(/:\d+:\d+/, ''))).toEqual(ofOld);
    expect(text).toContain('old/needs.md:2:1');
    expect(text).toContain(
      `${by} takes in old/needs.md, which the change leaves as it is: its lines count as added`,
    );
  });

  test.each<[what: string, base: Files, change: Files, findings: readonly string[]]>([
    [
      'constraints that are installed',
      { 'constraints.txt': 'harbour==1\n' },
      requirements('-r constraints.txt'),
      ['constraints.txt unapproved-package pypi:harbour'],
    ],
    [
      'constraints that an image comes to install',
      { 'constraints.txt': 'harbour==1\n', ...image('pip install -c constraints.txt flask') },
      image('pip install -r constraints.txt flask'),
      ['constraints.txt unapproved-package pypi:harbour'],
    ],
    [
      'constraints that an image installs with',
      { 'constraints.txt': 'harbour==1\n', ...image('pip install flask') },
      image('pip install -c constraints.txt flask'),
      [],
    ],
    [
      'constraints that name a source',
      { 'pins.dat': 'harbour @ https://files.example/h.whl\n' },
      requirements('-c pins.dat'),
      ['pins.dat foreign-source pypi:harbour'],
    ],
    ['constraints', { 'pins.dat': 'harbour==1\n' }, requirements('-c pins.dat'), []],
    [
      'a list that another file had taken in',
      requirements('-r old/needs.md'),
      { 'dev.txt': '', 'dev/requirements.txt': '-r ../old/needs.md\n' },
      [],
    ],
    [
      'a list that an image had installed',
      image('pip install -r old/needs.md'),
      requirements('-r old/needs.md'),
      [],
    ],
    [
      'lines that other manifests have',
      { 'pyproject.toml': '[project]\nname = "shop"\ndependencies = ["harbour"]\n' },
      requirements('-r old/needs.md'),
      [],
    ],
  ])('%s', async (_, base, change, findings) => {
    expect(await said({ ...old, ...base }, change)).toEqual(findings);
  });
});

describe('a new line about a list that nobody sees', () => {
  const foreign = ['requirements.txt foreign-source'];
  test.each<[what: string, line: string, words: string]>([
    [
      'in no commit',
      '-r build/needs.txt',
      'a list of requirements that is not in the repository (build/needs.txt)',
    ],
    [
      'constraints in no commit',
      '-c build/pins.txt',
      'a list of constraints that is not in the repository (build/pins.txt)',
    ],
    ['outside', '-r /srv/needs.txt', 'a list of requirements outside of the repository (/srv/needs.txt)'],
    ['above the root', '-r ../needs.txt', 'a list of requirements outside of the repository (../needs.txt)'],
    ['a manifest of npm', '-r package.json', 'a list of requirements that is not checked (package.json)'],
    ['a page', '-r docs/needs.md', 'a list of requirements that is not checked (docs/needs.md)'],
    ['prose', '-r notes/README.md', 'a list of requirements that is not checked (notes/README.md)'],
    [
      'in a folder that is ignored',
      '-r vendor/needs.txt',
      'a list of requirements that is not checked (vendor/needs.txt)',
    ],
  ])('%s', async (_, line, words) => {
    const base = { 'vendor/needs.txt': '', 'docs/needs.md': '', 'package.json': '{}\n' };
    const text = await report(base, requirements('', line));
    expect(findingsIn(text).map((finding) => finding.replace(/:\d+:\d+/, ''))).toEqual(foreign);
    expect(text).toContain(words);
    expect(await said({ ...base, ...requirements(line) }, requirements('six', line))).toEqual([
      'requirements.txt unapproved-package pypi:six',
    ]);
  });

  test('what a template fills in is no path', async () => {
    expect(await said({}, requirements('-r {{name}}.txt'))).toEqual([]);
  });
});
