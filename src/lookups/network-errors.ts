/** Codes of Node (https://nodejs.org/api/errors.html#common-system-errors) and undici, as people read them. */
const reasons = new Map([
  ['ENOTFOUND', 'its registry’s host name is not known here'],
  ['EAI_AGAIN', 'its registry’s host name could not be looked up'],
  ['ECONNREFUSED', 'its registry refused the connection'],
  ['ECONNRESET', 'its registry broke the connection off'],
  ['EPIPE', 'its registry broke the connection off'],
  ['UND_ERR_SOCKET', 'its registry broke the connection off'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'its registry broke the connection off'],
  ['ETIMEDOUT', 'its registry did not answer in time'],
  ['UND_ERR_CONNECT_TIMEOUT', 'no connection to its registry within 2 seconds'],
  ['UND_ERR_HEADERS_TIMEOUT', 'its registry did not answer in time'],
  ['UND_ERR_BODY_TIMEOUT', 'its registry did not answer in time'],
  ['ENETUNREACH', 'no network'],
  ['EHOSTUNREACH', 'its registry can’t be reached from here'],
]);

const broken = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH']);

/** @returns Why a request got no answer, as the end of "unknown: …". */
export function failureOf(error: unknown): string {
  const code = codeOf(error);
  const reason = code === null ? undefined : reasons.get(code);
  if (reason !== undefined) return reason;
  if (code !== null && /CERT|SSL|TLS|ISSUER|SELF_SIGNED/.test(code)) {
    return `its registry’s certificate is not trusted (${code})`;
  }
  return code === null ? 'the request failed' : `the request failed (${code})`;
}

/** Is it worth a second try? Only a connection that broke off is; a refusal, an unknown host or TLS stay. */
export function isTransient(error: unknown): boolean {
  const code = codeOf(error);
  return code !== null && broken.has(code);
}

/** The code of an error or of what caused it, at most a few levels down. */
function codeOf(error: unknown): string | null {
  let current = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth++) {
    if ('code' in current && typeof current.code === 'string') return current.code;
    if (current instanceof AggregateError && current.errors.length > 0) current = current.errors[0];
    else current = current.cause;
  }
  return null;
}
