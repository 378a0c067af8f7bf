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
