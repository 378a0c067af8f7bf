import { describe, expect, test } from 'vitest';
import { commandTable, type TableId } from '../../src/containers/command-tables.ts';
import { segmentsIn } from './segments.ts';

type Row = readonly [title: string, file: readonly string[], segments: readonly string[]];

function reads(id: TableId, rows: readonly Row[]): void {
  test.each(rows)('%s', async (_, file, segments) => {
    expect(await segmentsIn(commandTable(id), file.join('\n'))).toEqual(segments);
  });
}

const url = 'https://registry.example/';

describe('GitHub’s workflows and actions', () => {
  reads('github-actions', [
    ['a step', ['jobs:', '  a:', '    steps:', '      - run: pip install a'], ['sh: pip install a']],
    [
      'several lines',
      [
        'jobs:',
        '  a:',
        '    steps:',
        '      - run: |',
        '          pip install a',
        '          npx b',
        '      - uses: c@v1',
      ],
      ['sh: pip install a⏎npx b'],
    ],
    [
      'a folded text',
      ['jobs:', '  a:', '    steps:', '      - run: >-', '          pip install', '          a'],
      ['sh: pip install a'],
    ],
    [
      'quotes',
      ['jobs:', '  a:', '    steps:', '      - run: "pip\\x20install \\"a\\""'],
      ['sh: pip install "a"'],
    ],
    [
      'an action',
      ['runs:', '  using: composite', '  steps:', '    - run: npx a', '      shell: bash'],
      ['sh: npx a'],
    ],
    [
      'the shell of a step, a job and all jobs',
      [
        ...[
          'defaults:',
          '  run:',
          '    shell: pwsh',
          'jobs:',
          '  a:',
          '    steps:',
          '      - run: a',
          '      - run: b',
        ],
        ...[
          '        shell: bash -e {0}',
          '  c:',
          '    defaults: { run: { shell: sh } }',
          '    steps: [{ run: d }]',
        ],
      ],
      ['words: a', 'sh: b', 'sh: d'],
    ],
    [
      'programs of other languages',
      [
        ...[
          'jobs:',
          '  a:',
          '    steps:',
          '      - run: import a',
          '        shell: python',
          '      - run: use b',
        ],
        ...['        shell: perl {0}', '      - run: c', '        shell: micromamba-shell {0}'],
      ],
      ['python py: import a', 'sh: c'],
    ],
    [
      'Windows',
      [
        ...['jobs:', '  a:', '    runs-on: windows-latest', '    steps:', '      - run: a', '      - run: b'],
        ...['        shell: bash', '  c:', '    runs-on: ubuntu-latest', '    steps: [{ run: d }]'],
      ],
      ['words: a', 'sh: b', 'sh: d'],
    ],
    [
      'variables that choose a registry, where they hold',
      [
        ...['env:', `  PIP_INDEX_URL: ${url}`, '  OTHER: x', 'jobs:', '  a:', '    steps:', '      - run: a'],
        ...['        env:', '          UV_INDEX: ${{ secrets.INDEX }} b', '      - run: b'],
      ],
      [
        `sh: ⟨PIP_INDEX_URL=⟩${url}⟨⏎UV_INDEX="⟩\${{ secrets.INDEX }} b⟨"⏎⟩a`,
        `sh: ⟨PIP_INDEX_URL=⟩${url}⟨⏎⟩b`,
      ],
    ],
    ['an anchor', ['jobs:', '  a:', '    steps: &s', '      - run: a', '  b:', '    steps: *s'], ['sh: a']],
    [
      'words that are no commands',
      [
        'on: { workflow_dispatch: { inputs: { run: { default: npx a } } } }',
        'env: { run: npx b }',
        'jobs: { a: { steps: [{ with: { script: npx c } }] } }',
      ],
      [],
    ],
  ]);

  test('a file that is no YAML', async () => {
    const file = 'jobs:\n  a:\n    steps:\n      - run: npx a\n  b: "\n';
    const [first, last] = await segmentsIn(commandTable('github-actions'), file);
    expect(first).toBe('sh: npx a');
    expect(last).toMatch(/^broken: /);
  });

  test('what a template engine makes a workflow of is not held against YAML', async () => {
    const file = 'jobs:\n  a:\n    steps:\n      - run: npx a\n{% if b %}\n  b: "\n';
    expect(await segmentsIn(commandTable('github-actions'), file)).not.toContainEqual(
      expect.stringMatching(/^broken/),
    );
  });
});

describe('GitLab', () => {
  reads('gitlab-ci', [
    [
      'lists, texts and lists in lists',
      [
        'a:',
        '  before_script: pip install a',
        '  script:',
        '    - npx b',
        '    - - npx c',
        '      - npx d',
        '    - echo',
      ],
      ['sh: pip install a', 'sh: npx b⟨⏎⟩npx c⟨⏎⟩npx d⟨⏎⟩echo'],
    ],
    [
      'references and anchors',
      ['.x: &x', '  - npx a', 'b:', '  script:', '    - !reference [.x, script]', '    - *x', '    - npx b'],
      ['sh: npx a⟨⏎⟩npx b'],
    ],
    [
      'defaults, hooks and variables',
      [
        ...['variables:', `  PIP_INDEX_URL: { value: "${url}" }`, 'default:', '  before_script: [a]', 'b:'],
        ...['  hooks: { pre_get_sources_script: [c] }', '  variables: { NPM_CONFIG_REGISTRY: d }'],
      ],
      [`sh: ⟨PIP_INDEX_URL=⟩${url}⟨⏎⟩a`, `sh: ⟨PIP_INDEX_URL=⟩${url}⟨⏎NPM_CONFIG_REGISTRY=⟩d⟨⏎⟩c`],
    ],
    [
      'a component behind its specification',
      ['spec:', '  inputs: {}', '---', 'a:', '  script: npx a'],
      ['sh: npx a'],
    ],
    ['merged keys', ['.a: &a', '  script: [npx a]', 'b:', '  <<: *a'], ['sh: npx a']],
  ]);
});

describe('other services and task runners', () => {
  test.each<readonly [id: TableId, file: readonly string[], segments: readonly string[]]>([
    [
      'circleci',
      [
        ...[
          'jobs:',
          '  a:',
          '    environment: { PIP_INDEX_URL: b }',
          '    steps:',
          '      - checkout',
          '      - run: npx a',
        ],
        ...[
          '      - run: { name: c, command: npx d, shell: /bin/sh }',
          '      - when: { condition: x, steps: [{ run: e }] }',
        ],
      ],
      ['sh: ⟨PIP_INDEX_URL=⟩b⟨⏎⟩npx a', 'sh: ⟨PIP_INDEX_URL=⟩b⟨⏎⟩npx d', 'sh: ⟨PIP_INDEX_URL=⟩b⟨⏎⟩e'],
    ],
    [
      'azure-pipelines',
      [
        ...[
          'variables: [{ name: PIP_INDEX_URL, value: a }]',
          'steps:',
          '  - script: npx a',
          '  - pwsh: npx b',
        ],
        ...['  - ${{ if eq(1, 1) }}:', '      - bash: npx c'],
      ],
      ['sh: ⟨PIP_INDEX_URL=⟩a⟨⏎⟩npx a', 'words: ⟨PIP_INDEX_URL=⟩a⟨⏎⟩npx b', 'sh: ⟨PIP_INDEX_URL=⟩a⟨⏎⟩npx c'],
    ],
    [
      'bitbucket-pipelines',
      ['pipelines:', '  default:', '    - step:', '        script: [npx a, { pipe: b }]'],
      ['sh: npx a'],
    ],
    [
      'buildkite',
      ['steps:', '  - command: npx a', '  - commands: [npx b, c]', '  - wait'],
      ['sh: npx a', 'sh: npx b⟨⏎⟩c'],
    ],
    [
      'woodpecker',
      ['kind: pipeline', 'steps:', '  - commands: [a]', '---', 'steps:', '  - commands: [npx b]'],
      ['sh: a', 'sh: npx b'],
    ],
    [
      'travis',
      ['install: pip install a', 'before_install: [b]', 'jobs: { include: [{ script: c }] }', 'os: d'],
      ['sh: pip install a', 'sh: b', 'sh: c'],
    ],
    ['cirrus', ['a_task:', '  install_script: [npx a]', '  env: { B: c }'], ['sh: npx a']],
    [
      'appveyor',
      ['install:', '  - ps: pip install a', '  - npx b', '  - sh: c'],
      ['words: npx b', 'words: pip install a', 'sh: c'],
    ],
    [
      'taskfile',
      ['tasks:', '  a: npx a', '  b: [npx b]', '  c: { cmds: [npx c, { cmd: npx d }, { task: a }] }'],
      ['sh: npx a', 'sh: npx b', 'sh: npx c', 'sh: npx d'],
    ],
    [
      'compose',
      [
        'services:',
        '  a:',
        '    command: npx a',
        '    environment: [NPM_CONFIG_REGISTRY=b]',
        '  c: { command: [npx, d e] }',
      ],
      ['sh: ⟨NPM_CONFIG_REGISTRY=⟩b⟨⏎⟩npx a', 'exec: npx⟨ "⟩d e⟨"⟩'],
    ],
    [
      'compose',
      ['services:', '  a:', '    build: { args: { PIP_INDEX_URL: b, C: d } }'],
      ['sh: ⟨PIP_INDEX_URL=⟩b'],
    ],
    [
      'compose',
      [
        ...['services:', '  a:', '    healthcheck: { test: ["CMD", npx, "${A:-b}"] }', '    post_start:'],
        ...['      - command: npx c', '  d: { healthcheck: { test: [CMD-SHELL, npx e] } }'],
        ...['  f: { healthcheck: { test: npx g } }', '  h: { healthcheck: { test: [NONE, npx] } }'],
      ],
      ['exec: npx⟨ ⟩b', 'sh: npx c', 'sh: npx e', 'sh: npx g'],
    ],
    [
      'compose',
      [
        ...['services:', '  a:', '    build:', '      dockerfile_inline: |', '        FROM b'],
        ...['        RUN pip install c \\', '          d', '        CMD ["npx", "e"]', '      context: npx'],
      ],
      ['sh: pip install c   d', 'exec: npx⟨ ⟩e'],
    ],
    ['pre-commit', ['repos:', '  - repo: local', '    hooks: [{ id: a, entry: npx a }]'], ['sh: npx a']],
    [
      'pre-commit',
      [
        ...['repos:', '  - repo: https://git.example/mypy', '    hooks:'],
        ...[
          '      - { id: mypy, additional_dependencies: [types-a, "b>=1"] }',
          '      - { id: eslint, additional_dependencies: [c, "@d/e"] }',
        ],
        ...[
          '      - { id: f, additional_dependencies: ["g@1.2", h] }',
          '      - { id: i, additional_dependencies: ["cli:j:1"] }',
        ],
        ...[
          '      - { id: k, language: node, entry: npx l, additional_dependencies: [m] }',
          '      - { id: n, language: ruby, additional_dependencies: [o] }',
        ],
      ],
      [
        'exec: ⟨pip install ⟩types-a⟨ "⟩b>=1⟨"⟩',
        'exec: ⟨npm install ⟩c⟨ ⟩@d/e',
        'exec: ⟨npm install ⟩g@1.2⟨ ⟩h',
        'exec: ⟨npm install ⟩m',
        'sh: npx l',
      ],
    ],
    ['lefthook', ['pre-commit:', '  commands: { a: { run: npx a } }'], ['sh: npx a']],
  ])('%s', async (id, file, segments) => {
    expect(await segmentsIn(commandTable(id), file.join('\n'))).toEqual(segments);
  });
});
