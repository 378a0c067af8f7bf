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

/** What the hook says of everything in the work tree: each finding, and the exit code. */
async function hookSaid(scratch: Scratch, ...args: readonly string[]): Promise<readonly string[]> {
  await scratch.git('add', '--all');
  const scope = args.length > 0 ? args : ['--staged'];
  const { code, stdout } = await runIn(scratch, [...scope, '--offline', '--format', 'concise']);
  return [...findingsIn(stdout), String(code)];
}

describe('what stands at the end of a link is inspected under the name of the link', () => {
  const shopWhitelist = whitelistText({ 'pypi:flask': { approved: 'the API', ...byAda } });
  const npm = (dependencies: Readonly<Record<string, string>>) => `${JSON.stringify({ dependencies })}\n`;

  type Files = Readonly<Record<string, string>>;
  type Links = Readonly<Record<string, string>>;

  async function shop(files: Files, links: Links = {}): Promise<Scratch> {
    const scratch = await opened();
    scratch.write({ 'approved-packages.yaml': shopWhitelist, ...files });
    for (const [name, target] of Object.entries(links)) link(scratch, name, target);
    await scratch.commitAll('the state before');
    return scratch;
  }

  test.each<[string, Files, Links, string]>([
    [
      'a new list',
      { 'notes/more.md': 'quotas\n' },
      { 'requirements-dev.txt': 'notes/more.md' },
      'requirements-dev.txt:1:1 unapproved-package pypi:quotas',
    ],
    [
      'a new package',
      { 'p.md': npm({ quotas: '1' }) },
      { 'package.json': 'p.md' },
      'package.json:1:19 unapproved-package npm:quotas',
    ],
    [
      'new settings',
      { 'c.txt': 'registry=https://registry.example/\n' },
      { '.npmrc': 'c.txt' },
      '.npmrc:1:10 foreign-source',
    ],
    [
      'a list of vendored code',
      { 'vendor/x/requirements.txt': 'quotas\n' },
      { 'requirements-dev.txt': 'vendor/x/requirements.txt' },
      'requirements-dev.txt:1:1 unapproved-package pypi:quotas',
    ],
    [
      'a program',
      { 'p.md': 'import quotas\n' },
      { 'shop/new.py': '../p.md' },
      'shop/new.py:1:8 unapproved-package pypi:quotas',
    ],
    [
      'a program without an ending',
      { 'p.md': '#!/usr/bin/env python3\nimport quotas\n' },
      { tool: 'p.md' },
      'tool:2:8 unapproved-package pypi:quotas',
    ],
    [
      'a program by way of another link',
      { 'p.md': 'import quotas\n' },
      { 'one.md': 'p.md', 'new.py': 'one.md' },
      'new.py:1:8 unapproved-package pypi:quotas',
    ],
    [
      'a list below a folder',
      { 'notes/dev.txt': 'quotas\n' },
      { requirements: 'notes' },
      'requirements/dev.txt:1:1 unapproved-package pypi:quotas',
    ],
    [
      'a conda environment of any name',
      { 'stacks/shop': 'channels: [conda-forge]\ndependencies: [quotas]\n' },
      { 'stack.yml': 'stacks/shop' },
      'stack.yml:2:16 unapproved-package pypi:quotas',
    ],
  ])('%s', async (_, files, links, finding) => {
    const scratch = await shop({});
    scratch.write(files);
    for (const [name, target] of Object.entries(links)) link(scratch, name, target);
    const line = (await hookSaid(scratch)).map((text) => text.replace(/ (foreign-source) .*/, ' $1'));
    expect(line).toEqual([finding, '1']);
  });

  test.each<[string, Files, Links, Files, string]>([
    [
      'a list',
      { 'more.md': 'flask\n' },
      { 'requirements-dev.txt': 'more.md' },
      { 'more.md': 'flask\nquotas\n' },
      'requirements-dev.txt:2:1 unapproved-package pypi:quotas',
    ],
    [
      'a program',
      { 'p.md': 'import flask\n' },
      { 'new.py': 'p.md' },
      { 'p.md': 'import flask\nimport quotas\n' },
      'new.py:2:8 unapproved-package pypi:quotas',
    ],
    [
      'a list that another one includes',
      { 'more.md': 'flask\n', 'requirements.txt': 'flask\n-r more.txt\n' },
      { 'more.txt': 'more.md' },
      { 'more.md': 'flask\nquotas\n' },
      'more.txt:2:1 unapproved-package pypi:quotas',
    ],
    [
      'a list that another one includes, below a folder',
      { 'notes/m.txt': 'flask\n', 'requirements.txt': 'flask\n-r lists/m.txt\n' },
      { lists: 'notes' },
      { 'notes/m.txt': 'flask\nquotas\n' },
      'lists/m.txt:2:1 unapproved-package pypi:quotas',
    ],
    [
      'a list of any name that another one includes',
      { goods: 'flask\n', 'requirements.txt': 'flask\n-r lst\n' },
      { lst: 'goods' },
      { goods: 'flask\nquotas\n' },
      'lst:2:1 unapproved-package pypi:quotas',
    ],
    [
      'a list of any name that another one includes, below a folder',
      { 'first/list': 'flask\n', 'requirements.txt': 'flask\n-r now/list\n' },
      { now: 'first' },
      { 'first/list': 'flask\nquotas\n' },
      'now/list:2:1 unapproved-package pypi:quotas',
    ],
    [
      'a list of any name, by way of a folder and of a file in it',
      { goods: 'flask\n', 'first/other': '', 'requirements.txt': 'flask\n-r now/list\n' },
      { now: 'first', 'first/list': '../goods' },
      { goods: 'flask\nquotas\n' },
      'now/list:2:1 unapproved-package pypi:quotas',
    ],
    [
      'a list of any name that setup.cfg names',
      { goods: 'flask\n', 'setup.cfg': '[options]\ninstall_requires = file: lst\n' },
      { lst: 'goods' },
      { goods: 'flask\nquotas\n' },
      'lst:2:1 unapproved-package pypi:quotas',
    ],
    [
      'a list of a folder that nobody reads',
      { goods: 'flask\n', 'vendor/a': '', 'requirements.txt': 'flask\n-r vendor/list\n' },
      { 'vendor/list': '../goods' },
      { goods: 'flask\nquotas\n' },
      'vendor/list:2:1 unapproved-package pypi:quotas',
    ],
    [
      'a list behind a folder that nobody reads',
      { 'first/list': 'flask\n', 'vendor/a': '', 'requirements.txt': 'flask\n-r vendor/now/list\n' },
      { 'vendor/now': '../first' },
      { 'first/list': 'flask\nquotas\n' },
      'vendor/now/list:2:1 unapproved-package pypi:quotas',
    ],
    [
      'a list of any name that a Dockerfile names',
      { 'first/list': 'flask\n', Dockerfile: 'FROM python\nRUN pip install -r now/list\n' },
      { now: 'first' },
      { 'first/list': 'flask\nquotas\n' },
      'now/list:2:1 unapproved-package pypi:quotas',
    ],
  ])('%s that its end changes', async (_, files, links, change, finding) => {
    const scratch = await shop(files, links);
    scratch.write(change);
    expect(await hookSaid(scratch)).toEqual([finding, '1']);
    expect(await hookSaid(scratch, '.')).toContain(finding);
    await scratch.commitAll('past the hook');
    expect(await hookSaid(scratch, '--since', 'HEAD~1')).toEqual([finding, '1']);
  });

  test('an import map that its end changes', async () => {
    const scratch = await shop(
      { 'maps/shop': '{"imports":{}}\n', 'deno.json': '{"importMap":"map.json"}\n' },
      { 'map.json': 'maps/shop' },
    );
    scratch.write({ 'maps/shop': '{"imports":{"goods":"npm:quotas"}}\n' });
    const finding = 'map.json:1:26 unapproved-package npm:quotas';
    expect(await hookSaid(scratch)).toEqual([finding, '1']);
    await scratch.commitAll('past the hook');
    expect(await hookSaid(scratch, '--since', 'HEAD~1')).toEqual([finding, '1']);
  });

  const includingList = { 'requirements.txt': 'flask\n-r lst\n', one: 'flask\n', two: 'quotas\n' };
  const includingFolder = {
    'requirements.txt': '-r now/list\n',
    'one/list': 'flask\n',
    'two/list': 'quotas\n',
  };
  test.each<[string, Files, Links, readonly [string, string], string]>([
    [
      'list',
      { 'one.md': 'flask\n', 'two.md': 'quotas\n' },
      { 'now.md': 'one.md', 'requirements-dev.txt': 'now.md' },
      ['now.md', 'two.md'],
      'requirements-dev.txt',
    ],
    ['list of any name', includingList, { lst: 'one' }, ['lst', 'two'], 'lst'],
    ['folder of lists', includingFolder, { now: 'one' }, ['now', 'two'], 'now/list'],
  ])('a link that the change turns to another %s', async (_, files, links, [name, target], at) => {
    const scratch = await shop(files, links);
    scratch.remove(name);
    link(scratch, name, target);
    expect(await hookSaid(scratch)).toEqual([`${at}:1:1 unapproved-package pypi:quotas`, '1']);
  });

  test('a list behind a link of a folder that nobody reads, which nothing names', async () => {
    const scratch = await shop({ goods: 'flask\n', 'vendor/a': '' }, { 'vendor/list.txt': '../goods' });
    scratch.write({ goods: 'flask\nquotas\n' });
    expect(await hookSaid(scratch)).toEqual(['0']);
  });

  test('a link that the change turns to a list of the same lines brings nothing new', async () => {
    const scratch = await shop({ ...includingList, two: 'flask\n' }, { lst: 'one' });
    scratch.remove('lst');
    link(scratch, 'lst', 'two');
    expect(await hookSaid(scratch)).toEqual(['0']);
  });

  test('an approval in a file of another name is listed, also where nothing else changes', async () => {
    const scratch = await opened();
    scratch.write({ 'decisions.md': shopWhitelist });
    link(scratch, 'approved-packages.yaml', 'decisions.md');
    await scratch.commitAll('the link');
    scratch.write({
      'decisions.md': whitelistText({
        'pypi:flask': { approved: 'the API', ...byAda },
        'pypi:quotas': { approved: 'x', ...byAda },
      }),
    });
    expect((await hookSaid(scratch)).join()).toContain('policy-change');
  });

  test.each<[string, Links]>([
    ['a manifest that leads nowhere', { 'requirements-dev.txt': 'nowhere' }],
    ['a manifest that leads out of the repository', { '.npmrc': '/etc/hosts' }],
    ['a program that leads out of the repository', { 'new.py': '../../new.py' }],
  ])('%s is not passed over in silence', async (_, links) => {
    const scratch = await shop({});
    for (const [name, target] of Object.entries(links)) link(scratch, name, target);
    await scratch.git('add', '--all');
    const { stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'concise']);
    expect(stdout).toContain(
      `note: ${Object.keys(links)[0] ?? ''}: the link leads to no file that git tracks here`,
    );
  });

  test.each<[string, Files, Links, Files]>([
    [
      'a link to another list',
      { 'base/requirements.txt': 'flask\nquotas\n' },
      { 'requirements-dev.txt': 'base/requirements.txt' },
      { 'README.md': 'x' },
    ],
    [
      'a link to a list of another name that stays as it is',
      { 'l.md': 'quotas\n' },
      { 'requirements-dev.txt': 'l.md' },
      { 'app.py': 'import flask\n' },
    ],
    [
      'a link to a list that stays as it is, which another one includes',
      { goods: 'quotas\n', 'requirements.txt': 'flask\n-r lst\n' },
      { lst: 'goods' },
      { 'requirements.txt': 'flask>=3\n-r lst\n' },
    ],
    [
      'a link to words that nothing takes for a list',
      { 'first/words': 'flask\n' },
      { lst: 'first/words', now: 'first' },
      { 'first/words': 'flask\nquotas\n' },
    ],
    [
      'a link to an import map that nothing names',
      { 'maps/shop': '{"imports":{}}\n' },
      { 'map.json': 'maps/shop' },
      { 'maps/shop': '{"imports":{"goods":"npm:quotas"}}\n' },
    ],
    [
      'a program under two names',
      { 'shop/main.py': 'import flask\n' },
      { 'run.py': 'shop/main.py', run: 'shop/main.py' },
      { 'shop/main.py': 'import flask\nx = 1\n' },
    ],
    [
      'a link to prose',
      { 'docs/a.md': 'text\n' },
      { 'README.md': 'docs/a.md' },
      { 'docs/a.md': 'import quotas\n' },
    ],
    [
      'a folder under two names',
      { 'lib/a.py': 'import flask\n' },
      { src: 'lib' },
      { 'lib/a.py': 'import flask\nx = 1\n' },
    ],
  ])('nothing is said of %s', async (_, files, links, change) => {
    const scratch = await shop(files, links);
    scratch.write(change);
    expect(await hookSaid(scratch)).toEqual(['0']);
  });

  test('a new link to a manifest that is inspected itself brings nothing new', async () => {
    const scratch = await shop({ 'base/requirements.txt': 'flask\nquotas\n' });
    link(scratch, 'requirements-dev.txt', 'base/requirements.txt');
    link(scratch, 'data', '/mnt/data');
    expect(await hookSaid(scratch)).toEqual(['0']);
  });
});
