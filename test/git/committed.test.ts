import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import { run, type Scratch } from '../kit/scratch.ts';
import { shop, shopWhitelist } from '../kit/shop.ts';
import { byAda, whitelistLine } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* What is judged are the objects as they were committed, and no others: not what a repository puts in their place, and
   not what could be fetched. */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

async function opened(): Promise<Scratch> {
  const scratch = await shop();
  open.push(scratch);
  return scratch;
}

const oid = async (scratch: Scratch, name: string) => (await scratch.git('rev-parse', name)).trim();

async function blobOf(scratch: Scratch, text: string): Promise<string> {
  scratch.writeHome({ blob: text });
  return (await scratch.git('hash-object', '-w', path.join(scratch.home, 'blob'))).trim();
}

/** What a scope finds, each once. */
async function found(scratch: Scratch, ...args: readonly string[]): Promise<string[]> {
  const { code, stdout } = await runIn(scratch, [...args, '--format', 'concise']);
  return [`exit ${String(code)}`, ...findingsIn(stdout)];
}

describe('no replacement takes the place of', () => {
  const evil = ['exit 1', 'shop/new.py:1:8 unapproved-package pypi:evil'];

  /** A change that imports evil, staged over HEAD. */
  async function change(): Promise<Scratch> {
    const scratch = await opened();
    scratch.write({ 'shop/new.py': 'import evil\n' });
    await scratch.git('add', '--all');
    return scratch;
  }

  async function commitWith(scratch: Scratch, parent: string | null): Promise<string> {
    const tree = (await scratch.git('write-tree')).trim();
    return (await scratch.git('commit-tree', ...(parent ? ['-p', parent] : []), '-m', 'x', tree)).trim();
  }

  const rows: readonly [what: string, replace: (scratch: Scratch) => Promise<readonly [string, string]>][] = [
    [
      'what is staged',
      async (scratch) => [await oid(scratch, ':shop/new.py'), await blobOf(scratch, 'x = 1\n')],
    ],
    ['HEAD', async (scratch) => [await oid(scratch, 'HEAD'), await commitWith(scratch, null)]],
    [
      'the tree of HEAD',
      async (scratch) => [await oid(scratch, 'HEAD^{tree}'), (await scratch.git('write-tree')).trim()],
    ],
    [
      'the whitelist in HEAD',
      async (scratch) => [
        await oid(scratch, 'HEAD:approved-packages.yaml'),
        await blobOf(scratch, `${shopWhitelist}${whitelistLine('pypi:evil', { approved: 'x', ...byAda })}\n`),
      ],
    ],
  ];
  test.each(rows)('%s', async (_, replace) => {
    const scratch = await change();
    const before = await found(scratch, '--staged');
    expect(before).toEqual(evil);
    const [object, other] = await replace(scratch);
    await scratch.git('update-ref', `refs/replace/${object}`, other);
    expect(await found(scratch, '--staged')).toEqual(evil);
    // git itself takes the other one.
    expect(await scratch.git('cat-file', '-p', object)).not.toBe(
      await scratch.git('--no-replace-objects', 'cat-file', '-p', object),
    );
  });

  test.each([
    [
      'refs/replace',
      (scratch: Scratch, main: string, head: string) => scratch.git('replace', '--graft', main, head),
    ],
    [
      '.git/info/grafts',
      (scratch: Scratch, main: string, head: string) => {
        scratch.write({ '.git/info/grafts': `${main} ${head}\n` });
        return Promise.resolve('');
      },
    ],
  ])('the parents of a commit (%s): --since compares with where the branch left', async (_, graft) => {
    const scratch = await opened();
    await scratch.git('switch', '--quiet', '--create', 'feature');
    scratch.write({ 'shop/new.py': 'import evil\n' });
    await scratch.commitAll('feature');
    await scratch.git('switch', '--quiet', 'main');
    scratch.write({ 'web/more.ts': 'export const more = 1;\n' });
    await scratch.commitAll('main goes on');
    const [main, feature] = [await oid(scratch, 'main'), await oid(scratch, 'feature')];
    await scratch.git('switch', '--quiet', 'feature');
    expect(await found(scratch, '--since', 'main')).toEqual(evil);
    await graft(scratch, main, feature);
    expect((await scratch.git('merge-base', 'main', 'feature')).trim()).toBe(feature);
    expect(await found(scratch, '--since', 'main')).toEqual(evil);
  });
});

describe('what a partial clone lacks', () => {
  /**
   * A clone without the old versions of files, whose remote is a program.
   *
   * @param old The version of git: since 2.44 it knows that it must not fetch.
   */
  async function partialClone(
    old: boolean,
  ): Promise<{ scratch: Scratch; cwd: string; env: Record<string, string> }> {
    const scratch = await opened();
    scratch.write({ 'shop/app.py': 'import flask\nimport numpy\n' });
    await scratch.git('mv', 'web/price.ts', 'web/cost.ts');
    scratch.write({ 'web/cost.ts': 'export const price = 1;\nexport const cost = 2;\n' });
    await scratch.commitAll('second');
    await scratch.git('config', 'uploadpack.allowFilter', 'true');
    const url = `file://${scratch.root}`;
    await scratch.git('clone', '--quiet', '--filter=blob:none', url, '../clone');
    const cwd = path.join(scratch.root, '../clone');
    const trap = path.join(scratch.home, 'trap');
    writeFileSync(trap, `#!/bin/sh\n: >>'${path.join(scratch.home, 'executed')}'\n`);
    chmodSync(trap, 0o755);
    for (const [name, value] of [
      ['remote.origin.url', `ext::${trap}`],
      ['protocol.ext.allow', 'always'],
    ] as const)
      await scratch.git('-C', cwd, 'config', name, value);
    if (!old) return { scratch, cwd, env: scratch.env };
    const wrapper = path.join(scratch.home, 'git');
    writeFileSync(wrapper, '#!/bin/sh\nunset GIT_NO_LAZY_FETCH\nPATH=${PATH#*:} exec git "$@"\n');
    chmodSync(wrapper, 0o755);
    return { scratch, cwd, env: { ...scratch.env, PATH: `${scratch.home}:${scratch.env['PATH'] ?? ''}` } };
  }

  test.each([
    ['git since 2.44', false],
    ['git before 2.44', true],
  ])('is not fetched, and what it has is checked (%s)', async (_, old) => {
    const { scratch, cwd, env } = await partialClone(old);
    const at = { cwd: '../clone', env };
    const git = (...args: readonly string[]) => run('git', args, { cwd, env: scratch.env });
    await git('mv', 'shop/app.py', 'shop/shop.py');
    writeFileSync(path.join(cwd, 'shop/new.py'), 'import evil\n');
    await git('add', '--all');
    for (const [words, expected] of [
      ['--staged', 1],
      ['check', 1],
      ['--all', 1],
      ['list', 0],
      ['init --check', 1],
      ['approve pypi:evil --reason x --stage', 0],
      ['--staged', 0],
      ['--since HEAD~1', 2],
    ] as const)
      expect([words, (await runIn(scratch, words.split(' '), at)).code]).toEqual([words, expected]);
    expect(scratch.hasAtHome('executed')).toBe(false);
    // Without us, git fetches.
    await git('cat-file', '-p', 'HEAD~1:shop/app.py');
    expect(scratch.hasAtHome('executed')).toBe(true);
  });

  test('is named, with the command that fetches it', async () => {
    const { scratch, cwd, env } = await partialClone(false);
    const at = { cwd: '../clone', env };
    const { stdout } = await runIn(scratch, ['--since', 'HEAD~1', '--format', 'concise'], at);
    const [command = ''] = /git fetch [^`]*/.exec(stdout) ?? [];
    const url = `file://${scratch.root}`;
    await run('git', ['config', 'remote.origin.url', url], { cwd, env });
    await run('sh', ['-c', command], { cwd, env });
    expect((await runIn(scratch, ['--since', 'HEAD~1'], at)).code).toBe(0);
  });
});
