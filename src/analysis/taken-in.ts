import type { Declarations } from '../declarations/declarations.ts';
import type { ListNaming } from '../model/manifest.ts';
import type { Change } from '../model/snapshot.ts';
import type { NewPackage } from './new-packages.ts';
import { fileName } from '../text/file-names.ts';
import { LineIndex } from '../text/lines.ts';

/** A list, or the manifest of a package, that a change leaves alone and has a manifest take in: its lines count as added. */
export interface TakenIn {
  readonly change: Change;
  /** Which line takes it in. */
  readonly note: string;
}

/** The manifests of the states of a change. */
export interface TakenInStates {
  readonly head: Declarations;
  readonly bases: readonly Declarations[];
  readonly naming: ListNaming;
  /** The texts of the judged state. */
  readonly text: (path: string) => Promise<string | undefined>;
}

/** A file that another one names, and the number of the line that does. */
export interface NamedFile {
  readonly path: string;
  readonly line: number;
}

/**
 * Looks for files that newly count because of a line that the change adds elsewhere: lists of requirements or constraints,
 * and packages in folders that nobody reads. What they take in themselves counts, too. A file that counted in the same way
 * in every base is left out.
 */
export async function takenIn(
  changes: readonly Change[],
  states: TakenInStates,
): Promise<readonly TakenIn[]> {
  const changedPaths = new Set(changes.map(({ path }) => path));
  const waiting = new Set(changedPaths);
  const lists = new Map<string, TakenIn>();
  const add = (path: string, by: NamedFile) => {
    waiting.add(path);
    const note = `${by.path}:${String(by.line)} takes in ${path}, which the change leaves as it is: its lines count as added`;
    lists.set(path, { change: { path, previous: states.bases.map(() => [path]) }, note });
  };
  for (const { path, by } of await packagesIn([...changedPaths], states))
    if (!changedPaths.has(path)) add(path, by);
  // A set hands out what is added to it while it is walked.
  for (const path of waiting) {
    for (const { path: list, line } of await namedIn(path, states)) {
      if (changedPaths.has(list) || lists.has(list) || !(await isNewList(list, states))) continue;
      add(list, { path, line });
    }
  }
  return [...lists.values()];
}

/** Packages in folders that nobody reads; few changes are of manifests. */
async function packagesIn(paths: readonly string[], states: TakenInStates): Promise<readonly NewPackage[]> {
  const formats = await Promise.all(paths.map((path) => states.head.formatAt(path)));
  const manifests = paths.filter((_, at) => formats[at] !== undefined);
  if (manifests.length === 0) return [];
  const { newPackages } = await import('./new-packages.ts');
  return newPackages(manifests, states);
}

async function namedIn(path: string, { head, naming, text }: TakenInStates): Promise<readonly NamedFile[]> {
  const isManifest = (await head.formatAt(path)) !== undefined;
  const named = isManifest ? (await head.manifestAt(path)).inclusions : [];
  if (!naming.mayName(path)) return named;
  const lists = await head.listsNamedIn(path);
  if (lists.length === 0) return named;
  const program = (await text(path)) ?? '';
  const lines = new LineIndex(program);
  return [
    ...named,
    ...lists.map((list) => {
      return { path: list, line: lines.locate(Math.max(0, program.indexOf(fileName(list)))).line };
    }),
  ];
}

async function isNewList(path: string, { head, bases }: TakenInStates): Promise<boolean> {
  const format = await head.formatAt(path);
  if (format === undefined) return false;
  for (const base of bases)
    if ((await base.formatAt(path))?.id !== format.id || !(await base.isCounted(path))) return true;
  return false;
}
