import { configPlaces } from '../../src/config/find.ts';
import { defaults } from '../../src/config/config.ts';
import { commandFiles, containers } from '../../src/containers/index.ts';
import { ecosystems, findEcosystem } from '../../src/ecosystems/index.ts';
import { formatOf, listNaming, manifestFormats } from '../../src/ecosystems/manifest-formats.ts';
import { languages } from '../../src/languages/index.ts';
import { hostFiles as javascriptHostFiles } from '../../src/languages/javascript/hosts/index.ts';
import { bundlerFiles } from '../../src/languages/javascript/resolve/bundler-files.ts';
import { builtModules } from '../../src/languages/python/hosts/built-modules.ts';
import { hosts as pythonHosts } from '../../src/languages/python/hosts/index.ts';
import { moduleFiles } from '../../src/languages/python/hosts/own-modules.ts';
import { settingsFiles } from '../../src/languages/python/resolve/declared-roots.ts';
import type { ManifestFormat } from '../../src/model/manifest.ts';
import { places, type Place } from '../../src/starts/places.ts';

const lockfileFormats = (
  await Promise.all(ecosystems.map(async ({ lockfiles }) => (await lockfiles?.()) ?? []))
).flat();

const purposes = [
  ...(['imports', 'commands', 'declares', 'sources', 'workspace', 'evidence'] as const),
  ...(['module map', 'own modules', 'hosts', 'lists', 'starts', 'policy'] as const),
];

/** What a file is read for, in the words that docs/supported-files.md explains. */
export type Purpose = (typeof purposes)[number];

/** A row of the page's table. */
export interface SupportedFiles {
  readonly kind: string;
  readonly names: readonly string[];
  readonly purposes: readonly Purpose[];
}

/**
 * What the manifests of each format are read for, by its id: test/docs/supported-files.test.ts holds it against what the
 * format's fixtures say.
 */
export const manifestPurposes: Readonly<Record<string, readonly Purpose[]>> = {
  'package.json': ['declares', 'workspace', 'module map'],
  '_package.json': ['declares'],
  'pnpm-workspace.yaml': ['declares', 'sources', 'workspace'],
  'lerna.json': ['sources', 'workspace'],
  'rush.json': ['workspace'],
  'pnpm-config.json': ['declares'],
  'deno.json': ['declares', 'workspace', 'module map'],
  'jsr.json': ['declares'],
  'importmap.rb': ['declares'],
  'package.js': ['declares'],
  '.npmrc': ['sources'],
  '.yarnrc': ['sources'],
  '.yarnrc.yml': ['declares', 'sources'],
  'bunfig.toml': ['sources'],
  'pyproject.toml': ['declares', 'sources', 'workspace'],
  'requirements.txt': ['declares', 'sources', 'evidence'],
  'hatch.toml': ['declares'],
  'tox.ini': ['declares', 'sources'],
  'tox.toml': ['declares'],
  'constraints.txt': ['sources'],
  'setup.cfg': ['declares', 'sources'],
  'setup.py': ['declares', 'sources'],
  Pipfile: ['declares', 'sources'],
  'environment.yml': ['declares', 'sources'],
  'pixi.toml': ['declares', 'sources'],
  'manifest.json': ['declares'],
  '__manifest__.py': ['declares'],
  'execution-environment.yml': ['declares'],
  'python_env.yaml': ['declares', 'sources'],
  'pyscript.toml': ['declares'],
  'addon.xml': ['declares'],
  'pip.conf': ['sources'],
  'pdm.toml': ['sources'],
  'config.toml': ['sources'],
  'uv.toml': ['declares', 'sources'],
  'go.mod': ['declares', 'module map'],
  'tools.mod': ['declares'],
  'go.work': ['workspace'],
  'Cargo.toml': ['declares', 'workspace'],
  'config.toml of Cargo': ['sources'],
};

/** Settings of JavaScript that map specifiers, and files with commands that name such settings or set `NODE_PATH`. */
const moduleMaps: readonly string[] = [
  ...['tsconfig.json', 'tsconfig.*.json', 'jsconfig.json'],
  ...bundlerFiles,
  ...[
    '.env',
    'Procfile',
    'project.json',
    'angular.json',
    'Makefile',
    'justfile',
    'tox.ini',
    '.gitlab-ci.yml',
  ],
  '.github/workflows/*.yml',
];

/** Names of files that are told by expressions: each of these has to meet one, and each expression one of these. */
const samples: readonly string[] = [
  // where Python code is run, and what builds its modules
  ...['blender_manifest.toml', 'metadata.txt', 'package.xml', '*.inx', '*.uproject', 'buildVars.py'],
  ...['*.sublime-settings', 'plugin-import-name-*.txt', 'galaxy.yml', 'meta/runtime.yml', 'airflow.cfg'],
  ...['boot.py', 'code.py', 'manifest.py', 'wrangler.toml', 'pants.toml', 'app.yaml', 'template.yaml'],
  ...['CMakeLists.txt', '*.cmake', 'meson.build', '*.i', '*.c', '*.cc', '*.cpp', 'pack.yaml', 'MODULE.bazel'],
  // what has lists of requirements installed, and what starts this tool
  ...['*.yml', '*.yaml', '*.sh', '*.toml', '*.cfg', '*.ini', 'Dockerfile', 'Containerfile', 'Makefile'],
  ...['justfile', 'Jenkinsfile', 'noxfile.py', 'tasks.py', 'fabfile.py', 'dodo.py', 'pavement.py'],
  ...['toxfile.py', 'devcontainer.json', 'tox.ini', '.husky/*', 'pre-commit', 'pre-merge-commit', 'pre-push'],
  ...['lefthook.yml', 'lefthook.json', 'lefthook.toml', '.pre-commit-config.yaml', '.simple-git-hooks.json'],
  ...['.lintstagedrc', '.lintstagedrc.json', '.github/workflows/*.yml', '.gitlab-ci.yml', '.travis.yml'],
  ...['azure-pipelines.yml', 'bitbucket-pipelines.yml', 'action.yml', 'Taskfile.yml', '.claude/*.json'],
  ...['.github/hooks/*.json', '.codex/config.toml'],
];

/** Files that are told by their names alone, each kind with what it is read for. */
type Expressions = readonly (readonly [Purpose, RegExp])[];

function expressionsOf(starts: Registries['starts']): Expressions {
  return [
    ...pythonHosts.flatMap(({ files }) => (files === undefined ? [] : [['hosts', files] as const])),
    ...[...builtModules, ...moduleFiles].map(({ files }) => ['own modules', files] as const),
    ...starts.map(({ path }) => ['starts', path] as const),
  ];
}

/** The lists of the code that somebody may add to, as far as this module has a row for each of their entries. */
export interface Registries {
  readonly manifests: readonly ManifestFormat[];
  readonly starts: readonly Pick<Place, 'path'>[];
}

/**
 * @returns A row for everything that is read.
 * @throws Error where something is read that no row would tell of.
 */
export function supportedFiles(
  { manifests: formats, starts }: Registries = { manifests: manifestFormats, starts: places },
): readonly SupportedFiles[] {
  const expressions = expressionsOf(starts);
  const complete = (row: SupportedFiles) => withFurtherPurposes(row, expressions);
  const programs = [
    ...languages.map((language) => ({
      kind: `${language.id} program`,
      names: endings(language.extensions),
      purposes: language.declares === undefined ? (['imports'] as const) : (['imports', 'declares'] as const),
    })),
    ...containers.map(({ extensions }) => ({
      kind: 'file with programs',
      names: endings(extensions),
      purposes: ['imports'] as const,
    })),
  ].map(complete);
  const lockfiles = lockfileFormats.map(({ ecosystem, fileNames }) =>
    complete({
      kind: `${titleOf(ecosystem)} lockfile`,
      names: fileNames,
      purposes: ['evidence'],
    }),
  );
  const manifests = formats.map((format) => complete(manifestRow(format)));
  const named = [...programs, ...manifests, ...lockfiles];
  const others = otherRows(new Set(named.flatMap(({ names }) => names)), expressions);
  const rows = [...named, ...commandRows(), ...others];
  assertComplete(
    rows.flatMap(({ names }) => names),
    expressions,
  );
  return rows;
}

/** Most of these files are read for something else, too, and have a row for that. */
function commandRows(): readonly SupportedFiles[] {
  const kinds = {
    agent: 'commands for assistants',
    build: 'commands of builds',
    reader: 'commands for readers',
  };
  return (['agent', 'build', 'reader'] as const).map((runBy) => ({
    kind: kinds[runBy],
    names: commandFiles
      .filter(({ commands }) => commands.runBy === runBy)
      .flatMap(({ commands }) => [...commands.fileNames, ...commands.paths]),
    purposes: ['commands'],
  }));
}

function titleOf(ecosystem: string): string {
  return findEcosystem(ecosystem)?.title ?? ecosystem;
}

function endings(extensions: readonly string[]): readonly string[] {
  return extensions.map((extension) => `*.${extension}`);
}

function manifestRow({ ecosystem, id, fileNames, paths }: ManifestFormat): SupportedFiles {
  const known = manifestPurposes[id];
  if (known === undefined)
    throw new Error(`say in manifestPurposes of scripts/docs/supported-files.ts what ${id} is read for`);
  return { kind: `${titleOf(ecosystem)} manifest`, names: [...fileNames, ...paths], purposes: known };
}

function withFurtherPurposes(row: SupportedFiles, expressions: Expressions): SupportedFiles {
  const further = row.names.flatMap((name) => purposesOf(name, expressions));
  return { ...row, purposes: inOrder([...row.purposes, ...further]) };
}

function inOrder(found: readonly Purpose[]): readonly Purpose[] {
  return purposes.filter((purpose) => found.includes(purpose));
}

/** Everything else, a row for all that is read for the same purposes. */
function otherRows(others: ReadonlySet<string>, expressions: Expressions): readonly SupportedFiles[] {
  const names = new Set([
    ...moduleMaps,
    ...settingsFiles,
    ...javascriptHostFiles,
    ...samples,
    ...configPlaces,
    defaults.whitelist,
  ]);
  const groups = new Map<string, { names: string[]; purposes: readonly Purpose[] }>();
  for (const name of names) {
    if (others.has(name)) continue;
    const found = purposesOf(name, expressions);
    if (found.length === 0) throw new Error(`nothing reads ${name} any more`);
    const group = groups.get(found.join()) ?? { names: [], purposes: found };
    groups.set(found.join(), { ...group, names: [...group.names, name] });
  }
  return [...groups.values()].map((group) => ({ kind: 'other file', ...group }));
}

/** What a file of this name is read for, beside what its format says. `*` stands for any name. */
function purposesOf(name: string, expressions: Expressions): readonly Purpose[] {
  const path = pathOf(name);
  // What holds for every file of an ending is said in the row of that ending.
  const ending = /[^/]\.(\w+)$/.exec(path)?.[1];
  const plain = ending === undefined ? path : `harbour.${ending}`;
  const isOwn = (holds: (path: string) => boolean) => holds(path) && (path === plain || !holds(plain));
  const isPolicy = configPlaces.includes(name) || name === defaults.whitelist;
  const found: readonly (readonly [Purpose, boolean])[] = [
    ['module map', moduleMaps.includes(name)],
    ['own modules', settingsFiles.includes(name)],
    ['hosts', javascriptHostFiles.includes(name)],
    ['lists', isOwn((one) => listNaming.mayName(one)) && formatOf(path) === undefined && !isPolicy],
    ['policy', isPolicy],
    ...expressions.map(([purpose, expression]) => [purpose, isOwn((one) => expression.test(one))] as const),
  ];
  return inOrder(found.flatMap(([purpose, isFound]) => (isFound ? [purpose] : [])));
}

function pathOf(name: string): string {
  return name.replaceAll('*', 'harbour');
}

function assertComplete(names: readonly string[], expressions: Expressions): void {
  const paths = names.map(pathOf);
  for (const [purpose, expression] of expressions)
    if (!paths.some((path) => expression.test(path)))
      throw new Error(
        `write a name into samples of scripts/docs/supported-files.ts that ${expression.source} (${purpose}) meets`,
      );
}
