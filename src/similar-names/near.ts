import { findEcosystem } from '../ecosystems/index.ts';
import type { EcosystemId } from '../model/package.ts';
import { withoutGenericParts, withoutPluginPrefix } from './affixes.ts';
import { singleEdit } from '../text/distance.ts';
import { keyOf } from './name-index.ts';
import type { KnownName, NameIndex } from './name-index.ts';

/** A known name that another name is easily taken for, and why, to be read after "looks like". */
export interface Near {
  readonly known: KnownName;
  /** The letters that were compared: the name's key, or that of what is left of it. */
  readonly word: string;
  readonly rule: 'letters' | 'scope' | 'edit' | 'affix' | 'plugin';
  readonly why: string;
}

/** Names with fewer letters than this have too many neighbours to say anything. */
const fewestLettersForEdits = 5;

/**
 * The known names that a name is easily taken for, by narrow rules: the same letters, a flattened npm
 * scope, one edit, generic parts, a plugin prefix; in this order. A package is not near itself, and not
 * near another one of its own npm scope, which has the same owner.
 *
 * @param name A name that the ecosystem's registry could hold.
 */
export function* nearNames(name: string, ecosystem: EcosystemId, known: NameIndex): Generator<Near> {
  const scope = scopeOf(name, ecosystem);
  for (const near of candidates(name, ecosystem, known)) {
    const target = near.known.package.name;
    const itsScope = scopeOf(target, ecosystem);
    const comparable = scope === null ? itsScope === null || near.rule === 'scope' : itsScope !== null;
    if (target !== name && comparable && (scope === null || itsScope !== scope)) yield near;
  }
}

function* candidates(name: string, ecosystem: EcosystemId, known: NameIndex): Generator<Near> {
  const key = keyOf(name, ecosystem);
  const unscoped = scopeOf(name, ecosystem) === null;
  yield* sameLetters(name, known.withKey(ecosystem, key));
  if (key.length >= fewestLettersForEdits) yield* oneEdit(key, ecosystem, known);
  if (!unscoped) return;
  for (const { rest, removed } of withoutGenericParts(name)) {
    const parts = removed.map((part) => `“${part}”`).join(' and ');
    const why = `without the generic part${removed.length === 1 ? '' : 's'} ${parts}`;
    for (const one of unscopedOnly(known.withKey(ecosystem, keyOf(rest, ecosystem)))) {
      yield { known: one, word: one.key, rule: 'affix', why };
    }
  }
  const plugin = withoutPluginPrefix(name, ecosystem);
  if (plugin === undefined) return;
  const why = `without the plugin prefix “${plugin.removed.join('')}”`;
  for (const one of unscopedOnly(known.withKey(ecosystem, keyOf(plugin.rest, ecosystem)))) {
    yield { known: one, word: one.key, rule: 'plugin', why };
  }
}

function* sameLetters(name: string, same: readonly KnownName[]): Generator<Near> {
  for (const known of same) {
    const flattened = known.package.name.startsWith('@') && !name.startsWith('@');
    if (flattened) {
      yield { known, word: known.key, rule: 'scope', why: `“${known.spelling}” without its scope` };
    } else if (known.spelling === name) {
      yield {
        known,
        word: known.key,
        rule: 'letters',
        why: `the module “${known.specifier}” is provided by this package`,
      };
    } else {
      yield { known, word: known.key, rule: 'letters', why: `the letters of “${known.spelling}”` };
    }
  }
}

function* oneEdit(key: string, ecosystem: EcosystemId, known: NameIndex): Generator<Near> {
  for (const candidate of known.sharing(ecosystem, key)) {
    if (candidate.key.length < fewestLettersForEdits) continue;
    const edit = singleEdit(key, candidate.key);
    if (edit === null) continue;
    const one = candidate.known();
    const why =
      edit === 'swap' ? `two letters of “${one.spelling}” swapped` : `one letter from “${one.spelling}”`;
    yield { known: one, word: key, rule: 'edit', why };
  }
}

function unscopedOnly(names: readonly KnownName[]): KnownName[] {
  return names.filter((one) => !one.package.name.startsWith('@'));
}

function scopeOf(name: string, ecosystem: EcosystemId): string | null {
  return findEcosystem(ecosystem)?.scopeOf(name) ?? null;
}
