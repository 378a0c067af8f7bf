import { describe, expect, test } from 'vitest';
import { manifests } from '../../src/app/components.ts';
import { Declarations } from '../../src/declarations/declarations.ts';
import { packageLabel } from '../../src/model/package.ts';
import type { Origin } from '../../src/model/reference.ts';
import type { EntryKind, TrustedRecords } from '../../src/model/status.ts';
import { statusOf, type ApprovalSources } from '../../src/policy/status.ts';
import { decide, indexEntries } from '../../src/whitelist/decide.ts';
import { entryOf } from '../kit/entries.ts';

/*
 * An import leads to pypi:first. Packages that provide the same module, or bear its name with an affix, may stand in for
 * it. A row says what is known of each, and of which one a finding would speak.
 */

type Name = 'first' | 'second' | 'third';

interface Circumstances {
  readonly entries?: Partial<Readonly<Record<Name, EntryKind | 'expired'>>>;
  /** What the manifest of the base declares. */
  readonly declared?: readonly Name[];
  /** What the manifest of the change declares. */
  readonly proposed?: readonly Name[];
  readonly trust?: TrustedRecords;
}

const packageNamed = (name: Name) => ({ ecosystem: 'pypi', name });

function manifest(names: readonly Name[]): Declarations {
  const path = 'requirements.txt';
  const files = {
    existing: (paths: readonly string[]) => Promise.resolve(new Set(paths.filter((one) => one === path))),
    text: (asked: string) => Promise.resolve(asked === path ? names.join('\n') : undefined),
    list: () => Promise.resolve([path]),
  };
  return new Declarations(files, manifests, () => false);
}

function recordsOf({ entries = {}, declared = [], proposed = [], trust }: Circumstances): ApprovalSources {
  const whitelist = indexEntries(
    Object.entries(entries).map(([name, kind]) =>
      kind === 'expired'
        ? entryOf('approved', `pypi:${name}`, { expires: '2026-11-22' })
        : entryOf(kind, `pypi:${name}`),
    ),
  );
  return {
    trustIn: () => trust ?? 'whitelist',
    decide: (subject) => decide(whitelist, subject, '2026-11-23'),
    declarations: [manifest(declared)],
    programs: [],
    proposed: manifest(proposed),
  };
}

type PackageOrigin = Extract<Origin, { kind: 'package' }>;

/** @returns `first denied`: the package of which a finding would speak, and what was decided about it. */
async function judged(
  circumstances: Circumstances,
  origin: Omit<PackageOrigin, 'kind' | 'package' | 'alternatives'> & Partial<PackageOrigin>,
): Promise<string> {
  const whole = { kind: 'package', package: packageNamed('first'), alternatives: [], ...origin } as const;
  const { package: found, status } = await statusOf(whole, recordsOf(circumstances), 'app.py');
  return `${packageLabel(found).replace('pypi:', '')} ${status.kind}`;
}

const others = [packageNamed('second'), packageNamed('third')];

/** What holds of all that may stand in, whatever makes them candidates. */
const rows: readonly (readonly [what: string, circumstances: Circumstances, expected: string])[] = [
  ['nobody decided anything', {}, 'first unapproved'],
  [
    'a denial of the package itself beats an approval',
    { entries: { first: 'denied', second: 'approved' } },
    'first denied',
  ],
  [
    'a denial of the package itself beats a baseline',
    { entries: { first: 'denied', second: 'baseline' } },
    'first denied',
  ],
  [
    'a denial of the package itself beats a manifest that counts',
    { entries: { first: 'denied' }, declared: ['first', 'second'], trust: 'manifests' },
    'first denied',
  ],
  [
    'a denial of the package itself beats what the change declares',
    { entries: { first: 'denied' }, proposed: ['second'] },
    'first denied',
  ],
  ['an approved one stands in', { entries: { second: 'approved' } }, 'second approved'],
  ['an approved one stands in, the last too', { entries: { third: 'approved' } }, 'third approved'],
  [
    'an approved one stands in for an approval that ended',
    { entries: { first: 'expired', second: 'approved' } },
    'second approved',
  ],
  ['one of the baseline stands in', { entries: { second: 'baseline' } }, 'second baseline'],
  ['a declared one stands in', { declared: ['second'] }, 'second declared'],
  [
    'an approved one stands in for a declared one',
    { entries: { second: 'approved' }, declared: ['first'] },
    'second approved',
  ],
  [
    'none stands in for a declared one where manifests approve',
    { entries: { second: 'approved' }, declared: ['first'], trust: 'manifests' },
    'first declared',
  ],
  [
    'none stands in for an approved one',
    { entries: { first: 'approved', second: 'approved' } },
    'first approved',
  ],
  [
    'none stands in for one of the baseline',
    { entries: { first: 'baseline', second: 'approved' } },
    'first baseline',
  ],
  [
    'a denial of another one takes no approval away',
    { entries: { first: 'approved', second: 'denied' } },
    'first approved',
  ],
  ['a denied one does not stand in', { entries: { second: 'denied' } }, 'first unapproved'],
  [
    'a denied one does not stand in, the one after it does',
    { entries: { second: 'denied', third: 'approved' } },
    'third approved',
  ],
  ['a requested one does not stand in', { entries: { second: 'requested' } }, 'first unapproved'],
  ['the one that the change declares is meant', { proposed: ['third'] }, 'third unapproved'],
  ['of several that it declares, the first', { proposed: ['third', 'second'] }, 'second unapproved'],
  ['of several that it declares, the package itself', { proposed: ['second', 'first'] }, 'first unapproved'],
  [
    'what the change declares does not matter where one is approved',
    { entries: { first: 'approved' }, proposed: ['second'] },
    'first approved',
  ],
  [
    'what the change declares does not matter where an approval ended',
    { entries: { first: 'expired' }, proposed: ['second'] },
    'first expired',
  ],
  [
    'a denied one is not meant, though the change declares it',
    { entries: { second: 'denied' }, proposed: ['second'] },
    'first unapproved',
  ],
];

describe.each([
  ['alternatives', { alternatives: others }],
  ['namesakes', { namesakes: others }],
  ['an alternative, then a namesake', { alternatives: others.slice(0, 1), namesakes: others.slice(1) }],
])('%s', (_, origin) => {
  test.each(rows)('%s', async (__, circumstances, expected) => {
    expect(await judged(circumstances, origin)).toBe(expected);
  });
});

describe('a module that the package does not have', () => {
  const origin = { alternatives: others, provides: ['first.core'] } as const;

  test.each<[string, Circumstances, string]>([
    ['an approval does not let it pass', { entries: { first: 'approved' } }, 'first unapproved'],
    ['a baseline does not let it pass', { entries: { first: 'baseline' } }, 'first unapproved'],
    [
      'a manifest that counts does not let it pass',
      { declared: ['first'], trust: 'manifests' },
      'first unapproved',
    ],
    ['no other one stands in', { entries: { second: 'approved' } }, 'first unapproved'],
    ['what the change declares is not meant', { proposed: ['second'] }, 'first unapproved'],
    ['a denial stays one', { entries: { first: 'denied' } }, 'first denied'],
  ])('%s', async (_, circumstances, expected) => {
    expect(await judged(circumstances, origin)).toBe(expected);
  });
});
