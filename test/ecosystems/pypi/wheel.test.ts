import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldersIn } from '../../../src/ecosystems/pypi/path-files.ts';
import { contentOf, entriesOf, findDirectory } from '../../../src/ecosystems/pypi/zip-directory.ts';
import { importRoots, modulesOf, newestWheel, provides } from '../../../src/ecosystems/pypi/wheel.ts';
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

describe('importRoots of a wheel with path files', () => {
  const files = [
    'lib/api.pyd',
    'lib/deep/names.py',
    'lib/tool/__init__.py',
    'plain.py',
    'x-1.data/platlib/Gui/ui.py',
  ];
  test.each<[what: string, folders: readonly string[], added: readonly string[]]>([
    ['none', [], []],
    ['a folder', ['lib'], ['api', 'deep.names', 'tool']],
    ['one in another', ['lib', 'lib/deep'], ['api', 'names', 'tool']],
    ['a folder below the wheel’s data, in other letters', ['gui'], ['ui']],
    ['a folder that is not there', ['other', 'li'], []],
  ])('%s', (_, folders, added) => {
    const roots = ['Gui.ui', 'lib.api', 'lib.deep.names', 'lib.tool', 'plain'];
    expect(importRoots(files, folders)).toEqual([...roots, ...added].toSorted());
  });
});

describe('foldersIn', () => {
  test.each<[what: string, text: string, folders: readonly string[]]>([
    [
      'that of pywin32',
      '# .pth file for the PyWin32 extensions\r\nwin32\r\nwin32\\lib\r\npythonwin\r\n# And some hackery\r\nimport pywin32_bootstrap\r\n',
      ['win32', 'win32/lib', 'pythonwin'],
    ],
    [
      'with a mark of its encoding, blank lines and spaces at the end',
      '\n\nlib/ \n./lib2//deep\n',
      ['lib', 'lib2/deep'],
    ],
    ['of programs', 'import os; os.system("x")\nimport\tlib\n', []],
    ['a folder whose name begins like a program', 'importlib_extra\n', ['importlib_extra']],
    ['of folders elsewhere', '/usr/lib\n\\\\host\\share\nC:\\lib\n../lib\nlib/../../x\n', []],
    ['of the folder itself', '.\n./\n', []],
    ['too many lines', 'lib\n'.repeat(5000), Array.from({ length: 100 }, () => 'lib')],
  ])('%s', (_, text, folders) => {
    expect(foldersIn(text)).toEqual(folders);
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
        const entries = entriesOf(archive.subarray(offset, offset + size));
        expect(entries.map(({ name }) => name)).toEqual(names);
      }),
    );
  });

  test.each<[what: string, archive: Buffer, expected: string | null]>([
    ['stored', zip(new Map([['a.pth', 'lib\n']])), 'lib\n'],
    ['deflated', zip(new Map([['a.pth', 'lib\n'.repeat(10)]]), 'deflated'), 'lib\n'.repeat(10)],
    ['empty', zip(new Map([['a.pth', '']]), 'deflated'), ''],
    ['stored, too long', zip(new Map([['a.pth', 'x'.repeat(1001)]])), null],
    ['deflated, too long', zip(new Map([['a.pth', 'x'.repeat(10_000_000)]]), 'deflated'), null],
  ])('reads a file: %s', (_, archive, expected) => {
    const { offset = 0, size = 0 } = findDirectory(archive) ?? {};
    const [entry] = entriesOf(archive.subarray(offset, offset + size));
    const content = entry && contentOf(entry, archive, 1000);
    expect(content ? Buffer.from(content).toString() : content).toEqual(expected);
  });

  test.each<[what: string, change: (archive: Buffer) => Buffer]>([
    ['cut off', (archive) => archive.subarray(0, 40)],
    ['nothing', () => Buffer.alloc(0)],
    ['no header', (archive) => archive.fill(0, 0, 4)],
    ['no deflated text', (archive) => archive.fill(0xff, 35, 60)],
  ])('reads no file from bytes that are wrong: %s', (_, change) => {
    const archive = zip(new Map([['a.pth', 'lib, deep, and other folders\n']]), 'deflated');
    const { offset = 0, size = 0 } = findDirectory(archive) ?? {};
    const [entry] = entriesOf(archive.subarray(offset, offset + size));
    expect(entry && contentOf(entry, change(archive), 1000)).toBeNull();
  });

  test('takes any bytes', () => {
    const end = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
    const anyBytes = fc.tuple(fc.uint8Array({ maxLength: 60 }), fc.uint8Array({ maxLength: 60 }));
    fc.assert(
      fc.property(anyBytes, ([before, after]) => {
        const bytes = Buffer.concat([before, end, after]);
        expect(() => findDirectory(bytes)).not.toThrow();
        expect(() => entriesOf(Buffer.concat([Buffer.from('PK\u0001\u0002'), bytes]))).not.toThrow();
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
    { kind: 'failed', reason: 'files.example closed the connection' },
    { state: 'unknown', reason: 'files.example closed the connection' },
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
