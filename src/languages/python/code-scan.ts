import type { Scan, Source } from '../../model/language.ts';
import { isQuotedIn } from './logical-lines.ts';
import { scanUnless } from './scan.ts';

/** @returns What a scan finds but for what stands in a comment or string. */
export function scanCode(cell: Source): Scan {
  return scanUnless(cell, isQuotedIn);
}
