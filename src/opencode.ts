/**
 * What opencode loads: `"plugin": ["./node_modules/vetted-imports/dist/opencode.js"]` in `opencode.json`. Every export of
 * this module is called as a plugin, so there is one.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { SETTINGS_NAME, TOOL } from './model/tool.ts';

/** What opencode tells a plugin when it loads it; only what is used here (opencode 1.18). */
interface Instance {
  /** The folder that the session runs in. */
  readonly directory: string;
  readonly client?: {
    readonly tui?: {
      showToast(message: {
        readonly body: { readonly message: string; readonly variant: 'warning' };
      }): Promise<unknown>;
    };
  };
}

/** What stands beside the plugin in `opencode.json`, as options of `agent-hook`. */
interface Options {
  readonly mode?: unknown;
  readonly onFault?: unknown;
}

interface Call {
  readonly tool: string;
}

interface Hooks {
  readonly 'tool.execute.before': (call: Call, output: { readonly args: unknown }) => Promise<void>;
  readonly 'tool.execute.after': (
    call: Call & { readonly args: unknown },
    output: { output: string },
  ) => Promise<void>;
  readonly event: (input: { readonly event: { readonly type: string } }) => Promise<void>;
}

/** What `agent-hook` is asked. */
interface Question {
  readonly agent: 'opencode';
  readonly event: 'before' | 'after' | 'end';
  readonly cwd: string;
  readonly tool?: string;
  readonly args?: unknown;
}

/** What it answers: it refuses, it remarks on something, nothing is wrong, or there was no answer. */
type Answer =
  { readonly kind: 'deny' | 'context' | 'fault'; readonly text: string } | { readonly kind: 'silent' };

/** The tools that write files; of several names in use, each version has some. */
const EDITS = new Set(['write', 'edit', 'multiedit', 'patch', 'apply_patch']);

const COMMANDS = new Set(['bash', 'shell']);

/** Milliseconds after which there is no answer: `agent-hook` ends itself before. */
const TIME_LIMIT = 15_000;

/** Characters of an answer that are read: a reason has ten lines. */
const LARGEST_ANSWER = 1_000_000;

/**
 * Hands each edit and each command to `check-imports agent-hook` before it happens, and each edit again after it. What is
 * refused is thrown: the assistant reads it as the error of its call. A command that cannot be judged is refused; an
 * edit that cannot be judged is let through, with a remark, because the pre-commit hook reads it again. The end of a
 * turn cannot be held here: what `agent-hook` says of it is shown to the person.
 *
 * @param instance What opencode runs in.
 * @param options `mode` (`deny` or `advise`) and `onFault` (`deny` or `pass`), for `agent-hook`.
 * @returns The functions that opencode calls.
 */
export const VettedImports = (instance: Instance, options?: Options): Promise<Hooks> => {
  const cwd = instance.directory;
  const ask = (question: Omit<Question, 'agent' | 'cwd'>) =>
    answerTo({ agent: 'opencode', cwd, ...question }, optionsOf(options));
  return Promise.resolve({
    'tool.execute.before': async ({ tool }, { args }) => {
      if (!EDITS.has(tool) && !COMMANDS.has(tool)) return;
      const answer = await ask({ event: 'before', tool, args });
      if (answer.kind === 'deny') throw new Error(answer.text);
      if (answer.kind === 'fault' && COMMANDS.has(tool) && options?.onFault !== 'pass')
        throw new Error(`${TOOL} could not judge this command, so it did not run: ${answer.text}`);
    },
    'tool.execute.after': async ({ tool, args }, output) => {
      if (!EDITS.has(tool)) return;
      const answer = await ask({ event: 'after', tool, args });
      if (answer.kind === 'silent') return;
      const remark =
        answer.kind === 'fault' ? `${TOOL} could not judge this edit: ${answer.text}` : answer.text;
      output.output = `${output.output}\n\n${remark}`;
    },
    event: async ({ event }) => {
      if (event.type !== 'session.idle') return;
      const answer = await ask({ event: 'end' });
      if (answer.kind === 'silent') return;
      // opencode waits for none of this, so that a rejection would end it; without a terminal there is nothing to show it on.
      const body = { message: answer.text, variant: 'warning' } as const;
      await Promise.allSettled([instance.client?.tui?.showToast({ body })]);
    },
  });
};

function optionsOf(options: Options | undefined): readonly string[] {
  const { mode, onFault } = options ?? {};
  return [
    ...(typeof mode === 'string' ? ['--mode', mode] : []),
    ...(typeof onFault === 'string' ? ['--on-fault', onFault] : []),
  ];
}

/** Starts the command of the package that this file lies in, and reads what it says. */
async function answerTo(question: Question, options: readonly string[]): Promise<Answer> {
  const command = fileURLToPath(new URL(`../bin/${SETTINGS_NAME}.js`, import.meta.url));
  const words = [command, 'agent-hook', '--agent', 'opencode', ...options];
  try {
    return read(await run(words, { cwd: question.cwd, stdin: JSON.stringify(question) }));
  } catch (error) {
    return { kind: 'fault', text: error instanceof Error ? error.message : String(error) };
  }
}

/** @returns What `node` writes to stdout; rejects if it does not start, takes too long, or fails. */
function run(words: readonly string[], { cwd, stdin }: { cwd: string; stdin: string }): Promise<string> {
  return new Promise((resolve, reject) => {
    // The program that runs this file is opencode's own.
    const child = spawn('node', words, { cwd, stdio: 'pipe', windowsHide: true });
    let stdout = '';
    let stderr = '';
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`no answer within ${TIME_LIMIT / 1000} seconds.`));
    }, TIME_LIMIT);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (stdout.length < LARGEST_ANSWER) stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (stderr.length < LARGEST_ANSWER) stderr += text;
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`node did not start (${error.message}).`));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      if (code === 0) resolve(stdout);
      else
        reject(
          new Error(`it ended with exit code ${code ?? 'none'}: ${stderr.trim() || 'it said nothing.'}`),
        );
    });
    // It may end without reading all.
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin);
  });
}

/** Reads `{"decision":"deny","reason":…}` or `{"context":…}`; no text at all is consent. */
function read(stdout: string): Answer {
  if (stdout.trim() === '') return { kind: 'silent' };
  const answer = parsed(stdout);
  if (typeof answer === 'object' && answer !== null) {
    if ('decision' in answer && answer.decision === 'deny')
      return { kind: 'deny', text: 'reason' in answer ? String(answer.reason) : 'No reason was given.' };
    if ('context' in answer && typeof answer.context === 'string')
      return { kind: 'context', text: answer.context };
  }
  return { kind: 'fault', text: `its answer was not understood (${JSON.stringify(stdout.slice(0, 200))}).` };
}

/** @returns A value of JSON; `undefined` where it is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
