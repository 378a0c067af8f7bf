import { prefixesOf } from '../../../ecosystems/pypi/module-map/module-map.ts';
import { isWithin } from '../../../text/paths.ts';
import type { ModuleFiles, OwnModules } from '../hosts/module-files.ts';
import { readHostFile, topmost } from './host-files.ts';
import type { FileLookup } from './lookup.ts';
import type { Root } from './roots.ts';

/** Few imports are neither the project's nor approved: only for those is the table loaded. */
const table = () => import('../hosts/own-modules.ts');

/** A root that a file of a host tells of, and the folder whose files it holds for. */
interface ScopedRoot {
  readonly root: Root;
  readonly scope: string;
}

interface Told {
  readonly roots: readonly ScopedRoot[];
  /** Files by the modules that they are made into, or that they have built. */
  readonly built: ReadonlyMap<string, string>;
  readonly isCopied: boolean;
}

/**
 * What files of hosts tell of the project's own modules, in the states whose word counts: whoever adds an import can add
 * such a file, too.
 */
export class HostModules {
  readonly #trusted: readonly FileLookup[];
  #told: Promise<Told> | undefined;

  constructor(trusted: readonly FileLookup[]) {
    this.#trusted = trusted;
  }

  /** @returns The folders from which a host imports modules for a file. */
  async rootsFor(file: string): Promise<readonly Root[]> {
    const { roots } = await this.#read();
    return roots.filter(({ scope }) => isWithin(scope, file)).map(({ root }) => root);
  }

  /** @returns The file that is made into a module or one above it, or that has it built; undefined where none is. */
  async built(module: string): Promise<string | undefined> {
    const { built } = await this.#read();
    return prefixesOf(module).flatMap((prefix) => built.get(prefix) ?? [])[0];
  }

  /** @returns The same of a module by its path, below whatever folder it is built into. */
  async builtAt(path: string): Promise<string | undefined> {
    const { built } = await this.#read();
    const parts = path.split('/');
    return parts.flatMap((_, at) => built.get(parts.slice(at).join('.')) ?? [])[0];
  }

  /** @returns Whether a host copies the project's files to where they run, whatever folder they are in. */
  async areCopied(): Promise<boolean> {
    return (await this.#read()).isCopied;
  }

  #read(): Promise<Told> {
    this.#told ??= this.#readAll();
    return this.#told;
  }

  async #readAll(): Promise<Told> {
    const roots: ScopedRoot[] = [];
    const built = new Map<string, string>();
    let isCopied = false;
    const { moduleFiles } = await table();
    for (const state of this.#trusted)
      for (const kind of moduleFiles)
        for (const { path, said } of await saidIn(kind, state)) {
          isCopied ||= said.isCopied === true;
          for (const module of said.modules) built.set(module, path);
          for (const { folder, prefix, scope } of said.roots)
            roots.push({
              root: { folder, prefix, why: `modules of ${kind.host}`, file: path, line: null },
              scope,
            });
        }
    return { roots, built, isCopied };
  }
}

async function saidIn(
  { files, besides, most, read }: ModuleFiles,
  state: FileLookup,
): Promise<readonly { readonly path: string; readonly said: OwnModules }[]> {
  const paths = await state.list();
  if (besides !== undefined && !paths.some((path) => besides.test(path))) return [];
  const textAt = async (path: string) => (await readHostFile(path, state))?.text;
  const results = topmost(paths, files, most).map(async (path) => {
    const file = await readHostFile(path, state);
    return file === undefined ? [] : [{ path, said: await read(file, textAt) }];
  });
  return (await Promise.all(results)).flat();
}
