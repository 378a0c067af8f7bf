import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import { Scratch } from '../kit/scratch.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/*
 * git keeps a symbolic link as the text of the path that it leads to. What a link leads to inside of the repository
 * counts, as it does for the programs that run there; its text is nobody's module, manifest, program or policy.
 */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

async function opened(): Promise<Scratch> {
  const scratch = await Scratch.with({ 'requirements.txt': 'flask\n', 'shop/stock.py': 'COUNT = 1\n' });
  open.push(scratch);
  return scratch;
}

/** What each scope says of everything in the work tree, staged: `passed`, or its findings. */
async function said(scratch: Scratch): Promise<readonly string[]> {
  await scratch.git('add', '--all');
  const scopes = [['--staged'], [], ['--all']];
  const told: string[] = [];
  for (const scope of scopes) {
    const { code, stdout } = await runIn(scratch, [...scope, '--offline', '--format', 'concise']);
    told.push(code === 0 ? 'passed' : findingsIn(stdout).join('; '));
  }
  return told;
}

const everywhere = (line: string) => [line, line, line];
const link = (scratch: Scratch, name: string, target: string) => {
  symlinkSync(target, path.join(scratch.root, name));
};
const evil = everywhere('app.py:1:8 unapproved-package pypi:evil');
const whitelist = whitelistText({ 'pypi:evil': { approved: 'a', ...byAda } });

describe('a link', () => {
  test.each([
    ['that leads nowhere', 'evil.py', 'nowhere.py'],
    ['that leads out of the repository', 'evil.py', '/usr/lib/python3/dist-packages/apt/__init__.py'],
    ['that climbs out of it', 'evil.py', '../evil.py'],
    ['to itself', 'evil.py', 'evil.py'],
    ['to a folder elsewhere', 'evil', '/usr/lib'],
    ['whose text is a manifest', 'requirements-dev.txt', 'evil'],
    ['whose text is a whitelist', 'approved-packages.yaml', whitelist],
  ])('%s settles no import, in its own commit or a later one', async (_, name, target) => {
    const scratch = await opened();
    link(scratch, name, target);
    scratch.write({ 'app.py': 'import evil\n' });
    expect(await said(scratch)).toEqual(evil);
    scratch.remove('app.py');
    await scratch.commitAll('the link');
    scratch.write({ 'app.py': 'import evil\n' });
    expect(await said(scratch)).toEqual(evil);
  });

  test('is no earlier version of the file that takes its place', async () => {
    const scratch = await opened();
    link(scratch, 'app.py', 'import evil');
    expect(await said(scratch)).toEqual(everywhere('passed'));
    await scratch.commitAll('the link');
    scratch.remove('app.py');
    scratch.write({ 'app.py': 'import evil\n' });
    expect(await said(scratch)).toEqual(evil);
  });

  test.each([
    ['to a module', 'goods.py', 'shop/stock.py', 'import goods\n'],
    ['to a module, by way of another link', 'goods.py', 'more.py', 'import goods\n'],
    ['to a folder of modules', 'store', 'shop', 'import store.stock\n'],
  ])('%s of the repository is that module', async (_, name, target, program) => {
    const scratch = await opened();
    link(scratch, 'more.py', 'shop/stock.py');
    link(scratch, name, target);
    scratch.write({ 'app.py': program });
    expect(await said(scratch)).toEqual(everywhere('passed'));
    await scratch.commitAll('the link');
    scratch.write({ 'other.py': program });
    expect(await said(scratch)).toEqual(everywhere('passed'));
  });

  test('to a manifest of the repository is a manifest', async () => {
    const scratch = await opened();
    scratch.write({ 'locked/base.txt': 'celery\n' });
    link(scratch, 'requirements-dev.txt', 'locked/base.txt');
    await scratch.commitAll('past the hook');
    scratch.write({ 'app.py': 'import celery\n' });
    expect(await said(scratch)).toEqual(everywhere('passed'));
  });

  test('to a file stands for nothing from the commit on that removes this file', async () => {
    const scratch = await opened();
    link(scratch, 'goods.py', 'shop/stock.py');
    link(scratch, 'store', 'shop');
    await scratch.commitAll('the links');
    scratch.remove('shop/stock.py');
    scratch.write({ 'app.py': 'import goods\n', 'other.py': 'import store.stock\n' });
    const flagged = 'app.py:1:8 unapproved-package pypi:goods; other.py:1:8 unapproved-package pypi:store';
    expect(await said(scratch)).toEqual(everywhere(flagged));
    const { code } = await scratch.tryGit('commit', '--quiet', '--no-verify', '--message', 'removed');
    expect(code).toBe(0);
    const since = await runIn(scratch, ['--since', 'HEAD~1', '--offline', '--format', 'concise']);
    expect(findingsIn(since.stdout)).toEqual(flagged.split('; '));
  });

  test('to a folder has the files that its commit adds there', async () => {
    const scratch = await opened();
    link(scratch, 'store', 'shop/more');
    await scratch.commitAll('a link that leads nowhere');
    scratch.write({ 'shop/more/shelf.py': 'x = 1\n', 'app.py': 'import store.shelf\n' });
    expect(await said(scratch)).toEqual(everywhere('passed'));
  });

  test('to a whitelist of the repository: what changes there is told, and a denial there holds', async () => {
    const scratch = await opened();
    const denied = whitelistText({ 'pypi:evil': { denied: 'a', ...byAda } });
    const approved = whitelistText({ 'pypi:evil': { approved: 'a', ...byAda } });
    scratch.write({ 'team/one.yaml': denied, 'team/two.yaml': approved });
    link(scratch, 'team/current.yaml', 'one.yaml');
    link(scratch, 'approved-packages.yaml', 'team/current.yaml');
    await scratch.commitAll('the links');
    const loosened = async () => {
      scratch.write({ 'app.py': 'import evil\n' });
      const lines = (await said(scratch))[0]?.split('; ');
      expect(lines?.map((line) => line.split(' ').slice(1).join(' ')).toSorted()).toEqual([
        'denied-package pypi:evil',
        'policy-change',
      ]);
    };
    scratch.write({ 'team/one.yaml': approved });
    await loosened();
    await scratch.git('reset', '--quiet', '--hard');
    scratch.remove('team/current.yaml');
    link(scratch, 'team/current.yaml', 'two.yaml');
    await loosened();
  });

  test('that is a folder now counts with its own files alone', async () => {
    const scratch = await opened();
    link(scratch, 'store', 'shop');
    await scratch.commitAll('the link');
    scratch.remove('store');
    scratch.write({ 'store/shelf.py': 'x = 1\n', 'app.py': 'import store.shelf\n' });
    scratch.write({ 'other.py': 'from store import stock\n' });
    expect(await said(scratch)).toEqual(everywhere('other.py:1:6 unapproved-package pypi:store'));
  });

  test('through a folder above, and by way of others, in a circle or not', async () => {
    const scratch = await opened();
    scratch.write({ 'deep/down/here.py': 'x = 1\n' });
    link(scratch, 'deep/up', '../shop');
    link(scratch, 'goods.py', './deep//up/../shop/stock.py');
    link(scratch, 'round', 'about');
    link(scratch, 'about', 'round/and');
    link(scratch, 'spiral', 'spiral/spiral');
    const program = 'import goods\nimport round.x\nimport spiral.x\n';
    const flagged = 'app.py:2:8 unapproved-package pypi:round; app.py:3:8 unapproved-package pypi:spiral';
    await scratch.commitAll('the links');
    scratch.write({ 'app.py': program });
    expect(await said(scratch)).toEqual(everywhere(flagged));
  });
});
