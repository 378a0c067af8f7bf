import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientPage } from '../kit/clients.ts';
import { installWithClock } from '../kit/clock.ts';
import { pypiHandler, wheel } from '../kit/pypi.ts';
import { run, Scratch, type Finished } from '../kit/scratch.ts';
import { json, reply, startServer, type TestServer } from '../kit/server.ts';

/*
 * A year of a team with the tool, told in order: a bare repository that everybody pushes to, clones, git's own hooks as
 * `init` writes them, and a clock. After each step the invented import is stopped still, and usual work is not.
 */

const file = 'approved-packages.yaml';
const teams = Array.from({ length: 10 }, (_, at) => at + 1);
const served = new Set(['zod', 'shared', 'trial', 'plain', ...teams.map((team) => `tool-${team}`)]);
const created = '2015-03-04T00:00:00.000Z';
const flask = { files: [wheel('flask', created, ['flask/__init__.py'])] };

let registry: TestServer;
let office: Scratch;
let installation: string;
/** The day on which everybody works, at noon in UTC. */
let today = '2026-01-05';

beforeAll(async () => {
  const pypi = pypiHandler(new Map([['flask', flask]]));
  registry = await startServer((request, response) => {
    if (/^\/(?:simple|files)\//.test(request.path)) return pypi(request, response);
    const name = decodeURIComponent(request.path.slice(1));
    const versions = { '1.0.0': {} };
    const found = { name, 'dist-tags': { latest: '1.0.0' }, time: { created, '1.0.0': created }, versions };
    reply(
      response,
      served.has(name) ? json(found) : (clientPage(request.path) ?? json({ error: 'Not found' }, 404)),
    );
  });
  office = new Scratch();
  office.writeHome({ '.npmrc': `registry=${registry.url}/\n` });
  office.env['PIP_INDEX_URL'] = `${registry.url}/simple`;
  installation = installWithClock(office);
  await office.git('init', '--quiet', '--bare', '--initial-branch', 'main', 'shop.git');
});

afterAll(async () => {
  office.dispose();
  await registry.close();
});

/** Runs a program in a clone, on the day that it is. */
function runAt(clone: string, program: string, args: readonly string[], env = {}): Promise<Finished> {
  return run(program, args, {
    cwd: path.join(office.root, clone),
    env: { ...office.env, TODAY: today, ...env },
  });
}
const tool = (clone: string, ...args: readonly string[]) => runAt(clone, 'vetted-imports', args);
const tryGit = (clone: string, ...args: readonly string[]) => runAt(clone, 'git', args);

async function git(clone: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await tryGit(clone, ...args);
  expect(code, `git ${args.join(' ')}\n${stdout}${stderr}`).toBe(0);
  return stdout;
}

const write = (clone: string, files: Readonly<Record<string, string>>) => {
  office.write(Object.fromEntries(Object.entries(files).map(([name, text]) => [`${clone}/${name}`, text])));
};
const read = (clone: string, name: string) => office.read(`${clone}/${name}`);

/** Commits everything as a person does. @returns What was printed, and whether the commit was stopped. */
async function commit(clone: string, message: string): Promise<{ readonly code: number; text: string }> {
  await git(clone, 'add', '--all');
  const { code, stdout, stderr } = await tryGit(clone, 'commit', '--quiet', '--message', message);
  return { code, text: stdout + stderr };
}

/** A clone in which a colleague works, with the hook that `init` writes. */
async function colleague(name: string): Promise<string> {
  await git('.', 'clone', '--quiet', 'shop.git', name);
  expect((await tool(name, 'init', '--yes')).code).toBe(0);
  return name;
}

/** The invented import is stopped, and the usual one is not; both are taken back. */
async function gateHolds(clone: string): Promise<void> {
  const before = await git(clone, 'rev-parse', 'HEAD');
  write(clone, { 'web/invented.js': 'import "zod-helper-kit";\n' });
  const stopped = await commit(clone, 'invented');
  expect([stopped.code, stopped.text.includes('zod-helper-kit')], stopped.text).toEqual([1, true]);
  write(clone, { 'web/invented.js': 'import "zod";\n' });
  const passed = await commit(clone, 'usual');
  expect(passed.code, passed.text).toBe(0);
  await git(clone, 'reset', '--quiet', '--hard', before.trim());
}

const merge = (clone: string, branch: string) => tryGit(clone, 'merge', '--quiet', '--no-edit', branch);

/** A run for the pull request of a branch, which GitHub has merged into its base to check it. */
async function pullRequest(clone: string, branch: string): Promise<Finished & { readonly summary: string }> {
  await git(clone, 'fetch', '--quiet');
  const [base, head] = [
    (await git(clone, 'rev-parse', 'origin/main')).trim(),
    (await git(clone, 'rev-parse', `origin/${branch}`)).trim(),
  ];
  await git(clone, 'switch', '--quiet', '--detach', base);
  await git(clone, 'merge', '--quiet', '--no-edit', '--no-verify', head);
  const own = { id: 1, full_name: 'acme/shop' };
  const user = { login: 'ada', type: 'User' };
  const [event, summary] = [path.join(office.home, 'event.json'), path.join(office.home, 'summary.md')];
  rmSync(summary, { force: true });
  writeFileSync(
    event,
    JSON.stringify({
      pull_request: {
        base: { sha: base, ref: 'main', repo: own },
        head: { sha: head, ref: branch, repo: own },
        user,
      },
      sender: user,
    }),
  );
  const ran = await runAt(clone, 'vetted-imports', ['ci'], {
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_EVENT_PATH: event,
    GITHUB_SERVER_URL: 'https://code.example.org',
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_STEP_SUMMARY: summary,
  });
  return { ...ran, summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '' };
}

test('January: the tool comes, and the commit that brings it is green', async () => {
  await git('.', 'clone', '--quiet', 'shop.git', 'ada');
  write('ada', {
    'package.json': '{ "name": "shop", "dependencies": { "zod": "1" } }\n',
    'web/cart.js': 'import "zod";\n',
    'requirements.txt': 'flask\n',
    'shop/app.py': 'import flask\n',
  });
  expect(await commit('ada', 'The shop')).toEqual({ code: 0, text: '' });
  await git('ada', 'push', '--quiet', 'origin', 'HEAD:main');
  await git('ada', 'remote', 'set-head', 'origin', 'main');

  const adoption = await tool('ada', 'init', '--yes', '--pre-push');
  expect([adoption.code, adoption.stderr]).toEqual([0, '']);
  // A version that reads npm alone would have written this; the one of November reads more.
  write('ada', {
    [file]: read('ada', file)
      .replace('[npm, pypi, golang, cargo, commands]', '[npm]')
      .replaceAll(/^ {2}pypi:.*\n/gm, ''),
  });
  const first = await commit('ada', 'Check imports before every commit');
  expect(first.code, first.text).toBe(0);
  await git('ada', 'push', '--quiet', 'origin', 'HEAD:main');
  await gateHolds('ada');

  write('ada', { 'web/invented.js': 'import "zod-helper-kit";\n' });
  await git('ada', 'add', '--all');
  await git('ada', 'commit', '--quiet', '--no-verify', '--message', 'past the hook');
  expect((await tryGit('ada', 'push', '--quiet', 'origin', 'HEAD:past')).code).toBe(1);
  await git('ada', 'reset', '--quiet', '--hard', 'origin/main');
});

test('February: ten branches approve packages at once, and merge without a conflict', async () => {
  today = '2026-02-02';
  await colleague('ben');
  for (const team of teams) {
    await git('ben', 'switch', '--quiet', '--create', `team-${team}`, 'origin/main');
    write('ben', { [`web/team-${team}.js`]: `import "tool-${team}";\nimport "shared";\n` });
    const stopped = await commit('ben', `Tool ${team}`);
    expect([stopped.code, stopped.text.includes(`npm:tool-${team}`)]).toEqual([1, true]);
    const reason = `team ${team} needs it`;
    const approval = await tool(
      'ben',
      'approve',
      `npm:tool-${team}`,
      'npm:shared',
      '--reason',
      reason,
      '--stage',
    );
    expect(approval.code, approval.stderr).toBe(0);
    const passed = await commit('ben', `Tool ${team}`);
    expect(passed.code, passed.text).toBe(0);
    await git('ben', 'push', '--quiet', 'origin', `team-${team}`);
  }
  await git('ada', 'fetch', '--quiet');
  for (const team of [7, 2, 10, 1, 9, 4, 3, 8, 6, 5]) {
    const merged = await merge('ada', `origin/team-${team}`);
    expect(merged.code, merged.stdout + merged.stderr).toBe(0);
  }
  const all = await tool('ada', '--all');
  expect(all.code, all.stdout).toBe(0);
  // Each branch approved `shared`, and a merge keeps every line.
  expect(all.stdout).toContain('npm:shared has 10 entries');
  expect((await tool('ada', 'prune', '--yes')).code).toBe(0);
  const keys = [...read('ada', file).matchAll(/^ {2}([\w:-]+): \{/gm)].map(([, key]) => key);
  const names = ['shared', 'zod', ...teams.map((team) => `tool-${String(team)}`)];
  expect(keys.toSorted()).toEqual(names.map((name) => `npm:${name}`).toSorted());
  const joined = await commit('ada', 'Join what ten branches approved');
  expect(joined.code, joined.text).toBe(0);
  await git('ada', 'push', '--quiet', 'origin', 'HEAD:main');
  await gateHolds('ada');
});

test('June: an approval ends', async () => {
  today = '2026-03-02';
  write('ada', { 'web/trial.js': 'import "trial";\n' });
  await tool('ada', 'approve', 'npm:trial', '--reason', 'a trial', '--expires', '2026-06-30', '--stage');
  expect((await commit('ada', 'Try it')).code).toBe(0);
  await git('ada', 'push', '--quiet', 'origin', 'HEAD:main');
  expect((await tool('ada', 'review', '--expiring')).code).toBe(0);

  today = '2026-06-15';
  const soon = await tool('ada', 'review', '--expiring');
  expect([soon.code, soon.stdout]).toEqual([
    1,
    expect.stringContaining('npm:trial: its approval ends on 2026-06-30'),
  ]);
  write('ada', { 'web/more.js': 'import "trial";\n' });
  expect(await commit('ada', 'On trial')).toMatchObject({ code: 0 });
  await git('ada', 'push', '--quiet', 'origin', 'HEAD:on-trial');
  await git('.', 'clone', '--quiet', 'shop.git', 'runner');
  expect((await pullRequest('runner', 'on-trial')).code).toBe(0);

  today = '2026-07-01';
  write('ada', { 'web/most.js': 'import "trial";\n' });
  const stopped = await commit('ada', 'After the trial');
  expect([stopped.code, stopped.text]).toEqual([
    1,
    expect.stringContaining(`the approval of npm:trial ended on 2026-06-30 (${file}:`),
  ]);
  await git('ada', 'reset', '--quiet', '--hard', 'HEAD');
  expect((await pullRequest('runner', 'on-trial')).code).toBe(1);
  // What does not use it anew is nobody's trouble; what looks at the whole project says it.
  await git('ada', 'push', '--quiet', '--no-verify', 'origin', 'HEAD:main');
  await gateHolds('ada');
  expect((await tool('ada', '--all')).code).toBe(1);

  const renewal = ['approve', 'npm:trial', '--reason', 'it works', '--expires', '2027-06-30', '--stage'];
  expect((await tool('ada', ...renewal)).code).toBe(0);
  write('ada', { 'web/most.js': 'import "trial";\n' });
  const renewed = await commit('ada', 'Renewed');
  expect(renewed.code, renewed.text).toBe(0);
  expect((await tool('ada', '--all')).code).toBe(0);
  await git('ada', 'push', '--quiet', 'origin', 'HEAD:main');
});

test('September: a package is denied, and the colleague who imports it is told what to use', async () => {
  today = '2026-09-01';
  const denial = ['deny', 'npm:tool-3', '--reason', 'unmaintained', '--use', 'npm:tool-4', '--stage'];
  expect((await tool('ada', ...denial)).code).toBe(0);
  const told = await commit('ada', 'No more tool 3');
  expect([told.code, told.text]).toEqual([
    0,
    expect.stringContaining('suggests npm:tool-4 in place of npm:tool-3'),
  ]);
  await git('ada', 'push', '--quiet', 'origin', 'HEAD:main');
  await git('ben', 'fetch', '--quiet');
  await git('ben', 'switch', '--quiet', '--create', 'report', 'origin/main');
  await gateHolds('ben');
  write('ben', { 'web/report.js': 'import { sum } from "tool-3";\n' });
  const stopped = await commit('ben', 'Report');
  expect(stopped.code).toBe(1);
  expect(stopped.text.replaceAll(/\s+/g, ' ')).toMatch(
    /npm:tool-3 is denied \(\S+:\d+\): unmaintained; use npm:tool-4 instead/,
  );
  write('ben', { 'web/report.js': 'import { sum } from "tool-4";\n' });
  expect(await commit('ben', 'Report')).toEqual({ code: 0, text: '' });
  // What imports it since February stops nobody's commit, and is found by who looks at the whole project.
  const all = await tool('ben', '--all', '--format', 'concise');
  expect([all.code, all.stdout]).toEqual([1, expect.stringContaining('web/team-3.js:1')]);
  write('ben', { 'web/team-3.js': 'import "tool-4";\nimport "shared";\n' });
  expect(await commit('ben', 'Tool 4 for team 3')).toEqual({ code: 0, text: '' });
  expect((await tool('ben', '--all')).code).toBe(0);
  await git('ben', 'push', '--quiet', 'origin', 'HEAD:main');
});

test('October: a request is decided from the page of its pull request', async () => {
  today = '2026-10-01';
  await git('ada', 'pull', '--quiet', 'origin', 'main');
  write('ada', { '.check-importsrc.yaml': 'policyFrom: base\nrequested: warn\n' });
  expect((await commit('ada', 'The base judges')).code).toBe(0);
  await git('ada', 'push', '--quiet', 'origin', 'HEAD:main');

  await git('ben', 'fetch', '--quiet');
  await git('ben', 'switch', '--quiet', '--create', 'warehouse', 'origin/main');
  write('ben', { 'web/stock.js': 'import "plain";\n' });
  expect((await commit('ben', 'Stock')).code).toBe(1);
  expect((await tool('ben', 'request', 'npm:plain', '--reason', 'the stock', '--stage')).code).toBe(0);
  const waiting = await commit('ben', 'Stock');
  expect([waiting.code, waiting.text]).toEqual([
    0,
    expect.stringContaining('an approval has been requested'),
  ]);
  await git('ben', 'push', '--quiet', 'origin', 'warehouse');

  const asked = await pullRequest('runner', 'warehouse');
  expect([asked.code, asked.summary]).toEqual([1, expect.stringContaining('`npm:plain` is requested')]);
  const [, readyLine = ''] = /```yaml\n(.*)\n```/.exec(asked.summary) ?? [];
  const line = readyLine.replace('approved: ""', 'approved: counts the stock').replace('by: ""', 'by: Ada L');
  expect(line).not.toBe(readyLine);
  // The reviewer edits the file of the base in the browser: no hook looks.
  write('ada', { [file]: `${read('ada', file)}${line}\n` });
  await git('ada', 'commit', '--quiet', '--all', '--no-verify', '--message', 'Approve plain');
  await git('ada', 'push', '--quiet', '--no-verify', 'origin', 'HEAD:main');
  const decided = await pullRequest('runner', 'warehouse');
  expect(decided.code, decided.stdout).toBe(0);
  await git('runner', 'push', '--quiet', 'origin', 'HEAD:main');
  await git('ada', 'pull', '--quiet', 'origin', 'main');
  await gateHolds('ada');
});

test('November: an upgrade reads more, and reddens nothing', async () => {
  today = '2026-11-02';
  write('ada', { 'shop/prices.py': 'import flask\nimport flask.json\n' });
  const prices = await commit('ada', 'Prices');
  expect([prices.code, prices.text]).toEqual([0, expect.stringContaining(`${file} does not cover pypi`)]);
  expect((await tool('ada', '--since', 'origin/main')).code).toBe(0);
  expect((await tool('ada', '--all')).code).toBe(0);
  expect((await tool('ada', 'init', '--update', '--yes')).code).toBe(0);
  expect(read('ada', file)).toContain('  pypi:flask: { baseline: 2026-11-02 }\n');
  const covered = await commit('ada', 'Cover Python too');
  expect([covered.code, covered.text.includes('does not cover')]).toEqual([0, false]);
  expect((await tool('ada', '--all')).code).toBe(0);
  write('ada', { 'shop/invented.py': 'import flask_invented_kit\n' });
  const invented = await commit('ada', 'invented');
  expect([invented.code, invented.text]).toEqual([1, expect.stringContaining('pypi:flask-invented-kit')]);
  await git('ada', 'reset', '--quiet', '--hard', 'HEAD');
  await git('ada', 'push', '--quiet', 'origin', 'HEAD:main');
  await gateHolds('ada');
});

test('December: the tool goes, and leaves nothing that fails', async () => {
  today = '2026-12-01';
  const removal = await tool('ada', 'init', '--remove', '--whitelist', '--yes');
  expect([removal.code, removal.stderr]).toEqual([0, '']);
  expect(removal.stdout).toContain(
    '.check-importsrc.yaml stays. If the tool goes for good, remove it by hand',
  );
  await git('ada', 'rm', '--quiet', '.check-importsrc.yaml');
  write('ada', { 'web/invented.js': 'import "zod-helper-kit";\n' });
  expect(await commit('ada', 'Without it')).toEqual({ code: 0, text: '' });
  expect(await tryGit('ada', 'push', '--quiet', 'origin', 'HEAD:main')).toMatchObject({ code: 0 });
  expect([
    await git('ada', 'status', '--short'),
    await git('ada', 'ls-files', file, '.gitattributes'),
  ]).toEqual(['', '']);

  // A colleague's clone has the hook still, and no longer the tool: it says so, and stops nothing.
  await git('ben', 'fetch', '--quiet');
  await git('ben', 'switch', '--quiet', '--detach', 'origin/main');
  rmSync(installation);
  write('ben', { 'web/other.js': 'import "zod-helper-kit";\n' });
  expect(await commit('ben', 'Without the tool')).toEqual({
    code: 0,
    text: `vetted-imports: nothing in this branch sets it up, so nothing was checked.\nIf it was removed for good, a person runs: npm install --global vetted-imports && vetted-imports init --remove\n`,
  });
});
