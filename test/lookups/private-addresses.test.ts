import { expect, test } from 'vitest';
import { isPrivate } from '../../src/lookups/private-addresses.ts';

/** The first and the last address of a range, and its neighbours, which are outside; null where there is none. */
type Range = readonly (string | null)[];

/* The ranges of RFC 6890 (https://www.rfc-editor.org/rfc/rfc6890#section-2.2.2) that lead to no other network. */
const ipv4: readonly Range[] = [
  ['0.0.0.0', '0.255.255.255', null, '1.0.0.0'],
  ['10.0.0.0', '10.255.255.255', '9.255.255.255', '11.0.0.0'],
  ['100.64.0.0', '100.127.255.255', '100.63.255.255', '100.128.0.0'],
  ['127.0.0.0', '127.255.255.255', '126.255.255.255', '128.0.0.0'],
  ['169.254.0.0', '169.254.255.255', '169.253.255.255', '169.255.0.0'],
  ['172.16.0.0', '172.31.255.255', '172.15.255.255', '172.32.0.0'],
  ['192.168.0.0', '192.168.255.255', '192.167.255.255', '192.169.0.0'],
];
const ipv4InIpv6 = ipv4.map((range) => range.map((address) => address && `::ffff:${address}`));

/* The same of IPv6 (https://www.rfc-editor.org/rfc/rfc6890#section-2.2.3). */
const rest = 'ffff:ffff:ffff:ffff:ffff:ffff:ffff';
const ipv6: readonly Range[] = [
  ['::', '::1', null, '::2'],
  ['fc00::', `fdff:${rest}`, `fbff:${rest}`, 'fe00::'],
  ['fe80::', `febf:${rest}`, `fe7f:${rest}`, 'fec0::'],
];

test.each([...ipv4, ...ipv4InIpv6, ...ipv6])('private are %s to %s; %s and %s are not', (...range) => {
  const judged = range.map((address) => {
    if (address === null) return null;
    return isPrivate(new URL(`https://${address.includes(':') ? `[${address}]` : address}/`));
  });
  expect(judged).toEqual([true, true, range[2] === null ? null : false, false]);
});
