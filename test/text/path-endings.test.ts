import { expect, test } from 'vitest';
import { pathMatcher } from '../../src/text/path-endings.ts';

const matches = pathMatcher(
  ['procfile', '.mcp.json'],
  [
    'Dockerfile.*',
    '*.mk',
    '.github/workflows/*.yml',
    '/.gitlab/**/*.yml',
    'docs/**/*.md',
    '.cursor/*/rules.md',
  ],
);

test.each([
  ['Procfile', true],
  ['a/procfile', true],
  ['Procfile.dev', false],
  ['myprocfile', false],
  ['a/.mcp.json', true],
  ['Dockerfile.web', true],
  ['a/b/dockerfile.web', true],
  ['Dockerfile', false],
  ['rules.mk', true],
  ['.mk', true],
  ['.github/workflows/a.yml', true],
  ['a/.github/workflows/a.yml', true],
  ['.github/workflows/a/b.yml', false],
  ['my.github/workflows/a.yml', false],
  ['.gitlab/a.yml', true],
  ['.gitlab/a/b/c.yml', true],
  ['a/.gitlab/b.yml', false],
  ['docs/a.md', true],
  ['a/docs/b/docs/c.md', true],
  ['docs.md', false],
  ['.cursor/a/rules.md', true],
  ['.cursor/rules.md', false],
  ['.cursor/a/b/rules.md', false],
  ['', false],
])('%s: %s', (path, isMatch) => {
  expect(matches(path)).toBe(isMatch);
});
