import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { byAda, whitelistText, type WhitelistFields } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/*
 * A branch left main, and main decided otherwise since. The whitelist and config of the branch are those of its base; one
 * row says what main has by now, and what happens to an import of `got` on the branch.
 */

const approved: WhitelistFields = { approved: 'http', ...byAda };
const lodash = { 'npm:lodash': { approved: 'the cart', ...byAda } };
const base = { 'npm:got': approved, ...lodash };
const config = '.check-importsrc.yaml';

let scratch: Scratch;
beforeAll(async () => {
  scratch = await Scratch.with({
    'package.json': '{ "private": true }\n',
    // That main used it does not let pass what main has taken back.
    'old.js': 'import "got";\n',
    'approved-packages.yaml': whitelistText(base),
    [config]: 'lookup: off\nrules: { unclear-import: warn }\nignorePaths: ["generated/**"]\n',
  });
  await scratch.git('switch', '--quiet', '--create', 'feature');
  scratch.write({ 'a.js': 'import "got";\n', 'b.js': 'import(x);\n', 'generated/c.js': 'import "zzz";\n' });
  await scratch.commitAll('feature');
});
afterAll(() => {
  scratch.dispose();
});

async function judged(tip: Readonly<Record<string, string | null>>, ...flags: string[]) {
  await scratch.git('switch', '--quiet', '--detach', 'main');
  for (const [name, text] of Object.entries(tip)) {
    if (text === null) scratch.remove(name);
    else scratch.write({ [name]: text });
  }
  await scratch.commitAll('main moves on');
  await scratch.git('branch', '--force', 'tip', 'HEAD');
  await scratch.git('switch', '--quiet', 'feature');
  const { code, stdout } = await runIn(scratch, [
    '--since',
    'tip',
    '--format',
    'pretty',
    '--offline',
    ...flags,
  ]);
  return { code, text: stdout.replace(/\s+/g, ' ') };
}

const whitelist = (entries: Readonly<Record<string, WhitelistFields>>) => ({
  'approved-packages.yaml': whitelistText(entries),
});
const settings = (text: string) => ({ [config]: `lookup: off\n${text}` });
const warns = 'rules: { unclear-import: warn }\n';
const ignores = 'ignorePaths: ["generated/**"]\n';

describe.each(['head', 'base'])('judged by the %s, what main decided since counts', (judge) => {
  test.each([
    [
      'a denial',
      whitelist({ 'npm:got': { denied: 'gone bad', ...byAda }, ...lodash }),
      'npm:got is denied (tip:approved-packages.yaml:5): gone bad',
    ],
    [
      'an end',
      whitelist({ 'npm:got': { approved: 'http', expires: '2026-11-01', ...byAda }, ...lodash }),
      'the approval of npm:got ended on 2026-11-01 (tip:approved-packages.yaml:5)',
    ],
    [
      'an approval that is gone',
      whitelist(lodash),
      'tip no longer approves npm:got since this branch started.',
    ],
    ['a stricter rule', settings(`rules: { unclear-import: error }\n${ignores}`), 'error unclear-import'],
    ['a path that is no longer ignored', settings(warns), 'nobody approved npm:zzz'],
  ])('%s', async (_, tip, said) => {
    const { code, text } = await judged(tip, '--policy-from', judge);
    expect([code, text]).toEqual([1, expect.stringContaining(said)]);
  });

  test.each([
    ['nothing about got', whitelist({ ...base, 'npm:react': { approved: 'x', ...byAda } })],
    ['another reason', whitelist({ 'npm:got': { approved: 'HTTP', ...byAda }, ...lodash })],
    [
      'an end that is to come',
      whitelist({ 'npm:got': { approved: 'http', expires: '2027-01-01', ...byAda }, ...lodash }),
    ],
    ['an approval that is gone, of something else', whitelist({ 'npm:got': approved })],
    ['no whitelist any more', { 'approved-packages.yaml': null }],
    ['a laxer rule', settings(`rules: { unclear-import: off }\n${ignores}`)],
    ['nothing', { 'README.md': '# Shop\n' }],
  ])('the twin: %s', async (_, tip) => {
    const { code, text } = await judged(tip, '--policy-from', judge);
    expect([code, text]).toEqual([0, expect.not.stringContaining('npm:got')]);
  });
});

test('what helps is said, and works as printed', async () => {
  const { text } = await judged(whitelist(lodash));
  expect(text).toContain('next: git merge tip');
  expect(text).not.toContain('nobody approved');
  await scratch.git('merge', '--quiet', '--no-edit', '--no-commit', 'tip');
  await scratch.git('merge', '--abort');
});

test('a whitelist of main that can’t be read is said, and takes nothing back', async () => {
  const { code, text } = await judged({ 'approved-packages.yaml': 'packages: [\n' });
  expect([code, text]).toEqual([
    0,
    expect.stringContaining('so approvals that were revoked since are unknown'),
  ]);
});
