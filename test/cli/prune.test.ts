import { afterEach, describe, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const file = 'approved-packages.yaml';
const whitelist = `# ours
packages:
  npm:@acme/*: { approved: ours }
  npm:@gone/*: { approved: was ours }
  npm:react: { approved: first, expires: 2027-05-01 }
  npm:react: { approved: second, expires: 2027-02-01 }
  npm:react: { requested: the page, by: Grace }
  npm:request: { denied: unmaintained }
  npm:request: { denied: unmaintained, imports: [request] }
  npm:undici: { requested: proxies, by: Grace }
  pypi:boto3: { baseline: 2026-01-02 }
  pypi:celery: { baseline: 2026-01-02 }
  # the API
  pypi:flask: { approved: the API }
  pypi:flask: { baseline: 2026-01-02 }
  pypi:httpx: { approved: over, expires: 2026-11-22 }
  pypi:numpy: { approved: arrays, expires: 2026-12-23 }
  pypi:opencv-python: { approved: pictures, imports: [cv2] }
  pypi:pandas: { approved: tables, expires: 2026-11-22 }
  pypi:scipy: { approved: nobody uses it any more }
`;
const project = {
  [file]: whitelist,
  'requirements.txt': 'numpy\npandas\nboto3 @ git+https://example.org/boto3\n',
  'app.py': 'import flask\nimport cv2\n',
  'main.jsx': "import 'react';\nimport '@acme/ui';\n",
};

async function repository(files: Readonly<Record<string, string>> = project): Promise<Scratch> {
  const scratch = await Scratch.with(files);
  open.push(scratch);
  return scratch;
}

const planned = [
  `${file}:4: remove approved npm:@gone/*: nothing uses it`,
  `${file}:12: remove baseline pypi:celery: nothing uses it`,
  `${file}:16: remove approved pypi:httpx: its approval ended on 2026-11-22, and nothing uses it`,
  `${file}:20: remove approved pypi:scipy: nothing uses it`,
  `${file}:6: join approved npm:react: 3 entries for one package`,
  `${file}:8: join denied npm:request: 2 entries for one package`,
  `${file}:14: join approved pypi:flask: 2 entries for one package`,
  `${file}:17: note approved pypi:numpy: ends on 2026-12-23`,
  `${file}:19: note approved pypi:pandas: ended on 2026-11-22 and is in use: approve it again, or deny it`,
];
const pruned = `# ours
packages:
  npm:@acme/*: { approved: ours }
  npm:react: { approved: second, expires: 2027-02-01 }
  npm:request: { denied: unmaintained, imports: [request] }
  npm:undici: { requested: proxies, by: Grace }
  pypi:boto3: { baseline: 2026-01-02 }
  # the API
  pypi:flask: { approved: the API }
  pypi:numpy: { approved: arrays, expires: 2026-12-23 }
  pypi:opencv-python: { approved: pictures, imports: [cv2] }
  pypi:pandas: { approved: tables, expires: 2026-11-22 }
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
      `${file}:10: note approved pypi:numpy: ends on 2026-12-23\n${file}:12: note approved pypi:pandas: ended on 2026-11-22 and is in use: approve it again, or deny it\n`,
    ]);
  });

  test('loosens nothing but what is over, of which nobody sees any more that it was', async () => {
    const scratch = await repository();
    await runIn(scratch, ['prune', '--yes', '--stage']);
    const { stdout } = await runIn(scratch, ['check', '--staged', '--offline', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      policyChanges: [{ what: 'removed the approval of pypi:httpx, which ended on 2026-11-22' }],
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
    const others = planned.filter((line) => !line.includes('nothing uses'));
    const over = `${file}:16: note approved pypi:httpx: ended on 2026-11-22: approve it again, or deny it`;
    expect(stdout.trim().split('\n').toSorted()).toEqual(
      [...others.map((line) => line.replace(' and is in use', '')), over].toSorted(),
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
    expect(told.stdout).toContain('npm:react has 3 entries');
  });

  test('joins two lines to the source that both name, and keeps what a line of the work tree takes', async () => {
    const both = `packages:
  npm:evil: { approved: the fork }
  npm:lodash: { approved: the fork, source: npm:evil }
  npm:nobody: { approved: used here, source: ./nobody }
  npm:other: { approved: one, source: ./one }
  npm:other: { approved: two, source: ./two }
  npm:same: { approved: one, source: ./same }
  npm:same: { approved: two, source: ./same }
`;
    const joined = `packages:
  npm:evil: { approved: the fork }
  npm:lodash: { approved: the fork, source: npm:evil }
  npm:other: { approved: one }
  npm:same: { approved: one, source: ./same }
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
    const more = 'packages:\n  npm:nobody: { approved: x }\n';
    const scratch = await repository({ [file]: 'extends: [more.yaml]\n', 'more.yaml': more });
    await runIn(scratch, ['prune', '--yes']);
    expect(scratch.read('more.yaml')).toBe(more);
  });
});
