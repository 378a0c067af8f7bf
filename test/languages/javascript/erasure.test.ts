import { expect, test } from 'vitest';
import { javascript } from '../../../src/languages/javascript/index.ts';

const parser = await javascript.parser();

/** The specifiers of all imports, those in brackets of which nothing but types is used. */
async function read(text: string, dialect: string): Promise<string> {
  const { imports } = await parser.parse({ text, dialect });
  const words = imports.flatMap(({ target, omission }) => {
    if (target.kind !== 'literal') return [];
    return omission === undefined ? target.specifier : `(${target.specifier} ${omission})`;
  });
  return words.join(' ');
}

test.each([
  ['a name that is not used', "import { A } from 'x';"],
  [
    'types of parameters, results and variables',
    "import { A, B } from 'x';\nlet a: A; function f(p: A): B[] { return []; }",
  ],
  [
    'a namespace, in what a class implements',
    "import A from 'x';\nclass C<T extends A.B> implements Iterable<A.B> { d!: A.D }",
  ],
  ['casts', "import * as A from 'x';\nconst a = <A.B>b; c as A.B satisfies A.B;"],
  [
    'arguments of calls, elements and classes',
    "import { A } from 'x';\nf<A>(); class C extends D<A> {} new E<A>();",
  ],
  [
    'interfaces, aliases and what is declared',
    "import { A } from 'x';\ninterface I extends A {} type T = A; declare const v: A; declare class C extends A {}",
  ],
  ['the type of a value', "import a from 'x';\nlet b: typeof a;"],
  ['a type that is handed on', "import { A } from 'x';\nexport type { A };\nexport { type A as B };"],
  ['members and keys of the same name', "import { A } from 'x';\na.A; ({ A: 1 }); class C { A = 1 }"],
  ['names with the word type', "import { type A, type B } from 'x';"],
  ['types that are exported from it', "export { type A } from 'x';"],
  ['a required module', "import A = require('x');\nlet a: A.B;"],
  ['a class with decorators beside it', "import { A } from 'x';\n@d class C {} let a: A;"],
])('only types are used: %s', async (_, program) => {
  expect(await read(program, 'ts')).toBe('(x types)');
});

test.each([
  ['no name', "import 'x';"],
  ['an empty list of names', "import {} from 'x';"],
  ['a call', "import { a, B } from 'x';\nlet b: B = a();"],
  ['a base class', "import { A } from 'x';\nclass C extends A {}"],
  ['an export', "import { A } from 'x';\nexport { A };"],
  ['a default export', "import A from 'x';\nexport default A;"],
  ['an export with equals', "import A from 'x';\nexport = A;"],
  ['an export from it', "export { A } from 'x';"],
  ['all exports', "export * from 'x';"],
  ['a short property', "import { a } from 'x';\nf({ a });"],
  ['a computed key', "import { a } from 'x';\n({ [a]: 1 });"],
  ['a computed member', "import { a } from 'x';\nb[a];"],
  ['a decorator', "import { A } from 'x';\n@A class C {}"],
  ['a type in a class with decorators', "import { A } from 'x';\n@d class C { constructor(a: A) {} }"],
  ['a type of a member with a decorator', "import { A } from 'x';\nclass C { @d a: A; }"],
  [
    'a type beside a parameter with a decorator',
    "import { A } from 'x';\nclass C { constructor(@d b: B, a: A) {} }",
  ],
  ['another name for it', "import A from 'x';\nimport B = A.B;"],
  ['a required module that is exported', "export import A = require('x');"],
  ['a value of an enum', "import { A } from 'x';\nenum E { a = A.b }"],
  ['a default value', "import { A } from 'x';\nfunction f(a: B = A.b) {}"],
  ['a tag', "import { a } from 'x';\na`text`;"],
  ['a value that is cast', "import { a } from 'x';\n(a as B)();"],
  ['eval, which may use any name', "import { A } from 'x';\neval('A');"],
  ['with, in which any name may be a member', "import A = require('x');\nwith (b) { c; }"],
])('a value may be used: %s', async (_, program) => {
  expect(await read(program, 'ts')).toBe('x');
});

test.each([
  ['an element', 'tsx', "import { A } from 'x';\n<A />;", 'x'],
  ['a part of an element', 'tsx', "import * as A from 'x';\n<A.B />;", 'x'],
  ['the factory of elements', 'tsx', "import React from 'x';\n<p />;", 'x'],
  ['a factory that a comment names', 'tsx', "/** @jsx make */\nimport make from 'x';\n<p />;", 'x'],
  ['a type beside elements', 'tsx', "import { A } from 'x';\nconst a: A = <p A='1' />;", '(x types)'],
  ['JavaScript, which drops nothing', 'js', "import { A } from 'x';", 'x'],
  ['modules of either kind', 'mts', "import { A } from 'x';", '(x types)'],
])('%s (%s)', async (_, dialect, program, expected) => {
  expect(await read(program, dialect)).toBe(expected);
});

test.each([
  ["jest.mock('x', () => ({}), { virtual: true });", ''],
  [
    "jest.mock('x', () => ({}), { virtual: true });\nconst a = require('x');\nimport b from 'x';",
    '(x mock) (x mock)',
  ],
  ["f(() => { jest.mock('x', g, { virtual: true }); require('x'); });", 'x'],
  ["import { jest } from '@jest/globals';\njest.doMock('x', f, { 'virtual': true });", '@jest/globals'],
  ["jest.mock('x', () => ({}), { virtual: true });\njest.requireActual('x');", 'x'],
  ["jest.mock('x', () => ({}), { virtual: false });", 'x'],
  ["jest.mock('x', () => ({}));", 'x'],
  ["jest.mock('x', { virtual: true });", 'x'],
  ["const jest = { mock: require };\njest.mock('x', f, { virtual: true });", 'x'],
  ["vi.mock('x', f, { virtual: true });", 'x'],
])('mocks of modules that do not exist: %s', async (program, expected) => {
  expect(await read(program, 'js')).toBe(expected);
});
