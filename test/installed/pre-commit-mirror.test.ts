import { cpSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { version } from '../../src/app/version.ts';
import { mirror } from '../../src/tool-command/pre-commit-framework.ts';
import { findProgram } from '../kit/find-program.ts';
import { projectRoot, run, Scratch, type Finished } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

/*
 * The real pre-commit framework installs the tool from the mirror (mirrors/pre-commit), as `init` writes it down, and npm
 * asks a registry on the loopback address. One environment of the framework serves all tests.
 */

const program = findProgram('pre-commit');

describe.runIf(program !== null)('the mirror for the pre-commit framework', () => {
  let scratch: Scratch;
  let offered: Scratch;
  afterAll(() => {
    scratch.dispose();
    offered.dispose();
  });

  /** A person's project in which `init` wrote the hook; the mirror's address leads to a copy of its folder. */
  beforeAll(async () => {
    offered = await Scratch.with({ LICENSE: '' });
    cpSync(path.join(projectRoot, 'mirrors/pre-commit'), offered.root, { recursive: true });
    await offered.commitAll(version);
    await offered.git('tag', `v${version}`);
    scratch = await Scratch.with({
      '.check-importsrc.yaml': 'lookup: off\n',
      'requirements.txt': 'flask\n',
      'requirements-dev.txt': 'pre-commit>=3\n',
      'app.py': 'import flask\n',
    });
    await scratch.git('config', '--global', `url.${offered.root}.insteadOf`, mirror);
    scratch.env['npm_config_registry'] = inject('registry');
    expect((await runIn(scratch, ['init', '--yes'])).code).toBe(0);
    // As earlier states of init wrote it, which stays. That of Python: test/installed/start-python.test.ts.
    const config = scratch.read('.pre-commit-config.yaml');
    expect(config).toContain('- id: check-imports-python\n');
    scratch.write({ '.pre-commit-config.yaml': config.replace('check-imports-python', 'check-imports') });
    await preCommit('install');
    await scratch.commitAll('the linter');
  });

  const preCommit = (...args: readonly string[]): Promise<Finished> =>
    run(program ?? '', args, { cwd: scratch.root, env: scratch.env });

  async function commit(files: Readonly<Record<string, string>>): Promise<Finished> {
    scratch.write(files);
    await scratch.git('add', '--all');
    return scratch.tryGit('commit', '--message', 'change');
  }

  test('an invented import stops a commit, and one that uses nothing new passes', async () => {
    const stopped = await commit({ 'new.py': 'import numpy_utils\n' });
    expect([stopped.code, stopped.stderr]).toEqual([1, expect.stringContaining('pypi:numpy-utils')]);
    const [, command = ''] = /next: (\/\S+\/\.cache\/pre-commit\/\S+) review$/m.exec(stopped.stderr) ?? [];
    const shown = await run(command, ['--version'], { cwd: scratch.root, env: scratch.env });
    expect(shown).toMatchObject({ code: 0, stdout: `${version}\n` });
    expect(await commit({ 'new.py': 'import flask\n' })).toMatchObject({ code: 0 });
  });

  test('autoupdate raises what init wrote, and init leaves it there', async () => {
    offered.write({ 'README.md': 'newer' });
    await offered.commitAll('99.0.0');
    await offered.git('tag', 'v99.0.0');
    expect(await preCommit('autoupdate')).toMatchObject({ code: 0 });
    const raised = scratch.read('.pre-commit-config.yaml');
    expect(raised).toContain('rev: v99.0.0\n');
    await runIn(scratch, ['init', '--yes']);
    expect(scratch.read('.pre-commit-config.yaml')).toBe(raised);
  });

  test('the framework reads the list of hooks', async () => {
    const list = path.join(projectRoot, 'mirrors/pre-commit/.pre-commit-hooks.yaml');
    expect(await preCommit('validate-manifest', list)).toMatchObject({ code: 0 });
  });
});
