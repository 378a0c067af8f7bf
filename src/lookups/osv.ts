import type { Fact } from '../model/evidence.ts';
import type { Package } from '../model/package.ts';
import type { Endpoint } from '../model/registry.ts';
import type { Answer } from '../model/registry-facts.ts';
import { asList, asRecord, asText, parseJson } from '../documents/values.ts';
import { findEcosystem } from '../ecosystems/index.ts';
import { statusText } from '../ecosystems/shared/registry-answers.ts';
import type { Send } from '../model/http.ts';

/** The public instance; see https://google.github.io/osv.dev/api/. */
export const osvUrl = 'https://api.osv.dev';

/** What is known of malware in one package. */
export interface MalwareReports {
  /** Ids of reports that cover every version. */
  readonly whole: readonly string[];
  /** Ids of reports that cover some versions. */
  readonly some: readonly string[];
}

export interface OsvRequest {
  readonly packages: readonly Package[];
  readonly url: string;
  readonly now: Date;
  readonly send: Send;
}

const queryCap = 4 * 1024 * 1024;
const reportCap = 1024 * 1024;
/** Up to this many packages are asked for one by one, which answers with the reports at once. */
const singly = 3;
const mostPages = 3;
/** Reports of one package beyond this change nothing. */
const mostReports = 10;

/**
 * Reports of malware (ids `MAL-…`) for some packages, in their order. A report that was withdrawn does
 * not count.
 */
export async function malware(request: OsvRequest): Promise<readonly Fact<MalwareReports>[]> {
  const { packages } = request;
  const queries = packages.map(({ ecosystem, name }) => {
    return { package: { name, ecosystem: findEcosystem(ecosystem)?.osvName ?? ecosystem } };
  });
  const results =
    packages.length <= singly
      ? await Promise.all(queries.map(async (query) => one(query, request)))
      : await many(queries, request);
  return Promise.all(results.map(async (ids, index) => reports(ids, packages[index], request)));
}

interface Query {
  readonly package: { readonly name: string; readonly ecosystem: string };
  readonly page_token?: string;
}

/** Why nothing is known. */
type Gap = Extract<Fact<never>, { readonly reason: string }>;

/** Reports by id, as far as they came with the answer; or why nothing is known. */
type Found = ReadonlyMap<string, ReadonlyMap<string, unknown> | null> | Gap;

const somethingElse: Gap = { state: 'unknown', reason: 'OSV answered something else' };

async function one(query: Query, request: OsvRequest): Promise<Found> {
  const reportsById = new Map<string, ReadonlyMap<string, unknown> | null>();
  let token: string | null = null;
  for (let page = 0; page < mostPages; page++) {
    const json = JSON.stringify(token === null ? query : { ...query, page_token: token });
    const answer: ReadonlyMap<string, unknown> | Gap = await ask('/v1/query', json, request);
    if ('state' in answer) return answer;
    collect(answer, reportsById);
    token = asText(answer.get('next_page_token'));
    if (token === null || token === '') break;
  }
  return reportsById;
}

async function many(queries: readonly Query[], request: OsvRequest): Promise<readonly Found[]> {
  const answer = await ask('/v1/querybatch', JSON.stringify({ queries }), request);
  if ('state' in answer) return queries.map(() => answer);
  const results = asList(answer.get('results'));
  if (results.length !== queries.length) return queries.map(() => somethingElse);
  return Promise.all(
    results.map(asRecord).map(async (result, index) => {
      const query = queries[index];
      if (asText(result.get('next_page_token')) !== null && query !== undefined) return one(query, request);
      const reportsById = new Map<string, ReadonlyMap<string, unknown> | null>();
      collect(result, reportsById);
      return reportsById;
    }),
  );
}

function collect(
  answer: ReadonlyMap<string, unknown>,
  reportsById: Map<string, ReadonlyMap<string, unknown> | null>,
): void {
  for (const report of asList(answer.get('vulns')).map(asRecord)) {
    const id = asText(report.get('id'));
    if (id === null || !/^MAL-\d{4}-\d{1,9}$/.test(id) || reportsById.size >= mostReports) continue;
    reportsById.set(id, report.has('affected') ? report : null);
  }
}

async function ask(
  path: string,
  json: string,
  request: OsvRequest,
): Promise<ReadonlyMap<string, unknown> | Gap> {
  const reply = await request.send({ url: `${request.url}${path}`, json, cap: queryCap });
  if (reply.kind === 'notSent') return { state: 'notAsked', reason: reply.reason };
  if (reply.kind === 'failed') return { state: 'unknown', reason: reply.reason };
  if (reply.status !== 200)
    return { state: 'unknown', reason: statusText(new URL(request.url).host, reply.status) };
  const body = parseJson(new TextDecoder().decode(reply.body));
  return typeof body === 'object' && body !== null && !reply.capped ? asRecord(body) : somethingElse;
}

async function reports(
  result: Found,
  subject: Package | undefined,
  request: OsvRequest,
): Promise<Fact<MalwareReports>> {
  if ('state' in result) return result;
  const whole: string[] = [];
  const partialIds: string[] = [];
  for (const [id, includedReport] of result) {
    const report = includedReport ?? (await fetchReport(id, request));
    if (report === null) return { state: 'unknown', reason: `OSV did not answer for ${id}` };
    if (report.has('withdrawn') || subject === undefined) continue;
    (coversAll(report, subject) ? whole : partialIds).push(id);
  }
  const asOf = request.now.toISOString();
  return whole.length + partialIds.length === 0
    ? { state: 'absent', asOf }
    : { state: 'present', value: { whole, some: partialIds }, asOf };
}

async function fetchReport(id: string, request: OsvRequest): Promise<ReadonlyMap<string, unknown> | null> {
  const reply = await request.send({ url: `${request.url}/v1/vulns/${id}`, cap: reportCap });
  if (reply.kind !== 'reply' || reply.status !== 200) return null;
  const report = asRecord(parseJson(new TextDecoder().decode(reply.body)));
  return report.size === 0 ? null : report;
}

/** Every version is affected: the entry lists none, and its ranges begin at 0 and never end. */
function coversAll(report: ReadonlyMap<string, unknown>, subject: Package): boolean {
  return asList(report.get('affected'))
    .map(asRecord)
    .filter((affected) => isAbout(asRecord(affected.get('package')), subject))
    .some((affected) => {
      if (asList(affected.get('versions')).length > 0) return false;
      const events = asList(affected.get('ranges')).flatMap((range) => asList(asRecord(range).get('events')));
      return events.map(asRecord).every((event) => event.get('introduced') === '0');
    });
}

function isAbout(affected: ReadonlyMap<string, unknown>, subject: Package): boolean {
  const ecosystem = asText(affected.get('ecosystem')) ?? '';
  const name = asText(affected.get('name')) ?? '';
  const subjectEcosystem = findEcosystem(subject.ecosystem);
  return ecosystem === subjectEcosystem?.osvName && subjectEcosystem.canonical(name) === subject.name;
}

/** What one registry said of a name. */
export interface NameAnswer {
  readonly endpoint: Endpoint;
  readonly answer: Answer;
}

/**
 * OSV knows what public registries serve, and a name that they don't have may be a secret. Where no other registry is asked
 * for it, a name that the public one does not have has been told already, and may have been malware.
 *
 * @param answers Of all registries that were asked for the name.
 * @returns Why OSV is not to hear it; null where it may.
 */
export function osvObstacle(answers: readonly NameAnswer[]): string | null {
  const publicAnswer = answers.find(({ endpoint }) => endpoint.isPublic)?.answer;
  if (publicAnswer?.kind === 'present' || publicAnswer?.kind === 'withdrawn') return null;
  if (publicAnswer?.kind === 'absent') {
    const isPublicAlone = answers.every(({ endpoint }) => endpoint.isPublic);
    return isPublicAlone ? null : 'the public registry has no package of this name';
  }
  if (publicAnswer !== undefined)
    return `the public registry would have to know the name first: ${publicAnswer.reason}`;
  const [first] = answers;
  if (first === undefined) return 'nobody asked for it';
  if ('reason' in first.answer) return first.answer.reason;
  return `${new URL(first.endpoint.url).host} answered for it, and not the public registry`;
}
