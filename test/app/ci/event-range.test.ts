import { describe, expect, test } from 'vitest';
import { planOf } from '../../../src/app/ci/event-range.ts';

const oid = (letter: string) => letter.repeat(40);
const base = oid('b');
const tip = oid('c');
const branch = oid('d');
const merge = oid('e');
const zero = oid('0');
const head = { oid: merge, parents: [tip, branch] };
const plain = { oid: branch, parents: [base] };

const pull = { pull_request: { base: { sha: base }, head: { sha: branch } } };
const push = (changes: object) => ({
  before: base,
  after: branch,
  ref: 'refs/heads/feature',
  repository: { default_branch: 'main' },
  ...changes,
});

describe('the range of an event', () => {
  test.each([
    {
      title: 'a pull request, at GitHub’s merge',
      event: 'pull_request',
      payload: pull,
      at: head,
      range: { since: [tip], until: merge },
    },
    {
      title: 'a pull request, at its own commit',
      event: 'pull_request',
      payload: pull,
      at: plain,
      range: { since: [base], until: branch },
    },
    {
      title: 'a pull request whose merge is of an older commit',
      event: 'pull_request',
      payload: { pull_request: { base: { sha: base }, head: { sha: oid('f') } } },
      at: head,
      range: { since: [base], until: merge },
    },
    {
      title: 'pull_request_target: the branch, not what is checked out',
      event: 'pull_request_target',
      payload: pull,
      at: { oid: base, parents: [] },
      range: { since: [base], until: branch },
    },
    {
      title: 'a push',
      event: 'push',
      payload: push({}),
      at: plain,
      range: { since: [base, 'refs/remotes/origin/main'], until: branch },
    },
    {
      title: 'the first push of a branch',
      event: 'push',
      payload: push({ before: zero }),
      at: plain,
      range: { since: ['refs/remotes/origin/main'], until: branch },
    },
    {
      title: 'a merge group',
      event: 'merge_group',
      payload: { merge_group: { base_sha: base, head_sha: branch } },
      at: plain,
      range: { since: [base], until: branch },
    },
  ])('$title', ({ event, payload, at, range }) => {
    expect(planOf(event, payload, at)).toEqual({ kind: 'range', ...range });
  });

  test('what has no state before is checked as a whole', () => {
    expect(planOf('push', push({ before: zero, ref: 'refs/heads/main' }), plain)).toEqual({ kind: 'all' });
    expect(planOf('schedule', {}, plain)).toEqual({ kind: 'all' });
    expect(planOf('workflow_dispatch', null, plain)).toEqual({ kind: 'all' });
  });

  test('a deleted branch has nothing to check', () => {
    expect(planOf('push', push({ deleted: true, after: zero }), plain)?.kind).toBe('nothing');
  });

  test.each([
    ['pull_request', null],
    ['pull_request', { pull_request: { base: { sha: '--upload-pack=x' }, head: { sha: branch } } }],
    ['push', push({ before: 'HEAD' })],
    ['push', push({ repository: { default_branch: '--option' } })],
    ['merge_group', {}],
  ])('a payload of %s that is none: %j', (event, payload) => {
    expect(planOf(event, payload, plain)).toBeUndefined();
  });
});
