import { parse } from 'unbash';
import type { Assignment, Command, CommandWord } from '../model/command.ts';
import { splitCommands } from './split.ts';
import { withoutTemplates, type CommandDialect } from './templates.ts';
import { outputFilesIn, unwrappedIn } from './tree.ts';
import { unwrap, type Unwrapped } from './unwrap.ts';
import { spanOfWord } from './word.ts';

/** The commands of a text, in the order in which they stand. */
export interface CommandText {
  readonly commands: readonly Command[];
  /** The files that output goes to: `> file`. */
  readonly outputFiles: readonly CommandWord[];
  /** Where and why the grammar of shells gives up; commands behind it are read line by line. */
  readonly broken: { readonly message: string; readonly offset: number } | null;
}

/** Texts in texts are read so deep, `bash -c "bash -c '…'"`: each is a part of the one around it. */
const DEEPEST = 12;

/** Reads the commands of a text, with those that stand in substitutions, and in texts that a shell in it reads. */
export function readCommands(text: string, dialect: CommandDialect): CommandText {
  const reader = new CommandReader(DEEPEST);
  const broken = reader.read(text, dialect, (span) => span);
  return { commands: reader.commands(), outputFiles: reader.outputFiles, broken };
}

/** @returns The commands of a text that a command hands to a shell. */
export function commandsInWord(word: CommandWord): readonly Command[] {
  const reader = new CommandReader(DEEPEST - 1);
  reader.read(word.text, 'sh', word.spanOf);
  return reader.commands();
}

/** @returns What a command starts whose words are arguments of another one: `uv run -- pip install x`. */
export function commandsOfWords(words: readonly CommandWord[]): readonly Command[] {
  const reader = new CommandReader(DEEPEST - 1);
  reader.add(unwrap(words, []));
  return reader.commands();
}

type SpanOf = CommandWord['spanOf'];

class CommandReader {
  readonly outputFiles: CommandWord[] = [];
  readonly #byPlace = new Map<string, Command>();
  readonly #depth: number;

  constructor(depth: number) {
    this.#depth = depth;
  }

  /** What is read twice, as a text and as a part of what is around it, counts once. */
  commands(): readonly Command[] {
    return [...this.#byPlace.values()].toSorted((first, second) => startOf(first) - startOf(second));
  }

  /** @param place Leads from the text to the source. */
  read(text: string, dialect: CommandDialect, place: SpanOf): CommandText['broken'] {
    if (dialect === 'exec' || dialect === 'words') {
      this.#split(text, dialect, place);
      return null;
    }
    const source = { text, plain: withoutTemplates(text, dialect) };
    const tree = parse(source.plain);
    for (const unwrapped of unwrappedIn(tree, source)) this.add(unwrapped, place);
    for (const file of outputFilesIn(tree, source)) this.outputFiles.push(file);
    const [error] = tree.errors ?? [];
    if (error === undefined) return null;
    this.#split(text, dialect, place);
    return { message: error.message, offset: Math.min(error.pos, text.length) };
  }

  add(
    { command, texts, round }: Pick<Unwrapped, 'command' | 'texts' | 'round'>,
    place: SpanOf = (span) => span,
  ): void {
    if (command !== null) {
      const moved = movedCommand(command, place);
      const key = `${String(moved.program !== null)} ${String(startOf(moved))} ${String(round)}`;
      if (!this.#byPlace.has(key)) this.#byPlace.set(key, moved);
    }
    if (this.#depth === 0) return;
    for (const { word, dialect, assignments = [] } of texts) {
      const inner = new CommandReader(this.#depth - 1);
      inner.read(word.text, dialect, (span) => place(word.spanOf(span)));
      for (const file of inner.outputFiles) this.outputFiles.push(file);
      for (const [innerKey, each] of inner.#byPlace) {
        const key = round === 0 ? innerKey : `${innerKey} ${String(round)}`;
        if (!this.#byPlace.has(key)) this.#byPlace.set(key, withOuter(each, movedAll(assignments, place)));
      }
    }
  }

  #split(text: string, dialect: CommandDialect, place: SpanOf): void {
    for (const words of splitCommands(text, dialect)) this.add(unwrap(words, []), place);
  }
}

/** A command without a program sets a variable. */
function startOf({ program, assignments: [first] }: Command): number {
  const word = program ?? first?.value;
  return word === undefined ? 0 : spanOfWord(word).start;
}

function movedCommand({ program, words, assignments }: Command, place: SpanOf): Command {
  const moved = (word: CommandWord): CommandWord => ({ ...word, spanOf: (part) => place(word.spanOf(part)) });
  return {
    program: program && moved(program),
    words: words.map(moved),
    assignments: movedAll(assignments, place),
  };
}

function movedAll(assignments: readonly Assignment[], place: SpanOf): readonly Assignment[] {
  return assignments.map(({ name, value }) => ({
    name,
    value: { ...value, spanOf: (part) => place(value.spanOf(part)) },
  }));
}

/** What is set for a shell is set for what it starts. */
function withOuter(command: Command, outer: readonly Assignment[]): Command {
  if (outer.length === 0 || command.program === null) return command;
  return { ...command, assignments: [...outer, ...command.assignments] };
}
