import { openAssistantScope } from '../app/assistant-scope.ts';
import type { OpenedProject } from '../app/project.ts';
import { faultError } from '../app/whitelist-session.ts';
import { obstaclesOf } from '../policy/policy.ts';
import type { Place, ProjectFolders } from './project-folders.ts';

/** What all calls of one client share. */
export interface Session {
  readonly folders: ProjectFolders;
  /** No registry is asked. */
  readonly offline: boolean;
}

/**
 * Opens the project of a call that is about no file, with the policy that judges what an assistant does. Close what it
 * returns.
 *
 * @throws UsageError where the project can't be opened, and where its policy can't be relied on: nothing is told to be approved
 *   by a broken file.
 */
export async function openPolicy(session: Session): Promise<Place & { readonly project: OpenedProject }> {
  const place = await session.folders.placeFor();
  const edits = { kind: 'edits', buffers: new Map<string, string>() } as const;
  const project = await openAssistantScope(edits, place.location, place.context);
  if (project.kind === 'fault') throw faultError(project.fault);
  const [fault] = obstaclesOf(project.policy);
  if (fault === undefined) return { ...place, project };
  project.close();
  throw faultError(fault);
}
