import { agentNames, type AgentName, type AgentSettings } from './agent.ts';
import { claude } from './claude.ts';
import { codex } from './codex.ts';
import { copilot } from './copilot.ts';
import { cursor } from './cursor.ts';
import { gemini } from './gemini.ts';
import { opencode } from './opencode.ts';

/** Every assistant whose settings `init --agent` writes. */
export const agents: Readonly<Record<AgentName, AgentSettings>> = {
  claude,
  codex,
  gemini,
  copilot,
  opencode,
  cursor,
};

/** @returns Whether a word is the name of an assistant. */
export function isAgentName(word: string): word is AgentName {
  return agentNames.some((name) => name === word);
}
