import { describe, expect, test } from 'vitest';
import { planOfGitLab } from '../../../src/app/ci/gitlab.ts';

const oid = (letter: string) => letter.repeat(40);
const head = { oid: oid('d'), parents: [oid('b')] };
const main = 'refs/remotes/origin/main';

/** A merge request of a branch of the project, as its pipeline sees it. */
const request = {
  CI_PIPELINE_SOURCE: 'merge_request_event',
  CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
  CI_MERGE_REQUEST_DIFF_BASE_SHA: oid('b'),
  CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '7',
  CI_MERGE_REQUEST_PROJECT_ID: '7',
  CI_PROJECT_ID: '7',
  GITLAB_USER_LOGIN: 'ada',
};
const branch = {
  CI_PIPELINE_SOURCE: 'push',
  CI_COMMIT_SHA: oid('d'),
  CI_COMMIT_BEFORE_SHA: oid('c'),
  CI_DEFAULT_BRANCH: 'main',
  CI_COMMIT_BRANCH: 'feature',
};

describe('a merge request', () => {
  test('is compared with its target, else with where it left that', () => {
    expect(planOfGitLab(request, head)).toEqual({
      kind: 'range',
      since: [main, oid('b')],
      until: oid('d'),
      contributor: { kind: 'member' },
    });
  });

  test.each([
    ['of a person', {}, 'member'],
    ['of a fork', { CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '8' }, 'outsider'],
    ['that runs in the fork', { CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '8', CI_PROJECT_ID: '8' }, 'outsider'],
    ['that runs elsewhere', { CI_PROJECT_ID: '8' }, 'outsider'],
    ['without its source', { CI_MERGE_REQUEST_SOURCE_PROJECT_ID: undefined }, 'outsider'],
    ['without its project', { CI_MERGE_REQUEST_PROJECT_ID: '' }, 'outsider'],
    ['of a project’s bot', { GITLAB_USER_LOGIN: 'project_7_bot_4ffca233d8298ea1' }, 'bot'],
    ['of a project’s bot of old', { GITLAB_USER_LOGIN: 'project_7_bot2' }, 'bot'],
    ['of a group’s bot', { GITLAB_USER_LOGIN: 'group_12_bot_4ffca233d8298ea1' }, 'bot'],
    ['of a service account', { GITLAB_USER_LOGIN: 'service_account_group_345_6018816a' }, 'bot'],
    ['of a person with such a name', { GITLAB_USER_LOGIN: 'project_manager_bot' }, 'member'],
    ['of a child pipeline', { CI_PIPELINE_SOURCE: 'parent_pipeline', CI_MERGE_REQUEST_IID: '3' }, 'member'],
  ])('%s', (_, changes, kind) => {
    expect(planOfGitLab({ ...request, ...changes }, head)).toMatchObject({ contributor: { kind } });
  });
});

describe('other pipelines', () => {
  test.each([
    ['a push to a branch: where it left main', {}, [main]],
    ['a push to main: what was there', { CI_COMMIT_BRANCH: 'main' }, [oid('c')]],
    ['a tag', { CI_COMMIT_BRANCH: undefined }, [main]],
    ['one that somebody starts on a branch', { CI_PIPELINE_SOURCE: 'web' }, [main]],
  ])('%s', (_, changes, since) => {
    const contributor = { kind: 'writer' };
    expect(planOfGitLab({ ...branch, ...changes }, head)).toMatchObject({
      kind: 'range',
      since,
      contributor,
    });
  });

  test.each(['schedule', 'web'])('%s on main looks at everything', (CI_PIPELINE_SOURCE) => {
    const variables = { ...branch, CI_PIPELINE_SOURCE, CI_COMMIT_BRANCH: 'main' };
    expect(planOfGitLab(variables, head)).toEqual({ kind: 'all' });
    const other = planOfGitLab({ ...variables, CI_COMMIT_SHA: oid('f') }, head);
    expect(other).toMatchObject({ kind: 'range', contributor: { kind: 'outsider' } });
  });

  test('what is not known, and what is not as expected', () => {
    expect(planOfGitLab({ CI_PIPELINE_SOURCE: 'chat' }, head)).toEqual({ kind: 'unknown', event: 'chat' });
    const option = { ...request, CI_MERGE_REQUEST_TARGET_BRANCH_NAME: '--output=x' };
    expect(planOfGitLab(option, head).kind).toBe('unreadable');
    expect(planOfGitLab({ ...branch, CI_COMMIT_BEFORE_SHA: 'HEAD' }, head).kind).toBe('unreadable');
  });
});
