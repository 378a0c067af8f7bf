import type { Mapping } from './bundler-settings.ts';
import type { BundlerSettings } from './bundlers.ts';
import type { Folders } from './folders.ts';
import type { MappingSource, SpecifierMapping } from './lead.ts';
import { memo } from './memo.ts';
import { filesMeantBy, wordsOf } from './named-files.ts';
import { folderOf, foldersAbove, inFolder, isWithin, joinPath } from '../../../text/paths.ts';
import type { Reader } from './reader.ts';
import { packageConfigurations } from './package-configurations.ts';
import { nearestConfigurations, CompilerSettings } from './tsconfig.ts';

/** Tools that map specifiers and whose configuration may bear any further name, by how it begins. */
const tools = 'webpack|rspack|rsbuild|vite|vitest|rollup|rolldown|esbuild|jest|babel';

/**
 * Configuration that is a program or JSON: `webpack.base.conf.js`, `lib.vite.config.ts`, `jest-e2e.json`, `.fatherrc.ts`.
 * What lints or formats loads no module for the program.
 */
const bundlerSettings = new RegExp(
  String.raw`(?:^|/)(?:(?:${tools})[\w.-]*|[\w.-]*[.-]conf(?:ig)?(?:[.-][\w.-]*)?|gatsby-node|config-overrides)\.(?:[cm]?[jt]s|json)$` +
    String.raw`|(?:^|/)\.(?:babelrc[\w.]*|swcrc|(?!eslint|prettier|stylelint|lintstaged)[\w-]+rc\.[cm]?[jt]s)$`,
);
const compilerSettings = /(?:^|\/)[tj]sconfig[\w.-]*\.json$/;
/** What a command may name as its configuration. */
const nameable = /(?:\.(?:[cm]?[jt]s|json)|rc)$/;
/** Declarations map nothing, and manifests are read elsewhere. */
const unrelatedFiles = /\.d\.[cm]?ts$|(?:^|\/)package(?:-lock)?\.json$/;

/** Files with commands that are run in their own folder, and those of GitHub, which are run in the root. */
const commandFiles =
  /(?:^|\/)(?:GNUmakefile|[Mm]akefile|[Jj]ustfile|Procfile|tox\.ini|project\.json|angular\.json|\.gitlab-ci\.yml)$/;
const workflows = /^\.github\/workflows\/[^/]+\.ya?ml$/;
const environments = /(?:^|\/)\.env(?:\.[\w.-]+)?$/;

/** More configuration than a project has for one of its files. */
const mostFiles = 64;
/** Configuration stands no deeper than this below its package. */
const deepestFolder = 2;

/** A text with commands or variables. */
interface CommandText {
  readonly file: string;
  readonly text: string;
}

/** What the commands say that are run in one folder. */
interface FolderCommands {
  readonly folder: string;
  /** The files that they name. */
  readonly files: readonly string[];
  readonly nodePaths: readonly NodePath[];
}

/** A value of `NODE_PATH`, and the folders that it names; undefined for those that only running the command would tell. */
interface NodePath {
  readonly file: string;
  readonly roots: readonly (string | undefined)[];
}

/** Configuration of a bundler or a test runner, with its place among all files. */
interface BundlerFile {
  readonly path: string;
  readonly place: number;
}

/** What is known of the project by the names of its files. */
interface Inventory {
  readonly paths: ReadonlySet<string>;
  /** By the folder of the package that they belong to. */
  readonly bundlers: ReadonlyMap<string, readonly BundlerFile[]>;
  /** By their folder. */
  readonly compilers: ReadonlyMap<string, readonly string[]>;
  /** Files with commands or variables, by the folder that these are for. */
  readonly commands: ReadonlyMap<string, readonly string[]>;
  /** The folder of the package that each folder belongs to. */
  readonly packageOf: (folder: string) => string;
}

/** What holds for the files of one folder. */
interface Configurations {
  readonly nodePaths: readonly NodePath[];
  readonly mappings: readonly Mapping[];
  readonly compilers: readonly string[];
}

/**
 * Settings that only a list of all files finds: configuration of bundlers, test runners and compilers under any further
 * name and in any folder of the package, configuration that a command names, and `NODE_PATH`. What several of them say
 * is united, because each may be the one that the program is built or tested with.
 */
export function furtherSettings(
  reader: Reader,
  folders: Folders,
  { bundlers, packages }: { readonly bundlers: BundlerSettings; readonly packages: readonly MappingSource[] },
): MappingSource {
  const compilers = new CompilerSettings(reader, packageConfigurations(packages, folders));
  const inventory = memo(async () => inventoryOf(await reader.list()));
  const commandsIn = memo(async (folder) => {
    const all = await inventory('');
    return folderCommands(folder, await commandTexts(folder, { all, reader, folders }), all);
  });
  const configurations = memo(async (folder): Promise<Configurations> => {
    const file = inFolder(folder, 'any');
    const all = await inventory('');
    const commands = await Promise.all(foldersAbove(file).map(commandsIn));
    const named = namedBy(commands);
    return {
      nodePaths: commands.flatMap(({ nodePaths }) => nodePaths),
      mappings: (await Promise.all(bundlersFor(file, named, all).map(bundlers))).flat(),
      compilers: await compilersFor(file, named, { all, compilers, folders }),
    };
  });
  return async ({ file, specifier }) => {
    const settings = await configurations(folderOf(file));
    return [
      ...(await compilers.leads(settings.compilers, specifier)),
      ...settings.mappings.flatMap((mapping) => mapping(specifier) ?? []),
      ...settings.nodePaths.map((nodePath) => mappingOf(nodePath, specifier)),
    ];
  };
}

function inventoryOf(paths: readonly string[]): Inventory {
  const packages = new Set(
    paths.filter((path) => /(?:^|\/)package\.json$/.test(path)).map((path) => folderOf(path)),
  );
  const packageOf = (folder: string) =>
    foldersAbove(`${folder}/any`).find((parent) => packages.has(parent)) ?? '';
  const settings = paths.filter((path) => !unrelatedFiles.test(path));
  const bundlers = settings.flatMap((path, place) => {
    if (!bundlerSettings.test(path)) return [];
    const owner = packageOf(folderOf(path));
    const inside = folderOf(path).slice(owner === '' ? 0 : owner.length + 1);
    return inside === '' || inside.split('/').length <= deepestFolder ? [{ path, place, owner }] : [];
  });
  const commands = settings.filter(
    (file) => workflows.test(file) || commandFiles.test(file) || environments.test(file),
  );
  return {
    paths: new Set(settings),
    bundlers: byFolder(bundlers, ({ owner }) => owner),
    compilers: byFolder(
      settings.filter((path) => compilerSettings.test(path)),
      folderOf,
    ),
    commands: byFolder(commands, (file) => (workflows.test(file) ? '' : folderOf(file))),
    packageOf,
  };
}

/** @returns The items by the folder that each belongs to, in their order. */
function byFolder<T>(
  items: readonly T[],
  folderOfItem: (item: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const folder = folderOfItem(item);
    const group = groups.get(folder);
    if (group) group.push(item);
    else groups.set(folder, [item]);
  }
  return groups;
}

async function commandTexts(
  folder: string,
  { all, reader, folders }: { readonly all: Inventory; readonly reader: Reader; readonly folders: Folders },
): Promise<readonly CommandText[]> {
  const manifests = (await folders.packages(inFolder(folder, 'any'))).filter(
    (manifest) => manifest.folder === folder,
  );
  const files = (all.commands.get(folder) ?? []).slice(0, mostFiles);
  const texts = await Promise.all(
    files.map(async (file) => ({ file, text: (await reader.text(file)) ?? '' })),
  );
  return [...manifests.map(({ file, scripts }) => ({ file, text: scripts.join('\n') })), ...texts];
}

/** A text names hundreds of words and few files, and holds for all folders below: it is read once. */
function folderCommands(folder: string, texts: readonly CommandText[], { paths }: Inventory): FolderCommands {
  const files = texts
    .flatMap(({ text }) => [...wordsOf(text, folder)].flatMap(filesMeantBy))
    .filter((path) => paths.has(path) && nameable.test(path));
  return { folder, files, nodePaths: texts.flatMap((text) => nodePathsIn(text, folder)) };
}

/** The files that commands name, each with the folder of those commands. */
function namedBy(commands: readonly FolderCommands[]): ReadonlyMap<string, string> {
  const named = new Map<string, string>();
  for (const { folder, files } of commands)
    for (const path of files) if (!named.has(path)) named.set(path, folder);
  return named;
}

/** Configuration holds for the files of its own package, those of packages below it included. */
function bundlersFor(
  file: string,
  named: ReadonlyMap<string, string>,
  { bundlers, packageOf }: Inventory,
): readonly string[] {
  const candidates = foldersAbove(file)
    .flatMap((folder) => bundlers.get(folder)?.slice(0, mostFiles) ?? [])
    .sort((left, right) => left.place - right.place)
    .map(({ path }) => path);
  const namedPaths = [...named.keys()].filter((path) => isWithin(packageOf(folderOf(path)), file));
  return [...new Set([...namedPaths, ...candidates])].slice(0, mostFiles);
}

/**
 * The tsconfig.json that is nearest decides; beside it hold those of other names in its folder or nearer, and what
 * commands name that are run in its folder or above it.
 */
async function compilersFor(
  file: string,
  named: ReadonlyMap<string, string>,
  {
    all,
    compilers,
    folders,
  }: { readonly all: Inventory; readonly compilers: CompilerSettings; readonly folders: Folders },
): Promise<readonly string[]> {
  const nearestFiles = await nearestConfigurations(file, folders);
  const families = foldersAbove(file).map((folder) => all.compilers.get(folder) ?? []);
  const nearest = nearestFiles[0] === undefined ? undefined : folderOf(nearestFiles[0]);
  const siblings =
    nearest === undefined
      ? (families.find((family) => family.length > 0) ?? [])
      : families.flat().filter((path) => isWithin(nearest, path));
  const commanded = [...named].flatMap(([path, folder]) =>
    path.endsWith('.json') && (nearest === undefined || isWithin(nearest, folder)) ? [path] : [],
  );
  return compilers.withReferences([...nearestFiles, ...siblings, ...commanded].slice(0, mostFiles), file);
}

/**
 * Folders that Node, and old versions of Create React App, look for modules in.
 * https://nodejs.org/api/modules.html#loading-from-the-global-folders
 */
function nodePathsIn({ file, text }: CommandText, folder: string): readonly NodePath[] {
  return [...text.matchAll(/(?<!\w)NODE_PATH\s*=\s*["']?([^\s"']+)/g)]
    .slice(0, mostFiles)
    .map(([, value = '']) => ({
      file,
      roots: value
        .split(/[:;]/)
        .map((root) => (root === '' || root.includes('$') ? undefined : joinPath(folder, root))),
    }));
}

function mappingOf({ file, roots }: NodePath, specifier: string): SpecifierMapping {
  return {
    file,
    key: 'NODE_PATH',
    line: () => null,
    targets: roots.map((root) => ({
      kind: 'path',
      path: root === undefined ? undefined : joinPath(root, specifier),
    })),
    weight: 'root',
  };
}
