import { gradesOf } from '../../rules/grades.ts';
import { ecosystems, findEcosystem, isPossible, packageOf } from '../ecosystems/index.ts';
import type { Suggestion } from '../model/evidence.ts';
import type { Package } from '../model/package.ts';
import { NameIndex, tiers } from '../similar-names/name-index.ts';
import type { KnownPackage } from '../similar-names/name-index.ts';
import { loadPopular } from '../similar-names/popular.ts';
import { sameNameElsewhere, suggest } from '../similar-names/suggest.ts';
import type { Query } from '../similar-names/suggest.ts';

/** What names are compared with. */
export interface Names {
  readonly project: readonly KnownPackage[];
  /** The names of the project, and the well-known ones of the ecosystems that are asked about. */
  readonly nameIndex: NameIndex;
}

/**
 * The packages that were probably meant. Whoever writes a module of which the bundled map says that the package in
 * question provides it has misspelled nothing; where it names other packages, the usual one of them was meant and nothing
 * else. All other names are compared with known ones: narrowly where the package exists and nothing speaks against it,
 * and where no package can have the name: a module resembles a package by chance. Only of a name that does not exist here it can be said that it is known elsewhere.
 *
 * @param grade The package's grade: the id of one of `rules/grades.ts`.
 */
export async function suggestionsFor(
  { package: subject, specifier }: Query,
  grade: string,
  { project, nameIndex }: Names,
): Promise<readonly Suggestion[]> {
  // What a loader, a query or a scheme adds to a specifier is no part of a name.
  const isBare = specifier !== '' && !/[!?:]/.test(specifier);
  const query = { package: subject, specifier: isBare ? specifier : subject.name };
  const provided = await providerOf(query, nameIndex);
  if (provided !== null) return provided;
  const lookalikes = suggest(query, nameIndex, 'narrow');
  const isNarrow = gradesOf('present').includes(grade) || !isPossible(subject);
  if (lookalikes.length > 0 || isNarrow) return spelledByMap(lookalikes);
  // The other ecosystems' lists cost their loading.
  const elsewhere =
    grade === 'nonexistent'
      ? sameNameElsewhere(subject, new NameIndex(project, await loadPopular(ecosystems.map(({ id }) => id))))
      : [];
  return elsewhere.length > 0 ? elsewhere : spelledByMap(suggest(query, nameIndex, 'generous'));
}

/** Where nothing but the name told the module, the bundled map may know better: `PIL` for pillow. */
async function spelledByMap(suggestions: readonly Suggestion[]): Promise<readonly Suggestion[]> {
  return Promise.all(
    suggestions.map(async (suggestion) => {
      const { package: target, specifier } = suggestion;
      const ecosystem = findEcosystem(target.ecosystem);
      const moduleNames = await ecosystem?.modules?.();
      if (moduleNames === undefined || specifier !== ecosystem?.defaultSpecifier(target.name))
        return suggestion;
      return { ...suggestion, specifier: moduleNames.modulesOf(target.name)[0] ?? specifier };
    }),
  );
}

/** @returns What the bundled map tells; null where it does not have the name. */
async function providerOf(
  { package: subject, specifier }: Query,
  nameIndex: NameIndex,
): Promise<readonly Suggestion[] | null> {
  const { ecosystem } = subject;
  const moduleNames = await findEcosystem(ecosystem)?.modules?.();
  const [usual, ...alternatives] = moduleNames?.providersLike(specifier) ?? [];
  if (moduleNames === undefined || usual === undefined) return null;
  const target = { ecosystem, name: usual };
  if ([usual, ...alternatives].includes(subject.name) || !isBetterKnown(target, subject, nameIndex))
    return [];
  const part = findEcosystem(ecosystem)?.packagePart(specifier) ?? specifier;
  const isSpelledSo = (module: string) =>
    packageOf(ecosystem, module).name === packageOf(ecosystem, part).name;
  const module = moduleNames.modulesOf(usual).find(isSpelledSo);
  const spelling = module === undefined ? specifier : module + specifier.slice(part.length);
  return [{ package: target, specifier: spelling, why: `it provides ${module ?? specifier}` }];
}

/** Some well-known packages bear the name of a module that another one provides: they were meant, unless they are known less. */
function isBetterKnown(target: Package, subject: Package, nameIndex: NameIndex): boolean {
  const [targetTier, subjectTier] = [nameIndex.tierOf(target), nameIndex.tierOf(subject)];
  if (subjectTier === undefined) return true;
  return targetTier !== undefined && tiers.indexOf(targetTier) < tiers.indexOf(subjectTier);
}
