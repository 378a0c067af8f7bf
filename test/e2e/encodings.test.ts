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
    ['cp932', [0x95, 0x5c], 1],
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
});
