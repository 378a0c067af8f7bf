import { usesOf } from '../../findings/group.ts';
import { listIndex } from '../../git/listing.ts';
import type { Git } from '../../git/git.ts';
import { Survey, type Found } from '../../references/survey.ts';
import { filesOf } from '../../snapshots/files.ts';
import { Declarations } from '../../standing/declarations.ts';
import type { OpenedProject } from '../project.ts';
import type { Adoption } from './adoption.ts';
import { baselineOf } from './baseline.ts';
import { requestsOf } from './requests.ts';

/**
 * Looks at what a project declares and uses. Only tracked files count: what was written a minute ago and
 * never committed is not what the project lives with.
 */
export async function surveyProject(project: OpenedProject, git: Git): Promise<Adoption> {
  const { scope, policy, survey } = project;
  const declarations = scope.trust.map((base) => new Declarations(filesOf(base), survey.manifests));
  const lines = (await Promise.all(declarations.map((base) => base.lines()))).flat();
  const own = (await Promise.all(declarations.map((base) => base.defined()))).flat();
  const { packages, foreign } = baselineOf(lines, own, policy.ignores);
  const tracked = new Set((await listIndex(git)).map(({ path }) => path));
  const changes = scope.changes.filter(({ path }) => tracked.has(path));
  const found = await new Survey({ ...scope, changes }, survey).allReferences();
  return {
    base: scope.trust[0]?.label ?? 'HEAD',
    baseline: packages,
    imports: new Map(),
    foreign,
    requests: requestsOf(usesOf(found.judged)),
    localModules: [],
    notes: notesOf(found),
  };
}

function notesOf({ faults }: Found): string[] {
  const [first] = faults;
  if (!first) return [];
  const count = faults.length === 1 ? 'A file' : `${String(faults.length)} files`;
  const one = [first.file, first.line].filter((part) => part !== null).join(':');
  return [`${count} could not be read (${one}: ${first.message}). What is imported there is not listed.`];
}
