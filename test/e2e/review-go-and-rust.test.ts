import { afterEach, describe, expect, test } from 'vitest';
import { bin, type Scratch } from '../kit/scratch.ts';
import { hasTmux, projectAtTerminal, type ProjectAtTerminal, type Terminal } from '../kit/terminal.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';

/* A person at a real pseudo-terminal decides about what a commit of Go or of Rust brings, and commits. */

const whitelist = 'approved-packages.yaml';
const command = `'${process.execPath}' '${bin}'`;
const today = new Date().toISOString().slice(0, 10);

const open: { close(): void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

async function project(
  files: Readonly<Record<string, string>>,
  approved: string,
): Promise<ProjectAtTerminal> {
  const text = whitelistText({ [approved]: { approved: 'in use', ...byAda } });
  const made = await projectAtTerminal({ ...files, [whitelist]: text });
  open.push(made);
  return made;
}

/** The entries that are staged, without those that were there. */
async function stagedEntries(scratch: Scratch): Promise<string[]> {
  const diff = await scratch.git('diff', '--cached', '--unified=0', '--', whitelist);
  return diff.split('\n').filter((line) => /^[-+](?![-+])/.test(line));
}

/** Stages what was written; one package is left undecided each time. */
async function stage(terminal: Terminal): Promise<void> {
  await terminal.shows(`Stage ${whitelist}?`);
  terminal.press('y');
  await terminal.shows('review=1');
}

describe.skipIf(!hasTmux)('review at a terminal', () => {
  /** Commits what is staged, is stopped, and starts the review. */
  async function reviewAfterStop({ scratch, terminal }: ProjectAtTerminal): Promise<void> {
    await scratch.git('add', '--all');
    terminal.run('git commit -m one; echo code=$?');
    await terminal.shows('code=1');
    terminal.run(`clear; ${command} review; echo review=$?`);
  }

  test('of Go: one module is approved, one denied, and the commit goes through without that', async () => {
    const goMod = 'module example.com/app\n\ngo 1.22\n\nrequire github.com/acme/known v1.0.0\n';
    const files = { 'go.mod': goMod, 'main.go': 'package main\n\nfunc main() {}\n' };
    const made = await project(files, 'golang:github.com/acme/known');
    const { scratch, terminal } = made;
    scratch.write({
      'go.mod': `${goMod}\nrequire github.com/new/kit v1.2.0\n`,
      'main.go':
        'package main\n\nimport (\n\t_ "github.com/new/kit/log"\n\t_ "github.com/other/tool/cmd"\n\t_ "net/httputils"\n)\n\nfunc main() {}\n',
    });
    await reviewAfterStop(made);
    const card = await terminal.shows('What about golang:github.com/new/kit?');
    expect(card).toContain('go.mod:7:9');
    terminal.press('a');
    await terminal.answer('Why is it approved?', 'our logs');
    const next = await terminal.shows('What about golang:github.com/other/tool?');
    expect(next).toContain('_ "github.com/other/tool/cmd"');
    terminal.press('d');
    await terminal.answer('Why is it denied?', 'abandoned');
    await terminal.answer('What is to be used instead?', '');
    const impossible = await terminal.shows('No package of pkg.go.dev can be called “net/httputils”.');
    expect(impossible).toContain('Correct the path');
    terminal.press('s');
    await stage(terminal);
    expect(await stagedEntries(scratch)).toEqual([
      `+  golang:github.com/new/kit: { approved: our logs, unverified: true, by: Ada L <ada@example.org>, date: ${today} }`,
      `+  golang:github.com/other/tool: { denied: abandoned, by: Ada L <ada@example.org>, date: ${today} }`,
    ]);

    scratch.write({
      'main.go': 'package main\n\nimport _ "github.com/new/kit/log"\n\nfunc main() {}\n',
    });
    await scratch.git('add', 'main.go');
    terminal.run('clear; git commit -m one; echo code=$?');
    await terminal.shows('code=0');
  });

  test('of Rust: one crate is approved, one requested, and the commit goes through', async () => {
    const cargoToml = '[package]\nname = "app"\nedition = "2021"\n\n[dependencies]\nserde = "1"\n';
    const files = { 'Cargo.toml': cargoToml, 'src/main.rs': 'fn main() {}\n' };
    const made = await project(files, 'cargo:serde');
    const { scratch, terminal } = made;
    scratch.write({
      'Cargo.toml': `${cargoToml}tokio-util = { version = "0.7", features = ["codec"] }\n`,
      'src/main.rs': 'use tokio_util::codec::Framed;\nuse bytes_kit::Bytes;\n\nfn main() {}\n',
    });
    await reviewAfterStop(made);
    const card = await terminal.shows('What about cargo:tokio-util?');
    expect(card).toContain('Cargo.toml:7:1');
    expect(card).toContain('src/main.rs:1:5');
    terminal.press('a');
    await terminal.answer('Why is it approved?', 'frames');
    const next = await terminal.shows('What about cargo:bytes_kit?');
    expect(next).toContain('use bytes_kit::Bytes;');
    terminal.press('r');
    await terminal.answer('What is it for?', 'buffers');
    await terminal.answer('That was the last one.', '');
    await stage(terminal);
    expect(await stagedEntries(scratch)).toEqual([
      `+  cargo:bytes_kit: { requested: buffers, by: Ada L <ada@example.org>, date: ${today} }`,
      `+  cargo:tokio-util: { approved: frames, unverified: true, by: Ada L <ada@example.org>, date: ${today} }`,
    ]);

    scratch.write({ 'src/main.rs': 'use tokio_util::codec::Framed;\n\nfn main() {}\n' });
    await scratch.git('add', 'src');
    terminal.run('clear; git commit -m one; echo code=$?');
    await terminal.shows('code=0');
  });
});
