/** What Node (https://nodejs.org/api/errors.html#common-system-errors) and undici report, after the name of a host. */
const reasons = new Map([
  ['ECONNREFUSED', 'refused the connection'],
  ['ECONNRESET', 'closed the connection'],
  ['EPIPE', 'closed the connection'],
  ['UND_ERR_SOCKET', 'closed the connection'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'closed the connection'],
  ['ETIMEDOUT', 'did not answer in time'],
  ['UND_ERR_CONNECT_TIMEOUT', 'took no connection within 2 seconds'],
  ['UND_ERR_HEADERS_TIMEOUT', 'did not answer in time'],
  ['UND_ERR_BODY_TIMEOUT', 'did not answer in time'],
  ['ENETUNREACH', 'can’t be reached: there is no network'],
  ['EHOSTUNREACH', 'can’t be reached from here'],
  ['ENOTFOUND', 'can’t be reached: its host name could not be resolved'],
  ['EAI_AGAIN', 'can’t be reached: its host name could not be looked up'],
]);

const broken = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH']);

const ofTls = /CERT|SSL|TLS|ISSUER|SELF_SIGNED/;

/** No connection came about on the way through a proxy. */
export class ProxyFailure extends Error {
  /** Host and port of the proxy. */
  readonly host: string;
  /** What the proxy answered instead of making the connection; null where it answered nothing. */
  readonly status: number | null;

  constructor(host: string, status: number | null, cause: unknown) {
    super(`no connection through the proxy ${host}`, { cause });
    this.host = host;
    this.status = status;
  }
}

/**
 * @param host The one that the request was for.
 * @returns Why a request got no answer, and whose fault that is, as the end of "unknown: …".
 */
export function failureOf(error: unknown, host: string): string {
  const chain = chainOf(error);
  const failure = chain.find((link) => link instanceof ProxyFailure);
  if (failure !== undefined && failure.status !== null) return refusedByProxy(failure.host, failure.status);
  const subject = failure === undefined ? host : `the proxy ${failure.host}`;
  const code = codeIn(chain);
  const reason = code === null ? undefined : reasons.get(code);
  if (reason !== undefined) return `${subject} ${reason}`;
  if (code !== null && ofTls.test(code)) return `the certificate of ${subject} is not trusted (${code})`;
  return `the request to ${subject} failed${code === null ? '' : ` (${code})`}`;
}

/** @returns What a status of a proxy means: 407 is its own question for a password (RFC 9110, 15.5.8). */
export function refusedByProxy(host: string, status: number): string {
  return status === 407
    ? `the proxy ${host} wants a user and a password (HTTP 407)`
    : `the proxy ${host} refused the connection (HTTP ${status})`;
}

/** Is it worth a second try? Only a connection that broke off is; a refusal, an unknown host or TLS stay. */
export function isTransient(error: unknown): boolean {
  const code = codeIn(chainOf(error));
  return code !== null && broken.has(code);
}

/** @returns Whether the other end could not prove that it is who it says. */
export function isAboutTls(error: unknown): boolean {
  return ofTls.test(codeIn(chainOf(error)) ?? '');
}

function codeIn(chain: readonly Error[]): string | null {
  for (const link of chain) if ('code' in link && typeof link.code === 'string') return link.code;
  return null;
}

/** An error and what caused it, at most a few levels down. */
function chainOf(error: unknown): readonly Error[] {
  const chain: Error[] = [];
  let current = error;
  while (chain.length < 5 && current instanceof Error) {
    chain.push(current);
    current =
      current instanceof AggregateError && current.errors.length > 0 ? current.errors[0] : current.cause;
  }
  return chain;
}
