import type { Files } from './language.ts';
import type { ParsedImport } from './reference.ts';
import type { NonEmpty, Span } from './text.ts';

/** One word of a command, as the program gets it: without quotes, and with escapes resolved. */
export interface CommandWord {
  /** What only a run can tell stands in it as it is written: `$version`, `${{ matrix.python }}`, `*.whl`. */
  readonly text: string;
  /** The parts of `text` that only a run can tell, in their order. */
  readonly dynamic: readonly Span[];
  /** @returns Where a part of `text` stands in the source. */
  readonly spanOf: (part: Span) => Span;
}

/** Stands for all variables that a command would have: `env -i` takes them away. */
export const EVERY_VARIABLE = '*';

/** A variable that is set for a command, or for those that follow; to nothing where it is taken away. */
export interface Assignment {
  readonly name: string;
  readonly value: CommandWord;
}

/** One simple command, without what only starts it: `sudo`, `env`, `timeout 9`. */
export interface Command {
  /** null where variables are set for what follows, and nothing is started. */
  readonly program: CommandWord | null;
  /** What stands behind the program. */
  readonly words: readonly CommandWord[];
  readonly assignments: readonly Assignment[];
}

/** What a command starts in turn: its words from one on, or a text that a shell reads. */
export type InnerCommand =
  | { readonly kind: 'words'; readonly words: readonly CommandWord[] }
  | { readonly kind: 'text'; readonly text: CommandWord };

/** What a command has installed. */
export interface CommandReading {
  readonly imports: readonly ParsedImport[];
  /** What it names the registries by, as written: the one in the place of the usual one, and those that are asked too. */
  readonly index: string | null;
  readonly extra: readonly string[];
  /** It has no registry asked. */
  readonly noIndex: boolean;
  readonly inner: readonly InnerCommand[];
}

/** Reads commands of the tools of one ecosystem. */
export interface InstallReader {
  /** @returns undefined where the command is none of its tools', or brings no package and says nothing of registries. */
  read(command: Command): CommandReading | undefined;
  /** @returns Whether a command installs what manifests and lockfiles say, besides what it names. */
  installsProject(command: Command): boolean;
}

/** The tools of an ecosystem that install what a command names. */
export interface InstallCommands {
  /**
   * Meets every text, without its quotes and backslashes, that may name a package by these tools; others as well. It loads
   * nothing.
   */
  readonly quick: RegExp;
  /** Commands that everybody who installs packages knows, for texts that name a few: `npm install`. */
  readonly examples: NonEmpty<string>;
  /** Meets the names of variables that may say where packages come from, and few others. */
  readonly variables: RegExp;
  readonly reader: () => Promise<InstallReader>;
  /** Whose programs its runners start; null where a runner takes a program's name for that of a package. */
  readonly programs: (() => Promise<ProgramPackages>) | null;
}

/** What has a program: the project itself, by its manifest, or a package that the project declares. */
export type ProgramOwner =
  { readonly kind: 'project'; readonly file: string } | { readonly kind: 'package'; readonly name: string };

/** Where a runner is started: a file of a state, and the states whose word counts. */
export interface ProgramPlace {
  readonly file: string;
  readonly files: Files;
  readonly trusted: readonly Files[];
}

/** Finds what has a program that a runner starts. */
export interface ProgramPackages {
  /** @returns null where the project has nothing of the name, so that a runner fetches the package of that name. */
  find(name: string, place: ProgramPlace): Promise<ProgramOwner | null>;
}
