import { GitError } from '../git/git.ts';
import { UsageError } from './usage.ts';
import type { ExitCode, World } from './world.ts';

/** Runs the command line of this process and sets its exit code. */
export async function main(onHookWork: () => void): Promise<void> {
  const world = worldOf(process, onHookWork);
  try {
    process.exitCode = await run(process.argv.slice(2), world);
  } catch (error) {
    if (error instanceof UsageError)
      world.stderr.write(`check-imports: ${error.message}
${error.next}
`);
    else if (error instanceof GitError)
      world.stderr.write(`check-imports: git: ${error.message}
`);
    else world.stderr.write(bugText(error));
    process.exitCode = 2;
  }
}

/** What nobody foresaw is a bug of ours: the run has no verdict, so it must not pass. */
function bugText(error: unknown): string {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `check-imports: this is a bug, and nothing was decided. Please report it with these lines:\n${trace}\n`;
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
function worldOf(machine: NodeJS.Process, onHookWork: () => void): World {
  return {
    onHookWork,
    cwd: machine.cwd(),
    env: machine.env,
    get stdin() {
      return machine.stdin;
    },
    get stdout() {
      return machine.stdout;
    },
    get stderr() {
      return machine.stderr;
    },
    now: new Date(),
  };
}
