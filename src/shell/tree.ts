import { forEachChild, type Command, type Pipeline, type SyntaxNode } from 'unbash';
import type { Assignment, CommandWord } from '../model/command.ts';
import { splitCommands } from './split.ts';
import { wordOf, wordsOf, type ShellSource } from './tree-words.ts';
import { programName, unwrap, type Unwrapped } from './unwrap.ts';

/** @returns What the commands of a syntax tree turn out to be, in no order that counts. */
export function unwrappedIn(tree: SyntaxNode, source: ShellSource): readonly Unwrapped[] {
  const unwrapped: Unwrapped[] = [];
  const open: SyntaxNode[] = [tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'CommandExpansion' && node.script?.source !== undefined) {
      // Backquotes in backquotes: the tree is that of a text without their backslashes.
      for (const each of splitNested(node, source)) unwrapped.push(each);
      continue;
    }
    if (node.type === 'Command') unwrapped.push(readCommand(node, source));
    if (node.type === 'Pipeline') for (const each of fedCommands(node, source)) unwrapped.push(each);
    forEachChild(node, (child) => open.push(child));
  }
  return unwrapped;
}

function splitNested({ pos, end }: SyntaxNode, { text }: ShellSource): readonly Unwrapped[] {
  const inner = text.slice(pos + 1, end - 1).replace(/(?<!\\)\\+`/g, (mark) => '`'.padStart(mark.length));
  const move = (word: CommandWord): CommandWord => {
    return { ...word, spanOf: (part) => movedSpan(word.spanOf(part), pos + 1) };
  };
  return splitCommands(inner, 'sh').map((words) => unwrap(words.map(move), []));
}

function movedSpan({ start, end }: { readonly start: number; readonly end: number }, by: number) {
  return { start: start + by, end: end + by };
}

/** A command of the tree, with what is fed to it where it is a shell. */
function readCommand(node: Command, source: ShellSource): Unwrapped {
  const unwrapped = unwrap(commandWords(node, source), assignmentsOf(node, source));
  if (!unwrapped.readsInput) return unwrapped;
  return { ...unwrapped, texts: [...unwrapped.texts, ...inputOf(node, source)] };
}

function commandWords({ name, suffix }: Command, source: ShellSource): readonly CommandWord[] {
  const words = suffix.flatMap((node) => (node.type === 'Word' ? wordsOf(node, source) : []));
  return name === undefined ? [] : [...wordsOf(name, source), ...words];
}

/** Those before a command, and those behind `export`. */
function assignmentsOf({ prefix, suffix }: Command, source: ShellSource): readonly Assignment[] {
  return [...prefix, ...suffix].flatMap((node) =>
    node.type === 'Assignment' && node.value.type === 'Word'
      ? [{ name: node.name, value: wordOf(node.value, source) }]
      : [],
  );
}

type Texts = Unwrapped['texts'];

/** What `<<` and `<<<` feed to a command. */
function inputOf({ redirects }: Command, source: ShellSource): Texts {
  return redirects.flatMap((redirect): Texts => {
    if (redirect.type === 'HereString' && redirect.target !== undefined)
      return [{ word: wordOf(redirect.target, source), dialect: 'sh' }];
    if (redirect.type !== 'HereDoc') return [];
    const { pos, end } = redirect.body;
    return [{ word: verbatim(pos, source.text.slice(pos, end)), dialect: 'sh' }];
  });
}

function verbatim(at: number, text: string): CommandWord {
  return { text, dynamic: [], spanOf: (part) => movedSpan(part, at) };
}

/** `cat <<EOF | bash`, `echo "pip install x" | sh`: what a program prints as it stands is read by the shell behind it. */
function fedCommands({ commands }: Pipeline, source: ShellSource): readonly Unwrapped[] {
  return commands.flatMap((command, at) => {
    const next = commands[at + 1];
    if (command.type !== 'Command' || next?.type !== 'Command') return [];
    if (!unwrap(commandWords(next, source), []).readsInput) return [];
    const [program, ...words] = commandWords(command, source);
    const name = program === undefined ? null : programName(program);
    const isEcho = name === 'echo' || name === 'printf';
    const printed: Texts = isEcho
      ? words.filter(({ text }) => /\s/.test(text)).map((word) => ({ word, dialect: 'sh' }))
      : [];
    const texts = name === 'cat' ? inputOf(command, source) : printed;
    return [{ command: null, texts, readsInput: false }];
  });
}
