import { object, string } from 'valibot';
import type { Cache, CacheKey, Schema } from './cache.ts';
import { isFresh } from './freshness.ts';
import type { EcosystemRegistry, LookupRequest } from '../model/registry.ts';

/** A registry stays one for so long, in milliseconds. */
const lifetime = 24 * 3_600_000;

/** Where an answer came from. */
export interface AnswerOrigin {
  readonly registry: EcosystemRegistry;
  /** The question that was answered. */
  readonly request: LookupRequest;
  readonly identity: CacheKey['identity'];
  readonly cache: Cache;
}

/**
 * A 404 says that a name is free only where it comes from a registry: proxies, mirrors without a connection and wrong
 * addresses answer so too, whatever the body says. A host is one that has served a package within a day. The public
 * registries are known to be some.
 */
export class KnownRegistries {
  readonly #served = new Set<string>();
  readonly #doubts = new Map<string, Promise<string | null>>();

  /** Notes that an address served a package. */
  async note({ request, identity, cache }: AnswerOrigin): Promise<void> {
    const { endpoint, now: currentTime } = request;
    if (endpoint.isPublic || this.#served.has(endpoint.url)) return;
    this.#served.add(endpoint.url);
    await cache.writeValue(markerKey(endpoint.url, identity), { asOf: currentTime.toISOString() });
  }

  /** @returns Why a 404 proves nothing; null where it comes from a registry. One question settles it for each address. */
  async doubtOf(origin: AnswerOrigin): Promise<string | null> {
    const { url, isPublic } = origin.request.endpoint;
    if (isPublic || this.#served.has(url)) return null;
    const doubt = this.#doubts.get(url) ?? this.#doubtAbout(origin);
    this.#doubts.set(url, doubt);
    const reason = await doubt;
    // Meanwhile it may have served another name.
    return this.#served.has(url) ? null : reason;
  }

  async #doubtAbout(origin: AnswerOrigin): Promise<string | null> {
    const { registry, request, identity, cache } = origin;
    const { endpoint, now: currentTime } = request;
    const marker = await cache.readValue(markerKey(endpoint.url, identity), markerSchema);
    if (marker !== null && isFresh(marker.asOf, currentTime, lifetime)) return null;
    const send: LookupRequest['send'] = (question) => request.send({ ...question, isFirst: true });
    const { kind } = await registry.recognise({ ...request, name: registry.client, etag: null, send });
    if (kind === 'present') {
      await this.note(origin);
      return null;
    }
    const { host } = new URL(endpoint.url);
    return kind === 'absent'
      ? `${host} answered 404 for it and for ${registry.client} too, so it may be no registry`
      : `${host} answered 404 for it, and nobody could tell whether it is a registry`;
  }
}

/** No package can have this name. */
function markerKey(place: string, identity: CacheKey['identity']): CacheKey {
  return { place, identity, name: '(registry)' };
}

const markerSchema: Schema<{ asOf: string }> = object({ asOf: string() });
