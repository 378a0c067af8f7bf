import { describe, expect, test } from 'vitest';
import { packageOf } from '../../src/ecosystems/index.ts';
import type { Entry } from '../../src/model/status.ts';
import { decide, importsOf, indexEntries } from '../../src/whitelist/decide.ts';
import { readWhitelist } from '../../src/whitelist/read.ts';

async function entriesOf(text: string): Promise<readonly Entry[]> {
  const { entries, faults } = await readWhitelist('a.yaml', text);
  expect(faults).toEqual([]);
  return entries;
}

const policy = `approved:
  npm:
    "@acme/*": { expires: 2026-11-23 }
    "@acme/new": { expires: 2027-01-01 }
    "@acme/bad": {}
    foo: { expires: 2026-11-22 }
    both: {}
    react: {}
  pypi:
    Numpy_Utils: {}
    over: { expires: 2020-01-01 }
denied:
  npm:
    both: {}
    "@evil/*": {}
  pypi:
    "react": {}
baseline:
  npm:
    vue: {}
    both: {}
  pypi:
    over: {}
requested:
  npm:
    asked: { reason: please }
    "@evil/x": {}
`;

describe('decides by section, scope and day', () => {
  const cases: [string, string, string][] = [
    ['2026-11-23', 'npm react', 'approved'],
    ['2026-11-23', 'npm reactor', 'unapproved'],
    ['2026-11-23', 'pypi react', 'denied'],
    ['2026-11-23', 'pypi numpy.utils', 'approved'],
    ['2026-11-22', 'npm foo', 'approved'],
    ['2026-11-23', 'npm foo', 'expired'],
    ['2026-11-23', 'npm foobar', 'unapproved'],
    ['2026-11-23', 'npm vue', 'baseline'],
    ['2026-11-23', 'npm both', 'denied'],
    ['2026-11-23', 'pypi over', 'expired'],
    ['2026-11-23', 'npm @acme/x', 'approved'],
    ['2026-11-24', 'npm @acme/x', 'expired'],
    ['2026-11-24', 'npm @acme/new', 'approved'],
    ['2026-11-23', 'npm @acme-evil/x', 'unapproved'],
    ['2026-11-23', 'npm acme', 'unapproved'],
    ['2026-11-23', 'npm @acme', 'unapproved'],
    ['2026-11-23', 'npm @evil/x', 'denied'],
    ['2026-11-23', 'npm asked', 'unapproved'],
    ['2026-11-23', 'npm constructor', 'unapproved'],
    ['2026-11-23', 'npm __proto__', 'unapproved'],
    ['2026-11-23', 'cargo react', 'unapproved'],
  ];
  test.each(cases)('on %s, %s is %s', async (today, subject, kind) => {
    const [ecosystem = '', name = ''] = subject.split(' ');
    const whitelist = indexEntries(await entriesOf(policy));
    expect(decide(whitelist, packageOf(ecosystem, name), today).kind).toBe(kind);
  });

  test('a request is remembered', async () => {
    const whitelist = indexEntries(await entriesOf(policy));
    const decision = decide(whitelist, { ecosystem: 'npm', name: 'asked' }, '2026-11-23');
    expect(decision).toMatchObject({ kind: 'unapproved', requested: { reason: 'please', line: 26 } });
  });
});

test.each([
  ['{}', '{ expires: 2020-01-01 }', 4],
  ['{ expires: 2020-01-01 }', '{}', 3],
  ['{ expires: 2021-01-01 }', '{ expires: 2020-01-01 }', 4],
])('of %s and %s, the stricter counts', async (one, other, line) => {
  const whitelist = indexEntries(await entriesOf(`approved:\n  pypi:\n    a.b: ${one}\n    A_b: ${other}\n`));
  const decision = decide(whitelist, { ecosystem: 'pypi', name: 'a-b' }, '2026-11-23');
  expect(decision).toMatchObject({ kind: 'expired', entry: { line } });
  expect(whitelist.warnings).toEqual([
    `pypi:a-b stands twice under “approved” (a.yaml:3 and a.yaml:4); the entry in a.yaml:${line} counts`,
  ]);
});

test.each([
  ['the same source', 'source: ./x', 'source: ./x', './x', ''],
  ['two sources', 'source: ./x', 'source: ./y', null, ', without a source, because they name different ones'],
  ['one source', 'source: ./x', 'reason: y', null, ', without a source, because they name different ones'],
])('a package that stands twice, with %s', async (...[, one, other, source, less]) => {
  const entries = await entriesOf(`approved:\n  pypi:\n    x: { ${one} }\n    X: { ${other} }\n`);
  const whitelist = indexEntries(entries);
  const decision = decide(whitelist, { ecosystem: 'pypi', name: 'x' }, '2026-11-23');
  expect(decision).toMatchObject({ kind: 'approved', entry: { line: 3, source } });
  expect(whitelist.warnings).toEqual([
    `pypi:x stands twice under “approved” (a.yaml:3 and a.yaml:4); the entry in a.yaml:3 counts${less}`,
  ]);
});

test('modules lead to approved packages first, then to the baseline, then to denied ones, never to requests', async () => {
  const entries = await entriesOf(`requested:
  pypi:
    wanted: { imports: [cv2, mine] }
denied:
  pypi:
    opencv-fork: { imports: [cv2, forked] }
baseline:
  pypi:
    opencv-old: { imports: [cv2] }
approved:
  npm:
    thing: { imports: [cv2] }
  pypi:
    opencv-python: { imports: [cv2, constructor] }
    also: { imports: [cv2] }
    more: {}
`);
  const imports = importsOf(entries);
  expect([...(imports.get('pypi') ?? [])]).toEqual([
    ['cv2', ['opencv-python', 'also', 'opencv-old', 'opencv-fork']],
    ['constructor', ['opencv-python']],
    ['forked', ['opencv-fork']],
  ]);
  expect([...(imports.get('npm') ?? [])]).toEqual([['cv2', ['thing']]]);
});
