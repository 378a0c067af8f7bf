import type { Fault } from '../model/fault.ts';
import type { Entry, Section } from '../model/standing.ts';

/** The sections in the order in which we write them. */
export const sections: readonly Section[] = ['approved', 'denied', 'baseline', 'requested'];

/** Where one more file is named, with the position of its path. */
export interface Extension {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/**
 * One whitelist file. With faults, `entries` holds what could be read nevertheless; nobody may take it
 * for the whole. Warnings are sentences about what counts differently than it looks.
 */
export interface WhitelistFile {
  readonly file: string;
  readonly entries: readonly Entry[];
  readonly extends: readonly Extension[];
  readonly faults: readonly Fault[];
  readonly warnings: readonly string[];
}

/** @returns The section of a name, or undefined where there is none of this name. */
export function findSection(name: string): Section | undefined {
  return sections.find((section) => section === name);
}
