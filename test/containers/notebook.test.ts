import { describe, expect, test } from 'vitest';
import { notebook } from '../../src/containers/notebook.ts';

const code = (source: unknown, more: object = {}) => ({
  cell_type: 'code',
  source,
  metadata: {},
  outputs: [],
  ...more,
});
const markdown = { cell_type: 'markdown', source: ['# import a'], metadata: {} };
const python = { kernelspec: { name: 'python3', language: 'python' }, language_info: { name: 'python' } };
const book = (cells: readonly object[], metadata: object = python) => {
  return JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells });
};

test('cells are numbered from 1, with those that hold no code', () => {
  expect(notebook.contents(book([markdown, code('import a'), code(''), code(['import b\n', 'c'])]))).toEqual({
    segments: [
      { language: 'python', dialect: 'ipynb', text: 'import a', at: { kind: 'cell', cell: 2 } },
      { language: 'python', dialect: 'ipynb', text: 'import b\nc', at: { kind: 'cell', cell: 4 } },
    ],
    broken: null,
  });
});

describe('the language is', () => {
  const kernel = (name: string, language?: string) => ({
    kernelspec: { name, ...(language && { language }) },
  });
  test.each([
    [{}, 'python ipynb'],
    [{ language_info: { name: 'python' } }, 'python ipynb'],
    [{ language_info: { name: 'ipython' } }, 'python ipynb'],
    [kernel('python3'), 'python ipynb'],
    [kernel('my-env'), 'python ipynb'],
    [kernel('conda-env-x-py', 'python'), 'python ipynb'],
    [kernel('ir', 'R'), ''],
    [kernel('ir'), ''],
    [kernel('julia-1.10'), ''],
    [{ language_info: { name: 'julia' }, ...kernel('python3') }, 'python ipynb'],
    [{ language_info: { name: 'julia' }, ...kernel('python3', 'julia') }, 'python ipynb'],
    [{ language_info: { name: 'python' }, ...kernel('julia-1.10') }, ''],
    [{ language_info: { name: 'julia' }, ...kernel('julia-1.10', 'julia') }, ''],
    [{ language_info: { name: 'micropython' }, ...kernel('micropython') }, 'python ipynb'],
    [kernel('python3.13t'), 'python ipynb'],
    [{ language_info: { name: 'python_glue_session' }, ...kernel('glue_pyspark') }, 'python ipynb'],
    [kernel('sos', 'sos'), ''],
    [{ language_info: { name: 'markdown' }, ...kernel('python3') }, 'python ipynb'],
    [{ language_info: { name: 'pyspark' }, ...kernel('pysparkkernel') }, 'python ipynb'],
    [kernel('calysto_scheme', 'scheme'), ''],
    [{ language_info: { name: 'typescript' }, ...kernel('deno') }, 'javascript ts'],
    [kernel('deno'), 'javascript ts'],
    [{ language_info: { name: 'javascript' } }, 'javascript js'],
    [{ language_info: { name: 'go' }, ...kernel('gophernotes', 'go') }, 'go ipynb'],
    [kernel('gonb'), 'go ipynb'],
    [kernel('my-go', 'go'), 'go ipynb'],
    [{ language_info: { name: 'Rust' }, ...kernel('rust', 'rust') }, 'rust ipynb'],
    [kernel('evcxr'), 'rust ipynb'],
    [kernel('rusty', 'crab'), ''],
    [kernel('gopher', 'gopherscript'), ''],
    [{ language_info: null, kernelspec: 1 }, 'python ipynb'],
  ])('%j: %s', (metadata, expected) => {
    const { segments } = notebook.contents(book([code('x')], metadata));
    expect(segments.map(({ language, dialect }) => `${language} ${dialect}`).join()).toBe(expected);
  });

  const own = (languageId: string) => code('x', { metadata: { vscode: { languageId } } });
  const cells = [own('typescript'), own('sql'), own('python')];

  test('that of the cell, where the kernel runs several', () => {
    const { segments } = notebook.contents(book(cells, kernel('.net-csharp', 'C#')));
    expect(segments.map(({ language, at }) => [language, at])).toEqual([
      ['javascript', { kind: 'cell', cell: 1 }],
      ['python', { kind: 'cell', cell: 3 }],
    ]);
    const sos = ['R', 'Python3'].map((name) => code('x', { metadata: { kernel: name } }));
    expect(notebook.contents(book(sos, kernel('sos', 'sos'))).segments.map(({ at }) => at)).toEqual([
      { kind: 'cell', cell: 2 },
    ]);
  });

  test.each([
    [{}, 'python,python,python'],
    [kernel('python3', 'python'), 'python,python,python'],
    [kernel('deno', 'typescript'), 'javascript,javascript,javascript'],
  ])('that of the kernel, whatever an editor calls a cell: %j', (metadata, expected) => {
    const { segments } = notebook.contents(book(cells, metadata));
    expect(segments.map(({ language }) => language).join()).toBe(expected);
  });

  test('that of the kernel, whatever a cell of format 3 says', () => {
    const { segments } = notebook.contents(book([code('x', { language: 'R' })], kernel('python3')));
    expect(segments.map(({ language }) => language)).toEqual(['python']);
  });
});

test('a cell magic goes to the kernel, whatever an editor calls its cell', () => {
  const magic = code('%%bash\npip install a', { metadata: { vscode: { languageId: 'shellscript' } } });
  const segmentsOf = (metadata?: object) => notebook.contents(book([magic], metadata)).segments;
  expect(segmentsOf().map(({ language, dialect }) => `${language} ${dialect}`)).toEqual(['python ipynb']);
  expect(segmentsOf({ kernelspec: { name: 'ir' } })).toEqual([]);
});

test('format 3 keeps its cells in worksheets', () => {
  const cells = [
    { cell_type: 'heading', source: 'x' },
    { cell_type: 'code', language: 'python', input: ['import a'] },
  ];
  const text = JSON.stringify({ nbformat: 3, metadata: { name: '' }, worksheets: [{ cells }, { cells }] });
  expect(notebook.contents(text).segments.map(({ text: source, at }) => [source, at])).toEqual([
    ['import a', { kind: 'cell', cell: 2 }],
    ['import a', { kind: 'cell', cell: 4 }],
  ]);
});

describe('numbers that Python’s JSON has', () => {
  const output = (data: string) => ({ output_type: 'display_data', metadata: {}, data });
  const numbers = book([code('x = "NaN -Infinity"', { outputs: [output('DATA')] })]);

  test.each(['NaN', 'Infinity', '-Infinity', '[1, NaN, -Infinity]', '{"\\\\": NaN, "\\"NaN": Infinity}'])(
    '%s',
    (value) => {
      const { segments, broken } = notebook.contents(numbers.replace('"DATA"', value));
      expect(broken).toBeNull();
      expect(segments.map(({ text }) => text)).toEqual(['x = "NaN -Infinity"']);
    },
  );

  test.each([
    ['{"cells": [NaN}', 14],
    ['{"cells": [-Infinity, }', 22],
    ['{"cells": NaN NaN}', 14],
    ['{NaN: 1}', 1],
    ['{"cells": [nan]}', 11],
  ])('and yet %s is none, at %d', (text, offset) => {
    expect(notebook.contents(text).broken).toEqual({ message: 'the notebook is not valid JSON', offset });
  });
});

describe('broken', () => {
  test.each([
    ['{"cells": [\n<<<<<<< HEAD\n', 12],
    ['{"cells": [}', 11],
    ['{"cells": ["a', 13],
    ['{', 1],
    ['not a notebook', 0],
    ['{"cells": []} {}', 14],
  ])('%j at %d', (text, offset) => {
    expect(notebook.contents(text)).toEqual({
      segments: [],
      broken: { message: 'the notebook is not valid JSON', offset },
    });
  });

  test.each(['{}', '[]', 'null', '1', '{"cells": 1}'])('%j holds no cells', (text) => {
    expect(notebook.contents(text)).toEqual({
      segments: [],
      broken: { message: 'the notebook has no cells', offset: 0 },
    });
  });

  test('odd cells are passed over', () => {
    const cells = [null, 1, [], {}, { cell_type: 'code' }, { cell_type: 'code', source: [1, 'x', null] }];
    expect(notebook.contents(JSON.stringify({ cells })).segments.map(({ text }) => text)).toEqual(['x']);
  });

  test('an empty file is a new notebook', () => {
    expect(notebook.contents('\n')).toEqual({ segments: [], broken: null });
  });
});
