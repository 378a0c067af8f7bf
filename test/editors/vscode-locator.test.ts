import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { locateServer, type ServerPlaces } from '../../editors/vscode/src/locator.ts';

/*
 * Which server the extension for VS Code starts. A repository can bring settings and `node_modules` of its own: neither
 * names a program before somebody has said that the workspace is trusted.
 */

let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'check-imports-')));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const manifest = { name: 'vetted-imports', bin: { 'check-imports': 'bin/check-imports.js' } };

/** Writes files below the folder of the test; what is no text becomes one as JSON. */
function write(files: Readonly<Record<string, unknown>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
}

function writePackage(at: string): void {
  write({ [`${at}/package.json`]: manifest, [`${at}/bin/check-imports.js`]: '' });
}

/** @returns What is started, as a path from the folder of the test; for a message the message. */
function located(places: Partial<ServerPlaces>): string {
  const server = locateServer({
    isTrusted: true,
    setting: '',
    folders: [path.join(folder, 'shop')],
    bundled: path.join(folder, 'extension/server'),
    home: path.join(folder, 'home'),
    ...places,
  });
  if (server.kind === 'missing') return server.message.replaceAll(folder, '…');
  const file = path.relative(folder, server.file).split(path.sep).join('/');
  return `${server.origin} ${file}${server.isScript ? '' : ' (a program)'}`;
}

const bundled = 'bundled extension/server/bin/check-imports.js';
const installed = 'workspace shop/node_modules/vetted-imports/bin/check-imports.js';

describe('without a setting', () => {
  beforeEach(() => {
    writePackage('extension/server');
  });

  test('the extension’s own, where the workspace has none', () => {
    expect(located({})).toBe(bundled);
  });

  test('the workspace’s, without a link to its command', () => {
    writePackage('shop/node_modules/vetted-imports');
    expect(located({})).toBe(installed);
  });

  test('in a workspace that is not trusted the extension’s own', () => {
    writePackage('shop/node_modules/vetted-imports');
    expect(located({ isTrusted: false })).toBe(bundled);
  });

  test('that of the first folder that has one', () => {
    for (const name of ['docs', 'shop', 'tools']) mkdirSync(path.join(folder, name));
    writePackage('shop/node_modules/vetted-imports');
    writePackage('tools/node_modules/vetted-imports');
    const folders = ['docs', 'shop', 'tools'].map((name) => path.join(folder, name));
    expect(located({ folders })).toBe(installed);
  });

  test('one in a folder above is left alone: it belongs to no workspace', () => {
    writePackage('node_modules/vetted-imports');
    expect(located({})).toBe(bundled);
  });

  test.each<[string, Readonly<Record<string, unknown>>]>([
    [
      'of another name',
      { 'package.json': { ...manifest, name: 'check-imports' }, 'bin/check-imports.js': '' },
    ],
    ['without its program', { 'package.json': manifest }],
    ['whose manifest is broken', { 'package.json': '{', 'bin/check-imports.js': '' }],
    ['whose manifest is a list', { 'package.json': [], 'bin/check-imports.js': '' }],
    [
      'whose programs are named otherwise',
      { 'package.json': { name: 'vetted-imports', bin: 'x.js' }, 'x.js': '' },
    ],
  ])('a package %s is none', (_, files) => {
    const root = 'shop/node_modules/vetted-imports';
    write(Object.fromEntries(Object.entries(files).map(([name, content]) => [`${root}/${name}`, content])));
    expect(located({})).toBe(bundled);
  });
});

describe('the setting', () => {
  beforeEach(() => {
    writePackage('extension/server');
    writePackage('shop/node_modules/vetted-imports');
    writePackage('home/lib/vetted-imports');
    writePackage('shop/tools/linter');
  });

  test('names the script, absolute', () => {
    const setting = path.join(folder, 'home/lib/vetted-imports/bin/check-imports.js');
    expect(located({ setting })).toBe('setting home/lib/vetted-imports/bin/check-imports.js');
  });

  test('names it from home', () => {
    expect(located({ setting: ' ~/lib/vetted-imports/bin/check-imports.js ' })).toBe(
      'setting home/lib/vetted-imports/bin/check-imports.js',
    );
  });

  test('names it from the first folder of the workspace', () => {
    expect(located({ setting: 'tools/linter/bin/check-imports.js' })).toBe(
      'setting shop/tools/linter/bin/check-imports.js',
    );
  });

  test('names the command that npm has installed: the script behind it is started', () => {
    mkdirSync(path.join(folder, 'home/bin'));
    symlinkSync('../lib/vetted-imports/bin/check-imports.js', path.join(folder, 'home/bin/vetted-imports'));
    expect(located({ setting: '~/bin/vetted-imports' })).toBe(
      'setting home/lib/vetted-imports/bin/check-imports.js',
    );
  });

  test('names a program of its own', () => {
    write({ 'home/bin/vetted-imports': '#!/bin/sh\n' });
    expect(located({ setting: '~/bin/vetted-imports' })).toBe('setting home/bin/vetted-imports (a program)');
  });

  test('names nothing that is there: no other server is started', () => {
    expect(located({ setting: '/absent/vetted-imports' })).toMatch(
      /“check-imports\.path” names \S*absent\S*vetted-imports, which is not a file\. Correct the setting or remove it/,
    );
  });

  test('names a folder', () => {
    expect(located({ setting: '~/lib/vetted-imports' })).toContain(', which is not a file.');
  });

  test('names what only a shell of Windows starts', () => {
    write({ 'home/bin/vetted-imports.cmd': '@echo off\n' });
    expect(located({ setting: '~/bin/vetted-imports.cmd' })).toContain(
      'Name the script instead: bin/check-imports.js in the folder of the package vetted-imports.',
    );
  });

  test.each(['tools/linter/bin/check-imports.js', '~/lib/vetted-imports/bin/check-imports.js'])(
    'is not followed in a workspace that is not trusted: %s',
    (setting) => {
      expect(located({ setting, isTrusted: false })).toBe(bundled);
    },
  );
});

test('nothing is there at all: what to do', () => {
  expect(located({ isTrusted: false })).toBe(
    'vetted-imports: the language server is missing in …/extension/server, where the extension has it. ' +
      'Install the extension again, or name another copy by the setting “check-imports.path”. Nothing is checked until then.',
  );
});
