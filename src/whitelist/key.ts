import { ecosystems, findEcosystem, type Ecosystem } from '../ecosystems/index.ts';
import { packageLabel, parsePurl, type Package } from '../model/package.ts';
import { quoteForMessage } from '../documents/problems.ts';
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

/** @returns Whether a name stands for all packages of a scope: `@acme/*`, `github.com/acme/*`. */
export function isScopePattern(name: string): boolean {
  return name.endsWith('/*');
}

function packageIn(ecosystem: Ecosystem, name: string): Package {
  return { ecosystem: ecosystem.id, name: isScopePattern(name) ? name : ecosystem.canonical(name) };
}

/** @returns Whether a name may stand in the whitelist: a valid package name, or a scope and `/*`. */
function isEntryName(ecosystem: Ecosystem, name: string): boolean {
  if (!isScopePattern(name)) return ecosystem.valid(name);
  const inside = `${name.slice(0, -1)}x`;
  return ecosystem.valid(inside) && ecosystem.scopeOf(inside) !== null;
}

function badName(ecosystem: Ecosystem, name: string): KeyRead {
  const meant = bareIn(ecosystem, name);
  if (meant !== null) {
    const whole = quoteForMessage(`${ecosystem.id}:${name}`);
    const message = `${whole} is not only a package name: a key has no version and no extras`;
    return { kind: 'problem', message, next: 'Write the name alone, without version or extras.', meant };
  }
  return name === '' ? withoutName(ecosystem) : { kind: 'problem', ...wrongName(ecosystem, name), meant };
}

function wrongName(ecosystem: Ecosystem, name: string): Pick<KeyProblem, 'message' | 'next'> {
  if (name.includes('*')) return wrongPattern(name);
  const message = `${quoteForMessage(name)} can’t be the name of a package on ${ecosystem.title}`;
  return { message, next: ecosystem.words.form };
}

function wrongPattern(name: string): Pick<KeyProblem, 'message' | 'next'> {
  const message = `${quoteForMessage(name)} is not a supported pattern`;
  const examples = ecosystems.flatMap((ecosystem) => {
    const { exampleScope } = ecosystem.grammar();
    return exampleScope === null ? [] : [`${ecosystem.id}:${exampleScope}/*`];
  });
  return { message, next: `The only patterns are whole scopes: ${examples.join(', ')}.` };
}

function withoutName({ id }: Ecosystem): KeyRead {
  const message = `${quoteForMessage(id)} is an ecosystem, not a package`;
  return {
    kind: 'problem',
    message,
    next: `Write each package on a line of its own: ${id}:NAME.`,
    meant: null,
  };
}

/** @returns The package of a name that is right but for a version, extras or a marker behind it; null for any other. */
function bareIn(ecosystem: Ecosystem, name: string): Package | null {
  const bare = isEntryName(ecosystem, name) ? name : withoutVersion(name);
  return isEntryName(ecosystem, bare) ? packageIn(ecosystem, bare) : null;
}

/** `lodash@4.17.21`, `requests[socks]`, `flask >= 2`, `flask; marker`: the name before that. */
function withoutVersion(name: string): string {
  return /^(@?(?:[^@[\]=<>~!;( ]|~(?![=>]))+) *(?:[@[=<>!;(]|~[=>])/.exec(name)?.[1] ?? name;
}

/** A package URL, an ecosystem in other letters, one that there is not, or none at all. */
function withoutEcosystem(key: string): KeyRead {
  const url = parsePurl(key);
  if (url !== null) return writtenOtherwise(key, url);
  const [, prefix, name] = /^([^:/@]+):(.*)$/s.exec(key) ?? [];
  return prefix === undefined || name === undefined
    ? nameAlone(key)
    : writtenOtherwise(key, { ecosystem: prefix, name });
}

/** A key of which certainly one ecosystem is meant, or none that there is. */
function writtenOtherwise(key: string, { ecosystem: id, name }: Package): KeyRead {
  const ecosystem = findEcosystem(id.toLowerCase());
  if (ecosystem === undefined) return unknownEcosystem(id, name);
  const meant = bareIn(ecosystem, name);
  if (meant === null) return badName(ecosystem, name);
  const message = `${quoteForMessage(key)} is not a valid package key`;
  return { kind: 'problem', message, next: 'Write the ecosystem, a colon and the name.', meant };
}

function unknownEcosystem(prefix: string, name: string): KeyRead {
  const ids = ecosystems.map(({ id }) => id);
  const closest = findEcosystem(closestMatch(prefix.toLowerCase(), ids) ?? '');
  const likely = closest === undefined ? null : bareIn(closest, name);
  const next =
    likely === null ? `Ecosystems are ${ids.join(', ')}.` : `Did you mean “${packageLabel(likely)}”?`;
  const message = `there is no ecosystem ${quoteForMessage(prefix)}`;
  return { kind: 'problem', message, next, meant: null };
}

/** Where only one ecosystem has such names, that one is meant. */
function nameAlone(key: string): KeyRead {
  const ecosystem = findEcosystem(key.toLowerCase());
  if (ecosystem !== undefined) return withoutName(ecosystem);
  const choices = ecosystems.flatMap((candidate) => bareIn(candidate, key) ?? []);
  const labels = choices.length > 0 ? choices.map(packageLabel) : ecosystems.map(({ id }) => `${id}:NAME`);
  if (choices.length === 0 && key.includes('*'))
    return { kind: 'problem', ...wrongPattern(key), meant: null };
  return {
    kind: 'problem',
    message: `${quoteForMessage(key)} has no ecosystem`,
    next: `Write ${labels.join(' or ')}.`,
    meant: choices.length === 1 ? (choices[0] ?? null) : null,
  };
}
