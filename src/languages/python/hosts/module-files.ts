/** A file of a host that a project holds. */
export interface HostFile {
  readonly path: string;
  readonly text: string;
}

/** Reads a file by its path from the root; undefined where there is none. */
export type TextAt = (path: string) => Promise<string | undefined>;

/** A folder from which a host imports, and the part of the project whose files it imports for. */
export interface HostRoot {
  readonly folder: string;
  readonly prefix: string;
  readonly scope: string;
}

/** What a file says of modules that are the project's own. */
export interface OwnModules {
  readonly roots: readonly HostRoot[];
  /** Modules that the file itself is made into, or that it has built. */
  readonly modules: readonly string[];
  /** Whether the project's files are copied to where they run, so that modules of any folder find each other. */
  readonly isCopied?: boolean;
}

/** Files by which a project tells where its own modules are: a host that runs it, or a tool that builds it. */
export interface ModuleFiles {
  readonly host: string;
  readonly files: RegExp;
  /** Files without which none of them is read; left out where their own names are rare. */
  readonly besides?: RegExp;
  /** So many are read at most, where there may be more than of other files. */
  readonly most?: number;
  /** `textAt` reads another file of the same state, by its path from the root. */
  readonly read: (file: HostFile, textAt: TextAt) => OwnModules | Promise<OwnModules>;
  /** Where the host documents it. */
  readonly source: string;
  /** The day on which the row was written or last changed. */
  readonly date: string;
}
