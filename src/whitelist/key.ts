import { ecosystems, findEcosystem, type Ecosystem } from '../ecosystems/index.ts';
import { parsePurl, type Package } from '../model/package.ts';
import { quoteForMessage } from '../documents/checked.ts';
import { closestMatch } from '../text/nearest.ts';

/** What is wrong with a key: a sentence, what to do, and the package that was certainly meant. */
export interface KeyProblem {
  readonly message: string;
  readonly next: string;
  readonly meant: Package | null;
}

export type KeyRead =
  | { readonly kind: 'package'; readonly package: Package; readonly ecosystem: Ecosystem }
  | ({ readonly kind: 'problem' } & KeyProblem);

/**
 * Reads the key of an entry: `npm:lodash`, `npm:@acme/*`. It is what the commands take and print.
 *
 * @param key Without quotation marks.
 * @returns The package with its canonical name, or what is wrong with the key.
 */
export function readKey(key: string): KeyRead {
  const colon = key.indexOf(':');
  const ecosystem = colon > 0 ? findEcosystem(key.slice(0, colon)) : undefined;
  if (ecosystem === undefined) return withoutEcosystem(key);
  const name = key.slice(colon + 1);
  if (isEntryName(ecosystem, name))
    return { kind: 'package', package: packageIn(ecosystem, name), ecosystem };
  return badName(ecosystem, name);
}

/** @returns Whether a name stands for all packages of a scope: `@acme/*`. */
export function isScopePattern(name: string): boolean {
  return name.startsWith('@') && name.endsWith('/*');
}

function packageIn(ecosystem: Ecosystem, name: string): Package {
  return { ecosystem: ecosystem.id, name: isScopePattern(name) ? name : ecosystem.canonical(name) };
}

/** @returns Whether a name may stand in the whitelist: a valid package name, or `@scope/*`. */
function isEntryName(ecosystem: Ecosystem, name: string): boolean {
  if (!isScopePattern(name)) return ecosystem.valid(name);
  const inside = `${name.slice(0, -1)}x`;
  return ecosystem.valid(inside) && ecosystem.scopeOf(inside) !== null;
}

function badName(ecosystem: Ecosystem, name: string): KeyRead {
  if (name.includes('*')) {
    const message = `${quoteForMessage(name)} is no pattern that is read here`;
    return {
      kind: 'problem',
      message,
      next: 'The only pattern is a whole npm scope: npm:@acme/*.',
      meant: null,
    };
  }
  const bare = withoutVersion(name);
  const isMeant = bare !== name && isEntryName(ecosystem, bare);
  const message = isMeant
    ? `${quoteForMessage(`${ecosystem.id}:${name}`)} says more than the package: a key holds no version and no extras`
    : `${quoteForMessage(name)} can’t be the name of a package on ${ecosystem.title}`;
  return {
    kind: 'problem',
    message,
    next: 'Write the name alone, without version or extras.',
    meant: isMeant ? packageIn(ecosystem, bare) : null,
  };
}

/** `lodash@4.17.21`, `requests[socks]`, `flask==3.0`, `flask>=2`: the name before that. */
function withoutVersion(name: string): string {
  return /^@?[^@[\]=<>~!; ]+/.exec(name)?.[0] ?? name;
}

/** A package URL, an ecosystem in other letters or none at all. */
function withoutEcosystem(key: string): KeyRead {
  const url = parsePurl(key);
  const meant = url ?? lowerCased(key);
  const ecosystem = meant === null ? undefined : findEcosystem(meant.ecosystem);
  if (meant !== null && ecosystem !== undefined && isEntryName(ecosystem, meant.name)) {
    const message = `${quoteForMessage(key)} is not how a package is written here`;
    const known = packageIn(ecosystem, meant.name);
    return { kind: 'problem', message, next: 'Write the ecosystem, a colon and the name.', meant: known };
  }
  return unknownEcosystem(key);
}

function lowerCased(key: string): Package | null {
  const [, id, name] = /^([A-Za-z]+):(.+)$/.exec(key) ?? [];
  return id === undefined || name === undefined ? null : { ecosystem: id.toLowerCase(), name };
}

function unknownEcosystem(key: string): KeyRead {
  const ids = ecosystems.map(({ id }) => id);
  const [, prefix, rest] = /^([^:/@]+):(.+)$/.exec(key) ?? [];
  if (prefix === undefined || rest === undefined) {
    const choices = ids.map((id) => `${id}:${key}`).join(' or ');
    const message = `${quoteForMessage(key)} names no ecosystem`;
    return { kind: 'problem', message, next: `Write ${choices}.`, meant: null };
  }
  const closest = closestMatch(prefix.toLowerCase(), ids);
  const next =
    closest === undefined ? `Ecosystems are ${ids.join(', ')}.` : `Did you mean “${closest}:${rest}”?`;
  const message = `there is no ecosystem ${quoteForMessage(prefix)}`;
  return { kind: 'problem', message, next, meant: null };
}
