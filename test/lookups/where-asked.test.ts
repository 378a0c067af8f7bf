import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { assemble } from '../../src/app/components.ts';
import { lazyLookups } from '../../src/app/check.ts';
import { noHistory, type Scope } from '../../src/model/snapshot.ts';
import { check } from '../../src/pipeline.ts';
import { clientPage } from '../kit/clients.ts';
import { makeMachine, type TestMachine } from '../kit/machine.ts';
import { snapshotOf } from '../kit/memory-project.ts';
import { pypiHandler, wheel, type Project } from '../kit/pypi.ts';
import { json, reply, startServer, type TestServer } from '../kit/server.ts';
import { now } from '../kit/world.ts';

/*
 * Which name is sent where: two registries on this machine write down what they are asked. The user names both, and no
 * name is ever asked for at the one that it does not belong to.
 */

type Texts = Readonly<Record<string, string>>;

/** `PRIVATE` and `PUBLIC` in texts stand for the addresses of the two. */
interface Row {
  readonly what: string;
  /** What is committed. */
  readonly base?: Texts;
  /** What the change makes of it. */
  readonly change: Texts;
  /** Everything is judged, whether the change brings it or not, as under `--all`. */
  readonly isWhole?: true;
  readonly env?: Texts;
  readonly home?: Texts;
  /** Where in the home folder the project stands. Left out: it is the home folder. */
  readonly folder?: string;
  /** Names, in the order of the alphabet. */
  readonly private?: readonly string[];
  readonly public?: readonly string[];
  /** What some finding says. */
  readonly says?: RegExp;
}

let ours: TestServer;
let everybodys: TestServer;
let asked: { ours: string[]; everybodys: string[] } = { ours: [], everybodys: [] };

/** What the private index serves; it has nothing else. */
const projects = new Map<string, Project>([
  ['acme-stock-kit', { files: [wheel('acme-stock-kit', '2020-01-01T00:00:00Z', ['acme_stock.py'])] }],
  ['acme-told-kit', { files: [wheel('acme-told-kit', '2020-01-01T00:00:00Z', ['told.py'])] }],
]);

async function recorder(list: 'ours' | 'everybodys'): Promise<TestServer> {
  const serve = pypiHandler(projects);
  return startServer((request, response) => {
    const { path, headers } = request;
    if (path.startsWith('/files/')) return serve(request, response);
    const client = clientPage(path);
    if (client !== undefined) {
      reply(response, client);
      return undefined;
    }
    const name = decodeURIComponent(/([^/]+)\/?$/.exec(path)?.[1] ?? '');
    const credentials = headers.authorization === undefined ? '' : ` ${headers.authorization}`;
    asked[list].push(`${name}${credentials}`);
    if (list === 'ours' && projects.has(name)) return serve(request, response);
    reply(response, json({ error: 'not found' }, 404));
  });
}

beforeAll(async () => {
  [ours, everybodys] = [await recorder('ours'), await recorder('everybodys')];
});
beforeEach(() => {
  asked = { ours: [], everybodys: [] };
});
afterAll(async () => {
  await ours.close();
  await everybodys.close();
});

function addressed(texts: Texts): Texts {
  return Object.fromEntries(
    Object.entries(texts).map(([path, text]) => [
      path,
      text
        .replaceAll('LOUDPRIVATE', ours.url.replace('http', 'HTTP'))
        .replaceAll('PRIVATE', ours.url)
        .replaceAll('PUBLIC', everybodys.url),
    ]),
  );
}

function scopeOf(base: Texts | undefined, change: Texts, isWhole = false): Scope {
  const head = snapshotOf({ ...base, ...change });
  const trustedBases = [base === undefined ? head : snapshotOf(base)];
  const bases = base === undefined || isWhole ? [] : trustedBases;
  const changes = Object.keys(change).map((path) => ({
    path,
    previous: bases.map(() => (base !== undefined && path in base ? [path] : [])),
  }));
  return {
    name: bases.length === 0 ? 'all' : 'staged',
    head,
    bases,
    trustedBases,
    policy: head,
    workTree: null,
    changes,
    touched: null,
    compared: null,
    ...noHistory,
    faults: [],
  };
}

async function run({
  base,
  change,
  isWhole,
  env = {},
  home: files = {},
  folder: place = '',
}: Row): Promise<string> {
  const home: TestMachine = await makeMachine(addressed(files), {
    PIP_INDEX_URL: `${everybodys.url}/simple`,
    NPM_CONFIG_REGISTRY: everybodys.url,
    ...addressed(env),
  });
  try {
    const scope = scopeOf(base === undefined ? undefined : addressed(base), addressed(change), isWhole);
    const folder = home.machine.home;
    const variables = Object.fromEntries(
      [...home.machine.environment].map(([name, value]) => [name, value.replace(/^HOME/, folder)]),
    );
    const context = { cwd: '/', env: { ...variables, HOME: folder, XDG_CACHE_HOME: folder }, now };
    const command = () => Promise.resolve('vetted-imports');
    const { policy, analysisOptions, policyOptions } = await assemble(scope, { context, command });
    const location = { root: join(home.machine.home, place), repository: null, policyFrom: 'head' } as const;
    const report = await check(scope, {
      ...analysisOptions,
      policyOptions,
      judgeReason: null,
      ...lazyLookups(policy, { context, location, caller: 'person' }),
      authorOf: () => Promise.resolve(null),
      command,
    });
    return JSON.stringify(report.findings);
  } finally {
    await home.remove();
  }
}

/** The user names the private index, and binds nothing to it. */
const own = { 'uv.toml': '[[index]]\nname = "own"\nurl = "PRIVATE/simple"\nexplicit = true\n' };
const ownIndex = { home: own, env: { UV_CONFIG_FILE: 'HOME/uv.toml' } };
/** The same for npm. */
const ownRegistry = { home: { '.npmrc': '@nobody:registry=PRIVATE/\n' } };

const index =
  '[[source]]\nname = "pypi"\nurl = "https://pypi.org/simple"\n[[source]]\nname = "acme"\nurl = "PRIVATE/simple"\n';
const poetryIndex = (priority: string) =>
  `[[tool.poetry.source]]\nname = "acme"\nurl = "PRIVATE/simple"\npriority = "${priority}"\n`;
const uvIndex = '[[tool.uv.index]]\nname = "acme"\nurl = "PRIVATE/simple"\nexplicit = true\n';

const python: readonly Row[] = [
  {
    what: 'nothing is bound',
    base: { 'requirements.txt': 'requests\n' },
    change: { 'requirements.txt': 'requests\nacme-ledger\n' },
    public: ['acme-ledger'],
  },
  {
    what: '--index-url: what the file declares, and what nothing declares',
    base: { 'requirements.txt': '--index-url PRIVATE/simple\nrequests\n' },
    change: {
      'requirements.txt': '--index-url PRIVATE/simple\nrequests\nacme-ledger\n',
      'a.py': 'import acme_x\n',
    },
    private: ['acme-ledger', 'acme-x'],
  },
  {
    what: '-i in a file that another includes, under a name of its own',
    base: {
      'deps.txt': '-r indexes.list\nrequests\n',
      'requirements.txt': '-r deps.txt\n',
      'indexes.list': '-iPRIVATE/simple\n',
    },
    change: { 'deps.txt': '-r indexes.list\nrequests\nacme-ledger\n' },
    private: ['acme-ledger'],
  },
  {
    what: 'another file of requirements says nothing of an index: its names are everybody’s',
    base: { 'requirements-own.txt': '--index-url PRIVATE/simple\n', 'requirements.txt': 'requests\n' },
    change: {
      'requirements-own.txt': '--index-url PRIVATE/simple\nacme-ledger\n',
      'requirements.txt': 'requests\nsome-thing\n',
    },
    private: ['acme-ledger'],
    public: ['some-thing'],
  },
  {
    what: 'an index in a sub-folder binds what is declared or used there',
    base: { 'billing/requirements.txt': '--index-url PRIVATE/simple\n', 'requirements.txt': 'requests\n' },
    change: {
      'billing/requirements.txt': '--index-url PRIVATE/simple\nacme-ledger\n',
      'billing/a.py': 'import acme_used\n',
      'requirements.txt': 'requests\nsome-thing\n',
    },
    private: ['acme-ledger', 'acme-used'],
    public: ['some-thing'],
  },
  {
    what: '--extra-index-url: ours first, and everybody’s after it has said no',
    base: { 'requirements.txt': '--extra-index-url PRIVATE/simple\n' },
    change: { 'requirements.txt': '--extra-index-url PRIVATE/simple\nacme-ledger\n' },
    private: ['acme-ledger'],
    public: ['acme-ledger'],
  },
  {
    what: '--extra-index-url that may not be asked',
    base: { 'requirements.txt': '--extra-index-url http://10.0.0.1/simple\nrequests\n' },
    change: {
      'requirements.txt': '--extra-index-url http://10.0.0.1/simple\nrequests\nacme-ledger==1.2.0\n',
    },
    says: /requirements\.txt names http:\/\/10\.0\.0\.1\/simple, which is not reached over HTTPS: name it as `extra-index-url` in your own pip\.conf, .*privateNames/,
  },
  {
    what: '--find-links binds nothing, and pip asks for each name',
    base: { 'requirements.txt': '--find-links https://files.example/wheels\n' },
    change: { 'requirements.txt': '--find-links https://files.example/wheels\nsome-thing\n' },
    public: ['some-thing'],
  },
  {
    what: '--no-index',
    base: { 'requirements.txt': '--no-index --find-links ./wheels\n' },
    change: { 'requirements.txt': '--no-index --find-links ./wheels\nacme-ledger\n' },
    says: /--no-index in requirements\.txt lets no index be asked/,
  },
  {
    what: 'Pipfile: index = "acme"',
    base: { Pipfile: `${index}[packages]\nrequests = "*"\n` },
    change: {
      Pipfile: `${index}[packages]\nrequests = "*"\nacme-ledger = {version = "*", index = "acme"}\nsome-thing = "*"\n`,
      'a.py': 'import acme_ledger\n',
    },
    private: ['acme-ledger'],
    public: ['some-thing'],
  },
  {
    what: 'a list of constraints names the index',
    base: {
      'requirements.txt': '--index-url PRIVATE/simple\n',
      'docs/requirements.txt': '-c ../requirements.txt\n',
      'tools/requirements.txt': '',
    },
    change: {
      'requirements.txt': '--index-url PRIVATE/simple\n',
      'docs/requirements.txt': '-c ../requirements.txt\nacme-x\n',
      'tools/requirements.txt': 'some-thing\n',
    },
    private: ['acme-x'],
    public: ['some-thing'],
  },
  {
    what: 'Poetry: source = "acme", explicit, also in a group and in a list',
    base: { 'pyproject.toml': poetryIndex('explicit') },
    change: {
      'pyproject.toml': `${poetryIndex('explicit')}[tool.poetry.dependencies]\nacme-a = {version = "1", source = "acme"}\nsome-thing = "1"\n[tool.poetry.group.dev.dependencies]\nacme-b = [{version = "1", source = "acme"}]\n`,
      'a.py': 'import acme_a\nimport acme_b\n',
    },
    private: ['acme-a', 'acme-b'],
    public: ['some-thing'],
  },
  {
    what: 'Poetry: a primary source takes the place of PyPI',
    base: { 'pyproject.toml': poetryIndex('primary') },
    change: { 'pyproject.toml': `${poetryIndex('primary')}[tool.poetry.dependencies]\nacme-a = "1"\n` },
    private: ['acme-a'],
  },
  {
    what: 'Poetry: a supplemental source is asked first',
    base: { 'pyproject.toml': poetryIndex('supplemental') },
    change: { 'pyproject.toml': `${poetryIndex('supplemental')}[tool.poetry.dependencies]\nacme-a = "1"\n` },
    private: ['acme-a'],
    public: ['acme-a'],
  },
  ...(
    [
      ['index-url = "PRIVATE/simple"', []],
      ['extra-index-url = ["PRIVATE/simple"]', ['acme-a']],
    ] as const
  ).map(([line, everybodys]): Row => ({
    what: `uv, only where it works as pip: ${line}`,
    base: { 'pyproject.toml': `[tool.uv.pip]\n${line}\n` },
    change: {
      'pyproject.toml': `[project]\nname = "a"\ndependencies = ["acme-a"]\n[tool.uv.pip]\n${line}\n`,
    },
    private: ['acme-a'],
    public: everybodys,
  })),
  {
    what: 'uv: an index of a change alone, where it works as pip',
    base: { 'pyproject.toml': '[project]\nname = "a"\n' },
    change: {
      'pyproject.toml':
        '[project]\nname = "a"\ndependencies = ["acme-a"]\n[tool.uv.pip]\nindex-url = "https://index.example/simple"\n',
    },
  },
  {
    what: 'uv: sources, also of a member that names the index of the root, and their modules',
    base: { 'pyproject.toml': uvIndex, 'libs/a/pyproject.toml': '[project]\nname = "a"\n' },
    change: {
      'libs/a/pyproject.toml':
        '[project]\nname = "a"\ndependencies = ["acme-pricing-core", "some-thing"]\n[tool.uv.sources]\nacme-pricing-core = { index = "acme" }\n',
      'libs/a/b.py': 'import acme_pricing\nimport acmetools\n',
    },
    private: ['acme-pricing-core'],
    public: ['acmetools', 'some-thing'],
    says: /may be a module of pypi:acme-pricing-core/,
  },
  {
    what: 'uv: sources of a workspace hold for its members',
    base: { 'pyproject.toml': `${uvIndex}[tool.uv.workspace]\nmembers = ["libs/*"]\n` },
    change: {
      'pyproject.toml': `${uvIndex}[tool.uv.workspace]\nmembers = ["libs/*"]\n[tool.uv.sources]\nacme-x = { index = "acme" }\n`,
      'libs/a/pyproject.toml': '[project]\nname = "a"\ndependencies = ["acme-x", "some-thing"]\n',
      'libs/a/b.py': 'import acme_x\n',
    },
    private: ['acme-x'],
    public: ['some-thing'],
  },
  ...(
    [
      ['acme-stock-kit', 'acme_stock', [], /"grade":"unrecorded"/],
      ['acme-told-kit', 'acme_told', ['acme-told'], /"grade":"nonexistent"/],
      ['acme-gone-kit', 'acme_gone', [], /"grade":"not-asked"/],
    ] as const
  ).map(([name, module, everybodys, says]): Row => ({
    what: `uv: ${module} may be a module of ${name}, as its archive says`,
    base: {
      'pyproject.toml': `${uvIndex}[tool.uv.sources]\n${name} = { index = "acme" }\n[project]\nname = "a"\ndependencies = ["${name}"]\n`,
    },
    change: { 'a.py': `import ${module}\n` },
    private: [name],
    public: everybodys,
    says,
  })),
  {
    what: 'uv: an index that no file describes',
    base: { 'pyproject.toml': '[project]\nname = "a"\n' },
    change: {
      'pyproject.toml':
        '[project]\nname = "a"\ndependencies = ["acme-x"]\n[tool.uv.sources]\nacme-x = { index = "acme" }\n',
      'a.py': 'import acme_x\n',
    },
    says: /the index “acme”, which no file names/,
  },
  {
    what: 'PDM: include_packages',
    base: {
      'pyproject.toml':
        '[[tool.pdm.source]]\nname = "acme"\nurl = "PRIVATE/simple"\ninclude_packages = ["acme-*"]\nexclude_packages = ["*"]\n',
    },
    change: {
      'pyproject.toml':
        '[project]\nname = "a"\ndependencies = ["acme-x", "some-thing"]\n[[tool.pdm.source]]\nname = "acme"\nurl = "PRIVATE/simple"\ninclude_packages = ["acme-*"]\nexclude_packages = ["*"]\n',
      'a.py': 'import acme_x\n',
    },
    private: ['acme-x'],
    public: ['some-thing'],
  },
  {
    what: 'the environment’s pip.conf',
    base: { 'requirements.txt': '' },
    change: { 'requirements.txt': 'acme-x\n' },
    home: { '.venv/pip.conf': '[global]\nindex-url = PRIVATE/simple\n' },
    env: { PIP_INDEX_URL: '', PIP_CONFIG_FILE: '' },
    private: ['acme-x'],
  },
  ...(['PIP_NO_INDEX', 'UV_OFFLINE', 'UV_NO_INDEX'] as const).map((name) => ({
    what: name,
    base: { 'requirements.txt': '' },
    change: { 'requirements.txt': 'acme-x\n' },
    env: { [name]: '1' },
    says: new RegExp(`${name} lets no index be asked`),
  })),
  {
    what: 'no-index of the user’s pip.conf',
    base: { 'requirements.txt': '' },
    change: { 'requirements.txt': 'acme-x\n' },
    home: { 'pip.conf': '[global]\nno-index = true\n' },
    env: { PIP_CONFIG_FILE: 'HOME/pip.conf' },
    says: /no-index in .*pip\.conf lets no index be asked/,
  },
];

/** Two new names, one of them of a scope. */
const twoNames = {
  base: { 'package.json': '{}' },
  change: { 'package.json': '{ "dependencies": { "@acme/ui": "1", "some-thing": "1" } }' },
};
const scopeIsPrivate = { ...twoNames, private: ['@acme/ui'], public: ['some-thing'] };
const allArePrivate = { ...twoNames, private: ['@acme/ui', 'some-thing'] };
const allArePublic = { ...twoNames, public: ['@acme/ui', 'some-thing'] };

const acmeLine = '@acme:registry=PRIVATE/\n';
const acmeYaml = 'registries:\n  "@acme": PRIVATE/\n';
const acmeYarn = 'npmScopes:\n  acme:\n    npmRegistryServer: "PRIVATE"\n';

const javascript: readonly Row[] = [
  ...(
    [
      ['.npmrc', acmeLine],
      ['.yarnrc', '"@acme:registry" "PRIVATE/"\n'],
      ['.yarnrc', '"@acme:registry": "PRIVATE/"\n'],
      ['.yarnrc', "'@acme:registry': PRIVATE/\n"],
      ['.yarnrc', 'lastUpdateCheck 1 "@acme:registry":"PRIVATE/"\n'],
      ['.yarnrc.yml', acmeYarn],
      ['bunfig.toml', '[install.scopes]\nacme = { url = "PRIVATE/", token = "$TOKEN" }\n'],
      ['pnpm-workspace.yaml', `packages: []\n${acmeYaml}`],
    ] as const
  ).map(([path, text]) => ({
    ...scopeIsPrivate,
    what: `a scope in ${path}: ${text}`,
    base: { ...twoNames.base, [path]: text },
  })),
  ...[
    'registry: "PRIVATE"',
    '--registry "PRIVATE"',
    '--install.registry: "PRIVATE"',
    '"--*.registry" "PRIVATE"',
  ].map((line) => ({
    ...allArePrivate,
    what: `every name in .yarnrc: ${line}`,
    base: { ...twoNames.base, '.yarnrc': `${line}\n` },
    env: { NPM_CONFIG_REGISTRY: '' },
  })),
  {
    what: 'the registry of a sub-folder’s .yarnrc.yml',
    base: {
      'web/.yarnrc.yml': 'npmRegistryServer: "PRIVATE"\n',
      'package.json': '{}',
      'web/package.json': '{}',
    },
    change: {
      'package.json': '{ "dependencies": { "some-thing": "1" } }',
      'web/package.json': '{ "dependencies": { "inner-thing": "1" } }',
    },
    private: ['inner-thing'],
    public: ['some-thing'],
  },
  {
    what: 'offline=true of the user’s npmrc',
    base: { 'package.json': '{}' },
    change: { 'package.json': '{ "dependencies": { "some-thing": "1" } }' },
    home: { '.npmrc': 'offline=true\n' },
    says: /offline in .* lets no registry be asked/,
  },
  {
    what: 'the registry of a repository that may not be asked: the remedy fits every name',
    base: { ...twoNames.base, '.npmrc': 'registry=http://10.0.0.1/\n' },
    change: twoNames.change,
    env: { NPM_CONFIG_REGISTRY: '' },
    says: /which is not reached over HTTPS: name it as `registry` in your own ~\/\.npmrc/,
  },
  {
    what: 'a variable with a default is named in whole',
    ...twoNames,
    base: { ...twoNames.base, '.npmrc': '@acme:registry=${ACME:-PRIVATE}\n' },
    public: ['some-thing'],
    says: /\.npmrc uses \$\{ACME:-http[^}]*\}, which is not expanded/,
  },
];

/** What the user’s own files and variables say. */
const userSettings: readonly Row[] = [
  ...(
    [
      ['~/.npmrc', { '.npmrc': acmeLine }, {}],
      ['~/.yarnrc', { '.yarnrc': '"@acme:registry": "PRIVATE/"\n' }, {}],
      ['config.yaml of pnpm', { '.config/pnpm/config.yaml': acmeYaml }, {}],
      [
        'a variable in it',
        { '.config/pnpm/config.yaml': acmeYaml.replace('PRIVATE/', '${OURS}') },
        { OURS: 'PRIVATE' },
      ],
      ['auth.ini of pnpm', { '.config/pnpm/auth.ini': acmeLine }, {}],
      ['config.yaml elsewhere', { 'etc/pnpm/config.yaml': acmeYaml }, { XDG_CONFIG_HOME: 'HOME/etc' }],
      ['npm_config_userconfig', { own: acmeLine }, { npm_config_userconfig: 'HOME/own' }],
      [
        'npm_config_globalconfig',
        { own: acmeLine },
        { NPM_CONFIG_GLOBALCONFIG: '', npm_config_globalconfig: 'HOME/own' },
      ],
      [
        'NPM_CONFIG_USERCONFIG inside npm',
        { own: acmeLine },
        { NPM_CONFIG_USERCONFIG: 'HOME/own', npm_execpath: 'x' },
      ],
      ['pnpm_config_userconfig', { own: acmeLine }, { pnpm_config_userconfig: 'HOME/own' }],
      ['PNPM_CONFIG_NPMRC_AUTH_FILE', { own: acmeLine }, { PNPM_CONFIG_NPMRC_AUTH_FILE: 'HOME/own' }],
      ['yarn_@acme:registry', {}, { 'yarn_@acme:registry': 'PRIVATE' }],
      ['YARN_RC_FILENAME', { '.own.yml': acmeYarn }, { YARN_RC_FILENAME: '.own.yml' }],
    ] as const
  ).map(([what, home, env]): Row => ({
    ...scopeIsPrivate,
    what: `a scope in ${what}`,
    home,
    env: { ...env },
  })),
  ...[
    'pnpm_config_registry',
    'PNPM_CONFIG_REGISTRY',
    'BUN_CONFIG_REGISTRY',
    'yarn_registry',
    'YARN_REGISTRY',
  ].map((name) => ({ ...allArePrivate, what: name, home: {}, env: { [name]: 'PRIVATE' } })),
];

const ownPlace = { '.npmrc': '@nobody:registry=PRIVATE/\n' };
const insideNpm = { npm_execpath: 'npm-cli.js' };

/** Files that are not the project’s, and may be somebody else’s. */
const furtherFiles: readonly Row[] = [
  ...(
    [
      ['.npmrc', acmeLine],
      ['.yarnrc', '"@acme:registry" "PRIVATE/"\n'],
      ['.yarnrc.yml', acmeYarn],
    ] as const
  ).flatMap(([name, text]): Row[] => [
    {
      ...scopeIsPrivate,
      what: `${name} two folders above the project`,
      folder: 'work/team/project',
      home: { ...ownPlace, [`work/${name}`]: text },
    },
    {
      ...twoNames,
      what: `${name} above the project names what the user does not`,
      folder: 'work/project',
      home: { [`work/${name}`]: text },
      public: ['some-thing'],
      says: /name it as `@scope:registry` in your own ~\/\.npmrc/,
    },
    {
      ...allArePublic,
      what: `${name} beside the project`,
      folder: 'work/project',
      home: { ...ownPlace, [`work/other/${name}`]: text },
    },
  ]),
  {
    ...twoNames,
    what: 'no variable and no login of a file above the project',
    folder: 'work/project',
    home: { 'work/.npmrc': `${acmeLine.trim()}\${TOKEN}\n//127.0.0.1/:_authToken=t\n` },
    env: { TOKEN: 'secret' },
    public: ['some-thing'],
    says: /uses \$\{TOKEN\}/,
  },
  ...(['npm_config_userconfig', 'npm_config_globalconfig', 'pnpm_config_userconfig'] as const).flatMap(
    (name): Row[] => [
      {
        ...twoNames,
        what: `inside npm a repository can have set ${name}`,
        folder: 'project',
        home: { 'project/deploy/npmrc': acmeLine },
        env: { ...insideNpm, [name]: 'HOME/project/deploy/npmrc' },
        public: ['some-thing'],
        says: /a repository can have named or written that file: name it as `@scope:registry`/,
      },
      {
        ...scopeIsPrivate,
        what: `${name} inside npm, where the user names the registry too`,
        home: { ...ownPlace, own: acmeLine },
        env: { ...insideNpm, [name]: 'HOME/own' },
      },
    ],
  ),
  {
    ...scopeIsPrivate,
    what: 'npm names ~/.npmrc in the environment of what it runs',
    home: { '.npmrc': acmeLine },
    env: { ...insideNpm, npm_config_userconfig: 'HOME/.npmrc' },
  },
  {
    ...twoNames,
    what: 'YARN_RC_FILENAME: a file of the project',
    folder: 'project',
    home: { 'project/own.yml': acmeYarn },
    env: { YARN_RC_FILENAME: 'own.yml' },
    public: ['some-thing'],
    says: /a repository can have named or written that file/,
  },
];

/** Who says that nobody is to be asked, and the same words with the opposite value. */
const offlineRows: readonly Row[] = (
  [
    ['pnpm-workspace.yaml', { 'pnpm-workspace.yaml': 'offline: VALUE\n' }, {}, {}, ['true', 'false']],
    ['.yarnrc.yml', { '.yarnrc.yml': 'enableNetwork: VALUE\n' }, {}, {}, ['false', 'true']],
    ['~/.yarnrc.yml', {}, { '.yarnrc.yml': 'enableNetwork: VALUE\n' }, {}, ['0', '1']],
    ['.yarnrc', { '.yarnrc': '--install.offline VALUE\n' }, {}, {}, ['true', 'false']],
    ['.yarnrc with a colon', { '.yarnrc': '--offline: VALUE\n' }, {}, {}, ['true', 'false']],
    ['~/.yarnrc', {}, { '.yarnrc': '"--*.offline" VALUE\n' }, {}, ['true', 'false']],
    ['~/.npmrc', {}, { '.npmrc': 'offline=VALUE\n' }, {}, ['true', 'false']],
    ['npm_config_offline', {}, {}, { npm_config_offline: 'VALUE' }, ['true', 'false']],
    [
      'npm_config_offline inside npm',
      {},
      {},
      { ...insideNpm, npm_config_offline: 'VALUE' },
      ['true', 'false'],
    ],
    ['pnpm_config_offline', {}, {}, { pnpm_config_offline: 'VALUE' }, ['true', 'false']],
    ['YARN_ENABLE_NETWORK', {}, {}, { YARN_ENABLE_NETWORK: 'VALUE' }, ['0', '1']],
  ] as const
).flatMap(([what, files, home, env, values]) =>
  values.map((value, at): Row => {
    const filled = (texts: Texts) =>
      Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text.replace('VALUE', value)]));
    return {
      ...twoNames,
      what: `${what}: ${value}`,
      base: { ...twoNames.base, ...filled(files) },
      home: filled(home),
      env: filled(env),
      ...(at === 0 ? { says: /offline in .* lets no registry be asked/ } : { public: allArePublic.public }),
    };
  }),
);

/** A change that brings an index along, and the same where it is the base that has it. */
const newPlaces: readonly Row[] = [
  ...(
    [
      ['base', false],
      ['change', false],
      ['base', true],
      ['change', true],
    ] as const
  ).flatMap(([brings, isWhole]): Row[] => {
    const isNew = brings === 'change';
    const everything = isWhole ? ', where everything is judged' : '';
    const scope = isWhole ? { isWhole } : {};
    const npmrc = { '.npmrc': '@acme:registry=PRIVATE/strange/\n' };
    const options = '--index-url PRIVATE/strange/simple\n';
    const config = { '.check-importsrc.yaml': 'registries: { npm: "https://127.0.0.1:9/strange" }\n' };
    const says = isNew ? { says: /new in this change/ } : {};
    return [
      {
        what: `a scope that the ${brings} binds${everything}`,
        ...scope,
        base: { 'package.json': '{}', ...(isNew ? {} : npmrc) },
        change: { 'package.json': '{ "dependencies": { "@acme/ui": "1" } }', ...npmrc },
        ...ownRegistry,
        private: isNew ? [] : ['@acme/ui'],
        ...says,
      },
      {
        what: `an index that the ${brings} names${everything}`,
        ...scope,
        base: { 'requirements.txt': isNew ? '' : options },
        change: { 'requirements.txt': `${options}acme-ledger\n` },
        ...ownIndex,
        private: isNew ? [] : ['acme-ledger'],
        ...says,
      },
      {
        what: `a registry that the ${brings}’s config names${everything}`,
        ...scope,
        base: { 'package.json': '{}', ...(isNew ? {} : config) },
        change: { 'package.json': '{ "dependencies": { "some-thing": "1" } }', ...config },
        ...ownRegistry,
        env: { NPM_CONFIG_REGISTRY: '' },
        says: isNew ? /new in this change/ : /the configuration names .* is inside a private network/,
      },
    ];
  }),
  ...(
    [
      ['strange/simple', []],
      ['simple', ['acme-ledger', 'acme-x']],
    ] as const
  ).map(([path, names]): Row => ({
    what: `where there is no state before, an index that the user’s settings name: ${path}`,
    change: {
      'requirements.txt': `--index-url PRIVATE/${path}\nacme-ledger\n`,
      'a.py': 'import acme_x\n',
    },
    ...ownIndex,
    private: names,
    ...(names.length === 0 && { says: /new in this change/ }),
  })),
  {
    what: 'a new binding to an index that the base names',
    base: { 'pyproject.toml': uvIndex },
    change: {
      'pyproject.toml': `${uvIndex}[tool.uv.sources]\nacme-x = { index = "acme" }\n`,
      'requirements.txt': 'acme-x\n',
    },
    ...ownIndex,
    private: ['acme-x'],
  },
];

/** Login `ada`, password `pw`. */
const login = `Basic ${Buffer.from('ada:pw').toString('base64')}`;
const machineLine = 'machine 127.0.0.1 login ada password pw\n';
const named = { UV_INDEX_ACME_USERNAME: 'ada', UV_INDEX_ACME_PASSWORD: 'pw' };

/** Whose word says where a password goes. */
const credentials: readonly Row[] = [
  {
    what: 'the password of an index by its name goes where the user says that this is',
    base: { 'requirements.txt': '' },
    change: { 'requirements.txt': 'acme-x\n' },
    env: { ...named, PIP_INDEX_URL: '', UV_DEFAULT_INDEX: 'acme=PRIVATE/simple' },
    private: [`acme-x ${login}`],
  },
  {
    what: 'not where a repository says that it is',
    base: { 'pyproject.toml': uvIndex.replace('/simple', '/strange/simple') },
    change: {
      'pyproject.toml': `${uvIndex.replace('/simple', '/strange/simple')}[tool.uv.sources]\nacme-x = { index = "acme" }\n`,
      'requirements.txt': 'acme-x\n',
    },
    home: own,
    env: { ...named, UV_CONFIG_FILE: 'HOME/uv.toml' },
    private: ['acme-x'],
  },
  {
    what: '.netrc: this machine, where the user names the registry',
    base: { 'requirements.txt': '' },
    change: { 'requirements.txt': 'acme-x\n' },
    home: { '.netrc': machineLine },
    env: { PIP_INDEX_URL: 'PRIVATE/simple' },
    private: [`acme-x ${login}`],
  },
  {
    what: '.netrc: not where a repository names one on this machine',
    base: { 'requirements.txt': '--index-url PRIVATE/strange/simple\n' },
    change: { 'requirements.txt': '--index-url PRIVATE/strange/simple\nacme-x\n' },
    home: { ...own, '.netrc': machineLine },
    env: { UV_CONFIG_FILE: 'HOME/uv.toml' },
    private: ['acme-x'],
  },
  {
    what: '.netrc: `default` goes nowhere',
    base: { 'requirements.txt': '' },
    change: { 'requirements.txt': 'acme-x\n' },
    home: { '.netrc': 'default login ada password pw\n' },
    env: { PIP_INDEX_URL: 'PRIVATE/simple' },
    private: ['acme-x'],
  },
];

const script = (metadata: string, ...code: readonly string[]) =>
  [
    '# /// script',
    ...metadata
      .trim()
      .split('\n')
      .map((line) => `# ${line}`),
    '# ///',
    ...code,
    '',
  ].join('\n');
const book = (...cells: readonly string[]) =>
  JSON.stringify({ cells: cells.map((source) => ({ cell_type: 'code', source: [source] })), nbformat: 4 });

/** What a script’s metadata say of indexes, as uv and PDM read them. */
const metadataRows: readonly Row[] = [
  ...(
    [
      ['an index of uv', '[[tool.uv.index]]\nurl = "PRIVATE/simple"\ndefault = true'],
      ['index-url of uv', '[tool.uv]\nindex-url = "PRIVATE/simple"'],
      ['a source of PDM', '[[tool.pdm.source]]\nname = "pypi"\nurl = "PRIVATE/simple"'],
    ] as const
  ).map(([what, table]) => ({
    what: `${what}: what the script names and imports, and what others name`,
    base: { 'a.py': script(`dependencies = []\n${table}`) },
    change: {
      'a.py': script(`dependencies = ["acme-x"]\n${table}`, 'import acme_y'),
      'b.py': 'import some_thing\n',
    },
    private: ['acme-x', 'acme-y'],
    public: ['some-thing'],
  })),
  {
    what: 'an index of uv beside the usual one',
    base: { 'a.py': script('[[tool.uv.index]]\nurl = "PRIVATE/simple"') },
    change: { 'a.py': script('[[tool.uv.index]]\nurl = "PRIVATE/simple"', 'import acme_x') },
    private: ['acme-x'],
    public: ['acme-x'],
  },
  {
    what: 'what uv binds to an index, and what not',
    base: { 'a.py': script(`dependencies = []\n${uvIndex}`) },
    change: {
      'a.py': script(
        `dependencies = ["acme-x", "some-thing"]\n${uvIndex}[tool.uv.sources]\nacme-x = { index = "acme" }`,
        'import acme_x',
      ),
    },
    private: ['acme-x'],
    public: ['some-thing'],
  },
  {
    what: 'no-index of uv',
    base: { 'a.py': script('[tool.uv]\nno-index = true') },
    change: { 'a.py': script('[tool.uv]\nno-index = true', 'import acme_x') },
    says: /no-index in a\.py lets no index be asked/,
  },
  {
    what: 'an index that the change itself brings along',
    base: { 'a.py': 'import os\n' },
    change: { 'a.py': script('[tool.uv]\nindex-url = "PRIVATE/new/simple"', 'import acme_x') },
    says: /new in this change/,
  },
  {
    what: 'a block that nothing closes says nothing',
    base: { 'a.py': 'import os\n' },
    change: { 'a.py': '# /// script\n# [tool.uv]\n# index-url = "PRIVATE/simple"\nimport some_thing\n' },
    public: ['some-thing'],
  },
];

/** Options of a command hold for what it installs. */
const commandRows: readonly Row[] = [
  ...[
    '!pip install -i PRIVATE/simple',
    '!python -m pip install --index-url=PRIVATE/simple/',
    '%pip install --index-url "PRIVATE/simple"',
    '!uv pip install --default-index PRIVATE/simple',
    '!uv pip install --index-url PRIVATE/simple',
    '!PIP_INDEX_URL=PRIVATE/simple pip install',
  ].map((command) => ({
    what: command,
    base: { 'a.ipynb': book(`${command} flask`) },
    change: { 'a.ipynb': book(`${command} flask acme-x`, '!pip install some-thing', 'import acme_y') },
    private: ['acme-x', 'acme-y'],
    public: ['acme-y', 'some-thing'],
  })),
  ...[
    '!pip install --extra-index-url PRIVATE/simple',
    '!uv pip install --index acme=PRIVATE/simple',
    '!uv pip install --extra-index-url PRIVATE/simple',
  ].map((command) => ({
    what: command,
    base: { 'a.ipynb': book(`${command} flask`) },
    change: { 'a.ipynb': book(`${command} flask acme-x`, '!pip install some-thing') },
    private: ['acme-x'],
    public: ['acme-x', 'some-thing'],
  })),
  {
    what: 'what every command of a notebook says holds for its imports',
    base: { 'a.ipynb': book('!pip install -i PRIVATE/simple flask') },
    change: { 'a.ipynb': book('!pip install -i PRIVATE/simple flask', 'import acme_x') },
    private: ['acme-x'],
  },
  {
    what: '--no-index, and a command without it',
    base: { 'a.ipynb': book('!pip install flask') },
    change: { 'a.ipynb': book('!pip install --no-index acme-x', '!pip install some-thing') },
    public: ['some-thing'],
    says: /--no-index in a\.ipynb lets no index be asked/,
  },
  {
    what: 'an index that only the program knows',
    base: { 'a.ipynb': book('!pip install -i {url} flask') },
    change: { 'a.ipynb': book('!pip install -i {url} acme-x', '!pip install some-thing') },
    public: ['some-thing'],
    says: /a\.ipynb names no URL/,
  },
  {
    what: 'a notebook that was exported as a script',
    base: { 'a.py': 'get_ipython().system("pip install -i PRIVATE/simple flask")\n' },
    change: { 'a.py': 'get_ipython().system("pip install -i PRIVATE/simple acme-x")\n' },
    private: ['acme-x'],
  },
  {
    what: 'an index that a command of the change brings along',
    base: { 'a.ipynb': book('!pip install flask') },
    change: { 'a.ipynb': book('!pip install -i PRIVATE/new/simple acme-x') },
    says: /new in this change/,
  },
  {
    what: 'another notebook has no say',
    base: { 'a.ipynb': book('!pip install -i PRIVATE/simple flask') },
    change: { 'b.ipynb': book('!pip install some-thing') },
    public: ['some-thing'],
  },
];

/** The same index, written in other ways: the case of its host, its port and a slash say nothing; its path does. */
const spellingRows: readonly Row[] = [
  {
    what: 'capitals and a slash',
    base: { 'requirements.txt': '' },
    change: { 'requirements.txt': '--index-url LOUDPRIVATE/simple/\nacme-x\n' },
    private: ['acme-x'],
  },
  {
    what: 'capitals of the path',
    base: { 'requirements.txt': '' },
    change: { 'requirements.txt': '--index-url PRIVATE/Simple/\nacme-x\n' },
    says: /new in this change/,
  },
];

const withOwnIndex = (rows: readonly Row[]) => rows.map((row) => ({ ...ownIndex, ...row }));

describe.each([
  ['script metadata', withOwnIndex(metadataRows)],
  ['install commands', withOwnIndex(commandRows)],
  ['spellings of an index', withOwnIndex(spellingRows)],
  [
    'Python',
    python.map((row) => ({
      ...row,
      home: { ...own, ...row.home },
      env: { UV_CONFIG_FILE: 'HOME/uv.toml', ...row.env },
    })),
  ],
  ['npm, pnpm, Yarn, bun', javascript.map((row) => ({ ...ownRegistry, ...row }))],
  ['the user’s own settings of them', userSettings],
  ['settings that may be somebody else’s', furtherFiles],
  ['nobody is to be asked', offlineRows],
  ['what a change brings along', newPlaces],
  ['credentials', credentials],
])('%s', (_, rows) => {
  test.each(rows)('$what', async (row) => {
    const findings = await run(row);
    expect({
      private: [...new Set(asked.ours)].toSorted(),
      public: [...new Set(asked.everybodys)].toSorted(),
    }).toEqual({
      private: row.private ?? [],
      public: row.public ?? [],
    });
    if (row.says !== undefined) expect(findings).toMatch(row.says);
  });
});
