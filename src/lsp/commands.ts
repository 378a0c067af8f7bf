import { ErrorCodes, ResponseError, type ExecuteCommandParams } from 'vscode-languageserver';
import * as v from 'valibot';
import { TOOL } from '../model/tool.ts';

/** The commands that the server carries out, by what they do. */
export const commands = {
  approve: `${TOOL}.approve`,
  deny: `${TOOL}.deny`,
  request: `${TOOL}.request`,
} as const;

/** What a command of ours decides. */
export type DecisionName = keyof typeof commands;

const argumentSchema = v.object({ uri: v.string(), package: v.string(), reason: v.optional(v.string()) });

/** What the argument of each command holds. The reason may be left out. */
export type CommandArgument = Readonly<v.InferOutput<typeof argumentSchema>>;

/** One of our commands, as a client calls it. */
export interface DecisionCommand {
  readonly name: DecisionName;
  readonly argument: CommandArgument;
}

/**
 * @returns What a client wants to have decided.
 * @throws ResponseError for a command or an argument that is none of ours
 * (https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#workspace_executeCommand).
 */
export function commandOf({ command, arguments: values }: ExecuteCommandParams): DecisionCommand {
  const name = namesOfDecisions.find((candidate) => commands[candidate] === command);
  if (name === undefined) throw invalidParams(`unknown command: ${command}`);
  const read = v.safeParse(argumentSchema, values?.[0]);
  if (read.success) return { name, argument: read.output };
  throw invalidParams(
    `${command} takes one argument: { "uri", "package" }, and "reason", which may be left out`,
  );
}

/** @returns The error for a call that a client should not have made like this. */
export function invalidParams(message: string): ResponseError {
  return new ResponseError(ErrorCodes.InvalidParams, message);
}

const namesOfDecisions = ['approve', 'deny', 'request'] as const satisfies readonly DecisionName[];
