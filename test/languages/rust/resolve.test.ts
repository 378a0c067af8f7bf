import { describe, expect, test } from 'vitest';
import { rust } from '../../../src/languages/rust/index.ts';
import { cratesIn, projectFiles } from './crates-in.ts';

/** @returns The crates that a program names, each with the package that it leads to, or why there is none. */
async function origins(
  text: string,
  files: Readonly<Record<string, string>>,
  file = 'src/lib.rs',
): Promise<readonly string[]> {
  const crates = await cratesIn(text, files, { file, all: true });
  return crates.map(({ name, origin }) => `${name} ${origin}`);
}

const shop = (lines: string, edition = '2021') =>
  `[package]\nname = "shop-front"\n${edition === '' ? '' : `edition = "${edition}"\n`}${lines}`;

describe('a name in a program leads to', () => {
  test.each([
    ['the package of a line', '[dependencies]\nledger = "1"', 'use ledger::a;', ['ledger ledger']],
    [
      'one that has - for _',
      '[dependencies]\nproc-macro2 = "1"',
      'use proc_macro2::a;',
      ['proc_macro2 proc-macro2'],
    ],
    [
      'one under another name',
      '[dependencies]\nbook = { package = "ledger", version = "1" }',
      'use book::a;',
      ['book ledger'],
    ],
    [
      'the name that the line has, and no longer the package’s own',
      '[dependencies]\nbook = { package = "ledger", version = "1" }',
      'use ledger::a;',
      ['ledger ledger'],
    ],
    [
      'one of a target alone',
      '[target."cfg(windows)".dependencies]\nledger = "1"',
      'use ledger::a;',
      ['ledger ledger'],
    ],
    [
      'one that is optional',
      '[dependencies]\nledger = { version = "1", optional = true }\n[features]\nbook = ["dep:ledger"]',
      'use ledger::a;',
      ['ledger ledger'],
    ],
    [
      'one of tests',
      '[dev-dependencies]\nledger = "1"',
      '#[cfg(test)] mod t { use ledger::a; }',
      ['ledger ledger'],
    ],
    [
      'one from a repository',
      '[dependencies]\nledger = { git = "https://git.example/l" }',
      'use ledger::a;',
      ['ledger ledger'],
    ],
    ['the library of the package itself', '', 'use shop_front::a;', ['shop_front local']],
    ['the library under its own name', '[lib]\nname = "shopping"', 'use shopping::a;', ['shopping local']],
    [
      'a crate of the compiler',
      '',
      'use std::fs; extern crate alloc; use rustc_ast::a;',
      ['std builtin', 'alloc builtin', 'rustc_ast builtin'],
    ],
    [
      'a package that is named as those of the compiler',
      '[dependencies]\nrustc_version = "1"',
      'use rustc_version::a;',
      ['rustc_version rustc_version'],
    ],
    [
      'a library that bears another name than its package',
      '[dependencies]\nrust-ini = "1"',
      'use ini::Ini;',
      ['ini rust-ini'],
    ],
    ['a package that nobody declares', '', 'use ledger::a;', ['ledger ledger']],
  ] as const)('%s', async (_, lines, text, expected) => {
    expect(await origins(text, { 'Cargo.toml': shop(lines) })).toEqual(expected);
  });

  test('either package of one name that targets share', async () => {
    const manifest = shop(
      '[target."cfg(unix)".dependencies]\nmail = { package = "post", version = "1" }\n' +
        '[target."cfg(windows)".dependencies]\nmail = { package = "letters", version = "1" }',
    );
    const files = projectFiles({ 'Cargo.toml': manifest });
    const resolver = rust.resolver({ ...project, files, trusted: [files] });
    const [resolved] = await resolver.resolve({ ...request, specifier: 'mail' });
    expect(resolved?.origin).toEqual({
      kind: 'package',
      package: { ecosystem: 'cargo', name: 'post' },
      alternatives: [{ ecosystem: 'cargo', name: 'letters' }],
    });
  });

  test('every spelling of a package that nobody declares', async () => {
    const files = projectFiles({});
    const resolver = rust.resolver({ ...project, files, trusted: [files] });
    const names = (await resolver.providers('tree_sitter_rust')).map(({ name }) => name);
    expect(names).toEqual(['tree_sitter_rust', 'tree-sitter_rust', 'tree_sitter-rust', 'tree-sitter-rust']);
  });
});

const project = { localModules: [], ambient: [], imports: new Map<string, string[]>(), recorded: new Map() };
const request = { file: 'src/lib.rs', names: ['a'], kind: 'static' } as const;

describe('a workspace', () => {
  const workspace =
    '[workspace]\nmembers = ["crates/*"]\n[workspace.package]\nedition = "2021"\n[workspace.dependencies]\n' +
    'book = { package = "ledger", version = "1" }\nmail = { path = "crates/mail" }\n';
  const member = '[package]\nname = "front"\nedition.workspace = true\n[dependencies]\n';
  const file = 'crates/front/src/lib.rs';

  test('gives its members what they take over', async () => {
    const files = {
      'Cargo.toml': workspace,
      'crates/front/Cargo.toml': `${member}book.workspace = true\nmail = { workspace = true }`,
      'crates/mail/Cargo.toml': '[package]\nname = "mail"',
    };
    expect(await origins('use book::a; use mail::b;', files, file)).toEqual(['book ledger', 'mail local']);
  });

  test('declares nothing for members that do not', async () => {
    const files = { 'Cargo.toml': workspace, 'crates/front/Cargo.toml': member };
    expect(await origins('use stamps::a; use book::a;', files, file)).toEqual(['stamps stamps', 'book book']);
  });

  test('has libraries of its own, which are no packages of others', async () => {
    const files = {
      'Cargo.toml': workspace,
      'crates/front/Cargo.toml': member,
      'crates/post/Cargo.toml': '[package]\nname = "post-office"',
    };
    expect(await origins('use post_office::a;', files, file)).toEqual(['post_office local']);
  });

  test('a path that leads to a folder of the project is its own code; one that leads to none is not', async () => {
    const lines = '[dependencies]\nmail = { path = "../mail" }\npost = { path = "../post" }';
    const files = { 'a/Cargo.toml': shop(lines), 'mail/Cargo.toml': '[package]\nname = "mail"' };
    expect(await origins('use mail::a; use post::b;', files, 'a/src/lib.rs')).toEqual([
      'mail local',
      'post post',
    ]);
  });
});

describe('a manifest that can’t be read', () => {
  const unreadIn = async (texts: Readonly<Record<string, string>>) => {
    const files = projectFiles(texts);
    const resolver = rust.resolver({ ...project, files, trusted: [files] });
    const unread = await resolver.unread({ file: 'a/src/lib.rs', specifier: 'ledger' });
    return unread.map(({ file, line, column }) => `${file}:${String(line)}:${String(column)}`);
  };
  const broken = '[package]\nname = "a"\nledger = \n';

  test.each([
    ['of the package', { 'a/Cargo.toml': broken }, ['a/Cargo.toml:3:10']],
    [
      'of its workspace',
      { 'Cargo.toml': '[workspace]\nmembers = [a]\n', 'a/Cargo.toml': shop('') },
      ['Cargo.toml:2:12'],
    ],
    ['of another package', { 'a/Cargo.toml': shop(''), 'b/Cargo.toml': broken }, []],
    ['none', { 'a/Cargo.toml': shop('') }, []],
    ['that a template engine makes one of', { 'a/Cargo.toml': '[package]\n{{ name }}\nname = "a"\n' }, []],
  ])('is told: %s', async (_, texts, expected) => {
    expect(await unreadIn(texts)).toEqual(expected);
  });

  test('still declares what stands before and behind the flaw', async () => {
    const manifest =
      '[package]\nname = "a"\nbroken = \n[dependencies]\nbook = { package = "ledger", version = "1" }\n';
    expect(await origins('use book::a;', { 'Cargo.toml': manifest })).toEqual(['book ledger']);
  });
});

describe('a build script', () => {
  const manifest = shop(
    '[dependencies]\nmail = { package = "post", version = "1" }\n[build-dependencies]\nmail = { package = "letters", version = "1" }',
  );

  test.each([
    ['build.rs', 'mail letters'],
    ['src/build.rs', 'mail post'],
  ])('%s sees what is for it', async (file, expected) => {
    expect(await origins('use mail::a;', { 'Cargo.toml': manifest }, file)).toEqual([expected]);
  });
});

describe('in edition 2015', () => {
  test.each([
    ['the manifest’s own word', shop('', '2015')],
    ['no word at all', shop('', '')],
  ])('%s: paths begin in the package, and extern crates do not', async (_, manifest) => {
    const text = 'extern crate ledger; use router::a; fn f() { ::stamps::b() }';
    expect(await origins(text, { 'Cargo.toml': manifest })).toEqual([
      'ledger ledger',
      'router local',
      'stamps local',
    ]);
  });

  test('what the manifest declares is its package', async () => {
    const manifest = shop('[dependencies]\nrouter = "1"', '2015');
    expect(await origins('use router::a;', { 'Cargo.toml': manifest })).toEqual(['router router']);
  });
});

describe('what need be no package is one where a manifest says so', () => {
  test.each([
    ['in what a macro takes', 'fn f() { quote! { ledger::a() } }'],
    ['below a wildcard', 'use super::*; fn f() { ledger::a() }'],
    ['a module that a macro makes', 'table! { ledger { id -> Integer } } fn f() { ledger::all() }'],
    ['a module that an attribute makes', '#[salsa::tracked] fn ledger() {} fn f() { ledger::all() }'],
    ['a function of that name', 'fn ledger() {} use ledger as book;'],
    ['an extern crate where the compiler’s are asked for', '#![feature(rustc_private)] extern crate ledger;'],
  ])('%s', async (_, text) => {
    const others = 'salsa = "1"\n';
    const without = await origins(text, { 'Cargo.toml': shop(`[dependencies]\n${others}`) });
    const declared = await origins(text, { 'Cargo.toml': shop(`[dependencies]\n${others}ledger = "1"`) });
    expect(without.filter((each) => each.startsWith('ledger'))).toEqual(['ledger local']);
    expect(declared.filter((each) => each.startsWith('ledger'))).toEqual(['ledger ledger']);
  });

  test.each([
    ['written as types are', 'Ledger', 'use Ledger::Entry;'],
    ['a type of the language', 'str', 'use str::Entry; fn f() { ::str::total() }'],
    ['a word of rstest', 'case', '#[case::total(1)] fn f() {}'],
  ])('a name that is %s', async (_, name, text) => {
    const without = await origins(text, { 'Cargo.toml': shop('') });
    const declared = await origins(text, { 'Cargo.toml': shop(`[dependencies]\n${name} = "1"`) });
    expect(new Set(without)).toEqual(new Set([`${name} local`]));
    expect(new Set(declared)).toEqual(new Set([`${name} ${name}`]));
  });

  test.each([
    ['a module of the project', { 'src/a.rs': 'pub mod ledger;' }, 'ledger local'],
    ['no module of the project', { 'src/a.rs': 'pub mod ledgers;' }, 'ledger ledger'],
  ])('a use below a wildcard: %s', async (_, files, expected) => {
    const crates = await origins('use super::*; use ledger::a;', { 'Cargo.toml': shop(''), ...files });
    expect(crates).toEqual([expected]);
  });

  test.each([
    ['a name of the root', 'extern crate post as ledger;', 'ledger local'],
    ['no name of the root', 'extern crate ledgers as book;', 'ledger ledger'],
  ])('%s', async (_, root, expected) => {
    const files = { 'Cargo.toml': shop(''), 'src/lib.rs': root };
    expect(await origins('fn f() { ledger::a() }', files, 'src/a.rs')).toEqual([expected]);
  });
});

describe('a script', () => {
  const script =
    '---\n[dependencies]\nbook = { package = "ledger", version = "1" }\n---\nuse book::a; use mail::b;';

  test('has a manifest of its own', async () => {
    expect(await origins(script, {}, 'tools/count.rs')).toEqual(['book ledger', 'mail mail']);
  });

  test('declares its packages for itself', async () => {
    const declared = await rust.declares({ text: script, dialect: 'rs' });
    expect(declared.dependencies.map(({ name }) => name)).toEqual(['ledger']);
    const [line] = declared.dependencies;
    expect(script.slice(line?.span.start, line?.span.end)).toBe('book');
  });

  test('a program without one declares nothing', async () => {
    const text = '//! Uses `[dependencies]`.\nuse book::a;';
    expect((await rust.declares({ text, dialect: 'rs' })).dependencies).toEqual([]);
  });
});

test.each([
  ['localModules', { localModules: ['ledger'] }, 'local'],
  ['ambient', { ambient: ['ledger'] }, 'ambient'],
  ['imports of the whitelist', { imports: new Map([['ledger', ['rust-ledger']]]) }, 'rust-ledger'],
])('what people decided counts: %s', async (_, decided, expected) => {
  const files = projectFiles({ 'Cargo.toml': shop('') });
  const resolver = rust.resolver({ ...project, ...decided, files, trusted: [files] });
  const [resolved] = await resolver.resolve({ ...request, specifier: 'ledger' });
  const origin = resolved?.origin;
  expect(origin?.kind === 'package' ? origin.package.name : origin?.kind).toBe(expected);
});
