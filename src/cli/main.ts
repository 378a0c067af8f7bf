import type { Writable } from 'node:stream';
import { GitError, isFileError } from '../git/git.ts';
import { outputOn } from './output.ts';
import { lostOutput } from './streams.ts';
import { UsageError } from '../app/usage-error.ts';
import type { ExitCode, CommandContext } from './context.ts';
import { TOOL } from '../model/tool.ts';

/** Runs the command line of this process and sets its exit code. */
export async function main(onHookWork: (isSettled: boolean) => void): Promise<void> {
  const output = { isLost: false, streams: new Set<Writable>() };
  const lose = () => {
    output.isLost = true;
    process.exitCode = 2;
  };
  const onOpen = (stream: Writable) => output.streams.add(stream);
  const hook = hookOf(process.argv.slice(2));
  const code = await codeOf(process, hook, { lose, onOpen, onHookWork });
  process.exitCode = output.isLost ? 2 : code;
  if (!hook) return;
  // What a hook has loaded takes as long to take down as some of its work; nothing of it is needed any more.
  await Promise.all([...output.streams].map(written));
  process.exit();
}

/** Waits until a stream has passed on what was written to it, or has told that it can't. */
function written(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => setImmediate(resolve));
  });
}

/** What a run tells its process. */
interface Listeners {
  /** Some of the output could not be written. */
  readonly lose: () => void;
  /** Something is about to be written to this stream. */
  readonly onOpen: (stream: Writable) => void;
  readonly onHookWork: (isSettled: boolean) => void;
}

type Run = (context: CommandContext) => Promise<ExitCode>;

async function codeOf(
  machine: NodeJS.Process,
  hook: Run | undefined,
  listeners: Listeners,
): Promise<ExitCode> {
  try {
    const context = processContext(machine, listeners);
    if (hook) return await hook(context);
    const { program } = await import('./program.ts');
    return await program(machine.argv.slice(2), context);
  } catch (error) {
    listeners.onOpen(machine.stderr);
    outputOn(machine.stderr).write(`${TOOL}: ${failureText(error)}\n`);
    return 2;
  }
}

/**
 * What ended a run without a verdict, so that it must not pass. What nobody foresaw is a bug of ours; a failed system
 * call (a full disk, a folder that may not be written to) is the machine's answer.
 */
function failureText(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n${error.next}`;
  // Further lines are git's own advice, or a name with line ends in it: neither looks like a line of ours.
  if (error instanceof GitError) return `git: ${error.message.replaceAll('\n', '\n  ')}`;
  if (isFileError(error) && error.syscall !== undefined)
    return `${error.message}\nFix this and run again. There is no verdict, and no file was partly written.`;
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `this is a bug in ${TOOL}; there is no verdict. Please report it with these lines:\n${trace}`;
}

/** What hooks call on every commit needs no reader of command lines; everything else does. */
function hookOf(args: readonly string[]): Run | undefined {
  const [first, second, ...remainingArguments] = args;
  if (
    first === 'hook' &&
    second === 'pre-commit' &&
    !remainingArguments.some((word) => word.startsWith('-'))
  ) {
    return async (context) => (await import('./commands/hook.ts')).preCommit(remainingArguments, context);
  }
  if (
    first === '--staged' &&
    (second === undefined || second === '--offline') &&
    remainingArguments.length === 0
  ) {
    const flags = { staged: true, offline: second !== undefined };
    return async (context) => (await import('./commands/check.ts')).checkCommand([], flags, context);
  }
  return first === 'agent-hook' ? agentHookOf(args.slice(1)) : undefined;
}

/** Agents wait with each call of a tool; `init` writes `--agent` alone. */
function agentHookOf([flag, agent, ...furtherWords]: readonly string[]): Run | undefined {
  if (flag !== '--agent' || agent === undefined || furtherWords.length > 0) return undefined;
  return async (context) => {
    const { agentIds } = await import('../agents/protocols/dialects.ts');
    if (!agentIds.includes(agent))
      return (await import('./program.ts')).program(['agent-hook', flag, agent], context);
    return (await import('./commands/agent-hook.ts')).agentHookCommand({ agent }, context);
  };
}

/** The streams open when somebody uses them: a run that has nothing to say opens none. */
function processContext(machine: NodeJS.Process, { lose, onOpen, onHookWork }: Listeners): CommandContext {
  return {
    onHookWork,
    cwd: workingFolder(machine),
    env: machine.env,
    get stdin() {
      return machine.stdin;
    },
    get stdout() {
      onOpen(machine.stdout);
      const tell = (message: string) => {
        onOpen(machine.stderr);
        outputOn(lostOutput(machine.stderr, lose)).write(message);
        lose();
      };
      return outputOn(lostOutput(machine.stdout, tell));
    },
    get stderr() {
      onOpen(machine.stderr);
      return outputOn(lostOutput(machine.stderr, lose));
    },
    now: new Date(),
  };
}

function workingFolder(machine: NodeJS.Process): string {
  try {
    return machine.cwd();
  } catch (error) {
    if (!isFileError(error)) throw error;
    throw new UsageError(
      'the working folder no longer exists',
      'Change to an existing folder. Nothing was checked.',
    );
  }
}
