import type { Omission } from '../../model/reference.ts';
import type { FileNames, Place } from './scopes.ts';
import { CASE, mayBeCrate } from './words.ts';

/** @returns Whether a program names crates that its compiler is made of, as `extern crate` does those of others. */
export function asksForCompiler(text: string): boolean {
  return text.includes('rustc_private');
}

/** @returns Why a name may be that of no package, unless a manifest has it. */
export function omissionOf(
  { name, form, scope, isInMacro }: Place,
  names: FileNames,
  usesCompiler: boolean,
): Omission | undefined {
  if (isInMacro) return 'macro';
  if (form === 'extern') return usesCompiler ? 'compiler' : undefined;
  if (form === 'attribute' ? name === CASE : !mayBeCrate(name)) return 'word';
  if (form === 'rooted') return undefined;
  if (names.mayBeMade(name)) return 'macro';
  if (!scope.seesWildcard()) return undefined;
  return form === 'use' ? 'module' : 'wildcard';
}

/** @returns What a place takes out of its crate, `self` for the crate itself; nothing for `extern crate`. */
export function membersOf({ form, member }: Place): readonly string[] {
  return form === 'extern' ? [] : [member ?? 'self'];
}
