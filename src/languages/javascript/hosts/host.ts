/** What a project shows of a host: any one of these is enough. */
export interface Traces {
  /** Packages among the dependencies of a package.json above the file. */
  readonly dependencies: readonly string[];
  /** Names among the `engines` of a package.json above the file. */
  readonly engines: readonly string[];
  /** Names before the `@` in `packageManager` of a package.json above the file. */
  readonly packageManagers: readonly string[];
  /** Files of the project's folder, or of the repository's root. */
  readonly files: readonly string[];
}

/** A program that provides modules to the code which it runs or builds, or maps folders of the project to names. */
export interface Host extends Traces {
  readonly host: string;
  /** What it provides. `*` ends a pattern and stands for the rest. */
  readonly modules: readonly string[];
  /**
   * Names that stand for folders, with those that each may mean, relative to the folder of the evidence. `{name}` is the
   * name of the package whose package.json is the evidence, `@*` any scope, whose name stands for `*` in its folders, and
   * an empty alias any name.
   */
  readonly aliases: readonly (readonly [alias: string, folders: readonly string[]])[];
  /** The aliases are scopes that a package could bear, and that mean none in a project of the host. */
  readonly isReserved: boolean;
  /** Where the host documents them. */
  readonly source: string;
  /** The day on which the row was written or last changed. */
  readonly date: string;
}

/** A row of a table. One without any trace is for modules whose names no package can bear. */
export type HostRow = Pick<Host, 'host' | 'source'> & Partial<Omit<Host, 'date'>>;

/** @returns The rows of a table that was written on a day. */
export function hostsOf(date: string, rows: readonly HostRow[]): readonly Host[] {
  return rows.map((row) => ({
    modules: [],
    aliases: [],
    isReserved: false,
    dependencies: [],
    engines: [],
    packageManagers: [],
    files: [],
    date,
    ...row,
  }));
}

/** @returns Whether nothing has to show the host, because nothing else could provide what it does. */
export function isKnownBySpelling({ dependencies, engines, packageManagers, files }: Traces): boolean {
  return dependencies.length + engines.length + packageManagers.length + files.length === 0;
}

/** @returns Whether a specifier is what a pattern names, exactly or up to a trailing `*`. */
export function matchesPattern(pattern: string, specifier: string): boolean {
  return pattern.endsWith('*') ? specifier.startsWith(pattern.slice(0, -1)) : specifier === pattern;
}

/** @returns The names of a tool's configuration file, by its name without ending. */
export function programFiles(name: string): readonly string[] {
  return ['ts', 'js', 'mts', 'mjs', 'cts', 'cjs'].map((ending) => `${name}.${ending}`);
}
