import { findEcosystem, packageOf } from '../ecosystems/index.ts';
import type { EcosystemId } from '../model/package.ts';
import { withoutGenericParts, withoutPluginPrefix } from './affixes.ts';
import { singleEdit } from '../text/distance.ts';
import { keyOf } from './name-index.ts';
import type { KnownName, NameIndex } from './name-index.ts';

/** A known name that another name is easily taken for, and why, to be read after “did you mean” and its name. */
export interface SimilarName {
  readonly known: KnownName;
  /** The letters that were compared: the name's key, or that of what is left of it. */
  readonly word: string;
  readonly rule: 'letters' | 'scope' | 'edit' | 'affix' | 'plugin';
  readonly why: string;
}

/** Names with fewer letters than this have too many neighbours to say anything. */
const fewestLettersForEdits = 5;

/**
 * The known names that a name is easily taken for, by narrow rules: the same letters, a flattened
 * scope, one edit, generic parts, a plugin prefix; in this order. A package is not near itself, and not
 * near another one of its own scope, which has the same owner.
 *
 * @param name A name that the ecosystem's registry could hold.
 */
export function* similarNames(
  name: string,
  ecosystem: EcosystemId,
  nameIndex: NameIndex,
): Generator<SimilarName> {
  const scope = scopeOf(name, ecosystem);
  for (const match of candidates(name, ecosystem, nameIndex)) {
    const target = match.known.package.name;
    const itsScope = scopeOf(target, ecosystem);
    const comparable = scope === null ? itsScope === null || match.rule === 'scope' : itsScope !== null;
    const isSameOwner =
      (scope !== null && itsScope === scope) ||
      findEcosystem(ecosystem)?.isSameOwner?.(name, target) === true;
    if (target !== name && comparable && !isSameOwner) yield match;
  }
}

function* candidates(name: string, ecosystem: EcosystemId, nameIndex: NameIndex): Generator<SimilarName> {
  const key = keyOf(name, ecosystem);
  const unscoped = scopeOf(name, ecosystem) === null;
  yield* sameLetters(name, ecosystem, nameIndex.withKey(ecosystem, key));
  if (key.length >= fewestLettersForEdits) yield* oneEdit(key, ecosystem, nameIndex);
  if (!unscoped) return;
  for (const { rest: baseName, removed } of withoutGenericParts(name)) {
    const parts = removed.map((part) => `“${part}”`).join(' and ');
    const why = `without the generic part${removed.length === 1 ? '' : 's'} ${parts}`;
    for (const knownName of unscopedOnly(nameIndex.withKey(ecosystem, keyOf(baseName, ecosystem)))) {
      yield { known: knownName, word: knownName.key, rule: 'affix', why };
    }
  }
  const plugin = withoutPluginPrefix(name, ecosystem);
  if (plugin === undefined) return;
  const why = `without the plugin prefix “${plugin.removed.join('')}”`;
  for (const knownName of unscopedOnly(nameIndex.withKey(ecosystem, keyOf(plugin.rest, ecosystem)))) {
    yield { known: knownName, word: knownName.key, rule: 'plugin', why };
  }
}

function* sameLetters(
  name: string,
  ecosystem: EcosystemId,
  knownNames: readonly KnownName[],
): Generator<SimilarName> {
  const isUnscoped = scopeOf(name, ecosystem) === null;
  for (const knownName of knownNames) {
    const { package: target, key } = knownName;
    const isFlattened = isUnscoped && scopeOf(target.name, ecosystem) !== null;
    const why = isFlattened ? 'the same name without its scope' : reasonOfLetters(name, knownName);
    yield { known: knownName, word: key, rule: isFlattened ? 'scope' : 'letters', why };
  }
}

/** PyPI takes `PIL` and `pil` for the same name. */
function reasonOfLetters(name: string, { spelling, package: target }: KnownName): string {
  if (spelling === target.name) return 'the names look the same';
  const isSame = packageOf(target.ecosystem, spelling).name === name;
  return isSame ? `it provides ${spelling}` : `its module ${spelling} looks the same`;
}

function* oneEdit(key: string, ecosystem: EcosystemId, nameIndex: NameIndex): Generator<SimilarName> {
  for (const candidate of nameIndex.sharing(ecosystem, key)) {
    if (candidate.key.length < fewestLettersForEdits) continue;
    const edit = singleEdit(key, candidate.key);
    if (edit === null) continue;
    const knownName = candidate.known();
    yield { known: knownName, word: key, rule: 'edit', why: reasonOfEdit(edit, knownName) };
  }
}

/** The name of the package stands beside the reason; that of a module does not. */
function reasonOfEdit(edit: 'swap' | 'letter', { spelling, package: target }: KnownName): string {
  const isModule = spelling !== target.name;
  if (edit === 'swap') return `two letters${isModule ? ` of its module ${spelling}` : ''} are swapped`;
  return `one letter differs${isModule ? ` from its module ${spelling}` : ''}`;
}

function unscopedOnly(names: readonly KnownName[]): KnownName[] {
  return names.filter(({ package: { ecosystem, name } }) => scopeOf(name, ecosystem) === null);
}

function scopeOf(name: string, ecosystem: EcosystemId): string | null {
  return findEcosystem(ecosystem)?.scopeOf(name) ?? null;
}
