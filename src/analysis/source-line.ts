import type { Reference } from '../model/reference.ts';

/** @returns Whether a reference stands in a command, or in metadata, that may say where packages come from. */
export function hasSourceLine({ origin }: Reference): boolean {
  return 'line' in origin || 'lines' in origin;
}
