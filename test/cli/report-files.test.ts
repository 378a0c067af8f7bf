import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { reporters } from '../../src/reporters/index.ts';
import { Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

const scratches: Scratch[] = [];
afterEach(() => {
  for (const scratch of scratches.splice(0)) scratch.dispose();
});

/** A repository whose next commit adds these files. */
async function staged(files: Readonly<Record<string, string>>): Promise<Scratch> {
  const scratch = await Scratch.with({ 'README.md': '' });
  scratches.push(scratch);
  scratch.write(files);
  await scratch.git('add', '--all');
  return scratch;
}

const finding = { 'app.py': 'import numpy_utils\n' };
const heading = '### vetted-imports: 1 error';

describe('a report that is a file', () => {
  /** @returns What the file holds after a check, with what other steps wrote before it. */
  const reported = async (scratch: Scratch, name: string, { summary, before = '' }: Summary) => {
    const file = path.join(scratch.root, 'summary.md');
    if (before !== null) writeFileSync(file, before);
    if (before !== null) symlinkSync(file, path.join(scratch.root, 'link.md'));
    const env: Record<string, string> = summary === null ? {} : { GITHUB_STEP_SUMMARY: summary(scratch) };
    const given = name === 'absolute' ? file : name;
    await runIn(scratch, ['--staged', '--offline', '--format', `markdown=${given}`], { env });
    return existsSync(file) ? readFileSync(file, 'utf8') : null;
  };

  interface Summary {
    /** What the variable says, if it is set. */
    readonly summary: ((scratch: Scratch) => string) | null;
    readonly before?: string | null;
  }

  const itself = ({ root }: Scratch) => path.join(root, 'summary.md');
  const through = ({ root }: Scratch) => path.join(root, '../', path.basename(root), './link.md');
  const other = ({ root }: Scratch) => path.join(root, 'other.md');

  test.each<[string, string, (scratch: Scratch) => string]>([
    ['by the same path', 'absolute', itself],
    ['by a relative path', './summary.md', itself],
    ['by a link that the flag names', 'link.md', itself],
    ['by a link that the variable names', 'absolute', through],
  ])('comes behind what stands in the summary of the step: %s', async (_, name, summary) => {
    const text = await reported(await staged(finding), name, { summary, before: 'Built in 3 s' });
    expect(text?.startsWith(`Built in 3 s\n\n${heading}`)).toBe(true);
  });

  test('that is clean leaves the summary of the step as it is', async () => {
    const clean = { 'app.py': 'import os\n' };
    const before = '| a |\n| - |\n';
    expect(await reported(await staged(clean), 'absolute', { summary: itself, before })).toBe(before);
  });

  test.each([
    ['empty', ''],
    ['not there', null],
  ])('begins a summary that is %s', async (_, before) => {
    const text = await reported(await staged(finding), 'absolute', { summary: itself, before });
    expect(text?.startsWith(heading)).toBe(true);
  });

  test.each<[string, Summary['summary']]>([
    ['the summary is another file', other],
    ['there is no summary', null],
    ['the variable is empty', () => ''],
  ])('takes the place of an old one where %s', async (_, summary) => {
    const text = await reported(await staged(finding), 'absolute', { summary, before: 'old' });
    expect(text?.startsWith(heading)).toBe(true);
    const clean = await staged({ 'app.py': 'import os\n' });
    expect(await reported(clean, 'absolute', { summary, before: 'old' })).toBe('');
  });

  test('that can’t be written is a fault, also in the summary of the step', async () => {
    const scratch = await staged(finding);
    for (const env of [{}, { GITHUB_STEP_SUMMARY: scratch.root }]) {
      const args = ['--staged', '--offline', '--format', `markdown=${scratch.root}`];
      const { code, stderr } = await runIn(scratch, args, { env });
      expect([code, stderr.includes('the report could not be written')]).toEqual([2, true]);
    }
  });
});

describe('--quiet', () => {
  const lowered = { '.check-importsrc.yaml': 'rules: { unclear-import: off }\n' };
  const loosened = 'lowered the rule unclear';

  describe.each([...reporters.keys()])('of %s', (format) => {
    const shows = async (flags: readonly string[], env: Readonly<Record<string, string>>) => {
      const scratch = await staged(lowered);
      const args = ['--staged', '--offline', '--format', format, ...flags];
      return (await runIn(scratch, args, { env })).stdout.includes(loosened);
    };

    test('leaves loosened policy out where it is no error', async () => {
      expect([await shows([], {}), await shows(['--quiet'], {})]).toEqual([true, false]);
    });

    test('shows it where it is one', async () => {
      expect(await shows(['--quiet'], { CLAUDECODE: '1' })).toBe(true);
    });
  });

  test('shows only that of several changes which is an error', async () => {
    const scratch = await staged({ ...lowered, 'app.py': 'import numpy_utils\n' });
    const { code, stdout } = await runIn(scratch, [
      '--staged',
      '--offline',
      '--quiet',
      '--format',
      'concise',
    ]);
    expect([code, stdout.split('\n').length, stdout.includes('numpy-utils')]).toEqual([1, 2, true]);
  });
});

test('the fingerprint of loosened policy is the same in the environment of an assistant', async () => {
  const scratch = await staged({ '.check-importsrc.yaml': 'rules: { unclear-import: off }\n' });
  const fingerprints = async (env: Readonly<Record<string, string>>) => {
    const { stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'sarif'], { env });
    return stdout.match(/(?<="primaryLocationLineHash": ")[^"]+/g);
  };
  const hashes = await fingerprints({});
  expect(hashes).toHaveLength(1);
  expect(await fingerprints({ CLAUDECODE: '1' })).toEqual(hashes);
});
