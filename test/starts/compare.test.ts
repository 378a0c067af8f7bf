import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { blockOf, withBlock } from '../../src/starts/block.ts';
import { loosenedStarts, oncePerFile } from '../../src/starts/compare.ts';
import { placeOf } from '../../src/starts/places.ts';
import { startsIn } from '../../src/starts/read.ts';
import { pushScriptLines, scriptLines } from '../../src/starts/script.ts';
import { projectRoot } from '../kit/scratch.ts';

/* What a change does to the lines that start this tool: what it loosens, and what it leaves as it was. */

type Files = Readonly<Record<string, string | null>>;

async function startsOf(files: Files) {
  return Promise.all(
    Object.entries(files).map(async ([file, text]) => {
      const place = placeOf(file);
      return { file, starts: place && text !== null ? await startsIn(text, place) : [] };
    }),
  );
}

async function loosened(before: Files, after: Files): Promise<string[]> {
  const changes = oncePerFile(loosenedStarts(await startsOf(before), await startsOf(after)));
  return changes.map(({ file, line, what }) => `${file}:${line} ${what}`);
}

const calls = {
  folder: '',
  plugAndPlay: false,
  environments: [],
  install: 'npm install',
  add: null,
  outside: 'npm install --global vetted-imports',
  runner: 'npx --no --',
  command: 'npx --no -- vetted-imports',
  named: true,
};
const lines = scriptLines(calls);
const block = blockOf(lines);
const pushBlock = blockOf(pushScriptLines(calls));
const call = 'npx --no -- vetted-imports hook pre-commit';
const gone = `no longer starts vetted-imports as before: ${call}`;
const goneLines = 'no longer starts vetted-imports as before: the lines of init';

const husky = '.husky/pre-commit';
const framework = '.pre-commit-config.yaml';
const workflow = '.github/workflows/ci.yml';
const gitlab = '.gitlab-ci.yml';

const hooks = (rev: string, more = '') =>
  `repos:\n  - repo: https://github.com/vetted-imports/vetted-imports\n    rev: ${rev}\n    hooks:\n      - id: check-imports\n${more}`;
const localHook = (dependency: string) =>
  `repos:\n  - repo: local\n    hooks:\n      - id: x\n        language: python\n        entry: vetted-imports hook pre-commit\n        additional_dependencies: ['${dependency}']\n`;
const job = ({ on = '[push, pull_request]', step = '', uses = 'v1', job = '' } = {}) =>
  `name: CI\non: ${on}\njobs:\n  imports:\n${job}    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - uses: vetted-imports/vetted-imports@${uses}\n${step}`;
const pipeline = (more = '') =>
  `stages: [test]\nimports:\n  stage: test\n${more}  script:\n    - npm ci\n    - npx --no -- vetted-imports ci\n`;
const manifest = (version: string | null, script = 'vetted-imports --staged') =>
  JSON.stringify(
    { scripts: { check: script }, devDependencies: version === null ? {} : { 'vetted-imports': version } },
    null,
    2,
  );
const agent = (command: string, matcher = 'Bash') =>
  JSON.stringify({ hooks: { PreToolUse: [{ matcher, hooks: [{ type: 'command', command }] }] } }, null, 2);

describe('loosened', () => {
  const rows: readonly (readonly [
    title: string,
    before: Files,
    after: Files,
    expected: readonly string[],
  ])[] = [
    ['a hook goes', { [husky]: `npm test\n${call}\n` }, { [husky]: 'npm test\n' }, [`${husky}:2 ${gone}`]],
    ['a hook goes with its file', { [husky]: `${call}\n` }, { [husky]: null }, [`${husky}:1 ${gone}`]],
    [
      'a hook becomes a comment',
      { [husky]: `${call}\n` },
      { [husky]: `# ${call}\n` },
      [`${husky}:1 ${gone}`],
    ],
    [
      'its failure counts no longer',
      { [husky]: `${call}\n` },
      { [husky]: `${call} || true\n` },
      [`${husky}:1 ${gone}`],
    ],
    ['it is only printed', { [husky]: `${call}\n` }, { [husky]: `echo ${call}\n` }, [`${husky}:1 ${gone}`]],
    [
      'the script ends before it',
      { [husky]: `${call}\n` },
      { [husky]: `exit 0\n${call}\n` },
      [`${husky}:1 ${gone}`],
    ],
    [
      'it checks less',
      { 'x.sh': 'vetted-imports --all\n' },
      { 'x.sh': 'vetted-imports src\n' },
      ['x.sh:1 no longer starts vetted-imports as before: vetted-imports --all'],
    ],
    [
      'the lines of init go',
      { [husky]: `npm test\n\n${block}` },
      { [husky]: 'npm test\n' },
      [`${husky}:3 ${goneLines}`],
    ],
    [
      'a hook of the framework that gets only the stage of pushes',
      { [framework]: hooks('v1.2.0') },
      { [framework]: hooks('v1.2.0', '        stages: [pre-push]\n') },
      [`${framework}:5 changed stages, which decides how vetted-imports is started`],
    ],
    ...['python', 'system'].map(
      (name) =>
        [
          `a hook of the framework goes: ${name}`,
          { [framework]: hooks('v1.2.0').replace('check-imports', `check-imports-${name}`) },
          { [framework]: 'repos: []\n' },
          [
            `${framework}:2 no longer starts vetted-imports as before: https://github.com/vetted-imports/vetted-imports`,
            `${framework}:5 no longer starts vetted-imports as before: check-imports-${name}`,
          ],
        ] as const,
    ),
    [
      'the lines of init get an environment outside of the repository',
      { [husky]: block },
      { [husky]: blockOf(scriptLines({ ...calls, environments: ['/tmp/env'] })) },
      [`${husky}:1 ${goneLines}`],
    ],
    [
      'the lines of init for pushes stand where those for commits did',
      { [husky]: block },
      { [husky]: null, '.husky/pre-push': pushBlock },
      [`${husky}:1 ${goneLines}`],
    ],
    [
      'a call for commits becomes the lines of init for pushes',
      { [husky]: `${call}\n` },
      { [husky]: pushBlock },
      [`${husky}:1 ${gone}`],
    ],
    [
      'the lines of init for pushes go',
      { '.husky/pre-push': pushBlock },
      { '.husky/pre-push': 'npm test\n' },
      [`.husky/pre-push:1 ${goneLines}`],
    ],
    [
      'the lines of init are edited',
      { [husky]: block },
      { [husky]: block.replace('exit 1', 'exit 0') },
      [`${husky}:1 ${goneLines}`],
    ],
    [
      'the lines of init lose their end',
      { [husky]: block },
      { [husky]: block.replace(') || exit $?', ') || :') },
      [`${husky}:1 ${goneLines}`],
    ],
    [
      'the script ends before the lines of init',
      { [husky]: block },
      { [husky]: `exit\n${block}` },
      [`${husky}:1 ${goneLines}`],
    ],
    [
      'the lines of init become a plain call',
      { [husky]: block },
      { [husky]: `${call}\n` },
      [`${husky}:1 ${goneLines}`],
    ],
    [
      'one of two hooks goes',
      { [husky]: block, '.husky/pre-merge-commit': block },
      { [husky]: block, '.husky/pre-merge-commit': null },
      [`.husky/pre-merge-commit:1 ${goneLines}`],
    ],
    [
      'an entry of the framework goes',
      { [framework]: hooks('v1.0.0') },
      { [framework]: 'repos: []\n' },
      [
        `${framework}:2 no longer starts vetted-imports as before: https://github.com/vetted-imports/vetted-imports`,
        `${framework}:5 no longer starts vetted-imports as before: check-imports`,
      ],
    ],
    [
      'a lower version of the framework’s',
      { [framework]: hooks('v1.2.0') },
      { [framework]: hooks('v1.1.9') },
      [`${framework}:2 lowered the version of vetted-imports from v1.2.0 to v1.1.9`],
    ],
    [
      'a branch instead of a version',
      { [framework]: hooks('v1.2.0') },
      { [framework]: hooks('main') },
      [`${framework}:2 lowered the version of vetted-imports from v1.2.0 to main`],
    ],
    [
      'a stage of the framework',
      { [framework]: hooks('v1') },
      { [framework]: hooks('v1', '        stages: [manual]\n') },
      [`${framework}:5 changed stages, which decides how vetted-imports is started`],
    ],
    ...[
      ['entry', "'true'"],
      ['entry', 'echo vetted-imports'],
      ['additional_dependencies', '[zzz]'],
      ['additional_dependencies', '[vetted-imports==1.2.0, zzz]'],
      ['additional_dependencies', "['vetted-imports @ https://registry.example/x.whl']"],
    ].map(
      ([key = '', value = '']) =>
        [
          `a hook of the framework that gets ${key}: ${value}`,
          { [framework]: hooks('v1') },
          { [framework]: hooks('v1', `        ${key}: ${value}\n`) },
          [`${framework}:5 changed ${key}, which decides how vetted-imports is started`],
        ] as const,
    ),
    [
      'files that the framework leaves out',
      { [framework]: hooks('v1') },
      { [framework]: `exclude: .*\n${hooks('v1')}` },
      [`${framework}:3 changed exclude, which decides how vetted-imports is started`],
    ],
    [
      'a step of a workflow goes',
      { [workflow]: job() },
      { [workflow]: 'on: push\njobs: {}\n' },
      [`${workflow}:8 no longer starts vetted-imports as before: vetted-imports/vetted-imports@`],
    ],
    [
      'a workflow is put aside',
      { [workflow]: job() },
      { [workflow]: null, 'docs/ci.yml': job() },
      [`${workflow}:8 no longer starts vetted-imports as before: vetted-imports/vetted-imports@`],
    ],
    [
      'a lower version of the action',
      { [workflow]: job({ uses: 'v2' }) },
      { [workflow]: job({ uses: 'v1.9' }) },
      [`${workflow}:8 lowered the version of vetted-imports from v2 to v1.9`],
    ],
    [
      'another commit of the action',
      { [workflow]: job({ uses: `${'a'.repeat(40)} # v1.2.0` }) },
      { [workflow]: job({ uses: `${'b'.repeat(40)} # v1.1.0` }) },
      [`${workflow}:8 lowered the version of vetted-imports from 1.2.0 to 1.1.0`],
    ],
    [
      'a commit that says no version',
      { [workflow]: job({ uses: 'a'.repeat(40) }) },
      { [workflow]: job({ uses: 'b'.repeat(40) }) },
      [`${workflow}:8 lowered the version of vetted-imports from ${'a'.repeat(40)} to ${'b'.repeat(40)}`],
    ],
    [
      'a step that may fail',
      { [workflow]: job() },
      { [workflow]: job({ step: '        continue-on-error: true\n' }) },
      [`${workflow}:8 changed continue-on-error, which decides how vetted-imports is started`],
    ],
    [
      'a job that never runs',
      { [workflow]: job() },
      { [workflow]: job({ job: '    if: false\n' }) },
      [`${workflow}:9 changed if, which decides how vetted-imports is started`],
    ],
    [
      'an input of the action',
      { [workflow]: job({ step: '        with: { policy-from: base }\n' }) },
      { [workflow]: job({ step: '        with: { policy-from: head }\n' }) },
      [`${workflow}:8 changed with, which decides how vetted-imports is started`],
    ],
    [
      'an event that starts a workflow',
      { [workflow]: job() },
      { [workflow]: job({ on: 'push' }) },
      [`${workflow}:8 changed on, which decides how vetted-imports is started`],
    ],
    [
      'a line of a job goes',
      { [gitlab]: pipeline() },
      { [gitlab]: pipeline().replace(/.*vetted.*\n/, '') },
      [`${gitlab}:6 no longer starts vetted-imports as before: npx --no -- vetted-imports ci`],
    ],
    [
      'a job that may fail',
      { [gitlab]: pipeline() },
      { [gitlab]: pipeline('  allow_failure: true\n') },
      [`${gitlab}:7 changed allow_failure, which decides how vetted-imports is started`],
    ],
    [
      'a dependency goes',
      { 'package.json': manifest('^1.0.0') },
      { 'package.json': manifest(null) },
      ['package.json:6 no longer starts vetted-imports as before: vetted-imports@'],
    ],
    [
      'a lower dependency',
      { 'package.json': manifest('^1.2.0') },
      { 'package.json': manifest('^1.0.0') },
      ['package.json:6 lowered the version of vetted-imports from ^1.2.0 to ^1.0.0'],
    ],
    [
      'any dependency',
      { 'package.json': manifest('^1.2.0') },
      { 'package.json': manifest('<2') },
      ['package.json:6 lowered the version of vetted-imports from ^1.2.0 to <2'],
    ],
    [
      'a script goes',
      { 'web/package.json': manifest('1') },
      { 'web/package.json': manifest('1', 'true') },
      ['web/package.json:3 no longer starts vetted-imports as before: vetted-imports --staged'],
    ],
    [
      'lefthook skips it',
      { 'lefthook.yml': `pre-commit:\n  commands:\n    imports:\n      run: ${call}\n` },
      { 'lefthook.yml': `pre-commit:\n  commands:\n    imports:\n      skip: true\n      run: ${call}\n` },
      [`lefthook.yml:5 changed skip, which decides how vetted-imports is started`],
    ],
    [
      'an assistant’s hook goes',
      { '.claude/settings.json': agent('vetted-imports agent-hook') },
      { '.claude/settings.json': '{}' },
      ['.claude/settings.json:9 no longer starts vetted-imports as before: vetted-imports agent-hook'],
    ],
    [
      'an assistant’s hook is for other tools',
      { '.claude/settings.json': agent('vetted-imports agent-hook') },
      { '.claude/settings.json': agent('vetted-imports agent-hook', 'Never') },
      ['.claude/settings.json:9 changed matcher, which decides how vetted-imports is started'],
    ],
    [
      'an assistant’s hooks are off',
      { '.claude/settings.json': agent('vetted-imports agent-hook') },
      {
        '.claude/settings.json': agent('vetted-imports agent-hook').replace(
          '{',
          '{ "disableAllHooks": true,',
        ),
      },
      ['.claude/settings.json:9 changed disableAllHooks, which decides how vetted-imports is started'],
    ],
    [
      'a file that nobody can parse',
      { [framework]: hooks('v1') },
      { [framework]: 'repos: [\n' },
      [
        `${framework}:2 no longer starts vetted-imports as before: https://github.com/vetted-imports/vetted-imports`,
        `${framework}:5 no longer starts vetted-imports as before: check-imports`,
      ],
    ],
    [
      'a file that is nested too deeply',
      { 'package.json': manifest('1') },
      { 'package.json': '['.repeat(100_000) },
      [
        'package.json:3 no longer starts vetted-imports as before: vetted-imports --staged',
        'package.json:6 no longer starts vetted-imports as before: vetted-imports@',
      ],
    ],
    [
      'a task goes',
      { Makefile: 'check:\n\tvetted-imports --all\n' },
      { Makefile: 'check:\n\ttrue\n' },
      ['Makefile:2 no longer starts vetted-imports as before: vetted-imports --all'],
    ],
  ];
  test.each(rows)('%s', async (_, before, after, expected) => {
    expect(await loosened(before, after)).toEqual(expected);
  });
});

describe('not loosened', () => {
  const old = (name: string) =>
    readFileSync(path.join(projectRoot, 'fixtures/hooks/0.1.0', `${name}.txt`), 'utf8');
  const yamlLines = (text: readonly string[], indent: string) =>
    text.map((line) => `${indent}${line}\n`).join('');
  const rows: readonly (readonly [title: string, before: Files, after: Files])[] = [
    ['a new hook', {}, { [husky]: block }],
    [
      'spaces around a line',
      { [husky]: `${call}\n` },
      { [husky]: `  ${call.replace('hook', ' hook')}  # why\n` },
    ],
    [
      'lines around it',
      { [husky]: `${call}\n` },
      { [husky]: `#!/bin/sh\nnpm test\n${call}\nnpm run lint\n` },
    ],
    ['a line that moves', { [husky]: `${call}\nnpm test\n` }, { [husky]: `npm test\n${call}\n` }],
    [
      'a hook that moves to another folder',
      { [husky]: `${call}\n` },
      { [husky]: null, '.githooks/pre-commit': `${call}\n` },
    ],
    ['a second line', { [husky]: `${call}\n` }, { [husky]: `${call}\nvetted-imports --all\n` }],
    [
      'a hook of the framework that gets every stage',
      { [framework]: hooks('v1.2.0') },
      { [framework]: hooks('v1.2.0', '        stages: [pre-commit, pre-merge-commit, pre-push]\n') },
    ],
    [
      'pushes that are checked too',
      { [husky]: block, 'package.json': JSON.stringify({ 'simple-git-hooks': { 'pre-commit': block } }) },
      {
        [husky]: block,
        '.husky/pre-push': pushBlock,
        'package.json': JSON.stringify({
          'simple-git-hooks': { 'pre-commit': block, 'pre-push': `${pushBlock}npm test` },
        }),
      },
    ],
    [
      'the lines of init for pushes that move to lefthook',
      { '.husky/pre-push': pushBlock },
      {
        '.husky/pre-push': null,
        'lefthook.yml': `pre-push:\n  commands:\n    check-imports:\n      use_stdin: true\n      run: |\n${yamlLines(scriptLines(calls, " '{1}'", 'pre-push'), '        ')}`,
      },
    ],
    ['a call that becomes the lines of init', { [husky]: `${call}\n` }, { [husky]: block }],
    [
      'lines of init for another package manager',
      { [husky]: block },
      {
        [husky]: blockOf(
          scriptLines({ ...calls, folder: 'web "x"', plugAndPlay: true, install: 'yarn --cwd $x install' }),
        ),
      },
    ],
    [
      'lines of init for a virtual environment',
      { [husky]: block },
      {
        [husky]: blockOf(
          scriptLines({
            ...calls,
            environments: ['api/.venv', 'it’s "x"'],
            install: 'uv sync',
            outside: 'uv tool install vetted-imports',
          }),
        ),
      },
    ],
    ['lines of init behind those of others', { [husky]: block }, { [husky]: withBlock('npm test\n', block) }],
    [
      'lines of init that move to lefthook',
      { [husky]: block },
      {
        [husky]: null,
        'lefthook.yml': `pre-commit:\n  commands:\n    check-imports:\n      run: |\n${yamlLines(lines, '        ')}`,
      },
    ],
    [
      'lines of init that move to the framework',
      { [husky]: block },
      {
        [husky]: null,
        [framework]: `repos:\n  - repo: local\n    hooks:\n      - id: x\n        entry: |\n          sh -c '\n${yamlLines(scriptLines(calls, ' "$@"'), '            ')}            ' x\n`,
      },
    ],
    [
      'lines of init that move to package.json',
      { [husky]: block },
      {
        [husky]: null,
        'package.json': JSON.stringify({ 'simple-git-hooks': { 'pre-commit': `${block}npm test` } }),
      },
    ],
    ...['git', 'husky'].map(
      (name) =>
        [
          `old lines of init: ${name}`,
          { [husky]: old(name) },
          { [husky]: withBlock(old(name), block) },
        ] as const,
    ),
    [
      'old lines of init: lefthook',
      { 'lefthook.yml': old('lefthook') },
      {
        'lefthook.yml': ['pre-commit', 'pre-merge-commit']
          .map(
            (hook) =>
              `${hook}:\n  commands:\n    check-imports:\n      run: |\n${yamlLines(lines, '        ')}`,
          )
          .join(''),
      },
    ],
    [
      'old lines of init: simple-git-hooks',
      { 'package.json': old('simple-git-hooks') },
      {
        'package.json': JSON.stringify({
          'simple-git-hooks': { 'pre-commit': `${block}npm test`, 'pre-merge-commit': block },
        }),
      },
    ],
    [
      'a higher version of the framework’s',
      { [framework]: hooks('v1.2.0') },
      { [framework]: hooks('v1.10.0') },
    ],
    [
      'a version that is frozen',
      { [framework]: hooks(`${'a'.repeat(40)} # frozen: v1.2.0`) },
      { [framework]: hooks(`${'b'.repeat(40)} # frozen: v1.3.0`) },
    ],
    [
      'another style of YAML',
      { [framework]: hooks('v1.2.0') },
      {
        [framework]:
          'repos: [{ repo: "https://github.com/vetted-imports/vetted-imports", rev: "v1.2.0", hooks: [{ id: \'check-imports\' }] }]\n',
      },
    ],
    [
      'a higher version of a local hook’s package',
      { [framework]: localHook('vetted-imports==1.2.0') },
      { [framework]: localHook('vetted-imports==1.3.0') },
    ],
    [
      'another hook of the framework',
      { [framework]: hooks('v1') },
      {
        [framework]: hooks('v1', '  - repo: local\n    hooks:\n      - id: lint\n        stages: [manual]\n'),
      },
    ],
    ['a higher version of the action', { [workflow]: job() }, { [workflow]: job({ uses: 'v2' }) }],
    ['an exact version of the action', { [workflow]: job() }, { [workflow]: job({ uses: 'v1.4.2' }) }],
    [
      'a newer commit of the action',
      { [workflow]: job({ uses: `${'a'.repeat(40)} # v1.2.0` }) },
      { [workflow]: job({ uses: `${'b'.repeat(40)} # v1.3.0` }) },
    ],
    [
      'another step',
      { [workflow]: job() },
      {
        [workflow]: job({
          step: '      - run: npm test\n        if: success()\n        continue-on-error: true\n',
        }),
      },
    ],
    [
      'another name of the step',
      { [workflow]: job({ step: '        name: check-imports\n' }) },
      { [workflow]: job({ step: '        name: Imports\n' }) },
    ],
    ['a condition less', { [workflow]: job({ job: '    if: github.actor != 1\n' }) }, { [workflow]: job() }],
    [
      'one more event',
      { [workflow]: job({ on: 'push' }) },
      { [workflow]: job({ on: '\n  push:\n  workflow_dispatch:\n' }) },
    ],
    [
      'a workflow with another name',
      { [workflow]: job() },
      { [workflow]: null, '.github/workflows/imports.yml': job() },
    ],
    [
      'a stage of GitLab',
      { [gitlab]: pipeline() },
      { [gitlab]: pipeline().replace('[test]', '[build, test]') },
    ],
    [
      'a command before it',
      { [gitlab]: pipeline() },
      { [gitlab]: pipeline().replace('npm ci', 'npm ci --ignore-scripts') },
    ],
    [
      'a higher dependency, elsewhere',
      { 'package.json': manifest('^1.0.0') },
      { 'package.json': manifest('^1.1.0').replace('devDependencies', 'dependencies') },
    ],
    [
      'files and types of a package',
      { 'package.json': manifest('1') },
      { 'package.json': manifest('1').replace('{', '{ "files": ["dist"], "types": "x.d.ts",') },
    ],
    [
      'an indentation of JSON',
      { 'package.json': manifest('1') },
      { 'package.json': JSON.stringify(JSON.parse(manifest('1'))) },
    ],
    ['a page that shows the command', { 'README.md': `${call}\n` }, { 'README.md': '' }],
  ];
  test.each(rows)('%s', async (_, before, after) => {
    expect(await loosened(before, after)).toEqual([]);
  });
});

describe('not seen, as SECURITY.md says', () => {
  test.each([
    ['a condition of the shell', `if false; then\n${call}\nfi\n`],
    ['a trap', `trap 'exit 0' EXIT\n${call}\n`],
    ['a function that ends', `stop() {\n  exit 0\n}\nstop\n${call}\n`],
  ])('%s', async (_, after) => {
    expect(await loosened({ [husky]: `${call}\n` }, { [husky]: after })).toEqual([]);
  });
});
