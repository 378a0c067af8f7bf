import { posix } from 'node:path';
import type { Dependency, RegistryLine } from '../model/manifest.ts';
import type { Package } from '../model/package.ts';
import type { DeclarationPlace } from '../model/status.ts';
import { DeclaredLines } from './declared-lines.ts';
import { isKnownRegistry, nameKey, registryKeys } from './dependency-line.ts';
import type { DeclaredDependency, ReadManifest } from './read.ts';

/** All manifests of a state, by what their lines make importable and by what they take from where. */
export class ManifestIndex {
  readonly declared: readonly DeclaredDependency[];
  /** Where the manifests are. */
  readonly paths: readonly string[];
  /** The packages that the manifests themselves describe. */
  readonly defined: readonly Package[];
  /** The paths of the manifests in which lines declare nothing. */
  readonly locking: readonly string[];
  /** The lines of those manifests. */
  readonly locked: readonly DeclaredDependency[];
  readonly #manifests: readonly ReadManifest[];
  #workspaces: Promise<readonly ((folder: string) => boolean)[]> | undefined;
  readonly #lines: DeclaredLines;
  readonly #lockedLines: DeclaredLines;
  /** The folders of the manifests that describe a package, by its name. */
  readonly #homes = new Map<string, string[]>();
  readonly #registries: ReadonlySet<string>;
  readonly #includes: ReadonlySet<string>;
  readonly #constraints: ReadonlySet<string>;

  constructor(manifests: readonly ReadManifest[]) {
    this.#manifests = manifests;
    this.paths = manifests.map(({ path }) => path);
    this.declared = manifests.flatMap(({ declared }) => declared);
    this.defined = manifests
      .map(({ defines }) => defines)
      .filter((definedPackage) => definedPackage !== null);
    this.#registries = new Set(manifests.flatMap(({ registries }) => registries.flatMap(registryKeys)));
    this.#includes = new Set(manifests.flatMap(({ includes }) => includes));
    this.#constraints = new Set(manifests.flatMap(({ constraints }) => constraints));
    this.#lines = new DeclaredLines(this.declared);
    this.locking = manifests.flatMap(({ locked, path }) => (locked === null ? [] : [path]));
    this.locked = manifests.flatMap(({ locked }) => locked?.all ?? []);
    this.#lockedLines = new DeclaredLines(this.locked);
    for (const { defines, path } of manifests) {
      if (defines === null) continue;
      const homes = this.#homes.get(nameKey(defines)) ?? [];
      homes.push(posix.dirname(path));
      this.#homes.set(nameKey(defines), homes);
    }
  }

  /** @returns The first line that declares a package; null where no manifest names it. */
  placeOf(target: Package): DeclarationPlace | null {
    return this.#lines.declaring(target)?.at ?? null;
  }

  /** @returns The first line that locks a package; null where no manifest does. */
  lockedPlaceOf(target: Package): DeclarationPlace | null {
    return this.#lockedLines.declaring(target)?.at ?? null;
  }

  hasLine(dependency: Dependency): boolean {
    return this.#lines.like(dependency) !== undefined;
  }

  hasRegistry(line: RegistryLine): boolean {
    return isKnownRegistry(line, this.#registries);
  }

  /** Every manifest of the state, each with what it says. */
  get manifests(): readonly ReadManifest[] {
    return this.#manifests;
  }

  includes(path: string): boolean {
    return this.#includes.has(path);
  }

  /** Does a manifest name this file as a list of constraints? */
  constrains(path: string): boolean {
    return this.#constraints.has(path);
  }

  defines(target: Package): boolean {
    return this.#homes.has(nameKey(target));
  }

  /** Several manifests can describe a package of the same name: one that is a member is enough. */
  async links(target: Package): Promise<boolean> {
    const folders = this.#homes.get(nameKey(target)) ?? [];
    if (folders.length === 0) return false;
    const workspaces = await (this.#workspaces ??= workspacesOf(this.#manifests));
    return workspaces.some((isMember) => folders.some(isMember));
  }
}

/** @returns For each workspace, whether a folder is that of a member. */
async function workspacesOf(
  manifests: readonly ReadManifest[],
): Promise<readonly ((folder: string) => boolean)[]> {
  const workspaces = manifests.filter(({ members }) => members.length > 0);
  if (workspaces.length === 0) return [];
  const { memberTest } = await import('./workspaces.ts');
  return workspaces.map(({ path, members }) => memberTest(path, members));
}
