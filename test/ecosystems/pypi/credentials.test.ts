import { expect, test } from 'vitest';
import { withArchives } from '../../../src/ecosystems/pypi/credentials.ts';
import { authorizationFor } from '../../../src/ecosystems/shared/registry-source.ts';

/* The login of an index goes to its archives, and to nothing else of the host. */

test.each([
  ['https://h.example/simple/', 'https://h.example/simple/flask/', true],
  ['https://h.example/simple/', 'https://h.example/packages/flask.whl', true],
  [
    'https://h.example/api/v4/projects/1/packages/pypi/simple/',
    'https://h.example/api/v4/projects/1/packages/pypi/files/ab/x.whl',
    true,
  ],
  [
    'https://h.example/api/v4/projects/1/packages/pypi/simple/',
    'https://h.example/api/v4/projects/2/packages/pypi/files/ab/x.whl',
    false,
  ],
  ['https://h.example/team/dev/+simple/', 'https://h.example/team/dev/+f/ab/x.whl', true],
  ['https://h.example/team/dev/+simple/', 'https://h.example/other/dev/+f/ab/x.whl', false],
  ['https://h.example/simple/', 'https://files.h.example/packages/x.whl', false],
  ['https://h.example/simple/', 'https://h.example:8443/packages/x.whl', false],
  ['https://h.example/simple/', 'http://h.example/packages/x.whl', false],
  ['https://h.example/team-a/', 'https://h.example/team-a/x.whl', true],
  ['https://h.example/team-a/', 'https://h.example/team-b/x.whl', false],
])('the login of %s at %s: %s', (prefix, url, isSent) => {
  const credential = withArchives({ prefix, authorization: 'Basic x' });
  expect(authorizationFor(new URL(url), [credential])).toBe(isSent ? 'Basic x' : null);
});
