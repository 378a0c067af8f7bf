import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { parse } from 'yaml';
import { version } from '../../src/app/version.ts';
import { JOBS, jobsOf, WORKFLOW, workflowOf } from '../../src/app/init/workflow.ts';
import { runWithAnswers } from '../kit/keys.ts';
import { projectRoot, run, Scratch } from '../kit/scratch.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const whitelist = 'approved-packages.yaml';
const owners = '.github/CODEOWNERS';
const owner = ['--owner', '@acme/dependencies'];

async function project(files: Readonly<Record<string, string>> = {}): Promise<Scratch> {
  const scratch = await Scratch.with({
    [whitelist]: whitelistText({ 'npm:known': { approved: 'x', ...byAda } }),
    ...files,
  });
  open.push(scratch);
  return scratch;
}

const init = (scratch: Scratch, ...flags: readonly string[]) =>
  runIn(scratch, ['init', '--ci', 'github', ...flags]);
const ownerLines = [whitelist, '.check-importsrc*', '.config/', '.github/']
  .map((name) => `/${name} @acme/dependencies\n`)
  .join('');

describe('the workflow', () => {
  const page = readFileSync(path.join(projectRoot, 'docs/ci.md'), 'utf8');

  test('is the one of docs/ci.md', () => {
    expect(page).toContain(`\`\`\`yaml\n${workflowOf(version, 'auto')}\`\`\`\n`);
    expect(page).toContain(`\`\`\`yaml\n${jobsOf(version, 'auto')}\`\`\`\n`);
    for (const line of ownerLines.trimEnd().split('\n')) expect(page.replace(/ {2,}/g, ' ')).toContain(line);
  });

  test('has no token, writes nothing, and names this version', () => {
    const text = workflowOf(version, 'base');
    expect(text).not.toContain('secrets');
    const job = v.looseObject({
      steps: v.array(v.looseObject({ uses: v.optional(v.string()), with: v.optional(v.looseObject({})) })),
    });
    const workflow = v.parse(
      v.looseObject({ permissions: v.unknown(), jobs: v.record(v.string(), job) }),
      parse(text),
    );
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(workflow.jobs['vetted-imports']?.steps.at(-1)).toEqual({
      uses: `vetted-imports/vetted-imports@v${version}`,
      with: { 'policy-from': 'base' },
    });
  });
});

describe('init --ci github', () => {
  test('shows what it writes, writes it, and writes nothing the second time', async () => {
    const scratch = await project();
    const shown = await init(scratch, '--dry-run', ...owner);
    expect([shown.code, scratch.has(WORKFLOW)]).toEqual([0, false]);
    expect(shown.stdout).toContain(`+++ b/${WORKFLOW}\n`);
    expect(shown.stdout).toContain('+/approved-packages.yaml @acme/dependencies\n');

    const done = await init(scratch, '--yes', ...owner);
    expect(done.code, done.stderr).toBe(0);
    expect(done.stdout).toContain(`+++ b/${owners}\n`);
    expect(done.stdout).toContain(`Commit it: git add ${WORKFLOW} ${owners} && git commit\n`);
    expect([scratch.read(WORKFLOW), scratch.read(owners)]).toEqual([workflowOf(version, 'auto'), ownerLines]);
    expect(existsSync(path.join(scratch.root, '.git/hooks/pre-commit'))).toBe(false);

    const again = await init(scratch, '--yes', ...owner);
    expect([again.code, again.stdout.includes('CI is set up.'), again.stdout.includes('Wrote')]).toEqual([
      0,
      true,
      false,
    ]);
  });

  test('without a terminal and --yes writes nothing', async () => {
    const scratch = await project();
    const { code, stderr } = await init(scratch, ...owner);
    expect([code, stderr.includes('--yes'), scratch.has(WORKFLOW)]).toEqual([2, true, false]);
  });

  test('asks who judges and who owns the decisions', async () => {
    const scratch = await project();
    const { code, screen } = await runWithAnswers(
      scratch,
      ['init', '--ci', 'github'],
      [
        [/Who judges\?/, '\u001b[B\r'],
        [/Whose review/, '@acme/dependencies\r'],
        [/Write these files\?/, '\r'],
      ],
    );
    expect(code, screen).toBe(0);
    expect([scratch.read(WORKFLOW), scratch.read(owners)]).toEqual([workflowOf(version, 'base'), ownerLines]);
    // What was chosen stays, until somebody says otherwise.
    await init(scratch, '--yes');
    expect(scratch.read(WORKFLOW)).toBe(workflowOf(version, 'base'));
    await init(scratch, '--yes', '--policy-from', 'head');
    expect(scratch.read(WORKFLOW)).toBe(workflowOf(version, 'head'));
  });

  test('shows what becomes of a workflow of another text', async () => {
    const scratch = await project({ [WORKFLOW]: 'name: ours\n' });
    const shown = await init(scratch);
    expect([shown.code, scratch.read(WORKFLOW), shown.stdout.includes('\n-name: ours\n')]).toEqual([
      2,
      'name: ours\n',
      true,
    ]);
    const done = await init(scratch, '--yes');
    expect([done.code, done.stdout.includes('\n-name: ours\n'), scratch.read(WORKFLOW)]).toEqual([
      0,
      true,
      workflowOf(version, 'auto'),
    ]);
  });

  test.each<[string, Readonly<Record<string, string>>, string, string]>([
    [
      'adds to the file that counts',
      { CODEOWNERS: '* @acme/all' },
      'CODEOWNERS',
      `* @acme/all\n${ownerLines}`,
    ],
    [
      'leaves a path its owners',
      { 'docs/CODEOWNERS': `/${whitelist} @acme/security\n` },
      'docs/CODEOWNERS',
      `/${whitelist} @acme/security\n${ownerLines.replace(/^.*\n/, '')}`,
    ],
    [
      'names husky’s hooks',
      { '.husky/pre-commit': '' },
      owners,
      `${ownerLines}/.husky/ @acme/dependencies\n`,
    ],
    [
      'names the whitelist of the config, and what that extends',
      {
        '.check-importsrc': 'whitelist: our packages.yaml\nextends: [team/all.yaml]\n',
        'our packages.yaml': whitelistText({}),
        'team/all.yaml': whitelistText({}),
      },
      owners,
      ownerLines.replace(
        `/${whitelist} @acme/dependencies\n`,
        '/our\\ packages.yaml @acme/dependencies\n/team/all.yaml @acme/dependencies\n',
      ),
    ],
  ])('CODEOWNERS: %s', async (_, files, file, text) => {
    const scratch = await project(files);
    const texts: string[] = [];
    while (texts.length < 2) {
      const { code, stderr } = await init(scratch, '--yes', ...owner);
      expect(code, stderr).toBe(0);
      texts.push(scratch.read(file));
    }
    expect(texts).toEqual([text, text]);
  });

  test.each([
    ['of an older version', workflowOf('0.0.9', 'base')],
    ['of another text', 'jobs:\n  x:\n    steps:\n      - run: vetted-imports ci --policy-from base\n'],
  ])('a workflow %s keeps who judges', async (_, text) => {
    const scratch = await project({ [WORKFLOW]: text });
    expect((await init(scratch, '--yes')).code).toBe(0);
    expect(scratch.read(WORKFLOW)).toBe(workflowOf(version, 'base'));
  });

  const older = workflowOf('0.0.9', 'base');

  test.each([
    ['what an older version wrote', older],
    ['what one wrote that pinned no commit', older.replaceAll(/checkout@.*/g, 'checkout@v5')],
    ['what a bot raised', older.replaceAll(/checkout@.*/g, `checkout@${'0'.repeat(40)} # v9.0.0`)],
  ])('--remove knows %s', async (_, text) => {
    const scratch = await project({ [WORKFLOW]: text });
    expect([(await init(scratch, '--remove', '--yes')).code, scratch.has(WORKFLOW)]).toEqual([0, false]);
  });

  test('pins what it uses of others by commit', () => {
    const uses = [...older.matchAll(/uses: (\S+)@(\S+)/g)].filter(
      ([, name = '']) => name !== 'vetted-imports/vetted-imports',
    );
    expect(uses.map(([, name, state = '']) => [name, state.length])).toEqual([
      ['actions/checkout', 40],
      ['actions/checkout', 40],
    ]);
  });

  test('without an owner leaves CODEOWNERS alone, and says how to name one', async () => {
    const scratch = await project();
    const { stdout } = await init(scratch, '--yes');
    expect([stdout.includes('--owner @acme/dependencies'), scratch.has(owners)]).toEqual([true, false]);
  });

  test('--check tells whether it is set up', async () => {
    const scratch = await project();
    expect((await init(scratch, '--check')).code).toBe(1);
    await init(scratch, '--yes', '--policy-from', 'base', ...owner);
    expect((await init(scratch, '--check', ...owner)).code).toBe(0);
    scratch.write({ [owners]: '' });
    expect((await init(scratch, '--check', ...owner)).code).toBe(1);
  });

  test('--remove takes the workflow away that it wrote, and no other', async () => {
    const scratch = await project();
    await init(scratch, '--yes', ...owner);
    const { code, stdout } = await init(scratch, '--remove', '--yes');
    expect([
      code,
      stdout.includes(`Removed ${WORKFLOW}`),
      scratch.has(WORKFLOW),
      scratch.has(owners),
    ]).toEqual([0, true, false, true]);
    scratch.write({ [WORKFLOW]: 'name: ours\n' });
    const refused = await init(scratch, '--remove', '--yes');
    expect([refused.code, scratch.read(WORKFLOW)]).toEqual([2, 'name: ours\n']);
  });

  test.each([
    ['leaves no empty folder', {}, false],
    ['leaves a folder with something else in it', { '.github/dependabot.yml': 'version: 2\n' }, true],
  ])('--remove %s, and ends with what is to be committed', async (_, files, stays) => {
    const scratch = await project(files);
    await init(scratch, '--yes');
    await scratch.commitAll('the jobs');
    const { stdout } = await init(scratch, '--remove', '--yes');
    expect([scratch.has('.github/workflows'), scratch.has('.github')]).toEqual([false, stays]);
    const [, command = ''] = /^Commit it: (.*)$/m.exec(stdout) ?? [];
    await scratch.git('config', 'core.hooksPath', '/dev/null');
    const where = { cwd: scratch.root, env: { ...scratch.env, GIT_EDITOR: 'echo jobs >' } };
    expect(await run('sh', ['-c', command], where), stdout).toMatchObject({ code: 0 });
    expect(await scratch.git('show', '--format=', '--name-only')).toBe(`${WORKFLOW}\n`);
    expect(await scratch.git('status', '--porcelain')).toBe('');
    expect((await init(scratch, '--remove', '--yes')).stdout).not.toContain('Commit it');
  });

  test('innocent: jobs that git never had are not to be committed when they are gone', async () => {
    const scratch = await project();
    await init(scratch, '--yes');
    expect((await init(scratch, '--remove', '--yes')).stdout).not.toContain('Commit it');
    await init(scratch, '--yes');
    expect((await init(scratch, '--remove', '--dry-run')).stdout).not.toContain('Commit it');
  });

  test('an assistant does not choose who judges; it may look', async () => {
    const scratch = await project();
    const words = ['init', '--ci', 'github'];
    const refused = await runIn(scratch, [...words, '--yes'], { env: { CLAUDECODE: '1' } });
    expect([
      refused.code,
      refused.stderr.includes('A person runs: vetted-imports init --ci github'),
      scratch.has(WORKFLOW),
    ]).toEqual([2, true, false]);
    expect((await runIn(scratch, [...words, '--check'], { env: { CLAUDECODE: '1' } })).code).toBe(1);
  });

  test.each([
    [['init', '--owner', '@acme/x', '--yes'], '--owner and --policy-from need --ci'],
    [['init', '--ci', 'github', '--update', '--yes'], '--ci goes with neither'],
    [['init', '--ci', 'github', '--remove', '--policy-from', 'base', '--yes'], '--remove takes no owner'],
    [['init', '--ci', 'github', '--owner', 'acme x\n* @evil', '--yes'], 'is not an owner'],
    [['init', '--ci', 'jenkins'], 'github'],
  ])('refuses %j', async (words, message) => {
    const scratch = await project();
    const { code, stderr } = await runIn(scratch, words);
    expect([code, stderr.includes(message), scratch.has(WORKFLOW)], stderr).toEqual([2, true, false]);
  });
});

describe('init --ci gitlab', () => {
  const gitlab = (scratch: Scratch, ...flags: readonly string[]) =>
    runIn(scratch, ['init', '--ci', 'gitlab', ...flags]);
  const including = '.gitlab-ci.yml';
  const include = `include:\n  - local: /${JOBS}\n`;
  const build = 'build:\n  script: [make]\n';

  test.each<[string, string | null, string]>([
    ['no file', null, include],
    ['jobs', build, build + include],
    ['jobs without a last line end', build.trimEnd(), build + include],
    ['the line already, in a list', `include:\n  - local: /a.yml\n  - local: /${JOBS}\n`, ''],
  ])('writes the jobs and includes them: %s', async (_, before, after) => {
    const scratch = await project(before === null ? {} : { [including]: before });
    const texts: string[] = [];
    while (texts.length < 2) {
      const { code, stderr } = await gitlab(scratch, '--yes', '--policy-from', 'base', ...owner);
      expect(code, stderr).toBe(0);
      texts.push(scratch.read(including));
    }
    const text = after === '' ? before : after;
    expect(texts).toEqual([text, text]);
    expect(scratch.read(JOBS)).toBe(jobsOf(version, 'base'));
    const jobs = v.parse(
      v.looseObject({ 'vetted-imports': v.object({ script: v.array(v.string()) }) }),
      parse(scratch.read(JOBS)),
    );
    expect(jobs['vetted-imports'].script[1]).toMatch(/ --policy-from base$/);
    expect(scratch.read('CODEOWNERS')).toContain(
      '/.gitlab-ci.yml @acme/dependencies\n/.gitlab/ @acme/dependencies\n',
    );

    expect((await gitlab(scratch, '--check', ...owner)).code).toBe(0);
    expect((await gitlab(scratch, '--remove', '--yes')).code).toBe(0);
    expect(scratch.has(JOBS)).toBe(false);
    expect(scratch.has(including) ? scratch.read(including).includes(JOBS) : false).toBe(false);
    expect(scratch.has(including)).toBe(before !== null);
  });

  test.each([
    ['includes another', 'include: /a.yml\n'],
    ['includes others', 'include:\n  - local: /a.yml\n'],
    ['has several parts', 'spec:\n  inputs: {}\n---\nbuild:\n  script: [make]\n'],
  ])('says what a person adds to a file that %s', async (_, text) => {
    const scratch = await project({ [including]: text });
    const { code, stderr } = await gitlab(scratch, '--yes');
    expect([code, stderr.includes(`- local: /${JOBS}`), scratch.read(including)]).toEqual([2, true, text]);
    expect((await gitlab(scratch, '--check')).code).toBe(1);
  });
});
