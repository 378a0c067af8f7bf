import { SourceIndex } from './source-index.ts';
import { join } from './roots.ts';
import type { Root } from './roots.ts';

/** A file of the project that an import reaches, and the root that it is reached from. */
export interface FirstPartyModule {
  readonly file: string;
  readonly root: Root;
  /**
   * Where the module would have to be, without ending, if the file is only that of a package above it, or that of the
   * package out of which a name is taken that it does not have.
   */
  readonly gap?: string;
}

/** One possibility: a module's path below a root. A `parent` counts only as a package with `__init__`. */
export interface Candidate {
  readonly root: Root;
  readonly target: string;
  readonly path: string;
  readonly parent: boolean;
}

/** What a candidate turned out to be. */
export interface FoundModule extends FirstPartyModule, Pick<Candidate, 'target' | 'parent'> {}

/** By these Odoo knows an add-on: https://www.odoo.com/documentation/18.0/developer/reference/backend/module.html */
export const ADD_ON = ['__manifest__.py', '__openerp__.py'] as const;

/** @returns The files of source that a candidate may be. */
export function filesOf({ path, parent }: Candidate): readonly string[] {
  const init = join(path, '__init__.py');
  return parent ? [init] : [init, `${path}.py`];
}

/** @returns The file that a candidate is; undefined where there is none. */
export function fileOf(candidate: Candidate, files: ReadonlySet<string> | SourceIndex): string | undefined {
  if (!(files instanceof SourceIndex)) return filesOf(candidate).find((path) => files.has(path));
  return candidate.parent ? files.package(candidate.path) : files.module(candidate.path);
}
