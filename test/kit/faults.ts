import { gzipSync } from 'node:zlib';
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { reply } from './server.ts';
import type { Handler, Recorded } from './server.ts';

/** What can be wrong with an answer. */
export type Fault =
  | { readonly kind: 'slow'; readonly milliseconds: number }
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string }
  | { readonly kind: 'reset' }
  | { readonly kind: 'portal' }
  | { readonly kind: 'noise' }
  | { readonly kind: 'bomb' }
  | { readonly kind: 'long'; readonly megabytes: number }
  | { readonly kind: 'redirect'; readonly to: string };

/** A page that asks for a login, as hotels serve it for every address. */
export const portal =
  '<!doctype html><html><body><form action="/login">Welcome to our WiFi</form></body></html>';

/**
 * Puts faults before a handler. `choose` tells for each request what goes wrong; undefined lets it through
 * (after `slow` the answer still comes).
 */
export function withFaults(handle: Handler, choose: (request: Recorded) => Fault | undefined): Handler {
  return async (request, response) => {
    const fault = choose(request);
    if (fault === undefined) return handle(request, response);
    if (fault.kind === 'slow') {
      await wait(fault.milliseconds, undefined, { ref: false });
      if (response.destroyed) return;
      return handle(request, response);
    }
    inject(fault, response);
  };
}

const html = { 'content-type': 'text/html' };
const jsonType = { 'content-type': 'application/json' };

function inject(fault: Exclude<Fault, { kind: 'slow' }>, response: ServerResponse): void {
  switch (fault.kind) {
    case 'status':
      reply(response, {
        status: fault.status,
        headers: { ...html, ...(fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter }) },
        body: `<h1>${fault.status}</h1>`,
      });
      return;
    case 'reset':
      response.writeHead(200, { ...jsonType, 'content-length': '1000' });
      response.write('{"name": "half', () => response.socket?.resetAndDestroy());
      return;
    case 'portal':
      reply(response, { status: 200, headers: html, body: portal });
      return;
    case 'noise':
      reply(response, { status: 200, headers: jsonType, body: '{"name": ' });
      return;
    case 'bomb':
      reply(response, { status: 200, headers: { ...jsonType, 'content-encoding': 'gzip' }, body: bomb() });
      return;
    case 'long':
      reply(response, {
        status: 200,
        headers: jsonType,
        body: Buffer.alloc(fault.megabytes * 1024 * 1024, ' '),
      });
      return;
    case 'redirect':
      reply(response, { status: 302, headers: { location: fault.to } });
  }
}

/** 100 MB of spaces in 100 kB. */
function bomb(): Uint8Array {
  return gzipSync(Buffer.alloc(100 * 1024 * 1024, ' '));
}
