import { failureOf, isTransient } from './network-errors.ts';
import { statusText } from '../ecosystems/shared/registry-answers.ts';
import { HostQueue } from './host-queue.ts';
import type { HttpRequest, Reply } from '../model/http.ts';
import { TOOL } from '../model/tool.ts';

/** The part of `fetch` that is used here: Node's, undici's and a test's all have it. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

export interface FetchInit {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string | null;
  readonly redirect: 'manual';
  readonly signal: AbortSignal;
}

export interface FetchResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: { getReader(): { read(): Promise<Chunk>; cancel(): Promise<unknown> } } | null;
}

interface Chunk {
  readonly done: boolean;
  readonly value?: unknown;
}

/** Time as this folder needs it. */
export interface Clock {
  now(): Date;
  /** Resolves after so many milliseconds, or earlier when the signal is aborted. Never rejects. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** 0 to 1, for the jitter of a retry. */
  random(): number;
}

export interface HttpOptions {
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** Aborted when the time for all requests is over. */
  readonly budget: AbortSignal;
  /** May a request go to this URL at all? A reason where not. */
  readonly refuse: (url: URL) => string | null;
  /** The `Authorization` that was given for this URL, or null. */
  readonly authorize: (url: URL) => string | null;
}

const atOncePerHost = 6;
const mostRedirects = 2;
const failuresPerHost = 2;
/** A retry waits 100 to 300 ms, so that many clients don't come back at the same moment. */
const retryMilliseconds = { least: 100, spread: 200 };
/** A longer `Retry-After` is not worth waiting for inside a budget of seconds. */
const longestRetryAfter = 1;

/** Sends requests with the manners of registries.md: few at once, one retry, no host that keeps failing. */
export class HttpClient {
  readonly #options: HttpOptions;
  readonly #queue = new HostQueue(atOncePerHost);
  /** Why a host failed, each time. */
  readonly #failures = new Map<string, readonly string[]>();
  #sent = 0;

  constructor(options: HttpOptions) {
    this.#options = options;
  }

  /** How many requests left this machine. */
  get sent(): number {
    return this.#sent;
  }

  async send(request: HttpRequest): Promise<Reply> {
    const url = parseUrl(request.url);
    if (url === null) return { kind: 'notSent', reason: 'its registry’s address is not a URL' };
    const refusal = this.#options.refuse(url);
    if (refusal !== null) return { kind: 'notSent', reason: refusal };
    const { budget } = this.#options;
    const turn = { host: url.host, signal: budget, isFirst: request.isFirst === true };
    return this.#queue.run(turn, async (late) => {
      if (late || budget.aborted) return { kind: 'notSent', reason: 'the time for lookups was over' };
      const failures = this.#failures.get(url.host) ?? [];
      if (failures.length >= failuresPerHost)
        return { kind: 'notSent', reason: `${failures.at(-1) ?? ''}, so it was not asked again` };
      return this.#follow(url, request);
    });
  }

  #note(host: string, failure: string | null): void {
    if (failure !== null) this.#failures.set(host, [...(this.#failures.get(host) ?? []), failure]);
  }

  /** Follows at most two redirects, within the origin only. */
  async #follow(start: URL, request: HttpRequest): Promise<Reply> {
    let url = start;
    for (let redirects = 0; ; redirects++) {
      const reply = await this.#withRetry(url, request);
      // A redirect that leads elsewhere is about one name: others may well be there.
      this.#note(url.host, hostFailure(url.host, reply));
      if (reply.kind !== 'reply' || reply.status < 300 || reply.status > 399 || reply.status === 304)
        return reply;
      const target = parseUrl(reply.header('location') ?? '', url);
      if (target === null)
        return { kind: 'failed', reason: `${start.host} redirects nowhere (HTTP ${reply.status})` };
      if (target.origin !== start.origin) {
        return {
          kind: 'failed',
          reason: `${start.host} redirects to ${target.origin}, which is not followed`,
        };
      }
      if (redirects === mostRedirects || request.json !== undefined) {
        return { kind: 'failed', reason: `${start.host} redirects too often` };
      }
      url = target;
    }
  }

  async #withRetry(url: URL, request: HttpRequest): Promise<Reply> {
    const first = await this.#once(url, request);
    const wait = this.#retryAfter(first);
    if (wait === null) return withoutTransient(first);
    await this.#options.clock.sleep(wait, this.#options.budget);
    if (this.#options.budget.aborted) return withoutTransient(first);
    return withoutTransient(await this.#once(url, request));
  }

  /** Milliseconds to wait before the one retry, or null where there is none. */
  #retryAfter(attempt: Attempt): number | null {
    const jitter = retryMilliseconds.least + this.#options.clock.random() * retryMilliseconds.spread;
    if (attempt.kind === 'failed') return attempt.transient ? jitter : null;
    if (attempt.kind === 'notSent') return null;
    if (attempt.status === 429) {
      const seconds = Number(attempt.header('retry-after') ?? Number.NaN);
      return seconds >= 0 && seconds <= longestRetryAfter ? seconds * 1000 + jitter : null;
    }
    return [502, 503, 504].includes(attempt.status) ? jitter : null;
  }

  async #once(url: URL, request: HttpRequest): Promise<Attempt> {
    const { budget, fetch, authorize } = this.#options;
    this.#sent++;
    try {
      const response = await fetch(url.href, {
        method: request.json === undefined ? 'GET' : 'POST',
        headers: headersOf(request, authorize(url)),
        body: request.json ?? null,
        redirect: 'manual',
        signal: budget,
      });
      const { bytes, capped } = await readBody(response, request.cap);
      const header = (name: string): string | null => response.headers.get(name);
      return { kind: 'reply', status: response.status, header, body: bytes, capped };
    } catch (error) {
      if (budget.aborted) {
        const reason = `${url.host} did not answer within the time for lookups`;
        return { kind: 'failed', reason, transient: false };
      }
      return { kind: 'failed', reason: failureOf(error, url.host), transient: isTransient(error) };
    }
  }
}

type Attempt = Exclude<Reply, { kind: 'failed' }> | { kind: 'failed'; reason: string; transient: boolean };

function withoutTransient(attempt: Attempt): Reply {
  return attempt.kind === 'failed' ? { kind: 'failed', reason: attempt.reason } : attempt;
}

/** @returns Why a host failed as a whole, and not for one name; null where it did not. */
function hostFailure(host: string, reply: Reply): string | null {
  if (reply.kind === 'notSent') return null;
  if (reply.kind === 'failed') return reply.reason;
  return reply.status >= 500 || reply.status === 429 ? statusText(host, reply.status) : null;
}

/** Names the tool and nothing of the project. */
const userAgent = TOOL;

function headersOf(request: HttpRequest, authorization: string | null): Record<string, string> {
  return {
    'user-agent': userAgent,
    ...(request.accept === undefined ? {} : { accept: request.accept }),
    ...(request.etag === null || request.etag === undefined ? {} : { 'if-none-match': request.etag }),
    ...(request.range === undefined ? {} : { range: request.range }),
    ...(request.json === undefined ? {} : { 'content-type': 'application/json' }),
    ...(authorization === null ? {} : { authorization }),
  };
}

/** Reads a decoded body up to the cap and gives the rest up, so that no archive can fill the memory. */
async function readBody(
  response: FetchResponse,
  cap: number,
): Promise<{ bytes: Uint8Array; capped: boolean }> {
  const reader = response.body?.getReader();
  if (reader === undefined) return { bytes: new Uint8Array(), capped: false };
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length <= cap) {
    const { done, value } = await reader.read();
    if (done) return { bytes: Buffer.concat(chunks), capped: false };
    if (!(value instanceof Uint8Array)) continue;
    chunks.push(value);
    length += value.length;
  }
  await reader.cancel().catch((error: unknown) => error);
  return { bytes: Buffer.concat(chunks).subarray(0, cap), capped: true };
}

function parseUrl(text: string, base?: URL): URL | null {
  return URL.canParse(text, base?.href) ? new URL(text, base) : null;
}
