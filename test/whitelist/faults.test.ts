import { describe, expect, test } from 'vitest';
import type { Fault } from '../../src/model/fault.ts';
import { readWhitelist } from '../../src/whitelist/read.ts';
import { packagesText } from './entries.ts';

async function faultsIn(text: string): Promise<readonly Fault[]> {
  return (await readWhitelist('a.yaml', text)).faults;
}

const told = ({ line, column, message, next }: Fault) => `${line ?? 0}:${column ?? 0} ${message} | ${next}`;

/** @returns The corrected line that a fault prints, if it prints a whole one. */
function correctedLine({ next }: Fault): string | undefined {
  return /[a-z]+:\S+: \{ .* \}/.exec(next)?.[0];
}

/** The value of a line and what is told of it, for an entry whose key ends in column 8. */
type Row = readonly [line: string, ...told: readonly string[]];

const undecided =
  '2:3 the entry holds no decision | Write npm:a: { approved: WHY }, or with denied, requested or baseline.';
const beside = (kind: string, keys: string) => `Keys allowed with “${kind}” are ${keys}.`;
const besideApproved = beside(
  'approved',
  'imports, importsOf, source, despite, unverified, expires, by, date, created, repository, asked',
);
const author = 'Write who decided, as git does: NAME <EMAIL>.';
const day = 'Write it as year-month-day, such as 2026-11-23.';
const long = 'x'.repeat(121);

const keys: readonly Row[] = [
  [
    'npm:a@4: { approved: x, by: Ada, expires: 2027-01-01 }',
    '2:3 “npm:a@4” is not only a package name: a key has no version and no extras | Write npm:a: { approved: x, expires: 2027-01-01, by: Ada }',
  ],
  [
    'pypi:requests[socks]: { denied: x, use: npm:b }',
    '2:3 “pypi:requests[socks]” is not only a package name: a key has no version and no extras | Write pypi:requests: { denied: x, use: npm:b }',
  ],
  [
    '"npm:a": { approved: "x, y: z" }',
    '2:3 a key must not be in quotation marks | Write npm:a: { approved: "x, y: z" }',
  ],
  [
    "'npm:@acme/*': { approved: ours }",
    '2:3 a key must not be in quotation marks | Write npm:@acme/*: { approved: ours }',
  ],
  [
    '"npm:a@4": { approved: x }',
    '2:3 “npm:a@4” is not only a package name: a key has no version and no extras | Write npm:a: { approved: x }',
  ],
  [
    '"@acme/ui": { baseline: 2026-11-23 }',
    '2:3 “@acme/ui” has no ecosystem | Write npm:@acme/ui: { baseline: 2026-11-23 }',
  ],
  ['a: { approved: x }', '2:3 “a” has no ecosystem | Write npm:a or pypi:a or cargo:a.'],
  [
    'npm: { approved: x }',
    '2:3 “npm” is an ecosystem, not a package | Write each package on a line of its own: npm:NAME.',
  ],
  [
    'PyPI:Foo_Bar: { requested: x }',
    '2:3 “PyPI:Foo_Bar” is not a valid package key | Write pypi:foo-bar: { requested: x }',
  ],
  ['pipy:numpy: { approved: x }', '2:3 there is no ecosystem “pipy” | Did you mean “pypi:numpy”?'],
  [
    'maven:guava: { approved: x }',
    '2:3 there is no ecosystem “maven” | Ecosystems are npm, pypi, golang, cargo.',
  ],
  [
    'pkg:npm/%40acme/ui@1: { approved: x }',
    '2:3 “pkg:npm/%40acme/ui@1” is not a valid package key | Write npm:@acme/ui: { approved: x }',
  ],
  [
    'npm:a*: { approved: x }',
    '2:3 “a*” is not a supported pattern | The only patterns are whole scopes: npm:@acme/*, golang:github.com/acme/*.',
  ],
  [
    'pypi:@acme/*: { approved: x }',
    '2:3 “@acme/*” is not a supported pattern | The only patterns are whole scopes: npm:@acme/*, golang:github.com/acme/*.',
  ],
  [
    'npm:a b: { approved: x }',
    '2:3 “a b” can’t be the name of a package on npm | Write the name of the package alone, not of a module or file in it, and without a version.',
  ],
  [
    '<<: { approved: x }',
    '2:3 “<<” has no ecosystem | Write npm:NAME or pypi:NAME or golang:NAME or cargo:NAME.',
  ],
  ['? [npm:a]\n  : {}', '2:5 a key must be a plain name | Write a name, a colon, and the value.'],
];

/** A key that is wrong and something else: the whole line is printed only where nothing else is wrong with it. */
const keysAndMore: readonly Row[] = [
  [
    'npm:a@4: { approved: }',
    '2:3 “npm:a@4” is not only a package name: a key has no version and no extras | Write npm:a as its key.',
    '2:24 “approved” has no reason | Write npm:a: { approved: WHY }',
  ],
  [
    '"npm:a": { denied: x, expires: 2026-11-23 }',
    '2:3 a key must not be in quotation marks | Write npm:a as its key.',
    `2:25 “expires” is not allowed with “denied” | ${beside('denied', 'use, imports, importsOf, by, date')}`,
  ],
  [
    'NPM:a: { approved: x, expires: soon }',
    '2:3 “NPM:a” is not a valid package key | Write npm:a as its key.',
    `2:34 “expires” is a calendar day | ${day}`,
  ],
  ['npm:a@4: {}', undecided],
  ['a: {}', '2:3 “a” has no ecosystem | Write npm:a or pypi:a or cargo:a.'],
];

const decisions: readonly Row[] = [
  ['npm:a:', undecided],
  ['npm:a: {}', undecided],
  ['npm:a: { by: x }', undecided],
  ['npm:a: { reason: x }', undecided],
  ['npm:a: { <<: { approved: x }, by: y }', undecided],
  ['npm:a: { aproved: x }', '2:12 unknown key “aproved” | Did you mean “approved”?'],
  ['npm:a: { by: x, Denied: y }', '2:19 unknown key “Denied” | Did you mean “denied”?'],
  [
    'npm:a: because',
    '2:10 expected a map, found a text | Write what was decided as a map: { approved: WHY }',
  ],
  [
    'npm:a: [approved]',
    '2:10 expected a map, found a list | Write what was decided as a map: { approved: WHY }',
  ],
  [
    'npm:a: { approved: x, denied: y }',
    '2:3 an entry has both “denied” and “approved” | Keep one of them: npm:a: { denied: WHY }',
  ],
  [
    'npm:a: { approved: x, baseline: 2026-11-23, expires: 2027-11-23 }',
    '2:3 an entry has both “approved” and “baseline” | Keep one of them: npm:a: { approved: WHY }',
  ],
  [
    'npm:a: { requested: z, denied: x, baseline: 2026-11-23, expires: 2027-11-23 }',
    '2:3 an entry has both “denied” and “baseline” | Keep one of them: npm:a: { denied: WHY }',
    `2:59 “expires” is not allowed with “denied” | ${beside('denied', 'use, imports, importsOf, by, date')}`,
  ],
  [
    'npm:a: { requested: z, baseline: 2026-11-23 }',
    '2:3 an entry has both “baseline” and “requested” | Keep one of them: npm:a: { baseline: 2026-11-23 }',
  ],
  ['npm:a: { approved: x, approved: y }', '2:25 duplicate key “approved” in this entry | Keep one of them.'],
  ['npm:a: { approved: }', '2:22 “approved” has no reason | Write npm:a: { approved: WHY }'],
  ['npm:a: { approved: ~ }', '2:22 “approved” has no reason | Write npm:a: { approved: WHY }'],
  ['npm:a: { denied: "" }', '2:20 “denied” has no reason | Write npm:a: { denied: WHY }'],
  ['npm:a: { requested: " " }', '2:23 “requested” has no reason | Write npm:a: { requested: WHY }'],
  ['npm:a: { baseline: }', '2:22 “baseline” has no day | Write npm:a: { baseline: 2026-11-23 }'],
  ['npm:a: { baseline: "" }', '2:22 “baseline” has no day | Write npm:a: { baseline: 2026-11-23 }'],
  ['npm:a: { baseline: soon }', `2:22 “baseline” is a calendar day | ${day}`],
  ['npm:a: { baseline: [x] }', `2:22 “baseline” is a calendar day | ${day}`],
  ['npm:a: { approved: [x] }', '2:22 “approved” is a text | Write it on one line.'],
  ['npm:a: { approved: { x: y } }', '2:22 “approved” is a text | Write it on one line.'],
  [
    `npm:a: { approved: ${long} }`,
    '2:22 the reason has more than 120 characters | Shorten it, or say more in a comment above the line.',
  ],
];

const values: readonly Row[] = [
  ['npm:a: { approved: x, expirs: 2026-11-23 }', '2:25 unknown key “expirs” | Did you mean “expires”?'],
  ['npm:a: { denied: x, dates: 2026-11-23 }', '2:23 unknown key “dates” | Did you mean “date”?'],
  ['npm:a: { approved: x, reason: y }', `2:25 unknown key “reason” | ${besideApproved}`],
  ['npm:a: { approved: x, <<: { by: y } }', `2:25 unknown key “<<” | ${besideApproved}`],
  ['npm:a: { approved: x, use: npm:b }', `2:25 “use” is not allowed with “approved” | ${besideApproved}`],
  [
    'npm:a: { denied: x, expires: 2026-11-23 }',
    `2:23 “expires” is not allowed with “denied” | ${beside('denied', 'use, imports, importsOf, by, date')}`,
  ],
  [
    'npm:a: { baseline: 2026-11-23, date: 2026-11-23 }',
    `2:34 “date” is not allowed with “baseline” | ${beside('baseline', 'imports, importsOf, by')}`,
  ],
  [
    'npm:a: { requested: x, source: ./a }',
    `2:26 “source” is not allowed with “requested” | ${beside('requested', 'imports, importsOf, by, date')}`,
  ],
  ['npm:a: { approved: x, by: a, by: b }', '2:32 duplicate key “by” in this entry | Keep one of them.'],
  ['npm:a: { approved: x, by: [a] }', '2:29 “by” is a text | Write it on one line.'],
  ['npm:a: { approved: x, by: "" }', `2:29 “by” is empty | ${author}`],
  ['npm:a: { denied: x, by: " " }', `2:27 “by” is empty | ${author}`],
  ['npm:a: { approved: x, source: { a: b } }', '2:33 “source” is a text | Write it on one line.'],
  ['npm:a: { approved: x, date: yesterday }', `2:31 “date” is a calendar day | ${day}`],
  ['npm:a: { approved: x, expires: 2026-02-29 }', `2:34 “expires” is a calendar day | ${day}`],
  ['npm:a: { approved: x, created: 26-1-1 }', `2:34 “created” is a calendar day | ${day}`],
  [
    'npm:a: { approved: x, unverified: "true" }',
    '2:37 “unverified” is true or false | Write true, or leave it out.',
  ],
  [
    'npm:a: { approved: x, unverified: yes }',
    '2:37 “unverified” is true or false | Write true, or leave it out.',
  ],
  ['npm:a: { approved: x, imports: cv2 }', '2:34 “imports” is a list of modules | Write it as [cv2].'],
  ['npm:a: { approved: x, imports: { a: b } }', '2:34 “imports” is a list of modules | Write it as [cv2].'],
  [
    'pypi:a: { approved: x, imports: [c-v] }',
    '2:36 “c-v” can’t be imported from a package on PyPI | Write a module as the program imports it, such as cv2.',
  ],
  ['npm:a: { approved: x, imports: [a, [b]] }', '2:38 expected a name, found a list | Write a name.'],
  ['npm:a: { approved: x, imports: [~] }', '2:35 expected a name, found nothing | Write a name.'],
  [
    'npm:@acme/*: { approved: x, imports: [a] }',
    '2:40 “imports” is not allowed for a whole scope | Name the package that provides the module.',
  ],
  [
    'npm:@acme/*: { approved: x, source: ./a }',
    '2:39 “source” is not allowed for a whole scope | Name the package that comes from there.',
  ],
  [
    'npm:a: { denied: x, use: undici }',
    '2:28 “use” is not a package: “undici” has no ecosystem | Write npm:undici or pypi:undici or cargo:undici.',
  ],
  [
    'npm:a: { denied: x, use: npm:undici@6 }',
    '2:28 “use” is not a package: “npm:undici@6” is not only a package name: a key has no version and no extras | Write npm:undici.',
  ],
];

describe('what is wrong with an entry is told once, with its place and what to do', () => {
  const rows = [...keys, ...keysAndMore, ...decisions, ...values];
  test.each(rows)('%s', async (line, ...expected) => {
    expect((await faultsIn(packagesText(line))).map(told)).toEqual(expected);
  });

  test.each(rows)('the line that is printed for it is right: %s', async (line) => {
    for (const fault of await faultsIn(packagesText(line))) {
      const corrected = correctedLine(fault);
      if (corrected !== undefined) expect(await faultsIn(packagesText(corrected)), corrected).toEqual([]);
    }
  });

  test('what is corrected in two steps is right in the end', async () => {
    expect(await faultsIn(packagesText('npm:a: { approved: WHY }'))).toEqual([]);
    expect(await faultsIn(packagesText('npm:a: { denied: x }'))).toEqual([]);
  });

  test('a whole line is printed for most keys and decisions', async () => {
    const printed = await Promise.all(
      [...keys, ...decisions].map(async ([line]) => (await faultsIn(packagesText(line))).map(correctedLine)),
    );
    expect(printed.flat().filter((line) => line !== undefined)).toHaveLength(23);
  });
});

/** Each reads as one thing only, and looks as if it could be something else. */
test.each([
  `npm:a: { approved: ${'x'.repeat(120)} }`,
  `npm:a: { approved: ${'🐍'.repeat(120)} }`,
  'npm:null: { approved: "null" }',
  'npm:~x~y: { approved: no }',
  'pypi:1.0: { denied: 2020 }',
  'npm:a: { approved: x, unverified: false, expires: , by: , imports: [] }',
  'npm:a: { approved: it’s “fine” }',
  'npm:a: { approved: "\\u202e" }',
  'npm:a: { approved: "[draft]" } # & *alias !tag',
  'npm:a: { denied: x, use: pypi:Foo_Bar }',
  'npm:@acme/*: { denied: x }',
])('nothing is wrong with %s', async (line) => {
  expect(await faultsIn(packagesText(line))).toEqual([]);
});

describe('what is wrong with the file', () => {
  const decide = 'Write packages: and below it a line for each package.';
  const grammar = 'Correct the line; most YAML mistakes are indentation or a missing quote.';
  const notYaml = (what: string) => `not valid YAML: ${what} | ${grammar}`;
  const path = 'Name a file of this repository.';
  const deep = 'the file is nested more than 100 levels deep | Nest less deeply.';
  const topKeys = 'Keys here are covers, extends, packages.';
  const rows: readonly Row[] = [
    ['pakages: {}', '1:1 unknown key “pakages” | Did you mean “packages”?'],
    ['cover: [npm]', '1:1 unknown key “cover” | Did you mean “covers”?'],
    ['Extends: a.yaml', '1:1 unknown key “Extends” | Did you mean “extends”?'],
    ['npm:a: { approved: x }', `1:1 unknown key “npm:a” | ${topKeys}`],
    ['<<: {}', `1:1 unknown key “<<” | ${topKeys}`],
    ['- packages', `1:1 expected a map, found a list | ${decide}`],
    ['packages', `1:1 expected a map, found a text | ${decide}`],
    [
      'packages: [a]',
      '1:11 expected a map, found a list | Write each decision as npm:NAME: { approved: WHY }',
    ],
    ['packages: x', '1:11 expected a map, found a text | Write each decision as npm:NAME: { approved: WHY }'],
    ['covers:', '1:8 expected a name, found nothing | Write a name.'],
    ['covers: { npm: pypi }', '1:9 expected a name, found a map | Write a name.'],
    ['covers: [[npm]]', '1:10 expected a name, found a list | Write a name.'],
    ['extends: [../o.yaml]', `1:11 the path “../o.yaml” leaves the repository with .. | ${path}`],
    [
      'extends: /etc/passwd',
      `1:10 the path “/etc/passwd” is absolute; paths start at the repository’s root | ${path}`,
    ],
    ['extends:\n- team.txt', `2:3 the path “team.txt” does not end in .yaml or .yml | ${path}`],
    ['extends: [""]', `1:11 the path “” is empty | ${path}`],
    ['packages: &x {}', '1:14 the anchor &x is not allowed here | Delete it.'],
    [
      packagesText('npm:a: { approved: &x y }', 'npm:b: *x'),
      '2:25 the anchor &x is not allowed here | Delete it.',
      '3:3 the entry holds no decision | Write npm:b: { approved: WHY }, or with denied, requested or baseline.',
      '3:10 the alias *x is not allowed here | Write the value out.',
    ],
    [
      packagesText('npm:a: { approved: !!str x }'),
      '2:28 the tag tag:yaml.org,2002:str is not allowed here | Delete it, and write text between quotation marks.',
    ],
    ['packages:\n---\ncovers: [npm]', `2:1 ${notYaml('the file holds several documents')}`],
    ['covers: [npm]\n...\npackages:', `3:1 ${notYaml('the file holds several documents')}`],
    [
      'packages:\n<<<<<<< HEAD\n  npm:a: {}\n=======\n>>>>>>> topic\n',
      '2:1 the file holds git’s conflict markers | Resolve the conflict: keep the lines of both sides that count.',
    ],
    ['['.repeat(100_000), `1:101 ${deep}`],
    ['- '.repeat(20_000), `1:1 ${deep}`],
    [`packages: ${'{'.repeat(101)}`, `1:111 ${deep}`],
    ['packages: {} # \0', '1:16 the control character U+0000 is not allowed | Delete it.'],
    ['packages: {}\r# hidden\rcovers: []', '1:13 the control character U+000D is not allowed | Delete it.'],
    [
      packagesText('npm:a: { approved: x } # \x7f'),
      '2:28 the control character U+007F is not allowed | Delete it.',
    ],
    [
      packagesText('npm:a: { approved: x } # \u202e'),
      '2:28 the invisible character U+202E is not allowed | Delete it, or write "\\u202e" between quotation marks.',
    ],
    [
      packagesText('npm:a: { approved: "\u2066x" }'),
      '2:23 the invisible character U+2066 is not allowed | Delete it, or write "\\u2066" between quotation marks.',
    ],
    [
      packagesText('npm:a: { approved: a\u0085b }'),
      '2:23 the invisible character U+0085 is not allowed | Delete it, or write "\\u0085" between quotation marks.',
    ],
    [
      '\ufeff\ufeffpackages:',
      '1:1 the invisible character U+FEFF is not allowed | Delete it, or write "\\ufeff" between quotation marks.',
    ],
  ];
  test.each(rows)('%j', async (text, ...expected) => {
    expect((await faultsIn(text)).map(told)).toEqual(expected);
  });

  test('all of it at once, in the order of the text, beside what could be read', async () => {
    const text = `x: {}\n${packagesText('npm:a@1: { approved: x }', 'npm:b: { approved: x, by: [] }')}`;
    const { faults, entries } = await readWhitelist('a.yaml', text);
    expect(faults.map(({ line, column }) => [line, column])).toEqual([
      [1, 1],
      [3, 3],
      [4, 29],
    ]);
    expect(entries.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  test('an alias bomb is not expanded', async () => {
    const bomb = Array.from(
      { length: 30 },
      (_, index) => `a${index}: &a${index} [${`*a${index - 1},`.repeat(9)}]`,
    );
    expect((await faultsIn(['a-1: &a-1 []', ...bomb].join('\n'))).length).toBeGreaterThan(30);
  });
});

describe('a mistake of YAML is told alone where what stands behind it, or around it, seems wrong because of it', () => {
  test.each<Row>([
    [packagesText('\tnpm:a: { approved: x }'), '2:3 Tabs'],
    ['packages:\n\tnpm:a: { approved: x }\n', '2:1 Tabs'],
    ['pakages: {}\npackages:\n\tnpm:a: {}\n', '1:1 unknown key', '3:1 Tabs'],
    [packagesText('npm:a: {'), '3:1 Flow map'],
    [packagesText('npm:a: { approved: x: y }'), '2:22 Block collections'],
    [packagesText('npm:a: { approved: x } y'), '2:26 Unexpected scalar'],
    [
      packagesText('npm:a: {}', 'npm:b: { approved: @x }'),
      '2:3 entry holds no decision',
      '3:22 reserved character',
    ],
  ])('%j', async (text, ...expected) => {
    const words =
      /Tabs|unknown key|Flow map|Block collections|Unexpected scalar|entry holds no decision|reserved character/;
    const faults = await faultsIn(text);
    expect(
      faults.map(
        ({ line, column, message }) => `${line ?? 0}:${column ?? 0} ${words.exec(message)?.[0] ?? message}`,
      ),
    ).toEqual(expected);
  });
});
