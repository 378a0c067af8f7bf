import { hostFiles } from '../ambient.ts';
import { bundlerFiles } from './bundler-files.ts';
import { readPackageJson, type PackageJson } from './manifest.ts';
import { memo } from './memo.ts';
import { folderOf, foldersAbove, inFolder } from './paths.ts';
import type { Reader } from './reader.ts';

/** The files of one folder that say something about how modules are found. */
const names: readonly string[] = [
  ...['package.json', 'tsconfig.json', 'jsconfig.json', 'deno.json', 'deno.jsonc'],
  ...['pnpm-workspace.yaml', 'lerna.json', 'rush.json'],
  ...bundlerFiles,
  ...hostFiles,
];

/** The configuration above a file: which files there are, and what the package.json files say. */
export class Folders {
  /** The configuration files in a folder. */
  readonly #in: (folder: string) => Promise<ReadonlySet<string>>;
  /** What the package.json at a path says; undefined where there is none. */
  readonly package: (path: string) => Promise<PackageJson | undefined>;

  constructor(reader: Reader) {
    this.#in = memo(
      async (folder) => new Set(await reader.having(names.map((name) => inFolder(folder, name)))),
    );
    this.package = memo(async (path) => {
      const source = await reader.text(path);
      return source === undefined ? undefined : readPackageJson(folderOf(path), path, source);
    });
  }

  /**
   * @returns The paths of the configuration files above a file that have one of the given names, those in the
   *   nearest folder first, each folder's in the order of the names.
   */
  async above(file: string, wanted: readonly string[]): Promise<readonly string[]> {
    const folders = foldersAbove(file);
    const present = await Promise.all(folders.map((folder) => this.#in(folder)));
    return folders.flatMap((folder, index) =>
      wanted.map((name) => inFolder(folder, name)).filter((path) => present[index]?.has(path)),
    );
  }

  /** @returns The package.json files above a file, nearest first. */
  async packages(file: string): Promise<readonly PackageJson[]> {
    const files = await this.above(file, ['package.json']);
    const packages = await Promise.all(files.map((path) => this.package(path)));
    return packages.filter((json) => json !== undefined);
  }
}
