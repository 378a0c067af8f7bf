import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { containers } from '../../src/containers/index.ts';
import { languages } from '../../src/languages/index.ts';
import { manifestFormats } from '../../src/ecosystems/manifest-formats.ts';
import { configPlaces } from '../../src/config/find.ts';
import { defaults } from '../../src/config/config.ts';
import { placeOf } from '../../src/starts/places.ts';

const root = path.resolve(import.meta.dirname, '../..');

const hookList = v.array(
  v.object({
    id: v.string(),
    language: v.string(),
    entry: v.string(),
    files: v.string(),
    types: v.array(v.string()),
    require_serial: v.boolean(),
  }),
);
const hooks = v.parse(
  hookList,
  parse(readFileSync(path.join(root, 'mirrors/pre-commit/.pre-commit-hooks.yaml'), 'utf8')),
);

const startPlaces = [
  ...['.husky/pre-commit', '.husky/_pre.user', 'ci/check.sh', '.githooks/pre-push', 'Makefile', '.justfile'],
  ...[
    '.pre-commit-config.yaml',
    'lefthook.yml',
    '.lefthook.toml',
    '.config/lefthook.yaml',
    'web/package.json',
  ],
  ...['.lintstagedrc', '.lintstagedrc.json', '.simple-git-hooks.json', 'tox.ini', 'Taskfile.yml'],
  ...[
    '.github/workflows/ci.yml',
    '.gitlab-ci.yml',
    'ci/x.gitlab-ci.yml',
    '.circleci/config.yml',
    'Jenkinsfile',
  ],
  ...[
    'azure-pipelines.yml',
    'bitbucket-pipelines.yml',
    '.travis.yml',
    '.claude/settings.json',
    '.cursor/hooks.json',
  ],
  ...['.codex/config.toml', '.github/hooks/commits.json'],
];

/** Python writes its flags where JavaScript takes them apart. */
const [first] = hooks;
const pattern = new RegExp((first?.files ?? '').replace(/^\(\?i\)/, ''), 'i');

test('two hooks that bring their own tool, and one for a tool that is there', () => {
  expect(hooks.map(({ id, language }) => [id, language])).toEqual([
    ['check-imports', 'node'],
    ['check-imports-python', 'python'],
    ['check-imports-system', 'system'],
  ]);
  for (const hook of hooks) {
    expect(hook).toMatchObject({
      entry: 'vetted-imports hook pre-commit',
      types: ['text'],
      require_serial: true,
      files: first?.files,
    });
  }
});

describe('the mirror that offers them', () => {
  const textIn = (file: string) => readFileSync(path.join(root, file), 'utf8');
  const manifest = (file: string) =>
    v.parse(
      v.object({
        version: v.string(),
        engines: v.record(v.string(), v.string()),
        dependencies: v.record(v.string(), v.string()),
      }),
      JSON.parse(textIn(file)),
    );
  const { version, engines } = manifest('package.json');

  test('installs this version, exactly, on the same versions of Node', () => {
    const dependencies = { 'vetted-imports': version };
    expect(manifest('mirrors/pre-commit/package.json')).toEqual({ version, engines, dependencies });
  });

  test('installs it as a package of Python, too', () => {
    const text = textIn('mirrors/pre-commit/pyproject.toml');
    expect(text).toContain(`\nversion = "${version}"\n`);
    expect(text).toContain(`\ndependencies = ["vetted-imports==${version}"]\n`);
  });

  test.each(['mirrors/pre-commit/README.md', 'docs/hooks.md'])('is named with it in %s', (page) => {
    expect([...textIn(page).matchAll(/^ *rev: (.*)$/gm)].map(([, revision]) => revision)).toEqual([
      `v${version}`,
    ]);
  });
});

describe('the files of the hooks are at least those that are read', () => {
  test.each(languages.flatMap(({ extensions }) => extensions))('a program: .%s', (extension) => {
    expect(`src/x.${extension}`).toMatch(pattern);
  });
  test.each(containers.flatMap(({ extensions }) => extensions))('a container: .%s', (extension) => {
    expect(`src/x.${extension}`).toMatch(pattern);
  });
  test.each(manifestFormats.flatMap(({ fileNames: usualNames }) => usualNames))('a manifest: %s', (name) => {
    expect(`a/${name}`).toMatch(pattern);
  });
  test.each(claimedPaths())('a manifest: %s', (name) => {
    expect(name).toMatch(pattern);
  });
  test.each([...configPlaces, defaults.whitelist, 'bin/script', 'README'])('what decides: %s', (name) => {
    expect(name).toMatch(pattern);
  });
  test.each(startPlaces)('what may start the tool: %s', (name) => {
    expect(name).toMatch(pattern);
    expect(placeOf(name)).toBeDefined();
  });
});

test.each(['picture.png', 'README.md', 'styles.css', 'go.sum', '.gitignore'])(
  'others are left out: %s',
  (name) => {
    expect(name).not.toMatch(pattern);
  },
);

/** The paths that the tables of the manifest formats say yes to. */
function claimedPaths(): string[] {
  const folder = path.join(root, 'fixtures/manifests');
  const tables = readdirSync(folder).map((format) =>
    readFileSync(path.join(folder, format, 'claims.txt'), 'utf8'),
  );
  return tables.flatMap((table) => [...table.matchAll(/^\+ (.+)$/gm)].map(([, name = '']) => name));
}
