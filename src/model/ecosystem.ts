import type { InstallCommands } from './command.ts';
import type { InstallPermissions } from './install-permission.ts';
import type { InstalledPackages } from './installed.ts';
import type { LockfileFormat } from './lockfile.ts';
import type { ManifestFormat } from './manifest.ts';
import type { ModuleNames } from './module-names.ts';
import type { EcosystemId } from './package.ts';
import type { PopularNames } from './popular-names.ts';
import type { EcosystemRegistry } from './registry.ts';
import type { NonEmpty } from './text.ts';

/**
 * What names look like, for whatever can't call a function: the schema of the whitelist. Each expression meets a whole
 * text, and has no flag but `u`.
 */
export interface NameGrammar {
  /** Every name that is `valid`, and longer ones. */
  readonly name: RegExp;
  /** In UTF-16 code units. */
  readonly longestName: number;
  /** What `scopeOf` gives for some name; null where it never gives anything. */
  readonly scope: RegExp | null;
  /** A scope as people have one, for messages; null where there are none. */
  readonly exampleScope: string | null;
  /** What `importableModule` takes. */
  readonly module: RegExp;
}

/** A package that the project has as a folder, while a line or a command asks the registry for its name. */
export interface OwnPackage {
  readonly name: string;
  /** From the folder of the file that asks: `./api`, `../api`, `.`. */
  readonly folder: string;
  readonly isCommand: boolean;
}

/** How people hear of names. */
export interface NameWords {
  /** What a name is, behind “is not a valid”: `npm package name`. */
  readonly kind: string;
  /** How a name is written, in whole sentences. */
  readonly form: string;
}

/** How one packaging ecosystem names its packages. */
export interface EcosystemNames {
  /** Also the package-URL type. */
  readonly id: EcosystemId;
  /** What people call its registry. */
  readonly title: string;
  readonly words: NameWords;
  /** The spelling in which two names of the same package are equal. */
  canonical(name: string): string;
  grammar(): NameGrammar;
  /** Could the registry hold a package of this name? */
  valid(name: string): boolean;
  /**
   * What to do about an import of what no package can be called, in whole sentences; left out where the module may be a part
   * of the project, of its host, or of a package with another name.
   */
  readonly remedyWithoutPackage?: { readonly correction: string; readonly exception: string };
  /** Can a dependency line give its package another name, under which programs import it? */
  readonly aliases: boolean;
  /**
   * @returns The part of a name that one owner has, with all names below it: `@acme`, `github.com/acme`; null where the
   *   name has none. The scope and `/*` is the only pattern in a whitelist.
   */
  scopeOf(name: string): string | null;
}

/**
 * One packaging ecosystem: which packages exist, and where they come from. Adding one is a folder in
 * `src/ecosystems` and a line in its list. What it does not have is null, with the reason in `without`.
 */
export interface Ecosystem extends EcosystemNames {
  /** Is a whitelist without `covers` the authority for it? So it is for those that there were before that key. */
  readonly isCoveredByDefault: boolean;
  /** What OSV calls it (https://ossf.github.io/osv-schema/#affectedpackage-field). */
  readonly osvName: string | null;
  /** @returns How much of a specifier, from its start, names the package: `lodash` of `lodash/fp`. */
  packagePart(specifier: string): string;
  /** May a program write such a text to import something, whether a package has it or not? Of what it never writes, false. */
  isSpecifier(text: string): boolean;
  /** Is a text most likely one of this ecosystem, where a project tells nothing? */
  isUnmistakable(name: string): boolean;
  /**
   * @returns The packages in which what bears a name that no package has may lie, the likeliest first: only a registry tells.
   *   Left out where a name alone tells its package.
   */
  readonly holdersOf?: (name: string) => readonly string[];
  /** @returns What a program writes to import a package of which nothing more is known. */
  defaultSpecifier(name: string): string;
  /**
   * @returns A module that a package may provide, in the spelling that resolution compares; undefined for what no
   *   program can import.
   */
  importableModule(text: string): string | undefined;
  /** @returns What names have in common that people take for each other. Texts with line ends are read line by line. */
  lookalikeKey(name: string): string;
  /**
   * @returns Whether two names have the same owner for certain, so that neither imitates the other. Left out where their scopes
   *   tell all of it.
   */
  isSameOwner?(name: string, otherName: string): boolean;
  /** @returns How a line, or a command, takes a package of the project: a clause behind “If the project’s own is meant,”. */
  ownPackageAdvice(subject: OwnPackage): string;
  /** Are names paths, of which most share their first parts? Then only what is misspelled tells which one was meant. */
  readonly areNamesPaths: boolean;
  /** What names of plug-ins begin with: `babel-plugin-`. */
  readonly pluginPrefixes: readonly string[];
  /** Names that everybody has met: few enough to be at hand in every run. */
  readonly topPackages: readonly string[];
  /** Does a range admit a version? Left out where members of a workspace are linked by their names alone. */
  readonly admits?: () => Promise<(range: string, version: string) => boolean>;
  /** Whether two texts are one version. */
  readonly isSameVersion: () => Promise<(left: string, right: string) => boolean>;
  /** Every format in which its dependencies are declared. */
  readonly manifests: readonly ManifestFormat[];
  /** Every format in which its package managers write down what they have resolved. */
  readonly lockfiles: (() => Promise<readonly LockfileFormat[]>) | null;
  /** Widely used names, beyond those at the top. */
  readonly popular: (() => Promise<PopularNames>) | null;
  /** Which package provides which module, where programs import modules that bear other names than packages. */
  readonly modules: (() => Promise<ModuleNames>) | null;
  /** The ids of the formats whose files say which registry a name belongs to. */
  readonly registryFiles: readonly string[];
  readonly registry: (() => Promise<EcosystemRegistry>) | null;
  readonly installed: (() => Promise<InstalledPackages>) | null;
  /** What commands of its tools mean, where they name packages. */
  readonly installCommands: InstallCommands | null;
  /** Where a project says what packages may do while they are installed. */
  readonly installPermissions: InstallPermissions | null;
  /** Names of the manifests that a quick fix adds a package to, the first choice first. */
  readonly declaringFiles: NonEmpty<string> | null;
  /** Why a field is null, in one sentence. */
  readonly without: Readonly<Partial<Record<OptionalPart, string>>>;
}

/** What an ecosystem may lack. */
export type OptionalPart =
  | 'osvName'
  | 'lockfiles'
  | 'popular'
  | 'modules'
  | 'registry'
  | 'installed'
  | 'installCommands'
  | 'installPermissions'
  | 'declaringFiles';
