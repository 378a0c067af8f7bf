import { afterEach, describe, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import { Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

/** The metadata of a script, as the manifest of its own file, in projects without a whitelist. */

type Files = Readonly<Record<string, string>>;

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

async function project(files: Files): Promise<Scratch> {
  const scratch = await Scratch.with({ '.check-importsrc.yaml': 'lookup: off\n', ...files });
  open.push(scratch);
  return scratch;
}

const script = (metadata: string, code: string) =>
  `# /// script\n${metadata.replace(/^/gm, '# ')}\n# ///\n${code}`;
const needsAcme = script('dependencies = ["acme>=1"]', 'import acme\n');
const notebook = (...cells: readonly string[]) =>
  JSON.stringify({ cells: cells.map((source) => ({ cell_type: 'code', source })), nbformat: 4 });
const fromGit = 'dependencies = ["acme"]\n[tool.uv.sources]\nacme = { git = "https://git.example/acme" }';
const index = '[tool.uv]\nindex-url = "https://registry.example/simple"';

describe('at the base', () => {
  test.each<[string, Files, readonly string[]]>([
    ['it declares what its script imports', { 'tool.py': needsAcme }, []],
    ['also under another name', { 'tool.py': script('dependencies = ["pyyaml"]', 'import yaml\n') }, []],
    ['also of a script without an extension', { tool: `#!/usr/bin/env python3\n${needsAcme}` }, []],
    ['also in a cell of a notebook', { 'a.ipynb': notebook(needsAcme, 'import acme') }, []],
    ['and where its packages come from', { 'tool.py': script(`${fromGit}\n${index}`, 'import acme\n') }, []],
    [
      'and not what it does not name',
      { 'tool.py': `${needsAcme}import evil\n` },
      ['tool.py:5:8 unreviewed-package pypi:evil'],
    ],
    [
      'and nothing for another file',
      { 'tool.py': script('dependencies = ["acme"]', ''), 'other.py': 'import acme\n' },
      ['other.py:1:8 unreviewed-package pypi:acme'],
    ],
    [
      'and nothing where it is no metadata',
      { 'tool.py': '# /// script\n# dependencies = ["acme",\n# ///\nimport acme\n' },
      ['tool.py:4:8 unreviewed-package pypi:acme', 'tool.py:1:1 fault unparsable'],
    ],
    [
      'and nothing by a command that installs',
      { 'a.ipynb': notebook('%pip install acme', 'import acme') },
      ['a.ipynb#cell1:1:14 unreviewed-package pypi:acme'],
    ],
  ])('%s', async (_, files, expected) => {
    const { stdout } = await runIn(await project(files), ['--all', '--format', 'concise']);
    expect(findingsIn(stdout)).toEqual(expected);
  });
});

describe('in a change', () => {
  const empty = script('dependencies = []', '');
  test.each<[string, Files, Files, readonly string[]]>([
    [
      'an import of what the script declares at the base',
      { 'tool.py': script('dependencies = ["acme"]', '') },
      { 'tool.py': needsAcme },
      [],
    ],
    [
      'what the change adds to a script',
      { 'tool.py': empty },
      { 'tool.py': needsAcme },
      ['tool.py:2:20 unapproved-package pypi:acme'],
    ],
    ['a new script', {}, { 'new.py': needsAcme }, ['new.py:2:20 unapproved-package pypi:acme']],
    [
      'a source that the change adds to a script',
      { 'tool.py': needsAcme },
      { 'tool.py': script(fromGit, 'import acme\n') },
      ['tool.py:2:20 foreign-source pypi:acme', 'tool.py:4:3 foreign-source pypi:acme'],
    ],
    [
      'an index that another script has',
      { 'tool.py': script(index, '') },
      { 'new.py': script(index, '') },
      ['new.py:3:16 foreign-source'],
    ],
  ])('%s', async (_, base, change, expected) => {
    const scratch = await project(base);
    scratch.write(change);
    await scratch.git('add', '--all');
    const { stdout } = await runIn(scratch, ['--staged', '--format', 'concise']);
    expect(findingsIn(stdout)).toEqual(expected);
  });
});

test('is listed as what has it installed', async () => {
  const { stdout } = await runIn(await project({ 'tool.py': needsAcme }), ['list', '--references']);
  expect(stdout.replace(/ +/g, ' ').trim().split('\n')).toEqual([
    'tool.py:2:20 install acme pypi:acme (declared)',
    'tool.py:4:8 static acme pypi:acme (declared)',
  ]);
});

test('goes to the baseline of a new whitelist, which knows a source by no name', async () => {
  const files = {
    'tool.py': needsAcme,
    'other.py': 'import acme\n',
    'from_git.py': script(fromGit.replaceAll('acme', 'other-acme'), 'import other_acme\n'),
  };
  const scratch = await project(files);
  expect((await runIn(scratch, ['init', '--yes'])).code).toBe(0);
  const lines = scratch.read('approved-packages.yaml').split('\n');
  expect(lines.filter((line) => line.startsWith('  '))).toEqual([
    expect.stringMatching(/^ {2}pypi:acme: \{ baseline: \d{4}-\d\d-\d\d \}$/),
  ]);
});
