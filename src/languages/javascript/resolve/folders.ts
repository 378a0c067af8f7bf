import { hostFiles } from '../hosts/index.ts';
import { bundlerFiles } from './bundler-files.ts';
import { readPackageJson, type PackageJson } from './manifest.ts';
import { memo } from './memo.ts';
import { folderOf, foldersAbove, inFolder } from '../../../text/paths.ts';
import type { Reader } from './reader.ts';

/** Files that make a folder a project of its own, those of hosts among them: a template of a project has no package.json. */
const projectFiles: readonly string[] = [
  ...['package.json', 'tsconfig.json', 'jsconfig.json', 'deno.json', 'deno.jsonc'],
  ...['pnpm-workspace.yaml', 'lerna.json', 'rush.json', '.babelrc', '__manifest__.py'],
  ...['vite.config.ts', 'vite.config.js', 'webpack.config.js', 'jest.config.ts', 'jest.config.js'],
  ...hostFiles.filter((name) => !name.includes('/')),
];

/** Files that are looked for only in the folder of a project and in the root. */
const furtherFiles: readonly string[] = [...bundlerFiles, ...hostFiles];

/** The configuration above a file: which files there are, and what the package.json files say. */
export class Folders {
  readonly #projectFiles: (folder: string) => Promise<ReadonlySet<string>>;
  readonly #furtherFiles: (folder: string) => Promise<ReadonlySet<string>>;
  /** The folder whose configuration holds for the files of a folder; undefined where each has its own. */
  readonly #anchors: (folder: string) => Promise<string | undefined>;
  readonly #packages: (folder: string) => Promise<readonly PackageJson[]>;
  /** What the package.json at a path says; undefined where there is none. */
  readonly package: (path: string) => Promise<PackageJson | undefined>;

  constructor(reader: Reader) {
    const having = async (folder: string, names: readonly string[]): Promise<ReadonlySet<string>> =>
      new Set(await reader.having(names.map((name) => inFolder(folder, name))));
    this.#projectFiles = memo((folder) => having(folder, projectFiles));
    this.#furtherFiles = memo(async (folder) => {
      const isProject = folder === '' || (await this.#projectFiles(folder)).size > 0;
      return isProject ? having(folder, furtherFiles) : new Set();
    });
    this.#anchors = memo((folder) => this.#anchorOf(folder));
    this.#packages = memo((folder) => this.#packagesAbove(folder));
    this.package = memo(async (path) => {
      const source = await reader.text(path);
      return source === undefined ? undefined : readPackageJson(folderOf(path), path, source);
    });
  }

  /**
   * @returns The paths of the configuration files above a file that have one of the given names, those in the
   *   nearest folder first, each folder's in the order of the names.
   */
  async above(file: string, names: readonly string[]): Promise<readonly string[]> {
    const folders = foldersAbove(file);
    const isProjects = names.every((name) => projectFiles.includes(name));
    const present = await Promise.all(folders.map(isProjects ? this.#projectFiles : this.#furtherFiles));
    return folders.flatMap((folder, index) => {
      const files = present[index];
      if (files === undefined || files.size === 0) return [];
      return names.map((name) => inFolder(folder, name)).filter((path) => files.has(path));
    });
  }

  /**
   * @returns The path of a file for which the same configuration holds as for the given one: files of
   *   folders without configuration count to the next folder above. Scopes of Deno go by the path itself.
   */
  async anchor(file: string): Promise<string> {
    const anchor = await this.#anchors(folderOf(file));
    return anchor === undefined ? file : inFolder(anchor, 'any');
  }

  async #anchorOf(folder: string): Promise<string | undefined> {
    const file = inFolder(folder, 'any');
    const folders = foldersAbove(file);
    const present = await Promise.all(folders.map(this.#projectFiles));
    const deno = await this.above(file, ['deno.json', 'deno.jsonc']);
    if (deno.length > 0) return undefined;
    return folders.find((_, index) => present[index]?.size !== 0) ?? '';
  }

  /** @returns The package.json files above a file, nearest first. */
  packages(file: string): Promise<readonly PackageJson[]> {
    return this.#packages(folderOf(file));
  }

  async #packagesAbove(folder: string): Promise<readonly PackageJson[]> {
    const files = await this.above(inFolder(folder, 'any'), ['package.json']);
    const packages = await Promise.all(files.map((path) => this.package(path)));
    return packages.filter((json) => json !== undefined);
  }
}
