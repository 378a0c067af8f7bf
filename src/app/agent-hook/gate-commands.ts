import { EVERY_VARIABLE, type Assignment, type Command, type CommandWord } from '../../model/command.ts';
import { programName } from '../../shell/unwrap.ts';
import { LINE_SHELLS, SHELLS } from '../../shell/wrappers.ts';
import { TOOL } from '../../model/tool.ts';
import { assistantVariables } from '../../model/assistant-environment.ts';
import { HOOKS_PATH, INCLUDES, movedDefault, readGit, runsHooks, skippedByGit } from './gate-git.ts';

/** A command that goes past a check, or takes a decision that is a person’s: what it does, as a clause behind its subject. */
export interface GateCommand {
  readonly kind: 'skips-hooks' | 'hides' | 'decides' | 'moves-branch' | 'removes';
  readonly text: string;
}

/** What the answer depends on. */
export interface GateOptions {
  /** The project trusts assistants with decisions. */
  readonly mayDecide: boolean;
  /** Names that the default branch may have. */
  readonly defaults: ReadonlySet<string>;
}

/**
 * Finds the commands with which an assistant would go past this tool: hooks that git is told to skip or to look for
 * elsewhere, variables that switch hooks off or hide the assistant, the default branch put elsewhere, this tool or hooks taken
 * away, and decisions that are for people.
 *
 * @returns What the first such command does; null where none does.
 */
export function gateCommandIn(commands: readonly Command[], options: GateOptions): GateCommand | null {
  for (const command of commands) {
    const passing =
      switchedOff(command) ??
      ofGit(command, options) ??
      removal(command) ??
      (options.mayDecide ? null : decisionOf(command));
    if (passing !== null) return passing;
  }
  return hiddenAssistant(commands);
}

/** Variables of hook managers, and the values with which these run no hooks (documentation of each, 2026-11). */
const SWITCHES: ReadonlyMap<string, RegExp> = new Map([
  ['HUSKY', /^0$/],
  ['HUSKY_SKIP_HOOKS', /./],
  ['LEFTHOOK', /^(?:0|false)$/],
  ['LEFTHOOK_EXCLUDE', /(?:check|vetted)-imports/],
  ['SKIP_SIMPLE_GIT_HOOKS', /^(?:1|true)$/],
  ['SKIP', /(?:check|vetted)-imports/],
  ['PRE_COMMIT_ALLOW_NO_CONFIG', /^1$/],
]);

function switchedOff({ program, assignments }: Command): GateCommand | null {
  const isOfGit = program === null || programName(program) === 'git';
  for (const { name, value } of assignments) {
    if (name === 'CHECK_IMPORTS' && (value.text === '0' || value.dynamic.length > 0))
      return { kind: 'skips-hooks', text: 'switches this check off (CHECK_IMPORTS)' };
    if (isOfGit && SWITCHES.get(name)?.test(value.text) === true)
      return { kind: 'skips-hooks', text: `switches hooks off (${name})` };
    if (/^GIT_CONFIG_(?:KEY_\d+|PARAMETERS)$/.test(name) && isTelling(value.text))
      return { kind: 'skips-hooks', text: 'has git take hooks from elsewhere (core.hooksPath)' };
  }
  return null;
}

function isTelling(setting: string): boolean {
  return HOOKS_PATH.test(setting) || INCLUDES.test(setting) || /\balias\./i.test(setting);
}

/** Variables that say where git reads its settings (https://git-scm.com/docs/git-config#ENVIRONMENT, git 2.51). */
const SETTINGS_ELSEWHERE = /^(?:GIT_CONFIG_(?:GLOBAL|SYSTEM)|HOME|XDG_CONFIG_HOME)$/;

function ofGit({ program, words, assignments }: Command, { defaults }: GateOptions): GateCommand | null {
  if (program === null || programName(program) !== 'git') return null;
  const git = readGit(textsOf(words));
  const variable = assignments.find(({ name }) => SETTINGS_ELSEWHERE.test(name));
  if (variable !== undefined && runsHooks(git))
    return { kind: 'skips-hooks', text: `has git take settings from elsewhere (${variable.name})` };
  return skippedByGit(git) ?? movedDefault(git, defaults);
}

function textsOf(words: readonly CommandWord[]): readonly string[] {
  return words.map(({ text }) => text);
}

/** What hides an assistant matters where a decision, or a commit, is taken by the same text. */
function hiddenAssistant(commands: readonly Command[]): GateCommand | null {
  let hiding: string | null = null;
  for (const command of commands) {
    const variable = hidingOf(command);
    if (command.program === null || programName(command.program) === 'unset') hiding ??= variable;
    const hidden = hiding ?? variable;
    if (hidden !== null && concernsPeople(command))
      return { kind: 'hides', text: `hides that an assistant runs it (${hidden})` };
  }
  return null;
}

/** @returns What is taken away by which this tool knows an assistant; null where nothing is. */
function hidingOf({ program, words, assignments }: Command): string | null {
  if (program !== null && programName(program) === 'unset') {
    const variable = words.find(
      ({ text, dynamic }) => dynamic.length > 0 || assistantVariables.includes(text),
    );
    return variable?.text ?? null;
  }
  const hidden = assignments.find(isHiding);
  if (hidden !== undefined) return hidden.name;
  return assignments.some(({ name }) => name === EVERY_VARIABLE) ? 'no variable is left' : null;
}

function isHiding({ name, value }: Assignment): boolean {
  return assistantVariables.includes(name) && ['', '0', 'false'].includes(value.text);
}

/** git where it runs hooks, this tool, and shells and scripts that may start them. */
function concernsPeople(command: Command): boolean {
  const { program, words } = command;
  const name = program === null ? null : programName(program);
  if (program === null || name === null) return false;
  if (callOf(command) !== null || /^(?:source|\.|fish)$/.test(name)) return true;
  if (name === 'git') return runsHooks(readGit(textsOf(words)));
  return SHELLS.test(name) || LINE_SHELLS.test(name) || /\.(?:ba)?sh$/.test(program.text);
}

/** Programs that start what a project has installed. */
const RUNNERS =
  /^(?:npx|npm|pnpm|pnpx|yarn|bunx?|node|deno|uvx?|pipx|poetry|pdm|pipenv|hatch|pixi|rye|python[\d.]*|py)$/;

/** @returns The words behind this tool; null where a command does not start it. */
export function callOf({ program, words }: Command): readonly string[] | null {
  if (program === null) return null;
  const texts = textsOf(words);
  if (isTool(program.text)) return texts;
  const name = programName(program);
  const at = name !== null && RUNNERS.test(name) ? texts.findIndex(isTool) : -1;
  return at < 0 || isManaging(texts) ? null : texts.slice(at + 1);
}

function isTool(word: string): boolean {
  return /(?:^|[\\/])(?:check|vetted)-imports(?:\.js|\.exe|\.cmd)?$/.test(word);
}

/** Subcommands of package managers that take packages away (documentation of each, 2026-11). */
const REMOVES = /^(?:uninstall|un|unlink|remove|rm|r)$/;

/** `npm uninstall`, `uv pip uninstall`: the name is that of a package. */
function isManaging(texts: readonly string[]): boolean {
  const [first = '', second = ''] = texts.filter((word) => !word.startsWith('-'));
  return REMOVES.test(first) || (/^(?:pip|tool|global|workspace)$/.test(first) && REMOVES.test(second));
}

/** Programs that put hooks where git finds them, and take them away. */
const HOOK_MANAGERS = /^(?:pre-commit|prek|lefthook|husky|simple-git-hooks|overcommit)$/;

/** Managers of packages that this tool may be installed with. */
const PACKAGE_MANAGERS =
  /^(?:npm|pnpm|yarn|bun|pip[\d.]*|uv|poetry|pdm|pipenv|pipx|rye|pixi|hatch|python[\d.]*)$/;

/** This tool, or the hooks that start it, taken away by what has put them there. */
function removal({ program, words }: Command): GateCommand | null {
  const texts = [...(program === null ? [] : [programName(program) ?? '']), ...textsOf(words)];
  const manager = texts.findIndex((word) => HOOK_MANAGERS.test(word));
  const isStarted = manager === 0 || RUNNERS.test(texts[0] ?? '');
  if (isStarted && manager >= 0 && texts.slice(manager + 1).includes('uninstall'))
    return { kind: 'removes', text: `takes the hooks of git away (${texts[manager] ?? ''} uninstall)` };
  const [name = '', ...operands] = texts;
  const verb = operands.findIndex((word) => REMOVES.test(word));
  if (
    !PACKAGE_MANAGERS.test(name) ||
    verb < 0 ||
    operands.slice(0, verb).some((word) => /^(?:run|exec|x)$/.test(word))
  )
    return null;
  return operands.slice(verb + 1).some((word) => /^(?:check|vetted)-imports(?:@|$)/.test(word))
    ? { kind: 'removes', text: `takes this check away (${name} ${operands[verb] ?? ''})` }
    : null;
}

/** `approve`, `deny`, and what gives the project another whitelist or takes the hook away. */
function decisionOf(command: Command): GateCommand | null {
  const call = callOf(command);
  if (call === null || call.some((word) => word === '--help' || word === '-h')) return null;
  const [action, ...operands] = withoutGlobalOptions(call);
  const flag = operands.find((word) => word === '--update' || word === '--remove');
  if (action === 'approve' || action === 'deny')
    return { kind: 'decides', text: `decides about packages (${TOOL} ${action})` };
  return action === 'init' && flag !== undefined
    ? { kind: 'decides', text: `changes what is checked (${TOOL} init ${flag})` }
    : null;
}

function withoutGlobalOptions(words: readonly string[]): readonly string[] {
  const at = words.findIndex(
    (word, index) => !word.startsWith('-') && !/^--(?:cwd|color)$/.test(words[index - 1] ?? ''),
  );
  return at < 0 ? [] : words.slice(at);
}
