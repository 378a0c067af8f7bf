import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import contents from '../../scripts/package-contents.json' with { type: 'json' };
import { projectRoot } from '../kit/scratch.ts';

const patterns = contents.map((source) => new RegExp(`^(?:${source})$`));

describe('the packed tarball', () => {
  const files = packedFiles();

  test('holds nothing that is not on the list of its contents', () => {
    expect(files.filter((file) => !isExpected(file))).toEqual([]);
  });

  // Tests are built without types, which the library's own test covers.
  test.each(patterns.filter(({ source }) => !source.includes('types')))('holds %s', (pattern) => {
    expect(files.some((file) => pattern.test(file))).toBe(true);
  });

  test.each([
    'dist/cli.cjs.map',
    'dist/chunks/check.cjs.map',
    'dist/types/test/kit/scratch.d.ts',
    'src/index.ts',
    'bench/package.json',
    'fixtures/projects/shop/package.json',
    'rules/denied-package/rule.ts',
    'rules/denied-package/README.md.orig',
    '.npmrc',
    'approved-packages.yaml',
  ])('would not pass with %s', (file) => {
    expect(isExpected(file)).toBe(false);
  });
});

function isExpected(file: string): boolean {
  return patterns.some((pattern) => pattern.test(file));
}

/** @returns The paths that `npm pack` puts into the tarball, as it lists them with `--json`. */
function packedFiles(): readonly string[] {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: projectRoot,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const paths = output.matchAll(/^\s*"path": "(.*)",$/gm);
  return [...paths].flatMap(([, path]) => path ?? []);
}
