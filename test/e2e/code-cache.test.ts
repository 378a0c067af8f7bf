import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { rounds } from '../kit/length.ts';
import { projectRoot, run, Scratch, type Finished } from '../kit/scratch.ts';

/*
 * An installation keeps its compiled code beside itself. It makes hooks faster and decides nothing: whatever
 * happens to it, the command says the same.
 */

let scratch: Scratch;
/** A copy of this checkout's command, which no other test file runs. */
let installation: string;

beforeAll(async () => {
  installation = mkdtempSync(path.join(tmpdir(), 'check-imports-code-'));
  for (const part of ['bin', 'dist', 'package.json'])
    cpSync(path.join(projectRoot, part), path.join(installation, part), { recursive: true });
  symlinkSync(path.join(projectRoot, 'node_modules'), path.join(installation, 'node_modules'));
  scratch = await Scratch.with({ 'requirements.txt': 'flask\n' });
  scratch.write({ 'app.py': 'import flask\nimport numpy_utils\n' });
  await scratch.git('add', '--all');
});
beforeEach(() => {
  rmSync(codeFolder(), { recursive: true, force: true });
});
afterAll(() => {
  scratch.dispose();
  rmSync(installation, { recursive: true });
});

function codeFolder(): string {
  return path.join(installation, 'dist/code');
}

/** What is kept, in the folder of this version of Node. */
function keptFiles(): string[] {
  return readdirSync(codeFolder(), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function hook(): Promise<Finished> {
  const bin = path.join(installation, 'bin/check-imports.js');
  return run(process.execPath, [bin, '--staged'], { cwd: scratch.root, env: scratch.env });
}

test('it is kept by a hook’s work, and by nothing else', async () => {
  const bin = path.join(installation, 'bin/check-imports.js');
  await run(process.execPath, [bin, '--help'], { cwd: scratch.root, env: scratch.env });
  expect(existsSync(codeFolder())).toBe(false);
  const first = await hook();
  expect(keptFiles()).not.toEqual([]);
  expect(await hook()).toEqual(first);
  expect(keptFiles().filter((file) => file.includes('commander'))).toEqual([]);
});

test('it is kept of packages as well, which have files with other endings', async () => {
  await scratch.git('reset', '--quiet');
  scratch.write({ 'broken.ts': "import a from 'a';\nconst b = <T>(c: %%) => 1;\n" });
  await scratch.git('add', 'broken.ts');
  await hook();
  expect(keptFiles().filter((file) => file.endsWith('typescript.js'))).toHaveLength(1);
  scratch.remove('broken.ts');
  await scratch.git('add', '--all');
});

test('Node takes it as it is: what a few runs have added to is written no more', async () => {
  const written = () => keptFiles().map((file) => [file, statSync(file).mtimeMs]);
  for (let runs = 0; runs < 4; runs++) await hook();
  const before = written();
  expect(before).not.toEqual([]);
  await hook();
  expect(written()).toEqual(before);
});

test('work of another kind adds what it calls to what others have kept', async () => {
  const settle = () => statSync(keptFiles().find((file) => file.endsWith('settle.cjs')) ?? '').size;
  const stage = async (files: Readonly<Record<string, string>>) => {
    await scratch.git('reset', '--quiet');
    scratch.write(files);
    await scratch.git('add', ...Object.keys(files));
  };
  await stage({ 'usual.py': 'import flask\n' });
  for (let runs = 0; runs < 5; runs++) await hook();
  const ofPython = settle();
  await stage({ 'usual.ts': "import './other';\n", 'other.ts': '' });
  for (let runs = 0; runs < 5; runs++) await hook();
  const ofBoth = settle();
  expect(ofBoth).toBeGreaterThan(ofPython);
  await hook();
  expect(settle()).toBe(ofBoth);
  await stage({ 'app.py': 'import flask\nimport numpy_utils\n' });
});

describe('a run that has something to say', () => {
  /** Stages a program that needs nobody's attention, and nothing else, or the one that does. */
  async function stage(isSettled: boolean): Promise<void> {
    await scratch.git('reset', '--quiet');
    if (isSettled) scratch.write({ 'usual.py': 'import flask\n' });
    await scratch.git('add', isSettled ? 'usual.py' : 'app.py');
  }
  async function hooks(count: number, { isSettled }: { readonly isSettled: boolean }): Promise<void> {
    await stage(isSettled);
    for (let runs = 0; runs < count; runs++) await hook();
  }
  const sizes = () => new Map(keptFiles().map((file) => [path.basename(file), statSync(file).size]));
  afterAll(() => stage(false));

  test('leaves nothing behind in what usual runs read', async () => {
    await hooks(4, { isSettled: true });
    const usual = sizes();
    rmSync(codeFolder(), { recursive: true });
    await hooks(4, { isSettled: false });
    const unusual = sizes();
    await hooks(6, { isSettled: true });
    const cleaned = sizes();
    const ratios = (after: ReadonlyMap<string, number>) =>
      [...usual].map(([file, size]) => (after.get(file) ?? 0) / size);
    expect(Math.max(...ratios(unusual))).toBeGreaterThan(1.1);
    for (const ratio of ratios(cleaned)) expect(ratio).toBeCloseTo(1, 1);
  });

  test('adds nothing to what usual runs have kept, and keeps its own beside it', async () => {
    await hooks(1, { isSettled: true });
    const usual = sizes();
    await hooks(2, { isSettled: false });
    const both = sizes();
    expect([...usual].filter(([file, size]) => both.get(file) !== size)).toEqual([]);
    expect(both.size).toBeGreaterThan(usual.size);
  });
});

describe('the command says the same when what is kept', () => {
  /** What a hook says, and a copy of the code that it keeps. */
  let kept: { readonly said: Finished; readonly folder: string };
  beforeAll(async () => {
    rmSync(codeFolder(), { recursive: true, force: true });
    kept = { said: await hook(), folder: path.join(scratch.home, 'kept') };
    cpSync(codeFolder(), kept.folder, { recursive: true });
  });

  const damages: readonly [string, (file: string) => void][] = [
    [
      'is empty',
      (file) => {
        writeFileSync(file, '');
      },
    ],
    [
      'is cut off',
      (file) => {
        truncateSync(file, Math.floor(readFileSync(file).length / 2));
      },
    ],
    [
      'has lost its end',
      (file) => {
        truncateSync(file, readFileSync(file).length - 1);
      },
    ],
    [
      'is something else',
      (file) => {
        writeFileSync(file, 'x'.repeat(5000));
      },
    ],
    [
      'has lost a sector',
      (file) => {
        const bytes = readFileSync(file);
        writeFileSync(file, bytes.fill(0, 1024, 2048));
      },
    ],
    [
      'is that of another file',
      (file) => {
        writeFileSync(file, readFileSync(keptFiles().find((other) => other !== file) ?? file));
      },
    ],
    [
      'is a folder',
      (file) => {
        rmSync(file);
        mkdirSync(file);
      },
    ],
  ];
  test.each(damages.filter((_, at) => at % rounds(3, 1) === 0))('%s', async (_, damage) => {
    rmSync(codeFolder(), { recursive: true, force: true });
    cpSync(kept.folder, codeFolder(), { recursive: true });
    for (const file of keptFiles()) damage(file);
    expect(await hook()).toEqual(kept.said);
    expect(await hook()).toEqual(kept.said);
  });
});

test('the command says the same when nothing can be kept', async () => {
  const before = await hook();
  rmSync(codeFolder(), { recursive: true });
  writeFileSync(codeFolder(), '');
  expect(await hook()).toEqual(before);
});

test('the command says the same from an archive of Yarn’s, whose errors name no system call', async () => {
  const before = await hook();
  const archive = path.join(installation, 'archive.cjs');
  writeFileSync(
    archive,
    `const fs = require('node:fs');
for (const name of ['readFileSync', 'mkdirSync', 'writeFileSync']) {
  const usual = fs[name];
  fs[name] = (file, ...rest) => {
    if (String(file).startsWith(${JSON.stringify(codeFolder())}))
      throw Object.assign(new Error('EROFS: read-only filesystem'), { code: 'EROFS' });
    return usual(file, ...rest);
  };
}
`,
  );
  const bin = path.join(installation, 'bin/check-imports.js');
  const args = ['--require', archive, bin, '--staged'];
  expect(await run(process.execPath, args, { cwd: scratch.root, env: scratch.env })).toEqual(before);
});

test('runs at once do not disturb each other', async () => {
  const runs = await Promise.all([hook(), hook(), hook(), hook()]);
  expect(new Set(runs.map((one) => JSON.stringify(one))).size).toBe(1);
  expect(keptFiles().filter((file) => /\.\d+$/.test(file))).toEqual([]);
});
