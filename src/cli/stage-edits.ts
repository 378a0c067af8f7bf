import type { Stageability } from '../app/stageability.ts';
import { packageLabel, type Package } from '../model/package.ts';
import { escapeControls } from '../text/escape.ts';
import type { WhitelistSession } from '../app/whitelist-session.ts';
import type { EditedPath } from '../app/write-decisions.ts';
import type { CommandContext } from './context.ts';
import { offerStaging } from './offer-staging.ts';

/** What a run of `review` leaves to be staged. */
export interface ReviewEdits {
  readonly writes: readonly { readonly edited: readonly EditedPath[] }[];
  /** Files that are to be staged again although the run did not edit them. */
  readonly unedited: ReadonlySet<string>;
  /** What the whitelist of the work tree approves, and the staged one does not. */
  readonly unstaged: readonly Package[];
}

/**
 * Stages what was edited, where that is wanted.
 *
 * @param stageFlag `--stage`, `--no-stage`, or neither: then it is asked.
 */
export async function stageEdits(
  edits: ReviewEdits,
  stageFlag: boolean | undefined,
  session: WhitelistSession<CommandContext>,
): Promise<void> {
  for (const unstagedPackage of edits.unstaged)
    session.context.stdout.write(
      `${escapeControls(packageLabel(unstagedPackage))} is approved in the work tree, but not in what is staged.\n`,
    );
  const states = editedStates(edits);
  if (edits.unstaged.length > 0) states.set(session.whitelist, { kind: 'mixed' });
  const groups = new Map<string, { paths: string[]; state: Stageability }>();
  for (const [path, state] of states) {
    const key = state.kind === 'filtered' ? `filtered ${state.filter}` : state.kind;
    const group = groups.get(key) ?? { paths: [], state };
    groups.set(key, { paths: [...group.paths, path], state });
  }
  // Of several files, those that can be staged are; about the others nobody is refused.
  for (const group of groups.values())
    await offerStaging({ ...group, wanted: group.state.kind === 'clean' ? stageFlag : undefined }, session);
}

/** How each edited file could be staged before this run: its first edit found it as it was. */
function editedStates({ writes, unedited }: ReviewEdits): Map<string, Stageability> {
  const states = new Map<string, Stageability>();
  for (const { path, state } of writes.flatMap((edit) => edit.edited))
    if (!states.has(path)) states.set(path, state);
  for (const file of unedited) if (!states.has(file)) states.set(file, { kind: 'mixed' });
  return states;
}
