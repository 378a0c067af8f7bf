import type { Command, Option } from 'commander';

/** What may stand where a word is expected: one of these, a path, or anything. */
export type Value =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'files' | 'folders' | 'text' };

/** An option of a command. */
export interface CompletedOption {
  /** `-v`, `--version`. */
  readonly names: readonly string[];
  readonly description: string;
  /** null: it is a flag, and the next word is not its value. */
  readonly value: Value | null;
  /** Its value may be left out, so that the next word is none: one goes with it behind a `=` only. */
  readonly isOptional: boolean;
}

/** A command with what may follow its name. */
export interface CompletedCommand {
  /** The words that lead to it: `hook pre-commit`; empty for the program itself. */
  readonly path: string;
  readonly name: string;
  readonly description: string;
  readonly commands: readonly CompletedCommand[];
  readonly options: readonly CompletedOption[];
  /** What it takes besides options; null where it takes nothing. */
  readonly operand: Value | null;
}

/** What a value is called in the definition says what it is. */
const kinds: ReadonlyMap<string, 'files' | 'folders'> = new Map([
  ['file', 'files'],
  ['files', 'files'],
  ['folder', 'folders'],
  ['path', 'files'],
  ['paths', 'files'],
]);

/**
 * Reads off what may be typed: what help shows of the program and of its commands, and nothing besides.
 *
 * @param root The program, as its parser of command lines knows it.
 */
export function completedCommand(root: Command, parents: readonly string[] = []): CompletedCommand {
  const help = root.createHelp();
  const [operand] = help.visibleArguments(root);
  const path = parents.join(' ');
  return {
    path,
    name: root.name(),
    description: root.description(),
    commands: help
      .visibleCommands(root)
      .map((command) => completedCommand(command, [...parents, command.name()])),
    options: [...help.visibleOptions(root), ...inheritedOptions(root)].map(completedOption),
    operand: operand === undefined ? null : valueOf(operand.name(), operand.argChoices),
  };
}

/** Options of the program hold behind each command as well; what is only asked for before any, has no value. */
function inheritedOptions({ parent }: Command): readonly Option[] {
  if (parent === null) return [];
  const options = parent.options.filter(({ required, hidden }) => required && !hidden);
  return [...options, ...inheritedOptions(parent)];
}

function completedOption(option: Option): CompletedOption {
  const [, placeholder] = /[<[](\w+)/.exec(option.flags) ?? [];
  return {
    names: [option.short, option.long].filter((name) => name !== undefined),
    description: option.description,
    value: placeholder === undefined ? null : valueOf(placeholder, option.argChoices),
    isOptional: option.optional && !option.required,
  };
}

function valueOf(name: string, choices: readonly string[] | undefined): Value {
  return choices === undefined ? { kind: kinds.get(name) ?? 'text' } : { kind: 'words', words: choices };
}

/** @returns A command and all that stand below it. */
export function withCommandsBelow(command: CompletedCommand): readonly CompletedCommand[] {
  return [command, ...command.commands.flatMap(withCommandsBelow)];
}

/** @returns Each command below a program, and the words behind which its name leads to it: ` check`, `hook pre-commit`. */
export function commandsByWords(
  program: CompletedCommand,
): readonly (readonly [words: string, path: string])[] {
  return withCommandsBelow(program).flatMap(({ path, commands }) =>
    commands.map((command) => [`${path} ${command.name}`, command.path] as const),
  );
}

/** @returns How each option of all commands is completed, by the words of its command and its name: `check --config`. */
export function valuesByWords(
  program: CompletedCommand,
): readonly (readonly [words: string, value: Value])[] {
  return withCommandsBelow(program).flatMap(({ path, options }) =>
    options.flatMap(({ names, value, isOptional }) =>
      value === null || isOptional ? [] : names.map((name) => [`${path} ${name}`, value] as const),
    ),
  );
}
