import { joined, optionTable, type Options, type ToolAction } from '../../shared/tool-calls.ts';

/** What an action of these tools does besides. */
export interface PythonAction extends ToolAction {
  /** A flag with which words are requirements of PyPI although the tool's own are conda's. */
  readonly pypiFlag?: string;
  /** What settings it changes: the index of all, or a channel. */
  readonly sets?: 'index' | 'extra' | 'channel';
}

/** A program that installs packages of Python. */
export interface PythonTool {
  readonly names: RegExp;
  /** What it is itself a package of, and brings anyway. */
  readonly ownPackages: readonly string[];
  readonly isConda: boolean;
  readonly options: Options;
  /** Options may be shortened, as long as no other begins so. */
  readonly abbreviates: boolean;
  readonly actions: readonly PythonAction[];
}

/** https://pip.pypa.io/en/stable/cli/ (pip 25.3, read on 2026-11-30), with options of earlier versions. */
const PIP = optionTable({
  index: '-i --index-url --pypi-url',
  extra: '--extra-index-url',
  links: '-f --find-links',
  requirements: '-r --requirement --requirements',
  constraints: '-c --constraint --constraints --build-constraint',
  package: '-e --editable',
  value:
    '-t --target --prefix --root --src -b --build -d --dest -w --wheel-dir -C --config-settings --config-setting ' +
    '--global-option --build-option --install-option --python --platform --implementation --abi --python-version ' +
    '--no-binary --only-binary --progress-bar --proxy --retries --timeout --trusted-host --cert --client-cert ' +
    '--cache-dir --log --log-file --local-log --default-timeout --source --source-dir --source-directory --destination-dir --destination-directory --exists-action --root-user-action --report --upgrade-strategy --use-feature ' +
    '--use-deprecated --keyring-provider --group --uploaded-prior-to --resume-retries --hash --format --path',
});

/** https://docs.astral.sh/uv/reference/cli/ (uv 0.9, read on 2026-11-30). */
const UV = joined(
  PIP,
  optionTable({
    index: '--default-index',
    extra: '--index',
    constraints: '-b --build-constraints --override --overrides --exclude --excludes',
    requirements: '--with-requirements',
    packages: '--with --with-editable',
    package: '--from',
    value:
      '-p -P -G -m --generate-shell-completion --python-preference --python-fetch --upgrade-package --upgrade-group --reinstall-package --refresh-package --no-binary-package ' +
      '--no-build-package --no-build-isolation-package --only-group --no-group --extra --no-extra --optional ' +
      '--exclude-newer --exclude-newer-package --directory --project --resolution --index-strategy --link-mode ' +
      '--prerelease --fork-strategy --allow-insecure-host --config-file --color --config-settings-package ' +
      '--script --rev --tag --branch --marker --bounds --package --env-file --python-platform --torch-backend ' +
      '--no-emit-package --only-emit-package --no-install-package --no-sources-package --extra-build-dependency',
  }),
);

/** https://pipx.pypa.io/stable/docs/ (read on 2026-11-30). */
const PIPX = optionTable({
  index: '-i --index-url',
  requirements: '-r --requirement',
  package: '--spec --preinstall',
  packages: '--with',
  value: '--python --pip-args --suffix --backend --app --default-python --skip',
});

/** https://python-poetry.org/docs/cli/ (read on 2026-11-30). */
const POETRY = optionTable({
  value:
    '--group -G --source --extras -E --python --platform --markers -C --directory -P --project --priority',
});

/** https://pdm-project.org/en/latest/reference/cli/ (read on 2026-11-30). */
const PDM = optionTable({
  package: '-e --editable',
  value:
    '-G --group -p --project -L --lockfile -S --strategy -C --config-setting --venv --override -c --config -k --skip --pip-args',
});

/** https://rye.astral.sh/guide/commands/add/ (read on 2026-11-30). */
const RYE = optionTable({
  repository: '--git',
  value:
    '--url --path --features --tag --rev --branch --optional --pyproject --include-dep --extra-requirement -p --python',
});

const HATCH = optionTable({
  value: '-e --env -p --project --data-dir --cache-dir --config -i --include -x --exclude',
});

/** https://pipenv.pypa.io/en/latest/cli.html (read on 2026-11-30). */
const PIPENV = optionTable({
  index: '-i --index --pypi-mirror',
  requirements: '-r --requirements',
  package: '-e --editable',
  value: '--python --categories --category --extra-pip-args',
});

/** https://docs.conda.io/projects/conda/en/stable/commands/ and those of mamba (read on 2026-11-30). */
const CONDA = optionTable({
  channel: '-c --channel',
  value:
    '-n -p -r --name --prefix --file --root-prefix --solver --experimental-solver --repodata-fn --subdir --platform ' +
    '--revision --clone --rc-file --log-level --cwd --environment-specifier',
});

/** https://pixi.sh/latest/reference/cli/ (read on 2026-11-30). */
const PIXI = optionTable({
  channel: '-c --channel',
  repository: '--git',
  package: '-s --spec',
  packages: '-w --with',
  value:
    '-p --platform -f --feature -e --environment --expose --manifest-path -m --branch --tag --rev --subdir ' +
    '--color --pypi-keyring-provider --concurrent-solves --concurrent-downloads --auth-file --pinning-strategy',
});

const EASY_INSTALL = optionTable({
  index: '-i --index-url',
  links: '-f --find-links',
  value: '-d --install-dir -s --script-dir -b --build-directory -H --allow-hosts --record -S --site-dirs',
});

const CONDA_ACTIONS: readonly PythonAction[] = [
  // Here `-f` says what to do, or names a list.
  { words: ['install'], takes: 'packages' },
  { words: ['create'], takes: 'packages' },
  { words: ['run'], takes: 'command' },
  {
    words: ['config'],
    takes: 'settings',
    sets: 'channel',
    options: optionTable({ value: '--add --append --prepend --set --env-name' }),
  },
];

/** Tools by their programs: what their words mean. */
export const pythonTools: readonly PythonTool[] = [
  {
    names: /^pip(?:\d(?:\.\d+)?)?$/,
    ownPackages: ['pip'],
    isConda: false,
    options: PIP,
    abbreviates: true,
    actions: [
      ...['install', 'download', 'wheel'].map((word) => ({ words: [word], takes: 'packages' }) as const),
      { words: ['config', 'set', '*'], takes: 'settings', sets: 'index' },
    ],
  },
  {
    names: /^easy_install(?:-\d+(?:\.\d+)?)?$/,
    ownPackages: ['pip', 'setuptools'],
    isConda: false,
    options: EASY_INSTALL,
    abbreviates: true,
    actions: [{ words: [], takes: 'packages' }],
  },
  {
    names: /^uv$/,
    ownPackages: ['uv', 'pip'],
    isConda: false,
    options: UV,
    abbreviates: false,
    actions: [
      { words: ['add'], takes: 'packages' },
      { words: ['pip', 'install'], takes: 'packages' },
      { words: ['tool', 'install'], takes: 'packages', options: withShort() },
      { words: ['tool', 'run'], takes: 'program', options: withShort() },
      {
        words: ['run'],
        takes: 'command',
        options: new Map([...withShort(), ['-m', 'module'], ['--module', 'module']]),
      },
    ],
  },
  {
    names: /^uvx$/,
    ownPackages: ['uv', 'pip'],
    isConda: false,
    options: UV,
    abbreviates: false,
    actions: [{ words: [], takes: 'program', options: withShort() }],
  },
  {
    names: /^pipx$/,
    ownPackages: ['pipx', 'pip'],
    isConda: false,
    options: PIPX,
    abbreviates: true,
    actions: [
      { words: ['install'], takes: 'packages' },
      { words: ['run'], takes: 'program' },
      { words: ['inject', '*'], takes: 'packages' },
    ],
  },
  {
    names: /^poetry$/,
    ownPackages: ['poetry', 'pip'],
    isConda: false,
    options: POETRY,
    abbreviates: false,
    actions: [
      { words: ['add'], takes: 'packages' },
      { words: ['self', 'add'], takes: 'packages' },
      { words: ['run'], takes: 'command' },
      { words: ['source', 'add', '*'], takes: 'settings', sets: 'extra' },
    ],
  },
  {
    names: /^pdm$/,
    ownPackages: ['pdm', 'pip'],
    isConda: false,
    options: PDM,
    abbreviates: false,
    actions: [
      { words: ['add'], takes: 'packages' },
      { words: ['self', 'add'], takes: 'packages' },
      { words: ['plugin', 'add'], takes: 'packages' },
      { words: ['run'], takes: 'command' },
    ],
  },
  {
    names: /^rye$/,
    ownPackages: ['rye', 'pip'],
    isConda: false,
    options: RYE,
    abbreviates: false,
    actions: [
      { words: ['add'], takes: 'packages' },
      { words: ['install'], takes: 'packages' },
      { words: ['tools', 'install'], takes: 'packages' },
      { words: ['run'], takes: 'command' },
    ],
  },
  {
    names: /^hatch$/,
    ownPackages: ['hatch', 'pip'],
    isConda: false,
    options: HATCH,
    abbreviates: false,
    actions: [
      { words: ['add'], takes: 'packages' },
      { words: ['run'], takes: 'command' },
      { words: ['env', 'run'], takes: 'command' },
    ],
  },
  {
    names: /^pipenv$/,
    ownPackages: ['pipenv', 'pip'],
    isConda: false,
    options: PIPENV,
    abbreviates: false,
    actions: [
      { words: ['install'], takes: 'packages' },
      { words: ['run'], takes: 'command' },
    ],
  },
  {
    names: /^(?:conda|mamba|micromamba)$/,
    ownPackages: ['conda', 'mamba', 'micromamba', 'pip'],
    isConda: true,
    options: CONDA,
    abbreviates: false,
    actions: CONDA_ACTIONS,
  },
  {
    names: /^pixi$/,
    ownPackages: ['pixi', 'pip'],
    isConda: true,
    options: PIXI,
    abbreviates: false,
    actions: [
      { words: ['add'], takes: 'packages', pypiFlag: '--pypi' },
      { words: ['global', 'install'], takes: 'packages' },
      { words: ['exec'], takes: 'program' },
      { words: ['x'], takes: 'program' },
      { words: ['run'], takes: 'command' },
    ],
  },
];

/** `-w` is `--with` where uv runs or installs a tool. */
function withShort(): ReadonlyMap<string, 'packages'> {
  return new Map([['-w', 'packages']]);
}
