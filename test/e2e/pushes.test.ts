import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bin, run, Scratch, type Finished } from '../kit/scratch.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';

/* `hook pre-push` as git starts it, between two repositories. */

let remote: Scratch;
let scratch: Scratch;

beforeAll(async () => {
  remote = new Scratch();
  await remote.git('init', '--quiet', '--bare', '--initial-branch', 'main');
  const whitelist = whitelistText({ 'npm:lodash': { approved: 'the cart', ...byAda } });
  scratch = await Scratch.with({
    'approved-packages.yaml': whitelist,
    '.check-importsrc': 'lookup: off\n',
    'a.js': 'import "lodash";\n',
  });
  await scratch.git('remote', 'add', 'origin', remote.root);
  await scratch.git('push', '--quiet', 'origin', 'HEAD:main');
  await scratch.git('remote', 'set-head', 'origin', 'main');
  hookIn(scratch.root);
});
afterAll(() => {
  scratch.dispose();
  remote.dispose();
});

function hookIn(root: string): void {
  const hooks = path.join(root, '.git/hooks');
  mkdirSync(hooks, { recursive: true });
  writeFileSync(
    path.join(hooks, 'pre-push'),
    `#!/bin/sh\nexec "${process.execPath}" "${bin}" hook pre-push "$@"\n`,
  );
  chmodSync(path.join(hooks, 'pre-push'), 0o755);
}

function push(...args: readonly string[]): Promise<Finished> {
  return run('git', ['push', '--quiet', 'origin', ...args], { cwd: scratch.root, env: scratch.env });
}

/** A branch of its own, whose commits write a file one after the other. */
async function branch(name: string, ...texts: readonly string[]): Promise<void> {
  await scratch.git('checkout', '--quiet', '-B', name, 'origin/main');
  for (const text of texts) {
    scratch.write({ 'b.js': text });
    await scratch.commitAll(text);
  }
}

const invented = 'import "lodash-helper-kit";\n';
const usual = 'import "lodash";\n';

describe('a push', () => {
  test.each<[string, () => Promise<readonly string[]>, code: number]>([
    ['of a new branch', async () => (await branch('one', invented), ['one']), 1],
    ['of a new branch with what is approved', async () => (await branch('two', usual), ['two']), 0],
    [
      'of a branch that brings it, and takes it out again',
      async () => (await branch('three', invented, usual), ['three']),
      0,
    ],
    [
      'of a rewritten branch, by force',
      async () => {
        await branch('four', usual, `${usual}// more\n`);
        await push('four');
        await branch('four', usual, invented);
        return ['--force', 'four'];
      },
      1,
    ],
    [
      'of a rewritten branch that is clean, by force',
      async () => {
        await branch('five', `${usual}// one\n`);
        await push('five');
        await branch('five', `${usual}// two\n`);
        return ['--force', 'five'];
      },
      0,
    ],
    [
      'that deletes a branch',
      async () => {
        await branch('six', usual);
        await push('six');
        return ['--delete', 'six'];
      },
      0,
    ],
    [
      'of a tag',
      async () => {
        await branch('seven', invented);
        await scratch.git('tag', 'v1');
        return ['v1'];
      },
      1,
    ],
    [
      'of a tag with a message',
      async () => {
        await branch('eight', invented);
        await scratch.git('tag', '--annotate', '--message', 'second', 'v2');
        return ['v2'];
      },
      1,
    ],
    [
      'of a tag of what is there',
      async () => {
        await scratch.git('tag', 'v3', 'origin/main');
        return ['v3'];
      },
      0,
    ],
    [
      'of five hundred commits',
      async () => {
        await branch('nine', usual);
        const commits = Array.from({ length: 499 }, (_, at) => {
          const text = at === 498 ? invented : `${usual}// ${String(at)}\n`;
          const from = at === 0 ? 'from refs/heads/nine^0\n' : '';
          return `commit refs/heads/nine\ncommitter T <t@example.org> 1767312000 +0000\ndata 1\nx\n${from}M 100644 inline b.js\ndata ${String(text.length)}\n${text}\n`;
        });
        await scratch.git('checkout', '--quiet', '--detach');
        const script = path.join(scratch.home, 'import.txt');
        writeFileSync(script, commits.join(''));
        await run('sh', ['-c', `git fast-import --quiet < '${script}'`], {
          cwd: scratch.root,
          env: scratch.env,
        });
        return ['nine'];
      },
      1,
    ],
  ])('%s', async (_, prepare, code) => {
    const { code: exitCode, stdout, stderr } = await push(...(await prepare()));
    expect([exitCode === 0 ? 0 : 1, `${stdout}${stderr}`.includes('lodash-helper-kit')]).toEqual([
      code,
      code === 1,
    ]);
  });
});

test('a push from a shallow clone is checked, or says how to get what is missing', async () => {
  const clone = new Scratch();
  await run('git', ['clone', '--quiet', '--depth', '1', `file://${remote.root}`, 'x'], {
    cwd: clone.root,
    env: clone.env,
  });
  const root = path.join(clone.root, 'x');
  hookIn(root);
  writeFileSync(path.join(root, 'b.js'), invented);
  const git = (...args: readonly string[]) => run('git', args, { cwd: root, env: clone.env });
  await git('checkout', '--quiet', '-b', 'ten');
  await git('add', '--all');
  await git('commit', '--quiet', '--no-verify', '--message', 'ten');
  const { code, stdout, stderr } = await git('push', '--quiet', 'origin', 'ten');
  expect(code).not.toBe(0);
  expect(stdout + stderr).toMatch(/lodash-helper-kit|git fetch --unshallow/);
  clone.dispose();
});
