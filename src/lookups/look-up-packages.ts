import { array, literal, object, string, variant } from 'valibot';
import { findEcosystem } from '../ecosystems/index.ts';
import type { Fact } from '../model/evidence.ts';
import type { Answer } from '../model/registry-facts.ts';
import { purl, type EcosystemId, type Package } from '../model/package.ts';
import type { Schema } from './cache.ts';
import { evidenceOf } from './evidence.ts';
import type { PackageKnowledge, PackageQuery } from './lookup-options.ts';
import { isEstablished, cachedLookup } from './cached-lookup.ts';
import type { CachedAnswer, LookupContext } from './cached-lookup.ts';
import { malware } from './osv.ts';
import type { MalwareReports } from './osv.ts';
import type { Archives, EcosystemRegistry, Endpoint } from '../model/registry.ts';
import type { Routing } from './routes.ts';

/** What the answers of one run come from. */
export interface RunContext extends LookupContext {
  readonly routing: Routing;
  readonly registries: ReadonlyMap<EcosystemId, EcosystemRegistry>;
  readonly osv: string;
}

/** The answer of the registry that a name belongs to. `endpoint` is null where nobody was asked. */
interface RegistryResponse extends CachedAnswer {
  readonly endpoint: Endpoint | null;
  readonly onPublicAndPrivate: boolean;
  /** The public registry gave an answer, so that the name is no secret. */
  readonly isPublic: boolean;
}

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
  const told = questions.map(async (question) => lookUpName(question.package, context));
  const reports = await malwareOf(questions, told, context);
  return Promise.all(
    questions.map(async (question, index) => {
      const answered = await (told[index] ?? lookUpName(question.package, context));
      return knowledge({ question, told: answered, reports: await reports[index] }, context);
    }),
  );
}

async function lookUpName(asked: Package, context: RunContext): Promise<RegistryResponse> {
  const registry = context.registries.get(asked.ecosystem);
  const route = context.routing.route(asked);
  if (route.kind === 'notAsked') return nobody(route.reason);
  if (registry === undefined) return nobody(`no registry is known for ${asked.ecosystem}`);
  if (findEcosystem(asked.ecosystem)?.valid(asked.name) !== true)
    return nobody('no registry could hold this name');
  const answers: { endpoint: Endpoint; looked: CachedAnswer }[] = [];
  for (const endpoint of route.endpoints) {
    answers.push({ endpoint, looked: await cachedLookup({ registry, name: asked.name, endpoint }, context) });
  }
  const best = choose(answers);
  const present = answers.filter(({ looked }) => looked.answer.kind === 'present');
  return {
    ...best.looked,
    endpoint: best.endpoint,
    onPublicAndPrivate:
      present.some(({ endpoint }) => endpoint.isPublic) && present.some(({ endpoint }) => !endpoint.isPublic),
    isPublic: answers.some(({ endpoint, looked }) => endpoint.isPublic && isAnswer(looked.answer)),
  };
}

function nobody(reason: string): RegistryResponse {
  return {
    answer: { kind: 'notAsked', reason },
    archive: null,
    endpoint: null,
    onPublicAndPrivate: false,
    isPublic: false,
  };
}

/** The first that serves the package; else one that could not tell; a name is absent only where all say so. */
function choose(answers: readonly { endpoint: Endpoint; looked: CachedAnswer }[]): {
  endpoint: Endpoint | null;
  looked: CachedAnswer;
} {
  for (const kind of ['present', 'unknown', 'notAsked', 'withdrawn', 'absent'] as const) {
    const found = answers.find(({ looked }) => looked.answer.kind === kind);
    if (found !== undefined) return found;
  }
  return { endpoint: null, looked: nobody('no registry is known for it') };
}

function isAnswer({ kind }: Answer): boolean {
  return kind === 'present' || kind === 'absent' || kind === 'withdrawn';
}

/** Up to this many packages need not wait for each other. */
const singly = 3;

/** Reports of malware for each question. Many questions are asked in one request, after all registries. */
async function malwareOf(
  questions: readonly PackageQuery[],
  told: readonly Promise<RegistryResponse>[],
  context: RunContext,
): Promise<readonly Promise<Fact<MalwareReports>>[]> {
  if (questions.length <= singly) {
    return questions.map(async (question, index) => {
      const one = await told[index];
      const [report = notPublic] =
        one?.isPublic === true ? await reportsOf([{ question, told: one }], context) : [];
      return report;
    });
  }
  const all = await Promise.all(told);
  const asked = questions.flatMap((question, index) => {
    const one = all[index];
    return one?.isPublic === true ? [{ question, told: one }] : [];
  });
  const reports = await reportsOf(asked, context);
  const byQuestion = new Map(asked.map(({ question }, index) => [question, reports[index]]));
  return questions.map((question) => Promise.resolve(byQuestion.get(question) ?? notPublic));
}

const notPublic: Fact<MalwareReports> = {
  state: 'notAsked',
  reason: 'the public registry did not answer for it',
};

interface ToldQuestion {
  readonly question: PackageQuery;
  readonly told: RegistryResponse;
}

const hour = 3_600_000;

async function reportsOf(
  asked: readonly ToldQuestion[],
  context: RunContext,
): Promise<readonly Fact<MalwareReports>[]> {
  const now = context.clock.now();
  const kept = await Promise.all(
    asked.map(async ({ question, told }) => {
      const fact = await context.cache.readValue(malwareKey(question, context), malwareSchema);
      if (fact === null || !('asOf' in fact)) return null;
      const { answer } = told;
      const calm = answer.kind === 'present' && isEstablished(answer.facts, context.youngSince);
      const lifetime = calm && fact.state === 'absent' ? 24 * hour : hour;
      return now.getTime() - Date.parse(fact.asOf) < lifetime ? fact : null;
    }),
  );
  const open = asked.filter((_, index) => kept[index] === null).map(({ question }) => question);
  const packages = open.map((question) => question.package);
  const send = context.http.send.bind(context.http);
  const found = packages.length === 0 ? [] : await malware({ packages, url: context.osv, now, send });
  const fresh = new Map(open.map((question, index) => [question, found[index]]));
  for (const [question, fact] of fresh) {
    if (fact?.state === 'present' || fact?.state === 'absent') {
      await context.cache.writeValue(malwareKey(question, context), fact);
    }
  }
  return asked.map(({ question }, index) => kept[index] ?? fresh.get(question) ?? notPublic);
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
  const { question, told } = gathered;
  const [modules, target] = await Promise.all([modulesFor(gathered, context), targetOf(gathered, context)]);
  const reports = gathered.reports ?? notPublic;
  const archives = context.registries.get(question.package.ecosystem)?.archives ?? null;
  const provided = providedBy(modules, question, archives);
  const { answer, endpoint, onPublicAndPrivate } = told;
  const source = context.registries.get(question.package.ecosystem)?.id;
  const host = endpoint === null || endpoint.isPublic ? null : new URL(endpoint.url).host;
  return {
    facts: {
      answer,
      malware: wholePackage(reports),
      provides: provided,
      imitation: question.imitation === null ? null : { ...question.imitation, answer: target },
      wellKnown: question.wellKnown,
    },
    evidence: evidenceOf({
      answer,
      source: source ?? question.package.ecosystem,
      host,
      malware: reports,
      modules,
      provides: provided,
      onPublicAndPrivate,
    }),
  };
}

/** Only reports that cover every version speak against the package itself. */
function wholePackage(reports: Fact<MalwareReports>): Fact<readonly string[]> {
  if (reports.state !== 'present') return reports;
  const { value, asOf } = reports;
  return value.whole.length > 0 ? { state: 'present', value: value.whole, asOf } : { state: 'absent', asOf };
}

/** The modules of a package that exists, where one of them is imported. An archive never changes. */
async function modulesFor(
  { question, told }: ToldQuestion,
  context: RunContext,
): Promise<Fact<readonly string[]>> {
  if (question.modules.length === 0) return { state: 'notAsked', reason: 'no module is imported from it' };
  if (told.answer.kind !== 'present') return { state: 'notAsked', reason: 'its registry does not serve it' };
  const archives = context.registries.get(question.package.ecosystem)?.archives ?? null;
  if (archives === null || told.archive === null)
    return { state: 'unknown', reason: `it has no ${archives?.title ?? 'archive'} to look into` };
  const key = { place: told.archive.url, identity: null, name: question.package.name };
  const kept = await context.cache.readValue(key, modulesSchema);
  if (kept !== null) return { state: 'present', value: kept.modules, asOf: kept.asOf };
  const send = context.http.send.bind(context.http);
  const found = await archives.modulesOf(told.archive, context.clock.now(), send);
  if (found.state === 'present') {
    await context.cache.writeValue(key, { modules: found.value, asOf: found.asOf });
  }
  return found;
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
  if (modules.state !== 'present') return modules;
  return { ...modules, value: imported.every((module) => archives?.provides(modules.value, module)) };
}

/** What is known of the imitated package: its age and owners may show that nothing is imitated. */
async function targetOf({ question, told }: ToldQuestion, context: RunContext): Promise<Answer> {
  if (question.imitation === null) return { kind: 'notAsked', reason: 'nothing is imitated' };
  if (told.answer.kind !== 'present') return { kind: 'notAsked', reason: 'there is nothing to compare with' };
  return (await lookUpName(question.imitation.target, context)).answer;
}
