import type { Traces } from './host.ts';

/** What stands above the files of one state of a project. */
export interface Surroundings {
  /** @returns The package.json files above a file, nearest first. */
  packages(file: string): Promise<readonly Manifest[]>;
  /** @returns The files of these names above a file, nearest first. */
  above(file: string, names: readonly string[]): Promise<readonly string[]>;
}

/** What a package.json can show of hosts. */
export interface Manifest {
  readonly file: string;
  readonly folder: string;
  readonly name: string | undefined;
  readonly dependencies: ReadonlyMap<string, string>;
  readonly engines: ReadonlySet<string>;
  readonly packageManager: string | undefined;
}

/** Where a project shows a host: a file, and the entry of it. */
export interface Sighting {
  readonly file: string;
  readonly entry: string;
  /** The folder that the host works in. */
  readonly folder: string;
  /** The name of the package whose package.json it is. */
  readonly name: string | undefined;
}

/**
 * Looks for a host around a file.
 *
 * @returns Where the project shows it, package.json files first, the nearest of each first; none where it does not.
 */
export async function sightingsOf(
  file: string,
  traces: Traces,
  surroundings: Surroundings,
): Promise<readonly Sighting[]> {
  const manifests = await surroundings.packages(file);
  const files = traces.files.length > 0 ? await surroundings.above(file, traces.files) : [];
  return [
    ...manifests.flatMap((manifest): readonly Sighting[] => {
      const entry = entryOf(manifest, traces);
      return entry === undefined ? [] : [{ ...manifest, entry }];
    }),
    ...files.map((path) => ({
      file: path,
      entry: path,
      folder: folderOfTrace(path, traces),
      name: undefined,
    })),
  ];
}

/** @returns The entry of a package.json by which a host is known; undefined where it has none. */
export function entryOf(
  { dependencies, engines, packageManager }: Manifest,
  traces: Traces,
): string | undefined {
  return (
    traces.dependencies.find((name) => dependencies.has(name)) ??
    traces.engines.find((name) => engines.has(name)) ??
    traces.packageManagers.find((name) => packageManager?.startsWith(`${name}@`))
  );
}

/** The name of a trace may hold a folder: `.meteor/release` stands in the project's. */
function folderOfTrace(path: string, { files }: Traces): string {
  const names = files.filter((name) => path === name || path.endsWith(`/${name}`));
  const length = names.reduce((longest, name) => Math.max(longest, name.length), 0);
  return path.slice(0, Math.max(0, path.length - length - 1));
}
