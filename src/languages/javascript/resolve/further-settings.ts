import type { Mapping } from './bundler-settings.ts';
import type { BundlerSettings } from './bundlers.ts';
import type { Folders } from './folders.ts';
import type { MappingSource, SpecifierMapping } from './lead.ts';
import { memo } from './memo.ts';
import { wordsOf } from './named-files.ts';
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

/** A text with commands or variables, and the folder that these are for. */
interface CommandText {
  readonly file: string;
  readonly folder: string;
  readonly text: string;
}

/** What is known of the project by the names of its files. */
interface Inventory {
  readonly paths: ReadonlySet<string>;
  readonly bundlers: readonly string[];
  readonly compilers: readonly string[];
  /** Files with commands or variables, each with the folder that these are for. */
  readonly commands: readonly { readonly file: string; readonly folder: string }[];
  /** The folder of the package that each folder belongs to. */
  readonly packageOf: (folder: string) => string;
}

/** What holds for the files of one folder. */
interface Configurations {
  readonly commands: readonly CommandText[];
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
  const texts = memo((folder) => commandTexts(folder, { inventory, reader, folders }));
  const configurations = memo(async (folder): Promise<Configurations> => {
    const file = inFolder(folder, 'any');
    const all = await inventory('');
    const commands = (await Promise.all(foldersAbove(file).map(texts))).flat();
    const named = namedBy(commands, all);
    return {
      commands,
      mappings: (await Promise.all(bundlersFor(file, named, all).map(bundlers))).flat(),
      compilers: await compilersFor(file, named, { all, compilers, folders }),
    };
  });
  return async ({ file, specifier }) => {
    const settings = await configurations(folderOf(file));
    return [
      ...(await compilers.leads(settings.compilers, specifier)),
      ...settings.mappings.flatMap((mapping) => mapping(specifier) ?? []),
      ...settings.commands.flatMap((text) => nodePaths(text, specifier)),
    ];
  };
}

function inventoryOf(paths: readonly string[]): Inventory {
  const packages = new Set(
    paths.filter((path) => /(?:^|\/)package\.json$/.test(path)).map((path) => folderOf(path)),
  );
  const settings = paths.filter((path) => !unrelatedFiles.test(path));
  return {
    paths: new Set(settings),
    bundlers: settings.filter((path) => bundlerSettings.test(path)),
    compilers: settings.filter((path) => compilerSettings.test(path)),
    commands: settings.flatMap((file) => {
      if (workflows.test(file)) return [{ file, folder: '' }];
      return commandFiles.test(file) || environments.test(file) ? [{ file, folder: folderOf(file) }] : [];
    }),
    packageOf: (folder) => foldersAbove(`${folder}/any`).find((parent) => packages.has(parent)) ?? '',
  };
}

async function commandTexts(
  folder: string,
  {
    inventory,
    reader,
    folders,
  }: {
    readonly inventory: (key: string) => Promise<Inventory>;
    readonly reader: Reader;
    readonly folders: Folders;
  },
): Promise<readonly CommandText[]> {
  const manifests = (await folders.packages(inFolder(folder, 'any'))).filter(
    (manifest) => manifest.folder === folder,
  );
  const { commands } = await inventory('');
  const folderCommands = commands.filter((command) => command.folder === folder).slice(0, mostFiles);
  const texts = await Promise.all(
    folderCommands.map(async ({ file }) => ({ file, folder, text: (await reader.text(file)) ?? '' })),
  );
  return [...manifests.map(({ file, scripts }) => ({ file, folder, text: scripts.join('\n') })), ...texts];
}

/** The files that commands name, each with the folder of those commands. */
function namedBy(texts: readonly CommandText[], { paths }: Inventory): ReadonlyMap<string, string> {
  const named = new Map<string, string>();
  for (const { folder, text } of texts) {
    for (const path of wordsOf(text, folder)) {
      if (nameable.test(path) && paths.has(path) && !named.has(path)) named.set(path, folder);
    }
  }
  return named;
}

/** Configuration holds for the files of its own package, those of packages below it included. */
function bundlersFor(
  file: string,
  named: ReadonlyMap<string, string>,
  { bundlers, packageOf }: Inventory,
): readonly string[] {
  const candidates = bundlers.filter((path) => {
    const owner = packageOf(folderOf(path));
    const inside = folderOf(path).slice(owner === '' ? 0 : owner.length + 1);
    return inside === '' || inside.split('/').length <= deepestFolder;
  });
  return [...new Set([...named.keys(), ...candidates])]
    .filter((path) => isWithin(packageOf(folderOf(path)), file))
    .slice(0, mostFiles);
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
  const families = foldersAbove(file).map((folder) =>
    all.compilers.filter((path) => folderOf(path) === folder),
  );
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
function nodePaths({ file, folder, text }: CommandText, specifier: string): readonly SpecifierMapping[] {
  return [...text.matchAll(/(?<!\w)NODE_PATH\s*=\s*["']?([^\s"']+)/g)]
    .slice(0, mostFiles)
    .map(([, value = '']): SpecifierMapping => ({
      file,
      key: 'NODE_PATH',
      line: () => null,
      targets: value.split(/[:;]/).map((root) => ({
        kind: 'path',
        path: root === '' || root.includes('$') ? undefined : joinPath(folder, `${root}/${specifier}`),
      })),
      weight: 'root',
    }));
}
