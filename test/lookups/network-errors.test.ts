import { describe, expect, test } from 'vitest';
import { failureOf, ProxyFailure } from '../../src/lookups/network-errors.ts';

/* Why a request got no answer, as people read it: undici wraps what Node reports. */

function wrapped(code: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}

describe('a request that got no answer', () => {
  test.each([
    ['ECONNREFUSED', 'registry.example refused the connection'],
    ['ENOTFOUND', 'registry.example can’t be reached: its host name could not be resolved'],
    ['EAI_AGAIN', 'registry.example can’t be reached: its host name could not be looked up'],
    ['ENETUNREACH', 'registry.example can’t be reached: there is no network'],
    [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'the certificate of registry.example is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)',
    ],
    ['EWHATEVER', 'the request to registry.example failed (EWHATEVER)'],
  ])('%s: %s', (code, text) => {
    expect(failureOf(wrapped(code), 'registry.example')).toBe(text);
  });

  test('on the way through a proxy is the proxy’s', () => {
    const failure = new ProxyFailure('proxy.example:8080', null, wrapped('ENOTFOUND'));
    expect(failureOf(failure, 'registry.example')).toBe(
      'the proxy proxy.example:8080 can’t be reached: its host name could not be resolved',
    );
  });
});
