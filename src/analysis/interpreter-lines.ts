/**
 * @returns The commands that tell which program reads a script, their words parted by blanks: that of its `#!` line; where
 *   that starts nix, what the lines `#! nix-shell …` start; where it starts a shell, what the script has read it first of
 *   all: `"exec" "python3" "$0" "$@"`. undefined for what is no script.
 */
export function interpreterOf(text: string): string | undefined {
  const first = /^#!.*/.exec(text)?.[0];
  if (first === undefined) return undefined;
  const handedOn = nix.test(first) ? nixCommands(text) : shell.test(first) ? [ownCommand(text)] : [];
  return [first, ...handedOn].map(words).join('\n');
}

/** Quotes and expansions of a shell end words as blanks do: `"${PYTHON:-python3}"`. */
function words(command: string): string {
  return command.replace(/["'`(){};]|:-/g, ' ');
}

const nix = /[\s/!]nix(?:-shell)?(?=\s|$)/;

/**
 * Only the further lines name the interpreter, wherever they stand
 * (https://nix.dev/manual/nix/stable/command-ref/nix-shell#use-as-a--interpreter,
 * https://nix.dev/manual/nix/stable/command-ref/new-cli/nix#shebang-interpreter). The other words are packages.
 */
function nixCommands(text: string): readonly string[] {
  const lines = [...text.matchAll(/^#![ \t]*nix(?:-shell)?[ \t](.*)/gm)].map(([, options = '']) =>
    words(options),
  );
  return lines.flatMap((options) => {
    const [, interpreter, command] = /(?:^|\s)(?:-i\s+(\S+)|(?:-c|--command)\s+(.*))/.exec(options) ?? [];
    return interpreter ?? command ?? [];
  });
}

const shell = /[\s/!](?:ba|da|z|k|mk|a)?sh(?=\s|$)/;

/**
 * A script may be one of a shell and one of another language at once: its first command hands it on. To Python that command
 * stands in a string, which may have three quotes and several lines
 * (https://github.com/pypa/distlib/blob/0.4.0/distlib/scripts.py, `_build_shebang`).
 */
function ownCommand(text: string): string {
  for (const { 0: line, index } of text.matchAll(/.+/g)) {
    if (/^\s*(?:#|$)/.test(line)) continue;
    const [opening = '', quotes] = /^[ \t]*(?:["']?true["']?[ \t]*)?("""|''')/.exec(line) ?? [];
    if (quotes === undefined) return handsOn.test(line) ? line : '';
    const start = index + opening.length;
    const end = text.indexOf(quotes, start);
    return text.slice(start, Math.max(start, end));
  }
  return '';
}

/** Behind what is nothing to the shell, `exec` with the script itself among the words. */
const handsOn = /^[\s"':;\\/&]*(?:true\b[\s"':;\\/&]*)?exec\b["']*\s.*\$\{?0\}?["']*(?:\s|$)/;
