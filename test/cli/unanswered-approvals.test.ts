import { afterEach, describe, expect, test } from 'vitest';
import { clientPage } from '../kit/clients.ts';
import { Scratch } from '../kit/scratch.ts';
import { json, reply, startServer } from '../kit/server.ts';
import { whitelistText, type WhitelistFields } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* What a registry says of an approval, and what becomes of one that none answered for. */

const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const file = 'approved-packages.yaml';
const served = {
  name: 'served',
  'dist-tags': { latest: '1.0.0' },
  time: { created: '2015-03-04T00:00:00Z', '1.0.0': '2015-03-04T00:00:00Z' },
  versions: { '1.0.0': {} },
};

const yesterday = { created: '2026-11-22T00:00:00Z', '1.0.0': '2026-11-22T00:00:00Z' };

/** A repository with an empty whitelist, and a registry that serves `served`, `@acme/ui` and, since yesterday, `fresh`. */
async function repository(files: Readonly<Record<string, string>> = {}) {
  const scratch = await Scratch.with({ 'package.json': '{}', [file]: whitelistText({}), ...files });
  const asked: string[] = [];
  const server = await startServer((request, response) => {
    const client = clientPage(request.path);
    if (client !== undefined) {
      reply(response, client);
      return;
    }
    const name = decodeURIComponent(request.path.slice(1));
    asked.push(name);
    const isServed = ['served', 'fresh', '@acme/ui'].includes(name);
    const document = name === 'fresh' ? { ...served, time: yesterday } : served;
    reply(response, isServed ? json({ ...document, name }) : json({ error: 'Not found' }, 404));
  });
  scratch.writeHome({ '.npmrc': `registry=${server.url}/\n` });
  open.push(
    () => {
      scratch.dispose();
    },
    () => server.close(),
  );
  return { scratch, asked };
}

describe('an approval that a change writes by hand is asked about', () => {
  test.each([
    ['ghost', 'nonexistent', /approved npm:ghost.*nonexistent: Its registry has no package/],
    ['served', 'exists', /approved npm:served, by Ada L <ada@example\.org>: a reason$/],
  ])('%s is %s', async (name, grade, message) => {
    const { scratch, asked } = await repository();
    scratch.write({
      [file]: whitelistText({ [`npm:${name}`]: { approved: 'a reason' } }),
      'a.js': `import "${name}";\n`,
    });
    await scratch.git('add', '--all');
    const { code, stdout } = await runIn(scratch, ['--staged', '--format', 'json']);
    const report: unknown = JSON.parse(stdout);
    // The verdict is what the file says.
    expect(code).toBe(0);
    expect(report).toMatchObject({
      policyChanges: [{ kind: 'decision', subject: `npm:${name}`, grade }],
      findings: [{ rule: 'policy-change' }],
    });
    const concise = (await runIn(scratch, ['--staged', '--format', 'concise'])).stdout;
    expect(concise.trimEnd()).toMatch(message);
    expect(asked).toContain(name);
  });

  test('but nobody asks where nothing is approved', async () => {
    const { scratch, asked } = await repository({ 'README.md': '' });
    scratch.write({ [file]: whitelistText({ 'npm:ghost': { denied: 'no' } }) });
    await scratch.git('add', '--all');
    expect((await runIn(scratch, ['--staged'])).stdout).toBe('');
    expect(asked).toEqual([]);
  });
});

const unverified = whitelistText({ 'npm:ghost': { approved: 'on a train', unverified: true } });

describe('an approval that no registry answered for', () => {
  test.each([
    ['passes in the hook', ['--staged'], '', 0],
    ['passes in the work tree', [], '', 0],
    ['is a request in CI', ['--since', 'start'], '', 1],
    ['is a request under --all', ['--all'], '', 1],
    ['passes in CI where the base asks nobody', ['--since', 'start'], 'lookup: off\n', 0],
    ['passes in CI where the base keeps the name', ['--since', 'start'], 'privateNames: [ghost]\n', 0],
    ['is a request where the base keeps other names', ['--since', 'start'], 'privateNames: [other]\n', 1],
  ] as const)('%s', async (_, scope, config, code) => {
    const { scratch } = await repository({
      [file]: unverified,
      ...(config === '' ? {} : { '.check-importsrc.yaml': config }),
    });
    await scratch.git('tag', 'start');
    scratch.write({ 'a.js': 'import "ghost";\n' });
    await scratch.git('add', '--all');
    if (scope[0] === '--since') await scratch.commitAll('a use');
    const { code: exit, stdout } = await runIn(scratch, [...scope, '--offline', '--format', 'concise']);
    expect(exit).toBe(code);
    if (code === 1)
      expect(stdout).toContain('its approval in approved-packages.yaml:5 was written while no registry');
  });

  test('is told as that of what a manifest declares, and nothing is told so that has no entry', async () => {
    const manifest = JSON.stringify({ dependencies: { ghost: '1', other: '1', wished: '1' } });
    const entries = {
      'npm:ghost': { approved: 'on a train', unverified: true },
      'npm:wished': { requested: 'x' },
    } as const;
    const { scratch } = await repository({ [file]: whitelistText(entries), 'package.json': manifest });
    const { code, stdout } = await runIn(scratch, ['--all', '--offline', '--format', 'concise']);
    expect(code).toBe(1);
    expect(stdout.match(/package\.json:1 declares .*(?= \[)/g)).toEqual([
      `package.json:1 declares npm:ghost, but its approval in ${file}:5 was written while no registry answered: approve it again with an answer`,
      `package.json:1 declares npm:other, but ${file} has no decision about it`,
      `package.json:1 declares npm:wished, but it is only requested (${file}:6)`,
    ]);
  });

  test('and that the change itself brings is told with both reasons where the base judges', async () => {
    const reasons = async (entry: WhitelistFields) => {
      const { scratch } = await repository();
      await scratch.git('tag', 'start');
      scratch.write({ [file]: whitelistText({ 'npm:ghost': entry }), 'a.js': 'import "ghost";\n' });
      await scratch.commitAll('both');
      const args = ['--since', 'start', '--policy-from', 'base', '--offline', '--format', 'concise'];
      const { code, stdout } = await runIn(scratch, args);
      expect(code).toBe(1);
      const [text = ''] =
        /npm:ghost is approved in this change \(approved-packages\.yaml:5\).*/.exec(stdout) ?? [];
      return ['the base’s policy judges', 'while no registry answered'].map((part) => text.includes(part));
    };
    expect(await reasons({ approved: 'on a train', unverified: true })).toEqual([true, true]);
    expect(await reasons({ approved: 'on a train' })).toEqual([true, false]);
  });

  test('a change that turns the questions off does not keep its own approvals from being asked about', async () => {
    const { scratch } = await repository();
    await scratch.git('tag', 'start');
    scratch.write({
      [file]: unverified,
      '.check-importsrc.yaml': 'lookup: off\n',
      'a.js': 'import "ghost";\n',
    });
    await scratch.commitAll('both');
    expect((await runIn(scratch, ['--since', 'start', '--offline'])).code).toBe(1);
  });

  test('holds everywhere once somebody has approved it with an answer', async () => {
    const { scratch } = await repository({
      [file]: whitelistText({ 'npm:served': { approved: 'on a train', unverified: true } }),
      'a.js': 'import "served";\n',
    });
    expect((await runIn(scratch, ['--all'])).code).toBe(1);
    expect((await runIn(scratch, ['approve', 'npm:served', '--reason', 'seen'])).code).toBe(0);
    expect(scratch.read(file)).not.toContain('unverified');
    expect((await runIn(scratch, ['--all'])).code).toBe(0);
  });
});

describe('a whole scope is verified', () => {
  test.each([
    ['where a package of it that the base declares is served', '@acme/ui', false, false],
    ['where settings bind it to a registry of its own, which asks who is there', '@acme/ghost', true, false],
    ['but not where none is served', '@acme/ghost', false, true],
    ['but not where the base declares none', 'served', false, true],
  ])('%s', async (_, dependency, isBound, isUnverified) => {
    const { scratch } = await repository({
      'package.json': JSON.stringify({ dependencies: { [dependency]: '1' } }),
    });
    if (isBound) {
      const own = await startServer((_request, response) => {
        reply(response, json({ error: 'no' }, 401));
      });
      open.push(() => own.close());
      scratch.writeHome({ '.npmrc': `registry=${own.url}/public/\n@acme:registry=${own.url}/\n` });
    }
    const { code, stderr } = await runIn(scratch, ['approve', 'npm:@acme/*', '--reason', 'ours']);
    expect(code).toBe(0);
    expect(scratch.read(file).includes('unverified: true')).toBe(isUnverified);
    expect(stderr.includes('no registry has served a package of @acme/*')).toBe(isUnverified);
  });
});

test('a package of an approved scope is listed when it is first declared, and then no more', async () => {
  const { scratch } = await repository({
    [file]: whitelistText({ 'npm:@acme/*': { approved: 'ours' }, 'npm:served': { approved: 'x' } }),
    'package.json': '{"dependencies":{"@acme/ui":"1"}}',
  });
  const staged = async (dependencies: object) => {
    scratch.write({ 'package.json': JSON.stringify({ dependencies }), 'a.js': 'import "@acme/ui";\n' });
    await scratch.git('add', '--all');
    return runIn(scratch, ['--staged', '--offline', '--format', 'concise']);
  };
  expect((await staged({ '@acme/ui': '2', served: '1' })).stdout).toBe('');
  const { code, stdout } = await staged({ '@acme/ui': '1', '@acme/new': '1' });
  expect(code).toBe(0);
  expect(stdout).toContain(
    'policy-change first declared npm:@acme/new, which is approved as part of npm:@acme/*',
  );
  expect(stdout).not.toContain('npm:@acme/ui');
  await scratch.commitAll('more');
  expect((await staged({ '@acme/ui': '2', '@acme/new': '2' })).stdout).toBe('');
});

test('in spite of something is approved one package at a time', async () => {
  const { scratch } = await repository();
  const words = ['approve', 'npm:served', 'npm:ghost', '--despite', 'nonexistent', '--reason', 'x'];
  const { code, stderr } = await runIn(scratch, words);
  expect(code).toBe(2);
  expect(stderr).toContain('goes with one package');
  expect(scratch.read(file)).toBe(whitelistText({}));
  const alone = ['approve', 'npm:fresh', '--despite', 'young', '--reason', 'x'];
  expect((await runIn(scratch, alone)).code).toBe(0);
});

describe('what something speaks against is approved in a command of its own', () => {
  const approve = (scratch: Scratch, names: readonly string[]) =>
    runIn(scratch, ['approve', ...names, '--reason', 'x']);

  test.each([
    ['young', 'npm:fresh', 'approve npm:fresh --despite young'],
    ['nonexistent', 'npm:ghost', 'approve npm:ghost --despite nonexistent'],
  ])('%s', async (_, odd, command) => {
    const { scratch } = await repository();
    const { code, stderr } = await approve(scratch, ['npm:served', odd, 'npm:@acme/ui']);
    expect(code).toBe(2);
    expect(stderr).toContain(`in a command of its own: vetted-imports ${command} --reason "…"\n`);
    expect(stderr).not.toContain('npm:served');
    expect(scratch.read(file)).toBe(whitelistText({}));
  });

  test('alone it is approved in spite of its grade, and the others together', async () => {
    const { scratch } = await repository();
    expect((await approve(scratch, ['npm:fresh', '--despite', 'young'])).code).toBe(0);
    expect((await approve(scratch, ['npm:served', 'npm:@acme/ui'])).code).toBe(0);
    expect(scratch.read(file).match(/^ {2}npm:.* approved: x/gm)).toHaveLength(3);
  });
});

describe('what the whitelist covers', () => {
  const covering = (words: string) =>
    whitelistText({}).replace('[npm, pypi, golang, cargo, commands]', words);

  test('is judged by it, what it does not cover by manifests, and a line says so', async () => {
    const { scratch } = await repository({ [file]: covering('[npm]'), 'requirements.txt': 'flask\n' });
    scratch.write({ 'a.py': 'import flask\n', 'a.js': 'import "served";\n' });
    await scratch.git('add', '--all');
    const { stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'json']);
    const report: unknown = JSON.parse(stdout);
    expect(report).toMatchObject({
      findings: [{ rule: 'unapproved-package', specifier: 'served' }],
    });
    expect(stdout).toContain('does not cover pypi');
  });

  test('loses no word in silence', async () => {
    const { scratch } = await repository();
    scratch.write({ [file]: covering('[npm]') });
    await scratch.git('add', '--all');
    const { stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'concise']);
    expect(stdout).toContain('policy-change removed pypi from “covers” of approved-packages.yaml');
    await scratch.commitAll('less');
    scratch.write({ [file]: covering('[npm, pypi, golang, cargo, commands]') });
    await scratch.git('add', '--all');
    expect((await runIn(scratch, ['--staged', '--offline'])).stdout).toBe('');
  });

  test('may have a word of a newer version: a line in the hook, a fault in CI', async () => {
    const { scratch } = await repository({ [file]: covering('[npm, pypi, maven]') });
    await scratch.git('tag', 'start');
    scratch.write({ 'a.js': 'export {};\n' });
    await scratch.git('add', '--all');
    const hook = await runIn(scratch, ['--staged', '--offline']);
    expect(hook.code).toBe(0);
    expect(hook.stdout).toContain('names maven');
    await scratch.commitAll('a file');
    const ci = await runIn(scratch, ['--since', 'start', '--offline', '--format', 'concise']);
    expect(ci.code).toBe(2);
    expect(ci.stdout).toContain('fault whitelist');
  });
});

describe('what an approval is worth is said when it is written', () => {
  const restriction = 'in CI and under --all this approval is a request';
  test.each<[what: string, command: readonly string[], config: string, isRestricted: boolean]>([
    ['without an answer', ['npm:served', '--offline'], '', true],
    ['with an answer', ['npm:served'], '', false],
    ['of a name that is never asked about', ['npm:served'], 'privateNames: [served]\n', false],
    ['of a source that no registry serves', ['npm:served', '--source', 'github:acme/served'], '', false],
  ])('%s', async (_, command, config, isRestricted) => {
    const { scratch } = await repository({ '.check-importsrc.yaml': config });
    const { code, stderr } = await runIn(scratch, ['approve', ...command, '--reason', 'x']);
    expect({ code, isRestricted: stderr.includes(restriction) }).toEqual({ code: 0, isRestricted });
  });
});
