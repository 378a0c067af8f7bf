import type { Evidence, Suggestion } from '../../model/evidence.ts';
import type { PackageFacts } from '../../model/outside.ts';
import { purl, type Package } from '../../model/package.ts';
import { Survey } from '../../references/survey.ts';
import type { EntryContent } from '../../whitelist/write.ts';
import { isScopePattern } from '../../whitelist/entry.ts';
import type { AskedPackage, PackageAnswers } from '../../outside.ts';
import { curiosityOf } from '../run.ts';
import type { Desk } from './desk.ts';
import { installedModules } from './installed.ts';
import { chooseModules, isMapped, namesake } from './modules.ts';

/** What an approval is to know of its package before a person decides. */
export interface Learned {
  readonly package: Package;
  readonly grade: string;
  readonly evidence: readonly Evidence[];
  readonly suggestions: readonly Suggestion[];
  /** What goes into the entry. */
  readonly content: EntryContent;
  /** Sentences about modules that were left out. */
  readonly notes: readonly string[];
}

/** How the registries are asked. */
export interface Inquiry {
  readonly offline: boolean;
  /** Modules that the person names. */
  readonly imports: readonly string[];
  /** What programs write to import a package, as far as that is known. */
  readonly used: (one: Package) => readonly string[];
}

/** Grades of names that nobody should be able to approve by a slip of the hand. */
export const grave: readonly string[] = ['malicious', 'nonexistent', 'withdrawn'];

/**
 * Asks registries about packages that are to be approved, and finds out which modules they provide. A scope is
 * no package: nobody can be asked about it.
 */
export async function learn(
  packages: readonly Package[],
  desk: Desk,
  inquiry: Inquiry,
): Promise<readonly Learned[]> {
  const modules = await Promise.all(packages.map((one) => knownModules(one, desk, inquiry)));
  const asked = packages.flatMap((one, at): AskedPackage[] =>
    isScopePattern(one.name) ? [] : [{ package: one, modules: modulesToAsk(one, modules[at], inquiry) }],
  );
  const { askPackages } = await import('../../outside.ts');
  const { policy, policyFiles, scope, survey } = desk.project;
  const names = await new Survey(scope, survey).projectNames();
  const options = { world: desk.world, offline: inquiry.offline, patience: 'person' } as const;
  const answers = await askPackages(asked, names, curiosityOf(policy, policyFiles, options));
  return packages.map((one, at) => learned(one, answers, { inquiry, known: modules[at] }));
}

/** Modules of a Python distribution; null where only its wheel can tell. */
type KnownModules = { readonly modules: readonly string[]; readonly environment: string } | 'mapped' | null;

async function knownModules(one: Package, desk: Desk, { imports }: Inquiry): Promise<KnownModules> {
  if (one.ecosystem !== 'pypi' || imports.length > 0 || isMapped(one.name)) return 'mapped';
  return installedModules(one.name, { root: desk.ground.root, env: desk.world.env });
}

/** The registry is asked for the modules of a wheel only together with one of them. */
function modulesToAsk(
  one: Package,
  known: KnownModules | undefined,
  { imports, used }: Inquiry,
): readonly string[] {
  if (one.ecosystem !== 'pypi') return [];
  const certain = [...imports, ...used(one)];
  return certain.length === 0 && known === null ? [namesake(one.name)] : certain;
}

function learned(
  one: Package,
  answers: PackageAnswers,
  { inquiry, known }: { inquiry: Inquiry; known: KnownModules | undefined },
): Learned {
  const answer = answers.known.get(purl(one));
  if (answer === undefined)
    return { package: one, grade: 'exists', evidence: [], suggestions: [], content: {}, notes: [] };
  const [specifier = one.name] = inquiry.used(one);
  const guessed = known === null && one.ecosystem === 'pypi' && inquiry.used(one).length === 0;
  const provides = { state: 'notAsked', reason: 'no module is imported from it' } as const;
  const facts = guessed ? { ...answer.facts, provides } : answer.facts;
  const grade = answers.gradeOf(facts);
  const evidence = answer.evidence.filter(({ fact }) => !guessed || fact !== 'provides-module');
  const found = chosen(one, answers, { known, evidence });
  const imports = inquiry.imports.length > 0 ? inquiry.imports : found.imports;
  const told = facts.answer.kind === 'present' ? toldOf(facts.answer.facts) : {};
  const unanswered = facts.answer.kind === 'unknown' || facts.answer.kind === 'notAsked';
  return {
    package: one,
    grade,
    evidence,
    suggestions: answers.suggestFor(one, specifier),
    content: {
      imports,
      ...told,
      despite: grave.includes(grade) ? grade : null,
      unverified: unanswered,
    },
    notes: found.notes,
  };
}

/** As many modules as evidence shows; a list of this length may be cut. */
const mostModules = 20;

function chosen(
  one: Package,
  answers: PackageAnswers,
  { known, evidence }: { known: KnownModules | undefined; evidence: readonly Evidence[] },
): { imports: readonly string[]; notes: readonly string[] } {
  if (known === 'mapped' || one.ecosystem !== 'pypi') return { imports: [], notes: [] };
  const shown = evidence.find(({ fact, state }) => fact === 'modules' && state === 'present');
  const inWheel = shown?.state === 'present' && Array.isArray(shown.value) ? shown.value.map(String) : [];
  if (!known && inWheel.length >= mostModules)
    return {
      imports: [],
      notes: [`${one.name} provides many modules; name those that you use with --imports.`],
    };
  const { imports, foreign } = chooseModules(one.name, known?.modules ?? inWheel, answers.isKnown);
  const notes = foreign.map(
    (module) =>
      `${one.name} also brings a module ${module}, which is known to belong to another distribution; it was left out.`,
  );
  return { imports, notes };
}

/** What is worth keeping of what a registry tells: when the package was created, and where its sources are. */
function toldOf({ created, repository }: PackageFacts): EntryContent {
  return {
    created: created.state === 'present' ? created.value.slice(0, 10) : null,
    repository: repository === null ? null : webAddress(repository),
  };
}

/** `git+https://example.org/x.git` is shown as people open it; anything but a web address is left out. */
function webAddress(repository: string): string | null {
  const address = repository
    .replace(/^git\+/, '')
    .replace(/^git:\/\//, 'https://')
    .replace(/\.git$/, '');
  if (!URL.canParse(address) || address.length > 200) return null;
  const { protocol, host, pathname, username } = new URL(address);
  return protocol === 'https:' && username === '' ? `https://${host}${pathname}`.replace(/\/$/, '') : null;
}
