import type { Project } from '../../../model/language.ts';
import type { Origin } from '../../../model/reference.ts';
import { folderOf, joinPath } from '../../../text/paths.ts';
import type { Absences, Sought } from './absences.ts';
import type { Folders } from './folders.ts';
import type { ProjectHosts } from './hosts.ts';
import { tell } from './look-up.ts';
import type { Question, Trace } from './question.ts';
import type { Reader } from './reader.ts';
import { likelyCandidates } from './targets.ts';

const OWN: Origin = { kind: 'local', file: null };

/** What is asked of a project's own modules with. */
export interface OwnState {
  readonly reader: Reader;
  readonly folders: Folders;
}

/**
 * Tells whether the project has the modules that lead into it by their paths. Where one is there, that is told by asking
 * for a few paths; only for one that is not there anything else is read.
 */
export class OwnModules {
  readonly #project: Pick<Project, 'files' | 'trusted' | 'localModules'>;
  readonly #state: OwnState;
  readonly #hosts: ProjectHosts;
  #absences: Promise<Absences> | undefined;

  constructor(
    project: Pick<Project, 'files' | 'trusted' | 'localModules'>,
    state: OwnState,
    hosts: ProjectHosts,
  ) {
    this.#project = project;
    this.#state = state;
    this.#hosts = hosts;
  }

  /**
   * @param path A path without query, as an import names it, from the importing file.
   * @returns Whether it is one of the project, or a module that is missing; `local` also for what nobody can tell.
   */
  async ofPath(path: string, question: Question, trace: Trace): Promise<Origin> {
    const { file, specifier, depth, isHead } = question;
    const paths =
      depth > 0 || isHead || question.isOpen || isPattern(path) ? [] : pathsOf(path, { file, specifier });
    if (isFilled(paths)) return this.of({ paths, specifier, file }, question, trace);
    tell(trace, () => 'it is a path, or contains what it names: local');
    return OWN;
  }

  /**
   * @param sought The paths, from the root, that the module may have; any of them is enough.
   * @returns Where the module is, or that it is missing.
   */
  async of(sought: Sought, { isScan }: Pick<Question, 'isScan'>, trace: Trace): Promise<Origin> {
    const [first] = sought.paths;
    if (await this.#isThere(sought)) {
      tell(trace, () => 'it is a path to a file of the project: local');
      return OWN;
    }
    const provision = await this.#hosts.providing(sought);
    if (provision && !provision.isNew) {
      tell(trace, () => `${provision.host.host} provides it, which ${provision.sighting.entry} shows`);
      return { kind: 'ambient', host: provision.host.host };
    }
    const unexplained = { path: first, otherCase: null, nearest: null };
    if (isScan) return { kind: 'missing', module: unexplained };
    const absences = await (this.#absences ??= this.#loadAbsences());
    const excuse = await absences.excuse(sought);
    if (excuse === undefined) return { kind: 'missing', module: await absences.describe(sought) };
    tell(trace, () => `${first} is not a file of the project, but ${excuse}: local`);
    return OWN;
  }

  /**
   * @param sought The paths that aliases lead to.
   * @returns Where the module is, or that it is missing; undefined where none of the paths starts from a folder of the project.
   */
  async ofAlias(sought: Sought, question: Question, trace: Trace): Promise<Origin | undefined> {
    const origin = await this.of(sought, question, trace);
    if (origin.kind !== 'missing' || question.isScan) return origin;
    const absences = await (this.#absences ??= this.#loadAbsences());
    return (await absences.startsInProject(sought)) ? origin : undefined;
  }

  async #isThere({ paths, file }: Sought): Promise<boolean> {
    const { reader } = this.#state;
    const likely = reader.isListed() ? [] : paths.flatMap((path) => likelyCandidates(path, file));
    if ((await reader.having(likely)).length > 0) return true;
    return (await reader.having(paths.flatMap((path) => reader.moduleCandidates(path)))).length > 0;
  }

  async #loadAbsences(): Promise<Absences> {
    const { Absences } = await import('./absences.ts');
    return new Absences(this.#project, this.#state);
  }
}

/** @returns Whether there is at least one path. */
export function isFilled(paths: readonly string[]): paths is Sought['paths'] {
  return paths.length > 0;
}

/** A pattern, a part of a template, a path of Windows or of a server: none of them names a file by its path here. */
function isPattern(path: string): boolean {
  return !/^\.{1,2}(?:\/|$)/.test(path) || /[*{}<>\\\s]|\$\{|%[=}]/.test(path);
}

/** `#` and `?` may belong to a file's name for Node's `require`, and `%20` is a blank to ES modules. */
function pathsOf(path: string, { file, specifier }: Pick<Question, 'file' | 'specifier'>): readonly string[] {
  const spelled = [path, ...(specifier.startsWith(path) ? [specifier] : [])];
  const folder = folderOf(file);
  const joined = [...spelled, ...spelled.flatMap(decoded)].map((text) => joinPath(folder, text));
  return joined.includes(undefined) ? [] : [...new Set(joined.filter((text) => text !== undefined))];
}

function decoded(path: string): readonly string[] {
  if (!path.includes('%')) return [];
  try {
    return [decodeURIComponent(path)];
  } catch (error) {
    if (error instanceof URIError) return [];
    throw error;
  }
}
