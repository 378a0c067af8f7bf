import { forEachChild, type Command, type For, type Pipeline, type SyntaxNode } from 'unbash';
import type { Assignment, CommandWord } from '../model/command.ts';
import { splitCommands } from './split.ts';
import { readPrinted } from './printed.ts';
import { wordOf, wordsOf, type Range, type ShellSource } from './tree-words.ts';
import { programName, unwrap, type Unwrapped } from './unwrap.ts';
import { dynamicWord, spanOfWord } from './word.ts';

/** @returns What the commands of a syntax tree turn out to be, in no order that counts. */
export function unwrappedIn(tree: SyntaxNode, source: ShellSource): readonly Unwrapped[] {
  const unwrapped: Unwrapped[] = [];
  const open: Open[] = [{ node: tree, loops: new Map() }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node } = next;
    const loops = node.type === 'For' ? withLoop(node, source, next.loops) : next.loops;
    if (node.type === 'CommandExpansion' && node.script?.source !== undefined) {
      // Backquotes in backquotes: the tree is that of a text without their backslashes.
      for (const each of splitNested(node, source)) unwrapped.push(each);
      continue;
    }
    if (node.type === 'Command') for (const each of readRounds(node, source, loops)) unwrapped.push(each);
    if (node.type === 'Pipeline') for (const each of fedCommands(node, source)) unwrapped.push(each);
    forEachChild(node, (child) => open.push({ node: child, loops }));
  }
  return unwrapped;
}

const WRITING: readonly string[] = ['>', '>>', '>|', '&>', '&>>', '<>'];

/** @returns The words by which a syntax tree names files that output goes to. */
export function outputFilesIn(tree: SyntaxNode, source: ShellSource): readonly CommandWord[] {
  const files: CommandWord[] = [];
  const open = [tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'Redirect' && WRITING.includes(node.operator) && node.target !== undefined)
      files.push(wordOf(node.target, source));
    forEachChild(node, (child) => open.push(child));
  }
  return files;
}

/** The values of the variables of loops. */
type Loops = ReadonlyMap<string, readonly Range[]>;

interface Open {
  readonly node: SyntaxNode;
  readonly loops: Loops;
}

/** Of longer loops only a run can tell what their variables are. */
const MOST_ROUNDS = 64;

/** `for name in a b`: words that stand there as they are. */
function withLoop({ name, wordlist = [] }: For, source: ShellSource, loops: Loops): Loops {
  const words = wordlist.length > MOST_ROUNDS ? [] : wordlist.flatMap((word) => wordsOf(word, source));
  const values = words.map(spanOfWord);
  const isPlain = words.every(({ text, dynamic }, at) => {
    const { start, end } = values[at] ?? { start: 0, end: 0 };
    return dynamic.length === 0 && source.text.slice(start, end) === text;
  });
  const isKnown = isPlain && words.length > 0 && words.length <= MOST_ROUNDS;
  return new Map([...loops, [name.text, isKnown ? values : []]]);
}

/** A command of a loop, with each value of the variable that it has; with more than one such variable only a run can tell. */
function readRounds(node: Command, source: ShellSource, loops: Loops): readonly Unwrapped[] {
  if (loops.size === 0) return [readCommand(node, source)];
  const variables = source.plain.slice(node.pos, node.end).matchAll(/\$\{?(\w+)/g);
  const [name, ...furtherNames] = new Set(
    [...variables].flatMap(([, each = '']) => (loops.has(each) ? each : [])),
  );
  const values = name === undefined || furtherNames.length > 0 ? [] : (loops.get(name) ?? []);
  if (name === undefined || values.length === 0) return [readCommand(node, source)];
  return values.map((value, round) => ({
    ...readCommand(node, { ...source, values: new Map([[name, value]]) }),
    round,
  }));
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
  const list = node.redirects.find((each) => each.type === 'Redirect' && each.operator === '<');
  const input = list?.type === 'Redirect' ? list.target : undefined;
  const words = input && [dynamicWord(wordOf(input, source))];
  const unwrapped = unwrap(commandWords(node, source), assignmentsOf(node, source), { input: words });
  if (!unwrapped.readsInput) return unwrapped;
  const assignments = unwrapped.command?.assignments ?? [];
  const fed = inputOf(node, source).map((text) => ({ ...text, assignments }));
  return fed.length === 0 ? unwrapped : { ...unwrapped, command: null, texts: [...unwrapped.texts, ...fed] };
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
    const nextWords = commandWords(next, source);
    if (nextWords.some(({ text }) => ADDING.test(text))) {
      const input = readPrinted(commandWords(command, source)) ?? [
        dynamicWord(verbatimPart(command, source)),
      ];
      return [unwrap(nextWords, assignmentsOf(next, source), { input })];
    }
    if (!unwrap(nextWords, []).readsInput) return [];
    const [program, ...words] = commandWords(command, source);
    const name = program === undefined ? null : programName(program);
    const isEcho = name === 'echo' || name === 'printf';
    const printed: Texts = isEcho
      ? words.filter(({ text }) => /\s/.test(text)).map((word) => ({ word, dialect: 'sh' }))
      : [];
    const texts = name === 'cat' ? inputOf(command, source) : printed;
    return [{ command: null, texts, readsInput: false, round: 0 }];
  });
}

/** Programs that add words from their input to a command. */
const ADDING = /(?:^|\/)(?:xargs|parallel)$/;

function verbatimPart({ pos, end }: Command, { text }: ShellSource): CommandWord {
  return verbatim(pos, text.slice(pos, end));
}
