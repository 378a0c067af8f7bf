import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { check } from '../../src/index.ts';
import { Scratch } from '../kit/scratch.ts';
import { whitelistText } from '../kit/whitelist.ts';
import { now, runIn, type Circumstances } from '../kit/world.ts';

/*
 * `--all PATHS` is `--all` of a part of the project, with its strictness: the parts together say what the whole says.
 * `check PATHS` is what a person asks of a file that is in hand.
 */

const files = {
  'approved-packages.yaml': whitelistText({
    'npm:lodash': { approved: 'helpers' },
    'npm:zod': { approved: 'shapes', unverified: true },
    'npm:request': { denied: 'unmaintained' },
  }),
  'package.json': '{ "private": true, "workspaces": ["packages/*"] }\n',
  'tools/release.mjs': 'import "execa";\n',
  'packages/a/package.json': '{ "name": "@acme/a", "dependencies": { "lodash": "4", "left": "1" } }\n',
  'packages/a/src/main.ts': 'import "lodash";\nimport "left";\nimport "zod";\nimport "@acme/b";\n',
  'packages/a/src/gone.ts': 'import "./absent.js";\n',
  'packages/ab/main.ts': 'import "request";\n',
  'packages/b/package.json': '{ "name": "@acme/b", "main": "src/main.ts" }\n',
  'packages/b/src/main.ts': 'import "lodash";\nexport {};\n',
};

let scratch: Scratch;
beforeAll(async () => {
  scratch = await Scratch.with(files);
});
afterAll(() => {
  scratch.dispose();
});

/** @returns The lines that a run prints, in order. */
async function lines(args: readonly string[], circumstances?: Circumstances): Promise<readonly string[]> {
  const { stdout } = await runIn(scratch, [...args, '--offline', '--format', 'concise'], circumstances);
  return stdout.split('\n').filter(Boolean).sort();
}

describe('--all with paths', () => {
  test('says of its part what --all says, and the parts together say everything', async () => {
    const whole = await lines(['--all']);
    const parts = [
      ['tools', 'package.json', 'approved-packages.yaml'],
      ['packages/a'],
      ['packages/ab', 'packages/b'],
    ];
    const partLines = await Promise.all(parts.map((paths) => lines(['--all', ...paths])));
    expect(whole).toHaveLength(6);
    expect(partLines.flat().sort()).toEqual(whole);
    expect(partLines.map(({ length }) => length)).toEqual([1, 4, 1]);
  });

  test('reads the root’s whitelist, workspaces and config from the folder of a package', async () => {
    const inRoot = await lines(['--all', 'packages/a']);
    expect(await lines(['--all', '.'], { cwd: 'packages/a' })).toEqual(inRoot);
    expect(await lines(['--all', 'src', 'package.json'], { cwd: 'packages/a' })).toEqual(inRoot);
  });

  test('is as strict as --all where paths alone leave work in hand', async () => {
    const words = (printed: readonly string[]) =>
      printed.map((line) => line.replace(/^packages\/a\/(\S+?):\S+ (\S+) ([\w-]+).*$/, '$1 $2 $3'));
    const missing = 'src/gone.ts warn missing-module';
    expect(words(await lines(['--all', 'packages/a']))).toEqual([
      'package.json error unreviewed-package',
      missing,
      'src/main.ts error unreviewed-package',
      'src/main.ts error unreviewed-package',
    ]);
    expect(words(await lines(['packages/a']))).toEqual([
      'package.json warn unreviewed-package',
      missing,
      'src/main.ts warn unreviewed-package',
    ]);
  });

  test('ends with 0 in a part without findings, whatever is elsewhere', async () => {
    expect(await runIn(scratch, ['--all', 'packages/b', '--offline'])).toMatchObject({ code: 0, stdout: '' });
    expect(await runIn(scratch, ['--all', 'packages/ab', '--offline'])).toMatchObject({ code: 1 });
  });

  test('ends with 2 where a path leads nowhere', async () => {
    const { code, stdout } = await runIn(scratch, ['--all', 'packages/c', '--offline']);
    expect(code).toBe(2);
    expect(stdout).toContain('there is no such file or folder');
  });

  test('is a scope of the library', async () => {
    const options = { cwd: scratch.root, env: scratch.env, offline: true, now };
    const { summary, findings } = await check({
      ...options,
      scope: { kind: 'all', paths: ['packages/ab', 'packages/b'] },
    });
    expect(summary).toMatchObject({ scope: 'all', files: 3 });
    expect(findings.map(({ file, rule }) => [file, rule])).toEqual([
      ['packages/ab/main.ts', 'denied-package'],
    ]);
  });
});
