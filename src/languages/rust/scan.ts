import type { Scan, Source } from '../../model/language.ts';
import type { Omission } from '../../model/reference.ts';
import { asksForCompiler, membersOf, omissionOf } from './omissions.ts';
import { FileNames } from './scopes.ts';
import { tokensOf } from './tokens.ts';
import { walk } from './walk.ts';
import { CELL, mayAskForCrates } from './dialects.ts';
import { mentionsManifest } from './front-matter.ts';

/**
 * Reads a text for the crates that it may name, without a grammar.
 *
 * @returns A superset of what the parser would find, or `unsure` where the text is no program as it stands, or holds a
 *   manifest of its own.
 */
export function scan({ text, dialect }: Source): Scan {
  if (dialect === CELL) return scanCell(text);
  if (mentionsManifest(text)) return { kind: 'unsure', reason: 'it holds a manifest of its own' };
  const names = new FileNames();
  const tokens = tokensOf(text);
  const isBalanced = walk(tokens, names, { scope: names.root, isInMacro: false, readsItemMacros: true });
  if (!isBalanced || !tokens.isComplete)
    return { kind: 'unsure', reason: 'a bracket or string is left open' };
  return { kind: 'superset', ...collected(names, asksForCompiler(text)) };
}

/** Of a cell only `extern crate` and lines for the kernel bring crates. */
function scanCell(text: string): Scan {
  if (mayAskForCrates(text)) return { kind: 'unsure', reason: 'a line of the cell asks for crates' };
  const names = new FileNames();
  walk(tokensOf(text), names, { scope: names.root, isInMacro: false, readsItemMacros: true });
  const linked = names.crates().filter(({ form }) => form === 'extern');
  return { kind: 'superset', specifiers: new Set(linked.map(({ name }) => name)) };
}

type Collected = Required<Pick<Extract<Scan, { kind: 'superset' }>, 'specifiers' | 'names' | 'omissions'>>;

/** What holds of every place that names a crate holds of the crate. */
function collected(fileNames: FileNames, usesCompiler: boolean): Collected {
  const names = new Map<string, Set<string>>();
  const omissions = new Map<string, Omission>();
  const certain = new Set<string>();
  const linked = new Set<string>();
  for (const place of fileNames.crates()) {
    const members = names.get(place.name) ?? new Set();
    names.set(place.name, members);
    for (const member of membersOf(place)) members.add(member);
    if (place.form === 'extern') linked.add(place.name);
    const omission = omissionOf(place, fileNames, usesCompiler);
    if (omission === undefined) certain.add(place.name);
    else omissions.set(place.name, omission);
  }
  for (const name of certain) omissions.delete(name);
  const specifiers = new Set(names.keys());
  for (const name of linked) names.delete(name);
  return { specifiers, names, omissions };
}
