import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { importRoots, modulesOf, newestWheel, provides } from '../../../src/ecosystems/pypi/wheel.ts';
import { fileNames, findDirectory } from '../../../src/ecosystems/pypi/zip-directory.ts';
import type { Reply } from '../../../src/model/http.ts';
import { zip } from '../../kit/zip.ts';

describe('importRoots', () => {
  test.each([
    ['a package', ['numpy/__init__.py', 'numpy/linalg/__init__.py', 'numpy-2.dist-info/METADATA'], ['numpy']],
    ['a module', ['six.py', 'six-1.dist-info/RECORD'], ['six']],
    [
      'an extension',
      ['_cffi.cpython-311-x86_64-linux-gnu.so', 'a.abi3.so', 'b.cp311-win_amd64.pyd'],
      ['_cffi', 'a', 'b'],
    ],
    [
      'a namespace',
      ['google/cloud/storage/__init__.py', 'google/cloud/storage/x.py'],
      ['google.cloud.storage'],
    ],
    ['a module in a namespace', ['ns/mod.py'], ['ns.mod']],
    ['data', ['x-1.data/purelib/x/__init__.py', 'x-1.data/scripts/run.py'], ['x']],
    ['no modules', ['x-1.dist-info/METADATA', 'readme.txt', 'bad-name/x.py'], []],
  ])('%s', (_, names, roots) => {
    expect(importRoots(names)).toEqual(roots);
  });
});

describe('provides', () => {
  test.each([
    [['numpy'], 'numpy', true],
    [['numpy'], 'numpy.linalg', true],
    [['google.cloud.storage'], 'google.cloud.storage.blob', true],
    [['google.cloud.storage'], 'google.cloud', true],
    [['google.cloud.storage'], 'google.cloud.bigquery', false],
    [['numpy'], 'numpy_utils', false],
    [['numpy'], 'num', false],
    [[], 'numpy', false],
  ])('%j for %s: %s', (modules, module, expected) => {
    expect(provides(modules, module)).toBe(expected);
  });
});

describe('newestWheel', () => {
  const file = (filename: string, yanked = false) => ({
    filename,
    version: filename.split('-')[1] ?? '',
    url: `https://files.example/${filename}`,
    size: null,
    metadata: false,
    yanked,
  });

  test.each([
    [
      'the highest version',
      [file('x-9-py3-none-any.whl'), file('x-10-py3-none-any.whl'), file('x-2-py3-none-any.whl')],
      'x-10-py3-none-any.whl',
    ],
    [
      'a final version',
      [
        file('x-2.0rc1-py3-none-any.whl'),
        file('x-1.9.post1-py3-none-any.whl'),
        file('x-1.9-py3-none-any.whl'),
      ],
      'x-1.9.post1-py3-none-any.whl',
    ],
    [
      'a pre-release where there is nothing else',
      [file('x-1.0.dev6-py3-none-any.whl'), file('x-1.0a1-py3-none-any.whl')],
      'x-1.0a1-py3-none-any.whl',
    ],
    [
      'one that runs everywhere',
      [file('x-2-cp311-cp311-win_amd64.whl'), file('x-2-py3-none-any.whl')],
      'x-2-py3-none-any.whl',
    ],
    [
      'none that was yanked',
      [file('x-2-py3-none-any.whl', true), file('x-1-py3-none-any.whl')],
      'x-1-py3-none-any.whl',
    ],
    ['no wheel', [file('x-2.tar.gz')], undefined],
  ])('%s', (_, files, expected) => {
    expect(newestWheel(files)?.filename).toBe(expected);
  });
});

describe('zip', () => {
  const paths = fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), {
    maxLength: 20,
  });

  test('lists the files of an archive from its last bytes', () => {
    fc.assert(
      fc.property(paths, (names) => {
        const archive = zip(new Map(names.map((name) => [name, `content of ${name}`])));
        const directory = findDirectory(archive);
        const { offset = 0, size = 0 } = directory ?? {};
        expect(fileNames(archive.subarray(offset, offset + size))).toEqual(names);
      }),
    );
  });

  test('takes any bytes', () => {
    const end = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
    const anyBytes = fc.tuple(fc.uint8Array({ maxLength: 60 }), fc.uint8Array({ maxLength: 60 }));
    fc.assert(
      fc.property(anyBytes, ([before, after]) => {
        const bytes = Buffer.concat([before, end, after]);
        expect(() => findDirectory(bytes)).not.toThrow();
        expect(() => fileNames(Buffer.concat([Buffer.from('PK\u0001\u0002'), bytes]))).not.toThrow();
      }),
    );
  });
});

test.each<[Reply, Awaited<ReturnType<typeof modulesOf>>]>([
  [
    { kind: 'notSent', reason: 'the time for lookups was over' },
    { state: 'notAsked', reason: 'the time for lookups was over' },
  ],
  [
    { kind: 'failed', reason: 'files.example broke the connection off' },
    { state: 'unknown', reason: 'files.example broke the connection off' },
  ],
  [answered(403), { state: 'unknown', reason: 'no permission at files.example (HTTP 403)' }],
  [answered(200), { state: 'unknown', reason: 'its wheel can’t be read in parts' }],
])('a wheel whose file host answers with %o', async (reply, fact) => {
  const url = 'https://files.example/thing-1.0-py3-none-any.whl';
  for (const size of [4000, null]) {
    const file = { url, filename: 'thing-1.0-py3-none-any.whl', version: '1.0', size, metadata: false };
    expect(await modulesOf(file, new Date(0), () => Promise.resolve(reply))).toEqual(fact);
  }
});

function answered(status: number): Reply {
  return { kind: 'reply', status, header: () => null, body: new Uint8Array(), capped: false };
}
