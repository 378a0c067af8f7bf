import type { Command, CommandReading, CommandWord, InstallReader } from '../../../model/command.ts';
import { installsProject } from './project-installs.ts';
import { certainLength, partOfWord, spanOfWord } from '../../../shell/word.ts';
import { programName } from '../../../shell/unwrap.ts';
import { newManifest } from '../../shared/manifest-builder.ts';
import { ReadingBuilder } from '../../shared/command-reading.ts';
import { readToolCall, type ToolCall } from '../../shared/tool-calls.ts';
import { addRegistry } from '../manifests/npm-registry.ts';
import { npm } from '../names.ts';
import { addPackageWord, specOf, templatePackage, type PackageForm } from './package-words.ts';
import { nodeTools, type NodeAction, type NodeTool } from './tools.ts';

/** Reads commands of npm, npx, pnpm, Yarn, Bun and Deno. */
export const installReader: InstallReader = { read, installsProject };

function read(command: Command): CommandReading | undefined {
  const builder = new ReadingBuilder(npm.id);
  for (const { name, value } of command.assignments) {
    const setting = VARIABLE.exec(name);
    if (setting !== null) addRegistryWord(builder, value, setting[1]);
  }
  const call = command.program && toolOf(command.program, command.words);
  if (call) addCall(builder, call.tool, call.words);
  return builder.reading();
}

/** Variables that say what a line of settings says: npm's own, in any case, and those of pnpm, Yarn and Bun. */
const VARIABLE =
  /^(?:p?npm_config_(?:(@[\w.-]+):)?registry|yarn_(?:npm_)?registry(?:_server)?|bun_config_registry|corepack_npm_registry)$/i;

interface ToolWords {
  readonly tool: NodeTool;
  readonly words: readonly CommandWord[];
}

/** A variable that bears the name of a tool stands for it: `$NPM`, `$(YARN)`. Corepack starts the tool that is named behind it. */
function toolOf(program: CommandWord, words: readonly CommandWord[]): ToolWords | undefined {
  const variable = /^\$[({]?(\w+)[)}]?$/.exec(program.text)?.[1]?.toLowerCase();
  const name = programName(program) ?? variable;
  if (name === 'corepack') {
    const [first, ...following] = words;
    return first && toolOf(partOfWord(first, 0, Math.max(first.text.search(/(?!^)@|$/), 0)), following);
  }
  const tool = nodeTools.find(({ names }) => name !== undefined && names.test(name));
  return tool && { tool, words };
}

function addCall(builder: ReadingBuilder, tool: NodeTool, words: readonly CommandWord[]): void {
  const { options } = tool;
  const scoped = new Map(words.flatMap(({ text }) => (SCOPED.test(text) ? [[text, 'value'] as const] : [])));
  const call = readToolCall(words, { options: new Map([...options, ...scoped]), actions: tool.actions });
  if (call === undefined) return;
  const isByProtocol = tool.namesProtocol === true && !call.flags.has('--npm');
  const form: PackageForm = { ownPackages: tool.ownPackages, namesProtocol: isByProtocol };
  for (const { meaning, name, value } of call.options) {
    const scope = SCOPED.exec(name)?.[1];
    if (meaning === 'package') addPackageWord(builder, value, form);
    else if (meaning === 'text') builder.inner.push({ kind: 'text', text: value });
    else if (meaning === 'index' || scope !== undefined) addRegistryWord(builder, value, scope);
  }
  for (const { text } of words) addAttachedScope(builder, words, text);
  addOperands(builder, call, form);
}

/** `--@acme:registry=…`, which only names a registry for one scope. */
const SCOPED = /^--(@[\w.-]+):registry$/;

function addAttachedScope(builder: ReadingBuilder, words: readonly CommandWord[], text: string): void {
  const prefix = /^--(@[\w.-]+):registry=/.exec(text);
  const word = words.find((each) => each.text === text);
  if (prefix !== null && word !== undefined)
    addRegistryWord(builder, partOfWord(word, prefix[0].length), prefix[1]);
}

function addRegistryWord(builder: ReadingBuilder, value: CommandWord, scope: string | undefined): void {
  if (scope === undefined) builder.index = value.text;
  if (value.dynamic.length > 0 && !/^https?:\/\/[^/]/.test(value.text.slice(0, certainLength(value)))) {
    builder.addUnclear(value);
    return;
  }
  const draft = newManifest();
  addRegistry(draft, { url: value.text, scope, span: spanOfWord(value) });
  for (const registry of draft.registries)
    builder.addUnclear(value, { kind: 'registry', ecosystem: npm.id, registry });
}

function addOperands(builder: ReadingBuilder, call: ToolCall<NodeAction>, form: PackageForm): void {
  const { action, operands, following, options } = call;
  switch (action.takes) {
    case 'packages':
      for (const word of operands) addPackageWord(builder, word, form);
      return;
    case 'program':
      if (options.some(({ meaning }) => meaning === 'text')) return;
      if (options.some(({ meaning }) => meaning === 'package'))
        builder.inner.push({ kind: 'words', words: following });
      else for (const word of operands.slice(0, 1)) addProgram(builder, word, { call, form });
      return;
    case 'command':
      if (following.length > 0) builder.inner.push({ kind: 'words', words: following });
      return;
    case 'settings':
      addSettings(builder, operands);
  }
}

interface ProgramCall {
  readonly call: ToolCall<NodeAction>;
  readonly form: PackageForm;
}

function addProgram(builder: ReadingBuilder, word: CommandWord, { call, form }: ProgramCall): void {
  const { action, flags } = call;
  if (action.isTemplate === true) addTemplate(builder, word, form);
  else if (action.isLocalFirst === true && (flags.has('--no') || flags.has('--no-install'))) return;
  else if (action.isLocalFirst === true && isBareName(word)) {
    const isYes = flags.has('--yes') || flags.has('-y');
    if (action.isAsked === true && isYes) addPackageWord(builder, word, form);
    else builder.addProgram(word.text, spanOfWord(word), action.isAsked === true);
  } else addPackageWord(builder, word, form);
}

/** Without a scope and a version, a name may be that of a program of the project. */
function isBareName({ text, dynamic }: CommandWord): boolean {
  return dynamic.length === 0 && /^[A-Za-z0-9][\w.-]*$/.test(text);
}

function addTemplate(builder: ReadingBuilder, word: CommandWord, form: PackageForm): void {
  const scope = /^@[\w.~-]+(?=@|$)/.exec(word.text)?.[0];
  const isCertain = scope !== undefined && (word.dynamic.length === 0 || certainLength(word) > scope.length);
  if (scope !== undefined && isCertain) {
    builder.addPackage(templatePackage(scope), word.spanOf({ start: 0, end: scope.length }));
    return;
  }
  const spec = specOf(word, form);
  if (spec?.kind !== 'spec' || spec.name === '') addPackageWord(builder, word, form);
  else {
    const span = word.spanOf({ start: spec.start, end: spec.start + spec.name.length });
    builder.addPackage(templatePackage(spec.name), span);
  }
}

/** `npm config set registry URL`, `npm config set @acme:registry=URL`, `yarn config set npmRegistryServer URL`. */
function addSettings(builder: ReadingBuilder, operands: readonly CommandWord[]): void {
  for (const [at, word] of operands.entries()) {
    const [whole, scope, equals] = SETTING.exec(word.text) ?? [];
    if (whole === undefined) continue;
    const value = equals === '=' ? partOfWord(word, whole.length) : operands[at + 1];
    if (value !== undefined) addRegistryWord(builder, value, scope);
    return;
  }
}

const SETTING = /^(?:(?:(@[\w.-]+):)?registry|npmRegistryServer)(?:(=)|$)/;
