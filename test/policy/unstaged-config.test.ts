import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* A hook judges what is staged. Who wonders why his config is not heard is told that it is not part of the commit. */

type Files = Readonly<Record<string, string>>;

let scratch: Scratch;
beforeAll(async () => {
  scratch = await Scratch.with({
    '.check-importsrc.yaml': 'lookup: off\n',
    'approved-packages.yaml': whitelistText({ 'npm:lodash': { approved: 'helpers' } }),
    'package.json': '{ "private": true }\n',
  });
});
afterAll(() => {
  scratch.dispose();
});

const file = '.check-importsrc.yaml';
const differs = `${file} in the work tree is not part of this commit, and with it other findings would be reported: git add ${file} (with git commit FILE, name it too)`;

/** @returns What is printed about a commit whose work tree has more than what is staged. */
async function printed(staged: Files, unstaged: Files, args: readonly string[]): Promise<string> {
  scratch.write(staged);
  await scratch.git('add', '--all');
  scratch.write(unstaged);
  const { stdout } = await runIn(scratch, args);
  await scratch.git('reset', '--quiet', '--hard');
  return stdout.replace(/\s+/g, ' ');
}

const generated = { 'gen/a.js': 'import "zzz";\n' };
const ignoring = { [file]: 'lookup: off\nignorePaths: [gen/**]\n' };

describe('a config that is not staged', () => {
  test.each<[string, Files, Files]>([
    ['it ignores the file', generated, ignoring],
    ['it makes a module the project’s own', generated, { [file]: 'lookup: off\nlocalModules: [zzz]\n' }],
  ])('is named where %s', async (_, staged, unstaged) => {
    expect(await printed(staged, unstaged, ['--staged'])).toContain(differs);
    expect(await printed(staged, unstaged, ['hook', 'pre-commit'])).toContain(differs);
  });

  test('is named with what is wrong in it', async () => {
    const said = await printed(generated, { [file]: 'lookup: off\nignorePath: [gen/**]\n' }, ['--staged']);
    expect(said).toContain(
      `${file} in the work tree is not part of this commit, and can’t be read: unknown key “ignorePath” in the config (line 2)`,
    );
  });

  test.each<[string, Files, Files, string]>([
    ['it changes nothing', generated, { [file]: 'lookup: off\nignorePaths: [doc/**]\n' }, '--staged'],
    [
      'it would count from the next change on',
      generated,
      { [file]: 'lookup: off\nrules: { unapproved-package: off }\n' },
      '--staged',
    ],
    ['it is staged', { ...generated, ...ignoring }, {}, '--staged'],
    ['nothing is found', { 'gen/a.js': 'import "lodash";\n' }, ignoring, '--staged'],
    ['the work tree is judged', generated, ignoring, 'check'],
  ])('is not named where %s', async (_, staged, unstaged, scope) => {
    expect(await printed(staged, unstaged, [scope])).not.toContain('not part of this commit');
  });
});
