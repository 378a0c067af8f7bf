import nodePath from 'node:path';
import { agentNames, type AgentName, type AgentSettings } from '../../agents/settings/agent.ts';
import { agents } from '../../agents/settings/index.ts';
import {
  settingsState,
  withOwnEntries,
  withoutOwnEntries,
  type EditedText,
  type SettingsState,
} from '../../agents/settings/settings-text.ts';
import type { ToolStart } from '../../agents/settings/tool-start.ts';
import { changeOf, type FileChange } from '../../hook-managers/file-change.ts';
import { TOOL } from '../../model/tool.ts';
import { agentStart } from './agent-start.ts';
import type { InitContext } from './context.ts';
import { planInstructions, planInstructionsRemoval } from './instructions-change.ts';
import { linkFlaw } from './link-flaw.ts';
import type { ChangeGroup, InitPlan } from './plan.ts';

/** What a run of `init --agent` is asked for. */
export interface AgentRequest {
  readonly names: readonly AgentName[];
  /** The variable PATH. */
  readonly path: string;
  /** Is it only asked whether all is there? Instructions are an offer: a file without them lacks nothing. */
  readonly checks: boolean;
}

type Refusal = InitPlan['refused'][number];

/** What becomes of the settings of one assistant. */
interface AgentPlan {
  readonly changes: readonly FileChange[];
  readonly said: readonly string[];
  readonly afterwards: readonly string[];
  readonly refused: readonly Refusal[];
}

/** Plans the hooks of assistants, and the lines of their instructions. Nothing else of the project is touched. */
export async function planAgents(place: InitContext, request: AgentRequest): Promise<InitPlan> {
  const toolStart = await agentStart(place, request.path);
  if (toolStart.kind === 'refused') return { ...nothing, refused: [toolStart] };
  const plans = await Promise.all(
    request.names.map((name) => planAgent(place, agents[name], { ...request, start: toolStart.start })),
  );
  const instructions = await planInstructions(place, request);
  return joined(request.names, plans, {
    ...instructions,
    said: [toolStart.said, ...(await twiceForCopilot(place, request.names)), ...instructions.said],
  });
}

const nothing: InitPlan = { groups: [], adoption: null, companions: [], said: [], refused: [] };

function joined(
  names: readonly AgentName[],
  plans: readonly AgentPlan[],
  { changes, said, refused }: Pick<AgentPlan, 'changes' | 'said' | 'refused'>,
): InitPlan {
  const groups: ChangeGroup[] = names.map((id, at) => ({
    id,
    title: `the hooks of ${agents[id].title}`,
    changes: plans[at]?.changes ?? [],
  }));
  const all = [...groups, { id: 'instructions', title: 'the lines of instructions', changes } as const];
  return {
    ...nothing,
    groups: all.filter((group) => group.changes.length > 0),
    said: [...said, ...plans.flatMap((plan) => plan.said)],
    refused: [...plans.flatMap((plan) => plan.refused), ...refused],
    afterwards: plans.flatMap((plan) => plan.afterwards),
  };
}

async function planAgent(
  place: InitContext,
  agent: AgentSettings,
  { start, names, checks }: AgentRequest & { readonly start: ToolStart },
): Promise<AgentPlan> {
  const { file, name, text, obstacle } = await settingsFile(place, agent);
  if (obstacle !== null) return refusal(name, obstacle);
  if (agent.needsPackage && start.kind !== 'package')
    return refusal(name, {
      message: `can’t name the package: ${agent.title} loads a file of it, and npm’s package is in no node_modules of this project`,
      next: 'Have a package.json of the project name it, and install it there.',
    });
  if (agent.id === 'copilot' && (await readsClaude(place, names)))
    return ofClaude(await withoutOwn(agent, text), { file, name, text });
  const state = await settingsState(agent, text, start);
  const edited = await withOwnEntries(agent, text, start);
  if (edited.kind === 'refused') return refusal(name, edited);
  const status = state.kind === 'state' ? state.state : 'absent';
  return {
    changes: changeOf({ file, before: text, after: edited.text, executable: false }),
    said: [
      ...(status === 'absent' && !checks ? [] : [`${agent.title}: ${name} ${sentences[status]}`]),
      ...(agent.isBeta ? [`The hooks of ${agent.title} are a beta: no test runs it.`] : []),
    ],
    afterwards: status === 'current' ? [] : agent.advice,
    refused: [],
  };
}

const sentences: Readonly<Record<SettingsState, string>> = {
  absent: `does not start ${TOOL}.`,
  current: `starts ${TOOL}.`,
  outdated: `starts ${TOOL}, but not as this version writes it.`,
};

/** Copilot's command line and VS Code read the settings of Claude Code, too: with hooks in both each edit is judged twice. */
async function readsClaude(place: InitContext, names: readonly AgentName[]): Promise<boolean> {
  return names.includes('claude') || (await startsTool(place, agents.claude));
}

/** Copilot got hooks of its own before Claude Code got those that it reads, too. */
async function twiceForCopilot(place: InitContext, names: readonly AgentName[]): Promise<readonly string[]> {
  if (!names.includes('claude') || names.includes('copilot')) return [];
  if (!(await startsTool(place, agents.copilot))) return [];
  const [claudeFile, copilotFile] = [agents.claude.files[0], agents.copilot.files[0]];
  return [
    `Copilot reads ${claudeFile}, too, and would ask twice. To take the hooks out of ${copilotFile}: ${place.hooks.calls.command} init --agent copilot`,
  ];
}

function ofClaude(
  edited: EditedText,
  { file, name, text }: { readonly file: string; readonly name: string; readonly text: string | null },
): AgentPlan {
  if (edited.kind === 'refused') return refusal(name, edited);
  const [claudeFile] = agents.claude.files;
  return {
    changes: changeOf({ file, before: text, after: edited.text, executable: false }),
    said: [
      `Copilot: it reads ${claudeFile}, too, so ${name} has no hooks. Copilot’s agent on GitHub reads none but those of .github/hooks.`,
    ],
    afterwards: [],
    refused: [],
  };
}

async function withoutOwn(agent: AgentSettings, text: string | null): Promise<EditedText> {
  return text === null ? { kind: 'text', text } : withoutOwnEntries(agent, text);
}

/** Plans what takes the hooks of assistants away, and instructions that no assistant with hooks reads any more. */
export async function planAgentRemoval(place: InitContext, names: readonly AgentName[]): Promise<InitPlan> {
  const plans = await Promise.all(
    names.map(async (id): Promise<AgentPlan> => {
      const { file, name, text, obstacle } = await settingsFile(place, agents[id]);
      if (obstacle !== null) return refusal(name, obstacle);
      const edited = await withoutOwn(agents[id], text);
      if (edited.kind === 'refused') return refusal(name, edited);
      const changes = changeOf({ file, before: text, after: edited.text, executable: false });
      const said = changes.length === 0 ? [`${agents[id].title}: ${name} has no hooks of ${TOOL}.`] : [];
      return { changes, said, afterwards: [], refused: [] };
    }),
  );
  const remaining = (await agentsWithHooks(place))
    .map(({ name }) => name)
    .filter((name) => !names.includes(name));
  return joined(names, plans, await planInstructionsRemoval(place, { names, remaining }));
}

/** @returns The assistants whose settings start this tool, each with its file. */
export async function agentsWithHooks(
  place: InitContext,
): Promise<readonly { readonly name: AgentName; readonly file: string }[]> {
  const rows = await Promise.all(
    agentNames.map(async (name) => {
      const { name: file } = await settingsFile(place, agents[name]);
      return { name, file, isOn: await startsTool(place, agents[name]) };
    }),
  );
  return rows.filter(({ isOn }) => isOn);
}

async function startsTool(place: InitContext, agent: AgentSettings): Promise<boolean> {
  const { text, obstacle } = await settingsFile(place, agent);
  if (text === null || obstacle !== null) return false;
  const edited = await withoutOwnEntries(agent, text);
  return edited.kind === 'text' && edited.text !== text;
}

interface SettingsPlace {
  /** Absolute. */
  readonly file: string;
  /** Relative to the root. */
  readonly name: string;
  /** null: there is no file. */
  readonly text: string | null;
  /** Why nobody may edit it. */
  readonly obstacle: Refusal | null;
}

async function settingsFile({ hooks }: InitContext, { files }: AgentSettings): Promise<SettingsPlace> {
  const present = await Promise.all(files.map((name) => hooks.exists(name)));
  const name = files.find((_, at) => present[at]) ?? files[0];
  const file = nodePath.join(hooks.root, name);
  const hookFile = await hooks.read(name);
  const message = hookFile?.broken === 'binary' ? 'is not UTF-8' : await linkFlaw(hooks.root, file);
  const next = 'Replace it by a file of text in the repository, or edit it by hand.';
  return { file, name, text: hookFile?.text ?? null, obstacle: message === null ? null : { message, next } };
}

function refusal(name: string, { message, next }: Refusal): AgentPlan {
  return { changes: [], said: [], afterwards: [], refused: [{ message: `${name} ${message}`, next }] };
}
