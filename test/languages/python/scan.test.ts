import { describe, expect, test } from 'vitest';
import { scan } from '../../../src/languages/python/scan.ts';

describe('supersets', () => {
  test.each([
    ['', []],
    ['import a.b as c, d  # e', ['a.b', 'd']],
    ['from a.b import c; import d', ['a.b', 'd']],
    ['from . import a\nfrom ..b import c\nfrom.d import*', ['.', '..b', '.d']],
    ['from a import (b,\n  c)\nimport d', ['a', 'd']],
    ['from a import \\\n  b', ['a']],
    ['# x\rimport a\rimport b', ['a', 'b']],
    ['\ufeffimport a', ['a']],
    ['if x: import a', ['a']],
    ['lazy import a', ['a']],
    ['{% if x %}import a{% endif %}', ['a']],
    ['"""\nimport a\n"""', ['a']],
    ['import the best of them', []],
    ['# import a\nx = "import b"', []],
    ['from importlib import (reload,\n import_module)\nimport_module("a.b")', ['importlib', 'a.b']],
    ['def import_module(x): pass', []],
    ["importorskip('a', reason=x)\n__import__( 'b' )", ['a', 'b']],
    ['# Grüße 😀\nimport a', ['a']],
    ['# -*- coding: latin-1 -*-\nimport a', ['a']],
  ])('%j', (text, specifiers) => {
    const result = scan({ text, dialect: 'py' });
    expect(result.kind === 'superset' ? [...result.specifiers] : result).toEqual(specifiers);
  });
});

describe('unsure', () => {
  test.each([
    'import \\\n a',
    'import a, \\\n b',
    'import a, b as \\\n c',
    'from a \\\n import b',
    'import ｎumpy',
    'from é import b',
    'ｉmport_module("a")',
    'from importlib import import_module as im',
    'from importlib import (import_module\n as im)',
    'from importlib import import_module \\\n as im',
    'load = importlib.import_module',
    'import_module(name)',
    'import_module("a" "b")',
    'import_module("a\\x62")',
    'import_module(f"a")',
    'import_module("""a""")',
    'import_module(name="a")',
    '__import__("a", level=1)',
    'pytest.importorskip(*x)',
    '# /// script\n# ///',
    'x = 1\0',
    'import\u200b a',
    'import\u2060 a',
    'import\ufeff a',
    'x = 1\n\ufeffimport a',
    '# coding: utf-7',
    '#!/bin/sh\n# vim: fileencoding=unicode_escape',
  ])('%j', (text) => {
    expect(scan({ text, dialect: 'py' })).toMatchObject({ kind: 'unsure' });
  });

  test('of cells that install packages', () => {
    const text = '%pip install a';
    expect(scan({ text, dialect: 'ipynb' })).toMatchObject({ kind: 'unsure' });
    expect(scan({ text, dialect: 'py' })).toMatchObject({ kind: 'superset' });
  });
});

test('every character that NFKC turns into a letter of a loader is seen', () => {
  const missed: string[] = [];
  for (let code = 0x80; code <= 0x10ffff; code += 1) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const character = String.fromCodePoint(code);
    const plain = character.normalize('NFKC');
    if (!/^[a-z_]$/.test(plain) || !'import_module__import__importorskip'.includes(plain)) continue;
    const loader = ['import_module', '__import__', 'importorskip'].find((each) => each.includes(plain)) ?? '';
    const text = `${loader.replace(plain, character)}("a")`;
    if (scan({ text, dialect: 'py' }).kind !== 'unsure') missed.push(character);
  }
  expect(missed).toEqual([]);
});

describe('names that are taken out of modules', () => {
  test.each([
    ['from . import a, b as c', { '.': ['a', 'b'] }],
    ['from .a import (  # why\n  b,  # as c\n  d as e,\n)\nfrom .a import f', { '.a': ['b', 'd', 'f'] }],
    ['from a import b, \\\n  c', { a: ['b', 'c'] }],
    ['from a import *\nfrom b import c;', { a: [], b: ['c'] }],
    ['import a', {}],
  ])('%j', (text, expected) => {
    const result = scan({ text, dialect: 'py' });
    const names = result.kind === 'superset' ? [...(result.names ?? [])] : [];
    expect(Object.fromEntries(names.map(([module, taken]) => [module, [...taken]]))).toEqual(expected);
  });

  test('are read once where brackets hold what looks like more of them', () => {
    const text = `from a import (\n${'#;from a import (\n'.repeat(50_000)}`;
    const start = performance.now();
    scan({ text, dialect: 'py' });
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
