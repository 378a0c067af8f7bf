import { expect, test } from 'vitest';
import { authorizationFor } from '../../src/ecosystems/shared/registry-source.ts';
import { netrcCredentials, readNetrc } from '../../src/ecosystems/shared/netrc.ts';

const login = `Basic ${Buffer.from('ada:p w#1').toString('base64')}`;
const entry = 'machine a.example login ada password "p w#1"\n';

/** The user names the first registry, a repository the others. */
const sourceOf = (url: string) => ({ url, trust: 'user' as const, from: '', unusable: null });

test.each([
  [entry, 'https://a.example/simple/x/', login],
  [entry, 'https://A.example:8443/x/', login],
  [
    '# machine b.example\nmachine a.example\n  user ada\n  account x\n  password "p w#1"',
    'https://a.example/x/',
    login,
  ],
  [entry, 'http://a.example/x/', null],
  [entry, 'https://b.example/x/', null],
  [entry, 'https://x.a.example/x/', null],
  ['default login ada password "p w#1"', 'https://a.example/x/', null],
  ['machine b.example login b password b\ndefault login ada password pw', 'https://a.example/x/', null],
  [
    'macdef init\nmachine a.example login ada password pw\n\nmachine b.example login b password b',
    'https://a.example/x/',
    null,
  ],
  ['machine a.example', 'https://a.example/x/', `Basic ${Buffer.from(':').toString('base64')}`],
  ['machine', 'https://a.example/x/', null],
])('%j at %s: %s', (text, url, authorization) => {
  const sources = [sourceOf(url.replace(/\/$/, ''))];
  const credentials = netrcCredentials(readNetrc(text), sources, () => true);
  expect(authorizationFor(new URL(url), credentials)).toBe(authorization);
});
