import { afterEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/model/registry-facts.ts';
import { about, askOne, askOptions, today } from '../../kit/ask.ts';
import { makeMachine } from '../../kit/machine.ts';
import { startPypi, wheel } from '../../kit/pypi.ts';
import type { Dialect, Project, ProjectFile } from '../../kit/pypi.ts';
import { json, reply, startServer, type TestServer } from '../../kit/server.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const old = '2019-03-01T12:00:00.000000Z';
const many = Array.from({ length: 2000 }, (_, index) => `big/module_with_a_long_name_${index}.py`);

/** A wheel with folders that a path file adds, as that of pywin32. */
function windows(
  name: string,
  { packing = 'stored', pathFile }: { readonly packing?: 'stored' | 'deflated'; readonly pathFile?: string },
  paths: readonly string[] = [],
): ProjectFile {
  const lines = '# folders\r\nwin\r\nwin\\lib\r\n/elsewhere\r\n../other\r\nimport win_bootstrap\r\n';
  const file = wheel(name, old, [
    'win/api.pyd',
    'win/lib/names.py',
    'other/module.py',
    'com/__init__.py',
    ...paths,
  ]);
  return { ...file, packing, contents: { [`${name}.pth`]: pathFile ?? lines, ...file.contents } };
}

const projects = new Map<string, Project>([
  [
    'acme-numbers',
    { files: [wheel('acme-numbers', old, ['acme_numbers/__init__.py', 'acme_numbers/x.py'])] },
  ],
  ['bad', { status: 'quarantined', files: [] }],
  ['resting', { status: 'archived', files: [wheel('resting', old, ['resting.py'])] }],
  ['taken-back', { files: [{ ...wheel('taken-back', old, ['taken_back.py']), yanked: true }] }],
  ['source-only', { files: [{ filename: 'source_only-1.0.tar.gz', uploaded: old }] }],
  [
    'undated',
    { files: [{ filename: 'undated-1.0.tar.gz' }, { filename: 'undated-2.0.tar.gz', uploaded: old }] },
  ],
  ['big', { files: [wheel('big', old, ['big/__init__.py', ...many])] }],
  ['unmeasured', { files: [{ ...wheel('unmeasured', old, ['unmeasured.py']), hideSize: true }] }],
  [
    'declared',
    {
      files: [
        {
          ...wheel('declared', old, ['elsewhere.py']),
          metadata:
            'Name: declared\nImport-Name: declared_name ; private\nImport-Namespace: ns\n\nImport-Name: no',
        },
      ],
    },
  ],
  ['windows', { files: [windows('windows', { packing: 'deflated' })] }],
  // The list of its files is longer than what is read at first, so that its path file is asked for alone.
  ['windows-big', { files: [windows('windows-big', {}, many)] }],
  [
    'windows-broken',
    { files: [windows('windows-broken', { packing: 'deflated', pathFile: 'x'.repeat(9_000_000) })] },
  ],
  ['plain-metadata', { files: [{ ...wheel('plain-metadata', old, ['plain.py']), metadata: 'Name: x\n\n' }] }],
]);

test.each([
  ['acme-numbers', { kind: 'present', facts: { versions: { count: 1 }, status: 'active', latest: '1.0' } }],
  ['Acme.Numbers', { kind: 'present' }],
  ['bad', { kind: 'present', facts: { status: 'quarantined', deprecated: 'because' } }],
  ['resting', { kind: 'present', facts: { status: 'archived' } }],
  ['taken-back', { kind: 'present', facts: { yanked: true } }],
  ['undated', { kind: 'present', facts: { versions: { count: 2 }, created: { state: 'unknown' } } }],
  ['numpy-utils', { kind: 'absent', asOf: today }],
])('%s', async (name, expected) => {
  const { facts } = await ask(name, []);
  expect(facts.answer).toMatchObject(expected);
});

test('an index that speaks HTML only tells names, no dates', async () => {
  const { facts } = await ask('acme-numbers', [], 'html');
  expect(facts.answer).toMatchObject({
    kind: 'present',
    facts: { created: { state: 'unknown', reason: 'its index tells no date' }, versions: { count: 1 } },
  });
});

test.each([
  ['acme-numbers', ['acme_numbers'], { state: 'present', value: true }],
  ['acme-numbers', ['acme_numbers.x', 'other'], { state: 'present', value: false }],
  ['source-only', ['source_only'], { state: 'unknown', reason: 'it has no wheel to look into' }],
  ['big', ['big.anything'], { state: 'present', value: true }],
  ['unmeasured', ['unmeasured'], { state: 'present', value: true }],
  ['declared', ['declared_name', 'ns'], { state: 'present', value: true }],
  ['declared', ['elsewhere'], { state: 'present', value: false }],
  ['plain-metadata', ['plain'], { state: 'present', value: true }],
  ['windows', ['api', 'names', 'com', 'win.lib.names'], { state: 'present', value: true }],
  ['windows', ['module'], { state: 'present', value: false }],
  ['windows', ['win_bootstrap'], { state: 'present', value: false }],
  ['windows-big', ['api', 'names'], { state: 'present', value: true }],
  ['windows-big', ['module'], { state: 'present', value: false }],
  ['windows-broken', ['api'], { state: 'unknown', reason: 'its wheel could not be read' }],
  ['numpy-utils', ['numpy_utils'], { state: 'notAsked' }],
  ['acme-numbers', [], { state: 'notAsked', reason: 'no module is imported from it' }],
])('does %s provide %j?', async (name, modules, expected) => {
  const { facts } = await ask(name, modules);
  expect(facts.provides).toMatchObject(expected);
});

test('a wheel is never fetched as a whole', async () => {
  const { server } = await ask('big', ['big']);
  const parts = server.requests.filter(({ path }) => path.endsWith('.whl'));
  expect(parts.length).toBeGreaterThan(0);
  for (const { headers } of parts) expect(headers.range).toMatch(/^bytes=\d+-\d+$/);
});

async function ask(
  name: string,
  modules: readonly string[],
  dialect: Dialect = 'json',
): Promise<{ facts: { answer: Answer; provides: unknown }; server: TestServer }> {
  const server = await startPypi(projects, dialect);
  const home = await makeMachine({}, { PIP_INDEX_URL: `${server.url}/simple/` });
  closing.push(
    async () => server.close(),
    async () => home.remove(),
  );
  const { facts } = await askOne(about('pypi', name, modules), askOptions(home.machine));
  return { facts, server };
}

describe('an attestation (PEP 740)', () => {
  const url = 'https://pypi.example/integrity/x';
  const file = (version: string, provenance?: string | null) => ({
    filename: `signed-${version}.tar.gz`,
    url: 'x',
    'upload-time': old,
    ...(provenance === undefined ? {} : { provenance }),
  });

  test.each([
    ['a URL is one', [file('1.0', null), file('2.0', url)], true],
    ['null is none', [file('1.0', url), file('2.0', null)], false],
    ['the latest version counts, and not the last file', [file('2.0', url), file('1.0', null)], true],
    [
      'every file of it needs one',
      [file('2.0', url), { ...file('2.0', null), filename: 'signed-2.0.zip' }],
      false,
    ],
    ['an index without the key tells nothing', [file('1.0'), file('2.0')], null],
  ])('%s', async (_, files, attested) => {
    const server = await startServer((_request, response) => {
      reply(response, {
        ...json({ name: 'signed', versions: ['1.0', '2.0'], files }),
        headers: { 'content-type': 'application/vnd.pypi.simple.v1+json' },
      });
    });
    const home = await makeMachine({}, { PIP_INDEX_URL: `${server.url}/simple` });
    closing.push(
      async () => server.close(),
      async () => home.remove(),
    );
    const { facts, evidence } = await askOne(about('pypi', 'signed'), askOptions(home.machine));
    expect(facts.answer).toMatchObject({ kind: 'present', facts: { attested } });
    expect(evidence.map(({ fact }) => fact)).toContain('earliest-file');
  });
});
