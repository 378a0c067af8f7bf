import type { Omission } from '../../model/reference.ts';
import type { Place } from './scopes.ts';

/** @returns Whether a program names crates that its compiler is made of, as `extern crate` does those of others. */
export function asksForCompiler(text: string): boolean {
  return text.includes('rustc_private');
}

/** @returns Why a name may be that of no package, unless a manifest has it. */
export function omissionOf({ form, scope, isInMacro }: Place, usesCompiler: boolean): Omission | undefined {
  if (isInMacro) return 'macro';
  if (form === 'extern') return usesCompiler ? 'compiler' : undefined;
  return form === 'path' && scope.seesWildcard() ? 'wildcard' : undefined;
}

/** @returns What a place takes out of its crate, `self` for the crate itself; nothing for `extern crate`. */
export function membersOf({ form, member }: Place): readonly string[] {
  return form === 'extern' ? [] : [member ?? 'self'];
}
