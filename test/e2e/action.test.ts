import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { afterEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { projectRoot, run, Scratch, type Finished } from '../kit/scratch.ts';
import { byAda, whitelistLine, whitelistText } from '../kit/whitelist.ts';

/*
 * The steps of action.yml as GitHub runs them: their scripts in bash, with the environment of a runner, in real
 * clones. Only npm is played, because the version that is pinned is not published before the action is.
 */

const step = v.strictObject({
  name: v.string(),
  id: v.optional(v.string()),
  shell: v.literal('bash'),
  env: v.record(v.string(), v.union([v.string(), v.number()])),
  run: v.string(),
});
const action = v.strictObject({
  name: v.string(),
  description: v.string(),
  author: v.string(),
  branding: v.strictObject({ icon: v.string(), color: v.string() }),
  inputs: v.record(v.string(), v.strictObject({ description: v.string(), default: v.string() })),
  outputs: v.record(v.string(), v.strictObject({ description: v.string(), value: v.string() })),
  runs: v.strictObject({ using: v.literal('composite'), steps: v.tuple([step, step]) }),
});
const definition = v.parse(action, parse(readFileSync(path.join(projectRoot, 'action.yml'), 'utf8')));
const [install, check] = definition.runs.steps;

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

describe('action.yml', () => {
  test('pins the version of this package', () => {
    const { version } = v.parse(
      v.looseObject({ version: v.string() }),
      JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')),
    );
    expect(install.env['VERSION']).toBe(version);
  });

  test('puts no expression into a script: inputs come in through the environment', () => {
    for (const { run: script } of definition.runs.steps) expect(script).not.toContain('${{');
  });

  test('hands over every input, and no other', () => {
    const used = Object.values(check.env).flatMap(
      (value) => /inputs\.([\w-]+)/.exec(String(value))?.[1] ?? [],
    );
    expect(used.sort()).toEqual(Object.keys(definition.inputs).sort());
  });
});

/** What a runner knows of the event. */
interface Event {
  readonly name: string;
  readonly payload: unknown;
  /** The commit that it is about. */
  readonly sha?: string;
  readonly inputs?: Readonly<Record<string, string>>;
}

interface Ran extends Finished {
  readonly summary: string;
  readonly npm: string;
}

/** Runs both steps in a clone, as the runner does. */
async function runAction(
  scratch: Scratch,
  clone: string,
  { name, payload, inputs = {}, sha = '' }: Event,
): Promise<Ran> {
  const temp = path.join(scratch.home, 'runner');
  mkdirSync(path.join(temp, 'bin'), { recursive: true });
  const npm = path.join(temp, 'bin/npm');
  writeFileSync(
    npm,
    `#!/bin/sh\necho "$PWD $*" > '${temp}/npm.txt'\nmkdir -p node_modules\nln -s '${projectRoot}' node_modules/vetted-imports\n`,
  );
  chmodSync(npm, 0o755);
  const files = { event: `${temp}/event.json`, output: `${temp}/output`, summary: `${temp}/summary.md` };
  writeFileSync(files.event, JSON.stringify(payload));
  const env = {
    ...scratch.env,
    PATH: `${temp}/bin${path.delimiter}${scratch.env['PATH'] ?? ''}`,
    RUNNER_TEMP: temp,
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: name,
    GITHUB_EVENT_PATH: files.event,
    GITHUB_SHA: sha,
    GITHUB_OUTPUT: files.output,
    GITHUB_STEP_SUMMARY: files.summary,
  };
  const cwd = path.join(scratch.root, clone);
  const installed = await run('bash', ['-c', install.run], {
    cwd,
    env: { ...env, ...filled(install.env, {}, '') },
  });
  if (installed.code !== 0) throw new Error(installed.stderr);
  const command = /^command=(.+)$/m.exec(readFileSync(files.output, 'utf8'))?.[1] ?? '';
  const values = { offline: 'true', ...inputs };
  const done = await run('bash', ['-c', check.run], {
    cwd,
    env: { ...env, ...filled(check.env, values, command) },
  });
  const summary = existsSync(files.summary) ? readFileSync(files.summary, 'utf8') : '';
  return { ...done, summary, npm: readFileSync(`${temp}/npm.txt`, 'utf8') };
}

/** The step's environment with its expressions replaced. */
function filled(
  env: Readonly<Record<string, string | number>>,
  inputs: Readonly<Record<string, string>>,
  command: string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => {
      const input = /inputs\.([\w-]+)/.exec(String(value))?.[1];
      if (input !== undefined) return [name, inputs[input] ?? definition.inputs[input]?.default ?? ''];
      return [name, String(value).includes('steps.install') ? command : String(value)];
    }),
  );
}

const approvals = whitelistText({ 'pypi:flask': { approved: 'the API', ...byAda } });
const more = `${approvals}${whitelistLine('pypi:numpy-utils', { approved: 'ours', ...byAda })}\n`;

/** A repository with a branch, and a clone at GitHub's merge of both, as actions/checkout leaves it. */
async function pullRequest(
  files: Readonly<Record<string, string>>,
): Promise<{ scratch: Scratch; payload: PullRequest }> {
  const scratch = await Scratch.with({
    'approved-packages.yaml': approvals,
    'app.py': 'import flask\n',
  });
  open.push(scratch);
  await scratch.git('switch', '--quiet', '--create', 'feature');
  scratch.write(files);
  await scratch.commitAll('feature');
  await scratch.git('switch', '--quiet', 'main');
  const old = (await scratch.git('rev-parse', 'main')).trim();
  scratch.write({ 'moved.py': 'import panda_tools\n' });
  await scratch.commitAll('main moves on, past every hook');
  await scratch.git('switch', '--quiet', '--create', 'merge');
  await scratch.git('merge', '--quiet', '--no-ff', '--no-verify', '--no-edit', 'feature');
  const feature = (await scratch.git('rev-parse', 'feature')).trim();
  return { scratch, payload: { pull_request: { base: { sha: old }, head: { sha: feature } } } };
}

/** What an event says of one; as it stands here, it names no repository: the fork is gone. */
interface PullRequest {
  readonly pull_request: { readonly base: { readonly sha: string }; readonly head: { readonly sha: string } };
}

/** The same, from a branch of the repository with this id: of the base, by default. */
function ofMember({ pull_request: { base, head } }: PullRequest, id = 1) {
  return { pull_request: { base: { ...base, repo: { id: 1 } }, head: { ...head, repo: { id } } } };
}

async function clone(scratch: Scratch, ...flags: readonly string[]): Promise<string> {
  await scratch.git('clone', '--quiet', ...flags, `file://${scratch.root}`, 'clone');
  return 'clone';
}

const annotations = (stdout: string) => stdout.split('\n').filter((line) => line.startsWith('::'));

describe('a pull request', () => {
  test('is annotated, summed up and written as SARIF; what the base brought is not its business', async () => {
    const { scratch, payload } = await pullRequest({ 'other.py': 'import numpy_utils\n' });
    const folder = await clone(scratch, '--depth', '2', '--branch', 'merge');
    const inputs = { 'sarif-file': 'out.sarif' };
    const ran = await runAction(scratch, folder, { name: 'pull_request', payload, inputs });
    expect(ran.code).toBe(1);
    const found = annotations(ran.stdout);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^::error file=other\.py,line=1,/);
    expect(ran.summary).toContain('numpy');
    expect(scratch.read('clone/out.sarif')).toContain('pypi/numpy-utils');
    expect(ran.stdout + ran.summary).not.toContain('panda');
  });

  test('that is clean passes', async () => {
    const { scratch, payload } = await pullRequest({ 'other.py': 'import flask\n' });
    const folder = await clone(scratch, '--depth', '2', '--branch', 'merge');
    const ran = await runAction(scratch, folder, { name: 'pull_request', payload });
    expect([ran.code, annotations(ran.stdout)]).toEqual([0, []]);
  });

  test('in a clone without history is a fault that says how to fetch it, never clean', async () => {
    const { scratch, payload } = await pullRequest({ 'other.py': 'import flask\n' });
    const folder = await clone(scratch, '--depth', '1', '--branch', 'merge');
    const ran = await runAction(scratch, folder, { name: 'pull_request', payload });
    expect(ran.code).toBe(2);
    expect(ran.stdout.replace(/\s+/g, ' ')).toContain('fetch-depth: 0');
  });

  test('may approve its own imports; one of a fork may not, unless a person says so', async () => {
    const change = { 'approved-packages.yaml': more, 'other.py': 'import numpy_utils\n' };
    const { scratch, payload } = await pullRequest(change);
    const folder = await clone(scratch, '--branch', 'merge');
    const own = await runAction(scratch, folder, { name: 'pull_request', payload: ofMember(payload) });
    expect([own.code, own.stdout.includes('numpy-utils')]).toEqual([0, true]);

    const fork = await runAction(scratch, folder, { name: 'pull_request', payload: ofMember(payload, 2) });
    expect(fork.code).toBe(1);
    expect(fork.stdout.replace(/\s+/g, ' ')).toContain(
      'pypi:numpy-utils is approved in this change (approved-packages.yaml:6), but the base’s policy judges: the change comes from a fork.',
    );
    expect(fork.stdout).not.toContain('nobody approved');

    const inputs = { 'policy-from': 'head' };
    expect((await runAction(scratch, folder, { name: 'pull_request', payload, inputs })).code).toBe(0);
  });

  test('of a stranger runs nothing of the repository', async () => {
    const evil = `require('fs').writeFileSync(${JSON.stringify(path.join(projectRoot, 'dist/pwned'))}, '')`;
    const { scratch, payload } = await pullRequest({
      '.npmrc': 'registry=https://evil.example/\nignore-scripts=false\n',
      'package.json': '{ "scripts": { "preinstall": "exit 3" }, "name": "x" }',
      '.check-importsrc.js': evil,
      'check-imports.config.js': evil,
      'node_modules/vetted-imports/bin/check-imports.js': evil,
      '$(touch pwned).py': 'import numpy_utils\n',
      '::error::x.py': 'import numpy_utils\n',
    });
    const folder = await clone(scratch, '--branch', 'merge');
    const ran = await runAction(scratch, folder, { name: 'pull_request', payload });
    expect(ran.code).toBe(1);
    expect(ran.npm).not.toContain(`${scratch.root}/`);
    expect(ran.npm).toContain('--ignore-scripts');
    expect(existsSync(path.join(projectRoot, 'dist/pwned'))).toBe(false);
    expect(scratch.has('clone/pwned')).toBe(false);
    expect(annotations(ran.stdout).every((line) => /^::(?:error|warning|notice) file=/.test(line))).toBe(
      true,
    );
  });

  test('inputs are values, never commands', async () => {
    const { scratch, payload } = await pullRequest({ 'other.py': 'import flask\n' });
    const folder = await clone(scratch, '--branch', 'merge');
    const inputs = { since: '"; touch pwned; $(touch pwned) --output=pwned' };
    const ran = await runAction(scratch, folder, { name: 'pull_request', payload, inputs });
    expect(ran.code).toBe(2);
    expect(scratch.has('clone/pwned')).toBe(false);
  });
});

describe('other events', () => {
  test('a push is compared with where the branch left main, whatever was there before', async () => {
    const { scratch } = await pullRequest({ 'other.py': 'import numpy_utils\n' });
    const folder = await clone(scratch, '--branch', 'merge');
    const after = (await scratch.git('rev-parse', 'merge')).trim();
    const payload = { ref: 'refs/heads/merge', repository: { default_branch: 'main' }, before: after, after };
    const ran = await runAction(scratch, folder, { name: 'push', payload });
    expect([ran.code, annotations(ran.stdout).length]).toEqual([1, 1]);
  });

  test('a merge group', async () => {
    const { scratch } = await pullRequest({ 'other.py': 'import numpy_utils\n' });
    const folder = await clone(scratch, '--branch', 'merge');
    const [base, head] = (await scratch.git('rev-parse', 'main', 'merge')).split('\n');
    const payload = { merge_group: { base_sha: base, head_sha: head } };
    const ran = await runAction(scratch, folder, { name: 'merge_group', payload });
    expect([ran.code, annotations(ran.stdout).length]).toEqual([1, 1]);
  });

  test('a schedule checks everything', async () => {
    const { scratch } = await pullRequest({ 'other.py': 'import numpy_utils\n' });
    const folder = await clone(scratch, '--branch', 'merge');
    const sha = (await scratch.git('rev-parse', 'merge')).trim();
    const ran = await runAction(scratch, folder, { name: 'schedule', payload: {}, sha });
    expect([ran.code, annotations(ran.stdout).length]).toEqual([1, 2]);
  });
});
