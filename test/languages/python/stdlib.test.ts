import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { isStdlib } from '../../../src/languages/python/stdlib.ts';
import { hasPython, interpreter } from './cpython.ts';

test.each([
  ['os', 'in all versions'],
  ['os.path', 'by its top-level module'],
  ['profiling.sampling', 'new in 3.15 (PEP 799)'],
  ['profiling.tracing', 'new in 3.15 (PEP 799)'],
  ['math.integer', 'new in 3.15 (PEP 791)'],
  ['concurrent.interpreters', 'new in 3.14'],
  ['annotationlib', 'new in 3.14'],
  ['compression.zstd', 'new in 3.14'],
  ['tomllib', 'new in 3.11'],
  ['zoneinfo', 'new in 3.9'],
  ['distutils.core', 'gone in 3.12'],
  ['imp', 'gone in 3.12'],
  ['cgi', 'gone in 3.13'],
  ['lib2to3.pgen2', 'gone in 3.13'],
  ['binhex', 'gone in 3.11'],
  ['parser', 'gone in 3.10'],
  ['winreg', 'on Windows only'],
  ['_winapi', 'on Windows only'],
  ['spwd', 'on Unix only'],
  ['_thread', 'private'],
  ['antigravity', 'for fun'],
  ['idlelib.run', 'an application'],
  ['turtledemo', 'an application'],
  ['__future__', 'special'],
  ['__main__', 'special'],
  ['test.support', 'of Python itself'],
])('%s is: %s', (specifier) => {
  expect(isStdlib(specifier)).toBe(true);
});

test.each([
  'numpy',
  'setuptools',
  'pip',
  'pkg_resources',
  'typing_extensions',
  'six',
  'OS',
  '',
  '.os',
  'constructor',
])('%j is not', (specifier) => {
  expect(isStdlib(specifier)).toBe(false);
});

describe.skipIf(!hasPython())('CPython', () => {
  test('lists no other modules', () => {
    const program = 'import json, sys; print(json.dumps(sorted(sys.stdlib_module_names)))';
    const names: unknown = JSON.parse(execFileSync(interpreter, ['-c', program], { encoding: 'utf8' }));
    expect(
      Array.isArray(names) && names.filter((name) => typeof name === 'string' && !isStdlib(name)),
    ).toEqual([]);
  });
});
