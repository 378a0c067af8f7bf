import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findingsIn } from '../../kit/findings.ts';
import { Scratch } from '../../kit/scratch.ts';
import { byAda, whitelistText } from '../../kit/whitelist.ts';
import { runIn } from '../../kit/world.ts';

/* `ci` in one repository: each branch proposes something, each row says who does, and by which event. */

const approved = (reason: string) => ({ approved: reason, ...byAda });
const whitelist = whitelistText({ 'npm:lodash': approved('the cart') });
const more = whitelistText({ 'npm:got': approved('http'), 'npm:lodash': approved('the cart') });
const change = { 'a.js': 'import "got";\n', 'approved-packages.yaml': more };

/** What each branch commits, in order: files, author, and what the message ends with. */
interface Commit {
  readonly files: Readonly<Record<string, string>>;
  readonly author?: string;
  readonly trailer?: string;
}
/** A package.json; with settings of this tool where some are given. */
const manifest = (added: object, react = '19', settings?: object) =>
  `${JSON.stringify({ private: true, dependencies: { react, ...added }, 'check-imports': settings })}\n`;
const claude = 'Co-authored-by: Claude <noreply@anthropic.com>';
const dependabot = 'dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>';
const branches: Readonly<Record<string, readonly Commit[]>> = {
  own: [{ files: change }],
  plain: [{ files: { 'b.js': 'import "lodash";\n' } }],
  bot: [{ files: change, author: dependabot }],
  assisted: [{ files: change, trailer: claude }],
  'assisted-program': [
    { files: { 'approved-packages.yaml': more } },
    { files: { 'a.js': 'import "got";\n' }, trailer: claude },
  ],
  'assisted-first': [
    { files: change, trailer: claude },
    { files: { 'approved-packages.yaml': whitelistText({ 'npm:got': approved('to fetch prices') }) } },
  ],
  'assisted-last': [
    { files: { 'approved-packages.yaml': more } },
    { files: { 'approved-packages.yaml': `${more}\n` } },
    { files: { 'a.js': 'import "got";\n', 'approved-packages.yaml': more }, trailer: claude },
  ],
  'assisted-dependency': [
    { files: { 'a.js': 'import "got";\n', 'package.json': manifest({ got: '15' }) }, trailer: claude },
    { files: { 'approved-packages.yaml': more } },
  ],
  'bumped-dependency': [
    { files: { 'package.json': manifest({}, '20') }, author: dependabot },
    { files: change },
  ],
  pair: [
    { files: change, trailer: 'Co-authored-by: Bob <bob@example.org>\n\nnoreply@anthropic.com is a mark' },
  ],
};

let scratch: Scratch;
const ids = new Map<string, string>();

async function commit({ files, author = 'Ada L <ada@example.org>', trailer = '' }: Commit): Promise<void> {
  scratch.write(files);
  await scratch.git('add', '--all');
  await scratch.git('commit', '--quiet', '--author', author, '--message', `change\n\n${trailer}\n`);
}

beforeAll(async () => {
  scratch = await Scratch.with({
    'package.json': '{ "private": true, "dependencies": { "react": "19" } }\n',
    'approved-packages.yaml': whitelist,
    '.check-importsrc': 'lookup: off\n',
  });
  ids.set('main', (await scratch.git('rev-parse', 'HEAD')).trim());
  await scratch.git('update-ref', 'refs/remotes/origin/main', 'main');
  for (const [branch, commits] of Object.entries(branches)) {
    await scratch.git('switch', '--quiet', '--create', branch, 'main');
    for (const each of commits) await commit(each);
    ids.set(branch, (await scratch.git('rev-parse', 'HEAD')).trim());
  }
  // What GitHub checks out for a pull request: a merge of its branch into main, made by nobody of the project.
  for (const branch of ['own', 'assisted']) {
    await scratch.git('switch', '--quiet', '--create', `${branch}-merged`, 'main');
    await scratch.git('merge', '--quiet', '--no-ff', '--message', `Merge ${branch} into main`, branch);
    ids.set(`${branch}-merged`, ids.get(branch) ?? '');
  }
});
afterAll(() => {
  scratch.dispose();
});

const ada = { login: 'ada', type: 'User' };
const renovate = { login: 'renovate[bot]', type: 'Bot' };
interface Proposal {
  readonly repo?: object | null;
  readonly user?: object;
  readonly sender?: object;
}
const pull = (branch: string, { repo = { id: 1 }, user = ada, sender = ada }: Proposal = {}) => ({
  pull_request: {
    base: { sha: ids.get('main'), repo: { id: 1 } },
    head: { sha: ids.get(branch), repo },
    user,
  },
  sender,
  repository: { default_branch: 'main' },
});

interface Answer {
  readonly code: number;
  readonly text: string;
  readonly stderr: string;
}

async function ci(
  branch: string,
  env: Readonly<Record<string, string>>,
  ...flags: string[]
): Promise<Answer> {
  await scratch.git('switch', '--quiet', branch);
  const { code, stdout, stderr } = await runIn(scratch, ['ci', '--offline', ...flags], { env });
  return { code, text: stdout.replace(/\s+/g, ' '), stderr };
}

function onGitHub(branch: string, name: string, payload: object, ...flags: string[]): Promise<Answer> {
  scratch.writeHome({ 'event.json': JSON.stringify(payload) });
  const env = { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: `${scratch.home}/event.json` };
  return ci(branch, env, ...flags);
}

const stopped = 'npm:got is approved in this change (approved-packages.yaml:5), but the base’s policy judges';
const remedy =
  'Merge the approval first, in a change of its own, and then the branch with it into this one; or have a person run it with `--policy-from head`.';

/** Whose policy judged a change that approves what it uses: with the head's it passes. */
function judgeIn({ code, text }: Answer): string {
  if (code === 0 && !text.includes(stopped)) return 'head';
  if (code !== 1 || !text.includes(stopped) || text.includes('nobody approved')) return text;
  return text.includes(remedy) && !text.includes('next:') ? 'base' : text;
}

describe('GitHub: who judges a pull request', () => {
  test.each([
    ['of a person, from a branch', 'own', {}, 'head'],
    ['from a fork', 'own', { repo: { id: 2 } }, 'base'],
    ['from a fork that is gone', 'own', { repo: null }, 'base'],
    ['by an app', 'own', { user: renovate }, 'base'],
    ['that an app touched last', 'own', { sender: renovate }, 'base'],
    ['with a bot’s approval, which a person labels', 'bot', {}, 'base'],
    ['with an approval that an assistant helped to write', 'assisted', {}, 'base'],
    ['with a person’s approval, and a program by an assistant', 'assisted-program', {}, 'head'],
    [
      'with a person’s approval of what an assistant added to package.json',
      'assisted-dependency',
      {},
      'head',
    ],
    ['with a bot’s new version beside a person’s approval', 'bumped-dependency', {}, 'head'],
    ['with an approval by two people', 'pair', {}, 'head'],
    ['with an assistant’s approval, which a person changed since', 'assisted-first', {}, 'base'],
    ['with an assistant’s last word on what a person approved', 'assisted-last', {}, 'base'],
    ['with an assistant’s approval, in the merge that GitHub makes', 'assisted-merged', {}, 'base'],
    ['of a person, in the merge that GitHub makes', 'own-merged', {}, 'head'],
  ] as const)('%s', async (_, branch, proposal, judge) => {
    expect(judgeIn(await onGitHub(branch, 'pull_request', pull(branch, proposal)))).toBe(judge);
  });

  test('says why', async () => {
    const { text } = await onGitHub('bot', 'pull_request', pull('bot'));
    expect(text).toMatch(/judges: the commit [0-9a-f]{12} changes the policy and names dependabot\[bot\] </);
    const fork = await onGitHub('own', 'pull_request', pull('own', { repo: { id: 2 } }));
    expect(fork.text).toContain(`${stopped}: the change comes from a fork. `);
    const gone = await onGitHub('own', 'pull_request', pull('own', { repo: null }));
    expect(gone.text).toContain(`${stopped}: GitHub does not say which repository the change comes from. `);
  });

  test.each([
    ['a flag is a person’s word', 'own', ['--policy-from', 'base'], {}, 'base'],
    ['also for a fork', 'own', ['--policy-from', 'head'], { repo: { id: 2 } }, 'head'],
    ['an empty one is none', 'own', ['--policy-from', ''], {}, 'head'],
    ['a base by hand says nothing of the fork', 'own', ['--since', 'main'], { repo: { id: 2 } }, 'base'],
    ['nor of the person', 'own', ['--since', 'main'], {}, 'head'],
  ] as const)('%s', async (_, branch, flags, proposal, judge) => {
    expect(judgeIn(await onGitHub(branch, 'pull_request', pull(branch, proposal), ...flags))).toBe(judge);
  });

  test('what uses nothing new passes, whoever proposes it', async () => {
    const { code } = await onGitHub('plain', 'pull_request', pull('plain', { repo: null }));
    expect(code).toBe(0);
  });
});

describe('GitHub: other events', () => {
  const repository = { default_branch: 'main' };
  test.each([
    ['issue_comment', 'base'],
    ['pull_request_review_comment', 'base'],
    ['workflow_run', 'base'],
    ['pull_request_review', 'head'],
  ])('%s', async (name, judge) => {
    expect(judgeIn(await onGitHub('own', name, pull('own')))).toBe(judge);
  });

  test.each(['issue_comment', 'workflow_run'])('%s on main itself has nothing to check', async (name) => {
    const { code, stderr } = await onGitHub('main', name, { repository });
    expect([code, stderr]).toEqual([0, expect.stringContaining('there is nothing to check')]);
  });

  test('one that nobody knows is refused, and a base by hand is judged like a fork’s', async () => {
    const { code, stderr } = await onGitHub('own', 'release', { repository });
    expect([code, stderr]).toEqual([
      2,
      'the event “release” is not supported\nName the state to compare with: `since` of the action, --since of this command.\n',
    ]);
    expect(judgeIn(await onGitHub('own', 'release', { repository }, '--since', 'main'))).toBe('base');
  });
});

describe('GitLab: who judges a merge request', () => {
  const request = (changes: Readonly<Record<string, string>>) => ({
    CI_PIPELINE_SOURCE: 'merge_request_event',
    CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
    CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '7',
    CI_MERGE_REQUEST_PROJECT_ID: '7',
    CI_PROJECT_ID: '7',
    ...changes,
  });
  test.each([
    ['of a person', 'own', {}, 'head'],
    ['of a fork', 'own', { CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '8' }, 'base'],
    ['that runs in the fork', 'own', { CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '8', CI_PROJECT_ID: '8' }, 'base'],
    ['without its project', 'own', { CI_MERGE_REQUEST_PROJECT_ID: '' }, 'base'],
    ['of a bot', 'own', { GITLAB_USER_LOGIN: 'project_7_bot_4ffca233d8298ea1' }, 'base'],
    ['with a bot’s approval', 'bot', { GITLAB_USER_LOGIN: 'ada' }, 'base'],
  ])('%s', async (_, branch, changes, judge) => {
    const answer = await ci(branch, request(changes));
    expect(judgeIn(answer)).toBe(judge);
    expect(answer.text).not.toContain('::error');
  });
});

describe('with the config in package.json, to which an assistant', () => {
  test.each([
    ['adds a dependency', manifest({ got: '15' }, '19', { lookup: 'off' }), 'head'],
    ['adds a setting', manifest({ got: '15' }, '19', { lookup: 'off', youngDays: 1 }), 'base'],
    ['leaves no setting', manifest({ got: '15' }), 'base'],
    ['adds what nobody can read', manifest({ got: '15' }, '19', { lookup: 'of' }), 'base'],
  ])('%s', async (_, text, judge) => {
    using repository = await Scratch.with({
      'package.json': manifest({}, '19', { lookup: 'off' }),
      'approved-packages.yaml': whitelist,
    });
    const start = (await repository.git('rev-parse', 'HEAD')).trim();
    repository.write({ 'package.json': text });
    await repository.git('commit', '--quiet', '--all', '--message', `change\n\n${claude}\n`);
    // What the branch ends with is read well.
    repository.write({ ...change, 'package.json': manifest({ got: '15' }, '19', { lookup: 'off' }) });
    await repository.commitAll('approve');
    const event = pull('own');
    const head = (await repository.git('rev-parse', 'HEAD')).trim();
    Object.assign(event.pull_request.base, { sha: start });
    Object.assign(event.pull_request.head, { sha: head });
    repository.writeHome({ 'event.json': JSON.stringify(event) });
    const env = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: `${repository.home}/event.json` };
    const { code, stdout } = await runIn(repository, ['ci', '--offline'], { env });
    expect([code, stdout.includes('the base’s policy judges')]).toEqual(
      judge === 'base' ? [1, true] : [0, false],
    );
  });
});

describe('without a whitelist at the base', () => {
  const adoption = whitelistText({
    'npm:react': { baseline: '2026-11-23' },
    'npm:vetted-imports': approved('checks the imports'),
  });
  const files = {
    'package.json': '{ "private": true, "dependencies": { "react": "19", "vetted-imports": "0.1.0" } }\n',
    'approved-packages.yaml': adoption,
  };
  let main: Scratch;
  beforeAll(async () => {
    main = scratch;
    scratch = await Scratch.with({
      'package.json': '{ "private": true, "dependencies": { "react": "19" } }\n',
    });
    ids.set('main', (await scratch.git('rev-parse', 'HEAD')).trim());
    await scratch.git('switch', '--quiet', '--create', 'adopt');
    await commit({ files, trailer: claude });
    ids.set('adopt', (await scratch.git('rev-parse', 'HEAD')).trim());
  });
  afterAll(() => {
    scratch.dispose();
    scratch = main;
  });

  test.each([
    ['a person', {}, 0],
    ['an app', { user: renovate }, 0],
    ['a fork', { repo: { id: 2 } }, 1],
  ])('%s proposes the tool', async (_, proposal, code) => {
    const answer = await onGitHub('adopt', 'pull_request', pull('adopt', proposal));
    expect([answer.code, answer.text]).toEqual([code, expect.stringContaining('npm:vetted-imports')]);
    expect(answer.text.includes('the base’s policy judges')).toBe(code === 1);
  });
});

describe('a push', () => {
  test('that was stopped is stopped again, after an empty commit too; what is on main is not its business', async () => {
    using pushed = await Scratch.with({
      'approved-packages.yaml': whitelist,
      '.check-importsrc': 'lookup: off\n',
    });
    await pushed.git('update-ref', 'refs/remotes/origin/main', 'main');
    await pushed.git('switch', '--quiet', '--create', 'feature');
    const before = (await pushed.git('rev-parse', 'HEAD')).trim();
    pushed.write({ 'a.js': 'import "got";\n' });
    await pushed.commitAll('past the hook');
    const first = (await pushed.git('rev-parse', 'HEAD')).trim();
    await pushed.commitAll('nothing');
    const second = (await pushed.git('rev-parse', 'HEAD')).trim();
    const run = async (ref: string, [from, to]: readonly [string, string]) => {
      const payload = {
        before: from,
        after: to,
        ref: `refs/heads/${ref}`,
        repository: { default_branch: 'main' },
      };
      pushed.writeHome({ 'event.json': JSON.stringify(payload) });
      const env = { GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: `${pushed.home}/event.json` };
      const { code, stdout } = await runIn(pushed, ['ci', '--offline'], { env });
      return [code, findingsIn(stdout).some((line) => line.includes('npm:got'))];
    };
    expect(await run('feature', [before, first])).toEqual([1, true]);
    expect(await run('feature', [first, second])).toEqual([1, true]);
    expect(await run('main', [first, second])).toEqual([0, false]);
  });
});
