import { afterEach, describe, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* What people read of names and lines is in the words of their ecosystem, and what it tells them to do helps. */

type Files = Readonly<Record<string, string>>;

const whitelist = 'approved-packages.yaml';
const noLookup = { '.check-importsrc': 'lookup: off\n' };
const goApp = {
  'go.mod': 'module example.com/app\n\ngo 1.22\n\nrequire github.com/gorilla/mux v1.8.1\n',
  'main.go': 'package main\n\nimport "github.com/gorilla/mux"\n\nfunc main() { mux.NewRouter() }\n',
};
const crate = {
  'Cargo.toml': '[package]\nname = "app"\nedition = "2021"\n\n[dependencies]\ntokio-util = "0.7"\n',
  'src/main.rs': 'use tokio_util::codec;\n\nfn main() {}\n',
};
const web = {
  'package.json': '{ "dependencies": { "express": "4" } }\n',
  'web/main.js': "import 'express';\n",
};
const python = { 'requirements.txt': 'flask\n', 'app.py': 'import flask\n' };

const scratches: Scratch[] = [];
afterEach(() => {
  for (const scratch of scratches.splice(0)) scratch.dispose();
});

async function project(files: Files): Promise<Scratch> {
  const scratch = await Scratch.with({ ...noLookup, ...files });
  scratches.push(scratch);
  return scratch;
}

/** What the hook says of a change, as one line. */
async function saidOf(scratch: Scratch, change: Files): Promise<string> {
  scratch.write(change);
  await scratch.git('add', '--all');
  const { stdout, stderr } = await runIn(scratch, ['--staged']);
  return `${stdout}${stderr}`.replace(/\s+/g, ' ');
}

describe('what is no name is refused with how one is written', () => {
  const ofModule =
    'is not a valid path of a Go module\nWrite the whole path as go.mod has it, with its host, and without “https://” or a version: github.com/acme/tool.\n';
  const ofCrate =
    'is not a valid name of a crate\nWrite the name of the crate as Cargo.toml has it, not a path in it, and without a version or features: serde_json.\n';

  test.each(['gorilla/mux', 'utils/x', 'mux', 'github.com/a/b@v1', 'https://github.com/a/b'])(
    'in a project of Go: %s',
    async (name) => {
      const { code, stderr } = await runIn(await project(goApp), ['approve', name, '--reason', 'x']);
      expect([code, stderr]).toEqual([2, `${name} ${ofModule}`]);
    },
  );

  test.each(['serde@1', 'serde::de', 'https://crates.io/crates/serde'])(
    'in a project of Rust: %s',
    async (name) => {
      const { code, stderr } = await runIn(await project(crate), ['deny', name, '--reason', 'x']);
      expect([code, stderr]).toEqual([2, `${name} ${ofCrate}`]);
    },
  );

  test.each([
    [goApp, 'github.com/gorilla/mux', 'golang:github.com/gorilla/mux'],
    [crate, 'serde', 'cargo:serde'],
  ])('innocent: a name is taken', async (files, name, key) => {
    const scratch = await project(files);
    expect((await runIn(scratch, ['approve', name, '--reason', 'x', '--no-stage'])).code).toBe(0);
    expect(scratch.read(whitelist)).toContain(`  ${key}: { approved: x`);
  });
});

describe('in a project of several ecosystems', () => {
  const mixed = { ...goApp, ...crate, ...web };

  test.each([
    ['github.com/new/kit', 'golang'],
    ['github.com/new/*', 'golang'],
    ['@acme/ui', 'npm'],
  ])('%s can only be one of %s, which is said', async (name, ecosystem) => {
    const scratch = await project(mixed);
    const { code, stderr } = await runIn(scratch, ['approve', name, '--reason', 'x', '--no-stage']);
    const reason = 'no other ecosystem of the project has such names';
    expect(stderr).toContain(`${name} is one of ${ecosystem} here: ${reason}.\n`);
    expect(code).toBe(0);
    expect(scratch.read(whitelist)).toContain(`  ${ecosystem}:${name}: { approved: x`);
  });

  test.each([
    ['serde', 'serde could belong to several ecosystems\nWrite cargo:serde or npm:serde.\n'],
    [
      'gorilla/mux',
      '“gorilla/mux” is not the name of a package\nWrite cargo:NAME or golang:NAME or npm:NAME.\n',
    ],
    ['lodash/fp', '“lodash/fp” is not the name of a package\nWrite cargo:NAME or golang:NAME or npm:NAME.\n'],
  ])('innocent: %s is of none for certain, and what is printed would be taken', async (name, said) => {
    const scratch = await project(mixed);
    expect(await runIn(scratch, ['approve', name, '--reason', 'x'])).toMatchObject({ code: 2, stderr: said });
    for (const [label] of said.matchAll(/\w+:serde/g))
      expect((await runIn(scratch, ['approve', label, '--reason', 'x', '--no-stage'])).code).toBe(0);
  });
});

describe('explain takes what a program of the project may write', () => {
  test.each([
    ['Go', goApp, 'net/httputils', 'golang:net/httputils (unapproved, not-asked)'],
    ['Go', goApp, 'utils/x', 'golang:utils/x (unapproved, not-asked)'],
    ['Go', goApp, 'net/http', 'builtin'],
    ['Go', goApp, '@acme/ui', 'npm:@acme/ui (unapproved, not-asked)'],
    ['Go', goApp, 'serde::de', 'cargo:serde (unapproved, not-asked)'],
    ['Rust', crate, 'tokio_util::codec', 'cargo:tokio-util (declared)'],
    ['Rust', crate, 'github.com/gorilla/mux', 'golang:github.com/gorilla/mux (unapproved, not-asked)'],
    ['Python', python, 'lodash/fp', 'npm:lodash (unapproved, not-asked)'],
    ['Go and JavaScript', { ...goApp, ...web }, 'net/http', 'builtin'],
    ['Go and JavaScript', { ...goApp, ...web }, 'express/lib/router', 'npm:express (declared)'],
    ['Rust and Python', { ...crate, ...python }, 'flask.cli', 'pypi:flask (declared)'],
    ['Rust and Python', { ...crate, ...python }, 'tokio_util::io', 'cargo:tokio-util (declared)'],
  ])('in a project of %s', async (_, files, name, lead) => {
    const { code, stdout } = await runIn(await project(files), ['explain', name]);
    expect([code, stdout.split('\n')[0]]).toEqual([0, `${name} → ${lead}`]);
    expect(stdout.match(/ → /g)).toHaveLength(1);
  });

  test.each([
    [goApp, 'go.mod:5', 'github.com/gorilla/mux → golang:github.com/gorilla/mux (declared)'],
    [crate, 'Cargo.toml:6', 'tokio-util → cargo:tokio-util (declared)'],
    [web, 'package.json:1', 'express → npm:express (declared)'],
  ])('a line of a manifest is what it declares', async (files, place, lead) => {
    const { code, stdout } = await runIn(await project(files), ['explain', place]);
    expect([code, stdout.split('\n\n')[0]]).toEqual([0, lead]);
    expect(stdout).toContain(` 1. ${place} declares it\n`);
  });

  test('a line of a program in edition 2015 is what the check takes it for', async () => {
    const old = { 'Cargo.toml': '[package]\nname = "app"\n', 'src/main.rs': 'fn main() {}\n' };
    const scratch = await project(old);
    const change = { 'src/main.rs': 'use config::load;\n\nfn main() {}\n' };
    expect(await saidOf(scratch, change)).toBe('');
    const { stdout } = await runIn(scratch, ['explain', 'src/main.rs:1']);
    expect(stdout.split('\n')[0]).toBe('config → local');
  });

  test.each([
    [goApp, 'net/httputils', 'no package of pkg.go.dev can be called “net/httputils”', 'Correct the path: '],
    [python, '_speedups', 'no package of PyPI can be called “_speedups”', 'Correct the import, or name '],
  ])('and offers no decision about what no package can be called', async (files, name, said, remedy) => {
    const { stdout } = await runIn(await project(files), ['explain', name]);
    expect(stdout).toContain(`${said}, so there is none to approve\n`);
    expect(stdout).toContain(remedy);
    expect(stdout).not.toMatch(/ (?:approve|request|deny) /);
  });
});

describe('a name that a line asks a registry for, and that the project has', () => {
  const goMod = (more: string) => `module example.com/app\n\ngo 1.22\n${more}`;
  const cargoToml = (line: string) => `[package]\nname = "app"\n\n[dependencies]\nprices = ${line}\n`;
  const goRequire = '\nrequire example.com/app/api v1.0.0\n';
  const goBase = { 'go.mod': goMod(''), 'api/go.mod': 'module example.com/app/api\n\ngo 1.22\n' };
  const crateBase = {
    'Cargo.toml': '[package]\nname = "app"\n',
    'src/main.rs': 'fn main() {}\n',
    'libs/prices/Cargo.toml': '[package]\nname = "prices"\nversion = "1.0.0"\n',
    'libs/prices/src/lib.rs': '\n',
  };

  test.each<[string, Files, Files, string, Files]>([
    [
      'go.mod',
      goBase,
      { 'go.mod': goMod(goRequire) },
      'write `replace example.com/app/api => ./api` into this go.mod, or name both folders by `use` in a go.work.',
      { 'go.mod': goMod(`${goRequire}\nreplace example.com/app/api => ./api\n`) },
    ],
    [
      'go.mod, with a workspace',
      goBase,
      { 'go.mod': goMod(goRequire) },
      'by `use` in a go.work.',
      { 'go.work': 'go 1.22\n\nuse (\n\t.\n\t./api\n)\n' },
    ],
    [
      'a go.mod below',
      { ...goBase, 'cmd/go.mod': 'module example.com/app/cmd\n\ngo 1.22\n' },
      { 'cmd/go.mod': `module example.com/app/cmd\n\ngo 1.22\n${goRequire}` },
      '`replace example.com/app/api => ../api`',
      {
        'cmd/go.mod': `module example.com/app/cmd\n\ngo 1.22\n${goRequire}\nreplace example.com/app/api => ../api\n`,
      },
    ],
    [
      'Cargo.toml',
      crateBase,
      { 'Cargo.toml': cargoToml('"1"') },
      'give its line the folder: `path = "./libs/prices"`.',
      { 'Cargo.toml': cargoToml('{ version = "1", path = "./libs/prices" }') },
    ],
    [
      'package.json',
      { ...web, 'attic/package.json': '{ "name": "tariffs", "version": "1.0.0" }\n' },
      { 'package.json': '{ "dependencies": { "express": "4", "tariffs": "1" } }\n' },
      'name its folder (a path, or “workspace:”), or make both members of one workspace.',
      { 'package.json': '{ "dependencies": { "express": "4", "tariffs": "file:./attic" } }\n' },
    ],
  ])('hears what connects them in %s, and that helps', async (_, base, change, advice, obeyed) => {
    const scratch = await project(base);
    const said = await saidOf(scratch, change);
    expect(said).toContain(advice);
    expect(await saidOf(scratch, obeyed)).toBe('');
  });

  test('in a command for Go it is the folder alone', async () => {
    const scratch = await project({ 'api/go.mod': 'module example.org/kit\n\ngo 1.22\n' });
    const dockerfile = (words: string) => ({ Dockerfile: `FROM golang:1.22\nRUN go install ${words}\n` });
    expect(await saidOf(scratch, dockerfile('example.org/kit@latest'))).toContain(
      'name its folder, without a version: `./api`.',
    );
    expect(await saidOf(scratch, dockerfile('./api'))).toBe('');
  });

  test('in a command for Rust it is --path', async () => {
    const scratch = await project(crateBase);
    const dockerfile = (words: string) => ({ Dockerfile: `FROM rust:1.90\nRUN cargo install ${words}\n` });
    expect(await saidOf(scratch, dockerfile('prices'))).toContain('name its folder: `--path ./libs/prices`.');
    expect(await saidOf(scratch, dockerfile('--path ./libs/prices'))).toBe('');
  });
});

describe('a line that asks for what no package can be called', () => {
  test.each<[string, Files, Files]>([
    ['Cargo.toml', crate, { 'Cargo.toml': '[package]\nname = "app"\n\n[dependencies]\n"ev il" = "1"\n' }],
    ['go.mod', goApp, { 'go.mod': `${goApp['go.mod']}\nrequire utils/x v1.0.0\n` }],
    ['package.json', web, { 'package.json': '{ "dependencies": { "ev il": "1" } }\n' }],
  ])('of %s is to be corrected or taken out', async (_, base, change) => {
    const said = await saidOf(await project(base), change);
    expect(said).toContain(
      'so there is none to approve. Correct the name in this line, or take the line out.',
    );
    expect(said).not.toMatch(/localModules|Correct the import|Correct the path/);
  });

  test('innocent: an import hears of the config', async () => {
    const said = await saidOf(await project(python), { 'fast.py': 'import _speedups\n' });
    expect(said).toContain('Correct the import, or name the module: in `localModules` of the config');
  });
});

describe('the spelling of programs', () => {
  test.each([
    ['approve', 'approved: x'],
    // What the base declares needs no request.
    ['request', 'baseline: '],
    ['deny', 'denied: x'],
  ])('%s takes the crate that Cargo.toml declares', async (command, said) => {
    const scratch = await project(crate);
    const { code, stderr } = await runIn(scratch, [command, 'tokio_util', '--reason', 'x', '--no-stage']);
    expect(code).toBe(0);
    expect(stderr).toContain('tokio_util is what programs call cargo:tokio-util, which the project has.\n');
    expect(scratch.read(whitelist)).toContain(`  cargo:tokio-util: { ${said}`);
    expect(scratch.read(whitelist)).not.toContain('tokio_util');
  });

  test('and the one that the whitelist has, also beside another ecosystem', async () => {
    const entries = { 'cargo:serde-yaml': { requested: 'x', ...byAda } };
    const scratch = await project({ ...crate, ...python, [whitelist]: whitelistText(entries) });
    scratch.write({ 'src/main.rs': 'use serde_yaml::from_str;\n\nfn main() {}\n' });
    const { stderr } = await runIn(scratch, ['approve', 'serde_yaml', '--reason', 'x', '--no-stage']);
    expect(stderr).toContain('serde_yaml is what programs call cargo:serde-yaml, which the project has.\n');
    expect(scratch.read(whitelist)).toContain('  cargo:serde-yaml: { approved: x');
  });

  test.each([
    ['with its ecosystem', 'cargo:tokio_util', 'cargo:tokio_util'],
    ['of a crate that nothing declares', 'serde_json', 'cargo:serde_json'],
  ])('innocent: a name %s stays as it is', async (_, name, key) => {
    const scratch = await project(crate);
    expect((await runIn(scratch, ['approve', name, '--reason', 'x', '--no-stage'])).code).toBe(0);
    expect(scratch.read(whitelist)).toContain(`  ${key}: { approved: x`);
  });
});

describe('a path of Go that begins with a module of the project', () => {
  const said = (name: string) =>
    `${name} may be a part of golang:github.com/gorilla/mux, which the project has: a decision about it counts only where it is a package of its own.`;

  test.each([
    ['a folder', 'github.com/gorilla/mux/middleware', true],
    ['innocent: the module', 'github.com/gorilla/mux', false],
    ['innocent: its neighbour', 'github.com/gorilla/muxer', false],
  ])('%s is approved, and what it may be is said', async (_, name, isSaid) => {
    const scratch = await project(goApp);
    const { code, stderr } = await runIn(scratch, ['approve', name, '--reason', 'x', '--no-stage']);
    expect([code, stderr.includes(said(name))]).toEqual([0, isSaid]);
    expect(scratch.read(whitelist)).toContain(`  golang:${name}: { approved: x`);
  });
});

describe('Go itself', () => {
  const script = (command: string) => ({ 'setup.sh': `#!/bin/sh\n${command}\n` });
  test.each([
    'go get golang.org/toolchain@v0.0.1-go1.22.0.linux-amd64',
    'go get go@1.22 toolchain@go1.22.3',
    'go get go@latest',
    'go mod edit -toolchain=go1.22.3',
  ])('is asked for by %s, which needs no approval', async (command) => {
    expect(await saidOf(await project(goApp), script(command))).toBe('');
  });

  test('is what a toolchain line of go.mod asks for', async () => {
    const goMod = goApp['go.mod'].replace('go 1.22\n', 'go 1.22\n\ntoolchain go1.22.3\n');
    expect(await saidOf(await project(goApp), { 'go.mod': goMod })).toBe('');
  });

  test('but golang.org/x/tools is a module', async () => {
    const said = await saidOf(await project(goApp), script('go get golang.org/x/tools@v0.1.0'));
    expect(said).toContain('golang:golang.org/x/tools');
  });
});
