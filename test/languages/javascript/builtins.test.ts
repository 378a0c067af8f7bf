import { builtinModules } from 'node:module';
import { describe, expect, test } from 'vitest';
import { isBuiltin } from '../../../src/languages/javascript/builtins.ts';

describe('isBuiltin', () => {
  test.each([
    ['fs', 'node'],
    ['fs/promises', 'node'],
    ['node:fs', 'node'],
    ['node:fs/promises', 'node'],
    ['path/posix', 'node'],
    ['stream/iter', 'node'],
    ['punycode', 'node'],
    ['sys', 'node'],
    ['_http_agent', 'node'],
    ['node:test', 'node'],
    ['node:test/reporters', 'node'],
    ['node:sqlite', 'node'],
    ['node:sea', 'node'],
    ['node:quic', 'node'],
    ['node:ffi', 'node'],
    ['bun', 'bun'],
    ['bun:test', 'bun'],
    ['bun:ffi', 'bun'],
    ['test', undefined],
    ['sqlite', undefined],
    ['sea', undefined],
    ['quic', undefined],
    ['ffi', undefined],
    ['test/reporters', undefined],
    ['punycode/', undefined],
    ['fs/extra', undefined],
    ['fs-extra', undefined],
    ['FS', undefined],
    ['bun/test', undefined],
    ['deno', undefined],
    ['npm:chalk', undefined],
    ['constructor', undefined],
    ['__proto__', undefined],
    ['', undefined],
  ])('%s: %s', (specifier, host) => {
    expect(isBuiltin(specifier)).toBe(host);
  });

  test.each(builtinModules)('knows %s of the running version', (name) => {
    expect(isBuiltin(name)).toBe('node');
    expect(isBuiltin(name.startsWith('node:') ? name : `node:${name}`)).toBe('node');
  });
});
