import { describe, expect, test } from 'vitest';
import { planOfGitHub } from '../../../src/app/ci/github.ts';

const oid = (letter: string) => letter.repeat(40);
const base = oid('b');
const tip = oid('c');
const branch = oid('d');
const merge = oid('e');
const zero = oid('0');
const head = { oid: merge, parents: [tip, branch] };
const plain = { oid: branch, parents: [base] };

const own = { id: 1 };
const fork = { id: 2 };
const ada = { login: 'ada', type: 'User' };
const renovate = { login: 'renovate[bot]', type: 'Bot' };
const pull = (changes: { head?: object | null; user?: object; sender?: object } = {}) => ({
  pull_request: {
    base: { sha: base, repo: own },
    head: { sha: branch, repo: changes.head === undefined ? own : changes.head },
    user: changes.user ?? ada,
  },
  sender: changes.sender ?? ada,
});
const repository = { default_branch: 'main' };
const push = (changes: object) => ({
  before: base,
  after: branch,
  ref: 'refs/heads/feature',
  repository,
  ...changes,
});
const planOf = (
  name: string,
  payload: unknown,
  at = plain,
  { ref = 'refs/heads/main', sha = at.oid }: { ref?: string; sha?: string } = {},
) => planOfGitHub({ name, payload, ref, sha }, at);

const main = 'refs/remotes/origin/main';

describe('the range of an event', () => {
  test.each([
    ['a pull request, at GitHub’s merge', 'pull_request', pull(), head, tip, merge],
    ['a pull request, at its own commit', 'pull_request', pull(), plain, base, branch],
    [
      'a pull request whose merge is of an older commit',
      'pull_request',
      { pull_request: { base: { sha: base }, head: { sha: oid('f') } } },
      head,
      base,
      merge,
    ],
    [
      'pull_request_target: the branch, not what is checked out',
      'pull_request_target',
      pull(),
      { oid: base, parents: [] },
      base,
      branch,
    ],
    ['a push to a branch: where it left main', 'push', push({}), plain, main, branch],
    ['the first push of a branch', 'push', push({ before: zero }), plain, main, branch],
    ['a push to main: what was there', 'push', push({ ref: 'refs/heads/main' }), plain, base, branch],
    ['a tag', 'push', push({ ref: 'refs/tags/main', before: zero }), plain, main, branch],
    [
      'a merge group',
      'merge_group',
      { merge_group: { base_sha: base, head_sha: branch } },
      plain,
      base,
      branch,
    ],
    ['a comment: what is checked out', 'issue_comment', { repository }, plain, main, branch],
    ['a comment in a review', 'pull_request_review_comment', pull(), head, tip, merge],
  ])('%s', (_, name, payload, at, since, until) => {
    expect(planOf(name, payload, at)).toMatchObject({ kind: 'range', since: [since], until });
  });

  test('what has no state before is checked as a whole', () => {
    expect(planOf('push', push({ before: zero, ref: 'refs/heads/main' }))).toEqual({ kind: 'all' });
    expect(planOf('schedule', {})).toEqual({ kind: 'all' });
    expect(planOf('repository_dispatch', { repository })).toEqual({ kind: 'all' });
    expect(planOf('workflow_dispatch', { repository })).toEqual({ kind: 'all' });
  });

  test.each([
    ['workflow_dispatch', { ref: 'refs/heads/feature' }, 'writer'],
    ['workflow_dispatch', { sha: oid('f') }, 'outsider'],
    ['schedule', { sha: oid('f') }, 'outsider'],
  ])('%s of something else than main is compared with it: %j', (name, at, kind) => {
    const plan = planOf(name, { repository }, plain, at);
    expect(plan).toMatchObject({ kind: 'range', since: [main], until: branch, contributor: { kind } });
  });

  test('a deleted branch has nothing to check', () => {
    expect(planOf('push', push({ deleted: true, after: zero })).kind).toBe('nothing');
  });

  test.each([
    ['pull_request', null],
    ['pull_request', { pull_request: { base: { sha: '--upload-pack=x' }, head: { sha: branch } } }],
    ['push', push({ before: 'HEAD' })],
    ['push', push({ repository: { default_branch: '--option' } })],
    ['merge_group', {}],
    ['issue_comment', {}],
  ])('a payload of %s that is none: %j', (event, payload) => {
    expect(planOf(event, payload)).toEqual({ kind: 'unreadable', event });
  });

  test.each(['release', 'gollum', 'constructor', ''])('an event that brings no change: %j', (event) => {
    expect(planOf(event, { repository })).toEqual({ kind: 'unknown', event });
  });
});

describe('who proposes it', () => {
  test.each([
    ['a person, from a branch', 'pull_request', pull(), 'member'],
    ['a review of it', 'pull_request_review', pull(), 'member'],
    ['of its base', 'pull_request_target', pull(), 'member'],
    ['a fork', 'pull_request', pull({ head: fork }), 'outsider'],
    ['a fork, and its base is checked out', 'pull_request_target', pull({ head: fork }), 'outsider'],
    ['a fork that was deleted', 'pull_request', pull({ head: null }), 'outsider'],
    [
      'a payload without repositories',
      'pull_request',
      { pull_request: { base: { sha: base }, head: { sha: branch } } },
      'outsider',
    ],
    ['an app', 'pull_request', pull({ user: renovate }), 'bot'],
    ['a person’s, which an app opens again', 'pull_request', pull({ sender: renovate }), 'bot'],
    ['an app, from a fork', 'pull_request', pull({ user: renovate, head: fork }), 'outsider'],
    ['a comment', 'issue_comment', { repository }, 'outsider'],
    ['a comment in a review', 'pull_request_review_comment', pull(), 'outsider'],
    ['another workflow', 'workflow_run', { repository }, 'outsider'],
    ['a push', 'push', push({}), 'writer'],
    ['a merge group', 'merge_group', { merge_group: { base_sha: base, head_sha: branch } }, 'writer'],
  ])('%s', (_, name, payload, kind) => {
    expect(planOf(name, payload)).toMatchObject({ contributor: { kind } });
  });
});
