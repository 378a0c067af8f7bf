import type { Installation } from './installed.ts';
import type { Package } from './package.ts';

/** What can stand in an entry's `imports`, and what a package claims that belongs to others. */
export interface ChosenModules {
  /** Empty where the package's name tells its module. */
  readonly imports: readonly string[];
  readonly foreign: readonly string[];
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
  /**
   * @param name A module, or a name that is written as if it were a package's (`PIL` in a manifest).
   * @returns Names of the packages that the bundled map has for it, the usual one first; a name in another spelling
   *   than the module's (`pil`) counts where no module is spelled so.
   */
  providersOf(name: string): readonly string[];
  /** @returns The longest of some modules that a specifier is, or lies in; undefined where it lies in none. */
  moduleAround(specifier: string, modules: readonly string[]): string | undefined;
  /** @returns Whether the bundled map says which modules a package provides, beyond one of its own name. */
  isMapped(name: string): boolean;
  /**
   * Chooses, of the modules that an environment or an archive shows, those that an approval should cover. A module
   * that is known to belong to another package is left out: who approves one package does not approve the imports of
   * another.
   *
   * @param isKnown Is a package well known, or the project's own choice?
   */
  chooseModules(
    name: string,
    modules: readonly string[],
    isKnown: (candidate: Package) => boolean,
  ): ChosenModules;
  /**
   * Chooses, of the modules that packages were found to provide, those that resolution would not lead back to them:
   * `imports` of the whitelist says it for these.
   *
   * @param declared Names of everything that is declared: a module that the bundled map gives to one of them stays
   *   with it.
   */
  unknownModules(
    installed: ReadonlyMap<string, readonly string[]>,
    declared: ReadonlySet<string>,
  ): ReadonlyMap<string, readonly string[]>;
  /** @returns Modules by package, for those of the given packages that are installed for the project. */
  installedModules(
    names: ReadonlySet<string>,
    installation: Installation,
  ): Promise<ReadonlyMap<string, readonly string[]>>;
}
