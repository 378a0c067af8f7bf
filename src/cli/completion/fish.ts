import {
  commandsByWords,
  valuesByWords,
  withCommandsBelow,
  type CompletedCommand,
  type CompletedOption,
  type Value,
} from './definition.ts';
import { quoted, type CommandNames } from './script.ts';

/**
 * Writes the completion for fish, which loads the file that is named after a command
 * (https://fishshell.com/docs/current/completions.html).
 */
export function fishScript(program: CompletedCommand, { names, id }: CommandNames): string {
  const commands = withCommandsBelow(program);
  const [name = '', ...aliases] = names;
  return `# What the next word of ${names.join(' or ')} may be, in fish. Written by: ${program.name} completion fish

# Prints the command that the words before the cursor lead to, with a dot behind it if an operand follows.
function __${id}_command
  set -l command
  set -l words (commandline --tokenize --cut-at-cursor --current-process)
  set --erase words[1]
  while set --query words[1]
    switch "$command $words[1]"
${commandsByWords(program)
  .map(([words, path]) => branch([words], `set command ${quoted(path)}`))
  .join('\n')}
${branch(
  valuesByWords(program).map(([words]) => words),
  'set --erase words[1]',
)}
      case '* -*'
      case '*'
        echo "$command."
        return
    end
    set --erase words[1]
  end
  echo "$command"
end

function __${id}_at
  contains -- (__${id}_command) $argv
end

complete --command ${name} --erase
complete --command ${name} --no-files
${commands.flatMap((command) => linesOf(command, { name, id })).join('\n')}
${aliases.map((alias) => `complete --command ${alias} --wraps ${name}`).join('\n')}
`;
}

function branch(patterns: readonly string[], line: string): string {
  return `      case ${patterns.map(quoted).join(' ')}\n        ${line}`;
}

function linesOf(command: CompletedCommand, { name, id }: { name: string; id: string }): readonly string[] {
  const at = (...places: readonly string[]) =>
    `complete --command ${name} --condition ${quoted(`__${id}_at ${places.map((place) => `"${place}"`).join(' ')}`)}`;
  const anywhere = at(command.path, `${command.path}.`);
  return [
    ...(command.operand === null ? [] : [`${anywhere} ${valueFlags(command.operand)}`]),
    ...command.commands.map(
      (subcommand) =>
        `${at(command.path)} --arguments ${subcommand.name} --description ${quoted(subcommand.description)}`,
    ),
    ...command.options.map((option) => `${anywhere} ${optionFlags(option)}`),
  ];
}

function optionFlags({ names, description, value, isOptional }: CompletedOption): string {
  const spelled = names.map((option) =>
    option.startsWith('--') ? `--long-option ${option.slice(2)}` : `--short-option ${option.slice(1)}`,
  );
  const parameter = value === null ? [] : [...(isOptional ? [] : ['--require-parameter']), valueFlags(value)];
  return [...spelled, ...parameter, '--description', quoted(description)]
    .filter((flag) => flag !== '')
    .join(' ');
}

function valueFlags(value: Value): string {
  if (value.kind === 'words') return `--no-files --arguments ${quoted(value.words.join(' '))}`;
  return {
    files: '--force-files',
    folders: "--no-files --arguments '(__fish_complete_directories)'",
    text: '--no-files',
  }[value.kind];
}
