import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import { Scratch } from '../kit/scratch.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/*
 * What nobody can read is a fault where it might hold an import or a dependency line, and where it was to say what is
 * declared already. Everything else is none of our business, however large or far away it is.
 */

type Files = Readonly<Record<string, string | Uint8Array>>;

const whitelist = whitelistText({ 'pypi:flask': { approved: 'the API', ...byAda } });
const huge = Buffer.alloc(66 * 1024 * 1024, '#');
const large = (text: string) => Buffer.concat([Buffer.from(text), huge]);
const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'4'.repeat(64)}\nsize 70123\n`;

let scratch: Scratch;
beforeAll(async () => {
  scratch = await Scratch.with({
    'approved-packages.yaml': whitelist,
    'requirements.txt': 'flask\n',
    'package.json': '{ "name": "shop" }\n',
    LICENSE: 'as you like it\n',
  });
});
afterAll(() => {
  scratch.dispose();
});

/** Takes what git keeps of a file away, and gives it back. */
async function lose(name: string): Promise<() => Promise<unknown>> {
  const id = (await scratch.git('rev-parse', name)).trim();
  const text = await scratch.git('cat-file', 'blob', id);
  scratch.remove(`.git/objects/${id.slice(0, 2)}/${id.slice(2)}`);
  return async () => {
    scratch.write({ '.git/lost': text });
    await scratch.git('hash-object', '-w', '.git/lost');
  };
}

/** @returns What the hook says of a change, some of which git has lost. */
async function said(change: Files, ...lost: readonly string[]): Promise<readonly string[]> {
  scratch.write(change);
  await scratch.git('add', '--all', '--force');
  const restore = await Promise.all(lost.map(lose));
  const { code, stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'concise']);
  for (const give of restore) await give();
  await scratch.git('reset', '--quiet', '--hard');
  await scratch.git('clean', '--quiet', '-ffdx');
  return [String(code), ...findingsIn(stdout)];
}

describe('what nobody can read is a fault', () => {
  test.each<[string, Files, string, readonly string[]]>([
    [
      'a list that is too large',
      { 'requirements.txt': large('flask\nquotas\n') },
      'requirements.txt:1:1 fault too-large',
      [],
    ],
    [
      'settings that are too large',
      { '.npmrc': large('registry=https://registry.example/\n') },
      '.npmrc:1:1 fault too-large',
      [],
    ],
    [
      'a script without an ending that is too large',
      { 'bin/tool': large('#!/usr/bin/env python3\nimport quotas\n') },
      'bin/tool:1:1 fault too-large',
      [],
    ],
    [
      'a list that git has lost',
      { 'requirements.txt': 'quotas\n' },
      'requirements.txt:1:1 fault unreadable',
      [':requirements.txt'],
    ],
    [
      'a manifest that git has lost',
      { 'web/package.json': '{"name":"w"}\n' },
      'web/package.json:1:1 fault unreadable',
      [':web/package.json'],
    ],
    [
      'what may be a script and git has lost',
      { 'bin/tool': '#!/bin/sh\n' },
      'bin/tool:1:1 fault unreadable',
      [':bin/tool'],
    ],
    ['a list that Git LFS keeps', { 'requirements.txt': pointer }, 'requirements.txt:1:1 fault manifest', []],
  ])('%s', async (_, change, fault, lost) => {
    expect(await said(change, ...lost)).toEqual(['2', fault]);
  });
});

test('a manifest before the change that nobody can read is named where something is said that it may declare', async () => {
  scratch.write({ 'api.py': 'import quotas\n' });
  await scratch.git('add', '--all');
  const give = await lose('HEAD:requirements.txt');
  const { code, stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'concise']);
  await give();
  await scratch.git('reset', '--quiet', '--hard');
  expect([code, ...findingsIn(stdout)]).toEqual([1, 'api.py:1:8 unapproved-package pypi:quotas']);
  expect(stdout).toContain('note: requirements.txt: the manifest in HEAD could not be read');
});

describe('nothing is said of', () => {
  test.each<[string, Files, readonly string[]]>([
    ['a large file that is no script', { 'data/model': huge }, []],
    ['a large lockfile', { 'poetry.lock': large('[[package]]\n'), 'yarn.lock': huge }, []],
    ['what Git LFS keeps and no program reads', { 'data/prices.csv': pointer, 'notes.txt': pointer }, []],
    [
      'a manifest before the change that nobody asks for',
      { 'api.py': 'import flask\n' },
      ['HEAD:requirements.txt'],
    ],
    ['another manifest than that of the language', { 'api.py': 'import flask\n' }, ['HEAD:package.json']],
    ['other files that git has lost', { 'api.py': 'import flask\n' }, ['HEAD:LICENSE']],
  ])('%s', async (_, change, lost) => {
    expect(await said(change, ...lost)).toEqual(['0']);
  });

  test('a file that git has lost and that is moved', async () => {
    scratch.write({ 'bin/run': '#!/bin/sh\necho one two three\n' });
    await scratch.commitAll('a script');
    await scratch.git('mv', 'bin/run', 'run');
    expect(await said({}, ':run')).toEqual(['0']);
  });
});
