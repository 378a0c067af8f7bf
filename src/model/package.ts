/**
 * The id of a packaging ecosystem, which is also its package-URL type
 * (https://github.com/package-url/purl-spec): `npm`, `pypi`. The list lives in `src/ecosystems`.
 */
export type EcosystemId = string;

/** What a registry serves. `name` is in the ecosystem's canonical spelling: compare with `===`. */
export interface Package {
  readonly ecosystem: EcosystemId;
  readonly name: string;
}

/**
 * @returns The package URL without a version: `pkg:npm/%40acme/ui`. A surrogate without a partner, which
 * no URL can hold, becomes U+FFFD.
 */
export function purl({ ecosystem, name }: Package): string {
  const wellFormed = name.replace(/\p{Cs}/gu, '\ufffd');
  return `pkg:${ecosystem}/${wellFormed.split('/').map(encodeURIComponent).join('/')}`;
}

/**
 * Reads a package URL, without its version, qualifiers and subpath. The `@` of an npm scope may stand as it is.
 *
 * @returns The type and the whole name with its namespace, decoded; null for a text that is no package URL.
 */
export function parsePurl(text: string): Package | null {
  const [, type, fullPath] = /^pkg:\/*([a-z][a-z0-9.+-]*)\/+([^?#]+)/i.exec(text) ?? [];
  if (type === undefined || fullPath === undefined) return null;
  const path = fullPath.replace(/\/$/, '');
  const at = path.lastIndexOf('@');
  const name = at > 0 && path[at - 1] !== '/' ? path.slice(0, at) : path;
  return { ecosystem: type.toLowerCase(), name: name.split('/').map(decoded).join('/') };
}

/** What is no encoding stays as it is: then it is no name either. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

/** @returns The package as people write it: `npm:@acme/ui`, `pypi:pillow`. */
export function packageLabel({ ecosystem, name }: Package): string {
  return `${ecosystem}:${name}`;
}
