import { describe, expect, test } from 'vitest';
import { installReader } from '../../../src/ecosystems/cargo/commands/index.ts';
import { installsIn, type CommandRow } from '../../shell/installs.ts';
import { WordBuilder } from '../../../src/shell/word.ts';

const index = 'sparse+https://registry.example/index/';

const tables: Readonly<Record<string, readonly CommandRow[]>> = {
  'cargo add': [
    ['cargo add serde', 'serde'],
    ['cargo add serde serde_json@1.0 tokio@^1', 'serde, serde_json, tokio'],
    ['cargo add serde --features derive -F std --no-default-features', 'serde'],
    ['cargo add serde +derive', 'serde'],
    ['cargo add --dev --rename sj serde_json', 'serde_json'],
    ['cargo add -p app --manifest-path app/Cargo.toml serde', 'serde'],
    ['cargo add --target "cfg(windows)" --build --optional cc', 'cc'],
    ['cargo +nightly add serde', 'serde'],
    ['cargo --color never --config x.toml add serde', 'serde'],
    ['cd app && sudo env A=1 cargo add serde', 'serde'],
    ['cargo add --path ../core', ''],
    ['cargo add core --path ../core', ''],
    ['cargo add serde@$VERSION', 'serde'],
    ['cargo add $CRATE', '? $CRATE'],
    ['cargo add -- serde', 'serde'],
  ],
  'cargo install': [
    ['cargo install cargo-nextest --locked', 'cargo-nextest'],
    ['cargo install --version 1.2.3 --root out -j 4 typos-cli', 'typos-cli'],
    ['cargo install just@1.2.3 mdbook', 'just, mdbook'],
    ['cargo install --path .', ''],
    ['cargo install --bin tool --profile dev --example x crate-name', 'crate-name'],
    ['cargo binstall -y cargo-deny', 'cargo-deny'],
    ['cargo-binstall --install-path bin --strategies compile cargo-deny@0.1', 'cargo-deny'],
    ['cargo quickinstall just', 'just'],
    ['~/.cargo/bin/cargo install just', 'just'],
    [
      'rustup run nightly cargo install just; rustup run --install 1.80 cargo install typos-cli',
      'just, typos-cli',
    ],
    ['rustup install nightly; rustup component add rustfmt', ''],
    ['cargo install', ''],
    ['cargo install --list', ''],
  ],
  'from elsewhere': [
    ['cargo add --git https://github.com/acme/fork --branch fix fork', 'https://github.com/acme/fork (git)'],
    ['cargo install --git https://github.com/acme/tool', 'https://github.com/acme/tool (git)'],
    ['cargo install --git $URL tool', '? $URL'],
    ['cargo add --registry acme stock', 'acme (a registry), stock'],
    ['cargo add --registry=acme stock', 'acme (a registry), stock'],
    ['cargo add --registry crates-io serde', 'serde'],
    [`cargo install --index ${index} tool`, `${index} (a registry), tool`],
    ['cargo install --registry $REGISTRY tool', '? $REGISTRY, tool'],
    [`CARGO_REGISTRIES_ACME_INDEX=${index} cargo build`, `${index} (a registry)`],
    ['CARGO_REGISTRY_DEFAULT=acme cargo install tool', 'acme (a registry), tool'],
  ],
  'settings of a command': [
    [
      `cargo build --config 'source.crates-io.replace-with="e"' --config='source.e.registry="sparse+https://e.example/"'`,
      'source.e.registry="sparse+https://e.example/" (a registry in the place of crates.io)',
    ],
    [
      `cargo --config 'source.crates-io.replace-with = "e"' fetch`,
      'source.crates-io.replace-with = "e" (a source in the place of crates.io)',
    ],
    [
      `cross build --config 'patch.crates-io.serde.git="https://git.example/serde"'`,
      'patch.crates-io.serde.git="https://git.example/serde" (git)',
    ],
    [
      `cargo build --config 'source.crates-io.replace-with="'$NEAR'"'`,
      `? source.crates-io.replace-with="$NEAR" at “source.crates-io.replace-with="'$NEAR'"”`,
    ],
    [`cargo build --config 'source.acme.registry="sparse+https://e.example/"'`, ''],
    [
      `cargo build --config 'build.target-dir="out"' --config net.git-fetch-with-cli=true --config x.toml`,
      '',
    ],
    [
      `cargo build --config target.x86.linker=$CC; cargo run -- --config 'source.crates-io.replace-with="e"'`,
      '',
    ],
  ],
  cross: [
    ['cross install just; cross +nightly add --dev serde', 'just, serde'],
    ['cross build --target x; cross test', ''],
  ],
  'rust-script': [
    ['rust-script -d serde=1.0 --dep rand hello.rs --dep no', 'serde, rand'],
    ['rust-script hello.rs', ''],
  ],
  'what brings no crate by its name': [
    ['cargo build --release && cargo test -p app && cargo run -- add x', ''],
    ['cargo update -p serde', ''],
    ['cargo remove serde; cargo search x; cargo info y', ''],
    ['cargo new app; cargo init app', ''],
    ['rustup component add clippy; rustup target add wasm32-unknown-unknown', ''],
    ['my-cargo add serde', ''],
    ['echo cargo add serde', ''],
  ],
};

describe.each(Object.entries(tables))('%s', (_name, rows) => {
  test.each(rows)('%s', async (command, installs) => {
    expect(await installsIn(command)).toBe(installs);
  });
});

function wordOf(text: string) {
  const builder = new WordBuilder();
  builder.add(text, 0);
  return builder.word(0);
}

test.each([
  ['cargo build', true],
  ['cargo +nightly test', true],
  ['cargo --locked fetch', true],
  ['cargo add serde', true],
  ['cargo install just', false],
  ['cargo fmt', false],
  ['cargo', false],
  ['npm install', false],
])('%s has what Cargo.toml names fetched: %s', (command, expected) => {
  const [program, ...words] = command.split(' ').map(wordOf);
  expect(installReader.installsProject({ program: program ?? null, words, assignments: [] })).toBe(expected);
});
