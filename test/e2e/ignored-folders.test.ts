import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import { Scratch } from '../kit/scratch.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/*
 * Nobody looks at what is written into a folder that the settings leave out. So it approves nothing: a manifest there
 * declares no package, and makes no source known, for a file anywhere else.
 */

type Files = Readonly<Record<string, string>>;

const json = (value: unknown) => `${JSON.stringify(value)}\n`;
const whitelist = {
  'approved-packages.yaml': whitelistText({
    'npm:lodash': { approved: 'the cart', ...byAda },
    'pypi:flask': { approved: 'the API', ...byAda },
  }),
};

let scratch: Scratch;
beforeAll(async () => {
  scratch = await Scratch.with({
    '.check-importsrc': 'ignorePaths: ["samples/**"]\n',
    'requirements.txt': 'flask\n',
    'package.json': json({ name: 'shop', dependencies: { lodash: '4' } }),
  });
});
afterAll(() => {
  scratch.dispose();
});

/** @returns What the hook says of a change to a state with what was once committed; nothing of it stays. */
async function said(base: Files, change: Files, scope = '--staged'): Promise<readonly string[]> {
  const start = (await scratch.git('rev-parse', 'HEAD')).trim();
  scratch.write(base);
  await scratch.git('add', '--all', '--force');
  await scratch.git('commit', '--quiet', '--no-verify', '--message', 'the state before');
  scratch.write(change);
  await scratch.git('add', '--all', '--force');
  const { stdout } = await runIn(scratch, [scope, '--offline', '--format', 'concise']);
  await scratch.git('reset', '--quiet', '--hard', start);
  await scratch.git('clean', '--quiet', '-ffdx');
  return findingsIn(stdout).map((line) => line.replace(/ (foreign-source) .*/, ' $1'));
}

describe('a manifest in a folder that nobody reads', () => {
  test.each<[string, Files, Files, string]>([
    [
      'makes no line known',
      { ...whitelist, 'vendor/crm/requirements.txt': 'quotas\n' },
      { 'requirements.txt': 'flask\nquotas\n' },
      'requirements.txt:2:1 unapproved-package pypi:quotas',
    ],
    [
      'makes no line known, where the config leaves the folder out',
      { ...whitelist, 'samples/pyproject.toml': '[project]\nname = "s"\ndependencies = ["quotas"]\n' },
      { 'requirements.txt': 'flask\nquotas\n' },
      'requirements.txt:2:1 unapproved-package pypi:quotas',
    ],
    [
      'declares nothing where manifests approve',
      { 'third_party/crm/setup.cfg': '[options]\ninstall_requires = quotas\n' },
      { 'api/main.py': 'import quotas\n' },
      'api/main.py:1:8 unapproved-package pypi:quotas',
    ],
    [
      'declares nothing for npm',
      { 'node_modules/crm/package.json': json({ dependencies: { quotas: '1' } }) },
      { 'web/main.js': "import 'quotas';\n" },
      'web/main.js:1:9 unapproved-package npm:quotas',
    ],
    [
      'makes no registry known',
      { ...whitelist, 'vendor/crm/.npmrc': 'registry=https://registry.example/\n' },
      { '.npmrc': 'registry=https://registry.example/\n' },
      '.npmrc:1:10 foreign-source',
    ],
    [
      'makes no index known',
      { ...whitelist, 'samples/requirements.txt': '--extra-index-url https://registry.example/simple\n' },
      { 'requirements.txt': '--extra-index-url https://registry.example/simple\nflask\n' },
      'requirements.txt:1:19 foreign-source',
    ],
    [
      'makes no source known',
      { ...whitelist, 'vendor/crm/package.json': json({ dependencies: { lodash: 'github:else/lodash' } }) },
      { 'package.json': `{"name":"shop","dependencies":{"lodash":"github:else/lodash"}}\n` },
      'package.json:1:33 foreign-source',
    ],
  ])('%s', async (_, base, change, finding) => {
    expect(await said(base, change)).toEqual([finding]);
  });

  test('declares nothing for everything, either', async () => {
    const program = { 'third_party/crm/requirements.txt': 'quotas\n', 'api/main.py': 'import quotas\n' };
    expect(await said(program, {}, '--all')).toEqual(['api/main.py:1:8 unreviewed-package pypi:quotas']);
  });

  test('is a part of the manifest that includes it: what is new there is found', async () => {
    const included = { ...whitelist, 'requirements.txt': 'flask\n-r vendor/crm/list.txt\n' };
    expect(
      await said(
        { ...included, 'vendor/crm/list.txt': 'flask\n' },
        { 'vendor/crm/list.txt': 'flask\nquotas\n' },
      ),
    ).toEqual(['vendor/crm/list.txt:2:1 unapproved-package pypi:quotas']);
  });
});

describe('nothing is said', () => {
  test.each<[string, Files, Files]>([
    [
      'of what is written there',
      { ...whitelist, 'vendor/crm/requirements.txt': 'flask\n' },
      {
        'vendor/crm/requirements.txt': 'flask\nquotas\n',
        'vendor/crm/.npmrc': 'registry=https://registry.example/\n',
      },
    ],
    [
      'of a name that the project’s own manifests name as well',
      { 'vendor/crm/requirements.txt': 'flask\nquotas\n', 'api/requirements.txt': 'quotas\n' },
      { 'requirements.txt': 'flask\nquotas\n', 'api/main.py': 'import quotas\n' },
    ],
    [
      'of a folder that the config takes back',
      { '.check-importsrc': 'ignorePaths: ["!**/vendor/**"]\n', 'vendor/crm/requirements.txt': 'quotas\n' },
      { 'requirements.txt': 'flask\nquotas\n', 'api/main.py': 'import quotas\n' },
    ],
  ])('%s', async (_, base, change) => {
    expect(await said(base, change)).toEqual([]);
  });
});
