import { describe, expect, test } from 'vitest';
import { Lockfiles } from '../../src/declarations/lockfiles.ts';
import { packageOf } from '../../src/ecosystems/index.ts';
import { filesOf } from '../../src/snapshots/files.ts';
import { snapshotOf } from '../kit/memory-project.ts';

const npmLock = (name: string) =>
  `{\n  "lockfileVersion": 3,\n  "packages": {\n    "node_modules/${name}": { "version": "1.0.0" }\n  }\n}\n`;
const uvLock = (name: string) =>
  `version = 1\n\n[[package]]\nname = "${name}"\nsource = { registry = "https://pypi.org/simple" }\n`;

const project = {
  'a/deep/package-lock.json': npmLock('twice'),
  'a/package-lock.json': npmLock('deep'),
  'api/uv.lock': uvLock('zope-interface'),
  'broken/package-lock.json': '{',
  'fixtures/package-lock.json': npmLock('ignored'),
  'node_modules/b/npm-shrinkwrap.json': npmLock('installed'),
  'package-lock.json': npmLock('root'),
  'requirements.txt': 'pinned==1.0\n',
  'web/yarn.lock':
    '# yarn lockfile v1\n\ntwice@^1:\n  version "1.0.0"\n  resolved "https://registry.example/twice/-/twice-1.0.0.tgz"\n',
};
const ignores = (path: string) => path.startsWith('fixtures/');

describe('the lockfile that holds', () => {
  test.each([
    ['npm', 'root', { file: 'package-lock.json', line: 4 }],
    ['npm', 'deep', { file: 'a/package-lock.json', line: 4 }],
    ['npm', 'twice', { file: 'a/deep/package-lock.json', line: 4 }],
    ['pypi', 'Zope.Interface', { file: 'api/uv.lock', line: 3 }],
    ['pypi', 'root', null],
    ['npm', 'zope-interface', null],
    ['npm', 'ignored', null],
    ['npm', 'installed', null],
    ['pypi', 'pinned', null],
    ['unheard-of', 'root', null],
  ])('%s:%s is %j', async (ecosystem, name, place) => {
    const lockfiles = new Lockfiles(filesOf(snapshotOf(project)), ignores);
    expect(await lockfiles.find(packageOf(ecosystem, name))).toEqual(place);
  });
});

describe('the root above', () => {
  const lines = (name: string, ...needs: readonly string[]) =>
    `\n[[package]]\nname = "${name}"\nsource = { registry = "https://pypi.org/simple" }\ndependencies = [${needs.map((need) => `{ name = "${need}" }`).join(', ')}]\n`;
  const graph = {
    'uv.lock': `version = 1\n${lines('root', 'near', 'far')}${lines('far', 'leaf')}${lines('other-root', 'leaf', 'near')}${lines('leaf')}${lines('near')}${lines('ring', 'ring-two')}${lines('ring-two', 'ring')}${lines('lonely')}`,
    'z/uv.lock': `version = 1\n${lines('root', 'lonely')}${lines('lonely')}`,
  };
  test.each([
    ['near', ['root'], { name: 'root', file: 'uv.lock' }],
    ['leaf', ['root'], { name: 'root', file: 'uv.lock' }],
    ['leaf', ['root', 'other-root'], { name: 'other-root', file: 'uv.lock' }],
    ['leaf', [], null],
    ['leaf', ['leaf'], null],
    ['ring', ['root'], null],
    ['lonely', ['root'], { name: 'root', file: 'z/uv.lock' }],
    ['absent', ['root'], null],
  ])('%s of %j is %j', async (name, roots, root) => {
    const lockfiles = new Lockfiles(filesOf(snapshotOf(graph)), ignores);
    expect(await lockfiles.rootAbove(packageOf('pypi', name), (above) => roots.includes(above))).toEqual(
      root,
    );
  });
});

test('a symbolic link is no lockfile', async () => {
  const snapshot = snapshotOf({ 'package-lock.json': npmLock('root') });
  const files = filesOf({ ...snapshot, having: () => Promise.resolve(new Set()) });
  expect(await new Lockfiles(files, ignores).find(packageOf('npm', 'root'))).toBeNull();
});

test('paths are listed, and each lockfile is read, once', async () => {
  const snapshot = snapshotOf(project);
  const calls: string[] = [];
  const list = () => {
    calls.push('list');
    return snapshot.list();
  };
  const read: typeof snapshot.read = (path) => {
    calls.push(path);
    return snapshot.read(path);
  };
  const lockfiles = new Lockfiles(filesOf({ ...snapshot, list, read }), ignores);
  for (const name of ['root', 'absent', 'absent']) await lockfiles.find(packageOf('npm', name));
  expect(calls.filter((call) => call === 'package-lock.json')).toEqual(['package-lock.json']);
  expect(calls.filter((call) => call.startsWith('fixtures/') || call.endsWith('uv.lock'))).toEqual([]);
});
