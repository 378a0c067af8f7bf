import { posix } from 'node:path';
import type { Files, Project } from '../../../model/language.ts';
import type { MissingModule } from '../../../model/reference.ts';
import { folderOf, foldersAbove, inFolder, isWithin } from '../../../text/paths.ts';
import { TrackedNames } from '../../shared/tracked-names.ts';
import { UntrackedFiles } from '../../shared/untracked-files.ts';
import { matchesPattern } from '../hosts/host.ts';
import { builtFrom } from './built-modules.ts';
import { copyReason } from './copied-files.ts';
import { Folders } from './folders.ts';
import { modulesByName, nearestModule } from './nearest-module.ts';
import { outputReason } from './outputs.ts';
import type { OwnState } from './own-modules.ts';
import { Reader } from './reader.ts';
import { isProgram, moduleCandidates } from './targets.ts';
import { tsconfigSource } from './tsconfig.ts';

/** A module that is looked for in the project. */
export interface Sought {
  /** From the root, with or without an ending: any of them is enough, and the first is told of. */
  readonly paths: readonly [string, ...(readonly string[])];
  /** As the importing file writes it. */
  readonly specifier: string;
  /** The importing file. */
  readonly file: string;
}

/** A name that nobody gives a file: what says something of it says that of every name. */
const ANY_NAME = '0-any-name-0';

/** Endings of the files that a path may be written for without its ending, as builds write them. */
const OUTPUTS = ['', '.ts', '.tsx', '.js', '.jsx', '.mjs', '.cjs', '.d.ts', '.json'];

/** Why modules of a project are not in its tree, and what is there instead. Asked only for a module that is not there. */
export class Absences {
  readonly #project: Pick<Project, 'files' | 'trusted' | 'localModules'>;
  readonly #state: OwnState;
  readonly #trusted: readonly (OwnState & { readonly files: Files })[];
  readonly #names: TrackedNames;
  readonly #untracked: UntrackedFiles;
  #modules: Promise<ReadonlyMap<string, readonly string[]>> | undefined;

  constructor(project: Pick<Project, 'files' | 'trusted' | 'localModules'>, state: OwnState) {
    const { files, trusted } = project;
    this.#project = project;
    this.#state = state;
    this.#trusted = trusted.map((base) => ({ files: base, ...(base === files ? state : stateOf(base)) }));
    this.#names = new TrackedNames(files);
    this.#untracked = new UntrackedFiles(trusted);
  }

  /** @returns Why the project has the module although no file of its name is tracked, in words; undefined where nothing says so. */
  async excuse(sought: Sought): Promise<string | undefined> {
    if (this.#trusted.length === 0) return 'there is no state to compare it with';
    const local = this.#localModule(sought);
    if (local !== undefined) return `localModules of the config names ${local}`;
    const suffixed = await this.#withSuffix(sought);
    if (suffixed !== undefined) return `moduleSuffixes of TypeScript lead to ${suffixed}`;
    for (const path of sought.paths) {
      const source = await builtFrom(path, this.#names);
      if (source !== undefined) return `${source} may be its source`;
    }
    if ((await this.#otherCase(sought)) !== null || (await this.#wasTracked(sought))) return undefined;
    for (const path of sought.paths) {
      const reason =
        (await this.#hiddenReason(path)) ??
        (await this.#untrackedReason(path)) ??
        (await this.#outputReason(path, sought.file));
      if (reason !== undefined) return reason;
    }
    return copyReason(sought, this.#state);
  }

  /**
   * Many aliases hold by convention or are read from a program as far as that can be: only what stands below a folder of the
   * project is certain.
   *
   * @returns Whether one of the paths of an alias starts from a folder of the project.
   */
  async startsInProject({ paths, specifier }: Sought): Promise<boolean> {
    const subpath = specifier.slice(specifier.indexOf('/') + 1);
    for (const path of paths) {
      const base = path.endsWith(`/${subpath}`) ? path.slice(0, -subpath.length - 1) : '';
      if (await this.#names.hasFolder(base)) return true;
    }
    return false;
  }

  /** @returns What to say of a module that is missing. */
  async describe(sought: Sought): Promise<MissingModule> {
    const otherCase = await this.#otherCase(sought);
    const nearest = await nearestModule(sought, otherCase, {
      names: this.#names,
      named: (name) => this.#state.reader.named(name),
      modules: () => (this.#modules ??= this.#state.reader.list().then(modulesByName)),
    });
    return { path: sought.paths[0], otherCase, nearest };
  }

  #localModule({ paths, specifier }: Sought): string | undefined {
    return this.#project.localModules.find(
      (name) =>
        matchesPattern(name, specifier) ||
        paths.some((path) => matchesPattern(name, path) || isWithin(name, path)),
    );
  }

  /** @returns The file that a compiler takes for the module because of a suffix before its ending. */
  async #withSuffix({ paths, file }: Sought): Promise<string | undefined> {
    const { reader, folders } = this.#state;
    const suffixes = await tsconfigSource(reader, folders).moduleSuffixes(file);
    const candidates = suffixes.flatMap((suffix) =>
      paths
        .flatMap((path) => moduleCandidates(path))
        .map((path) => path.replace(/(?:\.d)?\.[^./]+$/, (ending) => suffix + ending)),
    );
    const [suffixed] = await reader.having(candidates);
    return suffixed;
  }

  /** What git tracked before the change nothing makes: the change has taken it away. */
  async #wasTracked({ paths }: Sought): Promise<boolean> {
    const states = await Promise.all(
      this.#trusted.map(({ reader }) =>
        reader.having(paths.flatMap((path) => reader.moduleCandidates(path))),
      ),
    );
    return states.some((present) => present.length > 0);
  }

  #otherCase({ paths }: Sought): Promise<string | null> {
    return this.#names.otherCase(paths.flatMap((path) => moduleCandidates(path)));
  }

  /**
   * A pattern that leaves out every file of an ending means what is built from the programs beside: where there are some, the
   * module needs one of its name.
   */
  async #untrackedReason(path: string): Promise<string | undefined> {
    const inside = posix.extname(path) === '' ? [`/${ANY_NAME}`] : [];
    for (const ending of [...OUTPUTS, ...inside]) {
      const file = path + ending;
      const reason = await this.#untracked.reason([file]);
      if (reason === undefined) continue;
      const folder = folderOf(file);
      const alike = await this.#untracked.reason([inFolder(folder, ANY_NAME + posix.extname(file))]);
      const isWhole = (await this.#untracked.reason([inFolder(folder, ANY_NAME)])) !== undefined;
      if (alike === undefined || isWhole || !(await this.#holdsPrograms(folder))) return reason;
    }
    return undefined;
  }

  /** Frameworks write modules and types into hidden folders beside the project's own: `.nuxt`, `.svelte-kit`, `.next`. */
  async #hiddenReason(path: string): Promise<string | undefined> {
    for (const folder of foldersAbove(path)) {
      const isHidden = posix.basename(folder).startsWith('.');
      if (isHidden && !(await this.#names.hasFolder(folder)))
        return `tools write to the hidden folder ${folder}`;
    }
    return undefined;
  }

  async #holdsPrograms(folder: string): Promise<boolean> {
    return [...(await this.#names.inFolder(folder))].some(isProgram);
  }

  /** What all states say whose word counts. */
  async #outputReason(path: string, file: string): Promise<string | undefined> {
    let reason: string | undefined;
    for (const state of this.#trusted) {
      reason = await outputReason({ path, file }, state, this.#names);
      if (reason === undefined) return undefined;
    }
    return reason;
  }
}

function stateOf(files: Files): OwnState {
  const reader = new Reader(files);
  return { reader, folders: new Folders(reader) };
}
