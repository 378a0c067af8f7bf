import { afterEach, describe, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import { Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

/*
 * PowerShell writes `pip freeze > requirements.txt` in UTF-16 with a byte order mark, and pip reads that
 * (https://pip.pypa.io/en/stable/reference/requirements-file-format/#encoding). Without the mark nobody can.
 */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const little = (text: string) => Buffer.from(text, 'utf16le');
const big = (text: string) => little(text).swap16();

async function changed(before: Buffer | string, after: Buffer | string, program = '') {
  const scratch = await Scratch.with({ 'README.md': '' });
  open.push(scratch);
  scratch.write({ 'requirements.txt': before });
  await scratch.commitAll('before');
  scratch.write({ 'requirements.txt': after, 'app.py': program });
  await scratch.git('add', '--all');
  return (await runIn(scratch, ['--staged', '--offline', '--format', 'concise'])).stdout;
}

describe('a requirements.txt in UTF-16', () => {
  test.each([
    ['little-endian', little],
    ['big-endian', big],
  ])('with a byte order mark is read: %s', async (_, encode) => {
    const before = encode('\ufeffflask\r\n');
    const said = await changed(before, encode('\ufeffflask\r\nevil==1\r\n'), 'import flask\n');
    expect(findingsIn(said)).toEqual(['requirements.txt:2:1 unapproved-package pypi:evil']);
  });

  test.each([
    ['little-endian', little],
    ['big-endian', big],
  ])('without one is a fault that says what to do: %s', async (_, encode) => {
    expect(await changed('flask\n', encode('flask\r\nevil==1\r\n'))).toContain(
      'requirements.txt:1:1: fault manifest the manifest can’t be read: it holds null bytes, as UTF-16 does. Save it as UTF-8',
    );
  });
});

describe('a requirements.txt in the encoding that it declares to pip', () => {
  const latin = (text: string) => Buffer.from(text, 'latin1');

  test.each<[string, Buffer, string]>([
    [
      'UTF-7, in which a comment ends a line',
      latin('# -*- coding: utf-7 -*-\nflask\n# more +AAo-evil\n'),
      '1:7',
    ],
    [
      'in the second line, behind one that is no comment',
      latin('flask\n# vim: set fileencoding=utf_7 :\n# +AAo-evil\n'),
      '2:18',
    ],
    ['before a lone carriage return', latin('# list\rcoding=utf7\nflask\n# +AAo-evil\n'), '2:1'],
    ['an encoding that nobody knows', latin('# see our coding: guide\nflask\n'), '1:11'],
    ['EBCDIC', latin('# coding=cp500\nflask\n'), '1:3'],
    [
      'Shift JIS, in which a backslash belongs to a letter',
      latin('# coding: sjis\n--find-links \x83\x5c\nevil\n'),
      '1:3',
    ],
    ['UTF-32 by its mark', Buffer.from([0, 0, 0xfe, 0xff, 0, 0, 0, 0x66]), '1:1'],
  ])('is a fault where that shows other lines: %s', async (_, list, place) => {
    const said = findingsIn(await changed('flask\n', list));
    expect(said).toContain(`requirements.txt:${place} fault manifest`);
    expect(findingsIn(await changed(list, Buffer.concat([list, latin('\n')])))).toContain(
      `requirements.txt:${place} fault manifest`,
    );
  });

  test.each<[string, Buffer]>([
    [
      'Latin 1, with an accent in a comment',
      latin('# -*- coding: latin-1 -*-\n# pour la caf\xe9t\xe9ria\nflask\n'),
    ],
    ['Windows 1252', latin('# coding: cp1252\nflask  # \x93caf\xe9\x94\n')],
    ['UTF-8', Buffer.from('# coding: utf-8\n# café\nflask\n')],
    ['UTF-8 by its mark', Buffer.from('\ufeff# café\nflask\n')],
    ['Shift JIS that is ASCII throughout', latin('# coding: shift_jis\nflask\n')],
    ['a third line', latin('#\n#\n# coding: utf-7\nflask\n')],
    ['a line that is no comment to pip', latin(' # coding: utf-7\nflask\n')],
  ])('is read where that shows the same lines: %s', async (_, list) => {
    expect(findingsIn(await changed('flask\n', list))).toEqual([]);
    expect(findingsIn(await changed(list, Buffer.concat([list, latin('evil\n')])))).toEqual([
      expect.stringMatching(/^requirements\.txt:\d+:1 unapproved-package pypi:evil$/),
    ]);
  });
});

/** What is said of files that a commit adds. */
async function checked(files: Readonly<Record<string, Uint8Array>>) {
  const scratch = await Scratch.with({ 'README.md': '' });
  open.push(scratch);
  await scratch.commitAll('before');
  scratch.write(files);
  await scratch.git('add', '--all');
  return runIn(scratch, ['--staged', '--offline', '--format', 'concise']);
}

/** The rules and packages of what is found, and the kinds of faults. */
async function saidOf(files: Readonly<Record<string, Uint8Array>>): Promise<string[]> {
  const { stdout } = await checked(files);
  return findingsIn(stdout).map((line) => line.replace(/^\S+ /, ''));
}

describe('a program in the encoding that it declares (PEP 263)', () => {
  const program = (encoding: string, middle: readonly number[]) =>
    Buffer.concat([
      Buffer.from(`# -*- coding: ${encoding} -*-\ns = "`),
      Buffer.from(middle),
      Buffer.from('"; import evil # "\n'),
    ]);

  // The last byte of 表 in Shift JIS and of 乗 in GBK is that of a backslash.
  test.each<[encoding: string, middle: readonly number[], findings: number]>([
    ['shift_jis', [0x95, 0x5c], 1],
    ['csShiftJIS', [0x95, 0x5c], 1],
    ['cp932', [0x95, 0x5c], 1],
    ['ms932', [0x95, 0x5c], 1],
    ['gbk', [0x81, 0x5c], 1],
    ['big5', [0xa5, 0x5c], 1],
    ['latin-1', [0xe9], 1],
    ['latin-1', [0xe9, 0x5c], 0],
    ['utf-8', [0xc3, 0xa9, 0x5c], 0],
  ])('%s %j', async (encoding, middle, findings) => {
    const scratch = await Scratch.with({ 'README.md': '' });
    open.push(scratch);
    await scratch.commitAll('before');
    scratch.write({ 'app.py': program(encoding, middle) });
    await scratch.git('add', '--all');
    const { stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'concise']);
    const said = findingsIn(stdout).filter((line) => line.endsWith('unapproved-package pypi:evil'));
    expect(said).toHaveLength(findings);
  });

  const hidden = (line: string) => Buffer.from(`${line}\ns = "\x95\\"; import evil # "\n`, 'latin1');
  const declared = '# coding: shift_jis';
  const script = '#!/usr/bin/env python3';
  const evil = ['unapproved-package pypi:evil'];

  test.each<[string, string, Buffer, readonly string[]]>([
    ['a script without an ending', 'bin/tool', hidden(`${script}\n${declared}`), evil],
    ['a script whose name begins with a dot', 'bin/.tool', hidden(`${script}\n${declared}`), evil],
    ['a long first line', 'app.py', hidden(`#${'x'.repeat(3000)}\n${declared}`), evil],
    ['a first line that ends with a carriage return', 'app.py', hidden(`#\r${declared}`), evil],
    [
      'two declarations, of which the first one counts',
      'app.py',
      hidden(`${declared}\n# coding: utf-8`),
      evil,
    ],
    ['the second one does not', 'app.py', hidden(`# coding: utf-8\n${declared}`), []],
    ['behind a line of code it is a comment', 'app.py', hidden(`x = 1\n${declared}`), []],
    ['no other language has such a comment', 'bin/tool', hidden(`#!/bin/sh\n${declared}`), []],
    [
      'nor a script of Node.js',
      'bin/tool',
      Buffer.from(
        '#!/usr/bin/env -S node -- # coding: shift_jis\nx = "\x95\\"; import \'evil\'; //"\n',
        'latin1',
      ),
      [],
    ],
  ])('%s', async (_, path, bytes, findings) => {
    expect(await saidOf({ [path]: bytes })).toEqual(findings);
  });

  // In each a byte of ASCII is another character, or another byte is one of ASCII.
  test.each<[encoding: string, string: readonly number[]]>([
    ['shift_jis_2004', [0x22, 0x5c, 0x22]],
    ['sjisx0213', [0x22, 0x5c, 0x22]],
    ['johab', [0x22, 0xd9, 0x5c, 0x22]],
    ['mac_arabic', [0x22, 0xa2]],
    ['mac-farsi', [0x22, 0xa2]],
    ['cp864', [0x22, 0x25, 0x22]],
  ])('%s is not read', async (encoding, middle) => {
    const text = (string: readonly number[]) =>
      Buffer.concat([
        Buffer.from(`# coding: ${encoding}\nx = `),
        Buffer.from(string),
        Buffer.from('; import evil #"\n'),
      ]);
    const { stdout, code } = await checked({ 'app.py': text(middle) });
    expect(stdout).toContain(`the encoding ${encoding} is not read here: save the file as UTF-8`);
    expect(code).toBe(2);
  });

  test.each<[encoding: string, bytes: readonly number[]]>([
    ['shift_jis', [0x95, 0x5c, 0x83, 0x5c]],
    ['cp932', [0x95, 0x5c, 0x87, 0x40]],
    ['windows-31j', [0x95, 0x5c]],
    ['gb18030', [0x81, 0x30, 0x81, 0x30]],
    ['big5-hkscs', [0xa5, 0x5c]],
    ['uhc', [0xb0, 0xa1, 0x81, 0x41]],
    ['euc_jis_2004', [0xa4, 0xa2]],
    ['mac_roman', [0x8e]],
    ['cp866', [0x8e]],
  ])('an honest program in %s is clean', async (encoding, bytes) => {
    const text = Buffer.concat([
      Buffer.from(`# coding: ${encoding}\nimport os\nx = "`),
      Buffer.from(bytes),
      Buffer.from('"\n'),
    ]);
    expect(
      await checked({ 'app.py': text, 'bin/tool': Buffer.concat([Buffer.from(`${script}\n`), text]) }),
    ).toMatchObject({
      code: 0,
      stdout: '',
    });
  });
});
