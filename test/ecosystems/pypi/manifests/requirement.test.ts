import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRequirement } from '../../../../src/ecosystems/pypi/manifests/requirement.ts';

/** The reading in one line: `name[extras] from source`, with `;` for a marker and `!` for a problem. */
function summary(text: string): string {
  const reading = readRequirement(text);
  if (reading.kind !== 'requirement') return reading.kind;
  const { name, extras, source, marker, problem } = reading;
  const where = source.kind === 'foreign' ? `${source.what} ${source.value}` : source.kind;
  return `${name ?? '?'}[${extras.join()}] from ${where}${marker ? ' ;' : ''}${problem === null ? '' : ' !'}`;
}

describe('readRequirement', () => {
  test.each([
    ['numpy', 'numpy[] from registry'],
    ['  A.b-C_1 ', 'A.b-C_1[] from registry'],
    ['a', 'a[] from registry'],
    ['requests[security, socks]>=2', 'requests[security,socks] from registry'],
    ['requests [a] (>=2,<3)', 'requests[a] from registry'],
    ['x===weird;python_version<"3"', 'x[] from registry ;'],
    ["x ; extra == 'a/b'", 'x[] from registry ;'],
    ['x@https://h.example/x.zip', 'x[] from a URL https://h.example/x.zip'],
    [
      'x @ git+https://u:p@h.example/x.git@v1#sha ; os_name=="nt"',
      'x[] from git git+https://h.example/x.git ;',
    ],
    ['x[e] @ file:///opt/x', 'x[e] from a path file:///opt/x'],
    ['x @ ./here', 'x[] from a path ./here'],
    ['git+https://h.example/x@v1#egg=Egg[e]&subdirectory=y', 'Egg[e] from git git+https://h.example/x'],
    ['git+git@h.example:acme/x.git@v1', '?[] from git git@h.example:acme/x.git'],
    ['svn+https://h.example/x#egg=y', 'y[] from Subversion svn+https://h.example/x'],
    [
      'https://h.example/a_b-1.0-py3-none-any.whl',
      'a_b[] from a URL https://h.example/a_b-1.0-py3-none-any.whl',
    ],
    ['a-b-1.0.tar.gz', 'a-b[] from a path a-b-1.0.tar.gz'],
    ['https://h.example/main.zip ; os_name=="nt"', '?[] from a URL https://h.example/main.zip ;'],
    ['./x[e]', '?[e] from a path ./x'],
    ['x/y', '?[] from a path x/y'],
    ['C:\\wheels\\x', '?[] from a path C:\\wheels\\x'],
    ['.', 'project'],
    ['.[dev]', 'project'],
    ['./ ; os_name=="nt"', 'project'],
    ['file:///${PROJECT_ROOT}', 'project'],
    ['file:///${PROJECT_ROOT}/[dev] ; os_name=="nt"', 'project'],
    ['file:///${PROJECT_ROOT}/x', '?[] from a path file:///${PROJECT_ROOT}/x'],
    ['file:///${PROJECT_ROOT}#egg=x', 'x[] from a path file:///${PROJECT_ROOT}'],
    ['file:///${HOME}', '?[] from a path file:///${HOME}'],
    ['', 'unreadable'],
    ['-x', 'unreadable'],
    ['==1', 'unreadable'],
    ['x-', 'unreadable'],
    ['nump\u0443', 'unreadable'],
    ['x y', 'x[] from registry !'],
    ['x=1', 'x[] from registry !'],
    ['x[name=y]', 'x[name=y] from registry !'],
    ["x[version='>=1']", "x[version='>=1'] from registry !"],
    ['__proto__', 'unreadable'],
  ])('%j is %s', (text, expected) => {
    expect(summary(text)).toBe(expected);
  });

  const name = fc
    .stringMatching(/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,8}[A-Za-z0-9])?$/)
    .filter((text) => !/\.(?:zip|tar|tgz|whl)$/i.test(text));
  const rest = fc.constantFrom(
    '',
    '==1.0',
    ' >= 1, <2',
    '[a]',
    '[a,b] ~=1',
    ' ; os_name == "nt"',
    '(==1)',
    ' @ https://h.example/x',
  );

  test('the span is the name, whatever follows', () => {
    fc.assert(
      fc.property(fc.constantFrom('', ' ', '\t '), name, rest, (blank, written, tail) => {
        const text = `${blank}${written}${tail}`;
        const reading = readRequirement(text);
        expect(reading).toMatchObject({ kind: 'requirement', name: written, problem: null });
        if (reading.kind !== 'requirement') return;
        expect(text.slice(reading.span.start, reading.span.end)).toBe(written);
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});
