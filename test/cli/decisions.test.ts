import { afterEach, describe, expect, test } from 'vitest';
import { run, Scratch } from '../kit/scratch.ts';
import { whitelistHeader, whitelistLine, whitelistText, type WhitelistFields } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const file = 'approved-packages.yaml';
const by = 'by: Ada L <ada@example.org>, date: 2026-11-23';
const entries = whitelistText({
  'npm:left-pad': { baseline: '2026-01-02' },
  'npm:request': { denied: 'unmaintained', use: 'npm:undici' },
  'npm:undici': { requested: 'proxies', by: 'Grace' },
  'pypi:flask': { approved: 'the API' },
  'pypi:pyyaml': { baseline: '2026-01-02', imports: ['yaml', '_yaml'] },
});

async function repository(files: Readonly<Record<string, string>> = { [file]: entries }): Promise<Scratch> {
  const scratch = await Scratch.with({ 'app.py': '', 'main.js': '', ...files });
  open.push(scratch);
  return scratch;
}

/** The lines that a command adds to (+) and takes from (-) the whitelist. */
async function changedBy(scratch: Scratch, ...args: string[]): Promise<string[]> {
  await runIn(scratch, args);
  const diff = await scratch.git('diff', 'HEAD', '--unified=0', '--', file);
  return diff.split('\n').filter((line) => /^[-+](?![-+])/.test(line));
}

describe('what is written', () => {
  const cases: [title: string, args: string[], lines: string[]][] = [
    [
      'several packages at once, each on a line of its own in its place',
      ['approve', 'pypi:scipy', 'pkg:pypi/Django', '--reason', 'web: and sums', '--offline'],
      [
        `+  pypi:django: { approved: "web: and sums", unverified: true, ${by} }`,
        `+  pypi:scipy: { approved: "web: and sums", unverified: true, ${by} }`,
      ],
    ],
    [
      'modules and an end',
      [
        'approve',
        'pypi:ours',
        '--imports',
        'ours, ours_extra',
        '--expires',
        '2027-01-31',
        '--reason',
        'x',
        '--offline',
      ],
      [
        `+  pypi:ours: { approved: x, imports: [ours, ours_extra], unverified: true, expires: 2027-01-31, ${by} }`,
      ],
    ],
    [
      'a foreign source, without what is secret and no part of it',
      [
        'approve',
        'npm:lodash',
        '--source',
        'git+https://user:token@git.example.org/lodash.git#v2',
        '--reason',
        'our fork',
        '--offline',
      ],
      [`+  npm:lodash: { approved: our fork, source: git+https://git.example.org/lodash.git, ${by} }`],
    ],
    [
      'an approval takes the place of a request, and says who had asked',
      ['approve', 'npm:undici', '--reason', 'proxies', '--offline'],
      [
        `+  npm:undici: { approved: proxies, unverified: true, ${by}, asked: Grace }`,
        '-  npm:undici: { requested: proxies, by: Grace }',
      ],
    ],
    [
      'an approval takes the place of the baseline, whose modules stay known',
      ['approve', 'pypi:PyYAML', '--reason', 'config', '--offline'],
      [
        `+  pypi:pyyaml: { approved: config, imports: [yaml, _yaml], unverified: true, ${by} }`,
        '-  pypi:pyyaml: { baseline: 2026-01-02, imports: [yaml, _yaml] }',
      ],
    ],
    [
      'a whole scope, of which no registry has served a package',
      ['approve', 'npm:@acme/*', '--reason', 'ours'],
      [`+  npm:@acme/*: { approved: ours, unverified: true, ${by} }`],
    ],
    [
      'a denial with what to use instead ends an approval',
      ['deny', 'pypi:flask', '--reason', 'one framework is enough', '--use', 'pypi:django'],
      [
        '-  pypi:flask: { approved: the API }',
        `+  pypi:flask: { denied: one framework is enough, use: pypi:django, ${by} }`,
      ],
    ],
    [
      'a denial is replaced only in spite of it',
      ['approve', 'npm:request', '--reason', 'legacy', '--offline', '--despite', 'denied'],
      [
        `+  npm:request: { approved: legacy, unverified: true, ${by} }`,
        '-  npm:request: { denied: unmaintained, use: npm:undici }',
      ],
    ],
    [
      'a request',
      ['request', 'pypi:httpx', '--reason', 'web hooks'],
      [`+  pypi:httpx: { requested: web hooks, ${by} }`],
    ],
    ['a request for what is asked for already', ['request', 'npm:undici', '--reason', 'mine'], []],
    ['a request for what is approved', ['request', 'pypi:Flask', '--reason', 'mine'], []],
    ['a request for what is denied', ['request', 'npm:request', '--reason', 'mine'], []],
  ];
  test.each(cases)('%s', async (_, args, lines) => {
    expect((await changedBy(await repository(), ...args)).toSorted()).toEqual(lines.toSorted());
  });

  const again: [title: string, before: WhitelistFields, args: string[], after: string][] = [
    [
      'a source, an end and what a registry said stay',
      {
        approved: 'fork',
        imports: ['x'],
        source: 'github:acme/x-y',
        expires: '2026-11-23',
        created: '2020-01-02',
        repository: 'https://git.example/x-y',
      },
      ['approve', 'npm:x-y', '--reason', 'b', '--offline'],
      `{ approved: b, imports: [x], source: github:acme/x-y, unverified: true, expires: 2026-11-23, ${by}, created: 2020-01-02, repository: https://git.example/x-y }`,
    ],
    [
      'what the command names takes the place of what was there',
      { approved: 'a', imports: ['x'], source: 'github:acme/x-y', expires: '2027-01-31' },
      [
        ...['approve', 'npm:x-y', '--reason', 'b', '--offline', '--imports', 'z'],
        ...['--source', 'github:acme/other', '--expires', '2028-01-31'],
      ],
      `{ approved: b, imports: [z], source: github:acme/other, expires: 2028-01-31, ${by} }`,
    ],
    [
      'an expired approval is renewed',
      { approved: 'a', expires: '2026-11-22' },
      ['approve', 'npm:x-y', '--reason', 'b', '--offline'],
      `{ approved: b, unverified: true, ${by} }`,
    ],
    [
      'what was approved in spite of a registry stays on record while none is asked',
      { approved: 'a', despite: 'nonexistent' },
      ['approve', 'npm:x-y', '--reason', 'b', '--offline'],
      `{ approved: b, despite: nonexistent, unverified: true, ${by} }`,
    ],
    [
      'who had asked for what is approved stays on record',
      { approved: 'a', asked: 'Grace' },
      ['approve', 'npm:x-y', '--reason', 'b', '--offline'],
      `{ approved: b, unverified: true, ${by}, asked: Grace }`,
    ],
    [
      'what to use instead of a denied package',
      { denied: 'a', use: 'npm:undici' },
      ['deny', 'npm:x-y', '--reason', 'b'],
      `{ denied: b, use: npm:undici, ${by} }`,
    ],
    [
      'a denied package that is approved after all is not told from elsewhere what to use',
      { denied: 'a', use: 'npm:undici' },
      ['approve', 'npm:x-y', '--reason', 'b', '--offline', '--despite', 'denied'],
      `{ approved: b, unverified: true, ${by} }`,
    ],
  ];
  test.each(again)('decided again: %s', async (_, before, args, after) => {
    const scratch = await repository({ [file]: whitelistText({ 'npm:x-y': before }) });
    const { stdout, stderr, code } = await runIn(scratch, args);
    expect({ stderr: code === 0 ? '' : stderr, stdout }).toMatchObject({ stderr: '' });
    expect(scratch.read(file)).toBe(`${whitelistHeader}  npm:x-y: ${after}\n`);
  });

  test('decided again: of two entries counts what both allow, and one line is left', async () => {
    const lines = [
      whitelistLine('npm:X-Y', { approved: 'another package' }),
      whitelistLine('npm:x-y', { approved: 'a', imports: ['m1', 'm2'] }),
      whitelistLine('npm:x-y', { approved: 'a', imports: ['m2', 'm3'], expires: '2027-01-31' }),
    ];
    const scratch = await repository({ [file]: `${whitelistHeader}${lines.join('\n')}\n` });
    await runIn(scratch, ['approve', 'npm:x-y', '--reason', 'b', '--offline']);
    const joined = `  npm:x-y: { approved: b, imports: [m2], unverified: true, expires: 2027-01-31, ${by} }`;
    expect(scratch.read(file)).toBe(`${whitelistHeader}${lines[0] ?? ''}\n${joined}\n`);
  });

  test.each([
    ['of an approval that is decided again', ['--expires', '2027-01-31']],
    ['of an approval that ends today', ['--expires', '2026-11-23']],
    ['that is not there', []],
  ])('never takes away an end %s', async (_, end) => {
    const scratch = await repository({});
    const approve = (...more: readonly string[]) =>
      runIn(scratch, ['approve', 'npm:x-y', 'npm:z', '--reason', 'x', '--offline', ...more]);
    const ends = () => [...scratch.read(file).matchAll(/expires: (\S+),/g)].map(([, day]) => day);
    const days = end.slice(1);
    await approve(...end);
    expect(ends()).toEqual([...days, ...days]);
    await approve();
    expect(ends()).toEqual([...days, ...days]);
    expect((await approve('--expires', 'never')).code).toBe(0);
    expect(ends()).toEqual([]);
    expect(scratch.read(file)).not.toContain('never');
  });

  test('the output says exactly what was written, one line for each package', async () => {
    const scratch = await repository();
    const { stdout, code } = await runIn(scratch, [
      'approve',
      'npm:undici',
      'pypi:pyyaml',
      '--reason',
      'x',
      '--offline',
    ]);
    expect(code).toBe(0);
    const written = scratch.read(file).split('\n');
    for (const line of stdout.trim().split('\n')) {
      const [, number, content] =
        /^approved-packages\.yaml:(\d+): approved: (\S+: \{.*\}) \(was /.exec(line) ?? [];
      expect(written[Number(number) - 1]).toBe(`  ${content ?? ''}`);
    }
    expect(stdout).toContain('approved: npm:undici: { approved: x');
    expect(stdout).toContain('(was requested)');
    expect(stdout).toContain('(was in the baseline)');
  });

  test('the first decision makes the file, and says what that means', async () => {
    const scratch = await repository({});
    const { stderr } = await runIn(scratch, ['approve', 'pypi:flask', '--reason', 'x', '--offline']);
    expect(stderr).toContain('From now on it decides');
    expect(scratch.read(file)).toContain('  pypi:flask: { approved: x');
  });
});

describe('what is refused changes nothing', () => {
  const cases: [title: string, args: string[], says: string][] = [
    ['no reason', ['approve', 'pypi:scipy', '--offline'], '--reason'],
    ['an empty reason', ['deny', 'pypi:scipy', '--reason', ' '], '--reason'],
    ['a request without a reason', ['request', 'pypi:scipy'], '--reason'],
    [
      'a reason of more than 120 characters',
      ['approve', 'pypi:scipy', '--reason', 'x'.repeat(121), '--offline'],
      'at most 120 characters',
    ],
    [
      'a bare name in a project of two ecosystems',
      ['approve', 'scipy', '--reason', 'x'],
      'npm:scipy or pypi:scipy',
    ],
    [
      'an ecosystem that nobody knows',
      ['approve', 'maven:guava', '--reason', 'x'],
      'npm:NAME or pypi:NAME or golang:NAME or cargo:NAME',
    ],
    ['a name with a version', ['approve', 'npm:undici@6', '--reason', 'x'], 'the name of the package'],
    ['a module', ['approve', 'pypi:os/path', '--reason', 'x'], 'the name of the package'],
    ['a pattern', ['approve', 'npm:acme-*', '--reason', 'x'], 'the name of the package'],
    [
      'a day that is none',
      ['approve', 'pypi:scipy', '--reason', 'x', '--expires', '2027-02-29'],
      'not a calendar date',
    ],
    [
      'a day that is empty',
      ['approve', 'pypi:scipy', '--reason', 'x', '--expires', ''],
      '--expires is empty',
    ],
    [
      'another word than never',
      ['approve', 'pypi:scipy', '--reason', 'x', '--expires', 'Never'],
      'never removes the expiry date',
    ],
    [
      'a day that is over',
      ['approve', 'pypi:scipy', '--reason', 'x', '--expires', '2026-11-22'],
      'is in the past',
    ],
    [
      'modules for two packages',
      ['approve', 'pypi:a', 'pypi:b', '--reason', 'x', '--imports', 'c'],
      'one package',
    ],
    ['modules for a scope', ['approve', 'npm:@acme/*', '--reason', 'x', '--imports', 'c'], 'whole scope'],
    [
      'a source for two packages',
      ['approve', 'pypi:a', 'pypi:b', '--reason', 'x', '--source', './c'],
      'one package',
    ],
    ['a source for a scope', ['approve', 'npm:@acme/*', '--reason', 'x', '--source', './c'], 'one package'],
    [
      'a source that is none',
      ['approve', 'pypi:a', '--reason', 'x', '--source', ' '],
      'is not a URL or path',
    ],
    ['a denial of a source', ['deny', 'pypi:a', '--reason', 'x', '--source', './c'], '--source'],
    [
      'a module that can be none',
      ['approve', 'pypi:a', '--reason', 'x', '--offline', '--imports', 'c-d'],
      'c-d',
    ],
    [
      'an approval of what is denied',
      ['approve', 'npm:request', '--reason', 'x', '--offline'],
      'approved-packages.yaml:6',
    ],
    [
      'one of two that can’t be',
      ['approve', 'pypi:scipy', 'npm:request', '--reason', 'x', '--offline'],
      'denied',
    ],
    ['no package at all', ['approve', '--reason', 'x'], 'approve needs a package'],
    ['no package at all to deny', ['deny', '--reason', 'x'], 'missing required argument'],
  ];
  test.each(cases)('%s', async (_, args, says) => {
    const scratch = await repository();
    const { code, stderr } = await runIn(scratch, args);
    expect(stderr).toContain(says);
    expect([code, scratch.read(file)]).toEqual([2, entries]);
  });

  test('a file with conflict markers is not touched', async () => {
    const broken = `<<<<<<< HEAD\n${entries}=======\n>>>>>>> topic\n`;
    const scratch = await repository({ [file]: broken });
    for (const command of ['approve', 'deny', 'request']) {
      const { code, stderr } = await runIn(scratch, [command, 'pypi:x', '--reason', 'x']);
      expect([code, stderr.includes(`${file}:1:1: the file holds git’s conflict markers`)]).toEqual([
        2,
        true,
      ]);
    }
    expect((await runIn(scratch, ['prune', '--yes'])).code).toBe(2);
    expect(scratch.read(file)).toBe(broken);
  });

  test('a file in another encoding is not touched', async () => {
    const scratch = await repository();
    const latin = Buffer.concat([Buffer.from(`${entries}# caf`), Buffer.from([0xe9]), Buffer.from('\n')]);
    scratch.write({ [file]: latin });
    const { code, stderr } = await runIn(scratch, ['request', 'pypi:x', '--reason', 'x']);
    expect([code, stderr.includes('not UTF-8')]).toEqual([2, true]);
  });
});

test.each([['check', '--bogus'], ['approve'], ['hook'], ['hook', 'bogus'], ['prune', '--bogus']])(
  'misuse ends with 2: %s %s',
  async (...args) => {
    const { code, stderr } = await runIn(await repository(), args);
    expect([code, stderr === '']).toEqual([2, false]);
  },
);

describe('an ecosystem is guessed only where there is one', () => {
  test.each([
    [{ 'app.py': '' }, 'pypi:scipy'],
    [{ 'web/main.tsx': '' }, 'npm:scipy'],
    [{ 'requirements.txt': '' }, 'pypi:scipy'],
    [{ 'app.py': '', 'node_modules/x/index.js': '' }, 'pypi:scipy'],
  ])('%j: %s', async (files, expected) => {
    const scratch = await Scratch.with(files);
    open.push(scratch);
    const { stdout } = await runIn(scratch, ['request', 'scipy', '--reason', 'x']);
    expect(stdout).toContain(`requested: ${expected}: {`);
  });

  test('in none there is nothing to guess', async () => {
    const scratch = await Scratch.with({ 'README.md': '' });
    open.push(scratch);
    expect((await runIn(scratch, ['request', 'scipy', '--reason', 'x'])).code).toBe(2);
  });
});

describe('staging', () => {
  const stagedDiff = (scratch: Scratch) => scratch.git('diff', '--cached', '--name-only');

  describe.each([
    ['deny', 'add'],
    ['request', 'commit'],
  ])('%s', (command, verb) => {
    test('without a terminal and without --stage the command is printed', async () => {
      const scratch = await repository();
      const { stderr } = await runIn(scratch, [command, 'pypi:x', '--reason', 'x']);
      expect(stderr).toContain(`git ${verb} ${file}`);
      expect(await stagedDiff(scratch)).toBe('');
    });

    test('the printed command fits the folder', async () => {
      const scratch = await repository({ [file]: entries, 'sub/a.py': '' });
      const { stderr } = await runIn(scratch, [command, 'pypi:x', '--reason', 'x'], { cwd: 'sub' });
      expect(stderr).toContain(`git ${verb} ../${file}`);
    });
  });

  test('--stage stages a file that had nothing else', async () => {
    const scratch = await repository();
    expect((await runIn(scratch, ['request', 'pypi:x', '--reason', 'x', '--stage'])).code).toBe(0);
    expect(await stagedDiff(scratch)).toBe(`${file}\n`);
    expect((await runIn(scratch, ['request', 'pypi:y', '--reason', 'x', '--stage'])).code).toBe(0);
    expect(await scratch.git('diff', '--name-only')).toBe('');
  });

  test('--stage stages the files that it makes', async () => {
    const scratch = await repository({});
    expect((await runIn(scratch, ['request', 'pypi:x', '--reason', 'x', '--stage'])).code).toBe(0);
    expect(await stagedDiff(scratch)).toBe(`.gitattributes\n${file}\n`);
  });

  test('--stage never stages what somebody else left unstaged', async () => {
    const scratch = await repository();
    scratch.write({ [file]: `# mine\n${entries}` });
    const { code, stderr } = await runIn(scratch, ['request', 'pypi:x', '--reason', 'x', '--stage']);
    expect([code, stderr.includes('other changes')]).toEqual([2, true]);
    expect(await stagedDiff(scratch)).toBe('');
    expect(scratch.read(file)).toContain('  pypi:x: {');
  });

  describe('a file that git would send through a program is edited, and not staged', () => {
    /** Attributes and a filter that leaves a mark. */
    async function filtered(attributes: string): Promise<Scratch> {
      const scratch = await repository({ [file]: entries, '.gitattributes': attributes });
      scratch.write({ '.git/mark': `#!/bin/sh\n: >>'${scratch.home}/executed'; cat\n` });
      await scratch.git('config', 'filter.crypt.clean', `sh ${scratch.root}/.git/mark`);
      return scratch;
    }

    const said = 'git’s attributes send approved-packages.yaml through the filter “crypt”';
    test.each([
      ['--stage', 2, `nothing was staged: ${said}`],
      ['--no-stage', 0, 'To make it part of the next commit'],
      ['--offline', 0, `Not staged: ${said}`],
    ])('%s', async (flag, code, message) => {
      const scratch = await filtered('*.yaml filter=crypt\n');
      const done = await runIn(scratch, ['approve', 'pypi:x', '--reason', 'x', '--offline', flag]);
      expect([done.code, done.stderr.includes(message)]).toEqual([code, true]);
      expect([await stagedDiff(scratch), scratch.hasAtHome('executed')]).toEqual(['', false]);
      expect(scratch.read(file)).toContain('  pypi:x: {');
      // The command, run as it is printed, does it.
      const [command = ''] = /git add [^`\n]*/.exec(done.stderr) ?? [];
      expect((await run('sh', ['-c', command], { cwd: scratch.root, env: scratch.env })).code).toBe(0);
      expect([await stagedDiff(scratch), scratch.hasAtHome('executed')]).toEqual([`${file}\n`, true]);
    });

    test.each(['*.png filter=crypt', '*.yaml -filter', '*.yaml filter', '*.yaml text ident diff=crypt'])(
      'innocent: %s',
      async (attributes) => {
        const scratch = await filtered(`${attributes}\n`);
        expect((await runIn(scratch, ['request', 'pypi:x', '--reason', 'x', '--stage'])).code).toBe(0);
        expect([await stagedDiff(scratch), scratch.hasAtHome('executed')]).toEqual([`${file}\n`, false]);
      },
    );
  });

  test('line ends that git converts are no change', async () => {
    const scratch = await repository({ [file]: entries, '.gitattributes': '*.yaml text eol=crlf\n' });
    scratch.write({ [file]: entries.replaceAll('\n', '\r\n') });
    expect((await runIn(scratch, ['request', 'pypi:x', '--reason', 'x', '--stage'])).code).toBe(0);
  });
});

describe('what stands for a reason is none', () => {
  test.each(
    ['approve', 'deny', 'request'].flatMap((command) =>
      ['…', '...', ' … '].map((reason) => [command, reason]),
    ),
  )('%s --reason "%s"', async (command = '', reason = '') => {
    const scratch = await repository();
    const { code, stderr } = await runIn(scratch, [command, 'pypi:x', '--reason', reason, '--offline']);
    expect(code).toBe(2);
    const why = `${command} needs a reason, and ${reason.trim()} only stands for one\nWrite why in its place: `;
    expect(stderr).toContain(why);
    expect(scratch.read(file)).toBe(entries);
  });

  test.each(['… and sums', 'why...', '?', '.'])('innocent: %s', async (reason) => {
    const scratch = await repository();
    expect((await runIn(scratch, ['request', 'pypi:x', '--reason', reason])).code).toBe(0);
  });
});

describe('a request lets no commit pass, and is committed by itself', () => {
  const uses = { 'app.py': 'import stranger\n', '.check-importsrc': 'lookup: off\n' };
  const by = { GIT_EDITOR: 'echo asked >' };

  test.each([[{}], [{ CLAUDECODE: '1' }]])(
    'as it is printed, beside what uses the package: %j',
    async (env) => {
      const scratch = await repository();
      scratch.write(uses);
      await scratch.git('add', '--all');
      const asked = await runIn(scratch, ['request', 'pypi:stranger', '--reason', 'x'], { env });
      expect(asked.stderr).not.toContain('next commit');
      expect(asked.stderr).toContain('Then a person runs: vetted-imports review\n');
      const [, command = ''] = /^To commit it by itself: (.*)$/m.exec(asked.stderr) ?? [];
      const done = await run('sh', ['-c', command], { cwd: scratch.root, env: { ...scratch.env, ...by } });
      expect(done, command).toMatchObject({ code: 0 });
      expect(await scratch.git('show', '--format=', '--name-only')).toBe(`${file}\n`);
      expect(await scratch.git('diff', '--cached', '--name-only')).toBe('.check-importsrc\napp.py\n');
      // That commit uses nothing.
      const { code } = await runIn(scratch, ['--since', 'HEAD~1'], { env });
      expect(code).toBe(0);
    },
  );

  test('the first one with the line that merges it', async () => {
    const scratch = await repository({ 'web/a.js': '' });
    const { stderr } = await runIn(scratch, ['request', 'npm:undici', '--reason', 'x'], { cwd: 'web' });
    const commands = [...stderr.matchAll(/^(?:To commit it by itself|then): (.*)$/gm)].map(
      ([, text]) => text,
    );
    expect(commands).toHaveLength(2);
    const where = { cwd: `${scratch.root}/web`, env: { ...scratch.env, ...by } };
    for (const command of commands) expect((await run('sh', ['-c', command ?? ''], where)).code).toBe(0);
    expect(await scratch.git('show', '--format=', '--name-only')).toBe(`.gitattributes\n${file}\n`);
  });

  test.each([
    ['with --stage', ['--stage'], {}, 'To commit it by itself: git commit approved-packages.yaml\n'],
    [
      'where it lets one pass',
      [],
      { '.check-importsrc': 'requested: warn\n' },
      'To make it part of the next commit: git add ',
    ],
  ])('%s', async (_, flags, files, text) => {
    const scratch = await repository({ [file]: entries, ...files });
    const { stderr } = await runIn(scratch, ['request', 'pypi:x', '--reason', 'x', ...flags]);
    expect(stderr).toContain(text);
  });

  test('innocent: a denial is part of the next commit', async () => {
    const scratch = await repository();
    const { stderr } = await runIn(scratch, ['deny', 'pypi:x', '--reason', 'x']);
    expect(stderr).toContain('To make it part of the next commit: git add approved-packages.yaml\n');
  });
});

describe('assistants ask, people approve', () => {
  const env = { CLAUDECODE: '1' };

  test.each([['approve'], ['deny']])('%s refuses and names request', async (command) => {
    const scratch = await repository();
    const { code, stderr } = await runIn(scratch, [command, 'pypi:x', '--reason', 'x'], { env });
    expect([code, stderr.includes('Ask for it: vetted-imports request pypi:x')]).toEqual([2, true]);
    expect(scratch.read(file)).toBe(entries);
  });

  test('request is theirs', async () => {
    const scratch = await repository();
    expect((await runIn(scratch, ['request', 'pypi:x', '--reason', 'x'], { env })).code).toBe(0);
  });

  test.each([
    ['', false],
    ['0', false],
    ['false', false],
    ['1', true],
    ['any', true],
  ])('CLAUDECODE=%s is the environment of an assistant: %s', async (value, refused) => {
    const scratch = await repository();
    const { code } = await runIn(scratch, ['deny', 'pypi:x', '--reason', 'x'], {
      env: { CLAUDECODE: value },
    });
    expect(code).toBe(refused ? 2 : 0);
  });

  test('they are trusted where that is committed, not where it is only written', async () => {
    const scratch = await repository();
    scratch.write({ '.check-importsrc': 'assistants: trusted\n' });
    expect((await runIn(scratch, ['deny', 'pypi:x', '--reason', 'x'], { env })).code).toBe(2);
    await scratch.commitAll('trust');
    expect((await runIn(scratch, ['deny', 'pypi:x', '--reason', 'x'], { env })).code).toBe(0);
    scratch.write({ '.check-importsrc': 'assistants: ask\n' });
    expect((await runIn(scratch, ['deny', 'pypi:x', '--reason', 'x'], { env })).code).toBe(2);
  });
});

test('a second init is for people, whatever config an assistant has just written', async () => {
  const scratch = await repository();
  scratch.write({ '.check-importsrc': 'assistants: trusted\n' });
  const { code, stderr } = await runIn(scratch, ['init', '--yes'], { env: { CLAUDECODE: '1' } });
  expect([code, stderr.includes('request')]).toEqual([2, true]);
});

test('nobody decides anonymously', async () => {
  const scratch = await repository();
  scratch.writeHome({ '.gitconfig': '[user]\n\tuseConfigOnly = true\n' });
  const { code, stderr } = await runIn(scratch, ['deny', 'pypi:x', '--reason', 'x']);
  expect([code, stderr.includes('user.name')]).toEqual([2, true]);
});
