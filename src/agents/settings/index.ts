import type { AgentName, AgentSettings } from './agent.ts';
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
