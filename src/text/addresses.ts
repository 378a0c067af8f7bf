import { trimSuffix } from './ends.ts';

const address = /^((?:[a-z0-9.-]+\+)?([a-z][a-z0-9.-]*):\/\/)([^/?#]*)((?:[/?#].*)?)$/is;
const defaultPorts = new Map([
  ['http', ':80'],
  ['https', ':443'],
  ['ssh', ':22'],
]);

/**
 * @returns An address as addresses are compared: the case of scheme and host, the port that its scheme has anyway, and
 *   slashes at the end say nothing (https://www.rfc-editor.org/rfc/rfc3986#section-6.2). What is none stays as it is.
 */
export function comparableAddress(text: string): string {
  const [, start = '', scheme = '', authority = '', path = ''] = address.exec(text) ?? [];
  if (start === '') return trimSuffix(text, '/');
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const user = authority.slice(0, authority.length - host.length);
  const port = defaultPorts.get(scheme.toLowerCase());
  const bare = port !== undefined && host.endsWith(port) ? host.slice(0, -port.length) : host;
  return trimSuffix(`${start.toLowerCase()}${user}${bare.toLowerCase()}${path}`, '/');
}
