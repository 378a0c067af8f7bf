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
  fastapi: ['email-validator', 'fastapi-cli', 'httpx', 'jinja2', 'pydantic', 'python-multipart', 'starlette', 'uvicorn'],
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

const whitelist = whitelistText({ 'pypi:flask': { approved: 'the API' }, 'pypi:requests': { approved: 'the client' } });

/** A committed project that approves flask and requests, with a change that is staged. */
async function changed(base: Files, change: Files): Promise<Scratch> {
  const scratch = await Scratch.with({ 'approved-packages.yaml': whitelist, 'app.py': 'import requests\n', ...base });
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
    const scratch = await changed(files(before), { ...files(after), 'app.py': 'import fastapi\nimport requests\n' });
    expect(await found(scratch)).toEqual(expected);
  });
});
void pipHeader;
