import { afterEach, describe, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import { Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

/** Crates that programs of Rust name, in projects without a whitelist. */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const manifest = (lines: string) => `[package]\nname = "shop"\nedition = "2021"\n[dependencies]\n${lines}`;

/** @returns What a change of a project has to say, of what it had before. */
async function findingsOf(changes: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const scratch = await Scratch.with({
    '.check-importsrc.yaml': 'lookup: off\n',
    'Cargo.toml': manifest('serde = "1"\nproc-macro2 = "1"\n'),
    'src/lib.rs': 'use serde::Serialize;\n',
    'src/mail.rs': 'pub fn send() {}\n',
  });
  open.push(scratch);
  scratch.write(changes);
  await scratch.git('add', '.');
  const { stdout } = await runIn(scratch, ['--staged', '--format', 'concise']);
  return findingsIn(stdout);
}

describe('a change that names a crate', () => {
  test.each([
    [
      'that nobody declares',
      'use serde_made_up::Entry;\n',
      ['src/a.rs:1:5 unapproved-package cargo:serde_made_up'],
    ],
    ['in a path', 'fn f() { made_up::total() }\n', ['src/a.rs:1:10 unapproved-package cargo:made_up']],
    ['by an extern crate', 'extern crate made_up;\n', ['src/a.rs:1:14 unapproved-package cargo:made_up']],
    [
      'in an attribute',
      '#[derive(made_up::Entry)]\nstruct A;\n',
      ['src/a.rs:1:10 unapproved-package cargo:made_up'],
    ],
    ['that the base declares', 'use serde::Deserialize;\nuse proc_macro2::TokenStream;\n', []],
    ['of the compiler', 'use std::fmt;\nfn f(_: fmt::Error) {}\n', []],
    ['that is a module of the file', 'mod made_up { pub fn total() {} }\nuse made_up::total;\n', []],
    ['that is the library itself', 'use shop::mail::send;\n', []],
    ['in a string', 'const A: &str = "use made_up::Entry;";\n', []],
  ])('%s', async (_, text, expected) => {
    expect(await findingsOf({ 'src/a.rs': text })).toEqual(expected);
  });

  test('and declares it is stopped at the line and at the use', async () => {
    const found = await findingsOf({
      'Cargo.toml': manifest('serde = "1"\nproc-macro2 = "1"\nmade-up = "1"\n'),
      'src/a.rs': 'use made_up::Entry;\n',
    });
    expect(found.toSorted()).toEqual([
      'Cargo.toml:7:1 unapproved-package cargo:made-up',
      'src/a.rs:1:5 unapproved-package cargo:made-up',
    ]);
  });

  test('under the name of another one is the other one', async () => {
    const found = await findingsOf({
      'Cargo.toml': manifest('serde = { package = "made-up", version = "1" }\nproc-macro2 = "1"\n'),
      'src/a.rs': 'use serde::Serialize;\n',
    });
    expect(found).toContain('src/a.rs:1:5 unapproved-package cargo:made-up');
  });

  test('of a script that declares it is told where the script asks for it', async () => {
    const script =
      '#!/usr/bin/env -S cargo -Zscript\n---\n[dependencies]\nmade-up = "1"\n---\nuse made_up::Entry;\n';
    expect(await findingsOf({ 'tools/count.rs': script })).toEqual([
      'tools/count.rs:4:1 unapproved-package cargo:made-up',
    ]);
  });
});
