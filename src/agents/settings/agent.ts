import type { Json } from '../../documents/json-lists.ts';
import type { ToolStart } from './tool-start.ts';

/** The coding assistants whose settings `init --agent` writes, by the words of its command line. */
export const agentNames = ['claude', 'codex', 'gemini', 'copilot', 'opencode', 'cursor'] as const;

export type AgentName = (typeof agentNames)[number];

/** @returns Whether a word is the name of an assistant. */
export function isAgentName(word: string): word is AgentName {
  return agentNames.some((name) => name === word);
}

/** An item of a list in an assistant's settings, by which it starts this tool. */
export interface AgentEntry {
  /** The keys that lead to the list: `['hooks', 'PreToolUse']`. */
  readonly path: readonly string[];
  readonly value: Json;
}

/** What the entries of a project say. */
export interface EntryOptions {
  readonly start: ToolStart;
  /**
   * @param path As in {@link AgentEntry}.
   * @returns The entry that stands in a list now, of which what a person has added stays; null where there is none.
   */
  readonly present: (path: readonly string[]) => Json | null;
}

/** One coding assistant: which file has its hooks, and what this tool's entries in it are. */
export interface AgentSettings {
  readonly id: AgentName;
  /** What people call it. */
  readonly title: string;
  /** Has no test run it? */
  readonly isBeta: boolean;
  /** Does it load a module of npm's package, so that the package has to be in a `node_modules`? */
  readonly needsPackage: boolean;
  /** Relative to the root: the first of these that is there, else the first. */
  readonly files: readonly [string, ...(readonly string[])];
  /** The lists that this tool's entries stand in, as `select` follows the path. */
  readonly lists: readonly string[];
  /** What the file has to say besides, or the assistant reads none of its hooks; {} for nothing. */
  readonly frame: Readonly<Record<string, Json>>;
  readonly entries: (options: EntryOptions) => readonly AgentEntry[];
  /** @returns Whether an item of a list, or a hook within it, is one that a version of this tool wrote. */
  readonly isOwn: (item: Json) => boolean;
  /** What a person has to do besides, one sentence each. */
  readonly advice: readonly string[];
  /** The files of the root with instructions that it reads without being told to. */
  readonly instructions: readonly string[];
}
