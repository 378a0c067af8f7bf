import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { dialectOf } from '../../agents/protocols/dialects.ts';
import type { AgentAnswer, AgentEvent, HookOutput, JsonObject } from '../../agents/protocols/event.ts';
import { isObject, readEvent } from '../../agents/protocols/read-event.ts';
import { answerEvent, answerFault, HookFault, type HookOptions } from '../../app/agent-hook/answer.ts';
import { UsageError } from '../../app/usage-error.ts';
import { GitError } from '../../git/git.ts';
import { TOOL } from '../../model/tool.ts';
import type { CommandContext, ExitCode } from '../context.ts';

/** The flags of `agent-hook`. */
export interface AgentHookFlags {
  /** The agent that calls; else the event tells. */
  readonly agent?: string;
  readonly mode?: 'deny' | 'advise';
  readonly onFault?: 'deny' | 'pass';
  readonly onlyAdopted?: boolean;
}

/** Larger events are not read. In bytes. */
const EVENT_LIMIT = 8 * 1024 * 1024;

/** Milliseconds until the first byte, from when on nobody is there to send one. */
const FIRST_BYTE = 2000;

/** Milliseconds until an answer: agents pass a call whose hook is late, after 10 seconds where `init` wrote the hook. */
const DEADLINE = 8000;

/**
 * Reads one event of a coding agent from standard input and answers in its words. Whatever happens, there is an answer: agents
 * let a call through whose hook has failed.
 *
 * @returns 0 in every case: the answer stands on standard output.
 * @throws UsageError where a person started it at a terminal.
 */
export async function agentHookCommand(flags: AgentHookFlags, context: CommandContext): Promise<ExitCode> {
  if (context.stdin.isTTY === true)
    throw new UsageError(
      'agent-hook reads an event of a coding agent from standard input',
      `Agents start it: ${TOOL} init --agent claude writes that into their settings.`,
    );
  const options = { mode: flags.mode, onFault: flags.onFault, onlyAdopted: flags.onlyAdopted === true };
  const run: HookRun = { flags, options, context, event: null };
  const output = await withDeadline(outputOf(run), () =>
    write(run, answerFault(kindOf(run), 'It took too long.', options)),
  );
  if (output.stdout !== '') context.stdout.report(`${output.stdout}\n`);
  return 0;
}

/** One call of the hook; its event is there as soon as it has been read. */
interface HookRun {
  readonly flags: AgentHookFlags;
  readonly options: HookOptions;
  readonly context: CommandContext;
  event: JsonObject | null;
}

async function outputOf(run: HookRun): Promise<HookOutput> {
  const { options, context } = run;
  const { env, onHookWork } = context;
  try {
    run.event = await eventOn(context.stdin);
    const read = readEvent(run.event);
    const cwd = existingFolder(read.folder ?? context.cwd);
    // Of the streams, only what is used is opened.
    const answer = await answerEvent({ read, options, context: { cwd, env, now: context.now, onHookWork } });
    // What an edit that is judged loads is kept; most edits need only a part of that.
    onHookWork?.(false);
    return write(run, answer);
  } catch (error) {
    return write(run, answerFault(kindOf(run), await reasonOf(error), options));
  }
}

/** A folder may be gone by now that an agent works in. */
function existingFolder(folder: string): string {
  let existing = resolve(folder);
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  return existing;
}

function kindOf({ event }: HookRun): AgentEvent | null {
  return event === null ? null : readEvent(event).event;
}

async function reasonOf(error: unknown): Promise<string> {
  if (error instanceof HookFault) return error.message;
  if (error instanceof UsageError) return `${error.message}. ${error.next}`;
  const { escapeControls } = await import('../../text/escape.ts');
  const text = error instanceof Error ? error.message : String(error);
  return `${error instanceof GitError ? 'git: ' : ''}${escapeControls(text, 300)}.`;
}

function write(run: HookRun, answer: AgentAnswer): HookOutput {
  const document = answer.kind === 'silence' ? null : answerIn(run, answer);
  return { stdout: document === null ? '' : JSON.stringify(document) };
}

function answerIn(
  { event, flags, context }: HookRun,
  answer: Exclude<AgentAnswer, { kind: 'silence' }>,
): JsonObject | null {
  const dialect = dialectOf(event ?? {}, flags.agent, context.env);
  const read = readEvent(event ?? {});
  // Of an event that could not be read, the one is assumed at which a call can be stopped.
  return dialect.answer(answer, read.name === '' ? { ...read, name: dialect.firstEvent } : read);
}

/**
 * @returns The object of JSON that stands on standard input; a mark of the byte order is passed over.
 * @throws HookFault where there is none, and where it is too large.
 */
async function eventOn(stdin: Readable): Promise<JsonObject> {
  const bytes = await bytesOn(stdin);
  const text = bytes.toString('utf8').replace(/^\ufeff/, '');
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new HookFault('The event on standard input is not an object of JSON.');
}

function bytesOn(stdin: Readable): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const silence = setTimeout(() => {
      reject(new HookFault('No event came on standard input.'));
    }, FIRST_BYTE);
    stdin.on('data', (chunk: Buffer | string) => {
      clearTimeout(silence);
      chunks.push(Buffer.from(chunk));
      size += chunk.length;
      if (size <= EVENT_LIMIT) return;
      stdin.pause();
      reject(new HookFault('The event on standard input is larger than 8 MB.'));
    });
    stdin.on('end', () => {
      clearTimeout(silence);
      resolve(Buffer.concat(chunks));
    });
    stdin.on('error', reject);
  });
}

function withDeadline<T>(work: Promise<T>, late: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      resolve(late());
    }, DEADLINE);
    void work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}
