import { afterEach, describe, expect, test } from 'vitest';
import { findRepository, mergedParents } from '../../src/git/repository.ts';
import { findingsIn } from '../kit/findings.ts';
import { Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

/** A repository with branches that each add a file of their name, and import a package of that name. */
async function withBranches(...names: readonly string[]): Promise<Scratch> {
  const scratch = await Scratch.with({ 'package.json': '{ "private": true }\n' });
  open.push(scratch);
  for (const name of names) {
    await scratch.git('switch', '--quiet', '--create', name, 'main');
    scratch.write({ [`${name}.js`]: `import "${name}-package";\n` });
    await scratch.commitAll(name);
  }
  await scratch.git('switch', '--quiet', 'main');
  scratch.write({ 'main.js': 'export {};\n' });
  await scratch.commitAll('main goes on');
  return scratch;
}

function parentsIn(scratch: Scratch, env: Readonly<Record<string, string>> = {}): string[] {
  const repository = findRepository(scratch.root, scratch.env);
  if (repository === null) throw new Error(`no repository in ${scratch.root}`);
  return mergedParents(repository, { ...scratch.env, ...env });
}

describe('the commits that are being merged', () => {
  test.each<{ names: readonly string[] }>([
    { names: [] },
    { names: ['one'] },
    { names: ['one', 'two'] },
    { names: ['one', 'two', 'three'] },
  ])('are those of MERGE_HEAD: $names', async ({ names }) => {
    const scratch = await withBranches(...names);
    if (names.length > 0) await scratch.git('merge', '--quiet', '--no-commit', ...names);
    const commits = await Promise.all(names.map((name) => scratch.git('rev-parse', name)));
    expect(parentsIn(scratch)).toEqual(commits.map((commit) => commit.trim()));
  });

  test('are those of git’s variables while it commits a merge by itself', async () => {
    const [one, two] = ['1'.repeat(40), '2'.repeat(64)];
    const scratch = await withBranches();
    expect(parentsIn(scratch, { [`GITHEAD_${one}`]: 'one', [`GITHEAD_${two}`]: 'two' })).toEqual([one, two]);
  });
});

test('in a merge of three branches, what any of them has is not new', async () => {
  const scratch = await withBranches('one', 'two');
  await scratch.git('merge', '--quiet', '--no-commit', 'one', 'two');
  scratch.write({ 'new.js': 'import "new-package";\n' });
  await scratch.git('add', 'new.js');
  const { code, stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'concise']);
  expect([code, ...findingsIn(stdout)]).toEqual([1, 'new.js:1:9 unapproved-package npm:new-package']);
});
