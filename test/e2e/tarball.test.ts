import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import contents from '../../scripts/package-contents.json' with { type: 'json' };
import { projectRoot, run, Scratch } from '../kit/scratch.ts';

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
    'editors/vscode/package.json',
    'fixtures/projects/shop/package.json',
    'rules/denied-package/rule.ts',
    'rules/denied-package/README.md.orig',
    '.npmrc',
    'approved-packages.yaml',
  ])('would not pass with %s', (file) => {
    expect(isExpected(file)).toBe(false);
  });
});

describe('a folder that was not built', () => {
  test('is not packed by npm run pack, which says what is missing', async () => {
    using scratch = new Scratch();
    for (const name of ['package.json', 'LICENSE', 'README.md', 'bin', 'schema'])
      cpSync(path.join(projectRoot, name), path.join(scratch.root, name), { recursive: true });
    const script = path.join(projectRoot, 'scripts/pack.js');
    const where = { cwd: scratch.root, env: scratch.env };
    const packed = await run(process.execPath, [script, '--no-build'], where);
    expect([packed.code, packed.stderr]).toEqual([
      1,
      expect.stringContaining('nothing is there like ^(?:dist\\/'),
    ]);
    expect(packed.stderr).toContain('Run npm run build first.');
    expect(readdirSync(scratch.root).filter((name) => name.endsWith('.tgz'))).toEqual([]);
    const started = await run(process.execPath, ['bin/check-imports.js', '--version'], where);
    expect([started.code, started.stderr]).toEqual([2, expect.stringContaining('dist/ is missing')]);
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
