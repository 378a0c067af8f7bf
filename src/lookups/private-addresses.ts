import { BlockList, isIP } from 'node:net';

/** Addresses of the machine itself and of private networks: RFC 6890's registries and RFC 4193. */
const inner = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  inner.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const) {
  inner.addSubnet(network, prefix, 'ipv6');
}

/** Names that lead to the machine itself or into its network by convention (RFC 6761, RFC 8375, RFC 6762). */
const innerName = /(?:^|\.)(?:localhost|local|internal|home\.arpa|localdomain)$/;

/**
 * Does a URL lead to this machine or its private network? Judged by the host as written: an address, or a
 * name that is private by convention or has no dot.
 */
export function isPrivate(url: URL): boolean {
  const host = url.hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  const version = isIP(host);
  if (version === 4) return inner.check(host, 'ipv4');
  if (version === 6) return inner.check(host, 'ipv6') || isInnerMapped(host);
  return innerName.test(host) || !host.includes('.');
}

/** IPv4 inside IPv6 (`::ffff:7f00:1`), as URL writes it. */
function isInnerMapped(host: string): boolean {
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(host);
  if (mapped === null) return false;
  const [high = 0, low = 0] = mapped.slice(1).map((part) => Number.parseInt(part, 16));
  return inner.check([high >> 8, high & 255, low >> 8, low & 255].join('.'), 'ipv4');
}

/**
 * May a request go to this URL? Addresses that the user's own settings name are all allowed; every other
 * one has to be HTTPS and outside.
 *
 * @returns A reason where not, else null.
 */
export function refusal(url: URL, trustedOrigins: ReadonlySet<string>): string | null {
  const obstacle = obstacleAt(url, trustedOrigins);
  if (obstacle === null) return null;
  return `its registry ${obstacle}${isWeb(url) ? ', and your own settings don’t name it' : ''}`;
}

/** @returns What stands in the way of a request to this URL, said of its registry; null where nothing does. */
export function obstacleAt(url: URL, trustedOrigins: ReadonlySet<string>): string | null {
  if (isWeb(url) && trustedOrigins.has(url.origin)) return null;
  if (url.protocol !== 'https:') return 'is not reached over HTTPS';
  return isPrivate(url) ? 'is inside a private network' : null;
}

function isWeb(url: URL): boolean {
  return url.protocol === 'https:' || url.protocol === 'http:';
}
