import dns from 'node:dns';
import { isIP, Socket } from 'node:net';

/*
 * Tests talk to this machine alone: what another one answers changes, and where there is no network a test would wait
 * for it. So in a worker no name of another machine leads anywhere, and no connection to one is made.
 */

/** Names that lead nowhere by their definition: https://datatracker.ietf.org/doc/html/rfc2606#section-2 */
const reserved = /(?:^|\.)(?:example|invalid|test)$|(?:^|\.)example\.(?:com|net|org)$/i;
const thisMachine = /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/i;

const asked: string[] = [];

/** @returns The other machines that were asked for since this was called last, but for names that lead nowhere. */
export function otherMachines(): readonly string[] {
  return asked.splice(0);
}

/** @returns Why a host can't be reached; undefined for this machine. */
function refusal(host: unknown, code: string): Error | undefined {
  if (typeof host !== 'string' || host === '' || thisMachine.test(host)) return undefined;
  if (!reserved.test(host)) asked.push(host);
  return Object.assign(new Error(`${code} ${host}: tests talk to this machine alone`), { code });
}

/** A method of Node's as it was before it was replaced. */
function usual(holder: object, name: string): (self: unknown, words: readonly unknown[]) => unknown {
  const method: unknown = Reflect.get(holder, name);
  if (typeof method !== 'function') throw new Error(`Node has no ${name}`);
  return (self, words) => {
    const result: unknown = Reflect.apply(method, self, words);
    return result;
  };
}

const lookup = usual(dns, 'lookup');
Reflect.set(dns, 'lookup', (...words: readonly unknown[]): unknown => {
  const error = refusal(words[0], 'ENOTFOUND');
  const done = words.at(-1);
  if (error === undefined || typeof done !== 'function') return lookup(dns, words);
  process.nextTick(done, error);
  return undefined;
});

/** The host among the words of a connection: https://nodejs.org/api/net.html#socketconnect */
function hostsOf(words: readonly unknown[]): unknown[] {
  return words
    .flat()
    .map((word): unknown => (typeof word === 'object' && word !== null ? Reflect.get(word, 'host') : word))
    .filter((word) => typeof word === 'string' && isIP(word) > 0);
}

const connect = usual(Socket.prototype, 'connect');
Reflect.set(Socket.prototype, 'connect', function (this: Socket, ...words: readonly unknown[]): unknown {
  const [error] = hostsOf(words).flatMap((host) => refusal(host, 'ENETUNREACH') ?? []);
  return error ? this.destroy(error) : connect(this, words);
});
