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

describe('a package there that the project connects with itself is installed: what is new there is found', () => {
  const crm = (dependencies: object) => json({ name: '@acme/crm', dependencies });
  const npmFinding = 'vendor/crm/package.json:1:38 unapproved-package npm:quotas';
  const shop = (members: object) => json({ name: 'shop', dependencies: { lodash: '4' }, ...members });
  test.each<[string, Files, Files, readonly string[]]>([
    [
      'a member of a workspace',
      {
        ...whitelist,
        'package.json': shop({ workspaces: ['vendor/*'] }),
        'vendor/crm/package.json': crm({}),
      },
      { 'vendor/crm/package.json': crm({ quotas: '1' }) },
      [npmFinding],
    ],
    [
      'a new member',
      { ...whitelist, 'package.json': shop({ workspaces: ['packages/*'] }) },
      { 'packages/vendored/package.json': crm({ quotas: '1' }) },
      ['packages/vendored/package.json:1:38 unapproved-package npm:quotas'],
    ],
    [
      'a member of a workspace that takes the folder in',
      { ...whitelist, 'vendor/crm/package.json': crm({ quotas: '1' }) },
      { 'package.json': shop({ workspaces: ['vendor/*'] }) },
      [npmFinding],
    ],
    [
      'a member of pnpm',
      { ...whitelist, 'pnpm-workspace.yaml': 'packages: ["vendor/*"]\n' },
      { 'vendor/crm/package.json': crm({ quotas: '1' }) },
      [npmFinding],
    ],
    [
      'a member of uv',
      {
        ...whitelist,
        'pyproject.toml': '[project]\nname = "shop"\n[tool.uv.workspace]\nmembers = ["samples/*"]\n',
      },
      { 'samples/crm/pyproject.toml': '[project]\nname = "crm"\ndependencies = ["quotas"]\n' },
      ['samples/crm/pyproject.toml:3:18 unapproved-package pypi:quotas'],
    ],
    [
      'a member of Deno',
      {
        ...whitelist,
        'deno.json': json({ workspace: ['./vendor/crm'] }),
        'vendor/crm/package.json': crm({}),
      },
      { 'vendor/crm/package.json': crm({ quotas: '1' }) },
      [npmFinding],
    ],
    [
      'a member of Deno with settings of its own',
      {
        ...whitelist,
        'deno.json': json({ workspace: { members: ['vendor/*'] } }),
        'vendor/crm/deno.json': json({ name: '@acme/crm' }),
      },
      { 'vendor/crm/deno.json': json({ name: '@acme/crm', imports: { quotas: 'npm:quotas@1' } }) },
      ['vendor/crm/deno.json:1:33 unapproved-package npm:quotas'],
    ],
    [
      'what stands in for a package of Deno',
      { ...whitelist, 'deno.json': json({ links: ['./vendor/crm'] }), 'vendor/crm/package.json': crm({}) },
      { 'vendor/crm/package.json': crm({ quotas: '1' }) },
      [npmFinding],
    ],
    [
      'an import map of Deno',
      {
        ...whitelist,
        'deno.json': json({ importMap: './vendor/import_map.json' }),
        'vendor/import_map.json': json({ imports: {} }),
      },
      { 'vendor/import_map.json': json({ imports: { quotas: 'npm:quotas@1' } }) },
      ['vendor/import_map.json:1:14 unapproved-package npm:quotas'],
    ],
    [
      'a folder that a line of npm leads to',
      {
        ...whitelist,
        'package.json': json({ dependencies: { '@acme/crm': 'file:vendor/crm' } }),
        'vendor/crm/package.json': crm({}),
      },
      { 'vendor/crm/package.json': crm({ quotas: '1' }) },
      [npmFinding],
    ],
    [
      'a folder that a requirement leads to, and the list that its settings name',
      {
        ...whitelist,
        'requirements.txt': 'flask\n-e vendor/crm\n',
        'vendor/crm/setup.cfg': '[options]\ninstall_requires = file: needs.txt\n',
        'vendor/crm/needs.txt': 'flask\n',
      },
      { 'vendor/crm/needs.txt': 'flask\nquotas\n' },
      ['vendor/crm/needs.txt:2:1 unapproved-package pypi:quotas'],
    ],
    [
      'a folder that a requirement leads to, and the list that its setup.py imports',
      {
        ...whitelist,
        'requirements.txt': 'flask\n-e vendor/crm\n',
        'vendor/crm/setup.py':
          'import setuptools\nfrom deps import REQS\nsetuptools.setup(install_requires=REQS)\n',
        'vendor/crm/deps.py': 'REQS = ["flask"]\n',
      },
      { 'vendor/crm/deps.py': 'REQS = ["flask", "quotas"]\n' },
      ['vendor/crm/deps.py:1:19 unapproved-package pypi:quotas'],
    ],
    [
      'a folder that a requirement leads to from where pip is started',
      {
        ...whitelist,
        'requirements.txt': 'flask\ncrm @ file://${PWD}/vendor/crm\n',
        'vendor/crm/setup.cfg': '[options]\ninstall_requires =\n  flask\n',
      },
      { 'vendor/crm/setup.cfg': '[options]\ninstall_requires =\n  flask\n  quotas\n' },
      ['vendor/crm/setup.cfg:4:3 unapproved-package pypi:quotas'],
    ],
    [
      'a member that the workspace left out before',
      {
        ...whitelist,
        'package.json': shop({ workspaces: ['vendor/*', '!vendor/crm'] }),
        'vendor/crm/package.json': crm({ quotas: '1' }),
      },
      { 'package.json': shop({ workspaces: ['vendor/*'] }) },
      [npmFinding],
    ],
    [
      'a folder that a source of uv leads to',
      {
        ...whitelist,
        'pyproject.toml':
          '[project]\nname = "shop"\ndependencies = ["crm"]\n[tool.uv.sources]\ncrm = { path = "vendor/crm" }\n',
      },
      { 'vendor/crm/pyproject.toml': '[project]\nname = "crm"\ndependencies = ["quotas"]\n' },
      ['vendor/crm/pyproject.toml:3:18 unapproved-package pypi:quotas'],
    ],
    [
      'a folder that a line of such a package leads to',
      {
        ...whitelist,
        'package.json': shop({ workspaces: ['vendor/*'] }),
        'vendor/mail/package.json': json({ name: '@acme/mail', dependencies: { crm: 'file:../deep/crm' } }),
      },
      { 'vendor/deep/crm/package.json': crm({ quotas: '1' }) },
      ['vendor/deep/crm/package.json:1:38 unapproved-package npm:quotas'],
    ],
    [
      'where manifests approve',
      { 'package.json': shop({ workspaces: ['vendor/*'] }), 'vendor/crm/package.json': crm({}) },
      { 'vendor/crm/package.json': crm({ quotas: '1' }) },
      [npmFinding],
    ],
  ])('%s', async (_, base, change, findings) => {
    expect(await said(base, change)).toEqual(findings);
  });

  test('a note tells the line that takes it in', async () => {
    scratch.write({ ...whitelist, 'vendor/crm/package.json': crm({ quotas: '1' }) });
    await scratch.commitAll('a folder of others');
    scratch.write({ 'package.json': '{\n  "name": "shop",\n  "workspaces": ["vendor/*"]\n}\n' });
    await scratch.git('add', '--all');
    const { stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'concise']);
    await scratch.git('reset', '--quiet', '--hard', 'HEAD~1');
    expect(stdout).toContain(
      'package.json:3 takes in vendor/crm/package.json, which the change leaves as it is',
    );
  });

  test('what it declares is in the baseline, so that nothing is said of everything', async () => {
    const base = {
      'package.json': shop({ workspaces: ['vendor/*'] }),
      'vendor/crm/package.json': crm({ quotas: '1' }),
    };
    scratch.write(base);
    await scratch.commitAll('a member');
    await runIn(scratch, ['init', '--yes', '--offline']);
    const all = await runIn(scratch, ['--all', '--offline', '--format', 'concise']);
    const baseline = scratch.read('approved-packages.yaml');
    await scratch.git('reset', '--quiet', '--hard', 'HEAD~1');
    await scratch.git('clean', '--quiet', '-ffdx');
    expect(findingsIn(all.stdout)).toEqual([]);
    expect(baseline).toContain('npm:quotas');
  });
});

describe('nothing is said', () => {
  test.each<[string, Files, Files]>([
    [
      'of the settings for Deno of a folder that npm connects',
      {
        ...whitelist,
        'package.json': json({ name: 'shop', workspaces: ['vendor/*'] }),
        'vendor/crm/package.json': json({ name: '@acme/crm' }),
      },
      { 'vendor/crm/deno.json': json({ imports: { quotas: 'npm:quotas@1' } }) },
    ],
    [
      'of an import map of Deno that nothing names',
      { ...whitelist, 'deno.json': json({ importMap: './import_map.json' }) },
      { 'vendor/import_map.json': json({ imports: { quotas: 'npm:quotas@1' } }) },
    ],
    [
      'of a member that Deno leaves out',
      { ...whitelist, 'deno.json': json({ workspace: ['packages/*'] }) },
      { 'vendor/crm/deno.json': json({ imports: { quotas: 'npm:quotas@1' } }) },
    ],
    [
      'of a folder that another variable leads to',
      { ...whitelist, 'requirements.txt': 'flask\n-e ${CRM}/vendor/crm\n' },
      { 'vendor/crm/setup.cfg': '[options]\ninstall_requires = quotas\n' },
    ],
    [
      'of a folder that is nobody’s member',
      { ...whitelist, 'package.json': json({ name: 'shop', workspaces: ['packages/*'] }) },
      {
        'vendor/crm/package.json': json({ name: '@acme/crm', dependencies: { quotas: '1' } }),
        'vendor/crm/setup.cfg': '[options]\ninstall_requires = quotas\n',
      },
    ],
    [
      'of a folder that the workspace leaves out',
      { ...whitelist, 'package.json': json({ name: 'shop', workspaces: ['vendor/*', '!vendor/crm'] }) },
      { 'vendor/crm/package.json': json({ name: '@acme/crm', dependencies: { quotas: '1' } }) },
    ],
    [
      'of a folder of another language than the workspace’s',
      { ...whitelist, 'package.json': json({ name: 'shop', workspaces: ['vendor/*'] }) },
      { 'vendor/crm/setup.cfg': '[options]\ninstall_requires = quotas\n' },
    ],
    [
      'of a member that asks for what it asked for, and of its programs',
      {
        ...whitelist,
        'package.json': json({ name: 'shop', workspaces: ['vendor/*'] }),
        'vendor/crm/package.json': json({ name: '@acme/crm', dependencies: { quotas: '1' } }),
      },
      {
        'vendor/crm/package.json': json({ name: '@acme/crm', dependencies: { quotas: '2' } }),
        'vendor/crm/index.js': "import 'quotas';\n",
      },
    ],
    [
      'of a workspace that takes in what asks for nothing new',
      { ...whitelist, 'vendor/crm/package.json': json({ name: '@acme/crm', dependencies: { lodash: '4' } }) },
      { 'package.json': json({ name: 'shop', dependencies: { lodash: '4' }, workspaces: ['vendor/*'] }) },
    ],
    [
      'of the setup.py of a folder that a requirement leads to',
      {
        ...whitelist,
        'requirements.txt': 'flask\n-e vendor/crm\n',
        'vendor/crm/setup.py': 'import setuptools\n',
      },
      {
        'vendor/crm/setup.py':
          'import setuptools, quotas\nsetuptools.setup(name="crm", install_requires=["flask"])\n',
      },
    ],
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
