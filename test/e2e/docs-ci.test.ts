import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { afterEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { bin, projectRoot, run, Scratch } from '../kit/scratch.ts';

/* The snippets of docs/ci.md, as a build server runs them. Only npm and npx are played: nothing is published yet. */

const page = readFileSync(path.join(projectRoot, 'docs/ci.md'), 'utf8');
const blocks = [...page.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].map(([, kind = '', text = '']) => ({
  kind,
  text,
}));
const blockWith = (part: string) => blocks.find(({ text }) => text.includes(part))?.text ?? '';

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

/** A clone of a repository whose branch adds an invented package. */
async function clone(): Promise<Scratch> {
  const origin = await Scratch.with({ 'requirements.txt': 'flask\n', 'app.py': 'import flask\n' });
  open.push(origin);
  const scratch = new Scratch();
  open.push(scratch);
  await scratch.git('clone', '--quiet', `file://${origin.root}`, '.');
  await scratch.git('switch', '--quiet', '--create', 'feature');
  scratch.write({ 'other.py': 'import numpy_utils\n', '.check-importsrc': 'lookup: off\n' });
  await scratch.commitAll('feature');
  const tools = path.join(scratch.home, 'bin');
  mkdirSync(tools);
  const commands = {
    npm: `mkdir -p node_modules && ln -s '${projectRoot}' node_modules/vetted-imports && echo "$PWD $*" >'${scratch.home}/npm'`,
    npx: `[ "$1 $2 $3" = "--no -- vetted-imports" ] && shift 3 && exec '${process.execPath}' '${bin}' "$@"`,
  };
  for (const [name, line] of Object.entries(commands)) {
    writeFileSync(path.join(tools, name), `#!/bin/sh\n${line}\n`);
    chmodSync(path.join(tools, name), 0o755);
  }
  scratch.env['PATH'] = `${tools}${path.delimiter}${scratch.env['PATH'] ?? ''}`;
  return scratch;
}

describe('docs/ci.md', () => {
  const { version } = v.parse(
    v.object({ version: v.string() }),
    JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')),
  );

  test('names this version everywhere, and inputs that the action has', () => {
    const named = [...page.matchAll(/vetted-imports@v?([\w.]+)/g)].map(([, found]) => found);
    expect(named.length).toBeGreaterThan(2);
    expect(new Set(named)).toEqual(new Set([version]));
    const action = v.parse(
      v.object({ inputs: v.record(v.string(), v.looseObject({})) }),
      parse(readFileSync(path.join(projectRoot, 'action.yml'), 'utf8')),
    );
    const rows = [...page.matchAll(/^\| `([\w-]+)`\s+\|.*\|.*\|$/gm)].map(([, name]) => name);
    const inputs = rows.filter((name) => name !== undefined && Object.hasOwn(action.inputs, name));
    expect(inputs).toEqual(Object.keys(action.inputs));
  });

  test('the job for GitLab finds what a merge request brings, and writes SARIF', async () => {
    const job = v.parse(
      v.object({ 'vetted-imports': v.looseObject({ script: v.array(v.string()) }) }),
      parse(blockWith('CI_PIPELINE_SOURCE')),
    )['vetted-imports'];
    const scratch = await clone();
    const env = {
      ...scratch.env,
      CI_PROJECT_DIR: scratch.root,
      CI_PIPELINE_SOURCE: 'merge_request_event',
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: (await scratch.git('rev-parse', 'origin/main')).trim(),
    };
    // GitLab runs the lines of a script in one shell, which ends at the first that fails.
    const done = await run('bash', ['-e', '-c', job.script.join('\n')], { cwd: scratch.root, env });
    expect([done.code, done.stdout.includes('pypi:numpy-utils')], done.stderr).toEqual([1, true]);
    expect(scratch.read('vetted-imports.sarif')).toContain('pkg:pypi/numpy-utils');
    const npm = readFileSync(path.join(scratch.home, 'npm'), 'utf8');
    expect([npm.startsWith(scratch.root), npm.includes('--ignore-scripts')]).toEqual([false, true]);
  });

  test('the commands for anywhere else', async () => {
    const scratch = await clone();
    const lines = blockWith('git fetch origin main');
    const done = await run('sh', ['-e', '-c', lines], { cwd: scratch.root, env: scratch.env });
    expect([done.code, done.stdout.includes('pypi:numpy-utils')], done.stderr).toEqual([1, true]);
  });
});
