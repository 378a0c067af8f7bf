import type { Host } from '../hosts/host.ts';
import type { FileLookup } from './lookup.ts';
import { ancestors, folderOf, join, plainRoot } from './roots.ts';
import type { Root } from './roots.ts';

/** The host of a module, and the file by which the project shows it. */
export interface Sighting {
  readonly host: Host;
  readonly file: string;
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
  readonly #evidence = new Map<Host, Promise<string | undefined>>();

  constructor(trusted: readonly FileLookup[]) {
    this.#trusted = trusted;
  }

  /** @returns The host that provides a module to a file, where the project shows one. */
  async providing(file: string, module: string): Promise<Sighting | undefined> {
    const { hosts } = await table();
    for (const host of hosts) {
      if (!isProvided(module, host) || host.runs?.test(file) === false) continue;
      const evidence = await this.#evidenceOf(host);
      if (evidence !== undefined) return { host, file: evidence };
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

  async #search({ files, holds }: Host): Promise<string | undefined> {
    for (const state of this.#trusted) {
      const paths = (await state.list()).filter((path) => files.test(path));
      if (holds === undefined && paths[0] !== undefined) return paths[0];
      const topmost = paths.toSorted((left, right) => depthOf(left) - depthOf(right)).slice(0, MOST_FILES);
      for (const path of topmost) {
        const text = (await state.text(path)) ?? '';
        if (text.length <= LONGEST && holds?.test(text)) return path;
      }
    }
    return undefined;
  }
}

/** @returns Whether a module is one that a host provides, or lies below one. */
function isProvided(module: string, { modules }: Host): boolean {
  return modules.some((name) => module === name || module.startsWith(`${name}.`));
}

function depthOf(path: string): number {
  return path.split('/').length;
}
