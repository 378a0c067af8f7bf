import { findEcosystem } from '../ecosystems/index.ts';
import type { Answer } from '../model/registry-facts.ts';
import type { EcosystemId, Package } from '../model/package.ts';
import type { Archive, EcosystemRegistry, Endpoint } from '../model/registry.ts';
import { cachedLookup, type CachedAnswer, type LookupContext } from './cached-lookup.ts';
import { osvObstacle } from './osv.ts';
import type { Routing } from './routes.ts';

/** What the answers of one run come from. */
export interface RunContext extends LookupContext {
  readonly routing: Routing;
  readonly registries: ReadonlyMap<EcosystemId, EcosystemRegistry>;
  /** The versions of a package that the project has. */
  readonly versionsOf: (subject: Package) => Promise<readonly string[]>;
  readonly osv: string;
  /** An ISO 8601 time. */
  readonly startedAt: string;
}

/** The answer of the registry that a name belongs to. `endpoint` is null where nobody was asked. */
export interface RegistryResponse extends CachedAnswer {
  /** Of the newest version; `archive` is that of the version which the project has, where there is one. */
  readonly newest: Archive | null;
  readonly endpoint: Endpoint | null;
  readonly onPublicAndPrivate: boolean;
  /** The package that holds what is named, where there is none of the name itself. */
  readonly heldBy: Package | null;
  /** Why OSV is not to hear the name; null where it may. */
  readonly osvObstacle: string | null;
}

/**
 * Asks for one name, at the registries that it belongs to.
 *
 * @param version The one whose archive is to be looked into; null for the newest.
 */
export async function lookUpName(
  subject: Package,
  context: RunContext,
  version: string | null = null,
): Promise<RegistryResponse> {
  const registry = context.registries.get(subject.ecosystem);
  const route = context.routing.route(subject);
  if (route.kind === 'notAsked') return nobody(route.reason);
  if (registry === undefined) return nobody(`no registry is known for ${subject.ecosystem}`);
  if (findEcosystem(subject.ecosystem)?.valid(subject.name) !== true)
    return nobody('no registry could hold this name');
  const answers: { endpoint: Endpoint; cachedAnswer: CachedAnswer }[] = [];
  for (const endpoint of route.endpoints) {
    const question = { registry, name: subject.name, endpoint, version };
    const cachedAnswer = await context.shared.answerFor([endpoint.url, subject.name], version, () =>
      cachedLookup(question, context),
    );
    answers.push({ endpoint, cachedAnswer });
    if (endpoint.endsSearch === true && cachedAnswer.answer.kind === 'present') break;
    // Where one that may serve it did not say so, nobody knows whose name it is: the next ones don't learn it.
    const isOpen = endpoint.mayFail === true || context.routing.isWellKnown(subject);
    if (isUnanswered(cachedAnswer.answer) && !isOpen) break;
  }
  const best = choose(answers);
  const present = answers.filter(({ cachedAnswer }) => cachedAnswer.answer.kind === 'present');
  return {
    ...best.cachedAnswer,
    endpoint: best.endpoint,
    heldBy: null,
    archive: archiveIn(best.cachedAnswer, version),
    newest: best.cachedAnswer.archive,
    onPublicAndPrivate:
      present.some(({ endpoint }) => endpoint.isPublic) && present.some(({ endpoint }) => !endpoint.isPublic),
    osvObstacle: osvObstacle(answers.map(({ endpoint, cachedAnswer: { answer } }) => ({ endpoint, answer }))),
  };
}

/** That of the version which the project has, else the newest: it may have no archive. */
function archiveIn({ archive, versionArchive }: CachedAnswer, version: string | null): Archive | null {
  const isWanted = version !== null && versionArchive?.version === version;
  return (isWanted ? versionArchive.archive : null) ?? archive;
}

function nobody(reason: string): RegistryResponse {
  return {
    answer: { kind: 'notAsked', reason },
    archive: null,
    newest: null,
    versionArchive: null,
    endpoint: null,
    onPublicAndPrivate: false,
    heldBy: null,
    osvObstacle: reason,
  };
}

/** The first that serves the package; else one that could not tell; a name is absent only where all say so. */
function choose(answers: readonly { endpoint: Endpoint; cachedAnswer: CachedAnswer }[]): {
  endpoint: Endpoint | null;
  cachedAnswer: CachedAnswer;
} {
  for (const kind of ['present', 'unknown', 'notAsked', 'withdrawn', 'absent'] as const) {
    const match = answers.find(({ cachedAnswer }) => cachedAnswer.answer.kind === kind);
    if (match !== undefined) return match;
  }
  return { endpoint: null, cachedAnswer: nobody('no registry is known for it') };
}

function isUnanswered(answer: Answer): boolean {
  return answer.kind === 'notAsked' || (answer.kind === 'unknown' && answer.isHidden !== true);
}

/** A path has hardly more parts; a hostile one is not asked for part by part. */
const mostHolders = 8;

/**
 * Asks for what may be a part of a package: where there is none of the name itself, those that may hold it. Where one of
 * them is not to be asked for, none is.
 *
 * @param alternatives What is imported may lie in any of them; null where a package is named, so that one which holds that is
 *   told, and what is said is still said of the name.
 */
export async function lookUpPart(
  subject: Package,
  alternatives: readonly Package[] | null,
  context: RunContext,
): Promise<RegistryResponse> {
  const { ecosystem, name } = subject;
  const holders =
    alternatives ??
    (findEcosystem(ecosystem)?.holdersOf?.(name) ?? []).map((holder) => ({ ecosystem, name: holder }));
  const privateRoute = holders
    .map((holder) => context.routing.route(holder))
    .find(({ kind }) => kind === 'notAsked');
  if (privateRoute?.kind === 'notAsked') return nobody(privateRoute.reason);
  const response = await lookUpName(subject, context);
  if (response.answer.kind !== 'absent') return response;
  for (const holder of holders.slice(0, mostHolders)) {
    const holding = await lookUpName(holder, context);
    if (holding.answer.kind === 'present')
      return { ...(alternatives === null ? response : holding), heldBy: holder };
    if (alternatives !== null && holding.answer.kind !== 'absent') return holding;
  }
  return response;
}
