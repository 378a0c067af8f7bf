import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { parseDocument } from 'yaml';
import { pinnedActions, stepUse } from '../../src/app/init/actions.ts';
import { projectRoot, run, Scratch } from '../kit/scratch.ts';

/*
 * No build server runs here, so the workflows are read: what they start is there, what they use is pinned, and who may
 * publish runs nothing of anybody else's.
 */

const folder = '.github/workflows';
const textOf = (file: string) => readFileSync(path.join(projectRoot, file), 'utf8');

// https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax
const step = v.strictObject({
  if: v.optional(v.string()),
  uses: v.optional(v.string()),
  with: v.optional(v.record(v.string(), v.unknown())),
  run: v.optional(v.string()),
  env: v.optional(v.record(v.string(), v.string())),
});
const permissions = v.record(v.string(), v.picklist(['read', 'write']));
const job = v.strictObject({
  needs: v.optional(v.union([v.string(), v.array(v.string())])),
  strategy: v.optional(
    v.strictObject({ 'fail-fast': v.boolean(), matrix: v.record(v.string(), v.array(v.string())) }),
  ),
  'runs-on': v.string(),
  'timeout-minutes': v.number(),
  environment: v.optional(v.string()),
  permissions: v.optional(permissions),
  steps: v.array(step),
});
const workflow = v.strictObject({
  name: v.string(),
  on: v.record(v.string(), v.nullable(v.record(v.string(), v.unknown()))),
  permissions,
  concurrency: v.strictObject({ group: v.string(), 'cancel-in-progress': v.boolean() }),
  jobs: v.record(v.string(), job),
});

const workflows = readdirSync(path.join(projectRoot, folder)).map((name) => {
  const document = parseDocument(textOf(`${folder}/${name}`), { uniqueKeys: true, strict: true });
  if (document.errors.length > 0) throw new Error(`${name}: ${document.errors.join(', ')}`);
  return { ...v.parse(workflow, document.toJS()), name, text: textOf(`${folder}/${name}`) };
});
const jobs = workflows.flatMap((each) =>
  Object.entries(each.jobs).map(([id, content]) => ({ id: `${each.name}: ${id}`, ...content })),
);
const publishing = jobs.filter((each) => each.permissions?.['id-token'] === 'write');
const commands = jobs.flatMap(({ id, steps }) =>
  steps.flatMap(({ run }) => (run === undefined ? [] : [{ id, run }])),
);
const scriptsIn = (file: string) =>
  Object.keys(
    v.parse(v.object({ scripts: v.record(v.string(), v.string()) }), JSON.parse(textOf(file))).scripts,
  );

test('there are these', () => {
  expect(workflows.map(({ name }) => name)).toEqual(['check.yml', 'release.yml']);
  const [check] = jobs;
  expect(check?.strategy?.matrix['node']).toEqual(['20', '22', '24']);
  expect(check?.strategy?.matrix['os']?.map((name) => name.split('-')[0])).toEqual([
    'ubuntu',
    'macos',
    'windows',
  ]);
});

describe.each(workflows)('$name', ({ text, permissions: allowed }) => {
  test('may do nothing but read, unless a job says so', () => {
    expect(Object.values(allowed).filter((word) => word !== 'read')).toEqual([]);
  });

  test('uses actions by commits of the table, with their versions', () => {
    const used = [...text.matchAll(/^ +- uses: (([^@\s]+)@.*)$/gm)];
    expect(used).not.toEqual([]);
    expect(used.map(([, use]) => use)).toEqual(used.map(([, , name = '']) => stepUse(name)));
  });

  test('says that it has never run', () => {
    expect(text).toContain('This workflow has never run');
    expect(textOf('CONTRIBUTING.md')).toContain('None of the workflows has ever run');
  });
});

test('each commit of the table is one, and each action has one', () => {
  expect(pinnedActions.filter(({ commit }) => !/^[0-9a-f]{40}$/.test(commit))).toEqual([]);
  expect(pinnedActions.filter(({ version }) => !/^v\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  expect(new Set(pinnedActions.map(({ name }) => name)).size).toBe(pinnedActions.length);
});

test('the documentation pins every action but this one', () => {
  const pages = readdirSync(path.join(projectRoot, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`);
  const uses = ['README.md', ...pages].flatMap((page) =>
    [...textOf(page).matchAll(/uses: ([\w./-]+)@(\S+)/g)].map(([, name = '', state]) => ({
      page,
      name,
      state,
    })),
  );
  const strangers = uses.filter(({ name }) => name !== 'vetted-imports/vetted-imports');
  expect(strangers).not.toEqual([]);
  expect(strangers.map(({ name, state }) => `${name}@${state ?? ''}`)).toEqual(
    strangers.map(({ name }) => stepUse(name).split(' ')[0]),
  );
});

describe('what is run', () => {
  test.each(commands)('$id: $run', ({ run }) => {
    for (const [, script = ''] of run.matchAll(/\bnpm run (\S+)/g))
      expect(scriptsIn('package.json')).toContain(script);
    // A script of a dependency would run with what the job may do.
    if (/\bnpm (?:ci|install|stage)\b/.test(run)) expect(run).toContain('--ignore-scripts');
    // A text that others write, put into a command, would be run.
    expect(run).not.toContain('${{');
    for (const [file] of run.matchAll(/(?:\.ci|scripts)\/[\w./-]+/g))
      expect(existsSync(path.join(projectRoot, file))).toBe(true);
  });

  test('the list of counterparts is that of .ci/run, however long its lines are', async () => {
    const line =
      /list=(.*)$/m.exec(commands.find(({ run }) => run.includes('apt-get'))?.run ?? '')?.[1] ?? '';
    const packages = async (text: string) => {
      using scratch = await Scratch.with({ '.ci/run': text });
      const { stdout } = await run('sh', ['-c', `list=${line}; printf '%s ' $list`], {
        cwd: scratch.root,
        env: scratch.env,
      });
      return stdout.trim().split(' ');
    };
    expect(await packages('  apt install --no-install-recommends tmux \\\n    zsh\nstep b\n')).toEqual([
      'tmux',
      'zsh',
    ]);
    const own = await packages(textOf('.ci/run'));
    expect(own).toEqual(expect.arrayContaining(['tmux', 'fish']));
    expect(own.filter((word) => !/^[a-z][a-z0-9.+-]+$/.test(word))).toEqual([]);
  });

  test('a checkout keeps no token, and nothing is cached', () => {
    for (const { steps } of jobs)
      for (const { uses = '', with: inputs = {} } of steps) {
        if (uses.startsWith('actions/checkout@')) expect(inputs['persist-credentials']).toBe(false);
        if (uses.startsWith('actions/setup-node@')) expect(inputs['package-manager-cache']).toBe(false);
        expect([uses, inputs['cache']]).toEqual([uses, undefined]);
        expect(uses).not.toContain('actions/cache');
      }
  });
});

describe('who publishes', () => {
  test('is one job for each registry', () => {
    expect(publishing.map(({ id, environment }) => [id, environment])).toEqual([
      ['release.yml: npm', 'npm'],
      ['release.yml: pypi', 'pypi'],
    ]);
  });

  test.each(publishing)(
    '$id runs nothing of the repository or of a dependency',
    ({ permissions: allowed, ...rest }) => {
      expect(allowed).toEqual({ 'id-token': 'write' });
      expect(rest.needs).toBe('build');
      expect(rest.steps.filter(({ uses = '' }) => uses.startsWith('actions/checkout@'))).toEqual([]);
      expect(rest.steps.filter(({ run = '' }) => /npm (?:ci|run|test)\b|npx/.test(run))).toEqual([]);
    },
  );

  test('has no secret', () => {
    expect(workflows.filter(({ text }) => text.includes('secrets.'))).toEqual([]);
  });
});

describe('what is made for a release', () => {
  const artifacts = textOf('scripts/artifacts.js');
  const [, list = ''] = /const makers = \[\n([\s\S]*?)\n\];/.exec(artifacts) ?? [];
  const makers = [...list.matchAll(/\['(\w+)'/g)].map(([, script = '']) => script);

  test('is the tarball, the wheel and the extension', () => {
    expect(makers).toEqual(['pack', 'wheel', 'extension']);
  });

  test.for(makers)('%s is a script of package.json', (script, { skip }) => {
    skip(!scriptsIn('package.json').includes(script), `package.json has no script ${script} yet`);
    expect(scriptsIn('package.json')).toContain(script);
  });
});
