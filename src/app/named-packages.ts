import { ecosystemsOf } from '../analysis/ecosystems-of.ts';
import { Analysis } from '../analysis/analyse.ts';
import { ecosystems, findEcosystem, packageOf } from '../ecosystems/index.ts';
import { packageLabel, purl, type Package } from '../model/package.ts';
import { meaningText, nameMeaning, onlyProvider } from './name-meaning.ts';
import { openChange } from './change.ts';
import type { KnownEcosystem } from './known-ecosystems.ts';
import { ecosystemsBearing, isBare, parsePackage } from './package-arguments.ts';
import { UsageError } from './usage-error.ts';
import type { WhitelistSession } from './whitelist-session.ts';

/**
 * Reads packages that are to be denied: a name is a package's own, because what imports mean by it may be all right.
 *
 * @param onMeaning Hears of names that are also modules of other packages.
 * @returns The packages whose own names the words are, each once.
 * @throws UsageError for a word that names none.
 */
export async function packagesNamed(
  words: readonly string[],
  onMeaning: (sentence: string) => void,
  session: WhitelistSession,
): Promise<readonly Package[]> {
  const packages: { readonly word: string; readonly named: Package }[] = [];
  for (const word of words) packages.push({ word, named: await packageNamed(word, { onMeaning }, session) });
  for (const { word, named } of packages) {
    const meaning = isBare(word) ? await nameMeaning(word, named, session) : null;
    if (meaning === null) continue;
    const providers = meaning.providers.map(packageLabel).join(', ');
    onMeaning(
      `What is denied is the distribution ${packageLabel(named)}; imports of ${word} lead to ${providers}.`,
    );
  }
  return unique(packages.map(({ named }) => named));
}

/** How a person hears which package a bare name means. */
export interface NameAdvice {
  readonly command: 'approve' | 'request';
  readonly onMeaning: (sentence: string) => void;
  /** Asks whether that package is meant. Left out where nobody can answer: then the sentence has to do. */
  readonly confirmMeaning?: ((question: string) => Promise<boolean>) | undefined;
}

/**
 * Reads packages as people write them. A name without an ecosystem is first what the project’s imports call so: `bs4`
 * is beautifulsoup4.
 *
 * @returns The packages that the words mean, each once.
 * @throws UsageError for a word that means none, or may mean several, and where a person does not confirm it.
 */
export async function packagesMeant(
  words: readonly string[],
  advice: NameAdvice,
  session: WhitelistSession,
): Promise<readonly Package[]> {
  const packages: Package[] = [];
  for (const word of words) {
    const named = await packageNamed(word, { onMeaning: advice.onMeaning, onSeveral: refuseModule }, session);
    packages.push(isBare(word) ? await packageMeant({ word, named }, advice, session) : named);
  }
  return unique(packages);
}

/**
 * Reads a package as people write it. In a project of several ecosystems a bare name belongs to the only one in which it is
 * known, or that has such names; that is said, for no decision goes to an ecosystem unsaid.
 *
 * @param onSeveral Refuses a name that several know, or none, where there is more to be said than that.
 */
async function packageNamed(
  word: string,
  { onMeaning, onSeveral }: Pick<NameAdvice, 'onMeaning'> & { readonly onSeveral?: typeof refuseModule },
  session: WhitelistSession,
): Promise<Package> {
  const inProject = await ecosystemsIn(session);
  if (!isBare(word)) return parsePackage(word, inProject);
  if (inProject.length === 1)
    return packageCalled(word, parsePackage(word, inProject), { onMeaning, session });
  const only = await onlyKnowing(word, inProject, session);
  const [bearing = null, ...alternatives] = ecosystemsBearing(word, inProject);
  const ecosystem = only?.ecosystem ?? (alternatives.length === 0 ? bearing : null);
  if (ecosystem === null) {
    await onSeveral?.(word, inProject, session);
    return parsePackage(word, inProject);
  }
  const named = parsePackage(`${ecosystem}:${word}`, []);
  const reason = only?.reason ?? 'no other ecosystem of the project has such names';
  onMeaning(`${word} is one of ${ecosystem} here: ${reason}.`);
  return packageCalled(word, named, { onMeaning, session });
}

/**
 * Programs may write the name of a package otherwise than its manifest does: `tokio_util` of tokio-util. They may also name a
 * part of one, `github.com/gorilla/mux/middleware`, of which nobody but a registry tells that it is no package: that is said.
 *
 * @returns The only package that programs call so, of those that the project declares or has decided about; else the named one.
 */
async function packageCalled(
  word: string,
  named: Package,
  { onMeaning, session: { project } }: Pick<NameAdvice, 'onMeaning'> & { readonly session: WhitelistSession },
): Promise<Package> {
  const ecosystem = findEcosystem(named.ecosystem);
  const names = await new Analysis(project.scope, project.analysisOptions).projectNames();
  const { trusted, proposed } = await names.lines();
  const lines = [...trusted, ...proposed].map((line) => line.package);
  const packages = unique([...project.policy.whitelist.entries, ...lines]).filter(
    (subject) => subject.ecosystem === named.ecosystem,
  );
  if (packages.some(({ name }) => name === named.name)) return named;
  const called = packages.filter(({ name }) => ecosystem?.defaultSpecifier(name) === word);
  const [only, ...alternatives] = called;
  const holders = ecosystem?.holdersOf?.(named.name) ?? [];
  const holder = holders.find((each) => packages.some(({ name }) => name === each));
  if (holder !== undefined)
    onMeaning(
      `${word} may be a part of ${packageLabel({ ...named, name: holder })}, which the project has: a decision about it counts only where it is a package of its own.`,
    );
  if (only === undefined || alternatives.length > 0) return named;
  onMeaning(`${word} is what programs call ${packageLabel(only)}, which the project has.`);
  return packageOf(only.ecosystem, only.name);
}

/** @returns The only ecosystem in which the work tree, or what is staged, knows a name. */
async function onlyKnowing(
  word: string,
  inProject: readonly string[],
  session: WhitelistSession,
): Promise<KnownEcosystem | null> {
  if (inProject.length === 0) return null;
  const change = await openChange(session);
  try {
    const { ecosystemsKnowing } = await import('./known-ecosystems.ts');
    const [only, ...alternatives] = await ecosystemsKnowing(word, inProject, [session.project, change]);
    return only === undefined || alternatives.length > 0 || !only.isPackage ? null : only;
  } finally {
    if (change !== session.project) change.close();
  }
}

async function packageMeant(
  { word, named }: { readonly word: string; readonly named: Package },
  { command, onMeaning, confirmMeaning }: NameAdvice,
  session: WhitelistSession,
): Promise<Package> {
  const meaning = await nameMeaning(word, named, session);
  if (meaning === null) return named;
  const provider = await onlyProvider(meaning, session);
  if (confirmMeaning === undefined) {
    onMeaning(meaningText(meaning, provider, consequences[command]));
    return provider;
  }
  const question = command === 'approve' ? 'Approve' : 'Request';
  if (await confirmMeaning(meaningText(meaning, provider, `. ${question} ${provider.name}?`)))
    return provider;
  throw new UsageError(
    `${word} may mean two packages. Nothing was written.`,
    `Name the one that is meant: ${packageLabel(provider)} or ${packageLabel(named)}.`,
  );
}

const consequences = { approve: ': approving that.', request: ': requesting that.' } as const;

/** @throws UsageError for a name that could belong to several ecosystems, and in one of them is a module of a package. */
async function refuseModule(
  word: string,
  inProject: readonly string[],
  session: WhitelistSession,
): Promise<void> {
  const ids = inProject.length > 0 ? inProject : ecosystems.map(({ id }) => id);
  const meanings = await Promise.all(ids.map((id) => nameMeaning(word, packageOf(id, word), session)));
  if (meanings.every((meaning) => meaning === null)) return;
  const choices = ids.map((id, at) => {
    const meaning = meanings[at] ?? null;
    if (meaning === null) return `${id}:${word}`;
    return `${meaning.providers.map(packageLabel).join(' or ')} (which provides the module ${word})`;
  });
  throw new UsageError(`${word} could belong to several ecosystems`, `Write ${choices.join(' or ')}.`);
}

async function ecosystemsIn({ project }: WhitelistSession): Promise<readonly string[]> {
  const paths = await project.scope.head.list();
  return ecosystemsOf(paths.filter((path) => !project.policy.ignores(path)));
}

function unique(packages: readonly Package[]): readonly Package[] {
  return [...new Map(packages.map((subject) => [purl(subject), subject])).values()];
}
