import type { Folders } from './folders.ts';
import { lineOfKey, readJson, withoutExtras } from '../../../documents/jsonc.ts';
import { asText, member, members, textsOf } from '../../../documents/values.ts';
import { bestKeys, type ConfigurationSource, type SpecifierMapping, type Written } from './lead.ts';
import { memo } from './memo.ts';
import { folderOf, isWithin, joinPath } from '../../../text/paths.ts';
import type { Reader } from './reader.ts';

/** `compilerOptions.paths` with the folder that its targets start from. */
interface Paths {
  readonly file: string;
  readonly source: string;
  readonly entries: readonly (readonly [string, readonly string[]])[];
  readonly folder: string | undefined;
}

interface BaseUrl {
  readonly file: string;
  readonly source: string;
  readonly folder: string | undefined;
}

/** What a configuration says together with those that it extends. */
interface Options {
  readonly paths: Paths | undefined;
  readonly baseUrl: BaseUrl | undefined;
  /** Do they say that no import is dropped, or that some are; undefined where they say nothing. */
  readonly keepsImports: boolean | undefined;
  /** What a module's file may bear before its ending; undefined where they say nothing. */
  readonly moduleSuffixes: readonly string[] | undefined;
  /** Those of them that can't be read. */
  readonly broken: readonly Read[];
}

/** Settings of TypeScript for a file, with what else they decide than where specifiers lead. */
export interface TypeScriptSettings extends ConfigurationSource {
  /**
   * @returns Whether imports of which only types are used stay, or may stay, because a configuration can't be read.
   *   https://www.typescriptlang.org/tsconfig/#verbatimModuleSyntax
   */
  readonly keepsImports: (file: string) => Promise<boolean>;
  /** @returns What the files of modules may bear before their endings: https://www.typescriptlang.org/tsconfig/#moduleSuffixes */
  readonly moduleSuffixes: (file: string) => Promise<readonly string[]>;
}

/** How files are read, and how many more one configuration may still bring in. */
interface Chain {
  readonly read: (file: string) => Promise<Read | undefined>;
  readonly packageFiles: PackageFiles;
  left: number;
}

interface Read {
  readonly file: string;
  readonly source: string;
  readonly json: unknown;
}

/** One configuration reads no more than this many others; a circle of `extends` ends here. */
const mostParents = 32;

/** Gives the files that the `extends` of a configuration may mean where it names a package. */
export type PackageFiles = (specifier: string, file: string) => Promise<readonly string[]>;

/** The configurations of TypeScript in a project, each of them read once. */
export class CompilerSettings {
  readonly #read: (file: string) => Promise<Read | undefined>;
  readonly #options: (file: string) => Promise<Options & { readonly folder: string }>;

  /** @param packageFiles Packages stand in node_modules, which no snapshot holds, but for those of the project. */
  constructor(reader: Reader, packageFiles: PackageFiles) {
    this.#read = memo(async (file): Promise<Read | undefined> => {
      const source = await reader.text(file);
      return source === undefined ? undefined : { file, source, json: readJson(source) };
    });
    this.#options = memo(async (file) => ({
      folder: folderOf(file),
      ...(await optionsOf(file, { read: this.#read, packageFiles, left: mostParents })),
    }));
  }

  /** @returns Configurations and those that they reference, as far as these are for the file's folder too. */
  async withReferences(configurations: readonly string[], file: string): Promise<readonly string[]> {
    const all = await Promise.all(
      configurations.map(async (path) => [path, ...referencesOf(await this.#read(path), folderOf(file))]),
    );
    return [...new Set(all.flat())];
  }

  /** @returns Where the given configurations lead a specifier, and those that can't be read. */
  async leads(configurations: readonly string[], specifier: string): Promise<readonly SpecifierMapping[]> {
    const options = await Promise.all(configurations.map(this.#options));
    return distinct(options.flatMap((config) => leadsOf(config, specifier)));
  }

  /** @returns Whether one of the given configurations keeps imports, or may, because it can't be read. */
  async keepsImports(configurations: readonly string[]): Promise<boolean> {
    const options = await Promise.all(configurations.map(this.#options));
    return options.some(({ keepsImports, broken }) => keepsImports === true || broken.length > 0);
  }

  /** @returns The suffixes of modules that the given configurations name. */
  async moduleSuffixes(configurations: readonly string[]): Promise<readonly string[]> {
    const options = await Promise.all(configurations.map(this.#options));
    return options.flatMap(({ moduleSuffixes = [] }) => moduleSuffixes);
  }

  /** @returns Those of the given configurations, and of what they extend, that can't be read. */
  async broken(configurations: readonly string[]): Promise<readonly Written[]> {
    const options = await Promise.all(configurations.map(this.#options));
    return options.flatMap(({ broken }) => broken);
  }
}

/**
 * `paths` and `baseUrl` of the tsconfig.json or jsconfig.json that is nearest above a file, which alone decides, and of
 * the configurations that it references and that are for the file's folder too (`tsconfig.app.json`).
 * `rootDirs` concerns relative paths alone, which are local anyway.
 * https://www.typescriptlang.org/docs/handbook/modules/reference.html#paths
 */
export function tsconfigSource(reader: Reader, folders: Folders): TypeScriptSettings {
  const settings = new CompilerSettings(reader, () => Promise.resolve([]));
  const configurations = async (file: string) =>
    settings.withReferences(await nearestConfigurations(file, folders), file);
  return {
    leads: async ({ file, specifier }) => settings.leads(await configurations(file), specifier),
    broken: async (file) => settings.broken(await configurations(file)),
    keepsImports: async (file) => settings.keepsImports(await configurations(file)),
    moduleSuffixes: async (file) => settings.moduleSuffixes(await configurations(file)),
  };
}

/** @returns The tsconfig.json and jsconfig.json of the nearest folder above a file that has one. */
export async function nearestConfigurations(file: string, folders: Folders): Promise<readonly string[]> {
  const [nearest, ...further] = await folders.above(file, ['tsconfig.json', 'jsconfig.json']);
  if (nearest === undefined) return [];
  return [nearest, ...further.filter((path) => folderOf(path) === folderOf(nearest))];
}

function leadsOf(
  { folder, paths, baseUrl }: Options & { readonly folder: string },
  specifier: string,
): readonly SpecifierMapping[] {
  const leads = bestKeys(paths?.entries ?? [], specifier).map(({ key, value, star }): SpecifierMapping => ({
    file: paths?.file ?? '',
    key,
    line: () => lineOfKey(paths?.source ?? '', key),
    targets: value.map((target) => ({
      kind: 'path',
      path: joinFrom(
        paths?.folder,
        target.replace('*', () => star),
        folder,
      ),
    })),
    weight: 'alias',
  }));
  if (baseUrl === undefined) return leads;
  const root: SpecifierMapping = {
    file: baseUrl.file,
    key: 'baseUrl',
    line: () => lineOfKey(baseUrl.source, 'baseUrl'),
    targets: [{ kind: 'path', path: joinFrom(baseUrl.folder, specifier, folder) }],
    weight: 'root',
  };
  return [...leads, root];
}

const NO_OPTIONS: Options = {
  paths: undefined,
  baseUrl: undefined,
  keepsImports: undefined,
  moduleSuffixes: undefined,
  broken: [],
};

/** Own options win over extended ones, and later ones of a list over earlier ones. */
async function optionsOf(file: string, chain: Chain): Promise<Options> {
  const config = await chain.read(file);
  let inherited: Options = NO_OPTIONS;
  if (config === undefined) return inherited;
  if (isBroken(config)) return { ...inherited, broken: [config] };
  for (const choices of await extendedBy(config, chain.packageFiles)) {
    const parentFile = chain.left > 0 ? await firstRead(choices, chain.read) : undefined;
    if (parentFile === undefined) continue;
    chain.left -= 1;
    const { paths, baseUrl, keepsImports, moduleSuffixes, broken } = await optionsOf(parentFile, chain);
    inherited = {
      paths: paths ?? inherited.paths,
      baseUrl: baseUrl ?? inherited.baseUrl,
      keepsImports: keepsImports ?? inherited.keepsImports,
      moduleSuffixes: moduleSuffixes ?? inherited.moduleSuffixes,
      broken: [...inherited.broken, ...broken],
    };
  }
  return own(config, inherited);
}

/** TypeScript takes an empty file for `{}`. */
function isBroken({ source, json }: Read): boolean {
  return json === undefined && withoutExtras(source).trim() !== '';
}

function own({ file, source, json }: Read, inherited: Options): Options {
  const compilerOptions = member(json, 'compilerOptions');
  const suffixes = member(compilerOptions, 'moduleSuffixes');
  const common = {
    keepsImports: keepingOf(compilerOptions) ?? inherited.keepsImports,
    moduleSuffixes: Array.isArray(suffixes) ? textsOf(suffixes) : inherited.moduleSuffixes,
    broken: inherited.broken,
  };
  const baseUrlOption = asText(member(compilerOptions, 'baseUrl'));
  const baseUrl =
    baseUrlOption === null
      ? inherited.baseUrl
      : { file, source, folder: joinPath(folderOf(file), baseUrlOption) };
  const entries = members(member(compilerOptions, 'paths'));
  const base = baseUrl === undefined ? folderOf(file) : baseUrl.folder;
  if (entries.length === 0) {
    const { paths } = inherited;
    return {
      ...common,
      paths: paths && baseUrlOption !== null ? { ...paths, folder: base } : paths,
      baseUrl,
    };
  }
  return {
    ...common,
    paths: {
      file,
      source,
      folder: base,
      entries: entries.map(([key, targets]) => [key, textsOf(targets)] as const),
    },
    baseUrl,
  };
}

/** https://www.typescriptlang.org/tsconfig/#importsNotUsedAsValues; two of the three options are those of older versions. */
function keepingOf(compilerOptions: unknown): boolean | undefined {
  const flags = [
    member(compilerOptions, 'verbatimModuleSyntax'),
    member(compilerOptions, 'preserveValueImports'),
    OLD_KEEPING.get(asText(member(compilerOptions, 'importsNotUsedAsValues')) ?? ''),
  ].filter((flag) => typeof flag === 'boolean');
  return flags.length === 0 ? undefined : flags.includes(true);
}

const OLD_KEEPING: ReadonlyMap<string, boolean> = new Map([
  ['remove', false],
  ['preserve', true],
  ['error', true],
]);

/** The files that each `extends` may mean. */
async function extendedBy(
  { file, json }: Read,
  packageFiles: PackageFiles,
): Promise<readonly (readonly string[])[]> {
  const extendsOption = member(json, 'extends');
  const all = typeof extendsOption === 'string' ? [extendsOption] : textsOf(extendsOption);
  return Promise.all(
    all.slice(0, mostParents).map(async (path) => {
      if (!/^\.{0,2}(?:\/|$)/.test(path)) return packageFiles(path, file);
      const target = joinPath(folderOf(file), path);
      return target === undefined ? [] : configurationsAt(target);
    }),
  );
}

/** @returns The files that a path of `extends` may mean. */
export function configurationsAt(path: string): readonly string[] {
  if (path === '') return ['tsconfig.json'];
  return path.endsWith('.json') ? [path] : [`${path}.json`, `${path}/tsconfig.json`, path];
}

async function firstRead(
  choices: readonly string[],
  read: (file: string) => Promise<Read | undefined>,
): Promise<string | undefined> {
  for (const choice of choices) if (await read(choice)) return choice;
  return undefined;
}

function referencesOf(config: Read | undefined, folder: string): readonly string[] {
  const references = member(config?.json, 'references');
  if (config === undefined || !Array.isArray(references)) return [];
  return references.flatMap((reference) => {
    const path = asText(member(reference, 'path'));
    const target = path === null ? undefined : joinPath(folderOf(config.file), path);
    if (target === undefined) return [];
    const file = target.endsWith('.json') ? target : joinPath(target, 'tsconfig.json');
    return file !== undefined && isWithin(folderOf(file), folder) ? [file] : [];
  });
}

/** `${configDir}` is the folder of the configuration that is compiled with, which may have inherited the path. */
function joinFrom(base: string | undefined, path: string, folder: string): string | undefined {
  const inherited = '${configDir}';
  if (path.startsWith(inherited)) return joinPath(folder, path.slice(inherited.length));
  return base === undefined ? undefined : joinPath(base, path);
}

function distinct(leads: readonly SpecifierMapping[]): readonly SpecifierMapping[] {
  const leadsByKey = new Map(
    leads.map((lead) => [`${lead.file}\0${lead.key}\0${JSON.stringify(lead.targets)}`, lead]),
  );
  return [...leadsByKey.values()];
}
