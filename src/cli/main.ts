import { GitError, isFileError } from '../git/git.ts';
import { lostOutput } from './streams.ts';
import { UsageError } from './usage.ts';
import type { ExitCode, World } from './world.ts';

/** Runs the command line of this process and sets its exit code. */
export async function main(onHookWork: () => void): Promise<void> {
  const output = { isLost: false };
  const lose = () => {
    output.isLost = true;
    process.exitCode = 2;
  };
  const code = await codeOf(process, { lose, onHookWork });
  process.exitCode = output.isLost ? 2 : code;
}

/** What a run tells its process. */
interface Listeners {
  /** Some of the output could not be written. */
  readonly lose: () => void;
  readonly onHookWork: () => void;
}

async function codeOf(machine: NodeJS.Process, listeners: Listeners): Promise<ExitCode> {
  try {
    return await run(machine.argv.slice(2), worldOf(machine, listeners));
  } catch (error) {
    machine.stderr.write(`check-imports: ${failureText(error)}\n`);
    return 2;
  }
}

/**
 * What ended a run without a verdict, so that it must not pass. What nobody foresaw is a bug of ours; a failed system
 * call (a full disk, a folder that may not be written to) is the machine's answer.
 */
function failureText(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n${error.next}`;
  if (error instanceof GitError) return `git: ${error.message}`;
  if (isFileError(error) && error.syscall !== undefined)
    return `${error.message}\nMend that and run again. Nothing was decided, and no file is half written.`;
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `this is a bug, and nothing was decided. Please report it with these lines:\n${trace}`;
}

/** What hooks call on every commit needs no reader of command lines; everything else does. */
async function run(args: readonly string[], world: World): Promise<ExitCode> {
  const [first, second, ...others] = args;
  if (first === 'hook' && second === 'pre-commit' && !others.some((word) => word.startsWith('-'))) {
    const { preCommit } = await import('./commands/hook.ts');
    return preCommit(others, world);
  }
  if (first === '--staged' && (second === undefined || second === '--offline') && others.length === 0) {
    const { checkCommand } = await import('./commands/check.ts');
    return checkCommand([], { staged: true, format: [], offline: second !== undefined }, world);
  }
  const { program } = await import('./program.ts');
  return program(args, world);
}

/** The streams open when somebody uses them: a run that has nothing to say opens none. */
function worldOf(machine: NodeJS.Process, { lose, onHookWork }: Listeners): World {
  return {
    onHookWork,
    cwd: workingFolder(machine),
    env: machine.env,
    get stdin() {
      return machine.stdin;
    },
    get stdout() {
      return lostOutput(machine.stdout, (message) => {
        lostOutput(machine.stderr, lose).write(message);
        lose();
      });
    },
    get stderr() {
      return lostOutput(machine.stderr, lose);
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
      'the working folder is not there any more',
      'Go to a folder that is. Nothing was checked.',
    );
  }
}
