import type { Declarations } from '../declarations/declarations.ts';
import { formatOf, isOfPackage, mayBeIncluded } from '../declarations/read.ts';
import type { Change, Scope } from '../model/snapshot.ts';
import type { ApprovalSources } from '../policy/status.ts';
import type { LinkedFileKinds, LinkedFiles } from './linked-files.ts';

/** What needs no manifest to be known. */
type LinkSearch = Omit<LinkedFileKinds, 'formatAt' | 'isConnected'>;

/** Of a state without links. */
const noLinks: LinkedFiles = { changes: [], settings: [], notes: [] };

/** The files that a scope is about: those that it changes, and those that change with them. */
export class ScopeFiles {
  /** What nobody ignores. */
  readonly changes: readonly Change[];
  readonly #scope: Scope;
  readonly #searched: LinkSearch;
  /** The manifests of the state that is judged. */
  readonly #head: Declarations;
  #linked: Promise<LinkedFiles> | undefined;
  #connected: Promise<readonly Change[]> | undefined;

  constructor(scope: Scope, declarations: Declarations, searched: LinkSearch) {
    this.#scope = scope;
    this.#searched = searched;
    this.#head = declarations;
    this.changes = scope.changes.filter(({ path }) => !searched.ignores(path));
  }

  /** @returns Those, what stands at the ends of links, and what manifests include that are read. */
  async all(): Promise<LinkedFiles> {
    const linked = await this.#linkedFiles();
    return { ...linked, changes: [...(await this.read()), ...linked.changes] };
  }

  /** @returns What nobody ignores, and what counts as a part of it. */
  async read(): Promise<readonly Change[]> {
    return [...this.changes, ...(await this.connected())];
  }

  /** @returns The paths of what stands at the ends of links and changes. */
  async linkedPaths(): Promise<readonly string[]> {
    return (await this.#linkedFiles()).changes.map(({ path }) => path);
  }

  /** @returns The paths at which links show settings that change, which say where specifiers may lead. */
  async linkedSettings(): Promise<readonly string[]> {
    return (await this.#linkedFiles()).settings;
  }

  /**
   * A manifest that approves is read under its own name by everybody; of a link, somebody might look at the end alone.
   *
   * @returns Notes on the links to files of another kind whose lines have approved something.
   */
  async approvingLinks({ declarations, trustIn }: ApprovalSources): Promise<readonly string[]> {
    if (this.#scope.bases.length === 0) return [];
    const files = await Promise.all(declarations.map((base) => base.declaringFiles()));
    if (files.flat().length === 0) return [];
    const { formats } = this.#searched.manifests;
    const links = await this.#scope.head.links();
    return links.flatMap(({ path, end }) => {
      const format = formatOf(path, formats);
      const isOther = end?.kind === 'file' && format !== undefined && formatOf(end.path, formats) !== format;
      if (!isOther || trustIn(format.ecosystem) === 'whitelist' || !files.flat().includes(path)) return [];
      return [`${path} is a symbolic link: the lines of ${end.path} count as declared`];
    });
  }

  #linkedFiles(): Promise<LinkedFiles> {
    return (this.#linked ??= this.#findLinkedFiles());
  }

  async #findLinkedFiles(): Promise<LinkedFiles> {
    if ((await this.#scope.head.links()).length === 0) return noLinks;
    const { linkedFiles } = await import('./linked-files.ts');
    const formatAt = (path: string) => this.#head.formatAt(path);
    const isConnected = (path: string) => this.#head.isConnected(path);
    return linkedFiles(this.#scope, { ...this.#searched, formatAt, isConnected });
  }

  /** @returns Files in folders that nobody reads which manifests of the project include, or have installed. */
  connected(): Promise<readonly Change[]> {
    return (this.#connected ??= this.#findConnected());
  }

  async #findConnected(): Promise<readonly Change[]> {
    const { ignores, manifests } = this.#searched;
    const mayCount = (path: string) =>
      mayBeIncluded(path) ||
      manifests.mayBeNamed(path) ||
      manifests.lists.matches(path) ||
      isOfPackage(path, manifests.formats);
    const candidates = this.#scope.changes.filter(({ path }) => ignores(path) && mayCount(path));
    const areConnected = await Promise.all(candidates.map(({ path }) => this.#head.isConnected(path)));
    return candidates.filter((_, at) => areConnected[at]);
  }
}
