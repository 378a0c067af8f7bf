import type { AgentAnswer } from '../../agents/protocols/event.ts';
import { configPlaces } from '../../config/find.ts';
import { TOOL } from '../../model/tool.ts';
import { policyFiles } from '../../policy/changes.ts';
import { namesTool, placeOf } from '../../starts/places.ts';
import { escapeControls } from '../../text/escape.ts';
import {
  isAgentSettings,
  isGitSettings,
  isHomeSettings,
  isHook,
  isOwnFile,
  mayDecide,
} from './deciding-paths.ts';
import { switchesIn } from './hook-switches.ts';
import { checkPolicyEdits, type JudgedPolicies } from '../proposed.ts';
import type { ProjectEdits } from './answer-edit.ts';
import type { EditedFile } from '../../agents/edits/edited-files.ts';

/**
 * Refuses edits of what decides: the whitelist; the config, where it is loosened; lines that start this tool, in hooks, in CI
 * and in the settings of agents.
 *
 * @returns null for all others.
 */
export async function policyEdit({ place, files }: ProjectEdits): Promise<AgentAnswer | null> {
  const candidates = [...files].filter(([path, file]) => mayDecide(path) && file.oldText !== file.newText);
  if (candidates.length === 0) return null;
  for (const [path, file] of candidates) {
    const reason = await takenAway(path, file);
    if (reason !== null)
      return refusal(reason, 'Leave that as it is, and tell the user why it should change.');
  }
  const texts = candidates.flatMap(([path, { newText }]) =>
    newText === null ? [] : [[path, newText] as const],
  );
  const judgement = await checkPolicyEdits(new Map(texts), place);
  const { report, policies } = judgement;
  if (policies?.mayDecide !== true) {
    const whitelist = candidates.find(([path]) => isWhitelist(path, policies));
    const next = requestStep(policies);
    if (whitelist !== undefined) return refusal(`${whitelist[0]} says what people have approved`, next);
    const loosened = report.findings.find(({ rule }) => rule === 'policy-change');
    if (loosened !== undefined) return refusal(`${loosened.file}: ${loosened.message}`, next);
  }
  return null;
}

/**
 * Refuses an edit of a file with settings in the home of the person, if it takes hooks away.
 *
 * @param path Relative to the home.
 * @returns null where it does not.
 */
export async function homeEdit(path: string, file: EditedFile): Promise<AgentAnswer | null> {
  const reason = await takenAway(path, file);
  return reason === null
    ? null
    : refusal(`~/${reason}`, 'Leave that as it is, and tell the user why it should change.');
}

/** @returns What an edit takes away of what starts this tool, or of this tool; null where it takes nothing. */
async function takenAway(path: string, file: EditedFile): Promise<string | null> {
  if (isOwnFile(path)) return `${path} is a part of this check`;
  if (isStartRemoved(path, file)) return `${path} starts this check, and would no longer`;
  const { oldText, newText } = file;
  if (newText === null || !(isAgentSettings(path) || isGitSettings(path) || isHomeSettings(path)))
    return null;
  const old = await switchesIn(path, oldText ?? '');
  const added = [...(await switchesIn(path, newText))].find((each) => !old.has(each));
  return added === undefined ? null : `${path} would switch hooks off (${added})`;
}

function refusal(reason: string, next: string): AgentAnswer {
  const what = escapeControls(reason, 300);
  const lines = [`${TOOL}: this edit was refused, because a person decides that. ${what}.`, next];
  return { kind: 'refuse', text: lines.join('\n') };
}

function requestStep(policies: JudgedPolicies | null): string {
  const command = policies?.command ?? TOOL;
  return `Ask for a package with \`${command} request PACKAGE --reason "…"\`, and tell the user; a person then runs \`${command} review\`.`;
}

function isWhitelist(path: string, policies: JudgedPolicies | null): boolean {
  if (policies === null) return false;
  const { judge, workTree } = policies;
  return (
    [judge, workTree].some((policy) => policyFiles(policy).includes(path)) && !configPlaces.includes(path)
  );
}

/** A file that is taken away, or a hook that git does not track, has no state to be compared with. */
function isStartRemoved(path: string, { oldText, newText }: EditedFile): boolean {
  const mayStart = placeOf(path) !== undefined || isHook(path) || isAgentSettings(path);
  const starts = mayStart && oldText !== null && namesTool(oldText);
  return starts && (newText === null || !namesTool(newText));
}
