import { describe, expect, test } from 'vitest';
import { defaults, type Config } from '../../src/config/config.ts';
import { loosenedConfig } from '../../src/config/diff.ts';
import { loadConfig } from '../../src/config/load.ts';
import { filesFrom } from './folder.ts';
import { rules } from './rules.ts';

async function config(text: string | null): Promise<Config> {
  if (text === null) return defaults;
  const read = await loadConfig(filesFrom({ '.check-importsrc': text }), rules);
  if (read.kind === 'faults') throw new Error(read.faults.map(({ message }) => message).join());
  return read.config;
}

async function changes(before: string | null, after: string | null): Promise<string[]> {
  const found = loosenedConfig(await config(before), await config(after), rules);
  return found.map(({ file, line, what }) => `${file}:${line} ${what}`.replace('.check-importsrc:', ''));
}

describe('what loosens', () => {
  const cases: [string | null, string | null, string[]][] = [
    [null, 'rules:\n  unclear-import: off\n', ['2 lowered the rule unclear-import from warn to off']],
    ['rules: { policy-change: error }', '', ['1 lowered the rule policy-change from error to warn']],
    // An error under --all, a warning elsewhere.
    [
      null,
      'rules: { unreviewed-package: warn }',
      ['1 lowered the rule unreviewed-package from error to warn'],
    ],
    [
      'rules: { policy-change: error }',
      '# x\nrules: { policy-change: warn }',
      ['2 lowered the rule policy-change from error to warn'],
    ],
    [null, 'ignorePaths:\n  - "**/node_modules/**"\n  - src/**\n', ['3 added src/** to ignorePaths']],
    ['ignorePaths: ["!**/vendor/**"]', null, ['1 added **/vendor/** to ignorePaths']],
    ['ambient: [a]', 'ambient: [a, b]', ['1 added b to ambient']],
    [null, '\nlocalModules: [numpy_utils]', ['2 added numpy_utils to localModules']],
    ['privateNames: ["@acme/*", b]', 'privateNames: [b]', ['1 removed @acme/* from privateNames']],
    ['trust: whitelist', null, ['1 weakened trust from whitelist to its default']],
    [null, 'trust: manifests', ['1 weakened trust from its default to manifests']],
    [null, '#\nwhitelist: x.yaml', ['2 changed the whitelist from approved-packages.yaml to x.yaml']],
    ['extends: [a.yaml]', 'extends: [a.yaml, b.yaml]', ['1 added b.yaml to extends']],
    [
      'extends: [a.yaml]',
      'extends: [b.yaml]',
      ['1 removed a.yaml from extends', '1 added b.yaml to extends'],
    ],
    [
      null,
      'registries:\n  npm: https://registry.example',
      ['2 changed the registry of npm from the public one to https://registry.example'],
    ],
    [
      'registries: { npm: "https://registry.example" }',
      'registries: { npm: ["https://registry.example", "https://other.example"] }',
      ['1 added https://other.example to the registries of npm'],
    ],
    [
      'registries: { npm: ["https://registry.example", "https://other.example"] }',
      'registries: { npm: ["https://other.example", "https://registry.example"] }',
      ['1 changed the registry of npm from https://registry.example to https://other.example'],
    ],
    [
      'registries: { npm: ["https://registry.example", "https://other.example"] }',
      'registries: { npm: "https://registry.example" }',
      [],
    ],
    [null, 'lookup: off', ['1 turned lookup off']],
    [null, 'privateNames: ["acme-*"]', ['1 added acme-* to privateNames']],
    [null, 'requested: warn', ['1 set requested to warn']],
    [null, 'commands: off', ['1 changed commands from agents to off']],
    ['commands: all', 'commands: agents', ['1 changed commands from all to agents']],
    ['commands: off', 'commands: all', []],
    [null, 'youngDays: 10', ['1 lowered youngDays from 90 to 10']],
    ['youngDays: 400', null, ['1 lowered youngDays from 400 to 90']],
    [null, 'lookupBudget: 1', ['1 shortened lookupBudget from its default to 1 s']],
    [null, 'lookupBudget: 4', ['1 shortened lookupBudget from its default to 4 s']],
    ['lookupBudget: 10', 'lookupBudget: 9.5', ['1 shortened lookupBudget from 10 s to 9.5 s']],
    ['lookupBudget: 5', null, ['1 shortened lookupBudget from 5 s to its default']],
    ['trust: whitelist', 'trust: whitelist\nassistants: trusted', ['2 set assistants to trusted']],
  ];
  test.each(cases)('%j to %j', async (before, after, expected) => {
    expect(await changes(before, after)).toEqual(expected);
  });
});

describe('what does not', () => {
  test.each([
    [null, null],
    [null, ''],
    ['rules: { unclear-import: off }', null],
    [null, 'rules: { unclear-import: warn, unreviewed-package: error }'],
    ['rules: { unreviewed-package: warn }', null],
    ['rules: { unclear-import: warn }', 'rules: { unclear-import: error }'],
    ['ignorePaths: [a, b]', 'ignorePaths: [a]'],
    [null, 'ignorePaths: ["!**/vendor/**"]'],
    [null, 'ignorePaths: ["**/vendor/**"]'],
    ['lookup: off', 'lookup: on'],
    ['extends: [a.yaml, b.yaml]', 'extends: [b.yaml, a.yaml]'],
    ['trust: manifests', 'trust: whitelist'],
    ['assistants: trusted', 'assistants: ask'],
    [null, 'youngDays: 100\nlookupBudget: 6'],
    ['youngDays: 10\nlookupBudget: 1', 'youngDays: 11\nlookupBudget: 2'],
  ])('%j to %j', async (before, after) => {
    expect(await changes(before, after)).toEqual([]);
  });
});
