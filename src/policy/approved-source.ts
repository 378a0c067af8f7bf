import type { Declarations } from '../declarations/declarations.ts';
import { folderOf, OWN, publicAddress, SourcePlaces } from '../declarations/places.ts';
import type { DeclaredDependency } from '../declarations/read.ts';
import type { Dependency } from '../model/manifest.ts';
import { isAlias, namesOf } from '../declarations/dependency-line.ts';
import type { Package } from '../model/package.ts';
import { isSameSource } from './foreign-source.ts';

/** Who asks, and the manifests of the state that is judged. */
interface Question {
  readonly file: string;
  /** What a program that asks takes from elsewhere itself. */
  readonly lines: readonly Dependency[];
  readonly declarations: Declarations;
}

/**
 * Looks at the lines that declare a package: what the asking program itself says, those of the asking manifest itself, else those of the manifests above the
 * asking program, else all of them.
 *
 * @param source The source that an approval names.
 * @returns Whether they take it from there: in a manifest every one of them, for a program one of them. Of what nothing
 *   declares nobody can tell where it comes from.
 */
export async function comesFrom(
  source: string,
  subject: Package,
  { file, lines: programLines, declarations }: Question,
): Promise<boolean> {
  const subjectLines = programLines.filter((dependency) => declares({ dependency }, subject));
  if (subjectLines.length > 0)
    return subjectLines.every(
      ({ source: from }) => from.kind === 'foreign' && isSameSource(source, from.value),
    );
  const manifests = await declarations.manifests();
  const lines = manifests.flatMap(({ declared }) => declared).filter((line) => declares(line, subject));
  const places = new SourcePlaces(manifests);
  const placesOf = ({ dependency, at }: DeclaredDependency) => {
    const isTarget = isAlias(dependency) && dependency.name === subject.name;
    return [...(isTarget ? places.asked(dependency, at.file) : places.of(dependency, at.file))];
  };
  const isOwnAsked = lines.some((line) => placesOf(line).includes(OWN));
  const address = isOwnAsked ? await publicAddress(subject.ecosystem) : '';
  // An approval of `evil` from `npm:evil` is one of what aliases lead to.
  const isAliasTo = ({ dependency: { source: from, name } }: DeclaredDependency) =>
    name === subject.name && from.kind === 'foreign' && isSameSource(source, from.value);
  const leads = (line: DeclaredDependency) =>
    isAliasTo(line) || placesOf(line).every((place) => isSameSource(source, place === OWN ? address : place));
  const ownLines = lines.filter(({ at }) => at.file === file);
  if (ownLines.length > 0) return ownLines.every(leads);
  const linesAbove = lines.filter(({ at }) => file.startsWith(folderOf(at.file)));
  return (linesAbove.length > 0 ? linesAbove : lines).some(leads);
}

function declares(
  { dependency }: Pick<DeclaredDependency, 'dependency'>,
  { ecosystem, name }: Package,
): boolean {
  return (
    dependency.ecosystem === ecosystem &&
    dependency.source.kind !== 'workspace' &&
    namesOf(dependency).includes(name)
  );
}
