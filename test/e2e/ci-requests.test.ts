import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientPage } from '../kit/clients.ts';
import { runWithAnswers } from '../kit/keys.ts';
import { Scratch, type Finished } from '../kit/scratch.ts';
import { json, reply, startServer, type TestServer } from '../kit/server.ts';
import { byAda, whitelistText, type WhitelistFields } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* What a reviewer reads of requests in the summary of a run, and what comes of doing what stands there. */

const file = 'approved-packages.yaml';
const packages: Readonly<Record<string, string>> = {
  plain: '2015-03-04T00:00:00.000Z',
  fresh: '2026-11-20T00:00:00.000Z',
  expresss: '2026-01-04T00:00:00.000Z',
};
const requested: WhitelistFields = { requested: 'security ok', ...byAda };
const readyLine = '  npm:plain: { approved: "", by: "", date: 2026-11-23, created: 2015-03-04 }';
const editAddress = `https://code.example.org/acme/shop/edit/warehouse/${file}`;

let registry: TestServer;
const scratches: Scratch[] = [];

beforeAll(async () => {
  registry = await startServer(({ path: asked }, response) => {
    const name = decodeURIComponent(asked.slice(1));
    const created = Object.hasOwn(packages, name) ? packages[name] : undefined;
    const found = {
      name,
      'dist-tags': { latest: '1.0.0' },
      time: { created, '1.0.0': created },
      versions: { '1.0.0': {} },
    };
    reply(response, created ? json(found) : (clientPage(asked) ?? json({ error: 'Not found' }, 404)));
  });
});

afterAll(async () => {
  for (const scratch of scratches) scratch.dispose();
  await registry.close();
});

interface Change {
  /** The requests that the change brings, by key. */
  readonly requests: Readonly<Record<string, WhitelistFields>>;
  readonly files?: Readonly<Record<string, string>>;
}

/** A repository whose branch asks for packages. */
async function branch({ requests, files = {} }: Change): Promise<Scratch> {
  const decided = { 'npm:known': { approved: 'x', ...byAda } };
  const scratch = await Scratch.with({
    [file]: whitelistText(decided),
    'main.js': '',
    'package.json': '{ "dependencies": { "known": "1" } }\n',
  });
  scratches.push(scratch);
  scratch.writeHome({ '.npmrc': `registry=${registry.url}/\n` });
  await scratch.git('branch', 'base');
  scratch.write({ [file]: whitelistText({ ...decided, ...requests }), ...files });
  await scratch.commitAll('ask');
  return scratch;
}

const using = (name: string) => ({ 'main.js': `import '${name}';\n` });

interface Run extends Finished {
  readonly summary: string;
}

/** A run for a pull request, as the action makes it. */
async function runCi(
  scratch: Scratch,
  { fork = false, env = {} }: { fork?: boolean; env?: Record<string, string> } = {},
): Promise<Run> {
  const [base, head] = await Promise.all(
    ['base', 'HEAD'].map(async (ref) => (await scratch.git('rev-parse', ref)).trim()),
  );
  const own = { id: 1, full_name: 'acme/shop' };
  const user = { login: 'ada', type: 'User' };
  const event = path.join(scratch.home, 'event.json');
  const summary = path.join(scratch.home, 'summary.md');
  rmSync(summary, { force: true });
  const payload = {
    pull_request: {
      base: { sha: base, ref: 'main', repo: own },
      head: { sha: head, ref: 'warehouse', repo: fork ? { id: 2, full_name: 'ada/shop' } : own },
      user,
    },
    sender: user,
  };
  writeFileSync(event, JSON.stringify(payload));
  const ran = await runIn(scratch, ['ci'], {
    env: {
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: event,
      GITHUB_SERVER_URL: 'https://code.example.org',
      GITHUB_REPOSITORY: 'acme/shop',
      GITHUB_STEP_SUMMARY: summary,
      ...env,
    },
  });
  return { ...ran, summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '' };
}

/** The command of the section about requests, as it is printed. */
const commandIn = (summary: string) =>
  /`([^`]*vetted-imports approve [^`]*)`/.exec(summary.slice(summary.indexOf('#### Requests')))?.[1] ?? '';
const wordsOf = (command: string) =>
  [...command.replace('"…"', '"looked at"').matchAll(/"([^"]*)"|(\S+)/g)]
    .map(([, quoted, word]) => quoted ?? word ?? '')
    .slice(1);

describe('a request for a package that exists', () => {
  test('has the line to put in its place and the link; unfilled it is a fault, filled in it passes', async () => {
    const scratch = await branch({ requests: { 'npm:plain': requested }, files: using('plain') });
    const asked = await runCi(scratch);
    expect([asked.code, asked.stderr]).toEqual([1, '']);
    expect(asked.summary).toContain(`\n\`\`\`yaml\n${readyLine}\n\`\`\`\n`);
    expect(asked.summary).toContain('`approved-packages.yaml` line 6');
    expect(asked.summary).toContain(`](${editAddress})`);
    expect(asked.summary).not.toContain('security ok');

    const lines = scratch.read(file).split('\n');
    const paste = async (line: string) => {
      scratch.write({ [file]: lines.with(5, line).join('\n') });
      await scratch.commitAll('decide');
      return runCi(scratch);
    };
    for (const line of [
      readyLine,
      readyLine.replace('approved: ""', 'approved: pools'),
      readyLine.replace('by: ""', 'by: Ada L'),
    ]) {
      const { code, stdout } = await paste(line);
      expect([code, stdout.includes(`whitelist  ${file}:6`)], line).toEqual([2, true]);
    }
    const filled = readyLine.replace('approved: ""', 'approved: pools').replace('by: ""', 'by: Ada L');
    const passed = await paste(filled);
    expect([passed.code, passed.summary.includes('#### Requests')]).toEqual([0, false]);
  });

  test('of a fork leads to the fork’s file, and says that the base judges', async () => {
    const scratch = await branch({ requests: { 'npm:plain': requested }, files: using('plain') });
    const { summary } = await runCi(scratch, { fork: true });
    expect(summary).toContain(readyLine);
    expect(summary).toContain(`](https://code.example.org/ada/shop/edit/warehouse/${file})`);
    expect(summary).toContain('The policy of the base judges this change');
    expect(summary).toContain(`](https://code.example.org/acme/shop/edit/main/${file})`);
  });

  test('that nothing links to has the line alone', async () => {
    const scratch = await branch({ requests: { 'npm:plain': requested }, files: using('plain') });
    const { summary } = await runCi(scratch, { env: { GITHUB_SERVER_URL: '' } });
    expect([summary.includes(readyLine), summary.includes('](https://code')]).toEqual([true, false]);
  });

  test('in the environment of an assistant has no line', async () => {
    const scratch = await branch({ requests: { 'npm:plain': requested }, files: using('plain') });
    const { summary } = await runCi(scratch, { env: { CLAUDECODE: '1' } });
    expect([summary.includes('npm:plain'), summary.includes('approved: ""'), commandIn(summary)]).toEqual([
      true,
      false,
      '',
    ]);
  });
});

describe('a request without a line to paste', () => {
  const dependency = (value: string) => ({
    'package.json': `{ "dependencies": { "known": "1", "plain": "${value}" } }\n`,
  });

  test.each<[string, Change, string, string | null]>([
    [
      'nonexistent',
      { requests: { 'npm:ghost': requested }, files: using('ghost') },
      'nonexistent',
      'approve npm:ghost --despite nonexistent --reason "…"',
    ],
    [
      'young',
      { requests: { 'npm:fresh': requested }, files: using('fresh') },
      'young',
      'approve npm:fresh --despite young --reason "…"',
    ],
    [
      'lookalike',
      { requests: { 'npm:expresss': requested }, files: using('expresss') },
      'lookalike',
      'approve npm:expresss --despite lookalike --reason "…"',
    ],
    ['not used', { requests: { 'npm:plain': requested } }, 'not-asked', 'approve npm:plain --reason "…"'],
    [
      'with modules of its own',
      {
        requests: { 'npm:plain': { requested: 'x', imports: ['express'], ...byAda } },
        files: using('plain'),
      },
      'not the whole decision',
      'approve npm:plain --reason "…"',
    ],
    [
      'from elsewhere',
      { requests: { 'npm:plain': requested }, files: dependency('https://files.example.org/x.tgz') },
      'not the whole decision',
      null,
    ],
  ])('%s', async (_, change, why, words) => {
    const scratch = await branch(change);
    const { summary } = await runCi(scratch);
    const section = summary.slice(summary.indexOf('#### Requests'));
    expect(section).toContain(why);
    expect(section).not.toContain('approved: ""');
    expect(section).not.toContain('security ok');
    if (words === null) return;
    expect(commandIn(summary)).toBe(`vetted-imports ${words}`);
    const { code } = words.includes('nonexistent')
      ? await runWithAnswers(scratch, wordsOf(commandIn(summary)), [
          [/type its name, \S+\./, 'ghost\r'],
          [/Stage \S.*\?/, 'n'],
        ])
      : await runIn(scratch, wordsOf(commandIn(summary)));
    expect([code, /^ {2}npm:\w+: \{ approved: looked at/m.test(scratch.read(file))]).toEqual([0, true]);
  });

  test('where no registry answers', async () => {
    const scratch = await branch({ requests: { 'npm:plain': requested }, files: using('plain') });
    scratch.writeHome({ '.npmrc': 'registry=http://127.0.0.1:9/\n' });
    const { summary } = await runCi(scratch);
    expect(summary).toContain('No registry answered for it in this run (unanswered)');
    expect(summary).not.toContain('approved: ""');
  });
});

describe('no request', () => {
  test('a package that nobody requested has no line, and no section', async () => {
    const scratch = await branch({ requests: {}, files: using('plain') });
    const { code, summary } = await runCi(scratch);
    expect([code, summary.includes('npm:plain'), summary.includes('#### Requests')]).toEqual([
      1,
      true,
      false,
    ]);
  });

  test('one of the base that the change does not use is not listed', async () => {
    const scratch = await branch({ requests: { 'npm:plain': requested } });
    await scratch.git('branch', '--force', 'base');
    scratch.write({ 'notes.js': '' });
    await scratch.commitAll('notes');
    expect((await runCi(scratch)).summary).toBe('');
  });

  test('a report that is a file lists none: only the summary is read by whoever decides', async () => {
    const scratch = await branch({ requests: { 'npm:plain': requested }, files: using('plain') });
    const { stdout } = await runIn(scratch, ['--since', 'base', '--format', 'markdown']);
    expect([stdout.includes('npm:plain'), stdout.includes('approved: ""')]).toEqual([true, false]);
  });
});

test('on GitLab the log has the line and the link', async () => {
  const scratch = await branch({ requests: { 'npm:plain': requested }, files: using('plain') });
  const sha = (await scratch.git('rev-parse', 'base')).trim();
  await scratch.git('update-ref', 'refs/remotes/origin/main', 'base');
  const { code, stdout } = await runIn(scratch, ['ci'], {
    env: {
      CI_PIPELINE_SOURCE: 'merge_request_event',
      CI_SERVER_URL: 'https://code.example.org',
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: sha,
      CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: 'warehouse',
      CI_MERGE_REQUEST_SOURCE_PROJECT_PATH: 'acme/shop',
      CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '7',
      CI_MERGE_REQUEST_PROJECT_ID: '7',
      CI_PROJECT_ID: '7',
      GITLAB_USER_LOGIN: 'ada',
    },
  });
  expect(code).toBe(1);
  expect(stdout).toContain(`\n${readyLine}\n  https://code.example.org/acme/shop/-/edit/warehouse/${file}\n`);
});
