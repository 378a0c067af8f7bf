import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPypi, wheel, type Project } from '../kit/pypi.ts';
import { Scratch } from '../kit/scratch.ts';
import type { TestServer } from '../kit/server.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* A command in a notebook names a distribution, as a line of a manifest does; only imports name modules. */

const old = '2015-03-04T00:00:00Z';
const distributions: Readonly<Record<string, string>> = {
  'scikit-learn': 'sklearn',
  'opencv-python-headless': 'cv2',
  'opencv-python': 'cv2',
  'python-dotenv': 'dotenv',
  torch: 'torch',
  'odd-frames': 'oddf',
  'other-frames': 'otherf',
};
const projects = Object.entries(distributions).map(([name, module]): [string, Project] => [
  name,
  { files: [wheel(name, old, [`${module}/__init__.py`])] },
]);

let pypi: TestServer;
let scratch: Scratch;
beforeAll(async () => {
  pypi = await startPypi(new Map(projects));
  scratch = await Scratch.with({
    'approved-packages.yaml': whitelistText({ 'pypi:acme-old': { denied: 'replaced', ...byAda } }),
    'pyproject.toml': '[project]\nname = "acme-frames"\n',
    'old/pyproject.toml': '[project]\nname = "acme-old"\n',
  });
  scratch.env['PIP_INDEX_URL'] = `${pypi.url}/simple`;
});
afterAll(async () => {
  scratch.dispose();
  await pypi.close();
});

const book = (...cells: readonly string[]) =>
  JSON.stringify({
    cells: cells.map((source) => ({ cell_type: 'code', metadata: {}, outputs: [], source: [source] })),
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });

async function output(format: string, ...cells: readonly string[]): Promise<string> {
  scratch.write({ 'a.ipynb': book(...cells) });
  await scratch.git('add', '--all');
  const { stdout } = await runIn(scratch, ['--staged', '--format', format]);
  return stdout;
}

/** @returns Rule with grade, and package, of each finding. */
async function said(...cells: readonly string[]): Promise<readonly string[]> {
  const concise = await output('concise', ...cells);
  const findings = concise.split('\n').filter((line) => / (?:error|warn) /.test(line));
  return findings.map((line) => line.replace(/^\S+ \w+ unapproved-package\/(\S+) .*\[(.*)\]$/, '$1 $2'));
}

describe('what a cell installs is one package, under the name of its distribution', () => {
  test.each<[what: string, cells: readonly string[], expected: readonly string[]]>([
    ['a command alone', ['!pip install scikit-learn'], ['exists pypi:scikit-learn']],
    ['with its import', ['!pip install scikit-learn', 'import sklearn'], ['exists pypi:scikit-learn']],
    ['a magic', ['%pip install -q python-dotenv'], ['exists pypi:python-dotenv']],
    ['Python’s own pip', ['!python -m pip install python-dotenv'], ['exists pypi:python-dotenv']],
    ['uv', ['!uv pip install odd-frames'], ['exists pypi:odd-frames']],
    ['a call', ['get_ipython().system("pip install odd-frames")'], ['exists pypi:odd-frames']],
    [
      'metadata of a script',
      ['# /// script\n# dependencies = ["odd-frames"]\n# ///\n'],
      ['exists pypi:odd-frames'],
    ],
    [
      'one of several that provide the module',
      ['%pip install opencv-python-headless', 'import cv2'],
      ['exists pypi:opencv-python-headless'],
    ],
    [
      'one whose module the name does not tell',
      ['%pip install odd-frames', 'import oddf'],
      ['exists pypi:odd-frames', 'exists pypi:odd-frames'],
    ],
    ['conda', ['%conda install -y -c conda-forge scikit-learn'], ['exists pypi:scikit-learn']],
    ['conda, under a name of its own', ['!mamba install pytorch'], ['exists pypi:torch']],
    [
      'conda, which takes the name in brackets',
      ['!conda install "python[name=odd-frames]"'],
      ['exists pypi:odd-frames'],
    ],
    ['conda, behind one colon', ['!conda install python:odd-frames'], ['exists pypi:odd-frames']],
    [
      'conda, with brackets that name no other',
      ['!conda install "odd-frames[version=1, channel=conda-forge]"'],
      ['exists pypi:odd-frames'],
    ],
    ['the project itself', ['%pip install acme-frames'], []],
    ['the project itself, in a script', ['# /// script\n# dependencies = ["acme-frames[all]"]\n# ///\n'], []],
    ['conda, what is no distribution', ['%conda install python=3.12 cudatoolkit gcc'], []],
  ])('%s', async (_, cells, expected) => {
    expect(await said(...cells)).toEqual(expected);
  });

  test.each<[what: string, cells: readonly string[], expected: readonly string[]]>([
    ['a name that nobody has', ['!pip install frames-of-nobody'], ['nonexistent pypi:frames-of-nobody']],
    ['an import that the package does not provide', ['import odd_frames'], ['unproven pypi:odd-frames']],
    [
      'an import that the package does not provide, beside its command',
      ['!pip install odd-frames', 'import odd_frames'],
      ['unproven pypi:odd-frames'],
    ],
    [
      'an import of another one',
      ['%pip install odd-frames', 'import nothing_of_it'],
      ['exists pypi:odd-frames', 'nonexistent pypi:nothing-of-it'],
    ],
    [
      'another provider than the command’s',
      ['%pip install odd-frames', 'import cv2'],
      ['exists pypi:odd-frames', 'exists pypi:opencv-python'],
    ],
  ])('stopped for what it is: %s', async (_, cells, expected) => {
    expect(await said(...cells)).toEqual(expected);
  });
});

test('a name that only the change takes for its own is stopped, and sent nowhere', async () => {
  scratch.write({ 'corner/pyproject.toml': '[project]\nname = "odd-frames"\n' });
  expect(await said('%pip install odd-frames')).toEqual(['not-asked pypi:odd-frames']);
  scratch.remove('corner/pyproject.toml');
});

test('a project of one’s own that is denied stays denied', async () => {
  expect(await output('concise', '%pip install acme-old')).toContain('denied-package');
});

test('a module whose distribution a cell installs leads there', async () => {
  const shown = await output('concise', '%pip install odd-frames', 'import oddf');
  expect(shown).toContain('“oddf” is a module of pypi:odd-frames, which this change installs.');
  expect(shown.match(/\[pypi:[\w-]+\]/g)).toEqual(['[pypi:odd-frames]', '[pypi:odd-frames]']);
  expect(await output('pretty', '%pip install odd-frames', 'import oddf')).toContain('1 package, 2 places');
});

test('beside its import, the evidence says that the distribution provides it', async () => {
  const shown = await output('pretty', '!pip install scikit-learn', 'import sklearn');
  expect(shown).toContain('provides module: yes');
  expect(shown).toContain('1 package, 2 places');
});

test('a suggestion at a command is the name of a distribution', async () => {
  const shown = await output('pretty', '!pip install sklearn');
  expect(shown).toContain('did you mean scikit-learn? it provides sklearn');
});
