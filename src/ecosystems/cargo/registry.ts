import { asRecord, asText, asTime, parseJson } from '../../documents/values.ts';
import type { Fact } from '../../model/evidence.ts';
import type { PackageFacts } from '../../model/registry-facts.ts';
import type { EcosystemRegistry, LookupRequest, RegistryAnswer } from '../../model/registry.ts';
import { nothingSpecial, notFound, refusedBy } from '../shared/registry-answers.ts';
import { latestOf } from '../shared/semantic-versions.ts';
import { PUBLIC_INDEX } from './registry-address.ts';
import { routes } from './routes.ts';
import { indexPath, otherSpellings } from './spellings.ts';

/** A line has a kilobyte or two: crates with thousands of versions have less. */
const linesCap = 8 * 1024 * 1024;

/**
 * crates.io and the registries that speak like it, by their sparse index: a file for each crate, with a line of JSON for each
 * version (https://doc.rust-lang.org/cargo/reference/registry-index.html).
 */
export const cargoRegistry: EcosystemRegistry = {
  id: 'cargo',
  publicUrl: () => Promise.resolve(PUBLIC_INDEX),
  routes,
  archives: null,
  // The package of Cargo itself.
  client: 'cargo',
  recognise: (request) => lookupSpelling(request, request.name),
  datesFiles: false,
  lookup,
};

/** Cargo itself asks for the other spellings, to say which one is meant. */
async function lookup(request: LookupRequest): Promise<RegistryAnswer> {
  const answer = await lookupSpelling(request, request.name);
  if (answer.kind !== 'absent') return answer;
  for (const spelling of otherSpellings(request.name)) {
    const further = await lookupSpelling({ ...request, etag: null }, spelling);
    if (further.kind !== 'absent') return further.kind === 'present' ? { ...further, etag: null } : further;
  }
  return answer;
}

async function lookupSpelling(request: LookupRequest, spelling: string): Promise<RegistryAnswer> {
  const url = `${request.endpoint.url}/${indexPath(spelling)}`;
  const reply = await request.send({
    url,
    accept: 'text/plain, */*;q=0.1',
    etag: request.etag,
    cap: linesCap,
  });
  if (reply.kind === 'failed') return { kind: 'unknown', reason: reply.reason };
  if (reply.kind === 'notSent') return { kind: 'notAsked', reason: reply.reason };
  if (reply.status === 304) return { kind: 'unchanged' };
  const text = new TextDecoder().decode(reply.body);
  if (ABSENT.has(reply.status)) return notFound(request, text);
  if (reply.status !== 200) return refusedBy(request, reply.status);
  const answer = read(text, { request, spelling, isCut: reply.capped });
  return answer.kind === 'present' ? { ...answer, etag: reply.header('etag') } : answer;
}

/** https://doc.rust-lang.org/cargo/reference/registry-index.html#nonexistent-crates */
const ABSENT: ReadonlySet<number> = new Set([404, 410, 451]);

interface Question {
  readonly request: LookupRequest;
  readonly spelling: string;
  /** The text is longer than what was read. */
  readonly isCut: boolean;
}

type Line = ReadonlyMap<string, unknown>;

function read(text: string, { request, spelling, isCut }: Question): RegistryAnswer {
  const whole = isCut ? text.slice(0, text.lastIndexOf('\n') + 1) : text;
  const lines = whole.split('\n').filter((line) => line.trim() !== '');
  const versions = lines.map((line) => asRecord(parseJson(line)));
  const isIndex = versions.every(
    (line) => asText(line.get('name')) !== null && asText(line.get('vers')) !== null,
  );
  if (versions.length === 0 || !isIndex) {
    const { host } = new URL(request.endpoint.url);
    return { kind: 'unknown', reason: `${host} answered something that no index of crates sends` };
  }
  if (versions.some((line) => asText(line.get('name'))?.toLowerCase() !== spelling.toLowerCase()))
    return { kind: 'unknown', reason: 'its registry answered for another name' };
  return { kind: 'present', facts: factsOf(versions, { request, isCut }), archive: null, etag: null };
}

function factsOf(
  versions: readonly Line[],
  { request, isCut }: Pick<Question, 'request' | 'isCut'>,
): PackageFacts {
  const available = versions.filter((line) => line.get('yanked') !== true);
  const numbers = (available.length > 0 ? available : versions).map((line) => asText(line.get('vers')) ?? '');
  return {
    created: firstPublication(versions, request),
    versions: { count: versions.length, exact: !isCut },
    latest: latestOf(numbers),
    ...nothingSpecial,
    yanked: available.length === 0,
  };
}

/** The first of all publications; unknown where one has no date, or a mirror may have written them. */
function firstPublication(
  versions: readonly Line[],
  { endpoint, now: currentTime }: LookupRequest,
): Fact<string> {
  if (/mirror/i.test(new URL(endpoint.url).hostname))
    return { state: 'unknown', reason: 'a mirror, which may write its own dates' };
  const times = versions.map((line) => asTime(line.get('pubtime'))).filter((time) => time !== null);
  const [first] = times.toSorted();
  if (first === undefined) return { state: 'unknown', reason: 'its registry tells no date' };
  if (times.length < versions.length)
    return { state: 'unknown', reason: 'its registry’s dates are incomplete' };
  return { state: 'present', value: first, asOf: currentTime.toISOString() };
}
