import { afterEach, describe, expect, test } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { findingsIn } from '../kit/findings.ts';
import { Scratch } from '../kit/scratch.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* No key of a change's config chooses whose policy judges the change. */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const config = '.check-importsrc.yaml';
const base = {
  'package.json': '{ "private": true }\n',
  [config]: 'trust: whitelist\n',
};

/** For every key, the value of it that lets most pass. */
const lax: Readonly<Record<Exclude<keyof Config, 'source'>, string>> = {
  whitelist: 'ours.yaml',
  extends: '[ours.yaml]',
  trust: 'manifests',
  rules: '{ unapproved-package: off, policy-change: off }',
  ignorePaths: '["**"]',
  ambient: '[zzz]',
  localModules: '[zzz]',
  privateNames: '[zzz]',
  registries: '{ npm: "https://registry.example" }',
  lookup: 'off',
  lookupBudget: '0.1',
  youngDays: '0',
  assistants: 'trusted',
  policyFrom: 'head',
  requested: 'warn',
  commands: 'off',
};

/** A change that sets one key, and imports a package that nobody approved at the base. */
async function changed(line: string): Promise<Scratch> {
  const scratch = await Scratch.with(base);
  open.push(scratch);
  const whitelist = whitelistText({ 'npm:zzz': { approved: 'x', ...byAda } });
  const trust = line.startsWith('trust:') ? '' : base[config];
  scratch.write({
    [config]: `${trust}${line}\n`,
    'a.js': 'import "zzz";\n',
    'approved-packages.yaml': whitelist,
    'ours.yaml': whitelist,
  });
  await scratch.commitAll('change');
  return scratch;
}

async function judged(
  scratch: Scratch,
  ...flags: readonly string[]
): Promise<readonly [number, readonly string[]]> {
  const args = ['--since', 'HEAD~1', '--offline', '--format', 'concise', ...flags];
  const { code, stdout } = await runIn(scratch, args);
  return [code, findingsIn(stdout)];
}

const stopped = 'a.js:1:9 unapproved-package npm:zzz';

describe('judged by the base, a change that sets', () => {
  test.each(Object.entries(lax))('%s: %s', async (key, value) => {
    const [code, findings] = await judged(await changed(`${key}: ${value}`), '--policy-from', 'base');
    expect([code, findings]).toEqual([1, expect.arrayContaining([stopped])]);
  });
});

describe('policyFrom of the config, where the command line names nobody', () => {
  /** Who judges a change that approves what it uses: `head` lets it pass. */
  async function judgeOf(before: string, after: string): Promise<string> {
    const scratch = await Scratch.with({ ...base, [config]: before });
    open.push(scratch);
    const whitelist = whitelistText({ 'npm:zzz': { approved: 'x', ...byAda } });
    scratch.write({ [config]: after, 'a.js': 'import "zzz";\n', 'approved-packages.yaml': whitelist });
    await scratch.commitAll('change');
    const [, findings] = await judged(scratch);
    return findings.includes(stopped) ? 'base' : 'head';
  }

  test.each([
    ['says nothing: the head judges', '{}\n', '{}\n', 'head'],
    ['of the base: the base judges', 'policyFrom: base\n', 'policyFrom: base\n', 'base'],
    ['of the base, and the change takes it away', 'policyFrom: base\n', 'policyFrom: head\n', 'base'],
    ['that the change sets: from the next one on', '{}\n', 'policyFrom: base\n', 'head'],
    ['of the base says head', 'policyFrom: head\n', 'policyFrom: head\n', 'head'],
  ])('%s', async (_, before, after, expected) => {
    expect(await judgeOf(before, after)).toBe(expected);
  });

  test('a change of it that loosens is listed', async () => {
    const scratch = await changed('policyFrom: head');
    const { stdout } = await runIn(scratch, ['--since', 'HEAD~1', '--offline', '--format', 'concise']);
    expect(stdout).toContain('changed policyFrom from auto to head');
  });

  test('the action’s word is no key, and what is meant is said', async () => {
    const scratch = await changed('policy-from: head');
    const { code, stdout } = await runIn(scratch, ['--since', 'HEAD~1', '--offline', '--format', 'concise']);
    expect([code, stdout]).toEqual([2, expect.stringContaining('Did you mean “policyFrom”?')]);
  });
});

test('the twin: the same change without the key passes where the head judges', async () => {
  const scratch = await changed('lookup: off');
  const [code, findings] = await judged(scratch);
  expect([code, findings]).toEqual([0, expect.not.arrayContaining([stopped])]);
});

describe('the base is chosen to judge, and has no whitelist: of the change’s approvals', () => {
  const own = 'npm:vetted-imports';
  const manifest = (name: string, value = '1') =>
    `{ "private": true, "devDependencies": { "${name}": "${value}" } }\n`;

  const elsewhere = 'https://registry.example/vetted-imports.tgz';

  test.each<[string, string, Readonly<Record<string, string>>, number, string?]>([
    ['that of this tool counts', 'vetted-imports', { [own]: 'x' }, 0],
    ['no other one does', 'zzz', { [own]: 'x', 'npm:zzz': 'x' }, 1],
    ['none is made up for this tool', 'vetted-imports', { 'npm:zzz': 'x' }, 1],
    ['that of another program in its place does not', 'vetted-imports', { [own]: 'x' }, 1, elsewhere],
  ])('%s', async (_, name, approvals, expected, source) => {
    const scratch = await Scratch.with({ 'package.json': '{ "private": true }\n' });
    open.push(scratch);
    const entries = Object.entries(approvals).map(
      ([key, approved]) =>
        [key, { approved, ...(source === undefined ? {} : { source }), ...byAda }] as const,
    );
    const whitelist = whitelistText(Object.fromEntries(entries));
    scratch.write({ 'package.json': manifest(name, source), 'approved-packages.yaml': whitelist });
    await scratch.commitAll('change');
    const args = ['--since', 'HEAD~1', '--offline', '--policy-from', 'base', '--format', 'concise'];
    const { code, stdout } = await runIn(scratch, args);
    expect([code, stdout.includes(`policy-change approved ${own}`)]).toEqual([expected, own in approvals]);
  });
});
