import type { EcosystemId } from './package.ts';
import type { PackageFacts } from './registry-facts.ts';
import type { HttpRequest, Reply } from '../lookups/http.ts';
import type { Endpoint } from '../lookups/routes.ts';
import type { WheelFile } from '../ecosystems/pypi/wheel.ts';

/** One question to one registry. */
export interface LookupRequest {
  /** Canonical, and valid in the ecosystem's grammar. */
  readonly name: string;
  readonly stop: Endpoint;
  /** Of the answer that is known already. */
  readonly etag: string | null;
  /** Credentials go with requests to this registry. */
  readonly authenticated: boolean;
  readonly now: Date;
  send(request: HttpRequest): Promise<Reply>;
}

/** What one registry answered: a fact, or the lack of one with its reason. */
export type RegistryAnswer =
  | {
      readonly kind: 'present';
      readonly facts: PackageFacts;
      /** The newest wheel, where the registry serves wheels. */
      readonly wheel: WheelFile | null;
      readonly etag: string | null;
    }
  | { readonly kind: 'absent' }
  | { readonly kind: 'withdrawn'; readonly on: string | null }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'unknown'; readonly reason: string }
  | { readonly kind: 'notAsked'; readonly reason: string };

/** One kind of registry. Adding one is a file in this folder and a line in its list. */
export interface Registry {
  /** What evidence calls its source. */
  readonly id: string;
  readonly ecosystem: EcosystemId;
  /** Asks for one name. Never throws for what a server may send. */
  lookup(request: LookupRequest): Promise<RegistryAnswer>;
}

/** A response that is neither an answer nor a failure of the network. */
export function refusedBy(status: number): RegistryAnswer {
  if (status === 401 || status === 403) return { kind: 'unknown', reason: `no permission (HTTP ${status})` };
  if (status === 429) return { kind: 'unknown', reason: 'its registry wants fewer requests (HTTP 429)' };
  return { kind: 'unknown', reason: `HTTP ${status}` };
}

/**
 * A 404 counts only from the registry that the name belongs to. One that serves some names only answers so
 * to everybody whom it doesn't know.
 */
export function notFound(request: LookupRequest): RegistryAnswer {
  if (request.stop.partial && !request.authenticated) {
    return {
      kind: 'unknown',
      reason: 'no permission (HTTP 404 from a private registry, without credentials)',
    };
  }
  return { kind: 'absent' };
}
