import type { Dependency } from '../model/manifest.ts';
import type { Package } from '../model/package.ts';
import { lineKey, nameKey, namesOf } from './dependency-line.ts';
import type { DeclaredDependency } from './read.ts';

/**
 * Dependency lines by what they make importable and by what they take from where. Of several, the first counts.
 */
export class DeclaredLines {
  readonly #byName = new Map<string, DeclaredDependency>();
  readonly #bySource = new Map<string, DeclaredDependency>();

  constructor(declared: readonly DeclaredDependency[]) {
    for (const line of declared) {
      const { dependency } = line;
      for (const name of namesOf(dependency))
        addFirst(this.#byName, nameKey({ ecosystem: dependency.ecosystem, name }), line);
      addFirst(this.#bySource, lineKey(dependency), line);
    }
  }

  /** @returns The line that declares a package under any of its names. */
  declaring(target: Package): DeclaredDependency | undefined {
    return this.#byName.get(nameKey(target));
  }

  /** @returns The line that takes the same package from the same source. */
  like(dependency: Dependency): DeclaredDependency | undefined {
    return this.#bySource.get(lineKey(dependency));
  }
}

function addFirst(lines: Map<string, DeclaredDependency>, key: string, line: DeclaredDependency): void {
  if (!lines.has(key)) lines.set(key, line);
}
