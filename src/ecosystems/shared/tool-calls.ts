import type { Assignment, CommandWord } from '../../model/command.ts';
import { certainLength, partOfWord } from '../../shell/word.ts';

/**
 * What the value of an option says. `package` and `packages`, which commas part, name what is installed; `repository` where
 * the named packages come from instead; `text` is read by a shell, `module` is run by an interpreter, and of a `value` nobody
 * needs to know more.
 */
export type OptionMeaning =
  | 'value'
  | 'package'
  | 'packages'
  | 'index'
  | 'extra'
  | 'links'
  | 'requirements'
  | 'constraints'
  | 'channel'
  | 'repository'
  | 'text'
  | 'module';

/** The options of a tool that take a value, with their dashes. */
export type Options = ReadonlyMap<string, OptionMeaning>;

/** One thing that a tool does with packages. */
export interface ToolAction {
  /** The words by which it is called, behind the tool; `*` is any word. */
  readonly words: readonly string[];
  /**
   * What its arguments are: `packages`; a `program`, which is a package, and what that is given; a `command` of its own;
   * `settings` of the tool.
   */
  readonly takes: 'packages' | 'program' | 'command' | 'settings';
  /** How many arguments stand before. */
  readonly skips?: number;
  /** Options that mean something else here, or nothing: a flag is `null`. */
  readonly options?: ReadonlyMap<string, OptionMeaning | null>;
  /** Options behind the program are still the tool's, up to `--`. */
  readonly readsOn?: true;
}

/** An option with its value. */
export interface OptionValue {
  readonly name: string;
  readonly meaning: OptionMeaning;
  readonly value: CommandWord;
}

/** A command of a tool, by what its words are. */
export interface ToolCall<Action extends ToolAction> {
  readonly action: Action;
  readonly options: readonly OptionValue[];
  /** Options without a value that the tool's table does not have. */
  readonly flags: ReadonlySet<string>;
  readonly operands: readonly CommandWord[];
  /** What a program or a command of its own begins with, and all behind it. */
  readonly following: readonly CommandWord[];
}

/** The words of a command while they are read. */
interface Walk<Action extends ToolAction> {
  readonly options: OptionValue[];
  readonly flags: Set<string>;
  readonly operands: CommandWord[];
  /** The actions that the words so far may begin. */
  candidates: readonly Action[];
  /** How many words of an action were read. */
  matched: number;
  action: Action | undefined;
}

/**
 * Reads the words behind a tool: options stand anywhere, also grouped (`-Ur list`), where the first that takes a value takes
 * what is left of its group, or the next word.
 *
 * @returns undefined where the words call none of the actions.
 */
export function readToolCall<Action extends ToolAction>(
  words: readonly CommandWord[],
  tool: { readonly options: Options; readonly actions: readonly Action[] },
): ToolCall<Action> | undefined {
  const walk: Walk<Action> = {
    options: [],
    flags: new Set(),
    operands: [],
    candidates: tool.actions,
    matched: 0,
    action: tool.actions.find(({ words: named }) => named.length === 0),
  };
  let following: readonly CommandWord[] = [];
  let isOptionless = false;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined) break;
    if (!isOptionless && word.text === '--') isOptionless = true;
    else if (!isOptionless && isOption(word)) at += addOption(walk, tool.options, [word, words[at + 1]]);
    else if (walk.action === undefined) {
      if (!addActionWord(walk, word)) return undefined;
    } else {
      walk.operands.push(word);
      const { takes, readsOn, skips = 0 } = walk.action;
      const isStart = (takes === 'program' || takes === 'command') && walk.operands.length === skips + 1;
      if (isStart) following = words.slice(at);
      if (isStart && readsOn !== true) break;
    }
  }
  const { action, options, flags, operands } = walk;
  return action && { action, options, flags, operands: operands.slice(action.skips ?? 0), following };
}

function isOption(word: CommandWord): boolean {
  return /^-[^\s]/.test(word.text) && certainLength(word) > 1;
}

/** @returns Whether the words so far may still call an action. */
function addActionWord<Action extends ToolAction>(
  walk: Walk<Action>,
  { text, dynamic }: CommandWord,
): boolean {
  const at = walk.matched;
  const candidates = walk.candidates.filter(({ words }) => {
    return words[at] === '*' || (words[at] === text && dynamic.length === 0);
  });
  // `npm install` is no other word's beginning.
  const named = candidates.filter(({ words }) => words[at] === text);
  walk.candidates = named.length > 0 ? named : candidates;
  walk.matched += 1;
  walk.action = walk.candidates.find(({ words }) => words.length === walk.matched);
  return walk.candidates.length > 0;
}

/** @returns How many further words belong to the option. */
function addOption(
  walk: Walk<ToolAction>,
  table: Options,
  [word, next]: readonly [CommandWord, CommandWord | undefined],
): number {
  const meaningOf = (option: string) => {
    const override = walk.action?.options?.get(option);
    return override === undefined ? table.get(option) : (override ?? undefined);
  };
  const { name, meaning, attached } = word.text.startsWith('--')
    ? longOption(word, meaningOf)
    : shortOption(word, meaningOf);
  if (meaning === undefined) {
    for (const flag of word.text.startsWith('--') ? [name] : lettersOf(name)) walk.flags.add(flag);
    return 0;
  }
  const value = attached ?? next;
  if (value !== undefined) walk.options.push({ name, meaning, value });
  return attached === undefined && value !== undefined ? 1 : 0;
}

interface ReadOption {
  readonly name: string;
  readonly meaning: OptionMeaning | undefined;
  readonly attached: CommandWord | undefined;
}

type MeaningOf = (option: string) => OptionMeaning | undefined;

function longOption(word: CommandWord, meaningOf: MeaningOf): ReadOption {
  const equals = word.text.indexOf('=');
  const name = equals < 0 ? word.text : word.text.slice(0, equals);
  return { name, meaning: meaningOf(name), attached: equals < 0 ? undefined : partOfWord(word, equals + 1) };
}

function shortOption(word: CommandWord, meaningOf: MeaningOf): ReadOption {
  const letters = word.text.slice(1, certainLength(word));
  for (let at = 0; at < letters.length && /[A-Za-z0-9]/.test(letters.charAt(at)); at += 1) {
    const name = `-${letters.charAt(at)}`;
    const meaning = meaningOf(name);
    if (meaning === undefined) continue;
    const start = at + 2 + (word.text.charAt(at + 2) === '=' ? 1 : 0);
    const attached = start < word.text.length ? partOfWord(word, start) : undefined;
    return { name, meaning, attached };
  }
  return { name: word.text, meaning: undefined, attached: undefined };
}

function lettersOf(group: string): readonly string[] {
  return Array.from(group.slice(1), (letter) => `-${letter}`);
}

/** @returns A table of options: each name with what its value says. */
export function optionTable(
  byMeaning: Readonly<Partial<Record<OptionMeaning, string>>>,
): ReadonlyMap<string, OptionMeaning> {
  const table = new Map<string, OptionMeaning>();
  for (const [meaning, names] of Object.entries(byMeaning))
    for (const name of names.split(/\s+/)) if (name !== '' && isMeaning(meaning)) table.set(name, meaning);
  return table;
}

const MEANINGS: readonly string[] = [
  'value',
  'package',
  'packages',
  'index',
  'extra',
  'links',
  'requirements',
  'constraints',
  'channel',
  'repository',
  'text',
  'module',
] satisfies readonly OptionMeaning[];

function isMeaning(text: string): text is OptionMeaning {
  return MEANINGS.includes(text);
}

/** @returns The options of both tables; the second one decides about what both have. */
export function joined(first: Options, second: Options): Options {
  return new Map([...first, ...second]);
}

/** @returns The values of variables whose names an expression meets. */
export function variables(assignments: readonly Assignment[], name: RegExp): readonly CommandWord[] {
  return assignments.flatMap((each) => (name.test(each.name) ? [each.value] : []));
}
