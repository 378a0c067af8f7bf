import { array, object, parse, string } from 'valibot';
import { afterEach, describe, expect, test } from 'vitest';
import {
  frozen,
  namesOf,
  pipCompiled,
  pipHeader,
  poetryLock,
  uvCompiled,
  uvLock,
  type Resolution,
} from '../kit/compiled.ts';
import { findingsIn } from '../kit/findings.ts';
import { startPypi, wheel, type ProjectFile } from '../kit/pypi.ts';
import { Scratch } from '../kit/scratch.ts';
import { whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/*
 * A requirements file that a tool compiled from a source is a lockfile: what the source asks for is judged there, and what
 * comes with it is not. That a file is compiled, and why a line stands in it, is only what the file says, so the base has
 * to say it too.
 */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

type Files = Readonly<Record<string, string>>;

/** What `requests` needs. */
const requests = { requests: ['certifi', 'charset-normalizer', 'idna', 'urllib3'] };
/** What `fastapi[standard]` brings, in part; the rest of it is as many leaves. */
const fastapi = {
  'email-validator': ['dnspython', 'idna'],
  'fastapi-cli': ['rich-toolkit', 'typer', 'uvicorn'],
  anyio: ['idna', 'sniffio'],
  fastapi: [
    'email-validator',
    'fastapi-cli',
    'httpx',
    'jinja2',
    'pydantic',
    'python-multipart',
    'starlette',
    'uvicorn',
  ],
  httpcore: ['certifi', 'h11'],
  httpx: ['anyio', 'certifi', 'httpcore', 'idna'],
  jinja2: ['markupsafe'],
  'markdown-it-py': ['mdurl'],
  pydantic: ['annotated-types', 'pydantic-core', 'typing-extensions', 'typing-inspection'],
  rich: ['markdown-it-py', 'pygments'],
  'rich-toolkit': ['click', 'rich'],
  starlette: ['anyio', ...Array.from({ length: 20 }, (_, at) => `leaf-${String(at)}`)],
  typer: ['click', 'rich', 'shellingham'],
  uvicorn: ['click', 'h11', 'httptools', 'python-dotenv', 'pyyaml', 'uvloop', 'watchfiles', 'websockets'],
};
const before: Resolution = { direct: ['requests'], graph: requests };
const after: Resolution = { direct: ['fastapi', 'requests'], graph: { ...requests, ...fastapi } };

const whitelist = whitelistText({
  'pypi:flask': { approved: 'the API' },
  'pypi:requests': { approved: 'the client' },
});

/** A committed project that approves flask and requests, with a change that is staged. */
async function changed(base: Files, change: Files): Promise<Scratch> {
  const scratch = await Scratch.with({
    'approved-packages.yaml': whitelist,
    'app.py': 'import requests\n',
    ...base,
  });
  open.push(scratch);
  scratch.write(change);
  await scratch.git('add', '--all');
  return scratch;
}

/** `FILE RULE PACKAGE`, without the place in the file. */
async function found(scratch: Scratch, args: readonly string[] = ['--staged']): Promise<readonly string[]> {
  const { stdout } = await runIn(scratch, [...args, '--offline', '--format', 'concise']);
  return findingsIn(stdout).map((line) => line.replace(/:\d+:\d+ /, ' '));
}

const project = (names: readonly string[]) =>
  `[project]\nname = "acme-shop"\ndependencies = [\n${names.map((name) => `  "${name}",\n`).join('')}]\n`;
const poetryProject = (names: readonly string[]) =>
  `[tool.poetry]\nname = "acme-shop"\n[tool.poetry.dependencies]\n${names.map((name) => `${name} = "^1"\n`).join('')}`;
const source = (names: readonly string[]) => names.map((name) => `${name}\n`).join('');

describe('one dependency more is as much to decide as with any lockfile', () => {
  const both = ['app.py unapproved-package pypi:fastapi'];
  test.each<[string, (resolution: Resolution) => Files, readonly string[]]>([
    [
      'uv',
      (resolution) => ({ 'pyproject.toml': project(resolution.direct), 'uv.lock': uvLock(resolution) }),
      [...both, 'pyproject.toml unapproved-package pypi:fastapi'],
    ],
    [
      'Poetry',
      (resolution) => ({
        'poetry.lock': poetryLock(resolution),
        'pyproject.toml': poetryProject(resolution.direct),
      }),
      [...both, 'pyproject.toml unapproved-package pypi:fastapi'],
    ],
    [
      'uv pip compile',
      (resolution) => ({
        'requirements.in': source(resolution.direct),
        'requirements.txt': uvCompiled(resolution),
      }),
      [...both, 'requirements.in unapproved-package pypi:fastapi'],
    ],
    [
      'pip-compile',
      (resolution) => ({
        'requirements.in': source(resolution.direct),
        'requirements.txt': pipCompiled(resolution),
      }),
      [...both, 'requirements.in unapproved-package pypi:fastapi'],
    ],
    [
      'pip freeze, where nothing tells what was asked for',
      (resolution) => ({ 'requirements.txt': frozen(resolution) }),
      [
        ...both,
        ...namesOf(after)
          .filter((name) => !namesOf(before).includes(name))
          .map((name) => `requirements.txt unapproved-package pypi:${name}`),
      ],
    ],
  ])('%s', async (_, files, expected) => {
    const scratch = await changed(files(before), {
      ...files(after),
      'app.py': 'import fastapi\nimport requests\n',
    });
    expect(await found(scratch)).toEqual(expected);
  });
});

/** A line with its `# via` comments, as tools write them. */
const pin = (name: string, ...requirers: readonly string[]) =>
  `${name}==1.0.0\n${requirers.map((requirer) => `    # via ${requirer}\n`).join('')}`;

/** A file that uv compiled. */
const compiled = (...pins: readonly string[]) =>
  `# This file was autogenerated by uv via the following command:\n#    uv pip compile requirements.in -o requirements.txt\n${pins.join('')}`;

const direct = pin('requests', '-r requirements.in');
const idna = pin('idna', 'requests');
const base: Files = { 'requirements.in': 'requests\n', 'requirements.txt': compiled(idna, direct) };
const evil = ['requirements.txt unapproved-package pypi:evil'];
const pinned = ['requirements.txt policy-change'];

/** A change of a base, and what is found in it. */
interface Row {
  readonly base?: Files;
  readonly change: Files;
  readonly found: readonly string[];
}

describe('what a compiled file may add', () => {
  test.each<[string, Row]>([
    [
      'nothing where its source is as it was: the comment is a claim',
      { change: { 'requirements.txt': compiled(pin('evil', 'requests'), idna, direct) }, found: evil },
    ],
    [
      'nothing where only a comment of the source changes',
      {
        change: {
          'requirements.in': '# the client\nrequests  # 2\n',
          'requirements.txt': compiled(pin('evil', 'requests'), idna, direct),
        },
        found: evil,
      },
    ],
    [
      'new versions',
      { change: { 'requirements.txt': compiled(idna, direct).replaceAll('1.0.0', '2.0.0') }, found: [] },
    ],
    [
      'what an approved package needs that its source newly asks for',
      {
        change: {
          'requirements.in': 'flask\nrequests\n',
          'requirements.txt': compiled(
            pin('blinker', 'flask'),
            pin('flask', '-r requirements.in'),
            idna,
            direct,
            pin('markupsafe', 'werkzeug'),
            pin('werkzeug', 'flask'),
          ),
        },
        found: [],
      },
    ],
    [
      'what an extra brings that its source newly asks for',
      {
        change: {
          'requirements.in': 'requests[socks]\n',
          'requirements.txt': compiled(idna, pin('pysocks', 'requests'), direct),
        },
        found: [],
      },
    ],
    [
      'what is said to come with a package that the source asked for before: it is listed',
      {
        change: {
          'requirements.in': 'flask\nrequests\n',
          'requirements.txt': compiled(
            pin('evil', 'requests'),
            pin('flask', '-r requirements.in'),
            idna,
            direct,
          ),
        },
        found: pinned,
      },
    ],
    [
      'nothing that is said to come from a source that does not ask for it',
      {
        change: {
          'requirements.in': 'flask\nrequests\n',
          'requirements.txt': compiled(
            pin('evil', '-r requirements.in'),
            pin('flask', '-r requirements.in'),
            idna,
            direct,
          ),
        },
        found: evil,
      },
    ],
    [
      'nothing that leads to no line of the source',
      {
        change: {
          'requirements.in': 'flask\nrequests\n',
          'requirements.txt': compiled(
            pin('evil', 'livid'),
            pin('flask', '-r requirements.in'),
            idna,
            pin('livid', 'evil'),
            direct,
          ),
        },
        found: [...evil, 'requirements.txt unapproved-package pypi:livid'],
      },
    ],
    [
      'nothing without a comment',
      {
        change: {
          'requirements.in': 'flask\nrequests\n',
          'requirements.txt': compiled(pin('evil'), pin('flask', '-r requirements.in'), idna, direct),
        },
        found: evil,
      },
    ],
    [
      'nothing from another source',
      {
        change: {
          'requirements.in': 'flask\nrequests\n',
          'requirements.txt': compiled(
            'evil @ https://files.example/evil.whl\n    # via flask\n',
            pin('flask', '-r requirements.in'),
            'idna @ git+https://git.example/idna\n    # via requests\n',
            direct,
          ),
        },
        found: ['requirements.txt foreign-source pypi:evil', 'requirements.txt foreign-source pypi:idna'],
      },
    ],
    [
      'no index',
      {
        change: {
          'requirements.txt': `${compiled(idna, direct)}--extra-index-url https://index.example/simple\n`,
        },
        found: ['requirements.txt foreign-source'],
      },
    ],
    [
      'nothing that is denied',
      {
        base: {
          ...base,
          'approved-packages.yaml': whitelistText({
            'pypi:evil': { denied: 'malware' },
            'pypi:flask': { approved: 'the API' },
            'pypi:requests': { approved: 'the client' },
          }),
        },
        change: {
          'requirements.in': 'flask\nrequests\n',
          'requirements.txt': compiled(
            pin('evil', 'flask'),
            pin('flask', '-r requirements.in'),
            idna,
            direct,
          ),
        },
        found: ['requirements.txt denied-package pypi:evil'],
      },
    ],
    [
      'nothing by way of a source that it newly names',
      {
        base: { ...base, 'notes.txt': 'evil\n' },
        change: {
          'requirements.in': 'flask\nrequests\n',
          'requirements.txt': compiled(
            pin('evil', '-r notes.txt'),
            pin('flask', '-r requirements.in'),
            idna,
            direct,
          ).replace('compile requirements.in', 'compile requirements.in notes.txt'),
        },
        found: [...pinned, ...evil],
      },
    ],
    [
      'nothing where the config ignores its source',
      {
        base: { ...base, '.check-importsrc': 'ignorePaths: [requirements.in]\n' },
        change: {
          'requirements.in': 'evil\nrequests\n',
          'requirements.txt': compiled(pin('evil', '-r requirements.in'), idna, direct),
        },
        found: evil,
      },
    ],
  ])('%s', async (_, { base: files = base, change, found: expected }) => {
    expect(await found(await changed(files, change))).toEqual(expected);
  });
});

/** An export of a workspace of uv: its root needs requests, and a member of it, which no line names, needs what it declares. */
const workspace = (...pins: readonly string[]) =>
  `# This file was autogenerated by uv via the following command:\n#    uv export -o requirements.txt\n-e .\n-e ./libs/models\n    # via acme-shop\n${pins.join('')}${pin('requests', 'acme-shop')}`;
const member = (name: string, ...dependencies: readonly string[]) => ({
  'libs/models/pyproject.toml': project(dependencies).replace('acme-shop', name),
});
const workspaceBase: Files = {
  'pyproject.toml': `${project(['acme-models', 'requests'])}[tool.uv.workspace]\nmembers = ["libs/*"]\n[tool.uv.sources]\nacme-models = { workspace = true }\n`,
  ...member('acme-models', 'requests'),
  'requirements.txt': workspace(),
};

describe('what a member of a workspace brings', () => {
  const brought = workspace(pin('blinker', 'flask'), pin('flask', 'acme-models'));
  test.each<[string, Row]>([
    [
      'passes where the member newly asks for what needs it',
      { change: { ...member('acme_models', 'flask', 'requests'), 'requirements.txt': brought }, found: [] },
    ],
    [
      'does not where no member asks for it',
      {
        change: { 'requirements.txt': brought },
        found: ['requirements.txt unapproved-package pypi:blinker'],
      },
    ],
    [
      'does not where the manifest describes another package',
      {
        change: { ...member('acme-views', 'flask', 'requests'), 'requirements.txt': brought },
        found: ['requirements.txt unapproved-package pypi:blinker'],
      },
    ],
    [
      'is judged in the member',
      {
        change: {
          ...member('acme-models', 'evil', 'requests'),
          'requirements.txt': workspace(pin('evil', 'acme-models')),
        },
        found: ['libs/models/pyproject.toml unapproved-package pypi:evil'],
      },
    ],
    [
      'is listed where the member only edits a bound',
      {
        base: {
          ...workspaceBase,
          ...member('acme-models', 'flask'),
          'requirements.txt': workspace(pin('flask', 'acme-models')),
        },
        change: {
          ...member('acme-models', 'flask>=1'),
          'requirements.txt': workspace(pin('evil', 'flask'), pin('flask', 'acme-models')),
        },
        found: pinned,
      },
    ],
  ])('%s', async (_, { base: files = workspaceBase, change, found: expected }) => {
    expect(await found(await changed(files, change))).toEqual(expected);
  });
});

/** A file in which flask has a version, and what comes with it. */
const withFlask = (version: string, ...pins: readonly string[]) =>
  compiled(...pins, `flask==${version}\n    # via -r requirements.in\n`, direct);
const flaskBase: Files = { 'requirements.in': 'flask\nrequests\n', 'requirements.txt': withFlask('3') };

/** Nothing but another version, another extra or a new parent brings a new dependency. */
describe('a new package of a compiled file is listed but where something brings it', () => {
  test.each<[string, Row]>([
    [
      'a bound of its parent is edited',
      {
        change: {
          'requirements.in': 'flask>=3\nrequests\n',
          'requirements.txt': withFlask('3', pin('evil', 'flask')),
        },
        found: pinned,
      },
    ],
    [
      'a marker of its parent is edited, and the version is written otherwise',
      {
        change: {
          'requirements.in': 'flask ; python_version > "3"\nrequests\n',
          'requirements.txt': withFlask('3.0.0', pin('evil', 'flask')),
        },
        found: pinned,
      },
    ],
    [
      'its parent is pinned with another operator',
      {
        change: {
          'requirements.in': 'flask>=3\nrequests\n',
          'requirements.txt': withFlask('=3', pin('evil', 'flask')),
        },
        found: pinned,
      },
    ],
    [
      'its parent is pinned no longer',
      {
        change: {
          'requirements.in': 'flask>=3\nrequests\n',
          'requirements.txt': withFlask('3', pin('evil', 'flask')).replace('flask==3', 'flask>=3'),
        },
        found: pinned,
      },
    ],
    [
      'an extra of its parent goes',
      {
        base: { ...flaskBase, 'requirements.in': 'flask[async, dotenv]\nrequests\n' },
        change: {
          'requirements.in': 'Flask[ASYNC]\nrequests\n',
          'requirements.txt': withFlask('3', pin('evil', 'flask')),
        },
        found: pinned,
      },
    ],
    [
      'its parent, locked before, is newly asked for',
      {
        base: {
          'requirements.in': 'requests\n',
          'requirements.txt': compiled(pin('flask', 'requests'), direct),
        },
        change: {
          'requirements.in': 'flask\nrequests\n',
          'requirements.txt': compiled(pin('evil', 'flask'), pin('flask', '-r requirements.in'), direct),
        },
        found: pinned,
      },
    ],
    [
      'a new package needs its parent, which is as it was',
      {
        change: {
          'requirements.in': 'flask\nrequests\n',
          'requirements.txt': compiled(
            pin('evil', 'idna'),
            pin('flask', '-r requirements.in'),
            pin('idna', 'flask'),
            direct,
          ),
        },
        base,
        found: pinned,
      },
    ],
    [
      'its parent comes with one that is as it was: both are listed',
      {
        change: {
          'requirements.in': 'flask<4\nrequests\n',
          'requirements.txt': withFlask('3', pin('evil', 'livid'), pin('livid', 'flask')),
        },
        found: [...pinned, ...pinned],
      },
    ],
    [
      'not where its parent has another version',
      {
        change: {
          'requirements.in': 'flask>=3.1\nrequests\n',
          'requirements.txt': withFlask('3.1', pin('blinker', 'flask'), pin('leaf', 'blinker')),
        },
        found: [],
      },
    ],
    [
      'not where a package that is not asked for has another version',
      {
        base,
        change: {
          'requirements.in': 'requests>=2\n',
          'requirements.txt': compiled(
            pin('idna', 'requests').replace('1.0.0', '2.0.0'),
            pin('leaf', 'idna'),
            direct,
          ),
        },
        found: [],
      },
    ],
    [
      'not where its parent is another build',
      {
        change: {
          'requirements.in': 'flask>=3\nrequests\n',
          'requirements.txt': withFlask('3+cuda', pin('blinker', 'flask')),
        },
        found: [],
      },
    ],
    [
      'not where its parent has another extra',
      {
        base: { ...flaskBase, 'requirements.in': 'flask[dotenv]\nrequests\n' },
        change: {
          'requirements.in': 'flask[dotenv,async]\nrequests\n',
          'requirements.txt': withFlask('3', pin('asgiref', 'flask')),
        },
        found: [],
      },
    ],
    [
      'not where a new package asks for an extra of its parent, which the file tells',
      {
        base,
        change: {
          'requirements.in': 'flask\nrequests\n',
          'requirements.txt': compiled(
            pin('flask', '-r requirements.in'),
            pin('idna[all]', 'flask'),
            pin('leaf', 'idna[all]'),
            direct,
          ),
        },
        found: [],
      },
    ],
    [
      'not where a marker of a source line falls that kept its package out',
      {
        base: {
          'requirements.in': 'flask ; sys_platform == "win32"\nrequests\n',
          'requirements.txt': compiled(direct),
        },
        change: {
          'requirements.in': 'flask\nrequests\n',
          'requirements.txt': withFlask('3', pin('blinker', 'flask')),
        },
        found: [],
      },
    ],
  ])('%s', async (_, { base: files = flaskBase, change, found: expected }) => {
    expect(await found(await changed(files, change))).toEqual(expected);
  });
});

describe('which file is compiled', () => {
  const both = {
    'requirements.in': 'evil\nrequests\n',
    'requirements.txt': compiled(pin('evil', '-r requirements.in'), idna, direct),
  };
  test.each<[string, Row]>([
    [
      'one that becomes so is judged as it was, and listed',
      {
        base: { 'requirements.in': 'requests\n', 'requirements.txt': 'requests==1.0.0\n' },
        change: { 'requirements.txt': compiled(pin('evil', 'requests'), direct) },
        found: [...pinned, ...evil],
      },
    ],
    [
      'one whose source comes with the change',
      {
        base: { 'requirements.txt': compiled(direct) },
        change: {
          'requirements.in': 'requests\n',
          'requirements.txt': compiled(pin('evil', 'requests'), direct),
        },
        found: [...pinned, ...evil],
      },
    ],
    [
      'one that is so no longer is listed',
      { change: { 'requirements.txt': 'idna==1.0.0\nrequests==1.0.0\n' }, found: pinned },
    ],
    [
      'a direct dependency is judged where it is asked for',
      { change: both, found: ['requirements.in unapproved-package pypi:evil'] },
    ],
    [
      'what was locked is no dependency line: who asks for it first decides',
      {
        change: { 'requirements.in': 'idna\nrequests\n' },
        found: ['requirements.in unapproved-package pypi:idna'],
      },
    ],
    [
      'an import of what was locked is stopped',
      { change: { 'new.py': 'import idna\n' }, found: ['new.py unapproved-package pypi:idna'] },
    ],
  ])('%s', async (_, { base: files = base, change, found: expected }) => {
    expect(await found(await changed(files, change))).toEqual(expected);
  });
});

/** The texts of a base, and of a change that adds `flask`, which is approved, and `blinker`, which it needs. */
interface Forms {
  readonly base: Files;
  readonly change: Files;
}

/** Each form is read where `blinker` passes, and where it does not once the source is as it was. */
describe('forms of compiled files', () => {
  const inFolder = (header: string, path: string): Forms => ({
    base: {
      'requirements/base.in': 'requests\n',
      [path]: `${header}${pin('requests', '-r requirements/base.in')}`,
    },
    change: {
      'requirements/base.in': 'flask\nrequests\n',
      [path]: `${header}${pin('blinker', 'flask')}${pin('flask', '-r requirements/base.in')}${pin('requests', '-r requirements/base.in')}`,
    },
  });
  const ofProject = (header: string, requirer: string): Forms => ({
    base: {
      'pyproject.toml': project(['requests']),
      'requirements.txt': `${header}${pin('requests', requirer)}`,
    },
    change: {
      'pyproject.toml': project(['flask', 'requests']),
      'requirements.txt': `${header}${pin('blinker', 'flask')}${pin('flask', requirer)}${pin('requests', requirer)}`,
    },
  });
  const hash = `--hash=sha256:${'0'.repeat(64)}`;
  test.each<[string, Forms]>([
    [
      'of a folder, from the root',
      inFolder(
        pipHeader('pip-compile --output-file=requirements/base.txt requirements/base.in'),
        'requirements/base.txt',
      ),
    ],
    ['of a script', inFolder(pipHeader('make requirements.txt'), 'requirements.txt')],
    [
      'of the project',
      ofProject(
        pipHeader('pip-compile --extra=dev --output-file=requirements.txt pyproject.toml'),
        'acme-shop (pyproject.toml)',
      ),
    ],
    [
      'of a group of it',
      ofProject(pipHeader('pip-compile pyproject.toml'), 'acme-shop (pyproject.toml:dev)'),
    ],
    [
      'an export of uv',
      ofProject(
        '# This file was autogenerated by uv via the following command:\n#    uv export --no-hashes -o requirements.txt\n-e .\n',
        'acme-shop',
      ),
    ],
    [
      'of pip-compile-multi',
      inFolder(
        '# SHA1:0000\n#\n# This file is autogenerated by pip-compile-multi\n# To update, run:\n#\n#    pip-compile-multi\n#\n',
        'requirements/base.txt',
      ),
    ],
    [
      'with annotations in the line',
      {
        base: {
          'requirements.in': 'requests\n',
          'requirements.txt': `${pipHeader('pip-compile --annotation-style=line')}requests==1.0.0  # via -r requirements.in\n`,
        },
        change: {
          'requirements.in': 'Flask[async]\nrequests\n',
          'requirements.txt': `${pipHeader('pip-compile --annotation-style=line')}blinker==1.0.0            # via flask, requests\nflask[async]==1.0.0       # via -r requirements.in\nrequests==1.0.0  # via -r requirements.in\n`,
        },
      },
    ],
    [
      'with hashes, and with constraints',
      {
        base: {
          'requirements.in': '-c limits.txt\nrequests\n',
          'limits.txt': '',
          'requirements.txt': `${pipHeader('pip-compile --generate-hashes -c limits.txt')}requests==1.0.0 \\\n    ${hash}\n    # via -r requirements.in\n`,
        },
        change: {
          'requirements.in': '-c limits.txt\nflask\nrequests\n',
          'requirements.txt': `${pipHeader('pip-compile --generate-hashes -c limits.txt')}blinker==1.0.0 \\\n    ${hash} \\\n    ${hash}\n    # via\n    #   -c limits.txt\n    #   flask\nflask==1.0.0 \\\n    ${hash}\n    # via -r requirements.in\nrequests==1.0.0 \\\n    ${hash}\n    # via -r requirements.in\n`,
        },
      },
    ],
    [
      'of a source that includes another one',
      {
        base: {
          'dev.in': '-r base.in\n',
          'base.in': 'requests\n',
          'requirements.txt': `${pipHeader('pip-compile --output-file=requirements.txt dev.in')}${pin('requests', '-r base.in')}`,
        },
        change: {
          'base.in': 'flask\nrequests\n',
          'requirements.txt': `${pipHeader('pip-compile --output-file=requirements.txt dev.in')}${pin('blinker', 'flask')}${pin('flask', '-r base.in')}${pin('requests', '-r base.in')}`,
        },
      },
    ],
  ])('%s', async (_, { base: files, change }) => {
    const scratch = await changed(files, change);
    const [path = ''] = Object.keys(change).filter((name) => change[name]?.includes('blinker'));
    const whole = await found(scratch);
    scratch.write(files);
    scratch.write({ [path]: change[path] ?? '' });
    await scratch.git('add', '--all');
    const alone = await found(scratch);
    expect({ whole, alone }).toEqual({ whole: [], alone: [`${path} unapproved-package pypi:blinker`] });
  });
});

describe('what a project starts with', () => {
  test.each<[string, Files, readonly string[]]>([
    ['what the source asks for', base, ['pypi:requests']],
    [
      'what the source asks for, although the file does not say why a line stands in it',
      { ...base, 'requirements.txt': compiled(pin('idna'), pin('requests')) },
      ['pypi:requests'],
    ],
    [
      'all lines where nobody can read what the source asks for',
      {
        'setup.py': 'from setuptools import setup\n\nsetup(install_requires=read())\n',
        'requirements.txt': `${pipHeader('pip-compile setup.py')}${idna}${pin('requests', 'acme-shop (setup.py)')}`,
      },
      ['pypi:idna', 'pypi:requests'],
    ],
    [
      'all lines where there is no source',
      { 'requirements.txt': compiled(idna, direct) },
      ['pypi:idna', 'pypi:requests'],
    ],
    [
      'all lines of what pip froze',
      { 'requirements.in': 'requests\n', 'requirements.txt': 'idna==1\nrequests==1\n' },
      ['pypi:idna', 'pypi:requests'],
    ],
    [
      'a source of any name',
      {
        'deps.in': 'requests\n',
        'requirements.txt': compiled(idna, direct).replaceAll('requirements.in', 'deps.in'),
      },
      ['pypi:requests'],
    ],
  ])('%s', async (_, files, expected) => {
    const scratch = await Scratch.with({ 'app.py': 'import requests\n', ...files });
    open.push(scratch);
    await runIn(scratch, ['init', '--yes', '--offline']);
    const baseline = scratch.read('approved-packages.yaml').matchAll(/^ {2}(pypi:\S+): \{ baseline/gm);
    expect([...baseline].map(([, name]) => name)).toEqual(expected);
  });
});

test('a package that the base uses and locks is only named where it is asked for at last', async () => {
  const scratch = await changed(
    { ...base, 'old.py': 'import idna\n' },
    { 'requirements.in': 'idna\nrequests\n' },
  );
  expect(await found(scratch)).toEqual(['requirements.in unreviewed-package pypi:idna']);
});

test('a check of everything asks about no line that is locked', async () => {
  const scratch = await changed(base, {});
  expect(await found(scratch, ['--all'])).toEqual([]);
});

/*
 * Who touches the source may claim whatever they like of another line. The registry says what a package needs: that grades
 * what is listed, and decides nothing.
 */
describe('a dependency that the source did not newly ask for', () => {
  const listed =
    'first locked pypi:blinker, which requests needs as requirements.txt says: no new package or extra of requirements.in leads to it, and no new version';
  const isFalse = `${listed}. This is false: what the registry tells of them does not name it`;
  test.each<[string, { readonly requires: string; readonly version: string; readonly told: string }]>([
    ['is false', { requires: 'urllib3<3', version: '1.0.0', told: isFalse }],
    ['is true', { requires: 'Blinker (>=1) ; extra == "all"', version: '1.0.0', told: listed }],
    [
      'is false of a version that the index writes otherwise',
      { requires: 'urllib3<3', version: '1', told: isFalse },
    ],
    ['of a version without a wheel', { requires: 'urllib3<3', version: '2.0.0', told: listed }],
  ])('%s', async (_, { requires, version, told }) => {
    const file = wheel('requests', '2015-01-01T00:00:00Z', ['requests/__init__.py'], version);
    const newest = wheel('requests', '2016-01-01T00:00:00Z', ['requests/__init__.py'], '3.0.0');
    const metadata = `Name: requests\nRequires-Dist: ${requires}\n\nRequires-Dist: blinker\n`;
    const server = await startPypi(
      new Map([
        ['blinker', { files: [wheel('blinker', '2015-01-01T00:00:00Z', ['blinker.py'])] }],
        ['requests', { files: [{ ...file, metadata }, newest] }],
      ]),
    );
    const scratch = await changed(base, {
      'requirements.in': 'flask\nrequests\n',
      'requirements.txt': compiled(
        pin('blinker', 'requests'),
        pin('flask', '-r requirements.in'),
        idna,
        direct,
      ),
    });
    const env = { PIP_INDEX_URL: `${server.url}/simple` };
    const { code, stdout } = await runIn(scratch, ['--staged', '--format', 'json'], { env });
    const texts = await Promise.all(
      ['pretty', 'concise', 'github', 'markdown'].map(async (format) => {
        const { stdout: text } = await runIn(scratch, ['--staged', '--format', format], { env });
        return [format, text.replace(/\s+/g, ' ').includes('This is false: what the registry')] as const;
      }),
    );
    await server.close();
    const isTold = told === isFalse;
    expect(Object.fromEntries(texts)).toEqual({
      pretty: isTold,
      concise: isTold,
      github: isTold,
      markdown: isTold,
    });
    const { findings } = parse(
      object({ findings: array(object({ message: string() })) }),
      JSON.parse(stdout),
    );
    expect({ code, told: findings.map(({ message }) => message.replace(/, by Ada L .*?>/, '')) }).toEqual({
      code: 0,
      told: [told],
    });
  });
});

/** What packages need, as their metadata say it: `Requires-Dist` of `NAME`, `NAME VERSION`, or `NAME VERSION PLATFORM`. */
type Needs = Readonly<Record<string, readonly string[]>>;

interface HeldRow {
  readonly base?: Files;
  readonly change: Files;
  readonly needs: Needs;
  /** What the report says of new packages, and what it notes. */
  readonly told?: readonly string[];
  readonly notes?: readonly string[];
  /** What the index is asked for, in any order: `fastapi`, `fastapi 1.0.0` for its metadata. */
  readonly asked?: readonly string[];
}

async function heldAgainst(
  { base: files = base, change, needs }: HeldRow,
  { args = ['--staged'], config = '' }: { readonly args?: readonly string[]; readonly config?: string } = {},
) {
  const projects = new Map<string, { files: ProjectFile[] }>();
  for (const [key, requirements] of Object.entries(needs)) {
    const [name = '', version = '1.0.0', platform = 'any'] = key.split(' ');
    const headers = requirements.map((requirement) => `Requires-Dist: ${requirement}\n`).join('');
    const file = wheel(name, '2015-01-01T00:00:00Z', [`${name}.py`], version);
    const filename = file.filename.replace('any', platform);
    const metadata = `Name: ${name}\n${headers}\nRequires-Dist: evil\n`;
    const project = projects.get(name) ?? { files: [] };
    project.files.push({ ...file, filename, metadata });
    projects.set(name, project);
  }
  const server = await startPypi(projects);
  const scratch = await changed(
    { ...files, ...(config !== '' && { '.check-importsrc.yaml': config }) },
    change,
  );
  const env = { PIP_INDEX_URL: `${server.url}/simple` };
  const { code, stdout } = await runIn(scratch, [...args, '--format', 'json'], { env });
  const again = server.requests.length;
  await runIn(scratch, [...args, '--format', 'json'], { env });
  const paths = server.requests.map(({ path }) => path);
  await server.close();
  const report = parse(
    object({ findings: array(object({ message: string(), severity: string() })), notes: array(string()) }),
    JSON.parse(stdout),
  );
  return {
    code,
    told: report.findings.map(({ message }) => message.replace(/, by Ada L .*?>/, '')),
    severities: report.findings.map(({ severity }) => severity),
    notes: report.notes.map((note) => note.replaceAll(/127\.0\.0\.1:\d+/g, 'HOST')),
    asked: paths
      .slice(0, again)
      .map((path) =>
        path.replace(/^\/simple\/([^/]+)\/$/, '$1').replace(/^\/files\/(.+?)-([^-]+)-.*\.metadata$/, '$1 $2'),
      ),
    later: paths.slice(again),
  };
}

const falsely = (name: string, parents: string, grade = '') =>
  `first locked pypi:${name}, which ${parents} needs as requirements.txt says. This is false: what the registry tells of them does not name it${grade}`;
const missing = ' (nonexistent: Its registry has no package of this name, so anyone can register it)';

/** The source newly asks for flask, and these packages come with it. */
const asksFlask = (...pins: readonly string[]): Files => ({
  'requirements.in': 'flask\nrequests\n',
  'requirements.txt': compiled(...pins, pin('flask', '-r requirements.in'), idna, direct),
});

/*
 * Who asks for something new, or raises a version, may say of any package that it comes with that. Only the registry can tell,
 * and what it tells is a warning: it moves no exit code.
 */
describe('a new package that something new is said to bring', () => {
  test.each<[string, HeldRow]>([
    [
      'comes with a new requirement',
      {
        change: asksFlask(pin('blinker', 'flask')),
        needs: { flask: ['Blinker (>=1) ; python_version > "3"'] },
        asked: ['flask', 'flask 1.0.0'],
      },
    ],
    [
      'does not come with it: this is said',
      {
        change: asksFlask(pin('blinker', 'flask'), pin('evil', 'flask')),
        needs: { evil: [], flask: ['blinker'] },
        told: [falsely('evil', 'flask')],
        asked: ['flask', 'flask 1.0.0', 'evil'],
      },
    ],
    [
      'does not come with it, and is none: it is graded',
      {
        change: asksFlask(pin('evil', 'flask')),
        needs: { flask: ['blinker'] },
        told: [falsely('evil', 'flask', missing)],
      },
    ],
    [
      'comes with another version',
      {
        change: {
          'requirements.in': 'requests>=2.32.5\n',
          'requirements.txt': compiled(idna, pin('py_socks', 'requests'), direct.replace('1.0.0', '2.32.5')),
        },
        needs: { 'requests 2.32.5': ['idna', 'Py.Socks'] },
        asked: ['requests', 'requests 2.32.5'],
      },
    ],
    [
      'does not come with another version',
      {
        change: {
          'requirements.in': 'requests>=2.32.5\n',
          'requirements.txt': compiled(pin('evil', 'requests'), idna, direct.replace('1.0.0', '2.32.5')),
        },
        needs: { evil: [], 'requests 2.32.5': ['idna'] },
        told: [falsely('evil', 'requests')],
      },
    ],
    [
      'comes with what comes with a new requirement',
      {
        change: asksFlask(pin('anyio', 'starlette'), pin('starlette', 'flask')),
        needs: { anyio: [], flask: ['starlette'], starlette: ['anyio'] },
        asked: ['flask', 'flask 1.0.0', 'starlette', 'starlette 1.0.0'],
      },
    ],
    [
      'does not come with what comes with it',
      {
        change: asksFlask(pin('evil', 'starlette'), pin('starlette', 'flask')),
        needs: { evil: [], flask: ['starlette'], starlette: ['anyio'] },
        told: [falsely('evil', 'starlette')],
      },
    ],
    [
      'comes with what does not: that is said',
      {
        change: asksFlask(pin('evil', 'flask'), pin('worse', 'evil')),
        needs: { evil: ['worse'], flask: [], worse: [] },
        told: [falsely('evil', 'flask')],
      },
    ],
    [
      'comes with another one that comes with it, and neither with anything else',
      {
        change: asksFlask(pin('evil', 'flask', 'worse'), pin('worse', 'evil')),
        needs: { evil: ['worse'], flask: [], worse: ['evil'] },
        told: [falsely('evil', 'flask')],
      },
    ],
    [
      'comes with one of those that are named',
      {
        change: asksFlask(pin('anyio', 'flask', 'starlette', 'idna'), pin('starlette', 'flask')),
        needs: { anyio: [], flask: ['starlette'], idna: [], starlette: ['anyio'] },
      },
    ],
    [
      'comes with one of another version, and not with one that stays as it was, which is not asked about',
      {
        change: {
          'requirements.in': 'requests>=2\n',
          'requirements.txt': compiled(
            idna,
            pin('leaf', 'idna', 'requests'),
            direct.replace('1.0.0', '2.0.0'),
          ),
        },
        needs: { idna: [], 'requests 2.0.0': ['idna', 'leaf'] },
        asked: ['requests', 'requests 2.0.0'],
      },
    ],
    [
      'is said to come with a package from git, too, which nobody is asked about',
      {
        change: {
          ...asksFlask(pin('leaf', 'flask', 'own')),
          'requirements.in': 'flask\nown @ git+https://git.example/own\nrequests\n',
          'requirements.txt': `${asksFlask(pin('leaf', 'flask', 'own'))['requirements.txt'] ?? ''}own @ git+https://git.example/own\n    # via -r requirements.in\n`,
        },
        base: {
          'requirements.in': 'own @ git+https://git.example/own\nrequests\n',
          'requirements.txt': compiled(
            idna,
            direct,
            'own @ git+https://git.example/own\n    # via -r requirements.in\n',
          ),
        },
        needs: { flask: [] },
        notes: [
          'what needs pypi:leaf, as requirements.txt says, was not checked: no version of what needs it is pinned',
        ],
        asked: ['flask', 'flask 1.0.0'],
      },
    ],
    [
      'comes with none of those that are named',
      {
        change: asksFlask(pin('evil', 'flask', 'requests')),
        needs: { evil: [], flask: [], requests: [] },
        told: [falsely('evil', 'flask, requests')],
      },
    ],
    [
      'comes with an extra that the source asks for',
      {
        change: {
          'requirements.in': 'requests[Socks_5]\n',
          'requirements.txt': compiled(idna, pin('pysocks', 'requests'), direct),
        },
        needs: { requests: ['pysocks ; python_version > "3" and extra == "socks-5"'] },
      },
    ],
    [
      'comes with an extra of an extra',
      {
        change: {
          'requirements.in': 'requests[all]\n',
          'requirements.txt': compiled(idna, pin('pysocks', 'requests'), direct),
        },
        needs: { requests: ["pysocks; 'socks' == extra", 'requests[socks, other]; extra == "all"'] },
      },
    ],
    [
      'comes with an extra that the source does not ask for',
      {
        change: {
          'requirements.in': 'requests[socks]\n',
          'requirements.txt': compiled(pin('evil', 'requests'), idna, direct),
        },
        needs: { evil: [], requests: ['evil ; extra == "dev"', 'pysocks ; extra == "socks"'] },
        told: [falsely('evil', 'requests')],
      },
    ],
    [
      'comes with an extra that another package may ask for',
      {
        change: asksFlask(pin('httptools', 'uvicorn'), pin('uvicorn', 'flask')),
        needs: { flask: ['uvicorn[standard]'], uvicorn: ['httptools ; extra == "standard"'] },
      },
    ],
    [
      'comes with the wheel of another platform',
      {
        change: asksFlask(pin('blinker', 'flask')),
        needs: {
          'flask 1.0.0 manylinux_2_28_aarch64': [],
          'flask 1.0.0 musllinux_1_2_aarch64': [],
          'flask 1.0.0 manylinux_2_17_x86_64': ['blinker'],
          'flask 1.0.0 macosx_11_0_arm64': [],
          'flask 1.0.0 macosx_12_0_arm64': [],
        },
        asked: ['flask', 'flask 1.0.0', 'flask 1.0.0', 'flask 1.0.0'],
      },
    ],
    [
      'comes with the wheel of no platform',
      {
        change: asksFlask(pin('evil', 'flask')),
        needs: { evil: [], 'flask 1.0.0 win_amd64': [], 'flask 1.0.0 win32': [] },
        told: [falsely('evil', 'flask')],
      },
    ],
    [
      'is known from the base: nobody is asked',
      { change: { ...asksFlask(), 'requirements.in': 'flask\nrequests\n' }, needs: {}, asked: [] },
    ],
    [
      'is none in an upgrade: nobody is asked',
      {
        change: { 'requirements.txt': compiled(idna, direct).replaceAll('1.0.0', '2.0.0') },
        needs: {},
        asked: [],
      },
    ],
    [
      'is approved: nobody is asked',
      {
        base: { 'requirements.in': 'requests\n', 'requirements.txt': compiled(direct) },
        change: {
          'requirements.in': 'requests>=2\n',
          'requirements.txt': compiled(pin('flask', 'requests'), direct.replace('1.0.0', '2.0.0')),
        },
        needs: {},
        asked: [],
      },
    ],
    [
      'is needed by what has no wheel: this is noted',
      {
        change: asksFlask(pin('blinker', 'flask'), pin('leaf', 'flask')),
        needs: { 'flask 2.0.0': [] },
        notes: [
          'what needs pypi:blinker, pypi:leaf, as requirements.txt says, was not checked: its registry has no archive of pypi:flask 1.0.0',
        ],
        asked: ['flask'],
      },
    ],
  ])('%s', async (_, row) => {
    const { code, told, notes, asked, later } = await heldAgainst(row);
    const isSettled = row.notes === undefined;
    expect({ code, told, notes, ...(isSettled && { later }) }).toEqual({
      code: 0,
      told: row.told ?? [],
      notes: row.notes ?? [],
      ...(isSettled && { later: [] }),
    });
    if (row.asked !== undefined) expect(asked.toSorted()).toEqual(row.asked.toSorted());
  });

  const twin: HeldRow = { change: asksFlask(pin('evil', 'flask')), needs: { evil: [], flask: [] } };
  test('is noted where nobody may be asked', async () => {
    const { code, told, notes, asked } = await heldAgainst(twin, { args: ['--staged', '--offline'] });
    expect({ code, told, notes, asked }).toEqual({
      code: 0,
      told: [],
      notes: ['what needs pypi:evil, as requirements.txt says, was not checked: offline'],
      asked: [],
    });
  });

  test('is a warning at most: the exit code is a function of the repository', async () => {
    const { code, told, severities } = await heldAgainst(twin, {
      config: 'rules: { policy-change: error }\n',
    });
    expect({ code, told, severities }).toEqual({
      code: 0,
      told: [falsely('evil', 'flask')],
      severities: ['warn'],
    });
  });

  test('costs a page and the metadata of each package that brings others, once', async () => {
    const { code, told, notes, asked, later } = await heldAgainst({
      base: {
        'approved-packages.yaml': whitelistText({
          'pypi:fastapi': { approved: 'the API' },
          'pypi:requests': { approved: 'the client' },
        }),
        'requirements.in': source(before.direct),
        'requirements.txt': uvCompiled(before),
      },
      change: { 'requirements.in': source(after.direct), 'requirements.txt': uvCompiled(after) },
      needs: after.graph,
    });
    const parents = [
      'anyio',
      'email-validator',
      'fastapi',
      'fastapi-cli',
      'httpx',
      'jinja2',
      'markdown-it-py',
      'pydantic',
      'rich',
      'rich-toolkit',
      'starlette',
      'typer',
      'uvicorn',
    ];
    expect({ code, told, notes, later }).toEqual({ code: 0, told: [], notes: [], later: [] });
    expect(asked.toSorted()).toEqual(
      parents.flatMap((name) => [name, `${name.replaceAll('-', '_')} 1.0.0`]).toSorted(),
    );
    expect(namesOf(after).length - namesOf(before).length).toBeGreaterThan(40);
  });
});
