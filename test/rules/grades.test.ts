import { describe, expect, test } from 'vitest';
import { grade, grades } from '../../rules/grades.ts';
import type { Answer, LookupFacts, PackageFacts } from '../../src/model/registry-facts.ts';

const asOf = '2026-11-23T00:00:00.000Z';
const clock = { youngSince: '2026-08-25T00:00:00.000Z', oldBefore: '2024-11-23T00:00:00.000Z' };

function present(
  facts: Partial<PackageFacts> = {},
  created = '2022-01-01T00:00:00.000Z',
): Extract<Answer, { kind: 'present' }> {
  return {
    kind: 'present',
    asOf,
    absentOn: null,
    facts: {
      created: { state: 'present', value: created, asOf },
      versions: { count: 5, exact: true },
      latest: '1.0.0',
      deprecated: null,
      status: 'active',
      isSecurityHolding: false,
      latestIsSecurityHolding: false,
      installScripts: null,
      repository: null,
      owners: ['mallory'],
      attested: null,
      yanked: false,
      ...facts,
    },
  };
}

function facts(answer: Answer, changes: Partial<LookupFacts> = {}): LookupFacts {
  return {
    answer,
    malware: { state: 'absent', asOf },
    provides: { state: 'notAsked', reason: 'x' },
    imitation: null,
    hasOwnModule: null,
    wellKnown: false,
    ...changes,
  };
}

const absent: Answer = { kind: 'absent', asOf };
const unknown: Answer = { kind: 'unknown', reason: 'timeout' };
const notAsked: Answer = { kind: 'notAsked', reason: 'offline' };
const reported = { state: 'present', value: ['MAL-2026-1'], asOf } as const;
const target = { ecosystem: 'pypi', name: 'requests' };
const like = (answer: Answer) =>
  ({ target, why: 'one letter differs', comparison: 'narrow', answer }) as const;
/** One that no narrow rule takes for it: `scikit-fem` beside `skfem`. */
const near = { target, why: 'the names are similar', comparison: 'generous', answer: unknown } as const;
const begun = (latest: string, count: number) => present({ latest, versions: { count, exact: true } });
const famous = present({ owners: ['ada'] }, '2011-02-14T00:00:00.000Z');
const missing = { state: 'present', value: false, asOf } as const;

describe('grade', () => {
  test.each<[string, LookupFacts, string]>([
    ['reported as malware', facts(present(), { malware: reported }), 'malicious'],
    ['reported, and gone by now', facts(absent, { malware: reported }), 'malicious'],
    ['quarantined', facts(present({ status: 'quarantined' })), 'malicious'],
    ['no such package', facts(absent), 'nonexistent'],
    ['no such package, and it looks like one', facts(absent, { imitation: like(famous) }), 'nonexistent'],
    ['unpublished', facts({ kind: 'withdrawn', on: null, asOf }), 'withdrawn'],
    [
      'a security stand-in',
      facts(present({ isSecurityHolding: true, latestIsSecurityHolding: true })),
      'withdrawn',
    ],
    ['only its latest version is one', facts(present({ latestIsSecurityHolding: true })), 'exists'],
    ['without the module', facts(present(), { provides: missing }), 'unproven'],
    ['with the module', facts(present(), { provides: { ...missing, value: true } }), 'exists'],
    ['a look-alike', facts(present(), { imitation: like(famous) }), 'lookalike'],
    ['a look-alike, and offline', facts(notAsked, { imitation: like(notAsked) }), 'not-asked'],
    ['a look-alike, and no answer', facts(unknown, { imitation: like(unknown) }), 'unanswered'],
    [
      'alike, but well known itself',
      facts(notAsked, { imitation: like(famous), wellKnown: true }),
      'not-asked',
    ],
    [
      'alike, but older',
      facts(present({}, '2009-01-01T00:00:00.000Z'), { imitation: like(famous) }),
      'exists',
    ],
    [
      'alike, but of the same owner',
      facts(present({ owners: ['x', 'ada'] }), { imitation: like(famous) }),
      'exists',
    ],
    [
      'alike, but in use for years',
      facts(present({ versions: { count: 20, exact: true } }), { imitation: like(famous) }),
      'exists',
    ],
    [
      'alike, with many versions in a few months',
      facts(present({ versions: { count: 90, exact: true } }, '2026-01-01T00:00:00.000Z'), {
        imitation: like(famous),
      }),
      'lookalike',
    ],
    ['spelled like one of the project’s, 0.0.0', facts(begun('0.0.0', 1), { imitation: near }), 'lookalike'],
    ['spelled so, 0.0.2rc1 of two', facts(begun('0.0.2rc1', 2), { imitation: near }), 'lookalike'],
    ['spelled so, version 0', facts(begun('0', 1), { imitation: near }), 'lookalike'],
    ['spelled so, 0.1.0', facts(begun('0.1.0', 1), { imitation: near }), 'exists'],
    ['spelled so, 0.05, which is 0.5', facts(begun('0.05', 1), { imitation: near }), 'exists'],
    ['spelled so, and developed', facts(begun('0.0.9', 3), { imitation: near }), 'exists'],
    ['spelled so, of unknown versions', facts(present({ versions: null }), { imitation: near }), 'exists'],
    ['spelled so, made of others', facts(present(), { imitation: near, hasOwnModule: false }), 'lookalike'],
    ['spelled so, with a module', facts(present(), { imitation: near, hasOwnModule: true }), 'exists'],
    ['0.0.0, spelled like nothing', facts(begun('0.0.0', 1)), 'exists'],
    ['made of others, spelled like nothing', facts(present(), { hasOwnModule: false }), 'exists'],
    ['young', facts(present({}, '2026-10-01T00:00:00.000Z')), 'young'],
    [
      'young, and a look-alike',
      facts(present({}, '2026-10-01T00:00:00.000Z'), { imitation: like(famous) }),
      'lookalike',
    ],
    ['did not exist last month', facts({ ...present(), absentOn: '2026-11-02T00:00:00.000Z' }), 'young'],
    ['did not exist years ago', facts({ ...present(), absentOn: '2023-11-02T00:00:00.000Z' }), 'exists'],
    ['of unknown age', facts(present({ created: { state: 'unknown', reason: 'a mirror' } })), 'exists'],
    ['no answer', facts(unknown), 'unanswered'],
    ['offline', facts(notAsked), 'not-asked'],
  ])('%s', (_, given, expected) => {
    expect(grade(given, clock)).toBe(expected);
  });

  test('every grade has a sentence, and its order is that of the product', () => {
    expect(grades.map(({ id }) => id).join(' ')).toBe(
      'malicious nonexistent withdrawn unproven unrecorded lookalike young exists unanswered not-asked',
    );
    for (const { description: means } of grades) expect(means).toMatch(/^[A-Z].*\.$/);
  });
});
