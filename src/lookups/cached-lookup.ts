import type { Answer, PackageFacts } from '../model/registry-facts.ts';
import type { Cache, CacheEntry, CacheKey, StoredAnswer } from './cache.ts';
import type { Clock, HttpClient } from './http.ts';
import type { Archive, EcosystemRegistry, Endpoint, VersionArchive } from '../model/registry.ts';
import { isFresh, isPast } from './freshness.ts';
import type { SharedAnswers } from './shared-answers.ts';

/** What every lookup of a run shares. */
export interface LookupContext {
  readonly http: HttpClient;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly shared: SharedAnswers;
  /** The `Authorization` that was given for a URL. */
  readonly authorize: (url: URL) => string | null;
  /** Packages published after this day count as young. ISO 8601, UTC. */
  readonly youngSince: string;
}

/** An answer, and the archive that tells what the package provides. */
export interface CachedAnswer {
  readonly answer: Answer;
  readonly archive: Archive | null;
  /** Of the version that was wanted, or wanted at some other time. */
  readonly versionArchive: VersionArchive | null;
}

const minute = 60_000;
const hour = 60 * minute;
/** How long an answer is believed without asking again, in milliseconds. */
const fresh = { established: 24 * hour, doubtful: hour, absent: 10 * minute };

/**
 * Looks one name up at one registry, through the cache. An answer that has grown old is asked for again,
 * with its ETag; where the registry does not answer, an old answer stands in with its date, but never an
 * old "does not exist". A date ahead of the clock is believed nowhere. An answer that lacks the archive of the version
 * that is wanted is asked for again too.
 */
export async function cachedLookup(lookup: NameLookup, context: LookupContext): Promise<CachedAnswer> {
  const authorization = context.authorize(new URL(`${lookup.endpoint.url}/${lookup.name}`));
  const key: CacheKey = { place: lookup.endpoint.url, identity: authorization, name: lookup.name };
  const storedEntry = await context.cache.readAnswer(key);
  const currentTime = context.clock.now();
  const { entry, absentOn } = credibleParts(storedEntry, currentTime);
  const { name, endpoint, registry, version = null } = lookup;
  const isWhole = entry !== null && hasVersion(entry, version);
  if (isWhole && isFresh(entry.asOf, currentTime, lifetime(entry, context))) return looked(entry);
  const etag = isWhole && entry.answer.kind === 'present' ? entry.answer.etag : null;
  const authenticated = authorization !== null;
  const send = context.http.send.bind(context.http);
  const request = { name, endpoint, etag, authenticated, version, now: currentTime, send };
  const answer = await registry.lookup(request);
  const origin = { registry, request, identity: authorization, cache: context.cache };
  if (answer.kind === 'present' || answer.kind === 'unchanged') await context.shared.known.note(origin);
  const asOf = currentTime.toISOString();
  switch (answer.kind) {
    case 'unknown':
    case 'notAsked':
      return entry === null || entry.answer.kind === 'absent' ? withoutArchive(answer) : looked(entry);
    case 'unchanged':
      if (entry === null)
        return withoutArchive({ kind: 'unknown', reason: 'unexpected HTTP 304: nothing was cached' });
      return keep(key, { ...entry, asOf }, context);
    case 'absent': {
      const doubt = await context.shared.known.doubtOf(origin);
      // One that serves some names only need not have the client: others are asked as well.
      const isHidden = endpoint.servesSomeNames;
      if (doubt !== null) return withoutArchive({ kind: 'unknown', reason: doubt, isHidden });
      return keep(key, { answer: { kind: 'absent' }, asOf, absentOn: absentOn ?? asOf }, context);
    }
    case 'present':
      return keep(key, { answer: withArchiveOf(entry, answer), asOf, absentOn }, context);
    case 'withdrawn':
      return keep(key, { answer, asOf, absentOn }, context);
  }
}

function hasVersion({ answer }: CacheEntry, version: string | null): boolean {
  return version === null || answer.kind !== 'present' || answer.versionArchive?.version === version;
}

/** What was wanted before is kept: an archive never changes. */
function withArchiveOf(entry: CacheEntry | null, answer: PresentAnswer): PresentAnswer {
  const previous = entry?.answer.kind === 'present' ? entry.answer.versionArchive : null;
  return { ...answer, versionArchive: answer.versionArchive ?? previous ?? null };
}

function withoutArchive(answer: Answer): CachedAnswer {
  return { answer, archive: null, versionArchive: null };
}

/** What remains of an entry without what is dated ahead of the clock: the clock, or the one that dated it, was wrong. */
function credibleParts(
  entry: CacheEntry | null,
  currentTime: Date,
): { readonly entry: CacheEntry | null; readonly absentOn: string | null } {
  if (entry === null) return { entry: null, absentOn: null };
  const absentOn = entry.absentOn !== null && isPast(entry.absentOn, currentTime) ? entry.absentOn : null;
  return { entry: isPast(entry.asOf, currentTime) ? { ...entry, absentOn } : null, absentOn };
}

export interface NameLookup {
  readonly registry: EcosystemRegistry;
  readonly name: string;
  readonly endpoint: Endpoint;
  /** Which version's archive is wanted besides the newest. */
  readonly version?: string | null;
}

type PresentAnswer = Extract<StoredAnswer, { kind: 'present' }>;

async function keep(key: CacheKey, entry: CacheEntry, context: LookupContext): Promise<CachedAnswer> {
  await context.cache.writeAnswer(key, entry);
  return looked(entry);
}

function looked({ answer, asOf, absentOn }: CacheEntry): CachedAnswer {
  switch (answer.kind) {
    case 'present':
      return {
        answer: { kind: 'present', facts: answer.facts, asOf, absentOn },
        archive: answer.archive,
        versionArchive: answer.versionArchive ?? null,
      };
    case 'absent':
      return withoutArchive({ kind: 'absent', asOf });
    case 'withdrawn':
      return withoutArchive({ kind: 'withdrawn', on: answer.on, asOf });
  }
}

function lifetime({ answer }: CacheEntry, { youngSince }: LookupContext): number {
  if (answer.kind === 'absent') return fresh.absent;
  return answer.kind === 'present' && isEstablished(answer.facts, youngSince)
    ? fresh.established
    : fresh.doubtful;
}

/** Old enough, and nothing speaks against it. */
export function isEstablished(facts: PackageFacts, youngSince: string): boolean {
  const clean =
    facts.status === 'active' &&
    facts.deprecated === null &&
    !facts.isSecurityHolding &&
    !facts.latestIsSecurityHolding;
  const { created } = facts;
  return clean && created.state === 'present' && created.value <= youngSince;
}
