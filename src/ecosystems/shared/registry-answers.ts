import type { LookupRequest, RegistryAnswer } from '../../model/registry.ts';

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
export function notFound({ endpoint, authenticated }: LookupRequest): RegistryAnswer {
  if (endpoint.servesSomeNames && !authenticated) {
    return {
      kind: 'unknown',
      isHidden: true,
      reason: 'no permission (HTTP 404 from a private registry, without credentials)',
    };
  }
  return { kind: 'absent' };
}
