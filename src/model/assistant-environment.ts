/**
 * Environment variables that coding assistants set in the commands that they run, as documented or
 * observed by 2026-11. A variable that is set to an empty value, `0` or `false` does not count.
 */
export const assistantVariables: readonly string[] = [
  'AI_AGENT', // proposed common variable, set by several agents
  'CLAUDECODE', // Claude Code
  'CODEX_SANDBOX', // OpenAI Codex CLI
  'CODEX_THREAD_ID', // OpenAI Codex CLI
  'COPILOT_CLI', // GitHub Copilot CLI
  'CURSOR_AGENT', // Cursor
  'GEMINI_CLI', // Gemini CLI
  'AUGMENT_AGENT', // Augment
  'CLINE_ACTIVE', // Cline
  'OPENCODE', // opencode
];

/** @returns Whether the environment is that of a coding assistant. */
export function inAssistant(env: Readonly<Record<string, string | undefined>>): boolean {
  return assistantVariables.some((name) => !['', '0', 'false', undefined].includes(env[name]));
}
