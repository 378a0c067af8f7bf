import type { Package } from '../../model/package.ts';
import type { Declared } from '../../standing/declarations.ts';
import { edit, type Edit, type Edited } from '../../whitelist/edit.ts';
import type { Request } from './requests.ts';

/** What a project uses on the day that it gets the linter. */
export interface Adoption {
  /** The state whose manifests count: `HEAD`, or `the work tree` before the first commit. */
  readonly base: string;
  readonly baseline: readonly Package[];
  /** Modules that distributions provide and the shipped list does not know, by canonical name. */
  readonly imports: ReadonlyMap<string, readonly string[]>;
  readonly foreign: readonly Declared[];
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
      const modules = ecosystem === 'pypi' ? imports.get(name) : undefined;
      const content = modules === undefined ? {} : { imports: modules };
      return { kind: 'put', section: 'baseline', ecosystem, name, content } as const;
    }),
    ...requests.map(({ package: { ecosystem, name }, reason }) => {
      return {
        kind: 'put',
        section: 'requested',
        ecosystem,
        name,
        content: { reason, date: today },
      } as const;
    }),
  ];
  return edit(file, null, edits);
}
