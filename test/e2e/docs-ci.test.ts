import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { afterEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { bin, projectRoot, run, Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

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
      v.looseObject({ 'vetted-imports': v.looseObject({ script: v.array(v.string()) }) }),
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

  const weekly = {
    GitHub: () => {
      const job = v.object({ steps: v.array(v.looseObject({ run: v.optional(v.string()) })) });
      const { jobs } = v.parse(
        v.object({ jobs: v.object({ 'approved-packages': job }) }),
        parse(blockWith('merge_group:')),
      );
      return jobs['approved-packages'].steps.flatMap(({ run: command }) => command ?? []);
    },
    GitLab: () => {
      const job = v.looseObject({ script: v.array(v.string()) });
      const jobs = v.parse(
        v.looseObject({ 'approved-packages': job }),
        parse(blockWith('CI_PIPELINE_SOURCE')),
      );
      return jobs['approved-packages'].script;
    },
  };

  test.each(['GitHub', 'GitLab'] as const)(
    'the weekly job for %s asks about what was approved',
    async (host) => {
      const scratch = await clone();
      expect((await runIn(scratch, ['init', '--yes'])).code).toBe(0);
      const env = { ...scratch.env, GITHUB_WORKSPACE: scratch.root, CI_PROJECT_DIR: scratch.root };
      // Both run it so: the first line that fails ends it.
      const done = await run('bash', ['-e', '-c', weekly[host]().join('\n')], { cwd: scratch.root, env });
      // Nobody is asked here, which is no clean run.
      expect([done.code, `${done.stdout}${done.stderr}`]).toEqual([2, expect.stringContaining('lookup')]);
      expect(readFileSync(path.join(scratch.home, 'npm'), 'utf8')).toContain('--ignore-scripts');
    },
  );

  test('the commands for anywhere else', async () => {
    const scratch = await clone();
    const lines = blockWith('git fetch origin main');
    const done = await run('sh', ['-e', '-c', lines], { cwd: scratch.root, env: scratch.env });
    expect([done.code, done.stdout.includes('pypi:numpy-utils')], done.stderr).toEqual([1, true]);
  });
});

describe('docs/teams.md', () => {
  const teams = readFileSync(path.join(projectRoot, 'docs/teams.md'), 'utf8');
  const fileOf = (name: string) => {
    const [, text = ''] = teams.split(`\`\`\`yaml\n# ${name}\n`);
    return text.slice(0, text.indexOf('```'));
  };
  const step = v.looseObject({ run: v.optional(v.string()) });
  const workflow = v.parse(
    v.object({ jobs: v.object({ imports: v.looseObject({ steps: v.array(step) }) }) }),
    parse(fileOf('.github/workflows/imports.yml')),
  );
  const commands = workflow.jobs.imports.steps.flatMap(({ run: command }) => command ?? []);
  const manifest = (more: Readonly<Record<string, string>>) =>
    JSON.stringify({ dependencies: { lodash: '4' }, devDependencies: more });

  /** A pull request of a person from a branch of the repository. */
  async function runJob(scratch: Scratch) {
    const repository = { id: 1 };
    const [sha, base] = await Promise.all([
      scratch.git('rev-parse', 'HEAD'),
      scratch.git('rev-parse', 'HEAD~1'),
    ]);
    const user = { login: 'ada', type: 'User' };
    const event = path.join(scratch.home, 'event.json');
    const states = {
      head: { sha: sha.trim(), repo: repository },
      base: { sha: base.trim(), repo: repository },
    };
    writeFileSync(event, JSON.stringify({ pull_request: { ...states, user }, sender: user }));
    const env = { ...scratch.env, GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: event };
    return run('bash', ['-e', '-c', commands.filter((line) => line !== 'npm ci').join('\n')], {
      cwd: scratch.root,
      env,
    });
  }

  test('the job lets the pull request pass that adds the tool, and no later one that approves what it uses', async () => {
    const scratch = await clone();
    scratch.write({ 'package.json': manifest({}), 'other.py': '' });
    await scratch.commitAll('shop');
    scratch.write({
      'package.json': manifest({ 'vetted-imports': '0.1.0' }),
      '.check-importsrc.yaml': `${fileOf('.check-importsrc.yaml')}lookup: off\n`,
    });
    scratch.remove('.check-importsrc');
    await scratch.git('add', '--all');
    expect((await runIn(scratch, ['init', '--yes'])).code).toBe(0);
    await scratch.git('config', 'core.hooksPath', '/dev/null');
    await scratch.commitAll('adopt');
    const adopted = await runJob(scratch);
    expect(adopted.code, adopted.stdout).toBe(0);
    expect(adopted.stdout).toContain('approved npm:vetted-imports');
    const whitelist = scratch.read('approved-packages.yaml');
    scratch.write({
      'approved-packages.yaml': `${whitelist}  npm:zod: { approved: x, by: x, date: 2026-11-23 }\n`,
      'a.js': 'import "zod";\n',
    });
    await scratch.commitAll('zod');
    const later = await runJob(scratch);
    expect([later.code, later.stdout], later.stderr).toEqual([
      1,
      expect.stringContaining('npm:zod is approved in this change'),
    ]);
  });
});
