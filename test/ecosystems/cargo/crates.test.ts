import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { array, boolean, object, optional, parse, record, string } from 'valibot';
import { describe, expect, test } from 'vitest';
import { cratesOf, readCargo, type PackageCrates } from '../../../src/ecosystems/cargo/crates.ts';

const ROOT = `
[workspace]
members = ["app"]
[workspace.package]
edition = "2024"
[workspace.dependencies]
serde = "1"
short = { package = "a-long-name", version = "1" }
unused = "1"
`;

async function crates(manifest: string, workspace: string | null = null): Promise<PackageCrates> {
  return cratesOf(await readCargo(manifest), workspace === null ? null : await readCargo(workspace));
}

/** `name=package/kind`, as Cargo's own words for it. */
async function names(manifest: string, workspace: string | null = null): Promise<readonly string[]> {
  const { crates: found } = await crates(`[package]\nname = "app"\n${manifest}`, workspace);
  return found.map(
    ({ name, package: target, kind, optional: isOptional }) =>
      `${name}=${target}/${kind}${isOptional ? '?' : ''}`,
  );
}

test.each([
  ['a key with -', '[dependencies]\na-dep = "1"', ['a_dep=a-dep/normal']],
  [
    'a renamed crate',
    '[dependencies]\nmy-zed = { package = "a-dep", version = "1" }',
    ['my_zed=a-dep/normal'],
  ],
  ['a table of its own', '[dependencies.a-dep]\nversion = "1"', ['a_dep=a-dep/normal']],
  ['dotted keys', '[dependencies]\na.version = "1"\na.package = "b"', ['a=b/normal']],
  ['an optional crate', '[dependencies]\na = { version = "1", optional = true }', ['a=a/normal?']],
  ['tests', '[dev-dependencies]\na = "1"\n[dev_dependencies]\nb = "1"', ['a=a/dev', 'b=b/dev']],
  [
    'build scripts',
    '[build-dependencies]\na = "1"\n[build_dependencies]\nb = "1"',
    ['a=a/build', 'b=b/build'],
  ],
  ['a target', '[target.\'cfg(windows)\'.dependencies]\na = "1"', ['a=a/normal']],
  ['what declares nothing', '[patch.crates-io]\na = { path = "a" }\n[workspace.dependencies]\nb = "1"', []],
])('%s', async (_what, manifest, expected) => {
  expect(await names(manifest)).toEqual(expected);
});

describe('a workspace', () => {
  test('says which package a line of a member means', async () => {
    const member = '[dependencies]\nserde.workspace = true\nshort = { workspace = true }\nother = "1"';
    expect(await names(member, ROOT)).toEqual([
      'serde=serde/normal',
      'short=a-long-name/normal',
      'other=other/normal',
    ]);
  });

  test('says so for its own package', async () => {
    expect(await names(`${ROOT}\n[dependencies]\nshort.workspace = true`)).toEqual([
      'short=a-long-name/normal',
    ]);
  });

  test('that says nothing leaves the key', async () => {
    expect(await names('[dependencies]\nlost.workspace = true', ROOT)).toEqual(['lost=lost/normal']);
  });

  test('gives its edition to members that ask for it', async () => {
    expect((await crates('[package]\nname = "a"\nedition.workspace = true', ROOT)).edition).toBe('2024');
    expect((await crates('[package]\nname = "a"', ROOT)).edition).toBe('2015');
    expect((await crates('[package]\nname = "a"\nedition = "2021"', ROOT)).edition).toBe('2021');
  });
});

test.each([
  ['[package]\nname = "my-app"', 'my_app'],
  ['[package]\nname = "rust-ini"\n[lib]\nname = "ini"', 'ini'],
  ['[project]\nname = "old"', 'old'],
  ['[workspace]', null],
])('the library of %j is %s', async (manifest, library) => {
  expect((await crates(manifest)).library).toBe(library);
});

test('targets with files of their own', async () => {
  const manifest = `
[package]
name = "app"
build = "make/build.rs"
[lib]
path = "lib/app.rs"
[[bin]]
name = "one"
path = "bins/one.rs"
[[test]]
name = "usual"
`;
  expect((await crates(manifest)).targets).toEqual([
    { kind: 'build', path: 'make/build.rs' },
    { kind: 'lib', path: 'lib/app.rs' },
    { kind: 'bin', path: 'bins/one.rs' },
  ]);
});

const form = object({
  id: string(),
  form: optional(string()),
  files: optional(record(string(), string())),
  accepted: boolean(),
  dependencies: optional(array(string())),
});

/** Odd manifests with what Cargo said; none where the machine does not have them. */
function forms() {
  const path = fileURLToPath(new URL('../../../../shared/data/rust/forms.jsonl', import.meta.url));
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
    .filter((row) => JSON.stringify(row).startsWith('{"id":"cargo-'))
    .map((row) => parse(form, row))
    .filter(({ dependencies = [], accepted }) => accepted || dependencies.length > 0);
}

test.skipIf(forms().length === 0)('odd manifests say what Cargo reads in them', async () => {
  for (const { id, files = {}, dependencies = [] } of forms()) {
    const found: string[] = [];
    const root = files['Cargo.toml'] === undefined ? null : await readCargo(files['Cargo.toml']);
    for (const [path, text] of Object.entries(files)) {
      if (posix.basename(path) !== 'Cargo.toml') continue;
      const manifest = cratesOf(await readCargo(text), root);
      // Cargo was asked about this package alone.
      if (manifest.packageName !== 'p') continue;
      for (const { name, package: target, kind, optional: isOptional } of manifest.crates)
        found.push(`p<-${name}=${target}/${kind}${isOptional ? '?' : ''}`);
    }
    const expected = dependencies.map((line) =>
      line.replace(/ .*$/, '').replace(/<-([^=]+)/, (_whole, key: string) => `<-${key.replaceAll('-', '_')}`),
    );
    expect([id, ...found.sort()]).toEqual([id, ...expected.sort()]);
  }
});
