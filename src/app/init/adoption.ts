import { ownPackage } from '../../ecosystems/index.ts';
import { packageLabel, type Package } from '../../model/package.ts';
import type { DeclaredDependency } from '../../declarations/read.ts';
import { edit, type Edit, type Edited } from '../../whitelist/edit.ts';
import type { Request } from './requests.ts';

/** What a project uses on the day that it gets the linter. */
export interface Adoption {
  /** The state whose manifests count: `HEAD`, or `the work tree` before the first commit. */
  readonly base: string;
  readonly baseline: readonly Package[];
  /** Modules that packages provide and the shipped list does not know, by the package as people write it. */
  readonly imports: ReadonlyMap<string, readonly string[]>;
  readonly foreign: readonly DeclaredDependency[];
  readonly requests: readonly Request[];
  /** Modules of the project itself that git ignores. */
  readonly localModules: readonly string[];
  /** Sentences about what could not be read. */
  readonly notes: readonly string[];
}

/**
 * Writes the whitelist of a project that has none.
 *
 * @param today `YYYY-MM-DD`, UTC.
 */
export function whitelistOf(file: string, adoption: Adoption, today: string): Promise<Edited> {
  const { baseline, imports, requests } = adoption;
  const edits: Edit[] = [
    ...baseline.map(({ ecosystem, name }) => {
      const modules = imports.get(packageLabel({ ecosystem, name }));
      const content = modules === undefined ? {} : { imports: modules };
      return { kind: 'put', section: 'baseline', ecosystem, name, content } as const;
    }),
    ...requests.map(({ package: requestedPackage, reason }) => {
      const { ecosystem, name } = requestedPackage;
      const isLinter = isThisTool(requestedPackage);
      const content = { reason: isLinter ? 'checks imports before every commit' : reason, date: today };
      return { kind: 'put', section: isLinter ? 'approved' : 'requested', ecosystem, name, content } as const;
    }),
  ];
  return edit(file, null, edits);
}

/** Who runs `init` has decided about this package: the commit that brings it must not be stopped by it. */
export function isThisTool({ ecosystem, name }: Package): boolean {
  return ecosystem === ownPackage.ecosystem && name === ownPackage.name;
}

/** @returns A config for a project that has none: the modules that nobody can see in the repository. */
export function configOf(localModules: readonly string[]): string {
  const names = localModules.map((name) => `  - ${JSON.stringify(name)}\n`).join('');
  return `# Modules of this project that are generated, or that git ignores.\nlocalModules:\n${names}`;
}
