import type { Dependency, RegistryLine } from './manifest.ts';
import type { EcosystemId, Package } from './package.ts';
import type { NonEmpty, Place, Span } from './text.ts';

/**
 * How an import is written. `type` imports exist for a type checker only; they are judged like all others. An `install` is
 * none: a command, or the metadata of a script, names what is to be installed.
 */
export type ImportKind = 'static' | 'dynamic' | 'require' | 'type' | 'install';

/** A name that an import statement takes out of its module. */
export interface ImportedName {
  readonly name: string;
  readonly span: Span;
}

/** What a program says of where a package comes from, or packages: what the line of a manifest says that means the same. */
export type SourceLine =
  | { readonly kind: 'dependency'; readonly dependency: Dependency }
  | { readonly kind: 'registry'; readonly ecosystem: EcosystemId; readonly registry: RegistryLine };

/**
 * What a program has installed at once, with the indexes that it names for this. `metadata` is the text of a script's
 * own; a `command` installs packages of the canonical `names`, from `addresses` as they are written.
 */
export type InstallRun =
  | { readonly kind: 'metadata'; readonly text: string }
  | {
      readonly kind: 'command';
      readonly ecosystem: EcosystemId;
      readonly names: readonly string[];
      readonly index: string | null;
      readonly extra: readonly string[];
      readonly noIndex: boolean;
    };

/**
 * What an import asks for: a module, by its specifier with escapes resolved and no quotes; a package
 * itself, by its distribution name (script metadata, `%pip install`); a program that a runner (npx, bunx) starts by its
 * name, and fetches where the project has none; or something that nobody can tell without running the program, as source
 * text. A `line` says where it leads, if not what is served there.
 */
export type ImportTarget =
  | {
      readonly kind: 'literal';
      readonly specifier: string;
      readonly names: readonly ImportedName[];
      /** A path of which only the program's run tells where it starts or ends. */
      readonly isOpen?: true;
    }
  | {
      readonly kind: 'package';
      readonly ecosystem: EcosystemId;
      readonly name: string;
      /** Other packages that what is named may lie in, where its name alone does not tell which. Left out where it does. */
      readonly alternatives?: readonly string[];
    }
  | {
      readonly kind: 'program';
      readonly ecosystem: EcosystemId;
      readonly name: string;
      /** A person is asked before it is fetched. */
      readonly isAsked: boolean;
    }
  | {
      readonly kind: 'unclear';
      readonly expression: string;
      readonly line?: SourceLine;
      /** What a name that is put together begins with for certain, where that may tell a package: `@acme/core/lang/`. */
      readonly head?: string;
    };

/**
 * - `types`: the program uses nothing but types of the import, so that a compiler drops it.
 * - `mock`: the program gives a test runner a mock that stands in for the module.
 * - `wildcard`: a wildcard import takes in all names of something else, and one of them may be what is meant.
 * - `module`: the same, and it counts where the project has a module of that name.
 * - `macro`: it stands in what a macro takes, and what that makes of it only the compiler can tell.
 * - `word`: the language has something of that name, or writes its types so.
 * - `compiler`: the program asks for what its compiler is made of, which bears names as packages do.
 */
export type Omission = 'types' | 'mock' | 'wildcard' | 'module' | 'macro' | 'word' | 'compiler';

/** One import as a language's parser reads it. `span` covers the specifier as written, without its quotes. */
export interface ParsedImport {
  readonly kind: ImportKind;
  readonly target: ImportTarget;
  readonly span: Span;
  /** The program handles the module's absence: an `except ImportError` alternative, an optional dependency. */
  readonly optional: boolean;
  /** Why its module may never be loaded; the file and the project's settings decide. */
  readonly omission?: Omission;
}

/**
 * Where a reference leads. `alternatives` are packages that provide the same module, any of which may
 * stand in for `package` when it is approved: `opencv-python-headless` for `cv2`, `@types/node` for a
 * type-only import of `node`.
 */
export type Origin =
  | { readonly kind: 'builtin'; readonly host: string }
  | { readonly kind: 'local'; readonly file: string | null }
  | { readonly kind: 'missing'; readonly module: MissingModule }
  | { readonly kind: 'ambient'; readonly host: string }
  | {
      readonly kind: 'package';
      readonly package: Package;
      readonly alternatives: readonly Package[];
      /**
       * Packages that bear the same name with an affix, where nothing but its name tells whose the module is: one stands in
       * where somebody decided about it or declares it.
       */
      readonly namesakes?: readonly Package[];
      /** All modules of the package, where they are known and what is imported is none of them. */
      readonly provides?: NonEmpty<string>;
      /** What the program itself takes from elsewhere. */
      readonly lines?: readonly Dependency[];
    }
  | { readonly kind: 'unknown'; readonly reason: string; readonly line?: SourceLine };

/** A module of the project's own that is not there, and that nothing of the project makes. */
export interface MissingModule {
  /** Where it would have to be, from the root, without the endings that the language adds. */
  readonly path: string;
  /** The file that bears the name but for its case, which only some systems take for the same; null where none does. */
  readonly otherCase: string | null;
  /** How the importing file writes what is there and spelled nearest; null where nothing is near. */
  readonly nearest: string | null;
}

/** One step of a resolution, for `explain`: what was looked at, and where the evidence stands. */
export interface Step {
  readonly text: string;
  readonly file: string | null;
  readonly line: number | null;
}

/** An import after resolution: one place of one file that leads to one origin. */
export interface Reference {
  readonly kind: ImportKind | 'dependency';
  /** What the specifier names: a module that programs load, or a package that is to be installed. */
  readonly form: 'module' | 'package';
  readonly specifier: string;
  /** The names of a `from` import that lead to this origin; empty for all other forms. */
  readonly names: readonly string[];
  readonly optional: boolean;
  /** Read by the lenient reader, because the parser rejects the file: it may stand in a comment or string. */
  readonly approximate: boolean;
  readonly place: Place;
  /** The line of source text that it stands in; null where that is too long to show. */
  readonly excerpt: string | null;
  readonly origin: Origin;
  /** Why a comment of the line ignores it; '' where the comment does not say, left out where none names it. */
  readonly ignoreReason?: string;
}

/** @returns Whether a program names a package in order to install it: `%pip install x`, the metadata of a script. */
export function isInstall({ form, kind }: Pick<Reference, 'form' | 'kind'>): boolean {
  return form === 'package' && kind !== 'dependency';
}

/** All references of one file to one package. */
export interface Use {
  readonly file: string;
  /** A language's id, or the format of a manifest (`package.json`, `requirements.txt`). */
  readonly language: string;
  readonly package: Package;
  readonly references: NonEmpty<Reference>;
}
