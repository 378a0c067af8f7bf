import type { Installation } from './installed.ts';

/** What a version of a package provides, as an archive or an installation of it shows. */
export interface ShownModules {
  readonly version: string;
  readonly modules: readonly string[];
}

/** What is known of names besides the modules of packages. */
export interface KnownNames {
  /** Does the language itself, or another package that people know, hold a module of this name? */
  readonly isHeld: (module: string) => boolean;
  /** Is a package so widely used that its modules were looked at when the bundled map was made? */
  readonly isWellKnown: (name: string) => boolean;
}

/** What can stand in an entry's `imports`, and what a package claims that belongs to others. */
export interface ChosenModules {
  /** Empty where the bundled map and the package's name tell all of them. */
  readonly imports: readonly string[];
  readonly foreign: readonly string[];
}

/** A module of the bundled map, and the packages that provide it, the usual one first. */
export interface ModuleProviders {
  readonly module: string;
  readonly packages: readonly string[];
}

/** Which package provides which module, in an ecosystem where the names of both differ. Names are canonical. */
export interface ModuleNames {
  /** @returns The module that a package of this name has unless somebody says otherwise. */
  defaultModuleName(name: string): string;
  /**
   * @returns The modules that the bundled map has for a package; where it has none, the one that its name gives, which
   *   is a guess.
   */
  modulesOf(name: string): readonly string[];
  /** @returns What the bundled map has for the longest module that a specifier is, or lies in; undefined for none. */
  providersOf(specifier: string): ModuleProviders | undefined;
  /**
   * @param name A module, or a name that is written as if it were a package's (`PIL` in a manifest).
   * @returns Names of the packages that the bundled map has for it, the usual one first; a name in another spelling
   *   than the module's (`pil`) counts where no module is spelled so.
   */
  providersLike(name: string): readonly string[];
  /** @returns The longest of some modules that a specifier is, or lies in; undefined where it lies in none. */
  moduleAround(specifier: string, modules: readonly string[]): string | undefined;
  /** @returns All modules of a package, where the bundled map has them; undefined where it has none, or only some. */
  allModulesOf(name: string): readonly string[] | undefined;
  /** @returns Whether the bundled map lists a module of a package. */
  isMapped(name: string): boolean;
  /** @returns Whether nothing but the name of a module tells which package provides it. */
  isGuess(module: string): boolean;
  /**
   * Chooses, of the modules that a version of a package showed, those that its entry is to record. A module that belongs
   * to another package is left out: who approves one package does not approve the imports of another.
   */
  chooseModules(name: string, modules: readonly string[], names: KnownNames): ChosenModules;
  /** @returns What those of the given packages show that are installed for the project. */
  installedModules(
    names: ReadonlySet<string>,
    installation: Installation,
  ): Promise<ReadonlyMap<string, ShownModules>>;
}
