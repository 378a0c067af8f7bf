import { describe, expect, test } from 'vitest';
import { packageLabel } from '../../src/model/package.ts';
import { isScopePattern, readKey } from '../../src/whitelist/key.ts';

describe('keys that are right', () => {
  test.each([
    ['npm:lodash', 'npm:lodash'],
    ['npm:lodash.get', 'npm:lodash.get'],
    ['npm:JSONStream', 'npm:JSONStream'],
    ['npm:@acme/ui', 'npm:@acme/ui'],
    ['npm:@acme/*', 'npm:@acme/*'],
    ['npm:~x~y', 'npm:~x~y'],
    ['npm:constructor', 'npm:constructor'],
    ['npm:null', 'npm:null'],
    ['npm:npm', 'npm:npm'],
    ['npm:pypi', 'npm:pypi'],
    ['pypi:A.b_C', 'pypi:a-b-c'],
    ['pypi:1.0', 'pypi:1-0'],
  ])('%s is %s', (key, label) => {
    const read = readKey(key);
    expect(read.kind === 'package' ? packageLabel(read.package) : read.message).toBe(label);
  });

  test.each([
    ['@acme/*', true],
    ['@acme/ui', false],
    ['lodash*', false],
    ['*', false],
  ])('%s stands for a scope: %s', (name, isPattern) => {
    expect(isScopePattern(name)).toBe(isPattern);
  });
});

const more = 'is not only a package name: a key has no version and no extras';
const otherwise = 'is not a valid package key';

describe('keys of which certainly one package is meant', () => {
  test.each([
    ['npm:lodash@4.17.21', more, 'npm:lodash'],
    ['npm:@acme/ui@^1.2', more, 'npm:@acme/ui'],
    ['npm:@acme/*@1', more, 'npm:@acme/*'],
    ['npm:~x~y@1', more, 'npm:~x~y'],
    ['pypi:requests[socks]', more, 'pypi:requests'],
    ['pypi:requests [socks, http2] >= 2', more, 'pypi:requests'],
    ['pypi:flask==3.0', more, 'pypi:flask'],
    ['pypi:Flask_Login>=2,<3', more, 'pypi:flask-login'],
    ['pypi:flask~=2.0', more, 'pypi:flask'],
    ['pypi:flask!=2.0', more, 'pypi:flask'],
    ['pypi:flask (>=2)', more, 'pypi:flask'],
    ['pypi:flask; python_version<"3"', more, 'pypi:flask'],
    ['pypi:flask @ git+https://example.org/flask', more, 'pypi:flask'],
    ['NPM:lodash', otherwise, 'npm:lodash'],
    ['PyPI:Foo_Bar', otherwise, 'pypi:foo-bar'],
    ['NPM:lodash@4', otherwise, 'npm:lodash'],
    ['Npm:@acme/*', otherwise, 'npm:@acme/*'],
    ['pkg:npm/lodash', otherwise, 'npm:lodash'],
    ['pkg:npm/%40acme/ui@1.0?a=b#c', otherwise, 'npm:@acme/ui'],
    ['pkg:PyPI/Foo_Bar', otherwise, 'pypi:foo-bar'],
    ['@acme/ui', 'has no ecosystem', 'npm:@acme/ui'],
    ['@acme/ui@2', 'has no ecosystem', 'npm:@acme/ui'],
    ['@acme/*', 'has no ecosystem', 'npm:@acme/*'],
  ])('%s', (key, message, label) => {
    const read = readKey(key);
    if (read.kind === 'package' || read.meant === null) throw new Error('nothing certain is wrong with it');
    expect(read.message).toBe(`“${key}” ${message}`);
    expect(packageLabel(read.meant)).toBe(label);
    expect(readKey(label).kind).toBe('package');
  });
});

describe('keys of which nobody can tell what they mean', () => {
  const pattern = 'The only patterns are whole scopes: npm:@acme/*, golang:github.com/acme/*.';
  const alone = 'Write the name of the package alone, not of a module or file in it, and without a version';
  test.each([
    ['lodash', '“lodash” has no ecosystem', 'Write npm:lodash or pypi:lodash or cargo:lodash.'],
    ['Foo_Bar@2', '“Foo_Bar@2” has no ecosystem', 'Write npm:Foo_Bar or pypi:foo-bar or cargo:Foo_Bar.'],
    ['acme/ui', '“acme/ui” has no ecosystem', 'Write npm:NAME or pypi:NAME or golang:NAME or cargo:NAME.'],
    [':lodash', '“:lodash” has no ecosystem', 'Write npm:NAME or pypi:NAME or golang:NAME or cargo:NAME.'],
    ['', '“” has no ecosystem', 'Write npm:NAME or pypi:NAME or golang:NAME or cargo:NAME.'],
    ['npm', '“npm” is an ecosystem, not a package', 'Write each package on a line of its own: npm:NAME.'],
    ['PyPI:', '“pypi” is an ecosystem, not a package', 'Write each package on a line of its own: pypi:NAME.'],
    ['pipy:numpy', 'there is no ecosystem “pipy”', 'Did you mean “pypi:numpy”?'],
    ['npmm:lodash@4', 'there is no ecosystem “npmm”', 'Did you mean “npm:lodash”?'],
    ['npmm:a b', 'there is no ecosystem “npmm”', 'Ecosystems are npm, pypi, golang, cargo.'],
    ['maven:guava', 'there is no ecosystem “maven”', 'Ecosystems are npm, pypi, golang, cargo.'],
    ['pkg:maven/guava@1', 'there is no ecosystem “maven”', 'Ecosystems are npm, pypi, golang, cargo.'],
    ['npm:lodash*', '“lodash*” is not a supported pattern', pattern],
    ['npm:*', '“*” is not a supported pattern', pattern],
    ['npm:@acme/ui*', '“@acme/ui*” is not a supported pattern', pattern],
    ['pypi:@acme/*', '“@acme/*” is not a supported pattern', pattern],
    ['lodash*', '“lodash*” is not a supported pattern', pattern],
    ['npm:a b', '“a b” can’t be the name of a package on npm', `${alone}.`],
    ['npm:lodash/fp', '“lodash/fp” can’t be the name of a package on npm', `${alone}.`],
    ['pypi:größe', '“größe” can’t be the name of a package on PyPI', `${alone} or extras.`],
    ['pkg:npm/a%25b', '“a%b” can’t be the name of a package on npm', `${alone}.`],
    [
      'golang:acme/ui',
      '“acme/ui” can’t be the name of a package on pkg.go.dev',
      'Write the whole path as go.mod has it, with its host, and without “https://” or a version: github.com/acme/tool.',
    ],
    [
      'cargo:serde::de',
      '“serde::de” can’t be the name of a package on crates.io',
      'Write the name of the crate as Cargo.toml has it, not a path in it, and without a version or features: serde_json.',
    ],
    ['npm:@', '“@” can’t be the name of a package on npm', `${alone}.`],
  ])('%s', (key, message, next) => {
    expect(readKey(key)).toEqual({ kind: 'problem', message, next, meant: null });
  });
});
