import { object, string } from 'valibot';
import type { Cache, CacheKey, Schema } from './cache.ts';
import { isFresh } from './freshness.ts';
import type { EcosystemRegistry, LookupRequest } from '../model/registry.ts';

/** A registry stays one for so long, in milliseconds. */
const lifetime = 24 * 3_600_000;

/** What an absence is doubted with. */
export interface Absence {
  readonly registry: EcosystemRegistry;
  /** The question that was answered with 404. */
  readonly request: LookupRequest;
  readonly identity: CacheKey['identity'];
  readonly cache: Cache;
}

/**
 * A 404 without a word says that a name is free only where it comes from a registry: proxies, mirrors without a connection
 * and wrong addresses answer so too. A host is one that has served a package in this run, or the registry's own client
 * within a day.
 */
export class KnownRegistries {
  readonly #urls = new Set<string>();
  readonly #doubts = new Map<string, Promise<string | null>>();

  /** Notes that an address served a package. */
  add(url: string): void {
    this.#urls.add(url);
  }

  /** @returns Why a 404 proves nothing; null where it comes from a registry. One question settles it for each address. */
  async doubtOf(absence: Absence): Promise<string | null> {
    const { url, servesSomeNames } = absence.request.endpoint;
    // One that serves some names only need not have the client; its 404 counts for those alone whom it knows.
    if (servesSomeNames || this.#urls.has(url)) return null;
    const doubt = this.#doubts.get(url) ?? doubtAbout(absence);
    this.#doubts.set(url, doubt);
    return doubt;
  }
}

async function doubtAbout({ registry, request, identity, cache }: Absence): Promise<string | null> {
  const { endpoint, now: currentTime } = request;
  // No package can have this name.
  const key = { place: endpoint.url, identity, name: '(registry)' };
  const marker = await cache.readValue(key, markerSchema);
  if (marker !== null && isFresh(marker.asOf, currentTime, lifetime)) return null;
  const { kind } = await registry.recognise({ ...request, name: registry.client, etag: null });
  const { host } = new URL(endpoint.url);
  if (kind === 'present') {
    await cache.writeValue(key, { asOf: currentTime.toISOString() });
    return null;
  }
  return kind === 'absent' || kind === 'silent404'
    ? `${host} answered 404 for it and for ${registry.client} too, so it may be no registry`
    : `${host} answered 404 for it, and nobody could tell whether it is a registry`;
}

const markerSchema: Schema<{ asOf: string }> = object({ asOf: string() });
