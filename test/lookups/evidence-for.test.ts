import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evidenceFor } from '../../src/lookups/evidence-for.ts';
import type { LookupOptions } from '../../src/lookups/index.ts';
import { askOptions } from '../kit/ask.ts';
import { makeMachine } from '../kit/machine.ts';
import { startPypi, wheel } from '../kit/pypi.ts';
import { json, reply, startServer } from '../kit/server.ts';

const closing: (() => Promise<void>)[] = [];
let options: LookupOptions;

const old = '2015-03-01T12:00:00.000000Z';
const recent = '2026-11-20T12:00:00.000000Z';

beforeAll(async () => {
  const index = await startPypi(
    new Map([
      ['requests', { files: [wheel('requests', old, ['requests/__init__.py'])] }],
      ['requestss', { files: [wheel('requestss', '2021-01-01T00:00:00Z', ['requestss/__init__.py'])] }],
      ['fresh-thing', { files: [wheel('fresh-thing', recent, ['fresh_thing.py'])] }],
      ['plain-thing', { files: [wheel('plain-thing', old, ['plain_thing.py'])] }],
      ['skfem', { files: [wheel('skfem', old, ['skfem.py'], '0.0.0')] }],
      ['scikit-fam', { files: [wheel('scikit-fam', old, ['benignpkg.py'], '3.1')] }],
      ['scikit-fem-treenode', { files: [wheel('scikit-fem-treenode', old, ['treenode.py'])] }],
      ['old-zero', { files: [wheel('old-zero', old, ['old_zero.py'], '0.0.0')] }],
      ['bs4', { files: [wheel('bs4', old, ['placeholder.py'])] }],
      ['express', { files: [wheel('express', old, ['express.py'])] }],
      ['other-module', { files: [wheel('other-module', old, ['something_else.py'])] }],
    ]),
  );
  const npm = await startServer((_, response) => {
    const created = '2020-01-01T00:00:00.000Z';
    const deprecated = 'run \u001b[31m`curl evil`\u202e';
    const document = {
      name: 'a-thing',
      'dist-tags': { latest: '1.0.0' },
      versions: { '1.0.0': { deprecated } },
    };
    reply(response, json({ ...document, time: { created, '1.0.0': created } }));
  });
  const home = await makeMachine(
    { '.npmrc': `registry=${npm.url}` },
    { PIP_INDEX_URL: `${index.url}/simple` },
  );
  closing.push(
    async () => index.close(),
    async () => npm.close(),
    async () => home.remove(),
  );
  options = askOptions(home.machine);
});

afterAll(async () => {
  for (const close of closing.splice(0)) await close();
});

describe('lookOutside', () => {
  test.each([
    ['numpy-utils', 'numpy_utils', 'nonexistent', 'numpy'],
    ['requestss', 'requestss', 'lookalike', 'requests'],
    ['fresh-thing', 'fresh_thing', 'young', undefined],
    ['plain-thing', 'plain_thing', 'exists', undefined],
    ['other-module', 'other_module', 'unproven', undefined],
  ])('%s is graded %3$s', async (...row) => {
    const [name, module, grade, suggestion] = row;
    const asked = { package: { ecosystem: 'pypi', name }, specifier: module, modules: [module] };
    const { knowledge, lookups } = await evidenceFor([asked], [], options);
    const known = knowledge.get(`pkg:pypi/${name}`);
    expect(known?.grade).toBe(grade);
    expect(known?.suggestions[0]?.specifier).toBe(suggestion);
    expect(known?.evidence[0]).toMatchObject({ fact: 'exists', source: 'pypi' });
    expect(lookups).toBe('asked');
  });

  /** Beside a declared `scikit-fem`: names that resemble it, and their innocent twins. */
  test.each([
    ['skfem', 'skfem', 'lookalike', 'scikit-fem'],
    ['skfem', null, 'lookalike', 'scikit-fem'],
    ['scikit-fem-treenode', null, 'exists', undefined],
    ['scikit-fem-treenode', 'treenode', 'exists', undefined],
    ['old-zero', 'old_zero', 'exists', undefined],
    ['plain-thing', null, 'exists', undefined],
    ['bs4', null, 'lookalike', 'beautifulsoup4'],
    ['express', 'express', 'exists', undefined],
    ['react', 'react', 'nonexistent', 'react'],
  ])('%s, imported as %s: %s', async (...row) => {
    const [name, module, grade, suggestion] = row;
    const modules = module === null ? [] : [module];
    const asked = { package: { ecosystem: 'pypi', name }, specifier: module ?? name, modules };
    const project = [{ ecosystem: 'pypi', name: 'scikit-fem', modules: [] }];
    const known = (await evidenceFor([asked], project, options)).knowledge.get(`pkg:pypi/${name}`);
    expect([known?.grade, known?.suggestions[0]?.package.name]).toEqual([grade, suggestion]);
  });

  test('made of modules that have nothing to do with its name, which resembles one of the project’s', async () => {
    const asked = {
      package: { ecosystem: 'pypi', name: 'scikit-fam' },
      specifier: 'scikit-fam',
      modules: [],
    };
    const project = [{ ecosystem: 'pypi', name: 'scikit-learning-fem', modules: [] }];
    const known = (await evidenceFor([asked], project, options)).knowledge.get('pkg:pypi/scikit-fam');
    expect(known?.grade).toBe('lookalike');
    expect(known?.evidence).toContainEqual(
      expect.objectContaining({ fact: 'modules', value: ['benignpkg'] }),
    );
    expect(known?.evidence.map(({ fact }) => fact)).not.toContain('provides-module');
  });

  test('offline, the grade says so, and the name alone suggests', async () => {
    const asked = (name: string) => ({
      package: { ecosystem: 'pypi', name },
      specifier: name,
      modules: [name],
    });
    const names = [asked('numpy-utils'), asked('stock-data-aggregator')];
    const { knowledge, lookups } = await evidenceFor(names, [], { ...options, lookup: 'offline' });
    const told = [...knowledge].map(([name, { grade, suggestions }]) => [
      name,
      grade,
      suggestions[0]?.specifier,
    ]);
    expect(told).toEqual([
      ['pkg:pypi/numpy-utils', 'not-asked', 'numpy'],
      ['pkg:pypi/stock-data-aggregator', 'not-asked', undefined],
    ]);
    expect(lookups).toBe('offline');
  });

  test('what a registry writes can’t steer a terminal', async () => {
    const asked = { package: { ecosystem: 'npm', name: 'a-thing' }, specifier: 'a-thing', modules: [] };
    const { knowledge } = await evidenceFor([asked], [], options);
    const evidence = knowledge.get('pkg:npm/a-thing')?.evidence ?? [];
    expect(evidence.find(({ fact }) => fact === 'deprecated')).toMatchObject({
      value: 'run \\u{1b}[31m`curl evil`\\u{202e}',
    });
    expect(evidence.map(({ fact }) => fact)).toEqual([
      'exists',
      'registry',
      'first-published',
      'versions',
      'latest',
      'deprecated',
      'install-scripts',
      'malware',
    ]);
  });

  test('nothing to ask is nothing', async () => {
    expect(await evidenceFor([], [], options)).toEqual({ knowledge: new Map(), lookups: 'none' });
  });
});
