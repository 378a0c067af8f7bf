import type { Command, CommandReading, CommandWord, InstallReader } from '../../../model/command.ts';
import { programName } from '../../../shell/unwrap.ts';
import { partOfWord } from '../../../shell/word.ts';
import { ReadingBuilder } from '../../shared/command-reading.ts';
import { variables } from '../../shared/tool-calls.ts';
import { golang } from '../names.ts';
import { readArguments, type Arguments, type Flag } from './flags.ts';
import { addModuleWord, addReplacement } from './module-words.ts';
import { addProxies } from './proxies.ts';

/** Reads commands of go, also of one release (`go1.22.3`), and of gobin. */
export const installReader: InstallReader = { read, installsProject };

function read(command: Command): CommandReading | undefined {
  const builder = new ReadingBuilder(golang.id);
  for (const value of variables(command.assignments, /^GOPROXY$/)) addProxies(builder, value);
  const call = callOf(command);
  if (call !== undefined) ACTIONS.get(call.action)?.(builder, readArguments(call.action, call.words));
  return builder.reading();
}

/** What the go command is told to do, and the words behind that. */
interface Call {
  readonly action: string;
  readonly words: readonly CommandWord[];
}

/** https://go.dev/dl: each release has a command of its own. */
const GO = /^go(?:\d+(?:\.\d+){0,2}(?:(?:rc|beta)\d+)?|tip)?$/;

/** A variable that bears the name of the tool stands for it: `$(GO) install`. */
function callOf({ program, words }: Command): Call | undefined {
  if (program === null) return undefined;
  const name = programName(program) ?? /^\$[({]?(GO)[)}]?$/.exec(program.text)?.[1]?.toLowerCase() ?? '';
  if (name === 'gobin') return { action: name, words };
  const [first, second] = words;
  if (!GO.test(name) || first === undefined) return undefined;
  const isPair = (first.text === 'mod' || first.text === 'work') && second !== undefined;
  return isPair
    ? { action: `${first.text} ${second.text}`, words: words.slice(2) }
    : { action: first.text, words: words.slice(1) };
}

type Action = (builder: ReadingBuilder, words: Arguments) => void;

/** What names modules: https://pkg.go.dev/cmd/go, https://github.com/myitcv/gobin (read on 2026-11-30). */
const ACTIONS: ReadonlyMap<string, Action> = new Map<string, Action>([
  [
    'get',
    (builder, { operands }) => {
      for (const word of operands) addWanted(builder, word);
    },
  ],
  ['install', addAll],
  ['run', addFirst],
  [
    'mod download',
    (builder, { operands }) => {
      for (const word of operands) addModuleWord(builder, word, 'module');
    },
  ],
  ['mod edit', addEdits],
  ['work edit', addEdits],
  ['env', addSettings],
  [
    'gobin',
    (builder, words) => {
      (words.flags.some(({ name }) => name === 'run') ? addFirst : addAll)(builder, words);
    },
  ],
]);

function addAll(builder: ReadingBuilder, { operands }: Arguments): void {
  for (const word of operands) addModuleWord(builder, word, 'package');
}

/** What stands behind the package is handed on to it. */
function addFirst(builder: ReadingBuilder, { operands }: Arguments): void {
  for (const word of operands.slice(0, 1)) addModuleWord(builder, word, 'package');
}

/** A variable alone is a module here, unless its name tells that it holds flags. */
function addWanted(builder: ReadingBuilder, word: CommandWord): void {
  const variable = /^\$[({]?(\w+)[)}]?$/.exec(word.text)?.[1];
  if (variable !== undefined && word.dynamic.length > 0) {
    if (!/flag|opt|arg/i.test(variable)) builder.addUnclear(word);
  } else addModuleWord(builder, word, 'package');
}

function addEdits(builder: ReadingBuilder, { flags }: Arguments): void {
  for (const { name, value } of flags) {
    if (value === null) continue;
    if (name === 'require') addModuleWord(builder, value, 'module');
    if (name === 'tool') addModuleWord(builder, value, 'package');
    if (name === 'replace') addReplacement(builder, value);
  }
}

/** `go env -w GOPROXY=…`. */
function addSettings(builder: ReadingBuilder, { flags, operands }: Arguments): void {
  if (!flags.some(isWriting)) return;
  const setting = 'GOPROXY=';
  for (const word of operands)
    if (word.text.startsWith(setting)) addProxies(builder, partOfWord(word, setting.length));
}

function isWriting({ name }: Flag): boolean {
  return name === 'w';
}

/** Actions that fetch what go.mod says, where it is not at hand. */
const OF_PROJECT =
  /^(?:build|fix|generate|get|install|list|run|test|tool|vet|mod (?:download|graph|tidy|vendor|verify|why)|work (?:sync|vendor))$/;

function installsProject(command: Command): boolean {
  const call = callOf(command);
  return call !== undefined && OF_PROJECT.test(call.action);
}
