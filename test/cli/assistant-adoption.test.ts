import { afterEach, describe, expect, test } from 'vitest';
import { Scratch, type Finished } from '../kit/scratch.ts';
import { byAda, whitelistLine, whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* "Set up check-imports" is what people ask an assistant: it may commit what `init` wrote, and nothing else that loosens. */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const file = 'approved-packages.yaml';
const env = { CLAUDECODE: '1' };
const baseline = { baseline: '2026-11-23' };
const tool = {
  'npm:vetted-imports': { approved: 'checks imports before every commit', ...byAda, date: '2026-11-23' },
};

const manifest = (more: Readonly<Record<string, string>> = {}) =>
  JSON.stringify({ name: 'shop', dependencies: { lodash: '4' }, devDependencies: more });

const shop = {
  '.check-importsrc': 'lookup: off\n',
  'package.json': manifest(),
  'a.js': "import 'lodash';\nimport 'undici';\n",
  'odd.js': "import 'got';\n",
};

async function project(files: Readonly<Record<string, string>> = {}): Promise<Scratch> {
  const scratch = await Scratch.with({ ...shop, ...files });
  open.push(scratch);
  return scratch;
}

/** The project after `init` in an assistant's environment, and what the assistant wrote besides. */
async function adopted(more: Readonly<Record<string, string>> = {}): Promise<Scratch> {
  const scratch = await project();
  scratch.write({ 'package.json': manifest({ 'vetted-imports': '^0.1.0' }) });
  const done = await runIn(scratch, ['init', '--yes', '--offline'], { env });
  expect(done.code).toBe(0);
  scratch.write(more);
  await scratch.git('add', '--all');
  return scratch;
}

const hook = (scratch: Scratch, variables: Readonly<Record<string, string>> = env): Promise<Finished> =>
  runIn(scratch, ['hook', 'pre-commit'], { env: variables });

test('what init wrote is committed, and the approval of this tool is listed', async () => {
  const scratch = await adopted();
  expect(scratch.read(file)).toContain(whitelistLine('npm:vetted-imports', tool['npm:vetted-imports']));
  const { code, stdout } = await hook(scratch);
  expect(code).toBe(0);
  expect(stdout).toContain('approved npm:vetted-imports');
  expect(stdout).not.toContain('error');
});

const written = { 'npm:lodash': baseline, ...tool };

describe('refused is an adoption with more than that:', () => {
  test.each<[string, Readonly<Record<string, string>>, RegExp]>([
    [
      'an approval of another package',
      { [file]: whitelistText({ 'npm:got': { approved: 'http', ...byAda }, ...written }) },
      /error policy-change .*approved npm:got/,
    ],
    [
      'a whole scope',
      { [file]: whitelistText({ 'npm:@acme/*': { approved: 'ours', ...byAda }, ...written }) },
      /error policy-change .*approved npm:@acme\/\*/,
    ],
    [
      'this tool from elsewhere',
      {
        [file]: whitelistText({
          'npm:lodash': baseline,
          'npm:vetted-imports': { approved: 'x', source: 'git+https://example.org/x.git', ...byAda },
        }),
      },
      /error policy-change .*approved npm:vetted-imports from/,
    ],
    [
      'a baseline that gives its package another module',
      { [file]: whitelistText({ 'npm:got': { ...baseline, imports: ['numpy_utils'] }, ...written }) },
      /error policy-change .*npm:got/,
    ],
    [
      'a config that loosens',
      { '.check-importsrc': 'lookup: off\nrules:\n  unclear-import: off\n' },
      /error policy-change lowered the rule unclear-import/,
    ],
    [
      'a config that trusts assistants',
      { '.check-importsrc': 'lookup: off\nassistants: trusted\n' },
      /error policy-change .*assistants/,
    ],
    [
      'a baseline that the base knows nothing of',
      { [file]: whitelistText({ ...written, 'npm:numpy-utils': baseline }) },
      /fault whitelist .*npm:numpy-utils cannot be in the baseline/,
    ],
  ])('%s', async (_, files, line) => {
    const scratch = await adopted(files);
    const done = await runIn(scratch, ['--staged', '--offline', '--format', 'concise'], { env });
    expect(done.stdout).toMatch(line);
    expect(done.code).toBeGreaterThan(0);
  });

  test('innocent: a baseline of what the base uses, and requests', async () => {
    const scratch = await adopted({
      [file]: whitelistText({
        'npm:got': baseline,
        'npm:lodash': baseline,
        'npm:undici': { requested: 'http', date: '2026-11-23' },
        ...tool,
      }),
    });
    expect((await runIn(scratch, ['--staged', '--offline'], { env })).code).toBe(0);
  });

  test('innocent: a person commits what an assistant can’t', async () => {
    const text = whitelistText({ 'npm:got': { approved: 'http', ...byAda }, ...written });
    const scratch = await adopted({ [file]: text });
    expect((await runIn(scratch, ['--staged', '--offline'])).code).toBe(0);
  });
});

describe('once there is a whitelist', () => {
  const old = { [file]: whitelistText({ 'npm:lodash': baseline }) };

  test('neither a baseline nor the approval of this tool is the adoption', async () => {
    const scratch = await project(old);
    scratch.write({ [file]: whitelistText({ 'npm:got': baseline, ...written }) });
    await scratch.git('add', '--all');
    const { code, stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'concise'], { env });
    expect(code).toBe(1);
    expect(stdout).toMatch(/error policy-change .*npm:got/);
    expect(stdout).toMatch(/error policy-change .*npm:vetted-imports/);
  });

  test('a refusal names the command with which a person commits what a person decided', async () => {
    const scratch = await project(old);
    await runIn(scratch, ['approve', 'npm:got', '--reason', 'http', '--offline', '--stage']);
    scratch.write({ 'b.js': "import 'lodash';\n" });
    await scratch.git('add', '--all');
    const { stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'json'], { env });
    expect(stdout).toContain(`"git commit ${file}"`);
    expect(stdout).not.toContain(' request ');
    await scratch.git('commit', '--quiet', '--message', 'decided', file);
    expect((await runIn(scratch, ['--staged', '--offline'], { env })).code).toBe(0);
  });
});

test.each([
  ['approve', ['approve', 'npm:got', '--reason', 'x'], 'Then a person runs: vetted-imports review\n'],
  [
    'an approval of a source',
    ['approve', 'npm:got', '--source', 'github:acme/got', '--reason', 'x'],
    'A person runs: vetted-imports approve npm:got --source "github:acme/got" --reason "…"\n',
  ],
  ['deny', ['deny', 'npm:got', '--reason', 'x'], 'A person runs: vetted-imports deny npm:got'],
  ['a second init', ['init', '--yes'], 'A person runs: vetted-imports init'],
  ['an update', ['init', '--update', '--yes'], 'A person runs: vetted-imports init --update'],
  ['a removal', ['init', '--remove', '--yes'], 'A person runs: vetted-imports init --remove'],
])('%s names the command that a person runs', async (_, args, sentence) => {
  const scratch = await project({ [file]: whitelistText({ 'npm:lodash': baseline }) });
  const { code, stderr } = await runIn(scratch, args, { env });
  expect([code, stderr.includes(sentence)]).toEqual([2, true]);
});

test('without a whitelist an assistant is not sent to request, which would be refused', async () => {
  const scratch = await project();
  scratch.write({ 'new.js': "import 'left-pad';\n" });
  await scratch.git('add', '--all');
  const { stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'json'], { env });
  expect(stdout).toContain('"vetted-imports init"');
  expect(stdout).not.toContain(' request ');
});
