import { resolve } from 'node:path';
import type { AgentAnswer, CommandShell } from '../../agents/protocols/event.ts';
import { TOOL } from '../../model/tool.ts';
import { readCommands } from '../../shell/read.ts';
import { namesTool, placeOf } from '../../starts/places.ts';
import { openAssistantScope } from '../assistant-scope.ts';
import { commandAt } from '../command-at.ts';
import { policyFiles } from '../../policy/changes.ts';
import { isManifestPlace } from '../../config/find.ts';
import { readPolicy } from '../../policy/policy.ts';
import { filesOf } from '../../snapshots/files.ts';
import type { ProposalOptions } from '../proposed.ts';
import { HookFault } from './answer.ts';
import { gateCommandIn } from './gate-commands.ts';
import { pathIn, textOnDisk } from './place.ts';
import { writtenPaths } from './written-paths.ts';

/** What the gate knows of a project. */
interface Gate {
  readonly mayDecide: boolean;
  /** The files of whitelist and config, in the base and in the work tree. */
  readonly policyPaths: readonly string[];
  readonly whitelistFile: string;
  /** How to start this tool. */
  readonly command: string;
}

/**
 * Refuses commands that go past this tool: that skip hooks, hide the assistant, decide in a person’s place, or write what
 * decides.
 *
 * @returns null for all others.
 */
export async function gateAnswer(
  { text, shell }: { readonly text: string; readonly shell: CommandShell },
  place: ProposalOptions,
): Promise<AgentAnswer | null> {
  const commandText = readCommands(text, shell === 'sh' ? 'sh' : 'words');
  const { commands } = commandText;
  const paths = writtenPaths(commandText).flatMap((path) => {
    const inside = pathIn(place.location, resolve(place.context.cwd, path));
    return inside === null ? [] : [inside];
  });
  const suspect = gateCommandIn(commands, { mayDecide: false });
  if (suspect === null && paths.length === 0) return null;
  const gate = await gateOf(place);
  const passing = gateCommandIn(commands, gate);
  if (passing !== null) return refusal(passing.text, gate);
  for (const path of paths) {
    const reason = await protectedBy(path, gate, place);
    if (reason !== null) return refusal(reason, gate);
  }
  return null;
}

function refusal(reason: string, { command, whitelistFile }: Gate): AgentAnswer {
  const lines = [
    `${TOOL}: this command was refused: it ${reason}, and that is for people.`,
    `Ask for a package with \`${command} request PACKAGE --reason "…"\`; a person decides, and commits ${whitelistFile}.`,
    'Where a commit is stopped, change what it reports, or tell the user.',
  ];
  return { kind: 'refuse', text: lines.join('\n') };
}

async function gateOf({ location, context }: ProposalOptions): Promise<Gate> {
  const project = await openAssistantScope({ kind: 'edits', buffers: new Map() }, location, context);
  if (project.kind === 'fault') throw new HookFault(`${project.fault.message}. ${project.fault.next}`);
  try {
    const { policy, policyOptions, policyFiles: files, scope, mayDecide } = project;
    const workTree = await readPolicy(filesOf(scope.head), policyOptions);
    return {
      mayDecide,
      policyPaths: [...policyFiles(policy), ...policyFiles(workTree)].filter(
        (path) => !isManifestPlace(path),
      ),
      whitelistFile: workTree.whitelistFile,
      command: await commandAt(files, location.root, context),
    };
  } finally {
    project.close();
  }
}

/** Folders in which hooks and settings of agents stand: who takes one away takes them all. */
const HOOK_FOLDERS =
  /^(?:\.git|\.git\/hooks|\.husky|\.husky\/_|\.github|\.github\/hooks|\.claude|\.codex|\.gemini|\.cursor|\.copilot|\.opencode)$/;

/** @returns Why nobody but a person writes what stands at a path, as a clause behind “it”; null for any other file. */
async function protectedBy(
  path: string,
  { policyPaths, mayDecide }: Gate,
  { location }: ProposalOptions,
): Promise<string | null> {
  if (policyPaths.includes(path)) return mayDecide ? null : `writes ${path}, which says what is approved`;
  const hooks = `changes ${path}, which starts this check`;
  if (HOOK_FOLDERS.test(path)) return hooks;
  if (placeOf(path) === undefined && !path.startsWith('.git/hooks/')) return null;
  const text = await textOnDisk(resolve(location.root, path));
  return text !== null && namesTool(text) ? hooks : null;
}
