import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { array, nullable, object, parse, string } from 'valibot';
import { afterEach, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { reply, startServer } from '../kit/server.ts';
import { whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* What a change of Cargo.toml, or of Cargo's settings, brings to a commit of a real repository. */

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const reportSchema = object({
  findings: array(object({ rule: string(), package: nullable(string()), file: string() })),
});

type Texts = Readonly<Record<string, string>>;

const root = `[workspace]
members = ["crates/*"]

[workspace.dependencies]
anyhow = "1"
renamed = { package = "a-real-name", version = "1" }
core = { path = "crates/core" }
`;
const core =
  '[package]\nname = "core"\nversion = "1.0.0"\nedition = "2021"\n\n[dependencies]\nserde = "1.0.1"\n';
const app = '[package]\nname = "app"\nversion = "1.0.0"\n\n[dependencies]\nanyhow.workspace = true\n';
const base: Texts = {
  'Cargo.toml': root,
  'crates/core/Cargo.toml': core,
  'crates/app/Cargo.toml': app,
  'crates/core/src/lib.rs': 'pub fn f() {}\n',
};

async function changed(change: Texts, more: Texts = {}): Promise<Scratch> {
  const scratch = await Scratch.with({ ...base, ...more });
  closing.push(() => {
    scratch.dispose();
  });
  scratch.write(change);
  await scratch.git('add', '--all');
  return scratch;
}

/** @returns `rule package file` of each finding. */
async function findings(scratch: Scratch, env: Texts = {}, ...more: string[]): Promise<readonly string[]> {
  const { code, stdout } = await runIn(scratch, ['check', '--staged', '--format', 'json', ...more], { env });
  const report = parse(reportSchema, JSON.parse(stdout));
  const lines = report.findings.map(
    ({ rule, package: name, file }) => `${rule} ${name?.replace('pkg:cargo/', '') ?? 'everything'} ${file}`,
  );
  expect(code).toBe(lines.length > 0 ? 1 : 0);
  return lines;
}

/** A manifest with a line at its end, below the table that stands last. */
const withLine = (text: string, line: string) => `${text}${line}\n`;

/** A registry of the team, as a source that another one may stand in for. */
const ours = '[source.acme]\nregistry = "sparse+https://registry.example/"\n';

const appFile = 'crates/app/Cargo.toml';
const coreFile = 'crates/core/Cargo.toml';

test.each<[what: string, change: Texts, expected: readonly string[]]>([
  [
    'an invented crate',
    { [appFile]: withLine(app, 'serde-turbo-utils = "1"') },
    [`unapproved-package serde-turbo-utils ${appFile}`],
  ],
  [
    'one for tests',
    { [appFile]: withLine(app, '[dev-dependencies]\nmade-up = "1"') },
    [`unapproved-package made-up ${appFile}`],
  ],
  [
    'one for a target',
    { [appFile]: withLine(app, '[target.\'cfg(windows)\'.dependencies]\nmade-up = "1"') },
    [`unapproved-package made-up ${appFile}`],
  ],
  [
    'one of the workspace',
    { 'Cargo.toml': withLine(root, 'made-up = "1"') },
    ['unapproved-package made-up Cargo.toml'],
  ],
  [
    'a tool that cargo-run-bin installs',
    { 'Cargo.toml': withLine(root, '[workspace.metadata.bin]\nmade-up = { version = "1", locked = true }') },
    ['unapproved-package made-up Cargo.toml'],
  ],
  [
    'a table of the same name for another tool',
    { 'Cargo.toml': withLine(root, '[workspace.metadata.bin]\nmade-up = { size = 3 }\nkind = "x"') },
    [],
  ],
  [
    'one under the name of a known crate',
    { [appFile]: withLine(app, 'serde = { package = "made-up", version = "1" }') },
    [`unapproved-package made-up ${appFile}`],
  ],
  [
    'one that is named as another line calls its crate',
    { [appFile]: withLine(app, 'renamed = "1"') },
    [`unapproved-package renamed ${appFile}`],
  ],
  ['another version', { [coreFile]: core.replace('1.0.1', '2.3.4') }, []],
  [
    'a line in another form',
    { [coreFile]: core.replace('serde = "1.0.1"', 'serde = { version = "1", features = ["derive"] }') },
    [],
  ],
  ['a crate that another package declares', { [appFile]: withLine(app, 'serde = "1"') }, []],
  ['a line of the workspace in a member', { [coreFile]: withLine(core, 'anyhow.workspace = true') }, []],
  ['one under another name in a member', { [appFile]: withLine(app, 'renamed.workspace = true') }, []],
  ['a package of the repository', { [appFile]: withLine(app, 'core = { path = "../core" }') }, []],
  ['that package by way of the workspace', { [appFile]: withLine(app, 'core.workspace = true') }, []],
  [
    'a repository',
    { [appFile]: withLine(app, 'fork = { git = "https://git.example/fork" }') },
    [`foreign-source fork ${appFile}`],
  ],
  [
    'a folder elsewhere',
    { [appFile]: withLine(app, 'fork = { path = "../../../fork" }') },
    [`foreign-source fork ${appFile}`],
  ],
  [
    'a folder that starts where the machine says',
    { [appFile]: withLine(app, 'fork = { base = "tools", path = "../core" }') },
    [`foreign-source fork ${appFile}`],
  ],
  [
    'a package of the repository that starts at the workspace',
    { [appFile]: withLine(app, 'core = { base = "workspace", path = "crates/core" }') },
    [],
  ],
  [
    'a line of a workspace elsewhere',
    {
      [appFile]: withLine(app, 'serde.workspace = true').replace(
        '[package]',
        '[package]\nworkspace = "../../../ws"',
      ),
    },
    [`foreign-source anyhow ${appFile}`, `foreign-source serde ${appFile}`],
  ],
  [
    'a line of a workspace that is named',
    {
      [appFile]: withLine(app, 'core.workspace = true').replace(
        '[package]',
        '[package]\nworkspace = "../.."',
      ),
    },
    [],
  ],
  [
    'a line of a workspace beside the package',
    {
      'ws/Cargo.toml':
        '[workspace]\nmembers = ["../crates/app"]\n[workspace.dependencies]\nanyhow = { package = "made-up", version = "1" }\n',
      [appFile]: app.replace('[package]', '[package]\nworkspace = "../../ws"'),
    },
    [`unapproved-package made-up ${appFile}`, 'unapproved-package made-up ws/Cargo.toml'],
  ],
  [
    'a crate put in the place of another',
    { 'Cargo.toml': withLine(root, '[patch.crates-io]\nserde = { git = "https://git.example/serde" }') },
    ['foreign-source serde Cargo.toml'],
  ],
  [
    'one of the repository in the place of another',
    { 'Cargo.toml': withLine(root, '[patch.crates-io]\ncore = { path = "crates/core" }') },
    [],
  ],
  [
    'another registry',
    { [appFile]: withLine(app, 'stock = { version = "1", registry = "acme" }') },
    [`foreign-source stock ${appFile}`],
  ],
  [
    'what stands in for crates.io',
    {
      '.cargo/config.toml':
        '[source.crates-io]\nreplace-with = "near"\n[source.near]\nregistry = "sparse+https://registry.example/"\n',
    },
    ['foreign-source everything .cargo/config.toml'],
  ],
  [
    'another registry for crates.io itself',
    { '.cargo/config.toml': '[source.crates-io]\nregistry = "sparse+https://registry.example/"\n' },
    ['foreign-source everything .cargo/config.toml'],
  ],
  [
    'what stands in for crates.io, and is said in another file',
    {
      '.cargo/config.toml': '[source.crates-io]\nreplace-with = "near"\n',
      'crates/app/.cargo/config.toml': '[source.near]\nregistry = "sparse+https://registry.example/"\n',
    },
    ['foreign-source everything .cargo/config.toml'],
  ],
  [
    'crates.io as it is',
    {
      '.cargo/config.toml': '[source.crates-io]\nregistry = "https://github.com/rust-lang/crates.io-index"\n',
    },
    [],
  ],
  [
    'a registry put in the place of that of others',
    {
      '.cargo/config.toml': `${ours}replace-with = "near"\n[source.near]\nregistry = "sparse+https://near.example/"\n`,
    },
    ['foreign-source everything .cargo/config.toml'],
  ],
  [
    'crates.io in the place of a registry',
    { '.cargo/config.toml': `${ours}replace-with = "crates-io"\n` },
    ['foreign-source everything .cargo/config.toml'],
  ],
  ['a source that nothing replaces', { '.cargo/config.toml': ours }, []],
  [
    'a registry that nothing names',
    { '.cargo/config.toml': '[registries.acme]\nindex = "sparse+https://registry.example/"\n' },
    [],
  ],
  [
    'an alias that installs',
    {
      '.cargo/config.toml':
        '[alias]\nsetup = "install --locked made-up"\nmore = ["install", "made-up-too"]\n',
    },
    ['unapproved-package made-up .cargo/config.toml', 'unapproved-package made-up-too .cargo/config.toml'],
  ],
  [
    'an alias that names a registry',
    { '.cargo/config.toml': '[alias]\nsetup = "install --index sparse+https://registry.example/ serde"\n' },
    ['foreign-source everything .cargo/config.toml'],
  ],
  [
    'settings of builds',
    { '.cargo/config.toml': '[build]\ntarget-dir = "out"\n[alias]\nxtask = "run -p xtask"\n' },
    [],
  ],
  [
    'a command',
    { Dockerfile: 'FROM scratch\nRUN cargo install made-up\n' },
    ['unapproved-package made-up Dockerfile'],
  ],
])('%s', async (_what, change, expected) => {
  expect(await findings(await changed(change), {}, '--offline')).toEqual(expected);
});

test('what is approved passes, and what is denied does not', async () => {
  const whitelist = whitelistText({
    'cargo:made-up': { approved: 'tables' },
    'cargo:worse': { denied: 'use made-up' },
  });
  const lines = withLine(withLine(app, 'made-up = "1"'), 'worse = "1"');
  const scratch = await changed({ [appFile]: lines }, { 'approved-packages.yaml': whitelist });
  expect(await findings(scratch, {}, '--offline')).toEqual([`denied-package worse ${appFile}`]);
});

test('a crate that a line takes from a registry is asked there alone', async () => {
  const server = async () => {
    const recorder = await startServer((_, response) => {
      reply(response, { status: 404 });
    });
    closing.push(() => recorder.close());
    return recorder;
  };
  const [ours, everybodys] = [await server(), await server()];
  const scratch = await changed({
    [appFile]: withLine(app, 'acme-stock = { version = "1", registry = "acme" }\nmade-up = "1"'),
  });
  mkdirSync(path.join(scratch.home, '.cargo'));
  writeFileSync(
    path.join(scratch.home, '.cargo/config.toml'),
    `[registries.acme]
index = "sparse+${ours.url}/"
[source.crates-io]
replace-with = "all"
[source.all]
registry = "sparse+${everybodys.url}/"
`,
  );
  await findings(scratch);
  const heard = everybodys.requests.map((request) => request.path);
  expect(heard).toContain('/ma/de/made-up');
  expect(heard.filter((requested) => requested.includes('acme'))).toEqual([]);
});

test('a crate is explained by its name in the manifest as by that in programs', async () => {
  const manifest = withLine(core, 'odd-one = { package = "a-real-name", version = "1" }');
  const scratch = await changed({}, { [coreFile]: manifest, 'Cargo.toml': manifest });
  for (const name of ['odd-one', 'odd_one']) {
    const { stdout } = await runIn(scratch, ['explain', name, '--offline']);
    expect(stdout).toContain('Cargo.toml declares a-real-name for odd_one');
  }
});
