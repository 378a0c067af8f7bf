import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filesAfterEdit, filesBeforeEdit } from '../../src/agents/edits/edited-files.ts';
import { withCell } from '../../src/agents/edits/notebook-cell.ts';
import { patchedText, readPatch } from '../../src/agents/edits/patch.ts';
import type { CellEdit, FileEdit } from '../../src/agents/protocols/event.ts';

/** What is on disk, by path. */
type Disk = Readonly<Record<string, string>>;

const readerOf = (disk: Disk) => (path: string) => Promise.resolve(disk[path] ?? null);

describe('before an edit happens, its text is worked out', () => {
  const rows: readonly {
    readonly title: string;
    readonly disk?: Disk;
    readonly edit: FileEdit;
    readonly files: readonly (readonly [path: string, oldText: string | null, newText: string | null])[];
  }[] = [
    {
      title: 'a new file',
      edit: { kind: 'write', path: 'a.py', text: 'import os\n' },
      files: [['a.py', null, 'import os\n']],
    },
    {
      title: 'a file that is there',
      disk: { 'a.py': 'x\n' },
      edit: { kind: 'write', path: 'a.py', text: 'y\n' },
      files: [['a.py', 'x\n', 'y\n']],
    },
    {
      title: 'one of two equal texts',
      disk: { 'a.py': 'x x' },
      edit: { kind: 'replace', path: 'a.py', replacements: [{ oldText: 'x', newText: 'y', all: false }] },
      files: [['a.py', 'x x', 'y x']],
    },
    {
      title: 'each of two equal texts, with letters that mean something to a pattern',
      disk: { 'a.py': 'x x' },
      edit: { kind: 'replace', path: 'a.py', replacements: [{ oldText: 'x', newText: '$&', all: true }] },
      files: [['a.py', 'x x', '$& $&']],
    },
    {
      title: 'replacements one after another',
      disk: { 'a.py': 'a' },
      edit: {
        kind: 'replace',
        path: 'a.py',
        replacements: [
          { oldText: 'a', newText: 'b', all: false },
          { oldText: 'b', newText: 'c', all: false },
        ],
      },
      files: [['a.py', 'a', 'c']],
    },
    {
      title: 'an edit that does not fit is looked at by itself',
      disk: { 'a.py': 'x' },
      edit: {
        kind: 'replace',
        path: 'a.py',
        replacements: [{ oldText: 'z', newText: 'import os', all: false }],
      },
      files: [['a.py', null, 'import os']],
    },
    {
      title: 'lines put in behind one',
      disk: { 'a.py': '1\n2\n' },
      edit: { kind: 'insert', path: 'a.py', line: 1, text: 'x\n' },
      files: [['a.py', '1\n2\n', '1\nx\n2\n']],
    },
    {
      title: 'a file that goes',
      disk: { 'a.py': 'x' },
      edit: { kind: 'delete', path: 'a.py' },
      files: [['a.py', 'x', null]],
    },
    {
      title: 'a patch of several files',
      disk: { 'old.py': 'import os\n', 'moved.py': 'a\nb\n', 'gone.py': 'x' },
      edit: {
        kind: 'patch',
        patch: [
          '*** Begin Patch',
          '*** Add File: new.py',
          '+import re',
          '*** Delete File: gone.py',
          '*** Update File: old.py',
          '@@',
          '-import os',
          '+import sys',
          '*** Update File: moved.py',
          '*** Move to: there.py',
          '@@',
          ' a',
          '+c',
          ' b',
          '*** End Patch',
        ].join('\n'),
      },
      files: [
        ['new.py', null, 'import re\n'],
        ['gone.py', 'x', null],
        ['old.py', 'import os\n', 'import sys\n'],
        ['moved.py', 'a\nb\n', null],
        ['there.py', 'a\nb\n', 'a\nc\nb\n'],
      ],
    },
    {
      title: 'a patch that does not fit is looked at by what it adds',
      disk: { 'a.py': 'x\n' },
      edit: {
        kind: 'patch',
        patch: '*** Begin Patch\n*** Update File: a.py\n@@\n-nothing like it\n+import re\n*** End Patch',
      },
      files: [['a.py', null, 'import re']],
    },
  ];
  test.each(rows)('$title', async ({ disk = {}, edit, files }) => {
    const edited = await filesBeforeEdit(edit, readerOf(disk));
    expect(edited.map(({ path, oldText, newText }) => [path, oldText, newText])).toEqual(files);
  });
});

describe('after an edit, what was there before is worked out', () => {
  test.each([
    { title: 'as the agent tells', original: 'x\n', disk: 'y\n', oldText: 'x\n' },
    { title: 'a file that the agent tells is new', original: null, disk: 'y\n', oldText: null },
  ])('$title', async ({ original, disk, oldText }) => {
    const edit = { kind: 'write', path: 'a', text: disk } as const;
    const [file] = await filesAfterEdit(edit, original, readerOf({ a: disk }));
    expect(file?.oldText).toBe(oldText);
  });

  const replace = (oldText: string, newText: string): FileEdit => ({
    kind: 'replace',
    path: 'a',
    replacements: [{ oldText, newText, all: false }],
  });
  test.each([
    { title: 'a replacement', edit: replace('x', 'y'), disk: '1\ny\n', oldText: '1\nx\n' },
    {
      title: 'one that a formatter has changed',
      edit: replace('x', 'y\n  z'),
      disk: '1\n  y\nz\n',
      oldText: '1\n',
    },
    {
      title: 'lines put in',
      edit: { kind: 'insert', path: 'a', line: 1, text: 'x' } as const,
      disk: '1\nx\n',
      oldText: '1\n',
    },
    {
      title: 'a patch',
      edit: { kind: 'patch', patch: '*** Update File: a\n@@\n 1\n+x\n' } as const,
      disk: '1\nx\n',
      oldText: '1\n',
    },
  ])('$title', async ({ edit, disk, oldText }) => {
    const [file] = await filesAfterEdit(edit, undefined, readerOf({ a: disk }));
    expect(file).toEqual({ path: 'a', oldText, newText: disk });
  });

  test('what is gone by then is nothing', async () => {
    expect(await filesAfterEdit({ kind: 'delete', path: 'a' }, undefined, readerOf({}))).toEqual([]);
  });
});

describe('a patch', () => {
  test.each([
    {
      title: 'fits below its heading',
      text: 'a\nx\ndef f():\nx\n',
      patch: '@@ def f():\n-x\n+y',
      patched: 'a\nx\ndef f():\ny\n',
    },
    { title: 'fits where only blanks differ', text: 'a  \n', patch: '@@\n-a\n+b', patched: 'b\n' },
    { title: 'without old lines goes to the end', text: 'a\n', patch: '@@\n+b', patched: 'a\nb\n' },
    { title: 'of lines that end as in DOS', text: 'a\r\nb\r\n', patch: '@@\n a\n-b\n+c', patched: 'a\nc\n' },
    { title: 'fits nowhere', text: 'a\n', patch: '@@\n-z\n+b', patched: null },
  ])('$title', ({ text, patch, patched }) => {
    const [file] = readPatch(`*** Begin Patch\n*** Update File: f\n${patch}\n*** End Patch`);
    expect(file?.kind === 'update' ? patchedText(text, file.hunks) : undefined).toBe(patched);
  });

  test('any text is read without an error, and in no time', () => {
    const line = fc.constantFrom(
      '*** Begin Patch',
      '*** Update File: a',
      '*** Move to: b',
      '@@',
      '@@ x',
      '+a',
      '-a',
      ' a',
      '',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), fc.string(), (lines, text) => {
        for (const file of readPatch(lines.join('\n')))
          if (file.kind === 'update') patchedText(text, file.hunks);
      }),
    );
    const started = performance.now();
    readPatch(`*** Update File: ${' '.repeat(200_000)}\n`.repeat(3));
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('a cell of a notebook', () => {
  const cell = (id: string, source: string) => ({ cell_type: 'code', id, metadata: {}, source });
  const book = (...cells: readonly ReturnType<typeof cell>[]) => JSON.stringify({ cells, nbformat: 4 });
  const edit = (fields: Partial<CellEdit>): CellEdit => {
    return { id: 'a', mode: 'replace', type: null, source: 'new', ...fields };
  };
  const sources = (text: string | null) =>
    text === null ? null : [...text.matchAll(/"source":"(\w*)"/g)].map(([, source]) => source);
  const both = book(cell('a', 'one'), cell('b', 'two'));
  test.each([
    ['replaced by its id', edit({ id: 'b' }), ['one', 'new']],
    ['replaced by its number', edit({ id: 'cell-1' }), ['one', 'new']],
    ['put in behind another', edit({ mode: 'insert' }), ['one', 'new', 'two']],
    ['put in at the top', edit({ mode: 'insert', id: null }), ['new', 'one', 'two']],
    ['taken out', edit({ mode: 'delete' }), ['two']],
    ['that is not there', edit({ id: 'z' }), null],
  ])('%s', (_, change, left) => {
    expect(sources(withCell(both, change))).toEqual(left);
  });

  test('of what is no notebook', () => {
    expect(withCell('{', edit({}))).toBeNull();
    expect(withCell('{"cells": 1}', edit({}))).toBeNull();
  });
});
