/**
 * @returns The distribution that a dependency specifier names (PEP 508: the name stands first, before extras,
 *   versions, `@ URL` and markers), as written, or undefined where none stands there.
 */
export function distributionName(specifier: string): string | undefined {
  return /^\s*([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)(?=\s*(?:[[(<>=!~@;,]|$))/i.exec(specifier)?.[1];
}
