import { findEcosystem } from '../ecosystems/index.ts';
import type { Files } from '../model/language.ts';
import type { LockedPackages, LockfileFormat } from '../model/lockfile.ts';
import type { Package } from '../model/package.ts';
import type { DeclarationPlace } from '../model/status.ts';
import { LineIndex } from '../text/lines.ts';

/** A lockfile that could be read. */
interface ReadLockfile {
  readonly text: string;
  readonly packages: LockedPackages;
}

/** A package that a lockfile says to need another one. */
export interface LockedRoot {
  readonly name: string;
  /** The lockfile. */
  readonly file: string;
}

/**
 * The lockfiles of a state of the project, at its root and in all folders. Each is read when it is first asked, and
 * once.
 */
export class Lockfiles {
  readonly #files: Files;
  readonly #ignores: (path: string) => boolean;
  readonly #paths = new Map<LockfileFormat, Promise<readonly string[]>>();
  readonly #lockfiles = new Map<string, Promise<ReadLockfile | null>>();

  /** @param ignores Paths that prove nothing: `ignorePaths` of the config. */
  constructor(files: Files, ignores: (path: string) => boolean) {
    this.#files = files;
    this.#ignores = ignores;
  }

  /**
   * Looks for a lockfile that holds a package from its registry. One that can't be read holds nothing.
   *
   * @param target In canonical spelling.
   * @returns Where it first stands, the files next to the root first; null where none holds it.
   */
  async find(target: Package): Promise<DeclarationPlace | null> {
    for await (const { file, text, packages } of this.#holding(target)) {
      const offset = packages.offsetOf(target.name);
      return { file, line: new LineIndex(text).locate(offset).line };
    }
    return null;
  }

  /**
   * @param target In canonical spelling.
   * @returns Its versions in all lockfiles that hold it from its registry, as written.
   */
  async versionsOf(target: Package): Promise<readonly string[]> {
    const versions = new Set<string>();
    for await (const { packages } of this.#holding(target))
      for (const version of packages.versionsOf(target.name)) versions.add(version);
    return [...versions];
  }

  /**
   * Follows the graph of each lockfile that holds a package, from the package to those that need it.
   *
   * @param target In canonical spelling.
   * @param isRoot Told a canonical name of the same ecosystem.
   * @returns The nearest package that is a root and needs the target, directly or by way of others, and the first lockfile that says
   *   so; null where none does.
   */
  async rootAbove(target: Package, isRoot: (name: string) => boolean): Promise<LockedRoot | null> {
    for await (const { file, packages } of this.#holding(target)) {
      const names = new Set([target.name]);
      // A set hands out what is added to it while it is walked.
      for (const name of names) {
        if (name !== target.name && isRoot(name)) return { name, file };
        for (const requirer of packages.requirersOf(name)) names.add(requirer);
      }
    }
    return null;
  }

  async *#holding(target: Package): AsyncGenerator<ReadLockfile & { readonly file: string }> {
    const formats = (await findEcosystem(target.ecosystem)?.lockfiles?.()) ?? [];
    for (const format of formats) {
      for (const file of await this.#pathsOf(format)) {
        const lockfile = await this.#read(file, format);
        if (lockfile?.packages.names.has(target.name) === true) yield { ...lockfile, file };
      }
    }
  }

  #pathsOf(format: LockfileFormat): Promise<readonly string[]> {
    const paths = this.#paths.get(format) ?? this.#look(format);
    this.#paths.set(format, paths);
    return paths;
  }

  /** Symbolic links are no files of the project: they may lead to anywhere. */
  async #look(format: LockfileFormat): Promise<readonly string[]> {
    const named = (await this.#files.list()).filter((path) => format.matches(path) && !this.#ignores(path));
    const present = await this.#files.existing(named);
    return named.filter((path) => present.has(path)).sort((left, right) => depthOf(left) - depthOf(right));
  }

  #read(path: string, format: LockfileFormat): Promise<ReadLockfile | null> {
    const lockfile = this.#lockfiles.get(path) ?? this.#readText(path, format);
    this.#lockfiles.set(path, lockfile);
    return lockfile;
  }

  async #readText(path: string, format: LockfileFormat): Promise<ReadLockfile | null> {
    const text = (await this.#files.text(path)) ?? '';
    const packages = format.read(text);
    return packages && { text, packages };
  }
}

function depthOf(path: string): number {
  return path.split('/').length;
}
