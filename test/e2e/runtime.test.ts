import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bin, projectRoot, run, Scratch, type Finished } from '../kit/scratch.ts';

/*
 * scripts/runtime.js lays the tool out with its dependencies, for where there is no npm. In a virtual environment that
 * folder stands in a project, among whose files may be a `node_modules`: nothing of it is run.
 */

const PROGRAMS = {
  'a.ts': 'import x from "ts-evil";\nexport const a: number = <number>x;\n',
  'b.js': '// @flow\nimport x from "flow-evil";\nopaque type A = {| +x: ?string |};\n',
  'c.py': 'import numpy_utils\n',
};

let scratch: Scratch;
let runtime: string;
beforeAll(async () => {
  scratch = await Scratch.with({
    '.gitignore': '.venv/\nnode_modules/\n',
    'package.json': '{ "name": "a" }\n',
  });
  runtime = path.join(scratch.root, '.venv/lib/vetted_imports');
  const script = `import('${path.join(projectRoot, 'scripts/runtime.js')}').then((one) => one.layOutRuntime(process.argv[1]))`;
  const laidOut = await run(process.execPath, ['-e', script, runtime], {
    cwd: scratch.root,
    env: scratch.env,
  });
  expect(laidOut).toMatchObject({ code: 0, stderr: '' });
  scratch.write(PROGRAMS);
  await scratch.git('add', '--all');
});
afterAll(() => {
  scratch.dispose();
});

function check(program: string): Promise<Finished> {
  const args = [program, '--staged', '--offline', '--format', 'json'];
  return run(process.execPath, args, { cwd: scratch.root, env: scratch.env });
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)));

describe('the runtime', () => {
  test('reports what the tool here reports', async () => {
    const here = await check(bin);
    expect([here.code, here.stdout]).toEqual([1, expect.stringContaining('pkg:npm/flow-evil')]);
    expect(await check(path.join(runtime, 'bin/check-imports.js'))).toEqual(here);
  });

  test('runs nothing of a node_modules above it', async () => {
    const without = await check(path.join(runtime, 'bin/check-imports.js'));
    const trace = path.join(scratch.home, 'trace');
    const oxc = readFileSync(path.join(projectRoot, 'node_modules/oxc-parser/package.json'), 'utf8');
    const { version } = v.parse(v.object({ version: v.string() }), JSON.parse(oxc));
    const platform = `${process.platform}-${process.arch}`;
    const asked = filesIn(path.join(runtime, 'node_modules')).flatMap(
      (file) => /^((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(file)?.[1] ?? [],
    );
    for (const name of [...asked, `@oxc-parser/binding-${platform}-gnu`, `@oxc-parser/binding-${platform}`]) {
      const folder = path.join(scratch.root, 'node_modules', name);
      mkdirSync(folder, { recursive: true });
      writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name, version, main: 'main.js' }));
      writeFileSync(
        path.join(folder, 'main.js'),
        `require('node:fs').writeFileSync(${JSON.stringify(trace)}, '');`,
      );
    }
    expect(asked).toContain('supports-color');
    expect(await check(path.join(runtime, 'bin/check-imports.js'))).toEqual(without);
    expect(existsSync(trace)).toBe(false);
    // What that looks like from below.
    const script = path.join(scratch.root, '.venv/main.js');
    writeFileSync(script, "require('supports-color')");
    await run(process.execPath, [script], { cwd: scratch.root, env: scratch.env });
    expect(existsSync(trace)).toBe(true);
  });

  test('holds no machine code, no types and no program that is not loaded', () => {
    const files = filesIn(path.join(runtime, 'node_modules'));
    expect(files.filter((file) => /\.(?:node|d\.[cm]?ts|map|tsbuildinfo)$/.test(file))).toEqual([]);
    expect(files.filter((file) => file.endsWith('.wasm'))).toEqual(['oxc-parser/parser.wasm32-wasip1.wasm']);
    expect(
      files.filter((file) => /^typescript\/lib\/(?:_?tsc|_?tsserver|typingsInstaller)\.js$/.test(file)),
    ).toEqual([]);
  });

  test('holds the licence of each package', () => {
    const files = filesIn(path.join(runtime, 'node_modules'));
    const folders = files.flatMap((file) => /^((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(file)?.[1] ?? []);
    const unlicensed = folders.filter(
      (folder) => !files.some((file) => file.startsWith(`${folder}/`) && /licen[cs]e[^/]*$/i.test(file)),
    );
    expect(unlicensed.sort()).toEqual(['source-map-support', 'supports-color']);
  });
});
