import { afterEach, describe, expect, test } from 'vitest';
import { clientPage } from '../kit/clients.ts';
import { startPypi } from '../kit/pypi.ts';
import { bin, Scratch } from '../kit/scratch.ts';
import { json, reply, startServer } from '../kit/server.ts';
import { hasTmux, projectAtTerminal, type ProjectAtTerminal, type Terminal } from '../kit/terminal.ts';
import { byAda, whitelistLine, whitelistText } from '../kit/whitelist.ts';

/* A person at a real pseudo-terminal: prompts, keys and Ctrl-C cannot be had through a pipe. */

const open: { close(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

const whitelist = whitelistText({
  'pypi:flask': { approved: 'the API', ...byAda },
  'pypi:numpy': { approved: 'arrays', ...byAda },
});
const command = `'${process.execPath}' '${bin}'`;

async function service(): Promise<ProjectAtTerminal> {
  const made = await projectAtTerminal({
    'approved-packages.yaml': whitelist,
    'requirements.txt': 'flask\nnumpy\n',
    'app.py': 'import flask\n',
  });
  open.push(made);
  const { scratch } = made;
  scratch.write({ 'app.py': 'import flask\nimport numpy_utils\n' });
  await scratch.git('add', 'app.py');
  return made;
}

/** Files, index, and that there is nothing else. */
async function stateOf(scratch: Scratch): Promise<string[]> {
  const files = ['approved-packages.yaml', 'app.py'].map((file) => scratch.read(file));
  return [...files, await scratch.git('ls-files', '--stage'), await scratch.git('status', '--short')];
}

describe.skipIf(!hasTmux)('at a terminal', () => {
  test('a commit is stopped, review approves and stages, and the same commit passes', async () => {
    const { scratch, terminal } = await service();
    terminal.run('git commit -m one; echo code=$?');
    const stopped = await terminal.shows('code=1');
    expect(stopped).toContain('pypi:numpy-utils');

    terminal.run(`${command} review; echo review=$?`);
    const card = await terminal.shows('What about pypi:numpy-utils?');
    expect(card).toContain('app.py:2:8');
    expect(card).toContain('import numpy_utils');
    terminal.press('a');
    await terminal.shows('Why is it approved?');
    terminal.type('safe sums');
    terminal.press('Enter');
    await terminal.shows('That was the last one.');
    terminal.press('Enter');
    await terminal.shows('Stage approved-packages.yaml?');
    terminal.press('y');
    await terminal.shows('review=0');

    const diff = await scratch.git('diff', '--cached', '--unified=0', '--', 'approved-packages.yaml');
    const today = new Date().toISOString().slice(0, 10);
    expect(diff.split('\n').filter((line) => /^[-+](?![-+])/.test(line))).toEqual([
      `+  pypi:numpy-utils: { approved: safe sums, unverified: true, by: Ada L <ada@example.org>, date: ${today} }`,
    ]);
    expect(await scratch.git('diff', '--', 'approved-packages.yaml')).toBe('');

    terminal.run('clear; git commit -m one; echo code=$?');
    await terminal.shows('code=0');
    expect(await scratch.git('log', '-1', '--format=%s')).toBe('one\n');
  });

  test('a card shows which package brings one, as the lockfile says', async () => {
    const { scratch, terminal } = await service();
    await scratch.git('reset', '--quiet', '--hard');
    const source = 'source = { registry = "https://pypi.org/simple" }';
    scratch.write({
      'uv.lock': `version = 1\n\n[[package]]\nname = "flask"\n${source}\ndependencies = [\n    { name = "blinker" },\n]\n\n[[package]]\nname = "blinker"\n${source}\n`,
    });
    await scratch.commitAll('lock');
    scratch.write({ 'app.py': 'import flask\nimport blinker\n' });
    terminal.run(`${command} review; echo review=$?`);
    const card = await terminal.shows('What about pypi:blinker?');
    expect(card).toContain('· dependency of flask, in uv.lock');
    terminal.press('C-c');
    await terminal.shows('review=');
  });

  /** The command, the keys at each prompt on the way, and the prompt at which the person stops. */
  const prompts: [command: string, way: [prompt: string, keys: string[]][], last: string][] = [
    ['review', [], 'What about pypi:numpy-utils?'],
    ['review', [['What about', ['a']]], 'Why is it approved?'],
    ['review', [['What about', ['d']]], 'Why is it denied?'],
    [
      'review',
      [
        ['What about', ['d']],
        ['Why is it denied?', ['sums', 'Enter']],
      ],
      'What is to be used instead?',
    ],
    ['review', [['What about', ['r']]], 'What is it for?'],
    ['review', [['What about', ['1']]], 'Make these edits?'],
    [
      'review',
      [
        ['What about', ['a']],
        ['Why is it', ['sums', 'Enter']],
      ],
      'That was the last one.',
    ],
    [
      'review',
      [
        ['What about', ['a']],
        ['Why is it', ['sums', 'Enter']],
        ['That was the last one.', ['Enter']],
      ],
      'Stage approved-packages.yaml?',
    ],
    ['approve pypi:scipy', [], 'Why?'],
    ['deny pypi:scipy', [], 'Why?'],
    ['approve pypi:scipy --reason sums', [], 'Stage approved-packages.yaml?'],
    ['prune', [], 'Edit the whitelist?'],
  ];
  test.each(prompts)('Ctrl-C in %s (%j) at “%s” leaves every file as it is', async (words, way, last) => {
    const { scratch, terminal } = await service();
    scratch.write({ 'requirements.txt': 'flask\n' });
    await scratch.git('commit', '--quiet', '--no-verify', '--message', 'less', '--', 'requirements.txt');
    terminal.run(`${command} ${words}; echo "end""ed=$?"`);
    for (const [prompt, keys] of way) {
      await terminal.shows(prompt);
      for (const key of keys) terminal.press(key);
    }
    await terminal.shows(last);
    const before = await stateOf(scratch);
    terminal.press('C-c');
    await terminal.shows('ended=');
    expect(await stateOf(scratch)).toEqual(before);
  });

  test('a suggestion replaces each import, and tells which line of a manifest people have to change', async () => {
    const { scratch, terminal } = await service();
    const requirements = 'flask\nnumpy-utils==1 \\\n  --hash=sha256:aaaa\n';
    const programs = {
      'app.py': 'import flask\nimport numpy_utils\n',
      'lib.py': 'from numpy_utils.linalg import norm\n',
    };
    scratch.write({ ...programs, 'requirements.txt': requirements });
    await scratch.git('add', '--all');
    terminal.run(`${command} review; echo review=$?`);
    await terminal.shows('What about pypi:numpy-utils?');
    terminal.press('1');
    const shown = await terminal.shows('Make these edits?');
    expect(shown).toContain('- import numpy_utils');
    expect(shown).toContain('+ import numpy');
    expect(shown).toContain('+ from numpy.linalg import norm');
    expect(shown).toContain('requirements.txt:2: change this by hand: its hashes are those of numpy-utils');
    expect(shown).toContain('  numpy-utils==1 \\');
    terminal.press('y');
    await terminal.shows('That was the last one.');
    terminal.press('Enter');
    await terminal.shows('Stage ');
    terminal.press('y');
    await terminal.shows('review=1');
    expect(terminal.screen()).toContain('1 package left undecided.');
    expect(await scratch.git('show', ':app.py', ':lib.py', ':requirements.txt')).toBe(
      `import flask\nimport numpy\nfrom numpy.linalg import norm\n${requirements}`,
    );
    expect(scratch.read('requirements.txt')).toBe(requirements);

    scratch.write({ 'requirements.txt': requirements.replace('numpy-utils', 'numpy') });
    await scratch.git('add', 'requirements.txt');
    expect((await scratch.check('--staged')).code).toBe(0);
  });

  test('a line of a manifest gets the other name, or goes where its list has that already', async () => {
    const { scratch, terminal } = await service();
    const groups = '[dependency-groups]\ndev = ["numpy-utils>=1", "flask"] # tools\n';
    scratch.write({
      'app.py': 'import flask\n',
      'requirements.txt': 'flask\nnumpy\nnumpy-utils>=1\n',
      'pyproject.toml': groups,
    });
    await scratch.git('add', '--all');
    terminal.run(`${command} review; echo review=$?`);
    await terminal.shows('What about pypi:numpy-utils?');
    terminal.press('1');
    const shown = await terminal.shows('Make these edits?');
    expect(shown).toContain('requirements.txt:3');
    expect(shown).toContain('- numpy-utils>=1');
    expect(shown).toContain('+ dev = ["numpy>=1", "flask"] # tools');
    terminal.press('y');
    await terminal.shows('That was the last one.');
    terminal.press('Enter');
    await terminal.shows('Stage ');
    terminal.press('y');
    await terminal.shows('review=0');
    expect(scratch.read('requirements.txt')).toBe('flask\nnumpy\n');
    expect(scratch.read('pyproject.toml')).toBe(groups.replace('numpy-utils', 'numpy'));
    expect((await scratch.check('--staged')).code).toBe(0);
  });

  test('nothing is asked where nothing can be edited', async () => {
    const { scratch, terminal } = await service();
    const requirements = 'flask\nnumpy ; os_name == "nt"\nnumpy-utils>=1\n';
    scratch.write({ 'app.py': 'import flask\n', 'requirements.txt': requirements });
    await scratch.git('add', '--all');
    terminal.run(`${command} review; echo review=$?`);
    await terminal.shows('What about pypi:numpy-utils?');
    terminal.press('1');
    const shown = await terminal.shows('review=1');
    expect(shown).toContain(
      'requirements.txt:3: change this by hand: its list has numpy under another condition',
    );
    expect(shown).not.toContain('Make these edits?');
    expect(scratch.read('requirements.txt')).toBe(requirements);
  });

  test('two packages on one line, one card after the other', async () => {
    const { scratch, terminal } = await service();
    scratch.write({ 'app.py': 'import flaskk, numpyy.linalg as la\nimport numpyy, flaskk as f\n' });
    await scratch.git('add', 'app.py');
    terminal.run(`${command} review --no-stage; echo review=$?`);
    await terminal.shows('What about pypi:flaskk?');
    terminal.press('1');
    await terminal.shows('+ import flask, numpyy.linalg as la');
    terminal.press('y');
    const card = await terminal.shows('What about pypi:numpyy?');
    expect(card).toContain('app.py:1:15');
    terminal.press('1');
    await terminal.shows('+ import flask, numpy.linalg as la');
    terminal.press('y');
    await terminal.shows('That was the last one.');
    terminal.press('Enter');
    await terminal.shows('review=0');
    expect(scratch.read('app.py')).toBe('import flask, numpy.linalg as la\nimport numpy, flask as f\n');

    // The index still has the text from before: there is nothing to be edited any more.
    terminal.run(`clear; ${command} review; echo "ag""ain=$?"`);
    await terminal.shows('What about pypi:flaskk?');
    terminal.press('1');
    await terminal.shows('app.py: the work tree no longer uses the package there');
    await terminal.shows('What about pypi:numpyy?');
    terminal.press('1');
    const again = await terminal.shows('again=0');
    expect(again).toContain('To make it part of the next commit: git add app.py');
    expect(scratch.read('app.py')).toBe('import flask, numpy.linalg as la\nimport numpy, flask as f\n');
  });

  test('a file that is edited while a person looks at the diff is left alone', async () => {
    const { scratch, terminal } = await service();
    terminal.run(`${command} review; echo review=$?`);
    await terminal.shows('What about pypi:numpy-utils?');
    terminal.press('1');
    await terminal.shows('Make these edits?');
    const edited = 'import flask\n# numpy_utils\nimport numpy_utils\n';
    scratch.write({ 'app.py': edited });
    terminal.press('y');
    const shown = await terminal.shows('review=1');
    expect(shown).toContain('app.py was edited in the meantime; it was not changed.');
    expect(scratch.read('app.py')).toBe(edited);
  });

  test('what a denial names is offered where somebody approved it, by the module that it provides', async () => {
    const { scratch, terminal } = await service();
    const approval = whitelistLine('pypi:opencv-python', { approved: 'pictures', ...byAda });
    scratch.write({ 'approved-packages.yaml': `${whitelist}${approval}\n` });
    for (const [name, use] of [
      ['pyopencv', 'opencv-python'],
      ['simplejson', 'json'],
      ['pyaml', 'fast-yaml'],
    ] as const)
      await scratch.check('deny', `pypi:${name}`, '--reason', 'no', '--use', use);
    scratch.write({ 'app.py': 'import flask\nimport pyopencv as cv\nimport simplejson\nimport pyaml\n' });
    await scratch.git('add', '--all');
    terminal.run(`${command} review; echo review=$?`);
    await terminal.shows('What about pypi:pyopencv?');
    expect(terminal.screen()).toContain('use opencv-python (import cv2) instead (named in the denial)');
    terminal.press('1');
    await terminal.shows('+ import cv2 as cv');
    terminal.press('y');
    await terminal.shows('What about pypi:simplejson?');
    terminal.press('1');
    await terminal.shows('+ import json');
    terminal.press('y');
    const last = await terminal.shows('What about pypi:pyaml?');
    expect(last).toContain('the denial names pypi:fast-yaml instead, but nobody approved it');
    expect(last).not.toContain('use fast_yaml instead');
    terminal.press('s');
    await terminal.shows('Stage app.py?');
    terminal.press('n');
    await terminal.shows('review=1');
    expect(scratch.read('app.py')).toBe('import flask\nimport cv2 as cv\nimport json\nimport pyaml\n');
  });

  test('a request is on a card of its own, with who asked and where it is used', async () => {
    const { scratch, terminal } = await service();
    await scratch.git('reset', '--hard', '--quiet');
    scratch.write({ 'lib.py': 'import httpx\n' });
    await scratch.commitAll('goes past the hook');
    await scratch.check('request', 'pypi:httpx', '--reason', 'retries');
    terminal.run(`${command} review; echo review=$?`);
    const card = await terminal.shows('What about pypi:httpx?');
    expect(card).toContain('Requested by Ada L <ada@example.org>');
    expect(card).toContain('retries');
    expect(card).toContain('lib.py:1:8');
    terminal.press('s');
    await terminal.shows('review=1');
    expect(await scratch.git('diff', '--', 'approved-packages.yaml')).toContain('+  pypi:httpx: {');
  });

  describe('what is approved in spite of its grade is not approved by pressing Enter', () => {
    const gone = { name: 'gone', time: { created: '2015-03-04', unpublished: { time: '2016-03-04' } } };

    /** A project whose registries have nothing but `gone`, which was unpublished. */
    async function graded(): Promise<{ scratch: Scratch; terminal: Terminal }> {
      const { scratch, terminal } = await service();
      const pypi = await startPypi(new Map());
      const npm = await startServer(({ path }, response) => {
        reply(
          response,
          path === '/gone' ? json(gone) : (clientPage(path) ?? json({ error: 'Not found' }, 404)),
        );
      });
      for (const server of [pypi, npm]) open.push({ close: () => void server.close() });
      scratch.remove('.check-importsrc');
      scratch.writeHome({ '.npmrc': `registry=${npm.url}/\n` });
      terminal.run(`clear; export PIP_INDEX_URL=${pypi.url}/simple`);
      return { scratch, terminal };
    }

    test('a name that does not exist has to be typed', async () => {
      const { scratch, terminal } = await graded();
      const before = await stateOf(scratch);
      terminal.run(`${command} review; echo review=$?`);
      await terminal.shows('What about pypi:numpy-utils?');
      terminal.press('a');
      const asked = await terminal.shows('type its name, numpy-utils.');
      expect(asked).toContain('It is nonexistent. To approve it anyway');
      terminal.press('Enter');
      await terminal.shows('review=1');
      expect(await stateOf(scratch)).toEqual(before);

      terminal.run(`clear; ${command} review --no-stage; echo "ag""ain=$?"`);
      await terminal.shows('What about pypi:numpy-utils?');
      terminal.press('a');
      await terminal.shows('type its name, numpy-utils.');
      terminal.type('yes');
      terminal.press('Enter');
      await terminal.shows('That is not numpy-utils.');
      for (const key of ['BSpace', 'BSpace', 'BSpace']) terminal.press(key);
      terminal.type('numpy-utils');
      terminal.press('Enter');
      await terminal.shows('Why is it approved?');
      terminal.type('ours, from tomorrow on');
      terminal.press('Enter');
      await terminal.shows('That was the last one.');
      terminal.press('Enter');
      await terminal.shows('again=0');
      expect(scratch.read('approved-packages.yaml')).toMatch(
        /^ {2}pypi:numpy-utils: .*despite: nonexistent/m,
      );
    });

    test('of a withdrawn one “No” is preselected', async () => {
      const { scratch, terminal } = await graded();
      scratch.write({ 'app.py': 'import flask\n', 'page.js': "import 'gone';\n" });
      await scratch.git('add', 'app.py', 'page.js');
      const before = await stateOf(scratch);
      terminal.run(`${command} review; echo review=$?`);
      await terminal.shows('What about npm:gone?');
      terminal.press('a');
      await terminal.shows('It is withdrawn. Approve it anyway?');
      terminal.press('Enter');
      await terminal.shows('review=1');
      expect(await stateOf(scratch)).toEqual(before);
    });
  });

  test('in the environment of an assistant nobody reviews', async () => {
    const { terminal } = await service();
    terminal.run(`CLAUDECODE=1 ${command} review; echo review=$?`);
    expect(await terminal.shows('review=2')).toContain('request');
  });
});

test('without a terminal review says what to do instead', async () => {
  const scratch = await Scratch.with({ 'app.py': '' });
  open.push({
    close: () => {
      scratch.dispose();
    },
  });
  const { code, stderr } = await scratch.check('review');
  expect([code, stderr]).toEqual([2, expect.stringContaining('Decide at a terminal: ')]);
});
