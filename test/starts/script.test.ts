import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { PROGRAM, scriptLines, type ToolCalls } from '../../src/starts/script.ts';
import { settingUpLines } from '../../src/starts/setting-up.ts';
import { projectRoot } from '../kit/scratch.ts';

/*
 * The lines of hooks, in the shells that run them and in real repositories. The node and the tool on PATH are stand-ins
 * that say how they were called; a program that must not run leaves a file.
 */

const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), 'check-imports-shell-')));
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

const calls: ToolCalls = {
  folder: '',
  plugAndPlay: false,
  environments: [],
  install: 'npm install',
  add: null,
  outside: 'npm install --global vetted-imports',
  runner: 'npx --no --',
  command: 'npx --no -- vetted-imports',
  named: true,
};

const mark = path.join(scratch, 'ran');
const marking = `#!/bin/sh\n: >'${mark}'\n`;

/** Writes a program of a folder outside of every repository. */
function program(folder: string, name: string, text: string): string {
  mkdirSync(path.join(scratch, folder), { recursive: true });
  writeFileSync(path.join(scratch, folder, name), `#!/bin/sh\n${text}\n`);
  chmodSync(path.join(scratch, folder, name), 0o755);
  return path.join(scratch, folder);
}

function pathOf(name: string): string {
  return execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
}

const system = path.join(scratch, 'system');
mkdirSync(system);
for (const name of ['sh', 'git', 'head', 'mkdir', 'chmod', 'cp'])
  symlinkSync(pathOf(name), path.join(system, name));
const withNode = program(
  'node',
  'node',
  'echo "node $*${NODE_OPTIONS:+ with $NODE_OPTIONS}${NODE_PATH:+ and $NODE_PATH}"',
);
const withTool = program('tool', 'vetted-imports', 'echo "outside $*"');
const withPython = program('python', 'python3', 'echo "python $*"');
mkdirSync(path.join(scratch, 'links'));
symlinkSync(path.join(withTool, 'vetted-imports'), path.join(scratch, 'links/vetted-imports'));
const failing = program('failing', 'node', 'exit 3');
const PATH = [system, withNode].join(':');

/** A repository, and what its hook does. `$root` in `env` is the work tree's top folder. */
interface Row {
  readonly title: string;
  readonly calls?: Partial<ToolCalls>;
  /** Files that git ignores or does not know. */
  readonly files?: Readonly<Record<string, string>>;
  /** Links that git does not know, and where they lead. */
  readonly links?: Readonly<Record<string, string>>;
  /** Those of them that git tracks all the same. */
  readonly tracked?: readonly string[];
  /** Commands of git after the commit that brought those. */
  readonly git?: readonly (readonly string[])[];
  readonly env?: Readonly<Record<string, string>>;
  readonly says: string;
  readonly code?: number;
}

const package_ = 'node_modules/vetted-imports';
const npm = { [`${package_}/${PROGRAM}`]: '', [`${package_}/package.json`]: '{}' };
const store = 'node_modules/.pnpm/vetted-imports@1/node_modules/vetted-imports';
const pnpm = {
  files: { [`${store}/${PROGRAM}`]: '' },
  links: { [package_]: store.slice('node_modules/'.length) },
};
const started = `node ${package_}/${PROGRAM} hook pre-commit\nwent on\n`;
const archives = { plugAndPlay: true };
const pnp = { '.pnp.cjs': '', '.yarn/cache/vetted-imports-npm-1-a-b.zip': '' };

const launcher = 'lib/python3.11/site-packages/vetted_imports/__main__.py';
/** A virtual environment of the repository, whose Python says how it was called. */
const inFolder = (folder: string) => ({
  [`${folder}/bin/python`]: '#!/bin/sh\necho "python $1 $2 ${3#"$PWD"/} $4 $5"\n',
  [`${folder}/${launcher}`]: '',
});
const byPython = (folder: string) => ({
  says: `python -I -S ${folder}/${launcher} hook pre-commit\nwent on\n`,
});
const venv = { calls: { environments: ['.venv'] }, env: { PATH: system } };

function refused(name: string): Pick<Row, 'says' | 'code'> {
  const says = `vetted-imports: git tracks ${name}, and what git tracks is not run, so the commit is stopped. Run: npm install --global vetted-imports\n`;
  return { says, code: 1 };
}

const installations: readonly Row[] = [
  { title: 'npm’s is started', files: npm, says: started },
  { title: 'pnpm’s is started', ...pnpm, says: started },
  {
    title: 'one whose folder leads out of the repository is started',
    links: { node_modules: `${scratch}/shared` },
    says: started,
  },
  {
    title: 'one below a folder is started, whatever fixtures git tracks',
    calls: { folder: 'it’s "he$re"/web' },
    files: { [`it’s "he$re"/web/${package_}/${PROGRAM}`]: '', 'test/node_modules/x/index.js': '' },
    tracked: ['test'],
    says: `node it’s "he$re"/web/${package_}/${PROGRAM} hook pre-commit\nwent on\n`,
  },
  {
    title: 'Yarn’s archives are read by node',
    calls: archives,
    files: { ...pnp, '.yarnrc.yml': '', '.yarn/releases/yarn-4.cjs': '' },
    tracked: ['.yarnrc.yml', '.yarn/releases'],
    says: `node -r ./.pnp.cjs -e require(require("pnpapi").resolveToUnqualified("vetted-imports/${PROGRAM}", process.cwd() + "/")) vetted-imports hook pre-commit\nwent on\n`,
  },
  {
    title: 'that of a virtual environment is started, without node',
    ...venv,
    files: inFolder('.venv'),
    ...byPython('.venv'),
  },
  {
    title: 'not that of a folder in which the person’s shell looks for others (CDPATH)',
    ...venv,
    files: inFolder('.venv'),
    env: { PATH: system, CDPATH: `${scratch}/other` },
    ...byPython('.venv'),
  },
  {
    title: 'a virtual environment of another folder',
    calls: { environments: ['it’s "he$re"/.venv'] },
    files: inFolder('it’s "he$re"/.venv'),
    ...byPython('it’s "he$re"/.venv'),
  },
  {
    title: 'a virtual environment is looked for after what npm has installed, and before PATH',
    calls: { environments: ['.venv', `${scratch}/cache/shop-py3.11`] },
    files: { ...npm, ...inFolder('.venv') },
    says: started,
  },
  {
    title: 'a virtual environment outside of the repository, where there is none in it',
    calls: { environments: ['.venv', `${scratch}/cache/shop-py3.11`] },
    files: { '.venv/bin/vetted-imports': marking, [`.venv/${launcher}`]: '' },
    env: { PATH: `${system}:${withTool}` },
    ...byPython(`${scratch}/cache/shop-py3.11`),
  },
  {
    title: 'a virtual environment to which a link of the person leads',
    ...venv,
    links: { '.venv': `${scratch}/cache/shop-py3.11` },
    ...byPython(`${scratch}/cache/shop-py3.11`),
  },
  {
    title: 'a virtual environment without the tool is passed over',
    ...venv,
    files: { '.venv/bin/python': marking, 'vetted_imports/__main__.py': '' },
    env: { PATH: `${system}:${withTool}` },
    says: 'outside hook pre-commit\nwent on\n',
  },
  {
    title: 'that of an environment on PATH is started without what the environment loads',
    env: { PATH: `${system}:${scratch}/cache/shop-py3.11/bin` },
    ...byPython(`${scratch}/cache/shop-py3.11`),
  },
  {
    title: 'what pip has installed for a person is started by any Python, without what that loads',
    env: { PATH: `${system}:${withPython}:${scratch}/.local/bin` },
    ...byPython(`${scratch}/.local`),
  },
  {
    title: 'a link on PATH leads to what another package manager keeps for itself',
    env: { PATH: `${system}:${withPython}:${scratch}/links` },
    says: 'outside hook pre-commit\nwent on\n',
  },
  {
    title: 'a folder on PATH is a link, and beside the link the repository has an environment',
    files: inFolder('.'),
    links: { bin2: withTool },
    env: { PATH: `${system}:$root/bin2` },
    says: 'outside hook pre-commit\nwent on\n',
  },
  {
    title: 'a failure ends the script',
    files: npm,
    env: { PATH: `${system}:${failing}` },
    says: '',
    code: 3,
  },
  {
    title: 'else what is on PATH is started',
    env: { PATH: `${PATH}:${withTool}` },
    says: 'outside hook pre-commit\nwent on\n',
  },
  {
    title: 'without node it says so',
    files: npm,
    env: { PATH: system },
    says: 'vetted-imports: there is no node on PATH outside of this repository, so the commit is stopped. Install Node.js, or start the git client from a terminal where node runs.\n',
    code: 1,
  },
  {
    title: 'switched off, it says so',
    env: { PATH: system, CHECK_IMPORTS: '0' },
    says: 'went on\nvetted-imports: switched off by CHECK_IMPORTS=0; nothing was checked.\n',
  },
  {
    title: 'an assistant switches nothing off',
    files: npm,
    env: { CHECK_IMPORTS: '0', CLAUDECODE: '1' },
    says: started,
  },
  {
    title: 'before the first commit it is started',
    files: npm,
    git: [['update-ref', '-d', 'HEAD']],
    says: started,
  },
];

const leaving = 'a person runs: npm install --global vetted-imports && vetted-imports init --remove\n';
const missing = {
  says: `vetted-imports: not installed, so the commit is stopped. Run: npm install\nTo remove it for good, ${leaving}`,
  code: 1,
};
const passing = {
  says: `went on\nvetted-imports: nothing in this branch sets it up, so nothing was checked.\nIf it was removed for good, ${leaving}`,
};
const naming = { 'package.json': '{ "devDependencies": { "vetted-imports": "1" } }' };

const ignoring = 'import hosttools # check-imports: ignore[hosttools] the host brings it\n';

/** What sets the tool up without anything else. */
const settingUp: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a package.json in a folder': { 'web/package.json': naming['package.json'] },
  'a package.json in one line, behind an address': {
    'package.json': '{"homepage":"https://example.org/#top","devDependencies":{"vetted-imports":"1"}}',
  },
  'a package.json in one line, behind a number': {
    'package.json': '{"description":"the #1 shop","devDependencies":{"vetted-imports":"1"}}',
  },
  'the config of a package.json': { 'package.json': '{ "check-imports": { "lookup": "off" } }\n' },
  'the config of a pyproject.toml': { 'pyproject.toml': '[tool]\n"check-imports".lookup = "off"\n' },
  'a config that names a whitelist': { '.check-importsrc': 'whitelist: policy/packages.yaml\n' },
  'a script of husky': { '.husky/pre-commit': 'npx --no -- vetted-imports hook pre-commit\n' },
  'a script in a folder of hooks': { 'tools/hooks/pre-push': 'vetted-imports hook pre-push "$@"\n' },
  lefthook: { '.config/lefthook.yaml': 'pre-commit: { jobs: [{ run: vetted-imports hook pre-commit }] }\n' },
  'simple-git-hooks': { '.simple-git-hooks.json': '{ "pre-commit": "vetted-imports hook pre-commit" }\n' },
  'the pre-commit framework': {
    '.pre-commit-config.yaml': 'repos:\n  - repo: https://github.com/vetted-imports/pre-commit # v0.1.0\n',
  },
  'a workflow of GitHub': { '.github/workflows/x.yml': '    - uses: vetted-imports/vetted-imports@v0.1.0\n' },
  'a pipeline of GitLab': { '.gitlab-ci.yml': 'include:\n  - local: /.gitlab/vetted-imports.yml\n' },
};

/** What names the tool, or what it had, and sets nothing up. */
const remaining: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'comments of programs': {
    'pricing/app.py': ignoring,
    'web/a.js': "import 'x'; // check-imports: ignore[x] y\n",
  },
  'comments of what could set it up': {
    'pyproject.toml': 'dependencies = ["x"] # check-imports: ignore[x] the host brings it\n',
    '.github/workflows/x.yml': '    # vetted-imports was here\n    - run: pip install x\n',
    '.husky/pre-commit': '## vetted-imports was here\n',
  },
  'prose, also about hooks and configs': {
    'README.md': 'We left vetted-imports in 2026.\n',
    'docs/check-imports.md': 'vetted-imports hook pre-commit\n',
    'docs/pre-commit.md': 'vetted-imports\n',
    '.github/pull_request_template.md': 'vetted-imports\n',
  },
  'owners and attributes': {
    '.github/CODEOWNERS': '/.check-importsrc* @acme/x\n/.github/workflows/vetted-imports.yml @acme/x\n',
    '.gitattributes': 'approved-packages.yaml merge=union\n',
  },
  'words that a spelling checker knows': { 'cspell.json': '{ "words": ["vetted-imports"] }\n' },
};

/** The tool is nowhere to be found. */
const absences: readonly Row[] = [
  {
    title: 'a branch that does not set it up passes, with a word',
    files: { 'package.json': '{}' },
    tracked: ['package.json'],
    ...passing,
  },
  {
    title: 'so it does where git ignores what sets it up',
    files: { 'dist/package.json': naming['package.json'], '.gitignore': 'dist\n' },
    ...passing,
  },
  { title: 'a manifest that is not committed yet names it', files: naming, ...missing },
  {
    title: 'there is a whitelist that is not committed yet',
    files: { 'approved-packages.yaml': '' },
    ...missing,
  },
  { title: 'a manifest names it', files: naming, tracked: ['package.json'], ...missing },
  ...Object.entries(settingUp).map(([title, files]) => ({
    title: `it is set up by ${title}`,
    files,
    tracked: Object.keys(files),
    ...missing,
  })),
  ...Object.entries(remaining).map(([title, files]) => ({
    title: `it is not set up by ${title}`,
    files,
    tracked: Object.keys(files),
    ...passing,
  })),
  {
    title: 'the commit takes out what sets it up, and a comment remains',
    files: { ...naming, 'app.py': ignoring },
    tracked: ['package.json', 'app.py'],
    git: [['rm', '-q', '--cached', 'package.json']],
    ...missing,
  },
  ...['package.json', 'approved-packages.yaml'].map((name) => ({
    title: `the commit takes out ${name} alone`,
    files: { ...naming, 'approved-packages.yaml': '' },
    tracked: ['package.json', 'approved-packages.yaml'],
    git: [
      ['rm', '-q', name],
      ['commit', '-q', '-m', 'half'],
    ],
    ...missing,
  })),
  ...['GIT_LITERAL_PATHSPECS', 'GIT_NOGLOB_PATHSPECS', 'GIT_GLOB_PATHSPECS'].map((name) => ({
    title: `a manifest of a folder names it, and ${name} says how git takes paths`,
    files: { 'web/package.json': naming['package.json'] },
    tracked: ['web'],
    env: { [name]: '1' },
    ...missing,
  })),
  ...['approved-packages.yaml', 'web/approved-packages.yaml', '.config/.check-importsrc.json'].map(
    (name) => ({
      title: `there is ${name}`,
      files: { [name]: '' },
      tracked: [name],
      ...missing,
    }),
  ),
  {
    title: 'a config in a manifest',
    files: { 'pyproject.toml': '[tool.check-imports]\n' },
    tracked: ['pyproject.toml'],
    ...missing,
  },
  {
    title: 'the commit takes it out',
    files: { ...naming, 'approved-packages.yaml': '' },
    tracked: ['package.json', 'approved-packages.yaml'],
    git: [['rm', '-q', '--cached', 'package.json', 'approved-packages.yaml']],
    ...missing,
  },
  {
    title: 'the commit brings it, as after a soft reset to a state before',
    files: naming,
    git: [['add', 'package.json']],
    ...missing,
  },
  {
    title: 'HEAD is replaced by a state without it',
    files: naming,
    tracked: ['package.json'],
    git: [
      ['rm', '-q', '--cached', 'package.json'],
      ['commit', '-q', '-m', 'without'],
      ['replace', 'HEAD~1', 'HEAD'],
      ['reset', '-q', '--soft', 'HEAD~1'],
    ],
    ...missing,
  },
  { title: 'there is no commit yet', git: [['update-ref', '-d', 'HEAD']], ...missing },
  { title: 'git does not tell', files: { '.git/index': 'damaged' }, ...missing },
];

const trackedPrograms: readonly Row[] = [
  ...[
    'node_modules/.bin/vetted-imports',
    'node_modules/.bin/node',
    `${package_}/${PROGRAM}`,
    `${package_}/package.json`,
    `${package_}/node_modules/debug/index.js`,
    'node_modules/@typescript-eslint/typescript-estree/dist/index.js',
    'node_modules/supports-color/index.js',
    'Node_Modules/debug/index.js',
  ].map((name) => ({
    title: `git tracks ${name}`,
    files: { ...npm, [name]: '' },
    tracked: [name],
    ...refused(name),
  })),
  {
    title: 'of several names the first is shown, without what a terminal obeys',
    files: { ...npm, 'node_modules/.a\u001B[2J\u202E"\\033': '', 'node_modules/b': '' },
    tracked: ['node_modules/.a\u001B[2J\u202E"\\033', 'node_modules/b'],
    ...refused(String.raw`"node_modules/.a\033[2J\342\200\256\"\\033"`),
  },
  {
    title: 'HEAD tracks it, and the index no longer does',
    files: { ...npm, 'node_modules/debug/index.js': '' },
    tracked: ['node_modules/debug'],
    git: [['rm', '-rq', '--cached', 'node_modules']],
    ...refused('node_modules'),
  },
  {
    title: 'the index tracks it, and HEAD does not yet',
    files: { ...npm, 'node_modules/debug/index.js': '' },
    git: [['add', '--force', 'node_modules/debug']],
    ...refused('node_modules/debug/index.js'),
  },
  {
    title: 'a submodule is what is below it',
    files: npm,
    git: [['update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},${package_}`]],
    ...refused(package_),
  },
  {
    title: 'a submodule is the folder itself',
    files: npm,
    git: [['update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},node_modules`]],
    ...refused('node_modules'),
  },
  { title: 'git tracks a package of pnpm', ...pnpm, tracked: [store], ...refused(`${store}/${PROGRAM}`) },
  {
    title: 'the link leads to a folder that git tracks',
    files: { [`packages/tool/${PROGRAM}`]: '' },
    links: { [package_]: '../packages/tool' },
    tracked: ['packages'],
    ...refused(`packages/tool/${PROGRAM}`),
  },
  {
    title: 'node_modules is a link to a folder that git tracks',
    files: { [`modules/vetted-imports/${PROGRAM}`]: '' },
    links: { node_modules: 'modules' },
    tracked: ['modules', 'node_modules'],
    ...refused('modules/vetted-imports/bin/check-imports.js'),
  },
  {
    title: 'git tracks the link that leads out of the repository',
    links: { node_modules: `${scratch}/shared` },
    tracked: ['node_modules'],
    ...refused('node_modules'),
  },
  {
    title: 'git tracks the node_modules of a folder above',
    calls: { folder: 'a/web' },
    files: { [`a/web/${package_}/${PROGRAM}`]: '', 'a/node_modules/supports-color/index.js': '' },
    tracked: ['a/node_modules'],
    ...refused('a/node_modules/supports-color/index.js'),
  },
  ...[
    '.pnp.cjs',
    '.pnp.loader.mjs',
    '.yarn/cache/debug-npm-1-a-b.zip',
    '.yarn/unplugged/x/y.js',
    'cache/x-npm-1-a-b.zip',
  ].map((name) => ({
    title: `git tracks ${name}`,
    calls: archives,
    files: { ...pnp, [name]: '' },
    tracked: [name],
    ...refused(name),
  })),
  ...[
    '.venv/bin/python',
    `.venv/${launcher}`,
    '.venv/lib/python3.11/site-packages/sitecustomize.py',
    '.venv/pyvenv.cfg',
    '.Venv/bin/activate',
  ].map((name) => ({
    title: `git tracks ${name}`,
    ...venv,
    files: { ...inFolder('.venv'), [name]: marking },
    tracked: [name],
    ...refused(name),
  })),
  {
    title: 'a virtual environment is a link to a folder that git tracks',
    ...venv,
    files: inFolder('tools/env'),
    links: { '.venv': 'tools/env' },
    tracked: ['tools/env'],
    ...refused('tools/env/bin/python'),
  },
  {
    title: 'git tracks the link to a virtual environment',
    ...venv,
    links: { '.venv': `${scratch}/cache/shop-py3.11` },
    tracked: ['.venv'],
    ...refused('.venv'),
  },
  {
    title: 'git tracks another virtual environment, and another __main__.py',
    ...venv,
    files: { ...inFolder('.venv'), ...inFolder('fixtures/.venv'), 'src/vetted_imports/__main__.py': '' },
    tracked: ['fixtures', 'src'],
    ...byPython('.venv'),
  },
  {
    title: 'what is installed outside is started instead',
    files: npm,
    tracked: ['node_modules'],
    env: { PATH: `${PATH}:${withTool}` },
    says: 'outside hook pre-commit\nwent on\n',
  },
  {
    title: 'git does not answer',
    files: { ...npm, '.git/index': 'damaged' },
    says: 'vetted-imports: git does not say what it tracks, so the commit is stopped. Fix what git reports above.\n',
    code: 1,
  },
];

const programsOfTheRepository: Readonly<Record<string, string>> = {
  ...npm,
  ...Object.fromEntries(
    ['node', 'git', 'head', 'vetted-imports'].map((name) => [`node_modules/.bin/${name}`, marking]),
  ),
};

const environments: readonly Row[] = [
  ...[
    ['husky', 'node_modules/.bin'],
    ['npm', '$root/node_modules/.bin'],
    ['a link outside', `${scratch}/linked/node_modules/.bin`],
    ['a path with dots', '$root/../$name/node_modules/.bin'],
  ].map(([title = '', folder = '']) => ({
    title: `PATH begins with the repository’s programs: ${title}`,
    files: programsOfTheRepository,
    env: { PATH: `${folder}:${PATH}` },
    says: started,
  })),
  {
    title: 'PATH names the working folder',
    files: { ...npm, node: marking, git: marking },
    env: { PATH: `:.:${PATH}:` },
    says: started,
  },
  {
    title: 'PATH has programs of the repository alone',
    files: { ...programsOfTheRepository, node: marking },
    env: { PATH: 'node_modules/.bin' },
    says: 'vetted-imports: there is no node on PATH outside of this repository, so the commit is stopped. Install Node.js, or start the git client from a terminal where node runs.\n',
    code: 1,
  },
  {
    title: 'a refusal runs no program of the repository either',
    files: programsOfTheRepository,
    tracked: ['node_modules'],
    env: { PATH: `node_modules/.bin:${PATH}` },
    ...refused('node_modules/.bin/git'),
  },
  {
    title: 'PATH leads through folders that are not there, and with spaces',
    files: npm,
    env: { PATH: `/not there:${scratch}/missing:${PATH}` },
    says: started,
  },
  {
    title: 'what loads programs into node is left out',
    files: { ...npm, 'evil.cjs': '' },
    env: { NODE_OPTIONS: '--require ./evil.cjs', NODE_PATH: 'lib' },
    says: started,
  },
  {
    title: 'other options of node are kept',
    files: npm,
    env: { NODE_OPTIONS: '--max-old-space-size=512' },
    says: started.replace('\n', ' with --max-old-space-size=512\n'),
  },
  {
    title: 'git takes paths literally (Magit)',
    files: { ...npm, 'node_modules/debug/index.js': '' },
    tracked: ['node_modules/debug'],
    env: { GIT_LITERAL_PATHSPECS: '1' },
    ...refused('node_modules/debug/index.js'),
  },
  {
    title: 'git takes paths literally, and tracks nothing there',
    files: npm,
    env: { GIT_LITERAL_PATHSPECS: '1', CDPATH: '/' },
    says: started,
  },
  {
    title: 'the config of git names programs',
    files: { ...npm, monitor: marking },
    git: [
      ['config', 'core.fsmonitor', './monitor'],
      ['config', 'alias.ls-files', '!./monitor'],
      ['config', 'core.pager', './monitor'],
      ['config', 'pager.ls-files', 'true'],
    ],
    says: started,
  },
  {
    title: 'the config of git names programs, and the tool is missing',
    files: { monitor: marking, a: '', '.gitignore': 'monitor\n', '.gitattributes': '* diff=x filter=x\n' },
    tracked: ['a', '.gitattributes'],
    git: [
      ['config', 'core.fsmonitor', './monitor'],
      ['config', 'core.pager', './monitor'],
      ['config', 'pager.grep', 'true'],
      ['config', 'diff.x.textconv', './monitor'],
      ['config', 'filter.x.clean', './monitor'],
      ['config', 'filter.x.smudge', './monitor'],
    ],
    ...passing,
  },
];

const installed = {
  ...inFolder(`${scratch}/cache/shop-py3.11`),
  [`${scratch}/cache/shop-py3.11/bin/vetted-imports`]: marking,
  ...inFolder(`${scratch}/other/.venv`),
  [`${scratch}/.local/${launcher}`]: '',
  [`${scratch}/.local/bin/vetted-imports`]: marking,
};
for (const [name, text] of Object.entries(installed)) {
  mkdirSync(path.dirname(name), { recursive: true });
  writeFileSync(name, text, { mode: 0o755 });
}
mkdirSync(path.join(scratch, 'shared/vetted-imports/bin'), { recursive: true });
writeFileSync(path.join(scratch, 'shared/vetted-imports', PROGRAM), '');

const roots = new Map<Row, string>();

/** The repository of a row, made once for all shells. */
function repositoryOf(row: Row): string {
  const made = roots.get(row);
  if (made !== undefined) return made;
  const root = path.join(scratch, `repository${roots.size}`);
  roots.set(row, root);
  mkdirSync(root);
  const git = (...args: readonly string[]) => execFileSync('git', [...args], { cwd: root, env: gitEnv });
  git('init', '--quiet');
  for (const [name, target] of Object.entries(row.links ?? {})) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    symlinkSync(target, path.join(root, name));
  }
  for (const [name, text] of Object.entries({ '.gitignore': 'node_modules\n.pnp*\n.yarn\n', ...row.files })) {
    if (name === '.git/index') continue;
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
    chmodSync(path.join(root, name), 0o755);
  }
  git('add', '--force', '.gitignore', ...(row.tracked ?? []));
  git('commit', '--quiet', '--message', 'first');
  for (const args of row.git ?? []) git(...args);
  if (row.files?.['.git/index'] !== undefined)
    writeFileSync(path.join(root, '.git/index'), row.files['.git/index']);
  return root;
}

const person = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.org' };
const gitEnv = {
  ...person,
  GIT_COMMITTER_NAME: person.GIT_AUTHOR_NAME,
  GIT_COMMITTER_EMAIL: person.GIT_AUTHOR_EMAIL,
  PATH: process.env['PATH'] ?? '',
  HOME: scratch,
  GIT_CONFIG_NOSYSTEM: '1',
};

function runRow(shell: readonly string[], row: Row): { readonly code: number | null; readonly says: string } {
  const root = repositoryOf(row);
  rmSync(path.join(scratch, 'linked'), { force: true });
  symlinkSync(root, path.join(scratch, 'linked'));
  const script = path.join(scratch, 'script');
  writeFileSync(script, `${scriptLines({ ...calls, ...row.calls }).join('\n')}\necho went on\n`);
  const env: Record<string, string> = { PATH, HOME: scratch, GIT_CONFIG_NOSYSTEM: '1' };
  for (const [name, value] of Object.entries(row.env ?? {}))
    env[name] = value.replaceAll('$root', root).replaceAll('$name', path.basename(root));
  const [name = '', ...args] = shell;
  const { status, stdout, stderr } = spawnSync(pathOf(name), [...args, script], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  return { code: status, says: stdout + stderr.replace(/^(?:error|fatal|warning): .*\n/gm, '') };
}

/** What git and hook managers start; the last two where somebody has them. */
const shells = [
  ['sh'],
  ['dash', '-eu'],
  ['bash', '--posix', '-eu', '-o', 'pipefail'],
  ['busybox', 'sh', '-e'],
  ['zsh', '-eu'],
  ['ksh', '-eu'],
].filter(([name = '']) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0);

describe.each(shells.map((shell) => ({ shell, name: shell.join(' ') })))('in $name', ({ shell }) => {
  test.each([...installations, ...absences, ...trackedPrograms, ...environments])('$title', (row) => {
    const { says, code } = { code: 0, ...row };
    expect(runRow(shell, row)).toEqual({ code, says });
    expect(existsSync(mark)).toBe(false);
  });
});

test.each([...Object.values(settingUp), naming].flatMap((files) => Object.entries(files)))(
  '%s is named as what sets the tool up, unless its own name says it',
  (name, text) => {
    expect(settingUpLines(name, text).length > 0).toBe(!name.startsWith('.check-importsrc'));
  },
);

test.each(Object.values(remaining).flatMap((files) => Object.entries(files)))(
  '%s is not named as what sets the tool up',
  (name, text) => {
    expect(settingUpLines(name, text)).toEqual([]);
  },
);

test('hooks start the program that package.json names', () => {
  const manifest: unknown = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8'));
  expect(manifest).toMatchObject({ bin: { 'vetted-imports': PROGRAM } });
});

test('node reads the archives that Yarn’s file knows', () => {
  const api = `module.exports = { resolveToUnqualified: (request, issuer) => issuer + 'archive/' + request };`;
  const hooks = `const { Module } = require('node:module');
const usual = Module._resolveFilename;
Module._resolveFilename = (name, ...rest) => (name === 'pnpapi' ? __dirname + '/api.cjs' : usual(name, ...rest));`;
  const says = 'console.log(process.argv.slice(2).join(" "));';
  const row: Row = {
    title: 'an installation of Yarn',
    calls: archives,
    files: { '.pnp.cjs': hooks, 'api.cjs': api, [`archive/vetted-imports/${PROGRAM}`]: says },
    env: { PATH: `${system}:${path.dirname(process.execPath)}` },
    says: 'hook pre-commit\nwent on\n',
  };
  expect(runRow(['sh'], row)).toEqual({ code: 0, says: row.says });
});

test('what a refusal says to run lets the hook check the commit', () => {
  const tools = program(
    'person',
    'npm',
    `[ "$*" = "install --global vetted-imports" ] && cp '${withTool}/vetted-imports' '${scratch}/person'`,
  );
  const row: Row = {
    title: 'a committed installation',
    files: npm,
    tracked: ['node_modules'],
    env: { PATH: `${PATH}:${tools}` },
    says: '',
  };
  const [, command = ''] = /Run: (.*)\n$/.exec(runRow(['sh'], row).says) ?? [];
  execFileSync('sh', ['-c', command], { env: { PATH: `${PATH}:${tools}` } });
  expect(runRow(['sh'], row)).toEqual({ code: 0, says: 'outside hook pre-commit\nwent on\n' });
});
