import type { Package } from '../model/package.ts';
import { folderOf, isWithin, joinPath } from '../text/paths.ts';
import type { Declarations } from './declarations.ts';
import type { DeclaredDependency, ReadManifest } from './read.ts';

/** The manifests of the states that are compared. */
export interface ComparedManifests {
  /** Of each base. */
  readonly trusted: readonly Declarations[];
  /** Of what is judged. */
  readonly proposed: Declarations;
}

/** A package, and the file that asks for it by its name. */
export interface NameQuestion {
  readonly subject: Package;
  readonly file: string;
}

/**
 * Whether the project describes a package itself, so that nobody has to decide about its name. Of what only the change
 * describes, what a workspace links counts. Of what a base describes, what is connected with the file that asks: a
 * manifest in some corner keeps no registry from serving its name.
 */
export async function isOwnPackage(
  question: NameQuestion,
  { trusted, proposed }: ComparedManifests,
): Promise<boolean> {
  if (await proposed.links(question.subject, question.file)) return true;
  return isDescribed(question, { trusted, proposed });
}

/** @returns Whether a manifest of a base describes a package, and that state or the judged one connects it with the file. */
export async function isDescribed(
  question: NameQuestion,
  { trusted, proposed }: ComparedManifests,
): Promise<boolean> {
  for (const base of trusted) {
    const manifests = await base.describing(question.subject);
    if (manifests.length === 0) continue;
    if ((await isConnected(question, base)) || (await isConnected(question, proposed))) return true;
  }
  return false;
}

/**
 * What connects the package that a manifest describes with a file: it describes the file's own folder or one above, a
 * workspace has both, or a line for that folder, for one above, or for one that such a line leads to, takes the package
 * from its folder.
 *
 * @returns Whether a state connects the two.
 */
async function isConnected({ subject, file }: NameQuestion, state: Declarations): Promise<boolean> {
  const homes = new Set((await state.describing(subject)).map(folderOf));
  if (homes.size === 0) return false;
  for (const home of homes) if (isWithin(home, file)) return true;
  if (await state.connects(subject, file)) return true;
  return leadsTo({ subject, file }, homes, await state.manifests());
}

function leadsTo(
  { subject, file }: NameQuestion,
  homes: ReadonlySet<string>,
  manifests: readonly ReadManifest[],
): boolean {
  const ofEcosystem = manifests.filter(({ format }) => format.ecosystem === subject.ecosystem);
  // A set hands out what is added to it while it is walked.
  const reached = new Set(ofEcosystem.filter(({ path }) => isWithin(folderOf(path), file)));
  for (const { path, declared, includes } of reached) {
    const folders = new Set(declared.flatMap((line) => foldersOf(line, path)));
    for (const home of homes) if (folders.has(home)) return true;
    if (
      declared.some(
        ({ dependency: { source, name } }) => source.kind === 'workspace' && name === subject.name,
      )
    )
      return true;
    for (const manifest of ofEcosystem)
      if (folders.has(folderOf(manifest.path)) || includes.includes(manifest.path)) reached.add(manifest);
  }
  return false;
}

/** @returns The folders that a line may lead to, from the root. */
export function foldersOf(
  { dependency: { source } }: DeclaredDependency,
  manifest: string,
): readonly string[] {
  if (source.kind !== 'foreign' || source.folders === undefined) return [];
  return source.folders.flatMap(
    (folder) => joinPath(folder.startsWith('/') ? '' : folderOf(manifest), folder) ?? [],
  );
}
