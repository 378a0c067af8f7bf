import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bin, run, Scratch, type Finished } from '../kit/scratch.ts';
import { isLong, rounds } from '../kit/length.ts';
import { json, reply, startServer, type TestServer } from '../kit/server.ts';
import { shop, shopWhitelist } from '../kit/shop.ts';
import { runIn } from '../kit/world.ts';

/*
 * What the machine may do to a run. In every row a change is staged that imports evil, which nobody approved. Either
 * the verdict is the usual one, or a fault says what is wrong, where, and what to do: never a stack trace, and never
 * exit code 0 about something that was not checked.
 */

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const found = '1 error in';

/** A repository with the change, that whoever asks for it disposes of. */
async function changed(files: Readonly<Record<string, string>> = {}): Promise<Scratch> {
  const scratch = await shop(files);
  scratch.write({ 'shop/new.py': 'import evil\n' });
  await scratch.git('add', 'shop/new.py');
  return scratch;
}

/** The same, for one test. */
async function opened(files: Readonly<Record<string, string>> = {}): Promise<Scratch> {
  const scratch = await changed(files);
  closing.push(() => {
    scratch.dispose();
  });
  return scratch;
}

/** Runs a line of a shell in a repository; `$C` is this command, `$HOME` the home folder. */
function shell(
  scratch: Scratch,
  line: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  const tool = `set -o pipefail; C="'${process.execPath}' '${bin}'"; c() { eval "$C" '"$@"'; }; ${line}`;
  return run('bash', ['-c', tool], { cwd: scratch.root, env: { ...scratch.env, ...env } });
}

/** Exit code and what is said, which is never a stack trace. */
async function outcome(done: Promise<Finished>, said: string): Promise<readonly [number, string]> {
  const { code, stdout, stderr } = await done;
  const all = `${stdout}${stderr}`;
  expect(all).not.toMatch(/^ +at .*:\d+:\d+|this is a bug/m);
  return [code, all.replace(/\s+/g, ' ').includes(said) ? said : all];
}

describe('streams and folders of the process', () => {
  const unwritten = 'the report could not be written to';
  // Nothing here changes the repository.
  let scratch: Scratch;
  beforeAll(async () => {
    scratch = await changed({ 'web/long.ts': "import x from 'lodash';\n".repeat(3_000) });
  });
  afterAll(() => {
    scratch.dispose();
  });

  test.each<[what: string, line: string, code: number, said: string]>([
    ['stdout is full', 'c --staged >/dev/full', 2, 'the output could not be written: ENOSPC'],
    ['stdout and stderr are full', 'c --staged >/dev/full 2>/dev/full', 2, ''],
    ['stdout is closed', 'c --staged >&-', 1, ''],
    ['every stream is closed', 'c --staged >&- 2>&- <&-', 1, ''],
    ['nobody reads stdout to its end', 'c --all | head -c 1 >/dev/null', 1, ''],
    [
      'the working folder is gone',
      'mkdir d; cd d; rmdir ../d; c --staged',
      2,
      'the working folder no longer exists',
    ],
    ['no home', 'unset HOME USERPROFILE XDG_CACHE_HOME; c --staged', 1, found],
    ['no temporary folder', 'TMPDIR=/nonexistent c --all', 1, found],
    ['strange locale and time zone', 'LC_ALL=tr_TR.UTF-8 TZ=Pacific/Kiritimati c --staged', 1, found],
    ['no room for large files', 'ulimit -f 0; c --staged | cat', 1, found],
  ])('%s', async (_, line, code, said) => {
    expect(await outcome(shell(scratch, line), said)).toEqual([code, said]);
  });

  test.each<
    [what: string, args: readonly string[], env: Readonly<Record<string, string>>, code: number, said: string]
  >([
    ['a report goes to a full device', ['--format', 'json=/dev/full'], {}, 2, unwritten],
    ['a report goes to no folder', ['--format', 'json=no/x.json'], {}, 2, unwritten],
    ['a home that is a file', [], { HOME: '/dev/null' }, 1, found],
    ['no PATH', [], { PATH: '' }, 2, 'git was not found on PATH'],
  ])('%s', async (_, args, env, code, said) => {
    const done = runIn(scratch, ['--staged', ...args], { env });
    expect(await outcome(done, said)).toEqual([code, said]);
  });

  test('nobody reads a long list to its end', async () => {
    const first = 'package.json:3:22 dependency lodash npm:lodash (approved)';
    expect(await outcome(shell(scratch, 'c list --references | head -1'), first)).toEqual([0, first]);
  });

  test('Ctrl-C ends a run, and it has not passed', async () => {
    const scratch = await opened(
      Object.fromEntries(Array.from({ length: 400 }, (__, at) => [`many/m${at}.py`, fill])),
    );
    const ended = spawnSync('timeout', ['--signal=INT', '0.4', process.execPath, bin, '--all'], {
      cwd: scratch.root,
      env: scratch.env,
      encoding: 'utf8',
    });
    expect(ended.status).not.toBe(0);
    expect(ended.stderr).not.toMatch(/^ +at /m);
    expect(await scratch.git('status', '--short')).toBe('A  shop/new.py\n');
  });
});

const fill = 'import flask\nimport other_name\n'.repeat(200);

describe('git', () => {
  test.each<[what: string, script: string, said: string]>([
    [
      'is too old',
      'echo "error: unknown option \\`ita-invisible-in-index\'" >&2; exit 129',
      'unknown option',
    ],
    ['is killed', 'kill -9 $$', 'git'],
    ['crashes without a word', 'exit 3', 'git'],
    ['is no program', 'no-such-program', 'not found'],
  ])('%s', async (_, script, said) => {
    const scratch = await opened();
    const folder = path.join(scratch.home, 'bin');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'git'), `#!/bin/sh\n${script}\n`);
    chmodSync(path.join(folder, 'git'), 0o755);
    const env = { PATH: `${folder}:${scratch.env['PATH'] ?? ''}` };
    expect(await outcome(runIn(scratch, ['--staged'], { env }), said)).toEqual([2, said]);
  });

  const blob = '.git/objects/$(git rev-parse :shop/new.py | sed "s|..|&/|")';
  test.each<[what: string, before: string, code: number, said: string]>([
    ['the index is damaged', 'echo garbage >.git/index', 2, 'index file smaller than expected'],
    ['HEAD is damaged', 'echo garbage >.git/HEAD', 2, 'not a git repository'],
    [
      'HEAD leads to nothing, so that everything is new',
      'echo 0123456789012345678901234567890123456789 >.git/refs/heads/main',
      1,
      'pypi:evil',
    ],
    [
      '.git cannot be resolved',
      'mv .git ../gone; echo gitdir: /nonexistent >.git',
      2,
      'not a git repository',
    ],
    [
      'a staged file is damaged',
      `chmod +w ${blob}; echo garbage >${blob}`,
      2,
      'fault unreadable shop/new.py',
    ],
    ['a staged file is missing', `rm -f ${blob}`, 2, 'fault unreadable shop/new.py'],
    [
      'a folder of HEAD is missing',
      'mkdir docs; echo a >docs/a; git add docs; git commit -qnm docs; echo "import docs.a" >shop/new.py; git add shop; rm -f .git/objects/$(git rev-parse HEAD:docs | sed "s|..|&/|")',
      2,
      'git fsck',
    ],
    ['a lock is left behind', 'touch .git/index.lock', 1, found],
  ])('%s', async (_, before, code, said) => {
    const scratch = await opened();
    await shell(scratch, before);
    expect(await outcome(runIn(scratch, ['--staged']), said)).toEqual([code, said]);
  });

  test('the whitelist is in the index, and git has lost it: nothing is approved by manifests instead', async () => {
    const scratch = await opened({ 'requirements.txt': 'flask\nnumpy\nevil\n' });
    const whitelist = blob.replace('shop/new.py', 'approved-packages.yaml');
    const said = 'the whitelist exists but can’t be read';
    await shell(scratch, `rm -f ${whitelist}; git config remote.origin.promisor true`);
    expect(await outcome(runIn(scratch, ['--staged']), said)).toEqual([2, said]);
  });

  describe('in the middle of', () => {
    /** Its two branches change the same line. */
    let forked: Scratch;
    beforeAll(async () => {
      forked = await Scratch.with({
        '.check-importsrc': 'lookup: off\n',
        'approved-packages.yaml': shopWhitelist,
        'a.py': 'x = 0\n',
      });
      await shell(
        forked,
        `git checkout -q -b side; echo "x = 1" >a.py; git commit -qam side; git checkout -q main
        for at in 2 3; do echo "x = $at" >a.py; git commit -qam main; done`,
      );
    });
    afterAll(() => {
      forked.dispose();
    });

    test.each<[what: string, steps: string]>([
      ['a rebase', 'git rebase side'],
      ['a cherry-pick', 'git cherry-pick side'],
      ['a revert', 'git revert --no-edit HEAD~1'],
      ['am', 'git format-patch -1 --stdout side >../p; git am -3 ../p'],
      ['a merge', 'git merge side'],
    ])('%s: unresolved is a fault, resolved is checked', async (_, steps) => {
      const scratch = new Scratch();
      closing.push(() => {
        scratch.dispose();
      });
      cpSync(forked.root, scratch.root, { recursive: true });
      await shell(scratch, `git update-index -q --refresh; ${steps}`);
      const unmerged = 'the file has merge conflicts that are not resolved';
      expect(await outcome(runIn(scratch, ['--staged']), unmerged)).toEqual([2, unmerged]);
      await shell(scratch, 'printf "import evil\\nx = 4\\n" >a.py; git add a.py');
      expect(await outcome(runIn(scratch, ['--staged']), found)).toEqual([1, found]);
    });
  });

  test('in the middle of a bisect', async () => {
    const scratch = await opened();
    await shell(
      scratch,
      'git stash -q; git commit -q --allow-empty -m b; git bisect start HEAD HEAD~1; git stash pop -q',
    );
    await scratch.git('add', '--all');
    expect(await outcome(runIn(scratch, ['--staged']), found)).toEqual([1, found]);
  });

  test('a partial clone whose remote is gone: the old version counts as empty, and that is said', async () => {
    const scratch = await opened();
    await scratch.git('commit', '--quiet', '--no-verify', '--message', 'evil is old here');
    await scratch.git('config', 'uploadpack.allowFilter', 'true');
    const clone = path.join(scratch.home, 'clone');
    await scratch.git(
      'clone',
      '--quiet',
      '--filter=blob:none',
      '--no-checkout',
      `file://${scratch.root}`,
      clone,
    );
    await scratch.git('-C', clone, 'config', 'remote.origin.url', 'file:///nonexistent');
    const text = 'import evil\nimport other\n';
    await shell(
      scratch,
      `cd '${clone}'; git read-tree --empty; mkdir shop; printf '${text}' >shop/new.py; git add shop`,
    );
    const cwd = path.relative(scratch.root, clone);
    const { code, stdout, stderr } = await runIn(scratch, ['--staged', '--offline'], { cwd });
    expect([code, stdout.includes('pypi:other')]).toEqual([1, true]);
    expect((stdout + stderr).replace(/\s+/g, ' ')).toMatch(
      /the version in HEAD could not be read, so all of its imports count as new/,
    );
  });
});

describe('a partial clone in CI', () => {
  test('that lacks the base’s whitelist does not take its manifests for one', async () => {
    const scratch = await shop({ 'requirements.txt': 'flask\nnumpy\nevil\n' });
    closing.push(() => {
      scratch.dispose();
    });
    scratch.write({
      'approved-packages.yaml': `${shopWhitelist}# changed\n`,
      'shop/new.py': 'import evil\n',
    });
    await scratch.commitAll('change');
    await scratch.git('config', 'uploadpack.allowFilter', 'true');
    const clone = path.join(scratch.home, 'clone');
    await scratch.git('clone', '--quiet', '--filter=blob:none', `file://${scratch.root}`, clone);
    await scratch.git('-C', clone, 'config', 'remote.origin.url', 'file:///nonexistent');
    const cwd = path.relative(scratch.root, clone);
    const said = 'the whitelist exists but can’t be read';
    const done = runIn(scratch, ['--since', 'HEAD~1', '--policy-from', 'base'], { cwd });
    expect(await outcome(done, said)).toEqual([2, said]);
  });
});

describe('files of the work tree', () => {
  test.each<[what: string, before: string, args: string, code: number, said: string]>([
    ['a pipe in place of a program', 'rm shop/app.py; mkfifo shop/app.py', '--all', 2, 'shop/app.py'],
    ['a pipe by its name', 'rm shop/app.py; mkfifo shop/app.py', 'shop/app.py', 2, 'it is a pipe'],
    ['a folder in place of a program', 'rm shop/app.py; mkdir shop/app.py', '--all', 1, found],
    [
      'a pipe in place of the whitelist',
      'rm approved-packages.yaml; mkfifo approved-packages.yaml',
      '--all',
      2,
      'can’t be read',
    ],
    [
      'a pipe in place of the config',
      'rm .check-importsrc; mkfifo .check-importsrc',
      '--all --offline',
      2,
      'the config can’t be read',
    ],
    [
      'a whitelist of 70 MB',
      'printf "#%70000000d\\n" 0 >>approved-packages.yaml',
      '--all',
      2,
      'can’t be read',
    ],
    [
      'the same, staged',
      'printf "#%70000000d\\n" 0 >>approved-packages.yaml; git -c core.compression=0 add --all',
      '--staged',
      2,
      'can’t be read',
    ],
    [
      'a name of 250 letters',
      'cp shop/new.py shop/$(printf "a%.0s" {1..246}).py',
      '--all',
      1,
      '1 package, 2 places',
    ],
    [
      'a path of 3,000 letters',
      'd=$(printf "a%.0s" {1..200}); for i in {1..15}; do mkdir $d; cd $d; done; echo import evil >n.py',
      '--all',
      1,
      '1 package, 2 places',
    ],
  ])('%s', async (_, before, args, code, said) => {
    const scratch = await opened();
    await shell(scratch, before);
    expect(await outcome(runIn(scratch, args.split(' ')), said)).toEqual([code, said]);
  });

  test('a staged path that is longer than any that can be opened', async () => {
    const scratch = await opened();
    // Longer than PATH_MAX; in a long run of as many folders as there is room for.
    const long = `${isLong ? 'a/'.repeat(3_000) : `${'a'.repeat(60)}/`.repeat(100)}n.py`;
    const oid = (await scratch.git('rev-parse', ':shop/new.py')).trim();
    await scratch.git('update-index', '--add', '--cacheinfo', `100644,${oid},${long}`);
    expect(await outcome(runIn(scratch, ['--staged']), '1 package, 2 places')).toEqual([
      1,
      '1 package, 2 places',
    ]);
    const said = 'name too long';
    expect(await outcome(runIn(scratch, ['--all']), said)).toEqual([2, said]);
  });
});

describe('the clock', () => {
  let scratch: Scratch;
  beforeAll(async () => {
    scratch = await changed();
  });
  afterAll(() => {
    scratch.dispose();
  });

  test.each(['1970-01-01', '2000-02-29', '2038-01-19', '9999-12-31'])('says %s', async (now) => {
    expect(await outcome(runIn(scratch, ['--staged'], { now }), found)).toEqual([1, found]);
  });
});

describe('the cache of registry answers', () => {
  let server: TestServer;
  let scratch: Scratch;
  let cache: string;
  /** A repository whose registry knows evil, and says how often it was asked. */
  beforeAll(async () => {
    server = await startServer((_, response) => {
      const day = '2020-01-01T00:00:00.000Z';
      const versions = { '1.0.0': {} };
      reply(
        response,
        json({
          name: 'evil',
          versions,
          'dist-tags': { latest: '1.0.0' },
          time: { created: day, '1.0.0': day },
        }),
      );
    });
    scratch = await shop({ '.check-importsrc': 'lookup: on\n' });
    scratch.write({ 'web/new.ts': "import x from 'evil';\n" });
    await scratch.git('add', '--all');
    cache = path.join(scratch.env['XDG_CACHE_HOME'] ?? '', 'vetted-imports');
  });
  afterAll(async () => {
    scratch.dispose();
    await server.close();
  });
  afterEach(() => {
    rmSync(cache, { recursive: true, force: true });
  });

  const said = ({ code, stdout, stderr }: Finished) => [
    code,
    /unapproved-package\/\w+/.exec(stdout)?.[0],
    stderr,
  ];
  const format = ['--format', 'concise'];
  const check = async (more: Readonly<Record<string, string>> = {}) =>
    said(
      await runIn(scratch, ['--staged', ...format], { env: { NPM_CONFIG_REGISTRY: server.url, ...more } }),
    );
  const verdict = [1, 'unapproved-package/exists', ''];

  test.each<[what: string, damage: (file: string) => void]>([
    [
      'truncated',
      (file) => {
        writeFileSync(file, readFileSync(file, 'utf8').slice(0, 50));
      },
    ],
    [
      'empty',
      (file) => {
        writeFileSync(file, '');
      },
    ],
    [
      'of another version',
      (file) => {
        writeFileSync(file, readFileSync(file, 'utf8').replace(/"format":\d+/, '"format":0'));
      },
    ],
    [
      'about another name',
      (file) => {
        writeFileSync(file, readFileSync(file, 'utf8').replaceAll('evil', 'good'));
      },
    ],
    [
      'random bytes',
      (file) => {
        writeFileSync(file, Buffer.from(Array.from({ length: 999 }, (_, at) => (at * 7919) % 256)));
      },
    ],
    [
      'longer than it was',
      (file) => {
        appendFileSync(file, '}');
      },
    ],
    [
      'a folder',
      (file) => {
        rmSync(file);
        mkdirSync(file);
      },
    ],
  ])('an entry that is %s is as good as none', async (_, damage) => {
    expect(await check()).toEqual(verdict);
    const asked = server.requests.length;
    expect(await check()).toEqual(verdict);
    expect(server.requests.length).toBe(asked);
    for (const name of readdirSync(cache)) damage(path.join(cache, name));
    expect(await check()).toEqual(verdict);
    expect(server.requests.length).toBeGreaterThan(asked);
  });

  test.each<[what: string, run: () => Promise<unknown>]>([
    [
      'is a file',
      () => {
        mkdirSync(path.dirname(cache), { recursive: true });
        writeFileSync(cache, 'x\n');
        return check();
      },
    ],
    ['can’t be made', () => check({ XDG_CACHE_HOME: '/dev/null/x' })],
    [
      'may not grow',
      async () => {
        const line = `ulimit -f 0; c --staged ${format.join(' ')} | cat`;
        return said(await shell(scratch, line, { NPM_CONFIG_REGISTRY: server.url }));
      },
    ],
  ])('a folder that %s keeps nothing and stops nothing', async (_, run) => {
    const asked = server.requests.length;
    expect(await run()).toEqual(verdict);
    expect(server.requests.length).toBeGreaterThan(asked);
  });
});

describe('an edit of the whitelist', () => {
  const approve = ['approve', 'npm:added', '--reason', 'x', '--offline'];
  const large = shopWhitelist.replace(
    '  npm:lodash:',
    `${Array.from({ length: 1_500 }, (_, at) => `  npm:k${String(at)}: { approved: filler ${'x'.repeat(60)} }\n`).join('')}  npm:lodash:`,
  );

  test('that is killed at any moment leaves the old or the new file, and the next edit works', async () => {
    const scratch = await opened({ 'approved-packages.yaml': large });
    const states = new Set<string>();
    for (let moment = 0; moment < 24; moment += rounds(9, 1)) {
      const after = (0.15 + moment * 0.03).toFixed(2);
      spawnSync('timeout', ['--signal=KILL', after, process.execPath, bin, ...approve], {
        cwd: scratch.root,
        env: scratch.env,
      });
      const text = scratch.read('approved-packages.yaml');
      const without = text.split('\n').filter((line) => !line.startsWith('  npm:added:'));
      expect(without.join('\n')).toBe(large);
      states.add(text === large ? 'old' : 'new');
      scratch.write({ 'approved-packages.yaml': large });
    }
    expect(states).toContain('old');
    expect(await outcome(runIn(scratch, approve), 'added')).toEqual([0, 'added']);
    expect(scratch.read('approved-packages.yaml')).toContain('\n  npm:added:');
    expect(await outcome(runIn(scratch, ['--staged']), found)).toEqual([1, found]);
  }, 120_000);

  test('on a full disk leaves the old file, says so, and nothing beside it', async () => {
    const scratch = await opened({ 'approved-packages.yaml': large });
    const small = path.join(scratch.home, 'small');
    mkdirSync(small);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', small]).status === 0;
    if (mounted) closing.unshift(() => spawnSync('umount', [small]));
    // Where nothing may be mounted, no file may be longer than the old one.
    const limit = mounted ? 'dd if=/dev/zero of=fill bs=1k 2>/dev/null' : 'ulimit -f 64';
    writeFileSync(path.join(small, 'approved-packages.yaml'), large);
    const done = await shell(scratch, `cd '${small}'; ${limit}; c ${approve.join(' ')}`);
    expect(done.stderr).toMatch(/^vetted-imports: .* can’t be written \((?:ENOSPC|EFBIG)\)$/m);
    expect(done.stderr).not.toMatch(/^ +at /m);
    expect(done.code).toBe(2);
    expect(readFileSync(path.join(small, 'approved-packages.yaml'), 'utf8')).toBe(large);
    expect(readdirSync(small).filter((name) => name !== 'fill')).toEqual(['approved-packages.yaml']);
  });

  test('of what is no file is refused', async () => {
    const scratch = await opened();
    await shell(scratch, 'rm approved-packages.yaml; mkfifo approved-packages.yaml');
    const said = 'the whitelist exists but can’t be read';
    expect(await outcome(runIn(scratch, approve), said)).toEqual([2, said]);
  });
});

test('hooks that run at once say the same', async () => {
  const scratch = await opened();
  const hooks = Array.from({ length: rounds(3, 6) }, () => scratch.check('hook', 'pre-commit'));
  const all = await Promise.all(hooks);
  expect(new Set(all.map(({ code, stdout }) => `${code} ${stdout}`)).size).toBe(1);
  expect(all[0]?.code).toBe(1);
});
