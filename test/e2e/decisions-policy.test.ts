import { array, nullable, object, parse, string, type InferOutput } from 'valibot';
import { afterEach, describe, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import { Scratch } from '../kit/scratch.ts';
import { byAda, whitelistLine, whitelistText, type WhitelistFields } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* Whose decisions hold, end to end: a change edits whatever it likes, and the base decides. */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

async function repository(files: Readonly<Record<string, string>>): Promise<Scratch> {
  const scratch = await Scratch.with(files);
  open.push(scratch);
  return scratch;
}

async function findings(scratch: Scratch, ...args: string[]): Promise<string[]> {
  const { stdout } = await runIn(scratch, [...args, '--offline', '--format', 'concise']);
  return findingsIn(stdout);
}

const reportSchema = object({
  policyChanges: array(object({ file: string(), what: string(), by: nullable(string()) })),
});
type Told = InferOutput<typeof reportSchema>['policyChanges'];

async function policyChanges(scratch: Scratch, ...args: string[]): Promise<Told> {
  const { stdout } = await runIn(scratch, [...args, '--offline', '--format', 'json']);
  return parse(reportSchema, JSON.parse(stdout)).policyChanges;
}

const base = {
  'package.json': '{ "name": "shop", "dependencies": { "react": "^19" } }\n',
  'package-lock.json':
    '{ "name": "shop", "lockfileVersion": 3, "packages": { "": { "dependencies": { "react": "^19" } } } }\n',
  'approved-packages.yaml': whitelistText({ 'npm:react': { approved: 'the page', ...byAda } }),
  'main.js': "import 'react';\n",
};
const { by } = byAda;
const fake = 'react-ai-utils';

/** @returns The whitelist of the base with one more line. */
function basePlus(key: string, fields: WhitelistFields): string {
  return `${base['approved-packages.yaml']}${whitelistLine(key, fields)}\n`;
}

/** Every way in which a change may try to approve what it uses, with what a reviewer is told of it. */
const attempts: [string, Record<string, string>, Told][] = [
  [
    'package.json',
    { 'package.json': `{ "name": "shop", "dependencies": { "react": "^19", "${fake}": "^1" } }\n` },
    [],
  ],
  [
    'the lockfile',
    {
      'package-lock.json': `{ "name": "shop", "lockfileVersion": 3, "packages": { "": { "dependencies": { "${fake}": "^1" } }, "node_modules/${fake}": { "version": "1.0.0" } } }\n`,
    },
    [],
  ],
  [
    'approved',
    {
      'approved-packages.yaml': basePlus(`npm:${fake}`, {
        approved: 'needed',
        by: 'Mallory',
        date: '2026-01-03',
      }),
    },
    [{ file: 'approved-packages.yaml', what: `approved npm:${fake}`, by: 'Mallory' }],
  ],
  [
    'the baseline',
    {
      'approved-packages.yaml': basePlus(`npm:${fake}`, { baseline: '2026-01-02' }),
    },
    [{ file: 'approved-packages.yaml', what: `added npm:${fake} to the baseline`, by }],
  ],
  [
    'a file of its own that extends the whitelist',
    {
      'approved-packages.yaml': `extends: [more.yaml]\n${base['approved-packages.yaml']}`,
      'more.yaml': whitelistText({ [`npm:${fake}`]: { approved: 'needed' } }),
    },
    [{ file: 'more.yaml', what: `approved npm:${fake}`, by }],
  ],
  [
    'ambient',
    { '.check-importsrc': `ambient: [${fake}]\n` },
    [{ file: '.check-importsrc', what: `added ${fake} to ambient`, by }],
  ],
  [
    'localModules',
    { '.check-importsrc': `localModules: [${fake}]\n` },
    [{ file: '.check-importsrc', what: `added ${fake} to localModules`, by }],
  ],
  [
    'ignorePaths',
    { '.check-importsrc': 'ignorePaths: ["**/*.js"]\n' },
    [{ file: '.check-importsrc', what: 'added **/*.js to ignorePaths', by }],
  ],
  [
    'the whitelist’s removal',
    {
      '.check-importsrc': 'whitelist: ours.yaml\n',
      'ours.yaml': basePlus(`npm:${fake}`, { approved: 'needed' }),
    },
    [
      {
        file: '.check-importsrc',
        what: 'changed the whitelist from approved-packages.yaml to ours.yaml',
        by,
      },
      { file: 'ours.yaml', what: `approved npm:${fake}`, by },
    ],
  ],
];
const everything: Record<string, string> = {
  ...Object.fromEntries(attempts.slice(0, 6).flatMap(([, files]) => Object.entries(files))),
  'approved-packages.yaml': [
    'extends: [more.yaml]\n',
    basePlus(`npm:${fake}`, { approved: 'needed' }),
    whitelistLine(`npm:${fake}`, { baseline: '2026-01-02' }),
    '\n',
  ].join(''),
};

describe('a change that approves what it uses', () => {
  test.each([...attempts, ['all of these at once', everything, null] as const])(
    '%s',
    async (_, files, told) => {
      const scratch = await repository(base);
      await scratch.git('checkout', '--quiet', '-b', 'change');
      scratch.write({ ...files, 'main.js': `import 'react';\nimport '${fake}';\n` });
      await scratch.commitAll('try');
      const flagged = await findings(scratch, '--since', 'main', '--policy-from', 'base');
      expect(flagged).toContain(`main.js:2:9 unapproved-package npm:${fake}`);
      const changes = await policyChanges(scratch, '--since', 'main');
      if (told) expect(changes).toEqual(expect.arrayContaining(told));
      else
        expect(changes.map(({ what }) => what)).toEqual([`approved npm:${fake}`, `added ${fake} to ambient`]);
      expect(changes.every((change) => change.by !== null)).toBe(true);
    },
  );
});

describe('a denial at the base', () => {
  const denied = {
    ...base,
    'approved-packages.yaml': basePlus('npm:request', { denied: 'unmaintained', use: 'npm:undici' }),
  };
  test('holds in the change that takes it away, and is gone in the next', async () => {
    const scratch = await repository(denied);
    scratch.write({
      'approved-packages.yaml': basePlus('npm:request', { approved: 'needed' }),
      'main.js': "import 'request';\n",
    });
    await scratch.git('add', '--all');
    const { code, stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'json']);
    const denial = parse(
      object({ findings: array(object({ rule: string(), message: string(), next: array(string()) })) }),
      JSON.parse(stdout),
    ).findings.find(({ rule }) => rule === 'denied-package');
    expect([code, denial?.message, denial?.next]).toEqual([
      1,
      'npm:request is denied at the base: unmaintained. This change takes the denial away, which does not count for itself: commit approved-packages.yaml alone first, and then what uses the package',
      ['git commit approved-packages.yaml'],
    ]);
    await scratch.git(
      ...(denial?.next[0] ?? '').split(' ').slice(1),
      '--no-verify',
      '--message',
      'the policy',
    );
    expect(await findings(scratch, '--staged')).toEqual([]);
  });

  test.each([
    ['the head', []],
    ['the base', ['--policy-from', 'base']],
  ])('holds in a branch that takes it away, judged by %s', async (_, flags) => {
    const scratch = await repository(denied);
    await scratch.git('checkout', '--quiet', '-b', 'change');
    scratch.write({
      'approved-packages.yaml': basePlus('npm:request', { approved: 'needed' }),
      'main.js': "import 'request';\n",
    });
    await scratch.commitAll('use it');
    const { code, stdout } = await runIn(scratch, ['--since', 'main', '--offline', ...flags]);
    const text = stdout.replace(/\s+/g, ' ');
    expect([code, text]).toEqual([
      1,
      expect.stringContaining('npm:request is denied at the base: unmaintained.'),
    ]);
    expect(text).toContain('merge the change of approved-packages.yaml first, on its own');
  });

  test('that the change itself adds counts with the base’s policy too', async () => {
    const scratch = await repository(base);
    await scratch.git('checkout', '--quiet', '-b', 'change');
    scratch.write({
      'approved-packages.yaml': basePlus('npm:react', { denied: 'too large' }),
      'other.js': "import 'react';\n",
    });
    await scratch.commitAll('deny');
    expect(await findings(scratch, '--since', 'main', '--policy-from', 'base')).toEqual([
      'other.js:1:9 denied-package npm:react',
    ]);
  });
});

test('an assistant can’t trust itself in the same change', async () => {
  const scratch = await repository(base);
  scratch.write({ '.check-importsrc': 'assistants: trusted\n' });
  await scratch.git('add', '--all');
  const { code, stdout } = await runIn(scratch, ['--staged', '--format', 'concise'], {
    env: { CLAUDECODE: '1' },
  });
  expect([code, findingsIn(stdout)]).toEqual([1, ['.check-importsrc:1:1 policy-change']]);
});

describe('what an assistant is told to do next can be done as it is printed, with its reason', () => {
  const env = { CLAUDECODE: '1' };
  const nextOf = (stdout: string) =>
    parse(
      object({ findings: array(object({ next: array(string()) })) }),
      JSON.parse(stdout),
    ).findings.flatMap(({ next }) => next);

  async function told(
    files: Readonly<Record<string, string>>,
  ): Promise<{ scratch: Scratch; next: string[] }> {
    const scratch = await repository(base);
    scratch.write(files);
    await scratch.git('add', '--all');
    const { stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'json'], { env });
    await scratch.git('reset', '--quiet', '--hard');
    return { scratch, next: nextOf(stdout) };
  }

  /** Where the command leaves the reason open, it is given. */
  const words = (command: string) =>
    command
      .replace('vetted-imports ', '')
      .split(' ')
      .map((word) => (word === '"…"' ? 'the chat page' : word));

  test('a package that nobody approved is asked for', async () => {
    const { scratch, next } = await told({ 'more.ts': "import 'left-pad-utils';\n" });
    expect(next).toEqual(['vetted-imports request npm:left-pad-utils --reason "…"']);
    expect(await runIn(scratch, words(next[0] ?? ''), { env })).toMatchObject({ code: 0 });
  });

  test('a package that is requested waits for a person', async () => {
    const scratch = await repository(base);
    const request = ['request', 'npm:left-pad-utils', '--reason', 'the chat page'];
    expect(await runIn(scratch, request, { env })).toMatchObject({ code: 0 });
    scratch.write({ 'more.ts': "import 'left-pad-utils';\n" });
    await scratch.git('add', '--all');
    const check = ['--staged', '--offline', '--format', 'json'];
    const { code, stdout } = await runIn(scratch, check, { env });
    // By itself, for it lets no commit pass that uses the package; then there is nothing left for an assistant.
    expect([code, nextOf(stdout)]).toEqual([1, ['git commit approved-packages.yaml']]);
    await scratch.git('commit', '--quiet', '--message', 'Ask', 'approved-packages.yaml');
    const again = await runIn(scratch, check, { env });
    expect([again.code, nextOf(again.stdout)]).toEqual([1, []]);
  });

  /* Whoever reads it finds the package approved: to ask for it would change nothing. */
  test.each<[string, string, Record<string, string>]>([
    [
      'an approval',
      'approved-packages.yaml',
      {
        'approved-packages.yaml': basePlus(`npm:${fake}`, { approved: 'needed' }),
      },
    ],
    ['the config', '.check-importsrc', { '.check-importsrc': 'lookup: off\n' }],
    [
      'a whole scope',
      'approved-packages.yaml',
      {
        'approved-packages.yaml': basePlus('npm:@a/*', { approved: 'needed' }),
      },
    ],
  ])('a person commits %s', async (_, file, files) => {
    const { scratch, next } = await told(files);
    expect(next).toEqual([file.startsWith('.') ? 'git commit' : `git commit ${file}`]);
    scratch.write(files);
    await scratch.git('add', '--all');
    const [program = '', ...args] = next[0]?.split(' ') ?? [];
    expect(program).toBe('git');
    await scratch.git(...args, '--message', 'decided');
    expect(await scratch.git('show', '--format=', '--name-only')).toBe(`${file}\n`);
  });

  test('in a merge, which git concludes as a whole, all of it', async () => {
    const scratch = await repository(base);
    await scratch.git('switch', '--quiet', '--create', 'topic');
    scratch.write({ 'topic.txt': '' });
    await scratch.commitAll('topic');
    await scratch.git('switch', '--quiet', '-');
    scratch.write({ 'main.txt': '' });
    await scratch.commitAll('main');
    await scratch.git('merge', '--quiet', '--no-commit', 'topic');
    scratch.write({ 'approved-packages.yaml': basePlus(`npm:${fake}`, { approved: 'needed' }) });
    await scratch.git('add', '--all');
    const { stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'json'], { env });
    expect(nextOf(stdout)).toEqual(['git commit']);
  });

  test('in a range, where it is committed, the page of the rule is shown', async () => {
    const scratch = await repository(base);
    await scratch.git('switch', '--quiet', '--create', 'topic');
    scratch.write({ '.check-importsrc': 'lookup: off\n' });
    await scratch.commitAll('topic');
    const { stdout } = await runIn(scratch, ['--since', 'main', '--offline', '--format', 'json'], { env });
    expect(nextOf(stdout)).toEqual(['vetted-imports explain policy-change']);
    const page = await runIn(scratch, words('vetted-imports explain policy-change'), { env });
    expect([page.code, page.stdout.includes('assistants ask')]).toEqual([0, true]);
  });
});

test.each(['sarif', 'github', 'markdown', 'pretty', 'json'])(
  'who loosened policy, and why, stands in the %s report',
  async (format) => {
    const scratch = await repository(base);
    await scratch.git('checkout', '--quiet', '-b', 'change');
    const approval = { approved: 'the chat page', by: 'Mallory M', date: '2026-01-03' };
    scratch.write({
      'approved-packages.yaml': basePlus(`npm:${fake}`, approval),
      '.check-importsrc': 'ignorePaths: [old]\n',
    });
    await scratch.commitAll('loosen');
    for (const level of ['warn', 'off']) {
      scratch.write({ 'policy-level.yaml': `rules: { policy-change: ${level} }\n` });
      const args = ['--since', 'main', '--offline', '--format', format, '--config', 'policy-level.yaml'];
      const { stdout } = await runIn(scratch, [...args]);
      expect(stdout, level).toContain('Mallory M');
      expect(stdout.replaceAll(/\s+/g, ' '), level).toContain('the chat page');
    }
    const { stdout } = await runIn(scratch, ['--since', 'main', '--offline', '--format', format]);
    expect(stdout.replaceAll('\\', '').replaceAll(/\s+/g, ' ')).toMatch(
      /added old to ignorePaths.{0,120}Ada L/,
    );
  },
);

describe('a commit that went past the hook', () => {
  test('warns where its package is used next, and fails under --all', async () => {
    const whitelist = whitelistText({ 'pypi:flask': { approved: 'the API' } });
    const scratch = await repository({
      'approved-packages.yaml': whitelist,
      'requirements.txt': 'flask\n',
      'app.py': 'import flask\n',
    });
    scratch.installHooks();
    scratch.write({
      'requirements.txt': 'flask\nnumpy-utils\n',
      'app.py': 'import flask\nimport numpy_utils\n',
    });
    await scratch.git('add', '--all');
    expect((await scratch.tryGit('commit', '--message', 'stopped')).code).toBe(1);
    await scratch.git('commit', '--quiet', '--no-verify', '--message', 'past the hook');

    scratch.write({ 'later.py': 'import numpy_utils\n' });
    await scratch.git('add', '--all');
    const later = await runIn(scratch, ['--staged', '--offline', '--format', 'concise']);
    expect([later.code, findingsIn(later.stdout)]).toEqual([
      0,
      ['later.py:1:8 unreviewed-package pypi:numpy-utils'],
    ]);
    expect(later.stdout).toContain('warn');
    const all = await runIn(scratch, ['--all', '--offline', '--format', 'concise']);
    expect([all.code, findingsIn(all.stdout)]).toEqual([
      1,
      [
        'app.py:2:8 unreviewed-package pypi:numpy-utils',
        'later.py:1:8 unreviewed-package pypi:numpy-utils',
        'requirements.txt:2:1 unreviewed-package pypi:numpy-utils',
      ],
    ]);
  });
});
