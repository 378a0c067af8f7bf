import type { Declarations } from '../declarations/declarations.ts';
import type { PolicyChange } from '../model/policy.ts';
import type { Change, Scope } from '../model/snapshot.ts';
import type { ReferenceWithStatus } from '../model/status.ts';
import type { Policy } from '../policy/policy.ts';
import type { ApprovalSources } from '../policy/status.ts';
import type { SourceKinds } from './source-kinds.ts';
import type { ProjectStates } from './project-states.ts';

/** What a change of settings is judged with. */
export interface SettingsInspection {
  readonly scope: Scope;
  readonly states: ProjectStates;
  readonly kinds: SourceKinds;
  readonly policy: Policy;
  readonly records: ApprovalSources;
  /** The manifests of the state that is judged. */
  readonly declarations: Declarations;
  /** Settings at the ends of links that change. */
  readonly linked: () => Promise<readonly string[]>;
}

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
const noSettings: SettingsChanges = { judged: [], shadows: [], importers: [], notes: [] };

/** @returns What edited settings do to files that nobody edits; nothing is loaded where the names of files tell that there are none. */
export async function settingsIn(inspection: SettingsInspection): Promise<SettingsChanges> {
  const {
    scope,
    policy,
    kinds: { languages },
  } = inspection;
  if (scope.bases.length === 0) return noSettings;
  const paths = new Set([
    ...(scope.compared ?? []),
    ...scope.changes.map(({ path }) => path),
    ...(await inspection.linked()),
  ]);
  const mayMap = (path: string) => languages.some((language) => language.mapsNames(path));
  const settings = [...paths].filter((path) => mayMap(path) && !policy.ignores(path));
  if (settings.length === 0) return noSettings;
  const { settingsChanges } = await import('./settings-changes.ts');
  return settingsChanges(settings, inspection);
}
