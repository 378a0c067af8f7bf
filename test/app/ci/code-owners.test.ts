import { describe, expect, test } from 'vitest';
import { unowned } from '../../../src/app/ci/code-owners.ts';

const decides = ['approved-packages.yaml', 'package.json', '.github/workflows/ci.yml'];

describe('paths that nobody owns', () => {
  test.each([
    ['no lines', '', decides],
    ['everything', '* @acme/security', []],
    ['a comment', '# * @acme/security', decides],
    ['one file', '/approved-packages.yaml @ada', ['package.json', '.github/workflows/ci.yml']],
    ['a file at any depth', 'approved-packages.yaml @ada', ['package.json', '.github/workflows/ci.yml']],
    ['a folder', '/.github/ @ada', ['approved-packages.yaml', 'package.json']],
    ['a folder without its slash', '.github @ada', ['approved-packages.yaml', 'package.json']],
    ['a folder at any depth', 'workflows/ @ada', ['approved-packages.yaml', 'package.json']],
    ['only direct children', '.github/* @ada', decides],
    ['direct children', '.github/workflows/* @ada', ['approved-packages.yaml', 'package.json']],
    ['all below', '.github/** @ada', ['approved-packages.yaml', 'package.json']],
    ['by ending', '*.yaml @ada', ['package.json', '.github/workflows/ci.yml']],
    ['the last line decides', '* @ada\npackage.json', ['package.json']],
    ['and may give them back', 'package.json\n* ada@example.org', []],
    ['a name that only begins alike', '/approved-packages @ada', decides],
    ['a dot is a dot', '/approved-packagesXyaml @ada', decides],
    ['both wild cards', '**/ci.y?l @ada', ['approved-packages.yaml', 'package.json']],
    ['with Windows line ends', '* @ada\r\npackage.json\r\n', ['package.json']],
  ])('%s', (_, text, expected) => {
    expect(unowned(text, decides)).toEqual(expected);
  });
});
