import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { assistantVariables } from '../../src/model/assistant-environment.ts';
import { findingsIn } from '../kit/findings.ts';
import { installIn, leave } from '../kit/packed.ts';
import { projectRoot, run, Scratch } from '../kit/scratch.ts';

/* What people get when npm installs the packed tool: test/kit/install.ts. */

const open: { readonly scratch: Scratch; readonly folder: string }[] = [];
afterEach(() => {
  for (const { scratch, folder } of open.splice(0)) {
    leave(scratch, folder);
    scratch.dispose();
  }
});

const modules = path.join(inject('installed'), 'node_modules');

/** npm's own list of what it installed; `dev` are the hook managers, which only the tests want. */
const { packages } = v.parse(
  v.object({
    packages: v.record(
      v.string(),
      v.object({
        version: v.string(),
        resolved: v.optional(v.string(), ''),
        dev: v.optional(v.boolean(), false),
        hasInstallScript: v.optional(v.boolean(), false),
      }),
    ),
  }),
  JSON.parse(readFileSync(path.join(modules, '.package-lock.json'), 'utf8')),
);
const runtime = Object.entries(packages).filter(([, { dev }]) => !dev);

describe('the packages that the tool brings', () => {
  test('run nothing when they are installed', () => {
    const scripts = (of: readonly (readonly [string, { readonly hasInstallScript: boolean }])[]) =>
      of.filter(([, { hasInstallScript }]) => hasInstallScript).map(([name]) => name);
    expect(scripts(runtime)).toEqual([]);
    expect(runtime.filter(([name]) => existsSync(path.join(modules, '..', name, 'binding.gyp')))).toEqual([]);
    // What npm would say of a package that does.
    expect(scripts(Object.entries(packages))).toContain('node_modules/lefthook');
  });

  test('have no script in the tool’s manifest that npm warns of or runs at an installation', () => {
    const manifest: unknown = JSON.parse(
      readFileSync(path.join(modules, 'vetted-imports/package.json'), 'utf8'),
    );
    const { scripts } = v.parse(v.object({ scripts: v.record(v.string(), v.string()) }), manifest);
    // https://docs.npmjs.com/cli/using-npm/scripts#life-cycle-scripts
    const lifeCycle = /^(?:pre|post)?(?:install|prepare)$|^dependencies$/;
    expect(Object.keys(scripts).filter((name) => lifeCycle.test(name))).toEqual([]);
  });

  test('are few, came from the registry, and the tool itself from its tarball', () => {
    expect(runtime.length).toBeLessThan(25);
    const [tool, ...others] = runtime
      .map(([name, { resolved }]) => ({ name, resolved }))
      .sort((one) => (one.name === 'node_modules/vetted-imports' ? -1 : 1));
    expect(tool?.resolved).toMatch(/^file:.*vetted-imports-\d+\.\d+\.\d+\.tgz$/);
    expect(others.filter(({ resolved }) => !resolved.startsWith('http://127.0.0.1:'))).toEqual([]);
  });
});

async function project(): Promise<Scratch> {
  const scratch = await Scratch.with({
    '.gitignore': 'node_modules/\n',
    'package.json': '{ "name": "shop", "private": true, "dependencies": { "lodash": "^4.17.21" } }\n',
    'requirements.txt': 'numpy\n',
  });
  open.push({ scratch, folder: '.' });
  installIn(scratch);
  return scratch;
}

test.each(['vetted-imports', 'check-imports'])(
  'npx --no -- %s starts what is installed, and asks no registry',
  async (name) => {
    const scratch = await project();
    const { version } = v.parse(
      v.object({ version: v.string() }),
      JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')),
    );
    // Nothing listens on port 9 ("discard"): npx would end with a network error.
    const env = { ...scratch.env, npm_config_registry: 'http://127.0.0.1:9/', npm_config_fetch_retries: '0' };
    const shown = await run('npx', ['--no', '--', name, '--version'], { cwd: scratch.root, env });
    expect(shown).toMatchObject({ code: 0, stdout: `${version}\n` });

    scratch.write({ 'app.py': 'import numpy_utils\n', 'main.ts': "import type pad from 'left-padder';\n" });
    await scratch.git('add', '--all');
    const args = ['--no', '--', name, '--staged', '--offline', '--format', 'concise'];
    const { code, stdout } = await run('npx', args, { cwd: scratch.root, env });
    expect([code, findingsIn(stdout)]).toEqual([
      1,
      ['app.py:1:8 unapproved-package pypi:numpy-utils', 'main.ts:1:23 unapproved-package npm:left-padder'],
    ]);
  },
);

describe('installed in a folder of a Python project', () => {
  const web = '{ "name": "web", "private": true, "devDependencies": { "vetted-imports": "^0.1.0" } }\n';
  const request = 'vetted-imports request pypi:numpy-utils --reason "…"';

  async function pythonProject(): Promise<Scratch> {
    const scratch = await Scratch.with({
      '.gitignore': 'node_modules/\n',
      '.check-importsrc': 'lookup: off\n',
      'requirements.txt': 'numpy\n',
      'docs/index.md': '# Shop\n',
      'web/package.json': web,
    });
    open.push({ scratch, folder: 'web' });
    installIn(scratch, 'web');
    const bin = path.join(scratch.root, 'web/node_modules/.bin/vetted-imports');
    expect(await run(bin, ['init', '--yes'], { cwd: scratch.root, env: scratch.env })).toMatchObject({
      code: 0,
      stderr: '',
    });
    await scratch.commitAll('the linter');
    return scratch;
  }

  test.each([
    ['.', `npm --prefix web exec --no -- ${request}`],
    ['docs', `npm --prefix ../web exec --no -- ${request}`],
    ['web', `npx --no -- ${request}`],
  ])(
    'what the hook says next runs as printed, with its reason, where the commit was made: %s',
    async (folder, next) => {
      const scratch = await pythonProject();
      scratch.write({ 'app.py': 'import numpy_utils\n' });
      await scratch.git('add', '--all');
      // Whoever has no terminal is told to ask; nothing listens on port 9 ("discard").
      const env = {
        ...scratch.env,
        ...Object.fromEntries(assistantVariables.slice(0, 1).map((name) => [name, '1'])),
        npm_config_registry: 'http://127.0.0.1:9/',
        npm_config_fetch_retries: '0',
      };
      const cwd = path.join(scratch.root, folder);
      const { code, stdout, stderr } = await run('git', ['commit', '-m', 'fake'], { cwd, env });
      expect([code, /next: (.*)/.exec(stdout + stderr)?.[1]], stdout + stderr).toEqual([1, next]);
      expect(await run('sh', ['-c', next.replace('…', 'sums')], { cwd, env })).toMatchObject({ code: 0 });
      expect(scratch.read('approved-packages.yaml')).toContain('  pypi:numpy-utils: { requested: sums, ');
    },
  );

  test('the hook calls what is installed there, and says what installs it', async () => {
    const scratch = await pythonProject();
    const hook = scratch.read('.git/hooks/pre-commit');
    expect(hook).toContain(
      'exec node web/node_modules/vetted-imports/bin/check-imports.js hook pre-commit\n',
    );
    expect(hook).toContain('Run: npm --prefix web install');
  });
});
