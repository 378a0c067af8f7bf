import { afterEach, describe, expect, test } from 'vitest';
import { packageLabel } from '../../src/model/package.ts';
import { collectReviewItems } from '../../src/app/review-queue.ts';
import { openWhitelist } from '../../src/app/whitelist-session.ts';
import { runWithKeys } from '../kit/keys.ts';
import { startPypi, wheel, type Project } from '../kit/pypi.ts';
import { Scratch } from '../kit/scratch.ts';
import { whitelistText } from '../kit/whitelist.ts';
import { now, runIn } from '../kit/world.ts';

/* `init` asks registries about packages that the project uses and nothing declares; the index is canned. */

const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const file = 'approved-packages.yaml';
const old = '2015-03-04T00:00:00Z';

const distributions = new Map<string, Project>([
  ['plain', { files: [wheel('plain', old, ['plain/__init__.py'])] }],
  ['other', { files: [wheel('other', old, ['something_else/__init__.py'])] }],
  ['fresh', { files: [wheel('fresh', '2026-11-01T00:00:00Z', ['fresh/__init__.py'])] }],
  ['locked', { status: 'quarantined', files: [wheel('locked', old, ['locked.py'])] }],
  ['staged', { files: [wheel('staged', old, ['staged.py'])] }],
]);

/** A repository that uses packages which nothing declares, and the index that serves some of them. */
async function project() {
  const scratch = await Scratch.with({
    'requirements.txt': 'flask\n',
    'app.py': 'import flask\nimport plain, fresh, ghost, locked, other\n',
  });
  const pypi = await startPypi(distributions);
  scratch.env['PIP_INDEX_URL'] = `${pypi.url}/simple`;
  open.push(
    () => {
      scratch.dispose();
    },
    () => pypi.close(),
  );
  return { scratch, pypi };
}

const baseline = { baseline: '2026-11-23' };
const plain = { ...baseline, imports: ['plain'], importsOf: '1.0' };
const request = (line: number) => ({ requested: `in use in app.py:${String(line)}`, date: '2026-11-23' });
const rest = {
  'pypi:fresh': request(2),
  'pypi:ghost': request(2),
  'pypi:locked': request(2),
  'pypi:other': request(2),
};

test('what exists and nothing speaks against goes to the baseline, which the hook lists', async () => {
  const { scratch } = await project();
  const done = await runIn(scratch, ['init', '--yes']);
  expect(done).toMatchObject({ code: 0, stderr: '' });
  const entries = { 'pypi:flask': baseline, ...rest, 'pypi:plain': plain };
  expect(scratch.read(file)).toBe(whitelistText(entries));
  await scratch.git('add', '--all');
  const staged = await runIn(scratch, ['--staged', '--offline', '--format', 'concise']);
  expect([staged.code, staged.stdout.replace(/^.*? warn /, '')]).toEqual([
    0,
    'policy-change added pypi:plain to the baseline, by Ada L <ada@example.org>\n',
  ]);
  const [, listed = ''] = done.stdout.split('They are requested, not approved.');
  const labels = [...(listed.split('\n\n')[0]?.matchAll(/pypi:\S+ .*/g) ?? [])].map(String);
  expect(labels.slice(0, 4)).toEqual([
    'pypi:locked  in use in app.py:2 (malicious)',
    'pypi:ghost  in use in app.py:2 (nonexistent)',
    'pypi:other  in use in app.py:2 (unproven)',
    'pypi:fresh  in use in app.py:2 (young)',
  ]);
  expect(listed).toContain('To ask again and decide: vetted-imports review\n');
});

test.each([
  ['nobody is asked with --offline', ['init', '--yes', '--offline']],
  ['nor with the first entry that asks nobody', ['approve', 'npm:got', '--reason', 'x', '--offline']],
])('%s: everything is requested', async (_, args) => {
  const { scratch, pypi } = await project();
  expect((await runIn(scratch, args)).code).toBe(0);
  expect(scratch.read(file)).toContain('  pypi:plain: { requested: in use in app.py:2, ');
  expect(pypi.requests).toEqual([]);
});

test('the first entry takes the same', async () => {
  const { scratch } = await project();
  await runIn(scratch, ['deny', 'npm:got', '--reason', 'x']);
  expect(scratch.read(file)).toContain(
    '  pypi:plain: { baseline: 2026-11-23, imports: [plain], importsOf: "1.0" }\n',
  );
});

test('what the first entry decides is not counted among what is requested', async () => {
  const requestsAfter = async (name: string) => {
    const { scratch } = await project();
    const { stderr } = await runIn(scratch, ['approve', name, '--reason', 'x', '--offline']);
    return Number(/and (\d+) packages? more in use/.exec(stderr)?.[1] ?? 0);
  };
  const count = await requestsAfter('npm:got');
  expect(count).toBeGreaterThan(0);
  expect(await requestsAfter('pypi:plain')).toBe(count - 1);
});

test('what the base does not use is no part of the baseline, whatever its registry says', async () => {
  const { scratch } = await project();
  scratch.write({ 'new.py': 'import staged\nimport plain\n' });
  await scratch.git('add', 'new.py');
  await runIn(scratch, ['init', '--yes']);
  expect(scratch.read(file)).toContain('  pypi:staged: { requested: in use in new.py:1, ');
  expect(scratch.read(file)).toContain(
    '  pypi:plain: { baseline: 2026-11-23, imports: [plain], importsOf: "1.0" }\n',
  );
});

/** What is asked first; the default. */
const noPushes = ['Also check what is pushed?', '\r'] as const;

describe('on a terminal a person is asked', () => {
  const [enter, down, space] = ['\r', '\u001b[B', ' '];

  test('enter takes what exists', async () => {
    const { scratch } = await project();
    const { code } = await runWithKeys(
      scratch,
      ['init'],
      [noPushes, ['go into the baseline', enter], ['Write these files?', enter]],
    );
    expect(code).toBe(0);
    expect(scratch.read(file)).toBe(whitelistText({ 'pypi:flask': baseline, ...rest, 'pypi:plain': plain }));
  });

  test('malware and names that do not exist are no choice', async () => {
    const { scratch } = await project();
    const { screen } = await runWithKeys(
      scratch,
      ['init'],
      [noPushes, ['go into the baseline', `${space}${down}${space}${enter}`], ['Write these files?', enter]],
    );
    const [question = ''] = screen.split('Write these files?');
    expect(question.slice(question.indexOf('go into the baseline'))).not.toMatch(
      /(?:ghost|locked) +in use.*◻/,
    );
    expect(scratch.read(file)).toContain('  pypi:ghost: { requested: ');
    expect(scratch.read(file)).toContain('  pypi:locked: { requested: ');
  });
});

describe('on a terminal a person is asked about what came since the last commit', () => {
  const [enter, space] = ['\r', ' '];
  const steps = (first: string) =>
    [
      noPushes,
      ['go into the baseline', enter],
      ['New since the last commit: which of these packages do you approve?', first],
    ] as const;

  async function changed() {
    const opened = await project();
    opened.scratch.write({ 'new.py': 'import staged, ghost2\n' });
    await opened.scratch.git('add', 'new.py');
    return opened.scratch;
  }

  test('who chooses one gives a reason, and the commit passes', async () => {
    const scratch = await changed();
    const { code, screen } = await runWithKeys(
      scratch,
      ['init'],
      [
        ...steps(`${space}${enter}`),
        ['Why are they approved?', `stages${enter}`],
        ['Write these files?', enter],
      ],
    );
    expect(code).toBe(0);
    expect(scratch.read(file)).toContain(
      '  pypi:staged: { approved: stages, imports: [staged], importsOf: "1.0", by: Ada L <ada@example.org>, date: 2026-11-23 }\n',
    );
    expect(screen).toContain('New since the last commit, and approved:\n  pypi:staged  in use in new.py:1\n');
    expect(scratch.read(file)).toContain('  pypi:ghost2: { requested: ');
  });

  test('who chooses none requests them, and is sent to review before the commit', async () => {
    const scratch = await changed();
    const { screen } = await runWithKeys(scratch, ['init'], [...steps(enter), ['Write these files?', enter]]);
    expect(scratch.read(file)).toContain('  pypi:staged: { requested: in use in new.py:1, ');
    expect(screen).toMatch(/Decide about \d requested packages: .*\nThen commit it: /);
  });
});

test('review shows malware first, then names that do not exist', async () => {
  const { scratch } = await project();
  await runIn(scratch, ['init', '--yes']);
  const session = await openWhitelist({ cwd: scratch.root, env: scratch.env, now }, {});
  const { items } = await collectReviewItems(session, { all: false, offline: false });
  session.close();
  expect(items.slice(0, 2).map((item) => packageLabel(item.package))).toEqual(['pypi:locked', 'pypi:ghost']);
});
