import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/*
 * What a change newly lets packages do while they are installed is listed; what keeps them from more is not. Each row has the
 * settings before and after.
 */

/** Files by path; null is no file. */
type Files = Readonly<Record<string, string | null>>;

let scratch: Scratch;
beforeAll(async () => {
  scratch = await Scratch.with({
    'approved-packages.yaml': whitelistText({ 'npm:sharp': { approved: 'thumbnails' } }),
  });
});
afterAll(() => {
  scratch.dispose();
});

function write(files: Files): void {
  for (const [file, text] of Object.entries(files)) {
    if (text !== null) scratch.write({ [file]: text });
    else rmSync(path.join(scratch.root, file));
  }
}

/** @returns What is said of a change to a base, which is undone again: the place, and the sentence. */
async function said(base: Files, change: Files, args: readonly string[] = []): Promise<readonly string[]> {
  write(base);
  await scratch.git('add', '--all');
  await scratch.git('commit', '--quiet', '--no-verify', '--allow-empty', '--message', 'Base');
  write(change);
  await scratch.git('add', '--all');
  const options = args.length > 0 ? { env: { CLAUDECODE: '1' } } : {};
  const { stdout, stderr } = await runIn(scratch, ['--staged', '--offline', '--format', 'concise'], options);
  await scratch.git('reset', '--quiet', '--hard', 'HEAD~1');
  await scratch.git('clean', '--quiet', '-ffdx');
  return [stderr, ...stdout.split('\n')]
    .filter((line) => line !== '')
    .map((line) =>
      line.replace(/^(\S+?:\d+):\d+: (\w+) policy-change\S* /, '$1 $2 ').replace(/, by Ada L <[^>]*>/, ''),
    );
}

const json = (settings: object): Files => ({
  'package.json': `${JSON.stringify({ name: 'shop', ...settings })}\n`,
});
const pnpm = (...lines: readonly string[]): Files => ({
  'pnpm-workspace.yaml': `packages: []\n${lines.join('\n')}\n`,
});
const yarn = (line: string): Files => ({ '.yarnrc.yml': `nodeLinker: node-modules\n${line}\n` });
const npmrc = (...lines: readonly string[]): Files => ({ '.npmrc': `fund=false\n${lines.join('\n')}\n` });

type Row = readonly [what: string, base: Files, change: Files, said: readonly string[]];

describe('listed is', () => {
  test.each<Row>([
    [
      'a package of npm',
      json({}),
      json({ allowScripts: { sharp: true } }),
      ['package.json:1 warn allows install scripts of sharp'],
    ],
    [
      'another version',
      json({ allowScripts: { 'sharp@1.0.0': true } }),
      json({ allowScripts: { 'sharp@1.0.1': true } }),
      ['package.json:1 warn allows install scripts of sharp@1.0.1'],
    ],
    [
      'every version in place of one',
      json({ allowScripts: { '@acme/ui@1.0.0': true } }),
      json({ allowScripts: { '@acme/ui': true } }),
      ['package.json:1 warn allows install scripts of @acme/ui'],
    ],
    [
      'what was refused',
      json({ allowScripts: { sharp: false } }),
      json({ allowScripts: { sharp: '1.x' } }),
      ['package.json:1 warn allows install scripts of sharp'],
    ],
    [
      'a package of LavaMoat',
      json({ lavamoat: { allowScripts: { sharp: true } } }),
      json({ lavamoat: { allowScripts: { sharp: true, 'webpack>evil': true } } }),
      ['package.json:1 warn allows install scripts of webpack>evil'],
    ],
    [
      'a package of Bun',
      json({}),
      json({ trustedDependencies: ['sharp'] }),
      ['package.json:1 warn allows install scripts of sharp'],
    ],
    [
      'a package of Yarn',
      json({}),
      json({ dependenciesMeta: { sharp: { built: true } } }),
      ['package.json:1 warn allows install scripts of sharp'],
    ],
    [
      'a package that Yarn left alone',
      json({ dependenciesMeta: { sharp: { built: false } } }),
      json({}),
      ['package.json:1 warn no longer forbids install scripts of sharp'],
    ],
    [
      'a package of pnpm, in package.json',
      json({}),
      json({ pnpm: { onlyBuiltDependencies: ['sharp'] } }),
      ['package.json:1 warn allows install scripts of sharp'],
    ],
    [
      'packages of pnpm',
      pnpm('onlyBuiltDependencies:', '  - sharp'),
      pnpm('onlyBuiltDependencies:', '  - sharp', '  - evil', '  - esbuild'),
      [
        'pnpm-workspace.yaml:4 warn allows install scripts of evil',
        'pnpm-workspace.yaml:5 warn allows install scripts of esbuild',
      ],
    ],
    [
      'a package of pnpm 11',
      pnpm('allowBuilds:', '  sharp: false'),
      pnpm('allowBuilds:', '  sharp: true'),
      ['pnpm-workspace.yaml:3 warn allows install scripts of sharp'],
    ],
    [
      'a package that pnpm never built',
      pnpm('neverBuiltDependencies: [evil, sharp]'),
      pnpm('neverBuiltDependencies: [evil]'),
      ['pnpm-workspace.yaml:1 warn no longer forbids install scripts of sharp'],
    ],
    [
      'every package of pnpm',
      pnpm(),
      pnpm('dangerouslyAllowAllBuilds: true'),
      ['pnpm-workspace.yaml:2 warn allows install scripts of every package'],
    ],
    [
      'every package of Yarn',
      yarn(''),
      yarn('enableScripts: true'),
      ['.yarnrc.yml:2 warn allows install scripts of every package'],
    ],
    [
      'every package of Yarn, by default',
      yarn('enableScripts: false'),
      yarn(''),
      ['.yarnrc.yml:1 warn no longer forbids install scripts of every package'],
    ],
    [
      'every package of npm',
      npmrc('ignore-scripts=true'),
      npmrc('ignore-scripts=false'),
      ['.npmrc:2 warn allows install scripts of every package'],
    ],
    [
      'every package of npm, by default',
      npmrc('ignore-scripts = true'),
      { '.npmrc': null },
      ['.npmrc:1 warn no longer forbids install scripts of every package'],
    ],
    [
      'what git repositories bring',
      npmrc('allow-git=root'),
      npmrc('allow-git=all'),
      ['.npmrc:2 warn allows packages from every git repository'],
    ],
    [
      'what git repositories bring that the project names',
      npmrc('allow-git=none'),
      npmrc('allow-git=root'),
      ['.npmrc:2 warn allows packages from each git repository that the project names'],
    ],
    [
      'what tarballs and addresses bring',
      npmrc('allow-file=none', 'allow-remote=root'),
      npmrc('allow-file=all', 'allow-remote=all'),
      [
        '.npmrc:2 warn allows packages from every tarball',
        '.npmrc:3 warn allows packages from every address',
      ],
    ],
    [
      'a setting in a folder',
      {},
      { 'web/.npmrc': 'allow-git=root\n' },
      ['web/.npmrc:1 warn allows packages from each git repository that the project names'],
    ],
  ])('%s', async (_, base, change, expected) => {
    expect(await said(base, change)).toEqual(expected);
  });

  test('for an assistant, which can’t commit it', async () => {
    const [line = ''] = await said(json({}), json({ allowScripts: { sharp: true } }), ['assistant']);
    expect(line).toMatch(
      /^package\.json:1 error allows install scripts of sharp(?:, by “[^”]*”)?; a coding assistant cannot commit this/,
    );
  });
});

describe('silent is', () => {
  test.each<readonly [what: string, base: Files, change: Files]>([
    ['a package that is refused', json({}), json({ allowScripts: { evil: false } })],
    ['a package that is asked about', pnpm(), pnpm('allowBuilds:', "  evil: 'warn'")],
    [
      'a package that is taken out',
      json({ trustedDependencies: ['sharp', 'evil'] }),
      json({ trustedDependencies: ['sharp'] }),
    ],
    [
      'one version in place of every',
      json({ allowScripts: { sharp: true } }),
      json({ allowScripts: { 'sharp@1.0.0': true } }),
    ],
    [
      'one package in place of every',
      npmrc('dangerously-allow-all-builds=true'),
      { ...npmrc(), ...pnpm('onlyBuiltDependencies: [sharp]') },
    ],
    ['the order', json({ trustedDependencies: ['a', 'b'] }), json({ trustedDependencies: ['b', 'a'] })],
    [
      'another file',
      json({ pnpm: { onlyBuiltDependencies: ['sharp'], neverBuiltDependencies: ['evil'] } }),
      { ...json({}), ...pnpm('onlyBuiltDependencies: [sharp]', 'neverBuiltDependencies: [evil]') },
    ],
    ['scripts that are switched off', npmrc(), npmrc('ignore-scripts=true')],
    ['scripts of Yarn that are switched off', yarn('enableScripts: true'), yarn('enableScripts: false')],
    ['less of git', npmrc('allow-git=all'), npmrc('allow-git=root')],
    ['nothing of git', npmrc(), npmrc('allow-git=none')],
    ['what stood there before', npmrc('ignore-scripts=false'), npmrc('ignore-scripts=false', 'audit=true')],
    ['a setting of something else', json({}), json({ dependenciesMeta: { sharp: { optional: true } } })],
    ['scripts of the project itself', json({}), json({ scripts: { postinstall: 'node a.js' } })],
    ['a file of another name', {}, { 'docs/allowScripts.json': '{ "allowScripts": { "evil": true } }\n' }],
  ])('%s', async (_, base, change) => {
    expect(await said(base, change)).toEqual([]);
  });
});
