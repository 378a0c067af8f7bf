/**
 * How long an assistant waits for a hook. Every assistant's own limit is longer (30 s to 600 s), and `agent-hook` answers
 * before this one by itself.
 */
export const TIMEOUT_SECONDS = 10;
