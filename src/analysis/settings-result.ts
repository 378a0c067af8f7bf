import type { PolicyChange } from '../model/policy.ts';
import type { Change } from '../model/snapshot.ts';
import type { ReferenceWithStatus } from '../model/status.ts';

/** What a change of settings does beyond the files that it edits. */
export interface SettingsChanges {
  /** Packages that nobody approved and that settings newly put in the place of others. */
  readonly judged: readonly ReferenceWithStatus[];
  readonly shadows: readonly PolicyChange[];
  /** Files that the change does not touch, and whose imports may lead elsewhere now. */
  readonly importers: readonly Change[];
  readonly notes: readonly string[];
}

/** Of a change that edits no settings. */
export const noSettings: SettingsChanges = { judged: [], shadows: [], importers: [], notes: [] };
