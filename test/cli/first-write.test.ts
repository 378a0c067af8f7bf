import { afterEach, describe, expect, test } from 'vitest';
import { decide } from '../../src/lsp/decide.ts';
import { Scratch } from '../kit/scratch.ts';
import { whitelistText as written, type WhitelistFields } from '../kit/whitelist.ts';
import { now, runIn } from '../kit/world.ts';

/*
 * The first entry in a project without a whitelist: whoever writes it, the file is what `init` would write, and the entry.
 */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const file = 'approved-packages.yaml';
const byAda = { by: 'Ada L <ada@example.org>', date: '2026-11-23' } as const;
type Entries = Readonly<Record<string, WhitelistFields>>;

/** A whitelist whose entries stand in their order. */
const whitelistText = (entries: Entries) =>
  written(Object.fromEntries(Object.entries(entries).toSorted(([left], [right]) => (left < right ? -1 : 1))));

const baseline = { baseline: '2026-11-23' };

const shop = {
  '.check-importsrc': 'lookup: off\n',
  'package.json': '{ "name": "shop", "dependencies": { "lodash": "4", "react": "19" } }\n',
  'requirements.txt': 'flask\n',
  'app.py': 'import flask\nimport numpy_utils\n',
};

const declared = { 'npm:lodash': baseline, 'npm:react': baseline, 'pypi:flask': baseline } as const;

/** What `init` writes for the shop. */
const adopted = {
  ...declared,
  'pypi:numpy-utils': { requested: 'in use in app.py:2', date: '2026-11-23' },
} as const;

async function project(files: Readonly<Record<string, string>> = shop): Promise<Scratch> {
  const scratch = await Scratch.with(files);
  open.push(scratch);
  return scratch;
}

test('init, to compare with', async () => {
  const scratch = await project();
  expect((await runIn(scratch, ['init', '--yes'])).code).toBe(0);
  expect(scratch.read(file)).toBe(whitelistText(adopted));
  expect(scratch.read('.gitattributes')).toBe(`${file} merge=union\n`);
});

describe('outside of a repository', () => {
  function folder(files: Readonly<Record<string, string>>): Scratch {
    const scratch = new Scratch();
    open.push(scratch);
    scratch.write({ '.check-importsrc': 'lookup: off\n', ...files });
    return scratch;
  }

  test.each(['approve', 'deny', 'request'])('%s writes no whitelist', async (command) => {
    const scratch = folder({});
    const { code, stderr } = await runIn(scratch, [command, 'npm:qs', '--reason', 'x']);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining(
        `${scratch.root} is in no git repository, and has no ${file}, no manifest and no program\n`,
      ),
    ]);
    expect([scratch.has(file), scratch.has('.gitattributes')]).toEqual([false, false]);
  });

  test('innocent: one that is there is edited', async () => {
    const scratch = folder({ [file]: written({}) });
    expect((await runIn(scratch, ['deny', 'npm:qs', '--reason', 'x'])).code).toBe(0);
  });
});

describe('names that no package can have', () => {
  const extensions = {
    ...shop,
    'fast.py': 'try:\n    from _speedups import fast\nexcept ImportError:\n    import _mysql, __main__x\n',
    'names.py': 'import αβγ\n',
  };

  test('get no line, and init says where they belong', async () => {
    const scratch = await project(extensions);
    const { code, stdout } = await runIn(scratch, ['init', '--yes']);
    expect(code).toBe(0);
    expect(scratch.read(file)).toBe(whitelistText(adopted));
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'No package of PyPI can be called “_speedups” (fast.py:2), “_mysql” (fast.py:4), “__main__x” (fast.py:4) or 1 more: ' +
        'they get no line in the whitelist. Name them in `localModules` of the config where the project builds them, in `ambient` where its host brings them.',
    );
  });

  test.each<[string, readonly string[]]>([
    ['an approval', ['approve', 'npm:undici', '--reason', 'http', '--offline']],
    ['a request', ['request', 'npm:undici', '--reason', 'http', '--offline']],
  ])('do not stand in the way of %s', async (_, words) => {
    const scratch = await project(extensions);
    expect((await runIn(scratch, words)).code).toBe(0);
    expect(scratch.read(file)).toContain('npm:undici');
  });

  const stopped =
    'no package of PyPI can be called “_quarry”, so there is none to approve. Correct the import';
  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['a person', {}, `${stopped}, or name the module: in \`localModules\``],
    ['an assistant', { CLAUDECODE: '1' }, `${stopped}. [pypi:-quarry]`],
  ])('are stopped where they are new, and %s hears what to do', async (_, env, said) => {
    const scratch = await project({ ...extensions, [file]: whitelistText(adopted) });
    scratch.write({ 'new.py': 'import _quarry.maps\n' });
    await scratch.git('add', '--all');
    const { code, stdout } = await runIn(scratch, ['--staged', '--format', 'concise'], { env });
    expect(code).toBe(1);
    expect(stdout).toContain(said);
  });

  test('are no more once the config names them', async () => {
    const config = {
      '.check-importsrc': 'lookup: off\nlocalModules: [_speedups, _mysql, __main__x, αβγ]\n',
    };
    const scratch = await project({ ...extensions, ...config });
    const { code, stdout } = await runIn(scratch, ['init', '--yes']);
    expect([code, stdout.includes('can be called')]).toEqual([0, false]);
  });
});

const confirm = () => Promise.resolve(true);

describe('the first entry brings the whitelist of init', () => {
  const rows: readonly [string, readonly string[], Entries][] = [
    [
      'an approval',
      ['approve', 'npm:undici', '--reason', 'http', '--offline'],
      { 'npm:undici': { approved: 'http', unverified: true, ...byAda } },
    ],
    ['a denial', ['deny', 'npm:request', '--reason', 'old'], { 'npm:request': { denied: 'old', ...byAda } }],
    ['a request', ['request', 'npm:got', '--reason', 'http'], { 'npm:got': { requested: 'http', ...byAda } }],
    [
      'a decision about a package that is declared',
      ['deny', 'npm:lodash', '--reason', 'old'],
      { 'npm:lodash': { denied: 'old', ...byAda } },
    ],
    [
      'a request of a package that is in use, with the reason of the person',
      ['request', 'pypi:numpy-utils', '--reason', 'ours'],
      { 'pypi:numpy-utils': { requested: 'ours', ...byAda } },
    ],
    [
      'a request of a package that is declared, which is settled',
      ['request', 'npm:react', '--reason', 'x'],
      {},
    ],
  ];

  test.each(rows)('%s', async (_, args, entry) => {
    const scratch = await project();
    const done = await runIn(scratch, args);
    expect(done.code).toBe(0);
    expect(scratch.read(file)).toBe(whitelistText({ ...adopted, ...entry }));
    expect(scratch.read('.gitattributes')).toBe(`${file} merge=union\n`);
    expect(done.stderr).toContain(`${file} is new: its baseline is what HEAD declares (3 packages)`);
    expect(done.stderr).toContain(`git add ${file} .gitattributes\n`);
    expect(done.stdout).not.toContain('nothing was written');
    expect([done.stdout.includes('(was '), scratch.has('.git/hooks/pre-commit')]).toEqual([false, false]);
  });

  test('an action of an editor', async () => {
    const scratch = await project();
    const context = { cwd: scratch.root, env: scratch.env, now };
    const order = { name: 'request', package: 'npm:got', reason: 'http' } as const;
    const result = await decide(order, { context, offline: true, confirm });
    expect(result?.done).toBe(true);
    expect(result?.message).toContain(`${file} is new: its baseline is`);
    expect(scratch.read(file)).toContain('  npm:got: { requested: http, ');
    expect(scratch.read(file)).toContain('  npm:lodash: { baseline: 2026-11-23 }\n');
  });

  test('without what the change itself brings, but for this tool', async () => {
    const scratch = await project();
    const manifest = {
      dependencies: { lodash: '4', react: '19' },
      devDependencies: { 'vetted-imports': '0.1.0' },
    };
    scratch.write({
      'e.js': 'import "zod";\n',
      'package.json': JSON.stringify({ name: 'shop', ...manifest }),
    });
    await scratch.git('add', '--all');
    const done = await runIn(scratch, ['deny', 'npm:got', '--reason', 'old']);
    const own = { approved: 'checks imports before every commit', ...byAda };
    const entries = { 'npm:got': { denied: 'old', ...byAda }, 'npm:vetted-imports': own };
    expect(scratch.read(file)).toBe(whitelistText({ ...adopted, ...entries }));
    expect(done.stderr).toContain('and 1 package more in use is requested');
  });

  test('with --stage both files are staged', async () => {
    const scratch = await project();
    await runIn(scratch, ['request', 'npm:got', '--reason', 'x', '--stage']);
    expect(await scratch.git('diff', '--cached', '--name-only')).toBe(`.gitattributes\n${file}\n`);
  });

  test('outside of a repository, with what the files there declare', async () => {
    const scratch = new Scratch();
    open.push(scratch);
    scratch.write(shop);
    await runIn(scratch, ['deny', 'npm:request', '--reason', 'old']);
    expect(scratch.read(file)).toContain('  npm:lodash: { baseline: 2026-11-23 }\n');
    expect(scratch.has('.gitattributes')).toBe(false);
  });

  test('a second entry adds nothing but itself', async () => {
    const scratch = await project();
    scratch.write({ [file]: whitelistText({}) });
    const done = await runIn(scratch, ['request', 'npm:got', '--reason', 'x']);
    expect(scratch.read(file)).toBe(whitelistText({ 'npm:got': { requested: 'x', ...byAda } }));
    expect(done.stderr).not.toContain('is new');
  });

  test('a whitelist that was deleted is not made anew', async () => {
    const scratch = await project({ ...shop, [file]: whitelistText({}) });
    scratch.remove(file);
    const done = await runIn(scratch, ['request', 'npm:got', '--reason', 'x']);
    expect([done.code, done.stderr.includes(`git restore ${file}`), scratch.has(file)]).toEqual([
      2,
      true,
      false,
    ]);
  });
});

describe('in the environment of an assistant the first entry is refused, and the refusal names who runs init', () => {
  const env = { CLAUDECODE: '1' };

  test.each([['approve', '--offline'], ['deny'], ['request']])('%s', async (command, ...more) => {
    const scratch = await project();
    const done = await runIn(scratch, [command, 'npm:got', '--reason', 'x', ...more], { env });
    expect([done.code, await scratch.git('status', '--porcelain')]).toEqual([2, '']);
    expect(done.stderr).toContain('A person runs: vetted-imports init\n');
    expect(done.stderr).not.toContain('vetted-imports request');
  });

  test('an action of an editor', async () => {
    const scratch = await project();
    const context = { cwd: scratch.root, env: { ...scratch.env, ...env }, now };
    const order = { name: 'request', package: 'npm:got', reason: 'http' } as const;
    const result = await decide(order, { context, offline: true, confirm });
    expect(result?.done).toBe(false);
    expect(result?.message).toContain('A person runs: vetted-imports init');
  });

  test('innocent: where the committed config trusts it', async () => {
    const scratch = await project({ ...shop, '.check-importsrc': 'lookup: off\nassistants: trusted\n' });
    const done = await runIn(scratch, ['request', 'npm:got', '--reason', 'x'], { env });
    expect([done.code, scratch.has(file)]).toEqual([0, true]);
  });
});

describe('on a branch, the baseline is what was declared where it left the default branch', () => {
  const since = 'since the branch left main';

  /** A branch on which somebody committed past the hook. */
  async function branch(): Promise<Scratch> {
    const scratch = await project({ ...shop, 'app.py': 'import flask\n' });
    await scratch.git('switch', '--quiet', '--create', 'topic');
    scratch.write({ 'requirements.txt': 'flask\npanda-tools\n', 'new.py': 'import numpy_utils\n' });
    await scratch.commitAll('past the hook');
    return scratch;
  }

  const requests = {
    'pypi:numpy-utils': { requested: 'in use in new.py:1', date: '2026-11-23' },
    'pypi:panda-tools': { requested: `declared in requirements.txt:2 ${since}`, date: '2026-11-23' },
  } as const;

  test.each([
    ['init, which requests what the branch brought', ['init', '--yes'], requests],
    [
      'the first entry',
      ['deny', 'npm:request', '--reason', 'old'],
      { 'npm:request': { denied: 'old', ...byAda } },
    ],
  ])('%s', async (_, args, entry) => {
    const scratch = await branch();
    expect((await runIn(scratch, args)).code).toBe(0);
    expect(scratch.read(file)).toBe(whitelistText({ ...declared, ...entry }));
    await scratch.commitAll('linter');
    const range = await runIn(scratch, ['--since', 'main', '--offline', '--format', 'concise']);
    expect([range.code, range.stdout.includes('fault')]).toEqual([1, false]);
  });

  test('the default branch of a clone is that of its origin', async () => {
    const scratch = await branch();
    await scratch.git('update-ref', 'refs/remotes/origin/trunk', 'topic');
    await scratch.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk');
    await runIn(scratch, ['init', '--yes']);
    expect(scratch.read(file)).toContain('  pypi:panda-tools: { baseline: 2026-11-23 }\n');
  });
});

describe('a whitelist that never got a baseline', () => {
  const approved = { 'npm:undici': { approved: 'http', ...byAda }, 'npm:react': { denied: 'old' } } as const;

  test('gets it from init --update, for what nobody decided', async () => {
    const scratch = await project({ ...shop, [file]: whitelistText(approved) });
    const shown = await runIn(scratch, ['init', '--yes']);
    expect(shown.stdout).toContain('vetted-imports init --update');
    expect(scratch.read(file)).toBe(whitelistText(approved));
    const dry = await runIn(scratch, ['init', '--update', '--dry-run']);
    expect(dry.stdout).toContain('+  npm:lodash: { baseline: 2026-11-23 }');
    expect((await runIn(scratch, ['init', '--update', '--yes'])).code).toBe(0);
    expect(scratch.read(file)).toBe(whitelistText({ ...adopted, ...approved }));
    expect((await runIn(scratch, ['init', '--update', '--yes'])).stdout).toContain('is up to date');
  });

  test('innocent: one that has a baseline never grows', async () => {
    const text = whitelistText({ 'npm:lodash': baseline });
    const scratch = await project({ ...shop, [file]: text });
    expect((await runIn(scratch, ['init', '--yes'])).stdout).not.toContain('--update');
    await runIn(scratch, ['init', '--update', '--yes']);
    expect(scratch.read(file)).toBe(text);
  });
});
