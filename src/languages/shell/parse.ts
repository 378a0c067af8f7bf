import type { Parsed, Parser, Source } from '../../model/language.ts';
import type { InstallRun } from '../../model/reference.ts';
import { loadInstalls, loadQuickInstalls, mayInstall } from '../shared/installs.ts';
import { shellDialect } from './dialects.ts';

/** Loads the grammar of shells and of the tools that install packages; cheap after the first call. */
export async function loadParser(): Promise<Parser> {
  const read = await loadInstalls();
  return {
    parse: ({ text, dialect }): Parsed => {
      if (!mayInstall(text)) return { imports: [], broken: null };
      const { imports, broken } = read(text, shellDialect(dialect));
      if (broken === null) return { imports, broken };
      // What the grammar rejects is read line by line, so that no command is missed.
      return { imports, broken: { ...broken, cause: 'errors', approximate: true, doubts: [] } };
    },
    glance: async ({ text, dialect }) => {
      const { imports } = (await loadQuickInstalls())(text, shellDialect(dialect));
      return { imports, doubts: [] };
    },
  };
}

/** @returns One run for each command that installs something, with the registries that it names. */
export async function installRuns({ text, dialect }: Source): Promise<readonly InstallRun[]> {
  if (!mayInstall(text)) return [];
  return (await loadInstalls())(text, shellDialect(dialect)).runs;
}
