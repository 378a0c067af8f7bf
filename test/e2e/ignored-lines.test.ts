import { afterEach, describe, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* `# check-imports: ignore[SPECIFIER] reason`: what it ends, and what it never ends. */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const whitelist = whitelistText({
  'pypi:requests': { approved: 'talks to services', ...byAda },
  'pypi:crewtools': { denied: 'writes logs to strangers', ...byAda },
  'pypi:sailmaker': { approved: 'was needed', ...byAda, expires: '2020-01-01' },
});

async function shop(files: Readonly<Record<string, string>> = {}): Promise<Scratch> {
  const scratch = await Scratch.with({
    '.check-importsrc': 'lookup: off\nassistants: trusted\n',
    'approved-packages.yaml': whitelist,
    'package.json': '{ "private": true }\n',
    'a.py': 'rate = 1\n',
    ...files,
  });
  open.push(scratch);
  return scratch;
}

const notebook = (line: string) =>
  JSON.stringify({
    cells: [{ cell_type: 'code', metadata: {}, outputs: [], execution_count: null, source: [line] }],
    metadata: { language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 5,
  });

/** What a staged change is told: rules, faults, and the specifiers of new comments. */
async function told(scratch: Scratch, ...flags: readonly string[]): Promise<readonly string[]> {
  await scratch.git('add', '--all');
  const { stdout } = await runIn(scratch, [
    ...(flags.length > 0 ? flags : ['--staged']),
    '--format',
    'concise',
  ]);
  return stdout.split('\n').flatMap((line) => {
    const ignored = /ignored (\S+) in this file/.exec(line)?.[1];
    if (ignored !== undefined) return [`new ${ignored}`];
    const rule = /: (?:error|warn) ([\w-]+)/.exec(line)?.[1];
    const fault = /\bfault\b.*(gives no reason|and is none)/.exec(line)?.[1] ?? '';
    return rule ?? { 'gives no reason': ['no reason'], 'and is none': ['no such comment'] }[fault] ?? [];
  });
}

const reason = 'the host brings it';

describe('what a comment ends, and never ends', () => {
  test.each([
    [
      'an import of Python',
      'b.py',
      `import hosttools  # check-imports: ignore[hosttools] ${reason}\n`,
      ['new hosttools'],
    ],
    [
      'the part of a package that it names',
      'b.py',
      `import hosttools.deck  # check-imports: ignore[hosttools.deck] ${reason}\n`,
      ['new hosttools.deck'],
    ],
    [
      'a name that is no literal',
      'b.py',
      `__import__(name)  # check-imports: ignore[name] ${reason}\n`,
      ['new name'],
    ],
    [
      'an expression with brackets',
      'b.py',
      `__import__(names[0])  # check-imports: ignore[names[0]] ${reason}\n`,
      ['new names[0]'],
    ],
    [
      'a module of its own that is not there',
      'web/b.ts',
      `import './made'; // check-imports: ignore[./made] ${reason}\n`,
      ['new ./made'],
    ],
    [
      'an import of JavaScript',
      'web/b.ts',
      `import x from 'host-tools'; // check-imports: ignore[host-tools] ${reason}\n`,
      ['new host-tools'],
    ],
    [
      'the last line of a statement',
      'web/b.ts',
      `import {\n  x,\n} from 'host-tools'; // check-imports: ignore[host-tools] ${reason}\n`,
      ['new host-tools'],
    ],
    [
      'a component',
      'web/b.vue',
      `<script>\nimport x from 'host-tools'; // check-imports: ignore[host-tools] ${reason}\n</script>\n`,
      ['new host-tools'],
    ],
    [
      'a notebook',
      'b.ipynb',
      notebook(`import hosttools  # check-imports: ignore[hosttools] ${reason}`),
      ['new hosttools'],
    ],
    [
      'one of two on a line',
      'b.py',
      `import hosttools, tidetools  # check-imports: ignore[hosttools] ${reason}\n`,
      ['new hosttools', 'unapproved-package'],
    ],
    [
      'two on a line',
      'b.py',
      `import hosttools, tidetools  # check-imports: ignore[hosttools] a # check-imports: ignore[tidetools] b\n`,
      ['new hosttools', 'new tidetools'],
    ],
    [
      'never another specifier',
      'b.py',
      `import hosttools  # check-imports: ignore[host] ${reason}\n`,
      ['unapproved-package'],
    ],
    [
      'never the line below',
      'b.py',
      `# check-imports: ignore[hosttools] ${reason}\nimport hosttools\n`,
      ['unapproved-package'],
    ],
    [
      'never without a reason',
      'b.py',
      'import hosttools  # check-imports: ignore[hosttools]\n',
      ['unapproved-package', 'no reason'],
    ],
    [
      'never under the other name of the tool, which is said',
      'b.py',
      `import hosttools  # vetted-imports: ignore[hosttools] ${reason}\n`,
      ['unapproved-package', 'no such comment'],
    ],
    [
      'never without brackets, which is said',
      'web/b.ts',
      `import x from 'host-tools'; // check-imports: ignore ${reason}\n`,
      ['unapproved-package', 'no such comment'],
    ],
    [
      'never in capitals, which is said',
      'b.py',
      `import hosttools  # Check-Imports ignore: hosttools\n`,
      ['unapproved-package', 'no such comment'],
    ],
    [
      'beside what is approved, a comment that is none says nothing',
      'b.py',
      `import requests  # vetted-imports: ignore\n`,
      [],
    ],
    [
      'a comment about something else says nothing',
      'b.py',
      `import hosttools  # what vetted-imports ignores, and check-imports: ignored\n`,
      ['unapproved-package'],
    ],
    [
      'never from within a line',
      'web/b.ts',
      `import x from 'host-tools'; /* check-imports: ignore[host-tools] ${reason} */\n`,
      ['unapproved-package'],
    ],
    [
      'never a denial',
      'b.py',
      `import crewtools  # check-imports: ignore[crewtools] ${reason}\n`,
      ['denied-package'],
    ],
    [
      'never the end of an approval',
      'b.py',
      `import sailmaker  # check-imports: ignore[sailmaker] ${reason}\n`,
      ['expired-approval'],
    ],
    [
      'never what a command installs',
      'b.ipynb',
      notebook(`!pip install hosttools # check-imports: ignore[hosttools] ${reason}`),
      ['unapproved-package'],
    ],
    [
      'never a line of a manifest',
      'requirements.txt',
      `hosttools # check-imports: ignore[hosttools] ${reason}\n`,
      ['unapproved-package'],
    ],
    [
      'never a source',
      'requirements.txt',
      `hosttools @ https://files.example/h.zip # check-imports: ignore[hosttools] ${reason}\n`,
      ['foreign-source'],
    ],
    [
      'nothing of what is approved',
      'b.py',
      `import requests  # check-imports: ignore[requests] ${reason}\n`,
      [],
    ],
  ])('%s', async (_, file, text, expected) => {
    const scratch = await shop();
    scratch.write({ [file]: text });
    expect((await told(scratch)).toSorted()).toEqual(expected.toSorted());
  });
});

const ignoring = `import hosttools  # check-imports: ignore[hosttools] ${reason}\n`;

describe('a comment of the base', () => {
  const rows: readonly (readonly [string, Readonly<Record<string, string | null>>, readonly string[]])[] = [
    ['counts for its file', { 'b.py': `${ignoring}rate = 2\n` }, []],
    ['goes along with its file', { 'b.py': null, 'deck.py': `${ignoring}# a line more\n` }, []],
    ['counts for no other file', { 'deck.py': ignoring }, ['new hosttools']],
    [
      'counts for no line without it',
      { 'b.py': `${ignoring}def f():\n    import hosttools\n` },
      ['unapproved-package'],
    ],
    ['ends with its line', { 'b.py': 'import hosttools\n' }, ['unapproved-package']],
    ['proves no use elsewhere', { 'deck.py': 'import hosttools\n' }, ['unapproved-package']],
    [
      'counts for no other expression',
      { 'c.py': `__import__(other)  # check-imports: ignore[name] ${reason}\n` },
      ['unclear-import'],
    ],
    [
      'is new with its expression',
      { 'c.py': `__import__(other)  # check-imports: ignore[other] ${reason}\n` },
      ['new other'],
    ],
  ];
  test.each(rows)('%s', async (_, files, expected) => {
    const scratch = await shop({
      'b.py': ignoring,
      'c.py': `__import__(name)  # check-imports: ignore[name] ${reason}\n`,
    });
    for (const [file, text] of Object.entries(files))
      if (text === null) await scratch.git('rm', '--quiet', file);
      else scratch.write({ [file]: text });
    expect(await told(scratch)).toEqual(expected);
  });
});

test('where the base judges, only its comments count, and a new one is listed', async () => {
  const scratch = await shop({ 'b.py': ignoring });
  scratch.write({ 'b.py': `${ignoring}import tidetools  # check-imports: ignore[tidetools] ${reason}\n` });
  expect(await told(scratch, '--staged', '--policy-from', 'head')).toEqual(['new tidetools']);
  expect(await told(scratch, '--staged', '--policy-from', 'base')).toEqual([
    'new tidetools',
    'unapproved-package',
  ]);
});

test('in the environment of a coding assistant a new one is an error', async () => {
  const scratch = await shop({ '.check-importsrc': 'lookup: off\n' });
  scratch.write({ 'b.py': ignoring });
  await scratch.git('add', '--all');
  const { code, stdout } = await runIn(scratch, ['--staged', '--format', 'concise'], {
    env: { CLAUDECODE: '1' },
  });
  expect(code).toBe(1);
  expect(stdout).toContain('error policy-change ignored hosttools in this file');
});

test('what a comment of the project ignores stops no run', async () => {
  const scratch = await shop({ 'b.py': ignoring });
  expect((await runIn(scratch, ['--all'])).code).toBe(0);
});

test('--all lists every one that is needed, and list and prune those that are not', async () => {
  const scratch = await shop({
    'b.py': ignoring,
    'c.py': `import requests  # check-imports: ignore[requests] ${reason}\n`,
    'd.py': `rate = 2  # check-imports: ignore[tidetools] ${reason}\n`,
    'e.py': 'import seatools  # check-imports: ignore[seatools]\n',
    'f.py': `import crewtools  # check-imports: ignore[crewtools] ${reason}\n`,
  });
  const all = await runIn(scratch, ['--all']);
  expect(all.stdout).toContain(`b.py:1: a comment ignores hosttools: ${reason}`);
  expect(all.stdout).not.toContain('c.py');
  // For e.py, whose comment gives no reason: a fault.
  expect(all.code).toBe(2);
  const needless = [
    'c.py: a comment ignores requests, which needs none: delete the comment',
    'd.py: a comment ignores tidetools, which needs none: delete the comment',
  ];
  for (const command of [['list'], ['prune', '--dry-run']]) {
    const { stderr } = await runIn(scratch, command);
    expect(stderr.split('\n').filter((line) => line.includes('a comment ignores'))).toEqual(needless);
  }
  expect((await runIn(scratch, ['list', '--references'])).stdout).toMatch(/b\.py:1:8 .*hosttools +ambient/);
});
