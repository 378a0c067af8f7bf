import type { Scan, Source } from '../../model/language.ts';
import { mayInstall } from '../shared/installs.ts';

/** @returns Nothing where no tool that installs packages is named, which most scripts do not; else only a parser can tell. */
export function scan({ text }: Source): Scan {
  if (mayInstall(text)) return { kind: 'unsure', reason: 'its commands may install packages' };
  return { kind: 'superset', specifiers: new Set() };
}
