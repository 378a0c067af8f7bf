import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { version } from '../../src/app/version.ts';
import { plainEnvironment, projectRoot, run, Scratch, type Finished } from '../kit/scratch.ts';

/*
 * A release is one command. It runs here on a copy of what this repository tracks, so that a file that names the version
 * in a way that the command does not know fails the first test.
 */

const changelog = 'CHANGELOG.md';
const [major = '', minor = ''] = version.split('.');
const next = `${major}.${String(Number(minor) + 1)}.0`;
const day = new Date().toISOString().slice(0, 10);

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

/** What this repository tracks, but for what says nothing of the version by rule; something is unreleased. */
async function trackedFiles(): Promise<Record<string, string>> {
  const { stdout } = await run('git', ['ls-files', '-z'], { cwd: projectRoot, env: plainEnvironment('/') });
  const names = stdout.split('\0').filter((name) => name !== '' && !/^(?:test|fixtures|src)\//.test(name));
  const files = names.map((name) => [name, readFileSync(path.join(projectRoot, name), 'utf8')] as const);
  return Object.fromEntries(
    files.map(([name, text]) => [
      name,
      name === changelog ? text.replace('## [Unreleased]\n', '## [Unreleased]\n\n- A new thing.\n') : text,
    ]),
  );
}

async function repository(changes: Readonly<Record<string, string>> = {}): Promise<Scratch> {
  const scratch = await Scratch.with({ ...(await trackedFiles()), ...changes });
  open.push(scratch);
  return scratch;
}

function release(scratch: Scratch, ...words: readonly string[]): Promise<Finished> {
  const script = path.join(projectRoot, 'scripts/release.js');
  return run(process.execPath, [script, ...words], { cwd: scratch.root, env: scratch.env });
}

/** What has to name the version: see scripts/release/places.js. */
const required = [
  '.claude-plugin/marketplace.json',
  'CHANGELOG.md',
  'README.md',
  'action.yml',
  'docs/ci.md',
  'docs/hooks.md',
  'mirrors/pre-commit/README.md',
  'mirrors/pre-commit/package.json',
  'package-lock.json',
  'package.json',
  'plugins/claude-code/.claude-plugin/plugin.json',
  'server.json',
];

test('--dry-run shows every place, and writes nothing', async () => {
  const scratch = await repository();
  const { code, stdout, stderr } = await release(scratch, next, '--dry-run');
  expect([code, stderr]).toEqual([0, '']);
  const changed = [...stdout.matchAll(/^\+\+\+ b\/(.*)$/gm)].map(([, file]) => file);
  expect(changed).toEqual(expect.arrayContaining(required));
  expect(stdout).toContain(`+## [${next}] - ${day}\n`);
  for (const line of [
    `"version": "${next}"`,
    `"vetted-imports": "${next}"`,
    `rev: v${next}`,
    `VERSION: ${next}`,
    `vetted-imports/vetted-imports@v${next}`,
    `vetted-imports@${next}`,
  ])
    expect(stdout).toContain(line);
  expect(await scratch.git('status', '--porcelain')).toBe('');
});

test('a release is written, named, and followed by the next one', async () => {
  const scratch = await repository();
  const { code, stdout, stderr } = await release(scratch, next);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain(`git tag --annotate v${next} --message "vetted-imports ${next}"`);
  expect(scratch.read('package.json')).toContain(`"version": "${next}"`);
  expect(scratch.read(changelog)).toContain(`## [Unreleased]\n\n## [${next}] - ${day}\n`);
  expect(scratch.read(changelog)).toContain(`\n[${next}]: https://github.com/`);
  const listed = / wrote (.*)/i.exec(` ${stdout}`)?.[1]?.split(', ');
  expect((await scratch.git('diff', '--name-only')).trim().split('\n')).toEqual(listed?.toSorted());

  await scratch.commitAll(`release: ${next}`);
  expect(await release(scratch, '--check', `v${next}`)).toEqual({ code: 0, stdout: '', stderr: '' });
  expect((await release(scratch, '--check', `v${version}`)).stderr).toContain(`package.json says ${next}`);
  expect((await release(scratch, next, '--dry-run')).stderr).toContain(`${next} is not higher than ${next}.`);
  const later = `${String(Number(major) + 1)}.0.0`;
  expect((await release(scratch, later, '--dry-run')).stderr).toContain('nothing under Unreleased');

  scratch.write({
    [changelog]: scratch.read(changelog).replace('## [Unreleased]\n', '## [Unreleased]\n\n- More.\n'),
  });
  await scratch.commitAll('more');
  const again = await release(scratch, later, '--dry-run');
  expect([again.code, again.stderr]).toEqual([0, '']);
  expect(again.stdout).toContain(
    `+[${later}]: https://github.com/vetted-imports/vetted-imports/compare/v${next}...v${later}`,
  );
});

test('the first release may have the version that everything names', async () => {
  const text = `# Changelog\n\nNo version is published yet. Sections follow.\n\n## [Unreleased]\n\n- One.\n\n[Unreleased]: x\n`;
  const scratch = await repository({ [changelog]: text });
  const { code, stdout } = await release(scratch, version, '--dry-run');
  expect([code, [...stdout.matchAll(/^\+\+\+ b\/(.*)$/gm)].map(([, file]) => file)]).toEqual([
    0,
    [changelog],
  ]);
  expect(stdout).toContain('-No version is published yet. Sections follow.\n+Sections follow.\n');
});

const older = {
  'docs/old.md': `Version ${version} grouped them.\nhttps://pypi.org/project/other/${version}/\n`,
};

describe('refuses', () => {
  test.each<[why: string, changes: Readonly<Record<string, string>>, words: readonly string[], says: string]>(
    [
      ['a lower version', {}, ['0.0.1'], `0.0.1 is not higher than ${version}.`],
      ['what is no version', {}, [`v${next}`], 'Name the version by three numbers'],
      [
        'a pre-release, which the extension could not have',
        {},
        [`${next}-beta.1`],
        'Name the version by three',
      ],
      ['no version', {}, [], 'Name the version by three numbers'],
      [
        'a place that is gone',
        { 'README.md': '# vetted-imports\n' },
        [next],
        `do not name ${version}: README.md.`,
      ],
      [
        'a place that it does not know',
        { 'docs/new.md': `Get ${version} today.\n` },
        [next],
        `  docs/new.md:1: Get ${version} today.`,
      ],
    ],
  )('%s', async (_, changes, words, says) => {
    const scratch = await repository(changes);
    for (const flags of [[], ['--dry-run']]) {
      const { code, stderr } = await release(scratch, ...words, ...flags);
      expect([code, stderr]).toEqual([1, expect.stringContaining(says)]);
      expect(stderr).toContain('Nothing was written.');
      expect(await scratch.git('status', '--porcelain')).toBe('');
    }
  });

  test('a work tree with changes', async () => {
    const scratch = await repository();
    scratch.write({ 'new.md': '' });
    const { code, stderr } = await release(scratch, next);
    expect([code, stderr]).toEqual([1, expect.stringContaining('Commit first: the work tree has changes.')]);
  });

  test('neither what was, nor the version of another thing', async () => {
    expect((await release(await repository(older), next, '--dry-run')).stderr).toBe('');
  });

  test('no new manifest: it gets the version, too', async () => {
    const manifests = {
      'editors/other/package.json': `{\n  "name": "vetted-imports",\n  "version": "${version}"\n}\n`,
      'mirrors/other/pyproject.toml': `[project]\nversion = "${version}"\ndependencies = ["vetted-imports==${version}"]\n`,
    };
    const { stdout } = await release(await repository(manifests), next, '--dry-run');
    expect(stdout).toContain('+++ b/editors/other/package.json');
    expect(stdout).toContain(`+version = "${next}"\n+dependencies = ["vetted-imports==${next}"]\n`);
  });
});
