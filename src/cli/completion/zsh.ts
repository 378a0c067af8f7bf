import {
  commandsByWords,
  valuesByWords,
  withCommandsBelow,
  type CompletedCommand,
  type CompletedOption,
  type Value,
} from './definition.ts';
import { caseLines, quoted, type CommandNames } from './script.ts';

/**
 * Writes the completion for zsh: a file of `fpath`, or one that is sourced after `compinit`. The words up to the command
 * are taken away, and `_arguments` does the rest
 * (https://zsh.sourceforge.io/Doc/Release/Completion-System.html#Completion-Functions).
 */
export function zshScript(program: CompletedCommand, { names, id }: CommandNames): string {
  const commands = withCommandsBelow(program);
  return `#compdef ${names.join(' ')}
# What the next word of ${names.join(' or ')} may be, in zsh. Written by: ${program.name} completion zsh

_${id}() {
  local command= place=1 i
  for ((i = 2; i < CURRENT; i++)); do
    case "$command $words[i]" in
${caseLines(
  commandsByWords(program).map(([words, path]) => [words, `command=${quoted(path)} place=$i`]),
  3,
)}
${caseLines(
  valuesByWords(program).map(([words]) => [words, '((i++))']),
  3,
)}
      *' -'*) ;;
      *) break ;;
    esac
  done
  words=("\${(@)words[place,-1]}")
  ((CURRENT -= place - 1))
  case "$command" in
${commands.map((command) => `    ${quoted(command.path)})\n${argumentsOf(command, id)}\n      ;;`).join('\n')}
  esac
}

${commands
  .filter((command) => command.commands.length > 0)
  .map((command) => listFunctions(command, id))
  .join('\n')}
if [[ $funcstack[1] == _* ]]; then
  _${id} "$@"
else
  compdef _${id} ${names.join(' ')}
fi
`;
}

/** The functions that offer the commands below one, and what else may stand there. */
function listFunctions(command: CompletedCommand, id: string): string {
  const name = listName(command, id);
  const rows = command.commands.map(
    (subcommand) =>
      `    ${quoted(`${subcommand.name}:${subcommand.description.replaceAll(':', String.raw`\:`)}`)}`,
  );
  const list = `${name}() {
  local -a commands=(
${rows.join('\n')}
  )
  _describe -t commands command commands "$@"
}
`;
  if (command.operand === null) return list;
  return `${list}
${name}_or_operand() {
  _alternative 'commands:command:${name}' 'operands:operand:${actionOf(command.operand)}'
}
`;
}

function listName({ path }: CompletedCommand, id: string): string {
  return ['', id, ...path.split(' ').filter((word) => word !== ''), 'commands'].join('_');
}

function argumentsOf(command: CompletedCommand, id: string): string {
  const { operand, commands, options } = command;
  const start = operand === null ? listName(command, id) : `${listName(command, id)}_or_operand`;
  const operands = [
    ...(commands.length === 0 ? [] : [`1: :${start}`]),
    ...(operand === null ? [] : [`*: :${actionOf(operand)}`]),
  ];
  const specs = [...options.map(specOf), ...operands.map(quoted)];
  return ['      _arguments -S', ...specs.map((spec) => `        ${spec}`)].join(' \\\n');
}

/** `'(-v --version)'{-v,--version}'[print the version]'`; what takes a value may be given again. */
function specOf({ names, description, value, isOptional }: CompletedOption): string {
  const text = `[${description.replaceAll(/[[\]:\\]/g, String.raw`\$&`)}]`;
  const colons = isOptional ? '::' : ':';
  const parameter = value === null ? '' : `${colons} :${actionOf(value)}`;
  const mark = value === null ? '' : '=';
  const specs = names.map((name) => (name.startsWith('--') ? `${name}${mark}` : name));
  const prefix = value === null ? `(${names.join(' ')})` : '*';
  return specs.map((spec) => quoted(`${prefix}${spec}${text}${parameter}`)).join(' ');
}

/** How `_arguments` completes a value: of a text, nothing is shown, so that an option in its place is still completed. */
function actionOf(value: Value): string {
  if (value.kind === 'words') return `(${value.words.join(' ')})`;
  return { files: '_files', folders: '_files -/', text: '{ }' }[value.kind];
}
