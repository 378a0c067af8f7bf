import nodePath from 'node:path';
import { findGit } from '../git/git.ts';
import type { Fault } from '../model/fault.ts';
import { faultPlace } from '../reporters/words.ts';
import { obstaclesOf } from '../policy/policy.ts';
import type { ProjectLocation } from '../snapshots/scope-request.ts';
import { escapeControls } from '../text/escape.ts';
import type { RepositoryPath } from '../text/repository-path.ts';
import { authorOf } from './author.ts';
import type { EditedFile } from './edit-file.ts';
import { locateProject } from './locate.ts';
import type { EditorTexts } from './editor-texts.ts';
import { openProject, type OpenedProject } from './project.ts';
import { UsageError } from './usage-error.ts';
import type { ProcessContext } from './process.ts';
import { SETTINGS_NAME } from '../model/tool.ts';

/** Where decisions are written down: the whitelist of a work tree, and whoever decides. */
export interface WhitelistSession<Context extends ProcessContext = ProcessContext> {
  readonly context: Context;
  readonly location: ProjectLocation;
  /** The work tree as a whole, with its policy. */
  readonly project: OpenedProject;
  /** Path of the whitelist, relative to the root, with `/`. */
  readonly whitelist: RepositoryPath;
  /** The current day in UTC, `YYYY-MM-DD`. */
  readonly today: string;
  /** The config file that was named; undefined where it is looked for in the usual places. */
  readonly config: string | undefined;
  /** No registry is asked. */
  readonly offline: boolean;
  /** A file of the project as editors need it. All of them share one lock. */
  readonly edited: (path: string) => EditedFile;
  /** Who decides, as git writes authors. Throws UsageError where git does not know. */
  readonly author: () => Promise<string>;
  readonly close: () => void;
}

/** How a whitelist is opened, besides where. */
export interface WhitelistOptions {
  /** The config file that was named; undefined where it is looked for in the usual places. */
  readonly config?: string | undefined;
  /** No registry is asked. */
  readonly offline?: boolean | undefined;
  /** What an editor has open of the project: it counts as it stands there, and is edited there. */
  readonly editorTexts?: EditorTexts;
}

/**
 * Opens the whitelist of the project that a command works on. Close what it returns. The first decision makes a
 * whitelist that is not there, also one that the config names.
 *
 * @throws UsageError when config or whitelist can't be relied on: nobody decides on top of a broken file.
 */
export async function openWhitelist<Context extends ProcessContext>(
  context: Context,
  { config, offline = false, editorTexts }: WhitelistOptions,
): Promise<WhitelistSession<Context>> {
  const location = locateProject(context, 'head');
  const buffers = editorTexts?.buffers ?? new Map<string, string>();
  const project = await openProject({ kind: 'all', buffers }, location, { context, config });
  if (project.kind === 'fault') throw faultError(project.fault);
  const [fault] = obstaclesOf(project.policy);
  if (fault) {
    project.close();
    throw faultError(fault);
  }
  const { root, repository } = location;
  const lock = nodePath.join(repository?.paths.gitDir ?? root, `.${SETTINGS_NAME}.lock`);
  return {
    context,
    location,
    project,
    whitelist: project.policy.whitelistFile,
    today: project.policy.today,
    config,
    offline,
    edited: (path) => {
      const file = nodePath.join(root, path);
      return { file, lock, root, open: () => editorTexts?.textOf(file) ?? null };
    },
    author: async () => authorOf(repository?.git ?? findGit(root, context.env)),
    close: project.close,
  };
}

/** @returns A fault as the reason why a command can't go on. */
export function faultError(fault: Fault): UsageError {
  const place = faultPlace(fault, escapeControls);
  return new UsageError(`${place === '' ? '' : `${place}: `}${fault.message}`, fault.next);
}
