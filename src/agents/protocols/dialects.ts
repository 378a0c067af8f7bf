import type { Dialect, JsonObject, ReadEvent } from './event.ts';

/** https://code.claude.com/docs/en/hooks, and as recorded of 2.1.332 (2026-11). */
const claude: Dialect = {
  id: 'claude',
  firstEvent: 'PreToolUse',
  recognizes: () => false,
  answer: (answer, { name }) => {
    switch (answer.kind) {
      case 'refuse':
        return specific(name, { permissionDecision: 'deny', permissionDecisionReason: answer.text });
      case 'advise':
        return specific(name, { additionalContext: answer.text });
      case 'hold':
        return { decision: 'block', reason: answer.text };
    }
  },
};

/** The same words; any other lets the call pass (codex-rs/hooks, output_parser.rs, and as recorded of 0.171.0, 2026-11). */
const codex: Dialect = {
  id: 'codex',
  firstEvent: 'PreToolUse',
  recognizes: (event) => typeof event['turn_id'] === 'string' && typeof event['model'] === 'string',
  answer: claude.answer,
};

/** https://geminicli.com/docs/hooks/reference, and as recorded of 0.61.0 (2026-11). */
const gemini: Dialect = {
  id: 'gemini',
  firstEvent: 'BeforeTool',
  recognizes: (event) => ['BeforeTool', 'AfterTool', 'AfterAgent'].includes(String(event['hook_event_name'])),
  answer: (answer, event) => {
    if (answer.kind !== 'advise') return { decision: 'deny', reason: answer.text };
    return isBefore(event) ? null : specific(event.name, { additionalContext: answer.text });
  },
};

/**
 * Reads the answers of Claude Code, but for advice, which stands at the top; the agent of VS Code reads the same files and
 * wants it where Claude Code does (https://docs.github.com/en/copilot/concepts/agents/coding-agent/about-hooks, recorded of
 * 1.0.102, 2026-11).
 */
const copilot: Dialect = {
  id: 'copilot',
  firstEvent: 'PreToolUse',
  recognizes: (event, env) => {
    const input = event['tool_input'];
    const keys = typeof input === 'object' && input !== null ? Object.keys(input) : [];
    const hasOwnKeys = keys.some((key) => ['file_text', 'old_str', 'initial_wait'].includes(key));
    return 'toolName' in event || hasOwnKeys || Boolean(env['COPILOT_CLI']);
  },
  answer: (answer, event) => {
    if (answer.kind !== 'advise' || isBefore(event)) return claude.answer(answer, event);
    return { additionalContext: answer.text, ...claude.answer(answer, event) };
  },
};

/** https://cursor.com/docs/agent/hooks (autumn of 2026): an answer off its schema blocks, and none passes. */
const cursor: Dialect = {
  id: 'cursor',
  firstEvent: 'preToolUse',
  recognizes: (event) => typeof event['conversation_id'] === 'string',
  answer: (answer, { name }) => {
    switch (answer.kind) {
      case 'refuse':
        return { permission: 'deny', user_message: answer.text, agent_message: answer.text };
      case 'advise':
        return name === 'postToolUse' ? { additional_context: answer.text } : null;
      case 'hold':
        return name === 'stop' ? { followup_message: answer.text } : null;
    }
  },
};

/** What this package’s plugin for opencode asks with, and reads. */
const opencode: Dialect = {
  id: 'opencode',
  firstEvent: 'before',
  recognizes: (event) => event['agent'] === 'opencode',
  answer: (answer) =>
    answer.kind === 'refuse' ? { decision: 'deny', reason: answer.text } : { context: answer.text },
};

/** Every agent whose hooks may call this tool; the one that the others are told from comes last. */
export const dialects: readonly [Dialect, ...Dialect[]] = [opencode, cursor, codex, gemini, copilot, claude];

/** What `--agent` may name. */
export const agentIds: readonly string[] = dialects.map(({ id }) => id).toSorted();

/**
 * @param named What `--agent` says; undefined: the event itself tells.
 * @returns The dialect of an event; that of Claude Code where nothing tells it from others.
 */
export function dialectOf(
  event: JsonObject,
  named: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Dialect {
  // Copilot CLI also runs the hooks of Claude Code’s settings, with events of its own.
  if (named === claude.id && copilot.recognizes(event, env)) return copilot;
  const dialect = dialects.find(({ id }) => id === named);
  return dialect ?? dialects.find((candidate) => candidate.recognizes(event, env)) ?? claude;
}

function specific(name: string, fields: JsonObject): JsonObject {
  return { hookSpecificOutput: { hookEventName: name, ...fields } };
}

function isBefore({ name }: ReadEvent): boolean {
  return /^(?:pre|before)/i.test(name);
}
