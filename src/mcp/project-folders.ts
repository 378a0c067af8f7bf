import { existsSync, realpathSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProtocolError, SdkError, type McpServer } from '@modelcontextprotocol/server';
import { locateProject } from '../app/locate.ts';
import type { ProcessContext } from '../app/process.ts';
import { defaults } from '../config/config.ts';
import { configPlaces, isManifestPlace } from '../config/find.ts';
import { isWithin } from '../git/git.ts';
import type { ProjectLocation } from '../snapshots/scope-request.ts';

/** A client that does not answer has no folders. In milliseconds. */
const PATIENCE = 2000;

/** Where a call works: its project, and a context whose working folder lies in it. */
export interface Place {
  readonly location: ProjectLocation;
  readonly context: ProcessContext;
}

/**
 * The projects that a client has open: the repositories of its roots, where it names any, else that of the working folder.
 * No call chooses another one.
 */
export class ProjectFolders {
  readonly #server: McpServer['server'];
  readonly #context: ProcessContext;
  readonly #clock: () => Date;
  #roots: Promise<readonly string[]> | null = null;

  /** @param options Where the server was started, and the time of a call. */
  constructor(
    { server }: McpServer,
    { context, clock }: { readonly context: ProcessContext; readonly clock: () => Date },
  ) {
    this.#server = server;
    this.#context = context;
    this.#clock = clock;
    server.setNotificationHandler('notifications/roots/list_changed', () => {
      this.#roots = null;
    });
  }

  /**
   * @param path What the call names, if anything; an absolute one chooses among several projects.
   * @returns The project of a call: the one that holds the path, else that of the working folder, else the client’s first.
   */
  async placeFor(path?: string): Promise<Place> {
    this.#roots ??= this.#askForRoots();
    const roots = await this.#roots;
    const { cwd } = this.#context;
    const isOpen = roots.length === 0 || roots.some((root) => isWithin(root, cwd));
    const folders = [...(isOpen ? [cwd] : []), ...roots];
    const places = folders.map((folder) => this.#placeOf(folder));
    const holding =
      path === undefined || !isAbsolute(path)
        ? undefined
        : places.find(({ location }) => isWithin(location.root, path));
    const [first = this.#placeOf(cwd)] = places;
    return holding ?? first;
  }

  #placeOf(folder: string): Place {
    const context = { ...this.#context, cwd: folder, now: this.#clock() };
    const location = locateProject(context, 'head');
    return { location: isProject(location) ? location : { ...location, shallow: true }, context };
  }

  /** Clients of the revisions of 2025 tell their roots; later ones start the server in the folder. */
  async #askForRoots(): Promise<readonly string[]> {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- it is how these clients are told apart
    if (this.#server.getClientCapabilities()?.roots === undefined) return [];
    try {
      const { roots } = await this.#server.request({ method: 'roots/list' }, { timeout: PATIENCE });
      return roots.flatMap(({ uri }) => folderOf(uri));
    } catch (error) {
      if (!(error instanceof ProtocolError || error instanceof SdkError)) throw error;
      return [];
    }
  }
}

/**
 * A client may start a server anywhere, in the home folder or at the root of the disk. Nobody walks through all of that for the
 * sake of one name: a folder is a project if git or its own whitelist or config says so.
 */
function isProject({ root, repository }: ProjectLocation): boolean {
  const places = [defaults.whitelist, ...configPlaces.filter((place) => !isManifestPlace(place))];
  return repository !== null || places.some((place) => existsSync(join(root, place)));
}

/** @returns The folder of a root; none of what is no file, and of what is not there. */
function folderOf(uri: string): readonly string[] {
  try {
    return uri.startsWith('file:') ? [realpathSync(fileURLToPath(uri))] : [];
  } catch (error) {
    if (error instanceof Error && 'code' in error) return [];
    throw error;
  }
}
