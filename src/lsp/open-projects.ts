import { gitFault } from '../app/git-fault.ts';
import { configPlaces } from '../config/find.ts';
import { openProject, type OpenedProject, type ProjectOptions } from '../app/project.ts';
import type { ReferenceParser } from '../analysis/parse-references.ts';
import { GitError } from '../git/git.ts';
import { headState } from '../git/head-state.ts';
import type { CellTexts } from '../app/text-parts.ts';
import type { Fault } from '../model/fault.ts';
import { withText } from '../snapshots/with-text.ts';
import type { DocumentLocation } from './locate.ts';
import { ReadRecord, recordedScope, withHead } from './read-record.ts';
import { stampOf, type Stamp } from './disk.ts';
import { watchedNames } from './watch.ts';

/** An open text, with the texts of its project's files that are open as well, by path: one map for each state of them. */
export interface OpenDocument extends DocumentLocation {
  readonly text: string;
  /** Of a notebook that is open as one. */
  readonly cells?: CellTexts | undefined;
  readonly buffers: ReadonlyMap<string, string>;
}

/** A text of which the project is asked: of a text that is compared with HEAD, only what is new in it. */
type Question = OpenDocument & { readonly onlyNewImports?: boolean };

/** A project that is open, with what it was opened with: HEAD, and the files of its policy. */
interface Opened extends OpenedProject {
  readonly head: string;
  readonly policyStamps: ReadonlyMap<string, Stamp>;
}

/** A project as one of its texts sees it, and what is asked of it. */
export interface DocumentProject extends Opened {
  readonly record: ReadRecord;
}

type Opening = Opened | { readonly kind: 'fault'; readonly fault: Fault };

/** A project that is open for everybody who asks about the same state of its open texts. */
interface SharedProject {
  readonly buffers: ReadonlyMap<string, string>;
  readonly opening: Promise<Opening>;
  users: number;
  timer: NodeJS.Timeout | undefined;
}

/** How long a project stays open for the next document of the same event, in milliseconds. */
const LINGER = 200;

/** The projects of open texts. One event opens each at most once, for all of its texts. */
export class OpenProjects {
  readonly #options: () => ProjectOptions;
  readonly #parse: ReferenceParser['parse'];
  readonly #projects = new Map<string, SharedProject>();
  /** Those that were read last, by root. */
  readonly #policyPaths = new Map<string, readonly string[]>();

  /** @param options Asked at each opening: time passes. */
  constructor(options: () => ProjectOptions, parse: ReferenceParser['parse']) {
    this.#options = options;
    this.#parse = parse;
  }

  /**
   * @param task Has the project open until it ends.
   * @param refuse Says what comes back where the project can't be opened or read.
   */
  async use<T>(
    subject: Question,
    task: (project: DocumentProject) => Promise<T>,
    refuse: (fault: Fault) => T,
  ): Promise<T> {
    const shared = await this.#share(subject);
    try {
      const opened = await shared.opening;
      return await (opened.kind === 'fault' ? refuse(opened.fault) : task(projectOf(subject, opened)));
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      return refuse(gitFault(error));
    } finally {
      shared.users -= 1;
      this.#leave(keyOf(subject), shared);
    }
  }

  /** @returns A project that is open and as its files are now. It has one user more. */
  async #share(subject: Question): Promise<SharedProject> {
    const key = keyOf(subject);
    const present = this.#projects.get(key);
    if (present?.buffers === subject.buffers) {
      present.users += 1;
      clearTimeout(present.timer);
      if (await isUnchanged(subject, present)) return present;
      present.users -= 1;
      // Whoever came first has opened it anew.
      if (this.#projects.get(key) !== present) return this.#share(subject);
    }
    const shared = { buffers: subject.buffers, opening: this.#open(subject), users: 1, timer: undefined };
    this.#projects.set(key, shared);
    if (present?.users === 0) discard(present);
    return shared;
  }

  #leave(key: string, shared: SharedProject): void {
    if (shared.users > 0) return;
    if (this.#projects.get(key) !== shared) {
      discard(shared);
      return;
    }
    shared.timer = setTimeout(() => {
      this.#projects.delete(key);
      discard(shared);
    }, LINGER);
    shared.timer.unref();
  }

  /** Whatever is written meanwhile has another stamp afterwards. */
  async #open({ location, path, buffers, onlyNewImports = false }: Question): Promise<Opening> {
    const { root } = location;
    const stamp = (name: string) => [name, stampOf(root, name)] as const;
    const head = headOf(location);
    const stamps = new Map((this.#policyPaths.get(root) ?? watchedNames).map(stamp));
    const request = { kind: 'stdin', path, newOnly: onlyNewImports, buffers } as const;
    const opened = await openProject(request, location, this.#options());
    if (opened.kind === 'fault') return opened;
    const paths = policyPaths(opened);
    this.#policyPaths.set(root, paths);
    const policyStamps = new Map(paths.map((name) => [name, stamps.get(name) ?? stampOf(root, name)]));
    const analysisOptions = { ...opened.analysisOptions, parse: this.#parse };
    return { ...opened, analysisOptions, head, policyStamps };
  }
}

function keyOf({ location, onlyNewImports = false }: Question): string {
  return `${location.root}\0${String(onlyNewImports)}`;
}

function discard({ opening, timer }: SharedProject): void {
  clearTimeout(timer);
  opening.then(
    (opened) => {
      if (opened.kind === 'open') opened.close();
    },
    // Whoever waited for it has been told.
    () => undefined,
  );
}

/** Another HEAD or another policy needs another opening; all other files are read when they are asked for. */
async function isUnchanged(
  { location }: OpenDocument,
  { opening, buffers }: SharedProject,
): Promise<boolean> {
  try {
    const opened = await opening;
    if (opened.kind === 'fault' || opened.head !== headOf(location)) return false;
    const stamps = [...opened.policyStamps];
    return stamps.every(([path, stamp]) => buffers.has(path) || stamp === stampOf(location.root, path));
  } catch (error) {
    if (error instanceof GitError) return false;
    throw error;
  }
}

/** A text is judged as its own editor shows it, whatever text of the same file was edited last. */
function projectOf(subject: OpenDocument, opened: Opened): DocumentProject {
  const { location, path, text, buffers } = subject;
  const record = new ReadRecord((file) => (buffers.has(file) ? null : stampOf(location.root, file)));
  for (const [file, stamp] of opened.policyStamps) record.noteText(file, buffers.has(file) ? null : stamp);
  const { scope } = opened;
  const ownScope = buffers.get(path) === text ? scope : withHead(scope, withText(scope.head, path, text));
  const changes = [{ path, previous: scope.bases.map(() => [path]) }];
  return { ...opened, scope: { ...recordedScope(ownScope, record), changes }, record };
}

/** Where config and whitelist were looked for, with what extends them. */
function policyPaths({ policy }: OpenedProject): readonly string[] {
  const { source } = policy.config;
  return [...configPlaces, ...(source === null ? [] : [source.file]), ...policy.whitelist.files];
}

/** @returns What HEAD leads to, as far as files tell. */
export function headOf({ repository }: OpenDocument['location']): string {
  return repository === null ? '' : headState(repository.paths);
}
