import { EVERY_VARIABLE, type Assignment, type Command, type CommandWord } from '../model/command.ts';
import { EXPORTS, LINE_SHELLS, SHELLS, wrappers, type Wrapper } from './wrappers.ts';
import { splitCommands } from './split.ts';
import { certainLength, dynamicWord, partOfWord } from './word.ts';

/** What words turn out to be when everything that only starts a command is gone. */
export interface Unwrapped {
  /** null where nothing is started, and no variable set. */
  readonly command: Command | null;
  /** Texts that a shell reads, or a program that reads them line by line. */
  readonly texts: readonly {
    readonly word: CommandWord;
    readonly dialect: 'sh' | 'words';
    /** What is set for all commands of the text. */
    readonly assignments?: readonly Assignment[];
  }[];
  /** The program is a shell that reads its input. */
  readonly readsInput: boolean;
  /** In which round of a loop it is started. */
  readonly round: number;
}

/** How a command is started. */
interface Start {
  /** In how many others. */
  readonly depth?: number;
  /** What `xargs` reads, where that is known. */
  readonly input?: readonly CommandWord[] | undefined;
}

const NOTHING: Unwrapped = { command: null, texts: [], readsInput: false, round: 0 };

/** Programs may stand in one another; each is a word less. */
const DEEPEST = 16;

/**
 * Takes off what only starts a command: variables before it, `sudo`, `env A=b`, `timeout 9`, `xargs`.
 *
 * @param words The program and what stands behind it. @param assignments Those that are known already.
 */
export function unwrap(
  words: readonly CommandWord[],
  assignments: readonly Assignment[],
  { depth = 0, input }: Start = {},
): Unwrapped {
  const variables = leadingAssignments(words);
  const all = [...assignments, ...variables];
  const [program, ...following] = words.slice(variables.length);
  if (program === undefined || depth > DEEPEST) return ofCommand(null, [], all);
  const name = programName(program);
  const set = settingOf(name ?? program.text, following);
  if (set !== undefined) return ofCommand(null, [], [...all, set]);
  if (name === null) return ofCommand(program, following, all);
  if (EXPORTS.test(name)) return ofCommand(null, [], [...all, ...exportedBy(following)]);
  if (name === 'eval') return evaluated(following, all, depth);
  if (SHELLS.test(name)) return shellText(program, following, all);
  if (LINE_SHELLS.test(name)) return lineText(name, following, all);
  if (name === 'find' && following.some(({ text }) => /^-(?:exec|ok)(?:dir)?$/.test(text)))
    return unwrap(wordsOfFind(following), all, { depth: depth + 1 });
  const wrapper = wrappers.get(name);
  return wrapper === undefined
    ? ofCommand(program, following, all)
    : unwrapped(program, { wrapper, following, all, depth, input });
}

function ofCommand(
  program: CommandWord | null,
  words: readonly CommandWord[],
  assignments: readonly Assignment[],
): Unwrapped {
  if (program === null && assignments.length === 0) return NOTHING;
  return { ...NOTHING, command: { program, words, assignments } };
}

/** @returns A program without its folder and `.exe`; null where only a run can tell it. */
export function programName({ text, dynamic }: CommandWord): string | null {
  const start = Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1;
  if (dynamic.some(({ end }) => end > start)) return null;
  return text.slice(start).replace(/\.(?:exe|cmd|bat|ps1)$/i, '');
}

function leadingAssignments(words: readonly CommandWord[]): readonly Assignment[] {
  const variables: Assignment[] = [];
  for (const word of words) {
    const [assignment] = assignmentIn(word);
    if (assignment === undefined) break;
    variables.push(assignment);
  }
  return variables;
}

/** @returns What a word sets, if it does: `NAME=value`. npm knows settings with other letters in their names. */
export function assignmentIn(word: CommandWord): readonly Assignment[] {
  const name = /^[A-Za-z_][\w@:/.-]*(?==)/.exec(word.text)?.[0];
  if (name === undefined || certainLength(word) <= name.length) return [];
  return [{ name, value: partOfWord(word, name.length + 1) }];
}

/** `export A=b`; `export -n A` and `declare +x A` take a variable away from what is started. */
function exportedBy(words: readonly CommandWord[]): readonly Assignment[] {
  const isTakenAway = words.some(({ text }) => /^(?:-[a-z]*n|\+[a-z]*x)/.test(text));
  return words.flatMap((word) => {
    if (!isTakenAway || !/^\w+$/.test(word.text)) return assignmentIn(word);
    return [{ name: word.text, value: emptyWord(word) }];
  });
}

/** `$env:NAME = value` of PowerShell, `set NAME=value` of cmd, `%env NAME value` of IPython. */
function settingOf(program: string, following: readonly CommandWord[]): Assignment | undefined {
  const [first, second, ...more] = following;
  if (first === undefined || more.length > 0) return undefined;
  const variable = /^\$env:(\w+)$/i.exec(program)?.[1];
  if (variable !== undefined && first.text === '=' && second !== undefined)
    return { name: variable, value: second };
  if (program === 'set' && second === undefined) return assignmentIn(first)[0];
  if (program !== 'env' || second === undefined || !/^[A-Z_]+=?$/.test(first.text)) return undefined;
  return { name: first.text.replace('=', ''), value: second };
}

interface Wrapped {
  readonly wrapper: Wrapper;
  readonly following: readonly CommandWord[];
  readonly all: readonly Assignment[];
  readonly depth: number;
  readonly input: readonly CommandWord[] | undefined;
}

function unwrapped(program: CommandWord, { wrapper, following, all, depth, input }: Wrapped): Unwrapped {
  const texts: CommandWord[] = [];
  const mark = wrapper.isParted === true ? following.findIndex(({ text }) => text === '--') : -1;
  if (mark >= 0 && wrapper.verbs?.includes(following[0]?.text ?? '') === true)
    return unwrap(following.slice(mark + 1), all, { depth: depth + 1, input });
  const unset: Assignment[] = [];
  let at = 0;
  let operands = wrapper.operands ?? 0;
  let verbs = wrapper.verbs;
  let replaced: string | undefined = wrapper.adds === true ? '' : undefined;
  for (; at < following.length; at += 1) {
    const word = following[at];
    if (word === undefined) break;
    const { text } = word;
    if (wrapper.asks?.test(text) === true) return NOTHING;
    if (text === '--') continue;
    if (/^-./.test(text) || text === '-') {
      const { option, attached, takesNext } = optionOf(word, wrapper);
      const value = attached ?? (takesNext ? following[(at += 1)] : undefined);
      if (value !== undefined && wrapper.splits?.includes(option) === true) {
        const split = splitCommands(value.text, 'exec')
          .flat()
          .map((each) => movedInto(value, each));
        const variables = [...all, ...unset];
        const replacements = [...split, ...following.slice(at + 1)];
        return unwrap([program, ...replacements], variables, { depth: depth + 1, input });
      }
      if (value !== undefined && wrapper.texts?.includes(option) === true) texts.push(value);
      if (value !== undefined && wrapper.unsets?.includes(option) === true)
        unset.push({ name: value.text, value: emptyWord(value) });
      if (wrapper.clears?.test(text) === true) unset.push({ name: EVERY_VARIABLE, value: emptyWord(word) });
      if (replaced !== undefined && /^-[Ii]$|^--replace$/.test(option)) replaced = value?.text ?? '{}';
    } else if (verbs !== undefined) {
      if (!verbs.includes(text)) return NOTHING;
      verbs = undefined;
    } else if (operands > 0 && assignmentIn(word).length === 0) operands -= 1;
    else break;
  }
  const inner = following.slice(at);
  if (wrapper.readsWords === true) for (const word of inner) if (/\s/.test(word.text)) texts.push(word);
  const words = replaced === undefined ? inner : withInput(inner, replaced, input ?? program);
  const result =
    texts.length > 0
      ? ofCommand(null, [], [...all, ...unset])
      : unwrap(words, [...all, ...unset], { depth: depth + 1, input });
  const assignments = [...all, ...unset];
  const ofTexts = texts.map((word) => ({ word, dialect: 'sh', assignments }) as const);
  return { ...result, texts: [...result.texts, ...ofTexts] };
}

/** A word of a text that a word is, with its place in the source. */
function movedInto(text: CommandWord, word: CommandWord): CommandWord {
  return { ...word, spanOf: (part) => text.spanOf(word.spanOf(part)) };
}

/** What is left of a variable that is taken away. */
function emptyWord(word: CommandWord): CommandWord {
  return partOfWord(word, word.text.length);
}

/** `-u root`, `-uroot`, `--user root`, `--user=root`. */
function optionOf(
  word: CommandWord,
  { short = '', long = [], texts = [] }: Wrapper,
): { readonly option: string; readonly attached: CommandWord | undefined; readonly takesNext: boolean } {
  const { text } = word;
  if (text.startsWith('--')) {
    const equals = text.indexOf('=');
    if (equals >= 0)
      return { option: text.slice(0, equals), attached: partOfWord(word, equals + 1), takesNext: false };
    return {
      option: text,
      attached: undefined,
      takesNext: long.includes(text.slice(2)) || texts.includes(text),
    };
  }
  const at = Array.from(text.slice(1)).findIndex((letter) => short.includes(letter)) + 1;
  if (at === 0) return { option: text, attached: undefined, takesNext: false };
  const attached = at + 1 < text.length ? partOfWord(word, at + 1) : undefined;
  return { option: `-${text.charAt(at)}`, attached, takesNext: attached === undefined };
}

/** What `xargs` adds: at the end, or in the place of a mark. Nobody can tell it where no input is known. */
function withInput(
  words: readonly CommandWord[],
  mark: string,
  input: readonly CommandWord[] | CommandWord,
): readonly CommandWord[] {
  const added = 'text' in input ? [dynamicWord(input)] : input;
  if (mark === '') return words.length === 0 ? [] : [...words, ...added];
  return words.flatMap((word) => {
    if (word.text === mark && !('text' in input)) return added;
    return word.text.includes(mark) ? dynamicWord(word) : word;
  });
}

/** `eval` reads a text, or the words of a command. */
function evaluated(words: readonly CommandWord[], all: readonly Assignment[], depth: number): Unwrapped {
  const isText = words.some(({ text }) => /\s/.test(text));
  if (!isText) return unwrap(words, all, { depth: depth + 1 });
  return { ...NOTHING, texts: words.map((word) => ({ word, dialect: 'sh', assignments: all })) };
}

/**
 * `bash -euo pipefail -c TEXT`. A shell without a script reads its input. What a script does nobody knows: it is a command where
 * variables are set for it.
 */
function shellText(
  program: CommandWord,
  words: readonly CommandWord[],
  all: readonly Assignment[],
): Unwrapped {
  let hasText = false;
  let readsInput = false;
  const shell = all.length === 0 ? NOTHING : ofCommand(program, words, all);
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined) break;
    if (/^(?:(?:ba|da|k|z|a)?sh|-|--)$/.test(word.text)) continue;
    if (!/^[-+]/.test(word.text)) {
      if (hasText) return { ...NOTHING, texts: [{ word, dialect: 'sh', assignments: all }] };
      return { ...shell, readsInput };
    }
    if (/^-[A-Za-z]*c/.test(word.text)) hasText = true;
    if (/^-[A-Za-z]*s/.test(word.text)) readsInput = true;
    if (/^[-+][A-Za-z]*[oO]$/.test(word.text) || /^--(?:rcfile|init-file)$/.test(word.text)) at += 1;
  }
  return { ...shell, readsInput: !hasText };
}

/** `cmd /c pip install x`, `pwsh -Command "pip install x"`. */
function lineText(name: string, words: readonly CommandWord[], all: readonly Assignment[]): Unwrapped {
  const start = words.findIndex(({ text }) =>
    (name.toLowerCase() === 'cmd' ? /^\/[ck]$/i : /^-c(?:ommand)?$/i).test(text),
  );
  const following = words.slice(start + 1);
  if (start < 0 || following.length === 0) return NOTHING;
  if (following.length > 1) return unwrap(following, all);
  return { ...NOTHING, texts: following.map((word) => ({ word, dialect: 'words', assignments: all })) };
}

/** `find … -exec COMMAND \;` */
function wordsOfFind(words: readonly CommandWord[]): readonly CommandWord[] {
  const start = words.findIndex(({ text }) => /^-(?:exec|ok)(?:dir)?$/.test(text));
  if (start < 0) return [];
  const following = words.slice(start + 1);
  const end = following.findIndex(({ text }) => text === ';' || text === '+');
  const command = end < 0 ? following : following.slice(0, end);
  return command.map((word) => (word.text.includes('{}') ? dynamicWord(word) : word));
}
