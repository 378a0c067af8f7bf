import { realpath } from 'node:fs/promises';
import nodePath from 'node:path';
import {
  hasInstructions,
  instructionLines,
  withInstructions,
  withoutInstructions,
} from '../../agents/instructions.ts';
import type { AgentName } from '../../agents/settings/agent.ts';
import { agents } from '../../agents/settings/index.ts';
import { changeOf, type FileChange } from '../../hook-managers/file-change.ts';
import { toolCommand } from '../../tool-command/command.ts';
import type { InitContext } from './context.ts';
import { linkFlaw } from './link-flaw.ts';
import type { InitPlan } from './plan.ts';

/** What becomes of files with instructions. */
interface InstructionsPlan extends Pick<InitPlan, 'said' | 'refused'> {
  readonly changes: readonly FileChange[];
}

/** A file with instructions that is there. */
interface InstructionsFile {
  /** Relative to the root. */
  readonly name: string;
  readonly text: string;
}

/**
 * Plans the lines for the files with instructions that are there and that the assistants read by themselves. None is made:
 * hooks say the same when it matters, and a file that a team did not want is read at every start.
 *
 * @param checks As in `AgentRequest`.
 */
export async function planInstructions(
  place: InitContext,
  { names, checks }: { readonly names: readonly AgentName[]; readonly checks: boolean },
): Promise<InstructionsPlan> {
  const files = await instructionFiles(place, names);
  if (files.length === 0) {
    const all = [...new Set(names.flatMap((name) => agents[name].instructions))].join(' or ');
    const said = checks ? [] : [`There is no ${all}, so no instructions are written.`];
    return { changes: [], said, refused: [] };
  }
  const command = await toolCommand(place.files, '', { environment: {}, inactive: null });
  const lines = instructionLines(command, place.policy.whitelistFile);
  const edit = (text: string) => (checks && !hasInstructions(text) ? text : withInstructions(text, lines));
  return { ...(await edited(place, files, edit)), said: [] };
}

/**
 * Plans what takes the lines away again.
 *
 * @param names Whose hooks go. @param remaining Whose hooks stay: they may still read the lines.
 */
export async function planInstructionsRemoval(
  place: InitContext,
  { names, remaining }: { readonly names: readonly AgentName[]; readonly remaining: readonly AgentName[] },
): Promise<InstructionsPlan> {
  const stays = new Set((await instructionFiles(place, remaining)).map(({ name }) => name));
  const files = (await instructionFiles(place, names)).filter(({ name }) => !stays.has(name));
  return { ...(await edited(place, files, withoutInstructions)), said: [] };
}

async function edited(
  { hooks }: InitContext,
  files: readonly InstructionsFile[],
  edit: (text: string) => string | null,
): Promise<Pick<InstructionsPlan, 'changes' | 'refused'>> {
  const changes: FileChange[] = [];
  const refused: InitPlan['refused'][number][] = [];
  for (const { name, text } of files) {
    const file = nodePath.join(hooks.root, name);
    const newText = edit(text);
    const flaw =
      newText === null
        ? 'has one of the marks of these instructions alone'
        : await linkFlaw(hooks.root, file);
    const next = 'Correct it by hand, and run the command again.';
    if (flaw !== null) refused.push({ message: `${name} ${flaw}`, next });
    else
      for (const change of changeOf({ file, before: text, after: newText, executable: false }))
        changes.push(change);
  }
  return { changes, refused };
}

/** An import of Claude Code: what stands there is read as if it stood here. */
const importsAgentsFile = /(?:^|\s)@(?:\.\/)?AGENTS\.md(?=$|\s)/m;

/** @returns The files of some assistants that are there, each once, also where one is a link to another. */
async function instructionFiles(
  { hooks }: InitContext,
  names: readonly AgentName[],
): Promise<readonly InstructionsFile[]> {
  const files = new Map<string, InstructionsFile>();
  for (const path of new Set(names.flatMap((name) => agents[name].instructions))) {
    const imported =
      importsAgentsFile.test((await hooks.read(path))?.text ?? '') && (await hooks.exists('AGENTS.md'));
    const name = imported ? 'AGENTS.md' : path;
    const text = (await hooks.read(name))?.text;
    if (text !== undefined) files.set(await realpath(nodePath.join(hooks.root, name)), { name, text });
  }
  return [...files.values()];
}
