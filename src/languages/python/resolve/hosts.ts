import type { ResolveRequest } from '../../../model/language.ts';
import type { Host } from '../hosts/host.ts';
import { isWithin } from '../module-names.ts';
import { prefixesOf } from '../../../ecosystems/pypi/module-map/module-map.ts';
import { readHostFile, topmost } from './host-files.ts';
import { HostModules } from './host-modules.ts';
import type { FileLookup } from './lookup.ts';
import { ancestors, folderOf, join, plainRoot } from './roots.ts';
import type { Root } from './roots.ts';

/** The host of a module, and the file by which the project shows it; null where the file that imports is all it takes. */
export interface Sighting {
  readonly host: Host;
  readonly file: string | null;
}

/** An import of a module, with the name that it takes out of it. */
interface HostRequest extends Pick<ResolveRequest, 'file' | 'kind'> {
  readonly module: string;
}

/** Few imports are neither the project's nor approved: only for those is the table loaded. */
const table = () => import('../hosts/index.ts');

/**
 * The hosts that a project shows in the states whose word counts: whoever adds an import can add the file of a host, too.
 * What a state shows anywhere counts for all of it, so that a second add-on needs no commit of its own.
 */
export class ProjectHosts {
  readonly #trusted: readonly FileLookup[];
  readonly #evidence = new Map<Host, Promise<string | undefined>>();
  readonly #brought = new Map<Host, Promise<ReadonlyMap<string, string>>>();
  /** What their files tell of the project's own modules. */
  readonly modules: HostModules;

  constructor(trusted: readonly FileLookup[]) {
    this.#trusted = trusted;
    this.modules = new HostModules(trusted);
  }

  /** @returns The host that provides a module to an import, where the project shows one. */
  async providing(request: HostRequest): Promise<Sighting | undefined> {
    const { hosts } = await table();
    for (const host of hosts) {
      if (!isMeant(request, host)) continue;
      const isProvided = host.modules.some((name) => isWithin(request.module, name));
      if (isProvided && host.files === undefined) return { host, file: null };
      const file = isProvided ? await this.#evidenceOf(host) : await this.#askedFor(host, request.module);
      if (file !== undefined) return { host, file };
    }
    return undefined;
  }

  /** @returns The folders that a host puts on the path of a file. */
  async rootsFor(file: string): Promise<readonly Root[]> {
    const { hosts } = await table();
    const roots = hosts.map(async (host) => {
      const names = host.roots ?? [];
      const places = ancestors(folderOf(file)).filter((folder) =>
        names.some((name) => folder === name || folder.endsWith(`/${name}`)),
      );
      const evidence = places.length === 0 ? undefined : await this.#evidenceOf(host);
      if (evidence === undefined) return [];
      return places.flatMap((place) =>
        names.map((name) => ({
          ...plainRoot(join(folderOf(place), name), `${name} of ${host.host}`),
          file: evidence,
        })),
      );
    });
    return (await Promise.all(roots)).flat();
  }

  #evidenceOf(host: Host): Promise<string | undefined> {
    const evidence = this.#evidence.get(host) ?? this.#search(host);
    this.#evidence.set(host, evidence);
    return evidence;
  }

  /** @returns The file by which the project asks a host for a module, or for one above it. */
  async #askedFor(host: Host, module: string): Promise<string | undefined> {
    if (host.brings === undefined) return undefined;
    const brought = this.#brought.get(host) ?? this.#modulesAskedFor(host);
    this.#brought.set(host, brought);
    const files = await brought;
    return prefixesOf(module).flatMap((prefix) => files.get(prefix) ?? [])[0];
  }

  async #modulesAskedFor({ files, brings }: Host): Promise<ReadonlyMap<string, string>> {
    const brought = new Map<string, string>();
    if (files === undefined || brings === undefined) return brought;
    for (const state of this.#trusted)
      for (const path of topmost(await state.list(), files)) {
        const file = await readHostFile(path, state);
        for (const module of await brings(file?.text ?? '')) brought.set(module, path);
      }
    return brought;
  }

  async #search({ files, holds }: Host): Promise<string | undefined> {
    if (files === undefined) return undefined;
    for (const state of this.#trusted) {
      const paths = topmost(await state.list(), files);
      if (holds === undefined && paths[0] !== undefined) return paths[0];
      for (const path of paths) {
        const file = await readHostFile(path, state);
        if (file !== undefined && holds?.test(file.text)) return path;
      }
    }
    return undefined;
  }
}

/** @returns Whether a host is there for such an import, where a project shows the host. */
function isMeant({ file, kind }: HostRequest, host: Host): boolean {
  return host.runs?.test(file) !== false && (host.kind === undefined || host.kind === kind);
}
