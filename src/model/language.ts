import type { ManifestContents } from './manifest.ts';
import type { EcosystemId, Package } from './package.ts';
import type {
  ImportKind,
  ImportTarget,
  InstallRun,
  Omission,
  Origin,
  ParsedImport,
  Reference,
  Step,
} from './reference.ts';
import type { PathSets } from './snapshot.ts';

/**
 * Program text of one language. `dialect` is the file extension that decides the grammar, without its
 * dot (`tsx`, `pyi`), whether it comes from a file's name or a container's `lang` attribute.
 */
export interface Source {
  readonly text: string;
  readonly dialect: string;
}

/**
 * What a quick look at a text can promise: a superset of the specifiers that the parser would find, or
 * nothing. Specifiers stand as the parser would give them; `names` are those that `from` imports may take out of them, as
 * far as a quick look tells.
 */
export type Scan =
  | {
      readonly kind: 'superset';
      readonly specifiers: ReadonlySet<string>;
      readonly names?: ReadonlyMap<string, ReadonlySet<string>>;
      /** Why modules may never be loaded, where that holds of every import of a specifier. */
      readonly omissions?: ReadonlyMap<string, Omission>;
      /** In what blocks imports of a specifier stand, in words that are the same where the blocks are. A second look. */
      readonly blocks?: (specifier: string) => Promise<ReadonlySet<string>>;
    }
  | { readonly kind: 'unsure'; readonly reason: string };

/**
 * What a parser found. Where it rejects (a part of) the text, `broken` says why and where, and
 * `imports` still holds what could be read; `approximate` ones came from the lenient reader.
 */
export interface Parsed {
  readonly imports: readonly ParsedImport[];
  readonly broken: Rejection | null;
}

/** Why a text is no program, or is not parsed. `offset` is where it stops being one. */
export interface Rejection {
  readonly message: string;
  readonly offset: number;
  /** Errors in the text, or a bound of the parsers that it exceeds: it may be a program all the same. */
  readonly cause: 'errors' | 'bound';
  readonly approximate: boolean;
  /** What the text is all the same, in words, so that its author has nothing to mend: a template. Left out otherwise. */
  readonly form?: string;
  /**
   * What only a parser could tell, as imports that name no module: each stands with a text by which the same doubt is
   * known again in another version. Where there is none, the imports that were found are all that can be there.
   */
  readonly doubts: readonly ParsedImport[];
}

/** Everything in a text that looks like an import, whether it is code or not, and what only a parser could tell. */
export interface Glance {
  readonly imports: readonly ParsedImport[];
  readonly doubts: readonly ParsedImport[];
}

export interface Parser {
  /** May be done by another thread. */
  parse(source: Source): Parsed | Promise<Parsed>;
  /** Parses what this thread carries; undefined for what is for a thread of another kind. Left out where there is nothing such. */
  parseHere?(source: Source): Parsed | undefined;
  /** For texts that are too long to be parsed: linear, and no parser. */
  glance(source: Source): Glance | Promise<Glance>;
}

/** A parser that does everything in the thread that asks. */
export interface SynchronousParser extends Parser {
  parse(source: Source): Parsed;
}

/** A request to resolve one import of a file. No `target` kind or names are known after a scan. */
export interface ResolveRequest {
  /** Path of the importing file, relative to the root, with `/`. */
  readonly file: string;
  readonly specifier: string;
  /** Names of a `from` import; null when they are not known (after a scan): the strictest reading holds. */
  readonly names: readonly string[] | null;
  /** After a scan: names that a `from` import may take, as far as the scan tells. */
  readonly scannedNames?: ReadonlySet<string> | undefined;
  /** null when it is not known (after a scan): the strictest reading holds. */
  readonly kind: ImportKind | null;
  /** Why the module may never be loaded: the file and the project's settings tell whether that holds. */
  readonly omission?: Omission | undefined;
  /** The program handles the module's absence. */
  readonly optional?: boolean;
  /** Files that the program has written before the import, from the root: parts of a notebook do. */
  readonly writtenModules?: readonly string[];
  /** The specifier is only what a longer one begins with, up to a slash. */
  readonly isHead?: true;
  /** A path of which only the program's run tells where it starts or ends: nobody can tell whether there is such a file. */
  readonly isOpen?: true;
  /** The specifier is a program that a runner starts by its name, and fetches where the project has none. */
  readonly program?: ProgramRequest;
  /**
   * Does the whitelist approve a package? Given by those who ask only whether an import is settled: where it
   * approves the package, it does not matter whether the project has a module of the same name.
   */
  readonly approves?: (subject: Package) => boolean;
}

/** The ecosystem of a program that a runner starts, and whether a person is asked before it is fetched. */
export type ProgramRequest = Pick<Extract<ImportTarget, { kind: 'program' }>, 'ecosystem' | 'isAsked'>;

/** Where (a part of) an import leads. `names` are those of the request that lead there. */
export interface Resolution {
  readonly origin: Origin;
  readonly names: readonly string[];
  /** What kind of import it is, where file and settings tell more than the import itself: all are types in a `.d.ts` file. */
  readonly kind?: ImportKind;
}

/** A file of the project's configuration that is not what its syntax demands; what it maps is not followed. */
export interface UnreadableConfig {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** What is wrong there. */
  readonly message: string;
}

/** Resolves the imports of one language in one project. `trace` receives the steps, for `explain`. */
export interface Resolver {
  resolve(request: ResolveRequest, trace?: (step: Step) => void): Promise<readonly Resolution[]>;
  /**
   * @returns The packages that a whole specifier names, not a part of what they provide, wherever the project has
   *   nothing of that name; the usual one first. Asks for no file.
   */
  providers(specifier: string): Promise<readonly Package[]>;
  /**
   * Asked only about an import that something is said about: nothing is read for this that resolution does not
   * read anyway.
   *
   * @returns The configuration that might have settled the import and can't be read, nearest first.
   */
  unread(request: Pick<ResolveRequest, 'file' | 'specifier'>): Promise<readonly UnreadableConfig[]>;
}

/** A specifier by which programs may import a file, and the folder that they would have to import from. */
export interface ImportableName {
  readonly specifier: string;
  readonly folder: string;
  /** Specifiers that it would be a part of, the outermost first. Left out where it is a part of none. */
  readonly holders?: readonly string[];
}

/** The files of a snapshot, as a project's description may ask for them. Paths are relative, with `/`. */
export interface Files {
  /** Which of the paths are regular files (not symbolic links, not submodules) of the snapshot. */
  existing(paths: readonly string[]): Promise<ReadonlySet<string>>;
  /** The file's text, or undefined where the snapshot has no such file or it can't be read. */
  text(path: string): Promise<string | undefined>;
  /** Every path of the snapshot; more expensive than `having` and `text`: ask last. */
  list(): Promise<readonly string[]>;
  /** All paths where the snapshot was listed already; null, or no such question, where it was not. */
  listed?(): PathSets | null;
  /**
   * The files that may hold one of some words, in which neither a letter, a digit nor `_` stands beside it; null, or no such
   * question, where nobody knows before they are read.
   */
  holding?(words: readonly string[]): Promise<readonly string[] | null>;
  /** The symbolic links that lead to files of the snapshot, each with its end. Left out where there can be none. */
  readonly links?: () => Promise<ReadonlyMap<string, string>>;
}

/** What a language needs to know of the project to resolve its imports. */
export interface Project {
  readonly files: Files;
  /**
   * The states whose word counts where the project shows that a host provides modules: what only a change says is
   * nobody's decision. `files` itself where no change is judged.
   */
  readonly trusted: readonly Files[];
  /** Extra first-party module names from the config (`localModules`). */
  readonly localModules: readonly string[];
  /** Extra modules that the host provides, from the config (`ambient`). */
  readonly ambient: readonly string[];
  /** What people wrote into `imports` of whitelist entries: module to package names of this language's ecosystem. */
  readonly imports: ReadonlyMap<string, readonly string[]>;
  /**
   * All modules of some packages, by name, as a version of each showed them. They take no module from a package that is
   * known for it.
   */
  readonly recorded: ReadonlyMap<string, readonly string[]>;
}

/** What a program says as the manifest of its own file. */
export type ProgramManifest = Pick<ManifestContents, 'dependencies' | 'registries'>;

/** How programs of a language use a module by its own name, without having said what they call it. */
export interface OwnNames {
  /**
   * @param following The text behind the specifier.
   * @returns The name that the program uses what is imported by: `numpy` of `import numpy.linalg`; null where the
   *   statement gives it another one, or names what it takes out of it.
   */
  boundName(imported: Pick<Reference, 'kind' | 'names' | 'specifier'>, following: string): string | null;
  /** @returns Whether a program uses a name, besides importing what bears it. Where nobody can tell, it does. */
  isUsed(text: string, name: string): boolean;
  /** @returns A specifier as a statement imports it under a name: `numpy as np`. */
  renamed(specifier: string, name: string): string;
}

/** How notebooks say that their cells are programs of a language. */
export interface NotebookNames {
  /**
   * @param name Of a kernel, or what a kernel, a cell or an editor calls a language, in any case of letters.
   * @returns The dialect of the cells of a notebook with this name; undefined for names that are not the language's.
   */
  dialectOf(name: string): string | undefined;
  /**
   * What notebooks call the language where it is that of cells whose notebook names no kernel: Jupyter's own is IPython's.
   * null elsewhere.
   */
  readonly usualName: string | null;
}

/** One programming language. Adding one is a folder in `src/languages` and a line in its list. */
export interface Language {
  readonly id: string;
  /** Of the packages that its programs import; null where each reference says its own. */
  readonly ecosystem: EcosystemId | null;
  /** File extensions without their dot, lower case. */
  readonly extensions: readonly string[];
  /** What editors call it and its dialects, with the extension of a text that was never saved. */
  readonly editorIds: ReadonlyMap<string, string>;
  /** null where no kernel runs the language, or its cells are not read. */
  readonly notebooks: NotebookNames | null;
  /** What begins a comment that ends with its line. */
  readonly lineComment: string;
  /** Matches the interpreter of a `#!` line, or of what stands for one, whose words are parted by blanks. */
  readonly interpreter: RegExp;
  /**
   * @param text Of a whole file, read as UTF-8.
   * @returns The encoding that a program declares, by its label in the Encoding Standard, where the file is not to be read as
   *   UTF-8. Left out where programs declare none.
   */
  encoding?(text: string): string | undefined;
  /**
   * Meets every text that may have been meant to import something, broken or not. Whether others are programs changes nothing
   * where the scan finds no import in them.
   */
  readonly importWords: RegExp;
  /** May load its modules first, so that a commit without the language does not. */
  scan(source: Source): Scan | Promise<Scan>;
  /** @returns What a scan finds but for what stands in a comment or string for certain, as far as that can be told without a parser. */
  scanCode(source: Source): Promise<Scan>;
  /** What a program has installed; asked where packages are looked up. Left out where programs install nothing. */
  installs?(source: Source): Promise<readonly InstallRun[]>;
  /**
   * What a program declares that it needs, and from where, as a manifest does, but for its own file alone. Left out where
   * programs declare nothing.
   */
  declares?(source: Source): Promise<ProgramManifest>;
  /**
   * @returns The file that the text writes when it runs, with its path from the folder of its own; undefined where it writes
   *   none, or does not say where. Left out where no text does.
   */
  writes?(source: Source): string | undefined;
  /** How imports bind names that they do not say. Left out where each says what it binds. */
  ownNames?(): Promise<OwnNames>;
  /** Every name without a path that a file may have as a module of the project, told by its path alone. */
  importableNames(path: string): readonly ImportableName[];
  /**
   * Could a file hold settings that say where specifiers lead? Told by its name.
   */
  mapsNames(path: string): boolean;
  /** What of such a file may say where specifiers lead: texts with the same part map alike. '' where nothing does. */
  mappingText(path: string, text: string): Promise<string>;
  /** The name of a file that makes its folder a module. */
  readonly folderModule: string;
  /** Loads the parser's modules; cheap after the first call. */
  parser(): Promise<Parser>;
  resolver(project: Project): Resolver;
}

/** A part of a segment's text that a file holds at a place of its own. */
export interface SegmentPiece {
  /** Offsets in the segment's text. */
  readonly start: number;
  readonly end: number;
  /** The offset in the file at which it begins. */
  readonly at: number;
  /** The offset in the file at which it ends, where it is spelled there in other characters. */
  readonly atEnd?: number;
}

/**
 * Where the text of a segment stands. `offset`: in the file from there on, verbatim but for blanks in place of what is no
 * program. `cell`: in the cell of a notebook, counted from 1, with lines of its own. `pieces`: its parts stand at several
 * places of the file, in the order of the text; what lies between them stands nowhere.
 */
export type SegmentPlace =
  | { readonly kind: 'offset'; readonly start: number }
  | { readonly kind: 'cell'; readonly cell: number }
  | { readonly kind: 'pieces'; readonly pieces: readonly SegmentPiece[] };

/** A piece of program text inside a container file. */
export type Segment = Source & {
  readonly language: string;
  readonly at: SegmentPlace;
  /**
   * Present where the text may be what a template engine makes a program of (`{{ user }}` in an HTML page):
   * then a rejection by the parser is no fault.
   */
  readonly template?: true;
  /** Present where the text is a script of a page, in which AMD may be at hand and Node is not. */
  readonly page?: true;
  /** Present where commands run without a person who could refuse what a runner is about to fetch. */
  readonly unattended?: true;
};

/** What a container holds: its segments, and a reason where (a part of) it can't be read. */
export interface Contained {
  readonly segments: readonly Segment[];
  readonly broken: { readonly message: string; readonly offset: number } | null;
}

/** Reads the program text of other languages out of a file format: a notebook, a Vue component. */
export interface Container {
  readonly id: string;
  contents(text: string): Contained | Promise<Contained>;
}

/** A container that needs no module to be loaded when it reads. */
export interface SynchronousContainer extends Container {
  contents(text: string): Contained;
}

/** A file format that holds program text. Adding one is a file in `src/containers` and a line in its list. */
export interface ContainerFormat {
  /** Without their dot, lower case. */
  readonly extensions: readonly string[];
  /** What editors call a text of this format; null where they open its parts one by one, or have no word for it. */
  readonly editorId: string | null;
  /** Present where commands are what the format holds, and its files are told by their names. */
  readonly commands?: CommandFiles;
  /** Loads the modules that read it; cheap after the first call. */
  container(): Promise<Container>;
}

/** Files that hold commands: which these are, and who runs what they say. */
export interface CommandFiles {
  /** Names without folders, in lower case. */
  readonly fileNames: readonly string[];
  /**
   * How the paths of further files end: `*` stands for any part of a name, `**` for folders, or none. What begins with a
   * slash is a whole path.
   */
  readonly paths: readonly string[];
  /** By these names, told without a look at the file. Capitals make no difference. */
  matches(path: string): boolean;
  /**
   * Who runs the commands. `agent`: a coding assistant, or a program that starts with it. `build`: what builds, tests or
   * deploys the project. `reader`: whoever reads the page.
   */
  readonly runBy: 'agent' | 'build' | 'reader';
  /** Nobody sees what a command asks before it goes on: neither an assistant nor what builds an image answers. */
  readonly isUnattended: boolean;
  /** Words of a text that holds programs of other languages than the shell's. Left out where there are none. */
  readonly otherPrograms?: RegExp;
}
