import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/*
 * `requested: warn` lets people go on working while an owner decides: what somebody asked for is a warning where the
 * work is in hand, and stays an error where it would be merged.
 */

type Files = Readonly<Record<string, string>>;

const config = '.check-importsrc.yaml';
const requests = (...names: readonly string[]): Files => ({
  'approved-packages.yaml': whitelistText({
    'npm:lodash': { approved: 'helpers' },
    ...Object.fromEntries(names.map((name) => [`npm:${name}`, { requested: 'for the shop' }])),
  }),
});
const uses = (name: string): Files => ({ 'a.js': `import "${name}";\n` });
const assistant = { CLAUDECODE: '1' };

let scratch: Scratch;
beforeAll(async () => {
  scratch = await Scratch.with({
    ...requests('undici'),
    [config]: 'lookup: off\nrequested: warn\n',
    'package.json': '{ "private": true }\n',
    'a.js': '',
  });
  await scratch.git('tag', 'start');
});
afterEach(async () => {
  await scratch.git('reset', '--quiet', '--hard', 'start');
});
afterAll(() => {
  scratch.dispose();
});

const lineOf = (name: string, severity: string) => `a.js:1:9 ${severity} unapproved-package npm:${name}`;

/** @returns The exit code, and what is said of packages that nobody approved. */
async function judged(
  change: Files,
  args: readonly string[],
  { env = {}, isCommitted = false }: { env?: Readonly<Record<string, string>>; isCommitted?: boolean } = {},
): Promise<readonly unknown[]> {
  scratch.write(change);
  await scratch.git('add', '--all');
  if (isCommitted) await scratch.commitAll('change');
  const stdin = args.includes('--stdin') ? { stdin: change['a.js'] ?? '' } : {};
  const { code, stdout } = await runIn(scratch, args, { env, ...stdin });
  const found = stdout.matchAll(/^(\S+): (error|warn) (unapproved-package)\/\S+ .*\[(\S+)\]$/gm);
  return [code, ...Array.from(found, ([, ...words]) => words.join(' '))];
}

const concise = ['--format', 'concise'];

describe('a package that somebody asked for is', () => {
  const warned = [0, lineOf('undici', 'warn')];
  const stopped = [1, lineOf('undici', 'error')];

  test.each<[string, readonly string[], readonly unknown[]]>([
    ['a warning in the hook’s scope', ['--staged'], warned],
    ['a warning in an editor', ['--stdin', '--stdin-filename', 'a.js'], warned],
    ['an error in the work tree', [], stopped],
    ['an error under --all', ['--all'], stopped],
    ['an error where paths are named', ['a.js'], stopped],
  ])('%s', async (_, args, expected) => {
    expect(await judged(uses('undici'), [...args, ...concise])).toEqual(expected);
  });

  test('a warning in the hook, which passes', async () => {
    expect(await judged(uses('undici'), ['hook', 'pre-commit'])).toEqual([0]);
    expect(await judged(uses('zod'), ['hook', 'pre-commit'])).toEqual([1]);
  });

  test.each<[string, readonly string[], Readonly<Record<string, string>>]>([
    ['with --since', ['--since', 'start', ...concise], {}],
    ['with --since and the base’s policy', ['--since', 'start', '--policy-from', 'base', ...concise], {}],
  ])('an error in CI %s', async (_, args, env) => {
    expect(await judged(uses('undici'), args, { env, isCommitted: true })).toEqual(stopped);
  });

  test('an error in the range of the pre-commit framework', async () => {
    const env = { PRE_COMMIT_FROM_REF: 'start', PRE_COMMIT_TO_REF: 'HEAD' };
    expect(await judged(uses('undici'), ['hook', 'pre-commit'], { env, isCommitted: true })).toEqual([1]);
  });

  test.each<[string, Files, Readonly<Record<string, string>>, readonly unknown[]]>([
    [
      'a warning where the change asks',
      { ...requests('undici', 'zod'), ...uses('zod') },
      {},
      [0, lineOf('zod', 'warn')],
    ],
    [
      'an error where an assistant’s change asks',
      { ...requests('undici', 'zod'), ...uses('zod') },
      assistant,
      [1, lineOf('zod', 'error')],
    ],
    ['a warning for an assistant where the base asks', uses('undici'), assistant, warned],
    [
      'a warning for an assistant whose change asks for something else',
      { ...requests('undici', 'zod'), ...uses('undici') },
      assistant,
      warned,
    ],
    ['an error where nobody asks', uses('zod'), {}, [1, lineOf('zod', 'error')]],
    [
      'a warning where the rule is an error in so many words',
      { ...uses('undici'), [config]: 'lookup: off\nrequested: warn\nrules: { unapproved-package: error }\n' },
      {},
      warned,
    ],
  ])('%s', async (_, change, env, expected) => {
    expect(await judged(change, ['--staged', ...concise], { env })).toEqual(expected);
  });

  test('an error in an assistant’s editor, where nobody knows what was asked for before', async () => {
    const args = ['--stdin', '--stdin-filename', 'a.js', ...concise];
    expect(await judged(uses('undici'), args, { env: assistant })).toEqual(stopped);
  });
});

test('what a change sets counts from the next change on, and is listed', async () => {
  scratch.write({ [config]: 'lookup: off\n' });
  await scratch.commitAll('strict');
  const change = { ...uses('undici'), [config]: 'lookup: off\nrequested: warn\n' };
  expect(await judged(change, ['--staged', ...concise])).toEqual([1, lineOf('undici', 'error')]);
  const { stdout } = await runIn(scratch, ['--staged', ...concise]);
  expect(stdout).toContain(`${config}:2:1: warn policy-change`);
  expect(stdout).toContain('set requested to warn');
});
