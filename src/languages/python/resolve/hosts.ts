import type { ResolveRequest } from '../../../model/language.ts';
import type { Host } from '../hosts/host.ts';
import { isWithin } from '../module-names.ts';
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

/** So many files are read for one host at most, the topmost first. */
const MOST_FILES = 200;

/** Longer ones show nothing that a short one would not: notebooks hold pictures. */
const LONGEST = 2 * 1024 * 1024;

/**
 * The hosts that a project shows in the states whose word counts: whoever adds an import can add the file of a host, too.
 * What a state shows anywhere counts for all of it, so that a second add-on needs no commit of its own.
 */
export class ProjectHosts {
  readonly #trusted: readonly FileLookup[];
  readonly #evidence = new Map<Host, Promise<Evidence>>();

  constructor(trusted: readonly FileLookup[]) {
    this.#trusted = trusted;
  }

  /** @returns The host that provides a module to an import, where the project shows one. */
  async providing(request: HostRequest): Promise<Sighting | undefined> {
    const { hosts } = await table();
    for (const host of hosts) {
      if (!isMeant(request, host)) continue;
      if (host.files === undefined) return { host, file: null };
      const { file, modules } = await this.#evidenceOf(host);
      if (file !== undefined && modules.some((name) => isWithin(request.module, name))) return { host, file };
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
      if (evidence?.file === undefined) return [];
      const place = evidence.file;
      return places.flatMap((folder) =>
        names.map((name) => ({
          ...plainRoot(join(folderOf(folder), name), `${name} of ${host.host}`),
          file: place,
        })),
      );
    });
    return (await Promise.all(roots)).flat();
  }

  #evidenceOf(host: Host): Promise<Evidence> {
    const evidence = this.#evidence.get(host) ?? this.#search(host);
    this.#evidence.set(host, evidence);
    return evidence;
  }

  async #search({ files, holds, named, modules }: Host): Promise<Evidence> {
    const namedModules = new Set<string>();
    let first: string | undefined;
    for (const state of this.#trusted) {
      const paths = (await state.list()).filter((path) => files?.test(path));
      if (!holds && !named && paths[0] !== undefined) return { file: paths[0], modules };
      const topmost = paths.toSorted((left, right) => depthOf(left) - depthOf(right)).slice(0, MOST_FILES);
      for (const path of topmost) {
        const text = (await state.text(path)) ?? '';
        if (text.length > LONGEST || holds?.test(text) === false) continue;
        if (!named) return { file: path, modules };
        first ??= path;
        for (const module of await named(text)) namedModules.add(module);
      }
    }
    return { file: first, modules: [...namedModules] };
  }
}

/** The first file by which a project shows a host, and what the host provides there. */
interface Evidence {
  readonly file: string | undefined;
  readonly modules: readonly string[];
}

/** @returns Whether a host provides such a module to such a file, where a project shows the host. */
function isMeant({ file, kind, module }: HostRequest, host: Host): boolean {
  if (host.runs?.test(file) === false || (host.kind !== undefined && host.kind !== kind)) return false;
  return host.modules.some((name) => isWithin(module, name));
}

function depthOf(path: string): number {
  return path.split('/').length;
}
