import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/*
 * Who takes a registry or an index away has its packages come from elsewhere: from the public registry, where anybody may
 * have registered their names. Every package here is approved; each row has its base, and what the change makes of it.
 */

/** Files by path; null is no file. */
type Files = Readonly<Record<string, string | null>>;

const index = 'https://index.example/simple';
const npmIndex = 'https://npm.index.example';
const url = `url = "${index}"`;
const whitelist = whitelistText({
  'npm:@acme/*': { approved: 'our own scope' },
  'npm:lodash': { approved: 'helpers' },
  'pypi:acme-core': { approved: 'our own' },
  'pypi:flask': { approved: 'the API' },
});

let scratch: Scratch;
beforeAll(async () => {
  scratch = await Scratch.with({ 'approved-packages.yaml': whitelist });
});
afterAll(() => {
  scratch.dispose();
});

function write(files: Files): void {
  for (const [file, text] of Object.entries(files)) {
    if (text === null) rmSync(path.join(scratch.root, file));
    else scratch.write({ [file]: text });
  }
}

/** @returns What is said of a change to a base, which is undone again. */
async function said(base: Files, change: Files, ...args: readonly string[]): Promise<readonly string[]> {
  write(base);
  await scratch.git('add', '--all');
  await scratch.git('commit', '--quiet', '--no-verify', '--message', 'Base');
  write(change);
  await scratch.git('add', '--all');
  const { stdout, stderr } = await runIn(scratch, [
    ...(args.length > 0 ? args : ['--staged']),
    '--offline',
    '--format',
    'concise',
  ]);
  await scratch.git('reset', '--quiet', '--hard', 'HEAD~1');
  await scratch.git('clean', '--quiet', '-ffdx');
  const lines = stdout.split('\n').filter((line) => line !== '');
  return [
    stderr,
    ...lines.map((line) => line.replace(/^\S+ error /, '').replace(/; no approval[^[]*?(?= \[|$)/, '')),
  ].filter((line) => line !== '');
}

const manifest = (names: readonly string[]) =>
  `${JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, '1'])) })}\n`;
const acme = { 'package.json': manifest(['@acme/ui', 'lodash']) };
const uv = (lines: string, dependencies = '"acme-core", "flask"') => ({
  'pyproject.toml': `[project]\nname = "app"\nversion = "1"\ndependencies = [${dependencies}]\n${lines}\n`,
});
const uvIndex = `[[tool.uv.index]]\nname = "acme"\n${url}\n`;
const explicit = `${uvIndex}explicit = true\n`;
const bound = '[tool.uv.sources]\nacme-core = { index = "acme" }\n';
const poetry = (core: string, source: string) => ({
  'pyproject.toml': `[tool.poetry.dependencies]\nacme-core = ${core}\nflask = "3"\n${source}\n`,
});
const poetrySource = (priority: string) =>
  `[[tool.poetry.source]]\nname = "acme"\n${url}\npriority = "${priority}"\n`;
/** Poetry takes the version from the project's own list, and the source from its table. */
const enriched = (table: string) =>
  uv(`${poetrySource('explicit')}[tool.poetry.dependencies]\nacme-core = ${table}\n`);
const pdm = (more: string) =>
  uv(`[[tool.pdm.source]]\nname = "acme"\n${url}\ninclude_packages = ["acme-*"]\n${more}`);
const pypiSource = '[[source]]\nname = "pypi"\nurl = "https://pypi.org/simple"\n';
const pipfile = (core: string, sources = `${pypiSource}[[source]]\nname = "acme"\n${url}\n`) => ({
  Pipfile: `${sources}[packages]\nacme-core = ${core}\nflask = "*"\n`,
});
const workspace = (root: string) => uv(`${explicit}[tool.uv.workspace]\nmembers = ["libs/*"]\n${root}`, '');
const member = (lines: string) => ({
  'libs/m/pyproject.toml': `[project]\nname = "m"\nversion = "1"\ndependencies = ["flask"${lines}\n`,
});
const requirements = 'acme-core\nflask\n';
const npmrc = `@acme:registry=${npmIndex}\n`;
const yarnrc = `npmScopes:\n  acme:\n    npmRegistryServer: "${npmIndex}"\n`;
const bunfig = `[install.scopes]\nacme = "${npmIndex}"\n`;
const alias = (target: string) => ({ 'package.json': `{ "dependencies": { "ui": "npm:${target}@1" } }\n` });
const narrowed = (marker: string) => `[tool.uv.sources]\nacme-core = ${marker}\n`;
const onWindows = `{ index = "acme", marker = "sys_platform == 'win32'" }`;
const elsewhere = `{ index = "acme", marker = "sys_platform != 'win32'" }`;
const conda = (channels: readonly string[], packages = '  - acme-core\n  - flask\n') => ({
  'environment.yml': `channels: [${channels.join(', ')}]\ndependencies:\n${packages}`,
});
const pixi = (channels: string, core = '"*"') => ({
  'pixi.toml': `[workspace]\nchannels = [${channels}]\n[dependencies]\nacme-core = ${core}\nflask = "*"\n`,
});
const channel = 'https://conda.index.example';
const pnpm = `registries:\n  "@acme": ${npmIndex}\n`;

const own = 'its registry (https://pypi.org/simple)';
const before = `before this change it came from ${index}`;
const coreFell = [`foreign-source acme-core now comes from ${own}; ${before} [pypi:acme-core]`];
const fileFell = (file: string) => [
  `foreign-source every package of ${file} now comes from ${own}; ${before}`,
];
const scopeFell: readonly unknown[] = [
  expect.stringMatching(
    /^foreign-source @acme\/ui now comes from its registry \(\S+\); before this change it came from https:\/\/npm\.index\.example/,
  ),
];
const archivesFell = (file: string) => [
  `foreign-source every package of ${file} now comes from ${own}; before this change it came from archives alone, without an index`,
];
const channelFell = (subject: string, before: string) => [
  `foreign-source ${subject} now comes from the usual channels (conda-forge or defaults); before this change it came from ${before}`,
];
const everythingFell: readonly unknown[] = [
  expect.stringMatching(/^foreign-source every package of package.json now comes from its registry/),
];

describe('is a foreign source: what comes from elsewhere because a change took away', () => {
  test.each<[string, Files, Files, readonly unknown[]]>([
    [
      'a scope’s registry',
      { ...acme, '.npmrc': `${npmrc}fund=false\n` },
      { '.npmrc': 'fund=false\n' },
      scopeFell,
    ],
    ['the file that names it', { ...acme, '.npmrc': npmrc }, { '.npmrc': null }, scopeFell],
    [
      'it, by a line after it',
      { ...acme, '.npmrc': npmrc },
      { '.npmrc': `${npmrc}@acme:registry=https://registry.yarnpkg.com\n` },
      scopeFell,
    ],
    [
      'it, by a file nearer to the package',
      { 'web/package.json': manifest(['@acme/ui']), '.npmrc': npmrc },
      { 'web/.npmrc': '@acme:registry=https://registry.yarnpkg.com/\n' },
      scopeFell,
    ],
    [
      'the registry of every package',
      { ...acme, '.npmrc': `registry=${npmIndex}\n` },
      { '.npmrc': '' },
      [...scopeFell, ...everythingFell],
    ],
    [
      'Yarn’s scope',
      { ...acme, '.yarnrc.yml': yarnrc },
      { '.yarnrc.yml': 'nodeLinker: node-modules\n' },
      scopeFell,
    ],
    [
      'Yarn 1’s scope',
      { ...acme, '.yarnrc': `"@acme:registry": "${npmIndex}"\n` },
      { '.yarnrc': 'lastUpdateCheck 1\n' },
      scopeFell,
    ],
    ['bun’s scope', { ...acme, 'bunfig.toml': bunfig }, { 'bunfig.toml': null }, scopeFell],
    [
      'pnpm’s scope',
      { ...acme, 'pnpm-workspace.yaml': pnpm },
      { 'pnpm-workspace.yaml': 'packages: [.]\n' },
      scopeFell,
    ],
    [
      'pip’s index',
      { 'requirements.txt': `--index-url ${index}\n${requirements}` },
      { 'requirements.txt': requirements },
      fileFell('requirements.txt'),
    ],
    [
      'pip’s index, which becomes one of two',
      { 'requirements.txt': `--index-url ${index}\n${requirements}` },
      { 'requirements.txt': `--extra-index-url ${index}\n${requirements}` },
      fileFell('requirements.txt'),
    ],
    [
      'pip’s index, by adding PyPI',
      { 'requirements.txt': `-i ${index}\n${requirements}` },
      { 'requirements.txt': `-i ${index}\n--extra-index-url https://pypi.org/simple\n${requirements}` },
      fileFell('requirements.txt'),
    ],
    [
      'pip’s second index',
      { 'requirements.txt': `--extra-index-url ${index}\n${requirements}` },
      { 'requirements.txt': requirements },
      fileFell('requirements.txt'),
    ],
    [
      'the list that names the index',
      { 'requirements.txt': `-r index.txt\n${requirements}`, 'index.txt': `-i ${index}\n` },
      { 'requirements.txt': requirements },
      fileFell('requirements.txt'),
    ],
    [
      'the index in another file name',
      { 'requirements.txt': `-i ${index}\n${requirements}` },
      { 'requirements.txt': null, 'requirements/base.txt': requirements },
      fileFell('requirements/base.txt'),
    ],
    [
      'pip’s settings',
      { 'requirements.txt': requirements, 'pip.conf': `[global]\nindex-url = ${index}\n` },
      { 'pip.conf': null },
      fileFell('requirements.txt'),
    ],
    ['uv’s source of a package', uv(explicit + bound), uv(explicit), coreFell],
    ['uv’s source and its index', uv(explicit + bound), uv(''), coreFell],
    [
      'uv’s source of a package of a member',
      { ...workspace(bound), ...member(', "acme-core"]') },
      workspace(''),
      coreFell,
    ],
    [
      'uv’s source of it, in the member alone',
      { ...workspace(bound), ...member(', "acme-core"]') },
      member(', "acme-core"]\n[tool.uv.sources]\nacme-core = { index = "pypi" }'),
      coreFell,
    ],
    ['uv’s default index', uv(`${uvIndex}default = true\n`), uv(uvIndex), fileFell('pyproject.toml')],
    [
      'that an index serves every package',
      uv(uvIndex + bound),
      uv(explicit + bound),
      fileFell('pyproject.toml'),
    ],
    [
      'uv’s settings',
      { ...uv(''), 'uv.toml': `index-url = "${index}"\n` },
      { 'uv.toml': null },
      fileFell('pyproject.toml'),
    ],
    [
      'that an index is explicit',
      uv(explicit + bound),
      uv(uvIndex + bound),
      [
        `foreign-source every package may come from an index (${index}), which so far served only what is bound to it`,
      ],
    ],
    [
      'Poetry’s source of a package',
      poetry('{ version = "1", source = "acme" }', poetrySource('explicit')),
      poetry('"1"', poetrySource('explicit')),
      coreFell,
    ],
    ['Poetry’s source of a line of the project', enriched('{ source = "acme" }'), enriched('{}'), coreFell],
    [
      'Poetry’s source of it, on other platforms',
      enriched('{ source = "acme" }'),
      enriched('{ source = "acme", platform = "win32" }'),
      coreFell,
    ],
    ['Poetry’s index', poetry('"1"', poetrySource('primary')), poetry('"1"', ''), fileFell('pyproject.toml')],
    [
      'that Poetry’s index is explicit',
      poetry('{ version = "1", source = "acme" }', poetrySource('explicit')),
      poetry('{ version = "1", source = "acme" }', poetrySource('supplemental')),
      [expect.stringContaining('every package may come from an index')],
    ],
    [
      'that a bound package stands only where its index is named',
      uv(explicit + bound),
      { 'docs/requirements.txt': 'acme-core\n' },
      coreFell,
    ],
    [
      'that packages stand only in files with the index',
      { 'requirements.txt': `-i ${index}\n${requirements}` },
      { 'docs/requirements.txt': requirements },
      fileFell('docs/requirements.txt'),
    ],
    [
      'that a package stands in the file with the index',
      { 'requirements.txt': `-i ${index}\n${requirements}`, 'docs/requirements.txt': 'sphinx\n' },
      { 'requirements.txt': `-i ${index}\n`, 'docs/requirements.txt': `sphinx\n${requirements}` },
      fileFell('docs/requirements.txt'),
    ],
    ['PDM’s pattern', pdm('exclude_packages = ["*"]\n'), uv(''), coreFell],
    ['Pipenv’s index of a package', pipfile('{ version = "*", index = "acme" }'), pipfile('"*"'), coreFell],
    [
      'Pipenv’s first index',
      pipfile('"*"', `[[source]]\nname = "acme"\n${url}\n`),
      pipfile('"*"', pypiSource),
      fileFell('Pipfile'),
    ],
    [
      'the registry of a scope that an alias leads into',
      { ...alias('@acme/ui'), '.npmrc': npmrc },
      { '.npmrc': null },
      scopeFell,
    ],
    [
      'the registry, where an alias stands for the package now',
      { ...acme, '.npmrc': npmrc },
      { '.npmrc': null, ...alias('@acme/ui') },
      [expect.stringContaining('ui comes from an alias of npm:@acme/ui'), ...scopeFell],
    ],
    [
      'uv’s source of a package, on other platforms',
      uv(explicit + bound),
      uv(explicit + narrowed(onWindows)),
      coreFell,
    ],
    [
      'uv’s source of it, except for an extra',
      uv(explicit + bound),
      uv(explicit + narrowed('{ index = "acme", extra = "own" }')),
      coreFell,
    ],
    [
      'uv’s source of it, except for a group',
      uv(explicit + bound),
      uv(explicit + narrowed('[{ index = "acme", group = "dev" }]')),
      coreFell,
    ],
    [
      'one of two sources that held everywhere together',
      uv(explicit + narrowed(`[${onWindows}, ${elsewhere}]`)),
      uv(explicit + narrowed(`[${onWindows}]`)),
      coreFell,
    ],
    [
      'uv’s source of it, where PyPI is named for other platforms',
      uv(explicit + bound),
      uv(explicit + narrowed(`[${onWindows}, { index = "pypi", marker = "sys_platform != 'win32'" }]`)),
      coreFell,
    ],
    [
      'uv’s source of a package of a member, on other platforms',
      { ...workspace(bound), ...member(', "acme-core"]') },
      workspace(narrowed(onWindows)),
      coreFell,
    ],
    [
      'that pip asks no index',
      { 'requirements.txt': `--no-index\n--find-links ./wheels\n${requirements}` },
      { 'requirements.txt': `--find-links ./wheels\n${requirements}` },
      archivesFell('requirements.txt'),
    ],
    [
      'that it asks none, whatever is named',
      { 'requirements.txt': `-i https://pypi.org/simple\n--no-index\n${requirements}` },
      { 'requirements.txt': `-i https://pypi.org/simple\n${requirements}` },
      archivesFell('requirements.txt'),
    ],
    [
      'that it asks none, in its settings',
      { 'requirements.txt': requirements, 'pip.conf': '[install]\nno-index = yes\n' },
      { 'pip.conf': '[install]\nno-index = no\n' },
      archivesFell('requirements.txt'),
    ],
    [
      'that uv asks no index',
      uv('[tool.uv]\nno-index = true'),
      uv('[tool.uv]\nno-index = false'),
      archivesFell('pyproject.toml'),
    ],
    [
      'that it asks none, in its settings',
      { ...uv(''), 'uv.toml': '[pip]\nno-index = true\n' },
      { 'uv.toml': null },
      archivesFell('pyproject.toml'),
    ],
    [
      'uv’s default index, by settings that are read in its place',
      uv(`${uvIndex}default = true\n`),
      { 'uv.toml': 'compile-bytecode = true\n' },
      fileFell('pyproject.toml'),
    ],
    [
      'that uv asks no index, by settings that are read in its place',
      uv('[tool.uv]\nno-index = true'),
      { 'uv.toml': 'compile-bytecode = true\n' },
      archivesFell('pyproject.toml'),
    ],
    [
      'uv’s settings, by a nearer file',
      { 'uv.toml': `index-url = "${index}"\n`, 'api/requirements.txt': requirements },
      { 'api/uv.toml': 'compile-bytecode = true\n' },
      fileFell('api/requirements.txt'),
    ],
    [
      'conda’s channel',
      conda([channel, 'conda-forge']),
      conda(['conda-forge']),
      channelFell('every package of environment.yml', channel),
    ],
    [
      'conda’s channel, which becomes the second',
      conda([channel, 'conda-forge']),
      conda(['conda-forge', channel]),
      channelFell('every package of environment.yml', channel),
    ],
    [
      'conda’s only channel, by name',
      conda(['acme']),
      conda(['defaults']),
      channelFell('every package of environment.yml', 'acme'),
    ],
    [
      'the channel of one package of conda',
      conda(['conda-forge'], '  - acme::acme-core\n  - flask\n'),
      conda(['conda-forge']),
      channelFell('acme-core', 'acme').map((line) => `${line} [pypi:acme-core]`),
    ],
    [
      'pixi’s channel',
      pixi(`"${channel}", "conda-forge"`),
      pixi('"conda-forge"'),
      channelFell('every package of pixi.toml', channel),
    ],
    [
      'that pixi prefers its channel',
      pixi(`"conda-forge", { channel = "${channel}", priority = 1 }`),
      pixi(`"conda-forge", "${channel}"`),
      channelFell('every package of pixi.toml', channel),
    ],
    [
      'pixi’s channel of one package',
      pixi('"conda-forge"', `{ version = "*", channel = "${channel}" }`),
      pixi('"conda-forge"'),
      channelFell('acme-core', channel).map((line) => `${line} [pypi:acme-core]`),
    ],
  ])('%s', async (_, base, change, expected) => {
    expect(await said(base, change)).toEqual(expected);
  });
});

describe('is nothing new', () => {
  test.each<[string, Files, Files]>([
    [
      'the scope has no package left',
      { ...acme, '.npmrc': npmrc },
      { '.npmrc': null, 'package.json': manifest(['lodash']) },
    ],
    [
      'the line moves to another file',
      { ...acme, '.npmrc': npmrc },
      { '.npmrc': null, 'pnpm-workspace.yaml': pnpm },
    ],
    [
      'comments, order and a slash at the end change',
      { ...acme, '.npmrc': `fund=false\n${npmrc}` },
      { '.npmrc': `# Ours.\n@acme:registry=${npmIndex}/\nfund=false\n` },
    ],
    [
      'a registry of another scope goes',
      { ...acme, '.npmrc': `${npmrc}@other:registry=${npmIndex}\n` },
      { '.npmrc': npmrc },
    ],
    [
      'every package has the scope’s registry',
      { ...acme, '.npmrc': `registry=${npmIndex}\n${npmrc}` },
      { '.npmrc': `registry=${npmIndex}\n` },
    ],
    [
      'Yarn’s scope is written otherwise',
      { ...acme, '.yarnrc.yml': yarnrc },
      { '.yarnrc.yml': `# Ours.\n${yarnrc.replace('example"', 'example/"')}` },
    ],
    [
      'Yarn 1’s scope is written otherwise',
      { ...acme, '.yarnrc': `"@acme:registry" "${npmIndex}"\n` },
      { '.yarnrc': `# Ours.\n"@acme:registry": "${npmIndex}/"\n` },
    ],
    [
      'bun’s scope has no package left',
      { ...acme, 'bunfig.toml': bunfig },
      { 'bunfig.toml': null, 'package.json': manifest(['lodash']) },
    ],
    [
      'pip’s index moves to a list that is included',
      { 'requirements.txt': `-i ${index}\n${requirements}` },
      { 'requirements.txt': `-r index.txt\n${requirements}`, 'index.txt': `-i ${index}\n` },
    ],
    [
      'pip’s index moves to its settings',
      { 'requirements.txt': `-i ${index}\n${requirements}` },
      { 'requirements.txt': requirements, 'pip.conf': `[global]\nindex-url = ${index}\n` },
    ],
    [
      'pip’s index goes with all that it served',
      { 'requirements.txt': `-i ${index}\n${requirements}` },
      { 'requirements.txt': '' },
    ],
    [
      'pip’s index changes its place',
      { 'requirements.txt': `-i ${index}\n${requirements}` },
      { 'requirements.txt': `# Ours.\n${requirements}--index-url=${index}/\n` },
    ],
    [
      'only the private one of two indexes is left',
      { 'requirements.txt': `--extra-index-url ${index}\n${requirements}` },
      { 'requirements.txt': `-i ${index}\n${requirements}` },
    ],
    [
      'the file of the index gets another name',
      { 'requirements.txt': `-i ${index}\n${requirements}` },
      { 'requirements.txt': null, 'requirements/base.txt': `-i ${index}\n${requirements}` },
    ],
    [
      'a package of a file with an index comes to stand in one that never had one',
      { 'requirements.txt': `-i ${index}\n${requirements}`, 'docs/requirements.txt': 'sphinx\n' },
      { 'docs/requirements.txt': `sphinx\n${requirements}` },
    ],
    [
      'a new file is constrained by the one with the index',
      { 'requirements.txt': `-i ${index}\n${requirements}` },
      { 'requirements-dev.txt': `-c requirements.txt\n${requirements}` },
    ],
    [
      'a new file names the index',
      { 'requirements.txt': `-i ${index}\n${requirements}` },
      { 'docs/requirements.txt': `-i ${index}\n${requirements}` },
    ],
    [
      'a scope gets the registry that serves everything',
      { ...acme, '.npmrc': 'registry=https://npm.index.example/\n' },
      { '.npmrc': 'registry=https://npm.index.example/\n@acme:registry=https://npm.index.example/\n' },
    ],
    ['a member of uv’s workspace takes a package from its index', workspace(bound), member(', "acme-core"]')],
    [
      'another member does, with a source of the workspace',
      { ...workspace(bound), ...member(', "acme-core"]') },
      {
        ...workspace(`${bound}n = { workspace = true }\n`),
        'libs/n/pyproject.toml': '[project]\nname = "n"\nversion = "1"\ndependencies = ["acme-core"]\n',
        ...member(', "acme-core", "n"]'),
      },
    ],
    [
      'a member says the same as its workspace',
      { ...workspace(bound), ...member(', "acme-core"]') },
      member(`, "acme-core"]\n${bound}`),
    ],
    ['uv’s package goes with its source', uv(explicit + bound), uv('', '"flask"')],
    [
      'uv’s index is written in another order',
      uv(explicit + bound),
      uv(`${bound}[[tool.uv.index]]\nexplicit = true\n${url.replace('simple', 'simple/')}\nname = "acme"\n`),
    ],
    ['uv’s index that served nothing goes', uv(explicit), uv('')],
    ['uv’s index becomes explicit', uv(uvIndex + bound, '"acme-core"'), uv(explicit + bound, '"acme-core"')],
    [
      'Poetry’s package goes with its source',
      poetry('{ version = "1", source = "acme" }', poetrySource('explicit')),
      { 'pyproject.toml': '[tool.poetry.dependencies]\nflask = "3"\n' },
    ],
    [
      'Poetry’s source of a line of the project stays',
      enriched('{ source = "acme" }'),
      enriched('{ source = "acme", allow-prereleases = true }'),
    ],
    [
      'Poetry’s source of a line of the project is written in its own table',
      enriched('{ source = "acme" }'),
      poetry('{ version = "1", source = "acme" }', poetrySource('explicit')),
    ],
    ['PDM’s index has no package left', pdm('exclude_packages = ["*"]\n'), uv('', '"flask"')],
    [
      'Pipenv’s package goes with its index',
      pipfile('{ version = "*", index = "acme" }'),
      { Pipfile: `${pypiSource}[packages]\nflask = "*"\n` },
    ],
    [
      'what came from git comes from its registry',
      { 'requirements.txt': 'flask @ git+https://git.example.org/flask\n' },
      { 'requirements.txt': 'flask\n' },
    ],
    [
      'an alias has no registry of its own left, and goes',
      { ...alias('@acme/ui'), '.npmrc': npmrc },
      { '.npmrc': null, 'package.json': manifest(['lodash']) },
    ],
    [
      'the registry of an alias’ scope moves to another file',
      { ...alias('@acme/ui'), '.npmrc': npmrc },
      { '.npmrc': null, 'bunfig.toml': bunfig },
    ],
    [
      'uv’s source held on one platform before, too',
      uv(explicit + narrowed(onWindows)),
      uv(`${explicit}# Ours.\n${narrowed(onWindows)}`),
    ],
    ['uv’s source comes to hold on more platforms', uv(explicit + narrowed(onWindows)), uv(explicit + bound)],
    [
      'uv’s source is written for each platform',
      uv(explicit + bound),
      uv(explicit + narrowed(`[${onWindows}, ${elsewhere.replaceAll(' ', '  ').replaceAll("'", "'")}]`)),
    ],
    [
      'uv’s package is wanted on the platform of its source alone',
      uv(explicit + bound),
      uv(explicit + narrowed(onWindows), `"acme-core >= 1 ; sys_platform=='win32'", "flask"`),
    ],
    [
      'uv’s package becomes that of a group, as its source does',
      uv(explicit + bound),
      uv(
        `${explicit}${narrowed('{ index = "acme", group = "dev" }')}[dependency-groups]\ndev = ["acme-core"]\n`,
        '"flask"',
      ),
    ],
    [
      'uv’s package becomes that of an extra, as its source does',
      uv(explicit + bound),
      uv(
        `[project.optional-dependencies]\nown = ["acme-core"]\n${explicit}${narrowed('{ index = "acme", extra = "own" }')}`,
        '"flask"',
      ),
    ],
    [
      'uv’s default index moves to settings that are read in its place',
      uv(`${uvIndex}default = true\n`),
      { 'uv.toml': `[[index]]\n${url}\ndefault = true\n` },
    ],
    [
      'settings are read in place of no index',
      uv(explicit + bound),
      { 'uv.toml': 'compile-bytecode = true\n' },
    ],
    [
      'settings stand beside the index of another program',
      poetry('"1"', poetrySource('primary')),
      { 'uv.toml': 'compile-bytecode = true\n' },
    ],
    [
      'settings of a member of uv’s workspace are read by nobody',
      {
        ...uv(`${uvIndex}default = true\n[tool.uv.workspace]\nmembers = ["libs/*"]\n`),
        ...member(', "acme-core"]'),
      },
      { 'libs/m/uv.toml': 'compile-bytecode = true\n' },
    ],
    [
      'that pip asks no index moves to its settings',
      { 'requirements.txt': `--no-index\n${requirements}` },
      { 'requirements.txt': requirements, 'pip.conf': '[global]\nno_index = 1\n' },
    ],
    [
      'pip asks no index any more',
      { 'requirements.txt': `-i ${index}\n${requirements}` },
      { 'requirements.txt': `--no-index\n${requirements}` },
    ],
    [
      'an option has a name that begins alike',
      { 'requirements.txt': `--no-binary :all:\n${requirements}` },
      { 'requirements.txt': requirements },
    ],
    [
      'conda’s channel goes with what it served',
      conda([channel], '  - acme-core\n'),
      conda(['conda-forge'], '  - python\n'),
    ],
    [
      'conda’s channel is written otherwise',
      conda([channel, 'conda-forge']),
      conda([`${channel}/`, 'nodefaults', 'conda-forge']),
    ],
    [
      'a public channel goes that stood before a usual one',
      conda(['bioconda', 'conda-forge']),
      conda(['conda-forge']),
    ],
    [
      'a public channel goes that stood before a usual one, by address',
      conda(['https://conda.anaconda.org/bioconda', 'conda-forge']),
      conda(['conda-forge']),
    ],
    [
      'conda’s channel is no index of pip',
      conda([channel, 'conda-forge'], '  - pip:\n    - acme-core\n'),
      conda(['conda-forge'], '  - pip:\n    - acme-core\n'),
    ],
    [
      'conda’s channel was not the first before, either',
      conda(['conda-forge', channel]),
      conda(['conda-forge']),
    ],
    [
      'a place of archives goes',
      { 'requirements.txt': `--find-links https://files.example/\n${requirements}` },
      { 'requirements.txt': requirements },
    ],
    [
      'the config has the new place',
      {
        'requirements.txt': `-i ${index}\n${requirements}`,
        '.check-importsrc.yaml': `registries: { pypi: ['${index}', 'https://pypi.org/simple'] }\n`,
      },
      { 'requirements.txt': requirements },
    ],
  ])('%s', async (_, base, change) => {
    expect(await said(base, change)).toEqual([]);
  });
});
