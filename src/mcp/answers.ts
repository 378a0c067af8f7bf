import type { CallToolResult } from '@modelcontextprotocol/server';
import { UsageError } from '../app/usage-error.ts';
import { TOOL } from '../model/tool.ts';
import { escapeForLog, jsonText } from '../text/escape.ts';

/** More of one text than this helps nobody; what comes from outside has caps of its own. In UTF-16 code units. */
const LONGEST = 2000;

/** @returns An answer as data, and the same as text for clients that read no data. */
export function answer(data: object): CallToolResult {
  const structuredContent = visibleData(data);
  return { content: [{ type: 'text', text: jsonText(structuredContent) }], structuredContent };
}

/** @returns An answer that says what went wrong and what to do instead: a model reads it, and may try again. */
export function errorAnswer(error: unknown): CallToolResult {
  const lines =
    error instanceof UsageError
      ? [...error.message.split('\n'), ...error.next.split('\n')]
      : [`${TOOL} could not do it: ${error instanceof Error ? error.message : String(error)}`];
  const text = lines.map((line) => escapeForLog(line, LONGEST)).join('\n');
  return { content: [{ type: 'text', text }], isError: true };
}

/** @returns Data in which every text is visible on one line, and capped. Keys are ours. */
export function visibleData(data: object): Record<string, unknown> {
  const entries: [string, unknown][] = Object.entries(data);
  return Object.fromEntries(entries.map(([key, value]) => [key, visible(value)]));
}

function visible(value: unknown): unknown {
  if (typeof value === 'string') return escapeForLog(value, LONGEST);
  if (Array.isArray(value)) return value.map(visible);
  return typeof value === 'object' && value !== null ? visibleData(value) : value;
}
