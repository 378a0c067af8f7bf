import { afterEach, describe, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import { Scratch } from '../kit/scratch.ts';
import { whitelistLine, whitelistText, type WhitelistFields } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* Which package an entry is about, and until when: end to end through `check`. */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

/** What `check` finds in a work tree that newly has one file, over a base with these files. */
async function found(
  base: Readonly<Record<string, string>>,
  [name, text]: readonly [string, string],
  now = '2026-11-23T12:00:00Z',
): Promise<string[]> {
  const scratch = await Scratch.with({ 'README.md': '', ...base });
  open.push(scratch);
  scratch.write({ [name]: text });
  const { stdout } = await runIn(scratch, ['check', '--offline', '--format', 'concise'], { now });
  return findingsIn(stdout).map((line) => line.replace(/^\S+ /, ''));
}

const whitelist = (text: string) => ({ 'approved-packages.yaml': text });
const approved = (ecosystem: string, name: string, fields: WhitelistFields = {}) =>
  whitelist(whitelistText({ [`${ecosystem}:${name}`]: { approved: 'used here', ...fields } }));
const js = (specifier: string) => ['new.js', `import ${JSON.stringify(specifier)};\n`] as const;
const py = (module: string) => ['new.py', `import ${module}\n`] as const;
const requirement = (line: string) => ['requirements.txt', `${line}\n`] as const;

describe('an approval is about exactly its package', () => {
  const cases: [approved: [string, string], file: readonly [string, string], found: string[]][] = [
    [['npm', 'foo'], js('foo'), []],
    [['npm', 'foo'], js('foo/bar'), []],
    [['npm', 'foo'], js('foobar'), ['unapproved-package npm:foobar']],
    [['npm', 'foo'], js('foo-bar'), ['unapproved-package npm:foo-bar']],
    [['npm', 'foo'], js('@foo/foo'), ['unapproved-package npm:@foo/foo']],
    [['npm', 'foo'], js('Foo'), ['unapproved-package npm:Foo']],
    [['npm', 'foo_bar'], js('foo-bar'), ['unapproved-package npm:foo-bar']],
    [['npm', '@acme/*'], js('@acme/x'), []],
    [['npm', '@acme/*'], js('@acme/x/deep'), []],
    [['npm', '@acme/*'], js('@acme-evil/x'), ['unapproved-package npm:@acme-evil/x']],
    [['npm', '@acme/*'], js('acme'), ['unapproved-package npm:acme']],
    [['npm', '@acme/x'], js('@acme/xy'), ['unapproved-package npm:@acme/xy']],
    [['npm', 'numpy'], py('numpy'), ['unapproved-package pypi:numpy']],
    [['pypi', 'foo'], py('foo.bar'), []],
    [['pypi', 'foo'], py('foobar'), ['unapproved-package pypi:foobar']],
    [['pypi', 'foo'], py('foo_bar'), ['unapproved-package pypi:foo-bar']],
    [['pypi', 'Foo.Bar_baz'], py('foo_bar_baz'), []],
    [['pypi', 'foo-bar'], requirement('FOO__bar>=1'), []],
    [['pypi', 'foo-bar'], requirement('foo.bar'), []],
    [['pypi', 'foo-bar'], requirement('foobar'), ['unapproved-package pypi:foobar']],
  ];
  test.each(cases)('%j and %j: %j', async ([ecosystem, name], file, expected) => {
    expect(await found(approved(ecosystem, name), file)).toEqual(expected);
  });
});

describe('a denial beats', () => {
  const denied = whitelistText({ 'npm:request': { denied: 'unmaintained' } });
  const twin = (fields: WhitelistFields) => whitelist(`${denied}${whitelistLine('npm:request', fields)}\n`);
  const cases: [title: string, base: Record<string, string>][] = [
    ['an approval', twin({ approved: 'used here' })],
    ['the baseline', twin({ baseline: '2026-01-02' })],
    [
      'what a manifest declares',
      { ...whitelist(denied), 'package.json': '{ "dependencies": { "request": "2" } }\n' },
    ],
    [
      'what a manifest declares where manifests approve',
      {
        ...whitelist(denied),
        '.check-importsrc': 'trust: manifests\n',
        'package.json': '{ "dependencies": { "request": "2" } }\n',
      },
    ],
    [
      'an approval in a file that extends the whitelist',
      {
        ...whitelist(`extends: [more.yaml]\n${denied}`),
        'more.yaml': whitelistText({ 'npm:request': { approved: 'used here' } }),
      },
    ],
  ];
  test.each(cases)('%s', async (_, base) => {
    expect(await found(base, js('request'))).toEqual(['denied-package npm:request']);
  });

  test('of a scope also an approval of one of its packages', async () => {
    const base = whitelist(
      whitelistText({ 'npm:@acme/*': { denied: 'not theirs' }, 'npm:@acme/x': { approved: 'used here' } }),
    );
    expect(await found(base, js('@acme/x'))).toEqual(['denied-package npm:@acme/x']);
  });

  test('under another spelling of a name on PyPI', async () => {
    const base = whitelist(
      whitelistText({ 'pypi:Foo.Bar': { denied: 'no need' }, 'pypi:foo-bar': { approved: 'used here' } }),
    );
    expect(await found(base, py('foo_bar'))).toEqual(['denied-package pypi:foo-bar']);
  });
});

describe('an approval holds up to and including its last day, in UTC', () => {
  test.each([
    ['2026-11-22T00:00:00Z', []],
    ['2026-11-23T23:59:59Z', []],
    ['2026-11-23T23:59:59-01:00', ['expired-approval npm:foo']],
    ['2026-11-24T00:00:00Z', ['expired-approval npm:foo']],
    ['2026-11-24T01:00:00+02:00', []],
  ])('%s: %j', async (now, expected) => {
    expect(await found(approved('npm', 'foo', { expires: '2026-11-23' }), js('foo'), now)).toEqual(expected);
  });
});
