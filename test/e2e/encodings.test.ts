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
