import { Readable, Writable } from 'node:stream';
import * as v from 'valibot';
import { outputOn, type Output } from '../cli/output.ts';
import { UsageError } from '../app/usage-error.ts';
import type { ProcessContext } from '../app/process.ts';
import { inert } from '../text/inert.ts';
import { commands, type CommandArgument } from './actions.ts';

const argument = v.object({ uri: v.string(), package: v.string(), reason: v.optional(v.string()) });

/** @returns The argument of one of our commands, or undefined where it is none that we sent. */
export function argumentOf(values: readonly unknown[] | undefined): CommandArgument | undefined {
  const read = v.safeParse(argument, values?.[0]);
  if (!read.success) return undefined;
  const { uri, package: subject, reason } = read.output;
  return { uri, package: subject, ...(reason === undefined ? {} : { reason }) };
}

/** What became of a command, in words for the person who gave it. */
export interface Outcome {
  readonly done: boolean;
  readonly message: string;
}

/**
 * Writes an approval or a request into the whitelist, exactly as the command line does, with its checks: the
 * registry is asked, names that do not exist are refused, and so are assistants.
 *
 * @param context Its working folder is the project's root.
 */
export async function decide(
  command: string,
  subject: { readonly package: string; readonly reason: string; readonly offline: boolean },
  context: ProcessContext,
): Promise<Outcome> {
  const said: string[] = [];
  const quiet = { ...context, stdin: Readable.from([]), stdout: into(said), stderr: into(said) };
  const { reason, offline } = subject;
  try {
    if (command === commands.request) {
      const { requestCommand } = await import('../cli/commands/request.ts');
      await requestCommand([subject.package], { reason, stage: false }, quiet);
    } else {
      const { approveCommand } = await import('../cli/commands/approve.ts');
      await approveCommand([subject.package], { reason, stage: false, offline }, quiet);
    }
    return { done: true, message: said.join('').trim() };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { done: false, message: inert(`${error.message}\n${error.next}`) };
  }
}

function into(said: string[]): Output {
  const stream = new Writable({
    write(chunk, _encoding, done) {
      said.push(String(chunk));
      done();
    },
  });
  return outputOn(stream);
}
