import { describe, expect, test } from 'vitest';
import { editLinksOfGitHub, editLinksOfGitLab } from '../../../src/app/ci/edit-links.ts';

const file = 'approved-packages.yaml';
const server = 'https://code.example.org';

const pull = (head: object, base: object = {}) => ({
  pull_request: {
    head: { ref: 'warehouse', repo: { full_name: 'acme/shop' }, ...head },
    base: { ref: 'main', repo: { full_name: 'acme/shop' }, ...base },
  },
});
const runner = {
  GITHUB_SERVER_URL: server,
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_REF: 'refs/pull/7/merge',
  GITHUB_REF_NAME: '7/merge',
};

describe('GitHub', () => {
  test.each<[string, object, string | null]>([
    ['a branch of the repository', {}, `${server}/acme/shop/edit/warehouse/${file}`],
    ['a branch with a slash', { ref: 'ada/warehouse' }, `${server}/acme/shop/edit/ada/warehouse/${file}`],
    ['a fork', { repo: { full_name: 'ada/shop' } }, `${server}/ada/shop/edit/warehouse/${file}`],
    ['a fork that is gone', { repo: null }, null],
    [
      'a branch with what ends a link or a path',
      { ref: 'a)(b]<c>`"#d%e&f' },
      `${server}/acme/shop/edit/a%29%28b%5D%3Cc%3E%60%22%23d%25e%26f/${file}`,
    ],
    ['a branch that git has not', { ref: 'a b' }, null],
    ['a branch of another line', { ref: 'a\n[x](https://evil.example)' }, null],
    ['a repository that is an address', { repo: { full_name: '@evil.example/x' } }, null],
    ['a repository of more words', { repo: { full_name: 'acme/shop)](https://evil.example' } }, null],
  ])('of a pull request: %s', (_, head, link) => {
    expect(editLinksOfGitHub(runner, pull(head)).change(file)).toBe(link);
  });

  test('of the base of a pull request', () => {
    const { base } = editLinksOfGitHub(runner, pull({ repo: { full_name: 'ada/shop' } }));
    expect(base(file)).toBe(`${server}/acme/shop/edit/main/${file}`);
  });

  test('a file is a path: what it holds besides is escaped', () => {
    const { change } = editLinksOfGitHub(runner, pull({}));
    expect(change('policy/ä (1).yaml')).toBe(
      `${server}/acme/shop/edit/warehouse/policy/%C3%A4%20%281%29.yaml`,
    );
    expect(change('\ud800')).toBe(`${server}/acme/shop/edit/warehouse/%EF%BF%BD`);
  });

  test.each([
    ['a push', 'refs/heads/warehouse', 'warehouse', `${server}/acme/shop/edit/warehouse/${file}`],
    ['a tag', 'refs/tags/v1', 'v1', null],
    ['a merge queue', 'refs/heads/gh-readonly-queue/main/pr-7', 'gh-readonly-queue/main/pr-7', null],
  ])('of %s', (_, ref, name, link) => {
    const links = editLinksOfGitHub({ ...runner, GITHUB_REF: ref, GITHUB_REF_NAME: name }, { ref });
    expect([links.change(file), links.base(file)]).toEqual([link, null]);
  });

  test.each([
    ['none', undefined],
    ['a program', 'javascript:alert(1)'],
    ['one with a name and a password', 'https://ada:x@code.example.org'],
    ['one that ends the link', 'https://code.example.org) [x](https://evil.example'],
  ])('a server that is no address gives no link: %s', (_, address) => {
    expect(editLinksOfGitHub({ ...runner, GITHUB_SERVER_URL: address }, pull({})).change(file)).toBeNull();
  });

  test('the host is never one that the event names', () => {
    const payload = { ...pull({ html_url: 'https://evil.example' }), server_url: 'https://evil.example' };
    expect(editLinksOfGitHub(runner, payload).change(file)).toMatch(/^https:\/\/code\.example\.org\//);
  });
});

describe('GitLab', () => {
  const job = { CI_SERVER_URL: `${server}/git`, CI_PROJECT_PATH: 'acme/web/shop', CI_COMMIT_BRANCH: 'main' };
  const request = {
    ...job,
    CI_COMMIT_BRANCH: undefined,
    CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: 'ada/warehouse',
    CI_MERGE_REQUEST_SOURCE_PROJECT_PATH: 'ada/shop',
    CI_MERGE_REQUEST_PROJECT_PATH: 'acme/web/shop',
    CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
  };

  test('of a merge request, where it comes from and where it goes', () => {
    const { change, base } = editLinksOfGitLab(request);
    expect(change(file)).toBe(`${server}/git/ada/shop/-/edit/ada/warehouse/${file}`);
    expect(base(file)).toBe(`${server}/git/acme/web/shop/-/edit/main/${file}`);
  });

  test('of a branch, and of a tag', () => {
    expect(editLinksOfGitLab(job).change(file)).toBe(`${server}/git/acme/web/shop/-/edit/main/${file}`);
    expect(editLinksOfGitLab({ ...job, CI_COMMIT_BRANCH: undefined }).change(file)).toBeNull();
  });
});
