import type { ProjectFolders } from './project-folders.ts';

/** What all calls of one client share. */
export interface Session {
  readonly folders: ProjectFolders;
  /** No registry is asked. */
  readonly offline: boolean;
}
