import { posix } from 'node:path';
import type { Dependency } from '../model/manifest.ts';
import type { Package } from '../model/package.ts';
import type { DeclarationPlace } from '../model/standing.ts';
import { withoutEnd } from '../text/ends.ts';
import { lineKey, nameKey, namesOf } from './dependency-line.ts';
import type { Declared, ReadManifest } from './read-manifest.ts';

/** All manifests of a state, by what their lines make importable and by what they take from where. */
export class ManifestIndex {
  readonly declared: readonly Declared[];
  /** The packages that the manifests themselves describe. */
  readonly defined: readonly Package[];
  readonly #manifests: readonly ReadManifest[];
  readonly #places = new Map<string, DeclarationPlace>();
  readonly #lines = new Set<string>();
  readonly #registries: ReadonlySet<string>;
  readonly #includes: ReadonlySet<string>;

  constructor(manifests: readonly ReadManifest[]) {
    this.#manifests = manifests;
    this.declared = manifests.flatMap(({ declared }) => declared);
    this.defined = manifests.map(({ defines }) => defines).filter((own) => own !== null);
    this.#registries = new Set(manifests.flatMap(({ registries }) => registries.map(({ value }) => value)));
    this.#includes = new Set(manifests.flatMap(({ includes }) => includes));
    for (const { dependency, at } of this.declared) {
      for (const name of namesOf(dependency)) {
        const named = nameKey({ ecosystem: dependency.ecosystem, name });
        if (!this.#places.has(named)) this.#places.set(named, at);
      }
      this.#lines.add(lineKey(dependency));
    }
  }

  /** @returns The first line that declares a package; null where no manifest names it. */
  placeOf(wanted: Package): DeclarationPlace | null {
    return this.#places.get(nameKey(wanted)) ?? null;
  }

  hasLine(dependency: Dependency): boolean {
    return this.#lines.has(lineKey(dependency));
  }

  hasRegistry(value: string): boolean {
    return this.#registries.has(value);
  }

  includes(path: string): boolean {
    return this.#includes.has(path);
  }

  defines(wanted: Package): boolean {
    return this.defined.some((own) => isSame(own, wanted));
  }

  /** Several manifests can describe a package of the same name: one that is a member is enough. */
  async links(wanted: Package): Promise<boolean> {
    const folders = this.#manifests
      .filter(({ defines }) => defines !== null && isSame(defines, wanted))
      .map(({ path }) => posix.dirname(path));
    const workspaces = this.#manifests.filter(({ members }) => members.length > 0);
    if (folders.length === 0 || workspaces.length === 0) return false;
    const { default: picomatch } = await import('picomatch');
    return workspaces.some(({ path, members }) => {
      const globs = members.map((glob) => withoutEnd(glob.replace(/^(!?)(?:\.\/)+/, '$1'), '/'));
      const isIn = picomatch(globs.filter((glob) => !glob.startsWith('!')));
      const isOut = picomatch(globs.flatMap((glob) => (glob.startsWith('!') ? [glob.slice(1)] : [])));
      return folders
        .map((folder) => posix.relative(posix.dirname(path), folder))
        .some((folder) => isIn(folder) && !isOut(folder));
    });
  }
}

function isSame(one: Package, other: Package): boolean {
  return one.ecosystem === other.ecosystem && one.name === other.name;
}
