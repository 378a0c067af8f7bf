import type { LookupRequest, RegistryAnswer } from '../../model/registry.ts';
import type { PackageFacts } from '../../model/registry-facts.ts';

/** A response that is neither an answer nor a failure of the network. */
export function refusedBy({ endpoint }: Pick<LookupRequest, 'endpoint'>, status: number): RegistryAnswer {
  return { kind: 'unknown', reason: statusText(new URL(endpoint.url).host, status) };
}

/** @returns What a status means that is no answer, as the end of "unknown: …". */
export function statusText(host: string, status: number): string {
  if (status === 401 || status === 403) return `no permission at ${host} (HTTP ${status})`;
  return status === 429
    ? `${host} limits the rate of requests (HTTP 429)`
    : `${host} answered HTTP ${status}`;
}

/** What portals and proxies show to people: a form to fill in, a script, or a way to another page. */
const portal = /<(?:form|script|iframe|meta[^<>]{0,200}refresh)/i;

/**
 * A 404 says that there is no such package, once whoever looked the name up knows that it comes from a registry: the body
 * proves nothing. A page that is made for people never counts. A registry that serves some names only answers so to
 * everybody whom it doesn't know.
 */
export function notFound({ endpoint, authenticated }: LookupRequest, text: string): RegistryAnswer {
  if (portal.test(text)) {
    const { host } = new URL(endpoint.url);
    return { kind: 'unknown', reason: `${host} answered HTTP 404 with a page that no registry sends` };
  }
  if (endpoint.servesSomeNames && !authenticated) {
    return {
      kind: 'unknown',
      isHidden: true,
      reason: `no permission (HTTP 404 from ${new URL(endpoint.url).host}, without credentials)`,
    };
  }
  return { kind: 'absent' };
}

/** Of a package of which its registry tells nothing but that it exists. */
export const nothingSpecial = {
  deprecated: null,
  status: 'active',
  isSecurityHolding: false,
  latestIsSecurityHolding: false,
  installScripts: null,
  repository: null,
  owners: [],
  attested: null,
  yanked: false,
} as const satisfies Partial<PackageFacts>;
