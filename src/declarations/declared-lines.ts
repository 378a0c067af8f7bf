import type { Dependency } from '../model/manifest.ts';
import type { Package } from '../model/package.ts';
import { lineKey, nameKey, namesOf } from './dependency-line.ts';
import type { DeclaredDependency } from './read.ts';

/**
 * Dependency lines by what they make importable and by what they take from where. Of several, the first counts. What others
 * need alone is declared by no line.
 */
export class DeclaredLines {
  readonly #byName = new Map<string, DeclaredDependency>();
  readonly #bySource = new Map<string, DeclaredDependency>();
  readonly #directBySource = new Map<string, DeclaredDependency>();

  constructor(declared: readonly DeclaredDependency[]) {
    for (const line of declared) {
      const { dependency } = line;
      for (const name of dependency.isIndirect === true ? [] : namesOf(dependency))
        addFirst(this.#byName, nameKey({ ecosystem: dependency.ecosystem, name }), line);
      addFirst(this.#bySource, lineKey(dependency), line);
      if (dependency.isIndirect !== true) addFirst(this.#directBySource, lineKey(dependency), line);
    }
  }

  /** @returns The line that declares a package under any of its names. */
  declaring(target: Package): DeclaredDependency | undefined {
    return this.#byName.get(nameKey(target));
  }

  /** @returns The line that takes the same package from the same source; what only others need is not asked for yet. */
  like(dependency: Dependency): DeclaredDependency | undefined {
    const lines = dependency.isIndirect === true ? this.#bySource : this.#directBySource;
    return lines.get(lineKey(dependency));
  }
}

function addFirst(lines: Map<string, DeclaredDependency>, key: string, line: DeclaredDependency): void {
  if (!lines.has(key)) lines.set(key, line);
}
