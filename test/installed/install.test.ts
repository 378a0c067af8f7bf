import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import { installIn } from '../kit/packed.ts';
import { projectRoot, run, Scratch } from '../kit/scratch.ts';

/* What people get when npm installs the packed tool: test/kit/install.ts. */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
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
  open.push(scratch);
  installIn(scratch);
  return scratch;
}

test.each(['vetted-imports', 'check-imports'])(
  'npx %s starts what is installed, and asks no registry',
  async (name) => {
    const scratch = await project();
    const { version } = v.parse(
      v.object({ version: v.string() }),
      JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')),
    );
    // Nothing listens on port 9 ("discard"): npx would end with a network error.
    const env = { ...scratch.env, npm_config_registry: 'http://127.0.0.1:9/', npm_config_fetch_retries: '0' };
    const shown = await run('npx', [name, '--version'], { cwd: scratch.root, env });
    expect(shown).toMatchObject({ code: 0, stdout: `${version}\n` });

    scratch.write({ 'app.py': 'import numpy_utils\n', 'main.ts': "import type pad from 'left-padder';\n" });
    await scratch.git('add', '--all');
    const args = [name, '--staged', '--offline', '--format', 'concise'];
    const { code, stdout } = await run('npx', args, { cwd: scratch.root, env });
    expect([code, findingsIn(stdout)]).toEqual([
      1,
      ['app.py:1:8 unapproved-package pypi:numpy-utils', 'main.ts:1:23 unapproved-package npm:left-padder'],
    ]);
  },
);
