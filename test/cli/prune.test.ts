import { afterEach, describe, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const file = 'approved-packages.yaml';
const whitelist = `# ours
approved:
  pypi:
    # the API
    flask: { reason: the API }
    httpx: { reason: over, expires: 2026-11-22 }
    numpy: { reason: arrays, expires: 2026-12-23 }
    opencv-python: { imports: [cv2], reason: pictures }
    scipy: { reason: nobody uses it any more }
  npm:
    "@acme/*": { reason: ours }
    "@gone/*": { reason: was ours }
    react: { reason: first, expires: 2027-05-01 }
    react: { reason: second, expires: 2027-02-01 }
denied:
  npm:
    request: { reason: unmaintained }
    request: { reason: unmaintained, imports: [request] }
baseline:
  pypi: { flask: {}, boto3: {}, celery: {} }
requested:
  npm:
    react: { by: Grace }
    undici: { by: Grace }
`;
const project = {
  [file]: whitelist,
  'requirements.txt': 'numpy\nboto3 @ git+https://example.org/boto3\n',
  'app.py': 'import flask\nimport cv2\n',
  'main.jsx': "import 'react';\nimport '@acme/ui';\n",
};

async function repository(files: Readonly<Record<string, string>> = project): Promise<Scratch> {
  const scratch = await Scratch.with(files);
  open.push(scratch);
  return scratch;
}

const planned = [
  `${file}:6: remove approved pypi:httpx: its approval ended on 2026-11-22`,
  `${file}:9: remove approved pypi:scipy: nothing uses it`,
  `${file}:12: remove approved npm:@gone/*: nothing uses it`,
  `${file}:20: remove baseline pypi:flask: approved by now`,
  `${file}:20: remove baseline pypi:celery: nothing uses it`,
  `${file}:23: remove requested npm:react: decided by now`,
  `${file}:14: join approved npm:react: stands 2 times`,
  `${file}:17: join denied npm:request: stands 2 times`,
  `${file}:7: note approved pypi:numpy: ends on 2026-12-23`,
];
const pruned = `# ours
approved:
  pypi:
    # the API
    flask: { reason: the API }
    numpy: { reason: arrays, expires: 2026-12-23 }
    opencv-python: { imports: [cv2], reason: pictures }
  npm:
    "@acme/*": { reason: ours }
    react: { reason: second, expires: 2027-02-01 }
denied:
  npm:
    request: { imports: [request], reason: unmaintained }
baseline:
  pypi: { boto3: {} }
requested:
  npm:
    undici: { by: Grace }
`;

describe('prune', () => {
  test('lists what can go, removes it with --yes, and finds nothing more', async () => {
    const scratch = await repository();
    const dry = await runIn(scratch, ['prune', '--dry-run']);
    expect([dry.code, dry.stdout.trim().split('\n').toSorted()]).toEqual([0, planned.toSorted()]);
    expect(scratch.read(file)).toBe(whitelist);

    expect((await runIn(scratch, ['prune', '--yes', '--stage'])).code).toBe(0);
    expect(scratch.read(file)).toBe(pruned);
    expect(await scratch.git('show', `:${file}`)).toBe(pruned);
    const again = await runIn(scratch, ['prune', '--yes']);
    expect([again.code, again.stdout]).toEqual([
      0,
      `${file}:6: note approved pypi:numpy: ends on 2026-12-23\n`,
    ]);
  });

  test('loosens nothing but what is over, of which nobody sees any more that it was', async () => {
    const scratch = await repository();
    await runIn(scratch, ['prune', '--yes', '--stage']);
    const { stdout } = await runIn(scratch, ['check', '--staged', '--offline', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      policyChanges: [{ what: 'took out the approval of pypi:httpx, which ended on 2026-11-22' }],
    });
  });

  test('removes nothing where nobody can confirm', async () => {
    const scratch = await repository();
    const { code, stderr } = await runIn(scratch, ['prune']);
    expect([code, stderr.includes('--yes')]).toEqual([2, true]);
    expect(scratch.read(file)).toBe(whitelist);
  });

  test('calls nothing unused while a file can’t be read', async () => {
    const scratch = await repository({ ...project, 'broken.py': 'import (\n' });
    const { stdout, stderr } = await runIn(scratch, ['prune', '--dry-run']);
    expect(stderr).toContain('broken.py');
    expect(stdout.trim().split('\n').toSorted()).toEqual(
      planned.filter((line) => !line.includes('nothing uses')).toSorted(),
    );
  });

  test('a package that stands twice counts with its strictest entry, and with a warning', async () => {
    const scratch = await repository();
    scratch.write({ 'other.jsx': "import 'react';\n" });
    const ok = await runIn(scratch, ['check', '--offline', '--format', 'json'], { now: '2027-02-01' });
    const over = await runIn(scratch, ['check', '--offline', '--format', 'concise'], { now: '2027-02-02' });
    expect([ok.code, over.code]).toEqual([0, 1]);
    expect(over.stdout).toContain('other.jsx:1:9: error expired-approval');
    const told = await runIn(scratch, ['check', '--offline'], { now: '2027-02-02' });
    expect(told.stdout).toContain('npm:react stands twice');
  });

  test('joins two lines to the source that both name, and keeps what a line of the work tree takes', async () => {
    const both = `approved:
  npm:
    evil: { reason: the fork }
    lodash: { source: npm:evil, reason: the fork }
    nobody: { source: ./nobody }
    other: { source: ./one, reason: one }
    other: { source: ./two, reason: two }
    same: { source: ./same, reason: one }
    same: { source: ./same, reason: two }
`;
    const joined = `approved:
  npm:
    evil: { reason: the fork }
    lodash: { source: npm:evil, reason: the fork }
    other: { reason: one }
    same: { source: ./same, reason: one }
`;
    const scratch = await repository({ [file]: both, 'main.js': "import 'other';\n", 'package.json': '{}' });
    const dependencies = { lodash: 'npm:evil@4', same: './same' };
    scratch.write({ 'package.json': JSON.stringify({ dependencies }) });
    await runIn(scratch, ['prune', '--yes', '--stage']);
    expect(scratch.read(file)).toBe(joined);
    const { stdout } = await runIn(scratch, ['check', '--staged', '--offline', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ policyChanges: [] });
  });

  test('leaves files that extend the whitelist alone', async () => {
    const more = 'approved:\n  npm:\n    nobody: { reason: x }\n';
    const scratch = await repository({ [file]: 'extends: [more.yaml]\n', 'more.yaml': more });
    await runIn(scratch, ['prune', '--yes']);
    expect(scratch.read('more.yaml')).toBe(more);
  });
});
