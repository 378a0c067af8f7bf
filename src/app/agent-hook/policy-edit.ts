import { basename } from 'node:path';
import type { AgentAnswer } from '../../agents/protocols/event.ts';
import { configPlaces } from '../../config/find.ts';
import { TOOL } from '../../model/tool.ts';
import { policyFiles } from '../../policy/changes.ts';
import { namesTool, placeOf } from '../../starts/places.ts';
import { escapeControls } from '../../text/escape.ts';
import { isHook, mayDecide } from './deciding-paths.ts';
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
  const removed = candidates.find(([path, file]) => isStartRemoved(path, file));
  const disabled = candidates.find(([path, file]) => isDisabling(path, file));
  const texts = candidates.flatMap(([path, { newText }]) =>
    newText === null ? [] : [[path, newText] as const],
  );
  const judgement = await checkPolicyEdits(new Map(texts), place);
  const { report, policies } = judgement;
  if (policies?.mayDecide !== true) {
    const whitelist = candidates.find(([path]) => isWhitelist(path, policies));
    if (whitelist !== undefined) return refusal(`${whitelist[0]} says what people have approved`, policies);
    const loosened = report.findings.find(({ rule }) => rule === 'policy-change');
    if (loosened !== undefined)
      return refusal(`${loosened.file}: ${escapeControls(loosened.message, 300)}`, policies);
  }
  const [path] = removed ?? disabled ?? [];
  return path === undefined ? null : refusal(`${path} starts this check, and would no longer`, policies);
}

function refusal(reason: string, policies: JudgedPolicies | null): AgentAnswer {
  const command = policies?.command ?? TOOL;
  const lines = [
    `${TOOL}: this edit was refused, because a person decides that. ${reason}.`,
    `Ask for a package with \`${command} request PACKAGE --reason "…"\`, and tell the user; a person then runs \`${command} review\`.`,
  ];
  return { kind: 'refuse', text: lines.join('\n') };
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
  const starts = (placeOf(path) !== undefined || isHook(path)) && oldText !== null && namesTool(oldText);
  return starts && (newText === null || !namesTool(newText));
}

/** Switches with which an agent runs no hooks at all, by the file of its settings (documentation of each, 2026-11). */
const HOOKS_OFF: readonly { readonly file: RegExp; readonly off: RegExp }[] = [
  { file: /^settings(?:\.local)?\.json$/, off: /"disableAllHooks"\s*:\s*true/ },
  { file: /^settings\.json$/, off: /"hooksConfig"\s*:\s*\{[^}]*"enabled"\s*:\s*false/ },
  { file: /^config\.toml$/, off: /^[ \t]*(?:codex_)?hooks *= *false/m },
];

function isDisabling(path: string, { oldText, newText }: EditedFile): boolean {
  return HOOKS_OFF.some(
    ({ file, off }) =>
      file.test(basename(path)) && newText !== null && off.test(newText) && !off.test(oldText ?? ''),
  );
}
