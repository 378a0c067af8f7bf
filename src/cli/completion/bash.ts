import {
  commandsByWords,
  valuesByWords,
  withCommandsBelow,
  type CompletedCommand,
  type Value,
} from './definition.ts';
import { caseLines, quoted, type CommandNames } from './script.ts';

/**
 * Writes the completion for bash. It uses nothing that is newer than 3.2, which macOS has, without a way round, and nothing
 * of the package bash-completion; it was run in 5.2. bash ends words at `=`, so that `--format=json` is three of them
 * (https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html).
 */
export function bashScript(program: CompletedCommand, { names, id }: CommandNames): string {
  return `# What the next word of ${names.join(' or ')} may be, in bash. Written by: ${program.name} completion bash

# How the value of an option ($2) of a command ($1) is completed; status 1 where it takes none.
_${id}_value() {
  case "$1 $2" in
${caseLines(valuesByWords(program).map(([words, value]) => [words, `generate=${generator(value)}`]))}
    *) return 1 ;;
  esac
}

_${id}() {
  local word=\${COMP_WORDS[COMP_CWORD]} command= place= generate= options= commands= format=%s candidate i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$place \${COMP_WORDS[i]}" in
${caseLines(
  commandsByWords(program).map(([words, path]) => [words, `command=${quoted(path)} place=${quoted(path)}`]),
  3,
)}
      *' -'*)
        if _${id}_value "$command" "\${COMP_WORDS[i]}"; then
          [[ \${COMP_WORDS[i + 1]} == = ]] && ((i++))
          ((i++))
        fi
        ;;
      # What follows an operand leads to no command.
      *) place=. ;;
    esac
  done
  # The word is the value of an option, behind which the loop went on.
  if ((i > COMP_CWORD)); then
    [[ $word == = ]] && word=
  else
    generate=
    case "$command" in
${caseLines(
  withCommandsBelow(program).map((command) => [command.path, wordsBehind(command)]),
  3,
)}
    esac
    [[ $place != . ]] && _${id}_add "compgen -W '$commands'"
    [[ $word == -* ]] && generate="-W '$options'"
  fi
  [[ $generate == '' ]] && return
  # Of the name of a file, bash shows the last part, adds a slash to that of a folder, and quotes it; beside commands we do.
  [[ $generate == -[fd] ]] && { ((\${#COMPREPLY[@]})) && format=%q || compopt -o filenames 2>/dev/null; }
  _${id}_add "compgen $generate"
}

# Adds what a command lists for the word.
_${id}_add() {
  while IFS= read -r candidate; do
    printf -v candidate "$format" "$candidate" && COMPREPLY+=("$candidate")
  done < <(eval "$1"' -- "$word"')
}

complete -F _${id} ${names.join(' ')}
`;
}

/** What may stand behind a command, where no option waits for its value. */
function wordsBehind({ commands, operand, options }: CompletedCommand): string {
  return [
    `commands=${quoted(commands.map(({ name }) => name).join(' '))}`,
    `generate=${operand === null ? "''" : generator(operand)}`,
    `options=${quoted(options.flatMap((option) => option.names).join(' '))}`,
  ].join(' ');
}

/** @returns The words of `compgen` that list what a value may be, as one word of a shell. */
function generator(value: Value): string {
  if (value.kind === 'words') return quoted(`-W '${value.words.join(' ')}'`);
  return { files: '-f', folders: '-d', text: "''" }[value.kind];
}
