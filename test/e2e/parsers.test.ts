import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { observe } from '../kit/observe.ts';
import { projectRoot, run, Scratch, type Finished } from '../kit/scratch.ts';

/*
 * What reads JavaScript and TypeScript differs from installation to installation: oxc's machine code is an optional
 * package of each platform. What is said does not differ, and nothing of the environment chooses what is loaded.
 */

const flow = '// @flow\nimport x from "flow-evil";\nopaque type A = {| +x: ?string |};\n';
const PROGRAMS = {
  'a.ts': 'import fs from "node:fs";\nimport x from "ts-evil";\nexport const a: number = <number>x;\n',
  'b.jsx': 'const x = require("jsx-evil");\nexport default <p>it\'s {x}</p>;\n',
  'c.js': flow,
  'd.js': 'import x from "broken-evil";\nlet = = ;\n',
  'e.d.ts': 'import type { X } from "types-evil";\nexport const x: X;\n',
};

let scratch: Scratch;
/** A copy of this checkout's command with packages of its own. */
let installation: string;

async function programs(): Promise<Scratch> {
  const made = await Scratch.with({ 'package.json': '{ "name": "a" }\n' });
  made.write(PROGRAMS);
  await made.git('add', '--all');
  return made;
}

function install(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'check-imports-parsers-'));
  for (const part of ['bin', 'dist', 'package.json', 'node_modules/oxc-parser'])
    cpSync(path.join(projectRoot, part), path.join(folder, part), { recursive: true });
  return folder;
}

function link(name: string): void {
  symlinkSync(path.join(projectRoot, 'node_modules', name), path.join(installation, 'node_modules', name));
}

function check(env: Readonly<Record<string, string>> = {}): Promise<Finished> {
  const args = [path.join(installation, 'bin/check-imports.js'), '--staged', '--offline', '--format', 'json'];
  return run(process.execPath, args, { cwd: scratch.root, env: { ...scratch.env, ...env } });
}

/** A package in place of the machine code for this platform, which leaves a trace when it is run. */
function impostor(version: string): string {
  const name = `@oxc-parser/binding-${process.platform}-${process.arch}-gnu`;
  const folder = path.join(installation, 'node_modules', name);
  const trace = path.join(installation, 'trace');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name, version, main: 'main.js' }));
  writeFileSync(
    path.join(folder, 'main.js'),
    `require('node:fs').writeFileSync(${JSON.stringify(trace)}, '');`,
  );
  return trace;
}

describe('the report is the same', () => {
  let withoutIt: Finished;
  beforeAll(async () => {
    scratch = await programs();
    installation = install();
    for (const name of ['typescript', '@typescript-eslint']) link(name);
    withoutIt = await check();
  });
  afterEach(() => {
    rmSync(path.join(installation, 'node_modules/@oxc-parser'), { recursive: true, force: true });
  });
  afterAll(() => {
    scratch.dispose();
    rmSync(installation, { recursive: true });
  });

  test('with machine code, without it, and where it can’t be loaded', async () => {
    link('@oxc-parser');
    const withIt = await check();
    const switchedOff = await check({ NODE_OPTIONS: '--no-addons' });
    expect(withIt.stdout).toContain('pkg:npm/types-evil');
    expect(withIt).toEqual({ code: 1, stdout: withIt.stdout, stderr: '' });
    expect(withoutIt).toEqual(withIt);
    expect(switchedOff).toEqual(withIt);
  });

  test('where the machine code is that of another version, which is not loaded', async () => {
    const trace = impostor('0.0.1');
    expect(await check()).toEqual(withoutIt);
    expect(existsSync(trace)).toBe(false);
  });

  test('whatever the environment says about what is loaded', async () => {
    const trace = path.join(installation, 'trace');
    const library = path.join(installation, 'library.cjs');
    writeFileSync(library, `require('node:fs').writeFileSync(${JSON.stringify(trace)}, '');`);
    expect(await check({ NAPI_RS_NATIVE_LIBRARY_PATH: library })).toEqual(withoutIt);
    expect(await check({ NAPI_RS_FORCE_WASI: 'error' })).toEqual(withoutIt);
    expect(await check({ NAPI_RS_WASI_FLAVOR: 'nonsense' })).toEqual(withoutIt);
    expect(existsSync(trace)).toBe(false);
  });
});

describe('a hook loads', () => {
  beforeEach(async () => {
    scratch = await programs();
  });
  afterEach(() => {
    scratch.dispose();
  });

  const loadedFor = async (file: keyof typeof PROGRAMS, env: Readonly<Record<string, string>> = {}) => {
    await scratch.git('rm', '--quiet', '--cached', ...Object.keys(PROGRAMS).filter((name) => name !== file));
    Object.assign(scratch.env, env);
    const { loaded } = await observe(scratch, '--staged', '--offline');
    return {
      typescript: loaded.includes('node_modules/typescript/lib/typescript.js'),
      webAssembly: loaded.includes('languages-javascript-parsers-webassembly'),
      thread: loaded.includes('worker'),
    };
  };

  test('neither TypeScript nor WebAssembly nor a thread where machine code accepts a program', async () => {
    expect(await loadedFor('a.ts')).toEqual({ typescript: false, webAssembly: false, thread: false });
  });

  test('TypeScript for what oxc rejects', async () => {
    expect(await loadedFor('c.js')).toEqual({ typescript: true, webAssembly: false, thread: true });
  });

  test('WebAssembly where there is no machine code, and no TypeScript', async () => {
    const loaded = await loadedFor('a.ts', { NODE_OPTIONS: '--no-addons' });
    expect(loaded).toEqual({ typescript: false, webAssembly: true, thread: true });
  });
});
