import { array, literal, object, string, variant } from 'valibot';
import { findEcosystem } from '../ecosystems/index.ts';
import type { Fact } from '../model/evidence.ts';
import type { Answer } from '../model/registry-facts.ts';
import { keyOf } from '../similar-names/name-index.ts';
import { purl, type Package } from '../model/package.ts';
import type { CacheKey, Schema } from './cache.ts';
import { evidenceOf } from './evidence.ts';
import type { PackageKnowledge, PackageQuery } from './lookup-options.ts';
import { isEstablished } from './cached-lookup.ts';
import { lookUpName, lookUpPart, type RegistryResponse, type RunContext } from './look-up-name.ts';
import { isFresh, isPast } from './freshness.ts';
import { malware } from './osv.ts';
import type { MalwareReports } from './osv.ts';
import type { ShownModules } from '../model/module-names.ts';
import type { Archives } from '../model/registry.ts';

/**
 * Asks about all questions: first every registry, then, for what it knows, the modules, the imitated
 * package and reports of malware.
 *
 * @returns The knowledge for each question, in their order, and whether any answer counts.
 */
export async function lookUpAll(
  questions: readonly PackageQuery[],
  context: RunContext,
): Promise<readonly PackageKnowledge[]> {
  const responses = questions.map((question) => lookUpQuestion(question, context));
  const reports = await malwareOf(questions, responses, context);
  return Promise.all(
    questions.map(async (question, index) => {
      const answered = await (responses[index] ?? lookUpQuestion(question, context));
      return knowledge({ question, response: answered, reports: await reports[index] }, context);
    }),
  );
}

/** What one question looks into another one may, too: both want the version that the project has. */
async function lookUpQuestion(question: PackageQuery, context: RunContext): Promise<RegistryResponse> {
  const subject = question.package;
  if (findEcosystem(subject.ecosystem)?.holdersOf !== undefined)
    return lookUpPart(subject, question.alternatives ?? null, context);
  return lookUpName(subject, context, await versionInUse(subject, context));
}

async function versionInUse(subject: Package, context: RunContext): Promise<string | null> {
  const archives = context.registries.get(subject.ecosystem)?.archives ?? null;
  return archives === null ? null : archives.highest(await context.versionsOf(subject));
}

/** Up to this many packages need not wait for each other. */
const singly = 3;

/** Reports of malware for each question. Many questions are asked in one request, after all registries. */
async function malwareOf(
  questions: readonly PackageQuery[],
  responses: readonly Promise<RegistryResponse>[],
  context: RunContext,
): Promise<readonly Promise<Fact<MalwareReports>>[]> {
  if (questions.length <= singly) {
    return questions.map(async (question, index) => {
      const response = await responses[index];
      const [report] =
        response?.osvObstacle === null ? await reportsOf([toldQuestion(question, response)], context) : [];
      return report ?? unasked(response);
    });
  }
  const all = await Promise.all(responses);
  const publicQuestions = questions.flatMap((question, index) => {
    const response = all[index];
    return response?.osvObstacle === null ? [{ question, response }] : [];
  });
  const reports = await reportsOf(
    publicQuestions.map(({ question, response }) => toldQuestion(question, response)),
    context,
  );
  const byQuestion = new Map(publicQuestions.map(({ question }, index) => [question, reports[index]]));
  return questions.map((question, index) => Promise.resolve(byQuestion.get(question) ?? unasked(all[index])));
}

/** What is said of a part is said of the package that holds it. */
function toldQuestion(question: PackageQuery, response: RegistryResponse): ToldQuestion {
  const { heldBy, answer } = response;
  const isOfHolder = heldBy !== null && answer.kind === 'present';
  return { question: isOfHolder ? { ...question, package: heldBy } : question, response };
}

function unasked(response: RegistryResponse | undefined): Gap {
  return { state: 'notAsked', reason: response?.osvObstacle ?? 'nobody asked for it' };
}

/** Why nothing is known. */
type Gap = Extract<Fact<never>, { readonly reason: string }>;

interface ToldQuestion {
  readonly question: PackageQuery;
  readonly response: RegistryResponse;
}

const hour = 3_600_000;

async function reportsOf(
  answeredQuestions: readonly ToldQuestion[],
  context: RunContext,
): Promise<readonly Fact<MalwareReports>[]> {
  const currentTime = context.clock.now();
  const cachedFacts = await Promise.all(
    answeredQuestions.map(async ({ question, response }) => {
      const fact = await context.cache.readValue(malwareKey(question, context), malwareSchema);
      if (fact === null || !('asOf' in fact)) return null;
      const { answer } = response;
      const calm = answer.kind === 'present' && isEstablished(answer.facts, context.youngSince);
      const lifetime = calm && fact.state === 'absent' ? 24 * hour : hour;
      return isFresh(fact.asOf, currentTime, lifetime) ? fact : null;
    }),
  );
  const open = answeredQuestions
    .filter((_, index) => cachedFacts[index] === null)
    .map(({ question }) => question);
  const packages = open.map((question) => question.package);
  const send = context.http.send.bind(context.http);
  const outage =
    packages.length === 0 ? null : await context.cache.readValue(outageKey(context), outageSchema);
  const isOut = outage !== null && isFresh(outage.asOf, currentTime, outageLifetime);
  const reports =
    packages.length === 0 || isOut
      ? packages.map(() => recentOutage(outage, context.startedAt))
      : await malware({ packages, url: context.osv, now: currentTime, send });
  if (!isOut) await noteOutage(reports, context);
  const fresh = new Map(open.map((question, index) => [question, reports[index]]));
  for (const [question, fact] of fresh) {
    if (fact?.state === 'present' || fact?.state === 'absent') {
      await context.cache.writeValue(malwareKey(question, context), fact);
    }
  }
  return answeredQuestions.map(
    ({ question, response }, index) => cachedFacts[index] ?? fresh.get(question) ?? unasked(response),
  );
}

/** A host that fails is not asked again at each commit meanwhile, in milliseconds. */
const outageLifetime = 5 * 60_000;

const outageSchema: Schema<{ reason: string; asOf: string }> = object({ reason: string(), asOf: string() });

/** No package can have this name. */
function outageKey({ osv }: RunContext): CacheKey {
  return { place: osv, identity: null, name: '(outage)' };
}

/** Of several questions of one run the first has found out. */
function recentOutage(outage: { reason: string; asOf: string } | null, startedAt: string): Gap {
  const { reason = '', asOf = '' } = outage ?? {};
  return asOf >= startedAt
    ? { state: 'unknown', reason }
    : { state: 'notAsked', reason: `${reason}; asked again within 5 minutes` };
}

/** What was not sent in time says nothing of the host. */
async function noteOutage(reports: readonly Fact<MalwareReports>[], context: RunContext): Promise<void> {
  const [report] = reports;
  if (report?.state !== 'unknown' || !reports.every(({ state }) => state === 'unknown')) return;
  const asOf = context.clock.now().toISOString();
  await context.cache.writeValue(outageKey(context), { reason: report.reason, asOf });
}

function malwareKey(question: PackageQuery, context: RunContext) {
  return { place: context.osv, identity: null, name: purl(question.package) };
}

const malwareSchema: Schema<Fact<MalwareReports>> = variant('state', [
  object({
    state: literal('present'),
    value: object({ whole: array(string()), some: array(string()) }),
    asOf: string(),
  }),
  object({ state: literal('absent'), asOf: string() }),
]);

interface Gathered extends ToldQuestion {
  readonly reports: Fact<MalwareReports> | undefined;
}

async function knowledge(gathered: Gathered, context: RunContext): Promise<PackageKnowledge> {
  const { question, response } = gathered;
  const [modules, target] = await Promise.all([modulesFor(gathered, context), targetOf(gathered, context)]);
  const reports = gathered.reports ?? unasked(response);
  const version = response.archive?.version ?? '';
  const archives = context.registries.get(question.package.ecosystem)?.archives ?? null;
  const provided = providedBy(modules, question, archives);
  const newest = providedBy(await newestModules(gathered, context), question, archives);
  const { answer, endpoint, onPublicAndPrivate } = response;
  const registry = context.registries.get(question.package.ecosystem);
  const host = endpoint === null || endpoint.isPublic ? null : new URL(endpoint.url).host;
  return {
    facts: {
      answer,
      malware: wholePackage(reports),
      provides: provided,
      imitation: question.imitation === null ? null : { ...question.imitation, answer: target },
      hasOwnModule: hasOwnModule(modules, question.package),
      wellKnown: question.wellKnown,
    },
    evidence: evidenceOf({
      answer,
      source: registry?.id ?? question.package.ecosystem,
      host,
      isFileDate: host !== null && registry?.datesFiles === true,
      malware: reports,
      modules,
      version,
      provides: provided,
      isImported: question.modules.length > 0,
      newest,
      onPublicAndPrivate,
    }),
    heldBy: response.heldBy,
    shown: modules.state === 'present' ? { version, modules: modules.value } : null,
  };
}

/** Only reports that cover every version speak against the package itself. */
function wholePackage(reports: Fact<MalwareReports>): Fact<readonly string[]> {
  if (reports.state !== 'present') return reports;
  const { value, asOf } = reports;
  return value.whole.length > 0 ? { state: 'present', value: value.whole, asOf } : { state: 'absent', asOf };
}

/**
 * The modules of a package, where one of them is imported, where somebody is to record them, or where what it holds tells
 * whether it imitates.
 */
async function modulesFor(
  { question, response }: ToldQuestion,
  context: RunContext,
): Promise<Fact<readonly string[]>> {
  return isOpen(question)
    ? modulesIn(question.package, response, context)
    : { state: 'notAsked', reason: 'no module is imported from it' };
}

function isOpen({ modules, isInspected, imitation }: PackageQuery): boolean {
  return modules.length > 0 || isInspected || imitation?.comparison === 'generous';
}

/** The newest version may have lost a module, or got it. */
async function newestModules(
  { question, response }: ToldQuestion,
  context: RunContext,
): Promise<Fact<readonly string[]>> {
  const { archive, newest } = response;
  return question.modules.length === 0 || newest?.url === archive?.url
    ? { state: 'notAsked', reason: 'its newest version is the one that was looked into' }
    : modulesIn(question.package, { ...response, archive: newest }, context);
}

/**
 * Looks into archives of packages, of the versions that the project has, else of the newest ones, and asks nothing else
 * about them.
 *
 * @returns By package URL; a reason where nobody can tell.
 */
export async function lookUpModules(
  packages: readonly Package[],
  context: RunContext,
): Promise<ReadonlyMap<string, Fact<ShownModules>>> {
  const facts = packages.map(async (subject): Promise<readonly [string, Fact<ShownModules>]> => {
    const response = await lookUpName(subject, context, await versionInUse(subject, context));
    const { answer, archive } = response;
    if (answer.kind === 'unknown' || answer.kind === 'notAsked')
      return [purl(subject), { state: answer.kind, reason: answer.reason }];
    if (answer.kind !== 'present') return [purl(subject), { state: 'absent', asOf: answer.asOf }];
    const fact = await modulesIn(subject, response, context);
    const version = archive?.version ?? '';
    return [
      purl(subject),
      fact.state === 'present' ? { ...fact, value: { version, modules: fact.value } } : fact,
    ];
  });
  return new Map(await Promise.all(facts));
}

async function modulesIn(
  subject: Package,
  response: RegistryResponse,
  context: RunContext,
): Promise<Fact<readonly string[]>> {
  if (response.answer.kind !== 'present')
    return 'reason' in response.answer
      ? { state: 'notAsked', reason: response.answer.reason }
      : { state: 'notAsked', reason: 'its registry does not serve it' };
  const archives = context.registries.get(subject.ecosystem)?.archives ?? null;
  const { archive } = response;
  if (archives === null || archive === null)
    return { state: 'unknown', reason: `it has no ${archives?.title ?? 'archive'} to look into` };
  const send = context.http.send.bind(context.http);
  const look = () => archives.modulesOf(archive, context.clock.now(), send);
  const key = { place: archive.url, identity: null, name: subject.name };
  return context.shared.modulesOf(archive.url, () => cachedModules(key, look, context));
}

/** An archive never changes. */
async function cachedModules(
  key: CacheKey,
  look: () => Promise<Fact<readonly string[]>>,
  { cache, clock }: RunContext,
): Promise<Fact<readonly string[]>> {
  const cached = await cache.readValue(key, modulesSchema);
  if (cached !== null && isPast(cached.asOf, clock.now()))
    return { state: 'present', value: cached.modules, asOf: cached.asOf };
  const moduleFact = await look();
  if (moduleFact.state === 'present') {
    await cache.writeValue(key, { modules: moduleFact.value, asOf: moduleFact.asOf });
  }
  return moduleFact;
}

const modulesSchema: Schema<{ modules: string[]; asOf: string }> = object({
  modules: array(string()),
  asOf: string(),
});

function providedBy(
  modules: Fact<readonly string[]>,
  { modules: imported }: PackageQuery,
  archives: Archives | null,
): Fact<boolean> {
  if (imported.length === 0) return { state: 'notAsked', reason: 'no module is imported from it' };
  if (modules.state !== 'present') return modules;
  return { ...modules, value: imported.every((module) => archives?.provides(modules.value, module)) };
}

/** Plug-ins leave out what they extend (`treenode` of `django-treenode`); stubs and data hold nothing that is imported. */
function hasOwnModule(modules: Fact<readonly string[]>, { ecosystem, name }: Package): boolean | null {
  if (modules.state !== 'present' || modules.value.length === 0) return null;
  const nameKey = keyOf(name, ecosystem);
  const keys = modules.value.flatMap((module) => module.split('.').map((part) => keyOf(part, ecosystem)));
  return keys.some((key) => nameKey.includes(key) || key.includes(nameKey));
}

/** What is known of the imitated package: its age and owners may show that nothing is imitated. */
async function targetOf({ question, response }: ToldQuestion, context: RunContext): Promise<Answer> {
  if (question.imitation === null) return { kind: 'notAsked', reason: 'nothing is imitated' };
  if (response.answer.kind !== 'present')
    return { kind: 'notAsked', reason: 'there is nothing to compare with' };
  return (await lookUpName(question.imitation.target, context)).answer;
}
