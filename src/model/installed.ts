import type { Package } from './package.ts';

/** The files of a machine, for what has to look beyond the project. */
export interface InstalledFiles {
  /** @returns The sorted names in a folder; none where it can't be listed. */
  entries(folder: string): Promise<readonly string[]>;
  /** @returns The text of a file; '' where it can't be read, since what is installed only suggests. */
  text(file: string): Promise<string>;
}

/** Where installed packages are looked for: the project's top folder, absolute, and the variables of the process. */
export interface Installation {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly files: InstalledFiles;
  /**
   * @param folder Absolute.
   * @returns Whether git tracks files in it: then a commit could say what is installed, and it is not looked into.
   */
  readonly isTracked: (folder: string) => Promise<boolean>;
}

/** A package that is installed where the project looks for it. */
export interface InstalledPackage {
  readonly package: Package;
  /** A sentence about it. */
  readonly text: string;
  /** What shows it, relative to the project's top folder. */
  readonly file: string;
}

/** What of an ecosystem is installed on this machine, read as files: nothing of it is ever run. */
export interface InstalledPackages {
  /**
   * @param specifier What a program imports.
   * @param name The package that is expected to provide it.
   */
  providers(
    specifier: string,
    name: string,
    installation: Installation,
  ): Promise<readonly InstalledPackage[]>;
}
