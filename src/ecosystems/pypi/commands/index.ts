import type { Command, CommandReading, CommandWord, InstallReader } from '../../../model/command.ts';
import { installsProject } from './project-installs.ts';
import { partOfWord } from '../../../shell/word.ts';
import { ReadingBuilder } from '../../shared/command-reading.ts';
import {
  readToolCall,
  variables,
  type OptionMeaning,
  type OptionValue,
  type ToolCall,
} from '../../shared/tool-calls.ts';
import { isUsualChannel } from '../manifests/channels.ts';
import { pypi } from '../names.ts';
import { moduleRun } from './python-program.ts';
import {
  addRequirementWord,
  listedWords,
  withAddressesJoined,
  type RequirementForm,
} from './requirement-words.ts';
import { indexLine, type SourceOption } from './source-lines.ts';
import { pythonTools, type PythonAction, type PythonTool } from './tools.ts';

/** Reads commands of pip, uv, pipx, Poetry, PDM, Rye, Hatch, Pipenv, easy_install, conda, mamba and pixi. */
export const installReader: InstallReader = { read, installsProject };

function read(command: Command): CommandReading | undefined {
  const builder = new ReadingBuilder(pypi.id);
  addVariables(builder, command);
  const run = moduleRun(command);
  const tool = run && pythonTools.find(({ names }) => names.test(run.program));
  if (run && tool) addCall(builder, tool, run.words);
  return builder.reading();
}

/** Variables that say what the options of the same names say (https://pip.pypa.io/en/stable/topics/configuration/, uv's reference). */
const VARIABLES: readonly (readonly [RegExp, SourceOption])[] = [
  [
    /^(?:PIP_INDEX_URL|PIP_PYPI_URL|UV_INDEX_URL|UV_DEFAULT_INDEX|PIPENV_PYPI_MIRROR|PIPX_INDEX_URL)$/,
    'index',
  ],
  [/^(?:PIP_EXTRA_INDEX_URL|UV_EXTRA_INDEX_URL|UV_INDEX)$/, 'extra'],
  [/^(?:PIP|UV)_FIND_LINKS$/, 'links'],
  [/^(?:CONDA|MAMBA)_CHANNELS$/, 'channel'],
];
const NO_INDEX = /^(?:PIP|UV)_NO_INDEX$/;

function addVariables(builder: ReadingBuilder, { assignments }: Command): void {
  for (const [name, option] of VARIABLES)
    for (const value of variables(assignments, name)) addSource(builder, option, value);
  if (variables(assignments, NO_INDEX).some(({ text }) => /^(?:1|true|yes|on)$/i.test(text)))
    builder.noIndex = true;
}

function addCall(builder: ReadingBuilder, tool: PythonTool, words: readonly CommandWord[]): void {
  const options = tool.abbreviates ? abbreviated(words, tool) : tool.options;
  const call = readToolCall(withAddressesJoined(words), { options, actions: tool.actions });
  if (call === undefined) return;
  const form = formOf(call, tool);
  if (call.flags.has('--no-index')) builder.noIndex = true;
  for (const option of call.options) addOption(builder, option, form);
  addOperands(builder, call, form);
}

function formOf(
  { action, flags, options }: ToolCall<PythonAction>,
  { ownPackages, isConda }: PythonTool,
): RequirementForm {
  const repository = options.find(({ meaning }) => meaning === 'repository')?.value;
  const isPypi = action.pypiFlag !== undefined && flags.has(action.pypiFlag);
  return { ownPackages, isConda: isConda && !isPypi, ...(repository !== undefined && { repository }) };
}

function addOption(
  builder: ReadingBuilder,
  { meaning, value, name }: OptionValue,
  form: RequirementForm,
): void {
  switch (meaning) {
    case 'package':
      // What is installed to be edited is a folder, with or without a slash, or a repository.
      if (!EDITABLE.test(name) || value.text.includes('://')) addRequirementWord(builder, value, form);
      return;
    case 'packages':
      for (const word of listedWords(value)) addRequirementWord(builder, word, form);
      return;
    case 'index':
    case 'extra':
    case 'links':
    case 'requirements':
    case 'constraints':
    case 'channel':
      addSource(builder, meaning, value);
      return;
    case 'module':
      return;
    case 'text':
    case 'repository':
      return;
    case 'value':
      if (name === '--pip-args') addPipArguments(builder, value);
  }
}

const EDITABLE = /^(?:-e|--editable)$/;

/** Where an option or a variable names addresses, which uv writes behind a name (`acme=https://…`): several, in a variable. */
const ADDRESS = /(?:https?|ftp|file):\/\/\S*/gi;

function addSource(builder: ReadingBuilder, option: SourceOption, value: CommandWord): void {
  if (option === 'channel') {
    if (!isUsualChannel(value.text)) builder.addUnclear(value, indexLine(option, value));
    return;
  }
  const addresses = [...value.text.matchAll(ADDRESS)];
  for (const { 0: address, index } of addresses) {
    setIndex(builder, option, address);
    const word = partOfWord(value, index, index + address.length);
    const line = indexLine(option, word);
    if (line !== undefined) builder.addUnclear(word, line);
  }
  if (addresses.length > 0) return;
  setIndex(builder, option, value.text);
  // Nobody can tell which index a variable names.
  if (value.dynamic.length > 0 && (option === 'index' || option === 'extra')) builder.addUnclear(value);
}

function setIndex(builder: ReadingBuilder, option: SourceOption, address: string): void {
  if (option === 'index') builder.index = address;
  else if (option === 'extra') builder.extra.push(address);
}

function addPipArguments(builder: ReadingBuilder, value: CommandWord): void {
  const words = [...value.text.matchAll(/\S+/g)].map(({ 0: word, index }) =>
    partOfWord(value, index, index + word.length),
  );
  const pip = pythonTools.find(({ names }) => names.test('pip'));
  const actions = [{ words: [], takes: 'settings' }] as const;
  const call = pip && readToolCall(words, { options: pip.options, actions });
  for (const option of call?.options ?? [])
    if (option.meaning !== 'value') addOption(builder, option, { ownPackages: [], isConda: false });
}

function addOperands(builder: ReadingBuilder, call: ToolCall<PythonAction>, form: RequirementForm): void {
  const { action, operands, following, options } = call;
  const isNamed = options.some(({ meaning }) => meaning === 'package');
  switch (action.takes) {
    case 'packages':
      for (const word of operands) addRequirementWord(builder, word, form);
      return;
    case 'program':
      if (isNamed) builder.inner.push({ kind: 'words', words: following });
      else for (const word of operands.slice(0, 1)) addRequirementWord(builder, word, form);
      return;
    case 'command': {
      const module = options.find(({ meaning }) => meaning === 'module')?.value;
      const words = module === undefined ? following : [module, ...following];
      if (words.length > 0) builder.inner.push({ kind: 'words', words });
      return;
    }
    case 'settings':
      addSettings(builder, call);
  }
}

/** `pip config set global.index-url URL`, `poetry source add NAME URL`, `conda config --add channels NAME`. */
function addSettings(builder: ReadingBuilder, { action, operands, options }: ToolCall<PythonAction>): void {
  const key = options.find(({ name }) => /^--(?:add|append|prepend)$/.test(name))?.value.text;
  if (action.sets === 'channel' && key !== 'channels') return;
  for (const word of operands) if (action.sets !== undefined) addSource(builder, action.sets, word);
}

/** pip takes what an option begins with for the option, where no other begins so. */
function abbreviated(
  words: readonly CommandWord[],
  { options }: PythonTool,
): ReadonlyMap<string, OptionMeaning> {
  const table = new Map(options);
  for (const { text } of words) {
    const [name = ''] = text.split('=', 1);
    if (!/^--[a-z]{3}/.test(name) || table.has(name) || FLAGS.has(name)) continue;
    const meanings = [...options].filter(([option]) => option.startsWith(name));
    const [first] = meanings;
    if (first !== undefined) table.set(name, first[1]);
  }
  return table;
}

/** Flags that options with a value begin with. */
const FLAGS: ReadonlySet<string> = new Set(['--pre', '--upgrade', '--user', '--build', '--editable']);
