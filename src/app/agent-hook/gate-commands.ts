import { EVERY_VARIABLE, type Assignment, type Command, type CommandWord } from '../../model/command.ts';
import { programName } from '../../shell/unwrap.ts';
import { TOOL } from '../../model/tool.ts';
import { assistantVariables } from '../../model/assistant-environment.ts';

/** A command that goes past a check, or takes a decision that is a person’s: what it does, as a clause behind its subject. */
export interface GateCommand {
  readonly kind: 'skips-hooks' | 'decides';
  readonly text: string;
}

/**
 * Finds the commands with which an assistant would go past this tool: hooks that git is told to skip or to look for
 * elsewhere, variables that switch hooks off or hide the assistant, and decisions that are for people.
 *
 * @param mayDecide The project trusts assistants with decisions.
 * @returns What the first such command does; null where none does.
 */
export function gateCommandIn(
  commands: readonly Command[],
  { mayDecide }: { readonly mayDecide: boolean },
): GateCommand | null {
  for (const command of commands) {
    const text = skippedHooks(command) ?? hiddenAssistant(command);
    if (text !== null) return { kind: 'skips-hooks', text };
    const decision = mayDecide ? null : decisionOf(command);
    if (decision !== null) return { kind: 'decides', text: decision };
  }
  return null;
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

function skippedHooks({ program, words, assignments }: Command): string | null {
  const isOfGit = program === null || programName(program) === 'git';
  for (const { name, value } of assignments) {
    if (name === 'CHECK_IMPORTS' && (value.text === '0' || value.dynamic.length > 0))
      return 'switches this check off (CHECK_IMPORTS)';
    if (isOfGit && SWITCHES.get(name)?.test(value.text) === true) return `switches hooks off (${name})`;
    if (/^GIT_CONFIG_(?:KEY_\d+|PARAMETERS)$/.test(name) && HOOKS_PATH.test(value.text))
      return 'has git take hooks from elsewhere (core.hooksPath)';
  }
  return program !== null && isOfGit ? skippedByGit(words) : null;
}

const HOOKS_PATH = /core\.hookspath/i;

/** `--no-verify` and what git takes for it. */
const NO_VERIFY = /^--no-veri(?:fy?)?$/;

/** Long options of `git commit` with a value in the next word (https://git-scm.com/docs/git-commit, git 2.51). */
const COMMIT_VALUES =
  /^--(?:message|file|author|date|reuse-message|reedit-message|fixup|squash|template|cleanup|trailer|pathspec-from-file)$/;

function skippedByGit(words: readonly CommandWord[]): string | null {
  let at = 0;
  for (; at < words.length; at += 1) {
    const text = words[at]?.text ?? '';
    if (!text.startsWith('-')) break;
    const setting = /^-c$|^--config-env$/.test(text) ? (words[(at += 1)]?.text ?? '') : text;
    if (HOOKS_PATH.test(setting) && !/=\.husky(?:\/_)?$/.test(setting))
      return 'has git take hooks from elsewhere (core.hooksPath)';
    if (/^-C$|^--(?:git-dir|work-tree|namespace)$/.test(text)) at += 1;
  }
  const [subcommand, ...operands] = words.slice(at).map(({ text }) => text);
  if (subcommand === 'config') return changedHooksPath(operands);
  const end = operands.indexOf('--');
  const options = end < 0 ? operands : operands.slice(0, end);
  const skips = 'skips the hooks of git (--no-verify)';
  if (subcommand === 'commit') return isUnverified(options) ? skips : null;
  return subcommand !== undefined && options.some((option) => NO_VERIFY.test(option)) ? skips : null;
}

/** `git commit -n`, also among other letters: `-anm "…"`. */
function isUnverified(options: readonly string[]): boolean {
  for (let at = 0; at < options.length; at += 1) {
    const option = options[at] ?? '';
    if (NO_VERIFY.test(option)) return true;
    if (COMMIT_VALUES.test(option)) at += 1;
    else if (/^-[a-zA-Z]/.test(option)) {
      // The first letter that takes a value ends the group: what stands behind it is that, or the next word.
      const [letters = ''] = /^-[^mFCctuS]*/.exec(option) ?? [];
      if (letters.includes('n')) return true;
      if (/^[mFCct]$/.test(option.slice(letters.length))) at += 1;
    }
  }
  return false;
}

/** Reading the setting is nobody’s harm; husky’s own folder is what its `init` writes. */
function changedHooksPath(words: readonly string[]): string | null {
  const operands = words.filter((word) => !word.startsWith('-') && word !== 'set' && word !== 'unset');
  const isRemoved = words.some((word) => /^(?:unset|--unset(?:-all)?|--remove-section)$/.test(word));
  const at = operands.findIndex((word) => HOOKS_PATH.test(word));
  const value = operands[at + 1];
  if (at >= 0 && (isRemoved || (value !== undefined && !/^\.husky(?:\/_)?$/.test(value))))
    return 'has git take hooks from elsewhere (core.hooksPath)';
  const alias = operands.findIndex((word) => /^alias\./i.test(word));
  return alias >= 0 && /--no-veri|\bcommit\b.* -[a-z]*n/.test(operands[alias + 1] ?? '')
    ? 'skips the hooks of git by an alias (--no-verify)'
    : null;
}

/** Programs that a decision, or a commit, is taken with: an environment that hides the assistant matters to these. */
function hiddenAssistant(command: Command): string | null {
  const { program, words, assignments } = command;
  if (program !== null && programName(program) === 'unset') {
    const variable = words.find(({ text }) => assistantVariables.includes(text));
    return variable === undefined ? null : `hides that an assistant runs it (${variable.text})`;
  }
  const hidden = assignments.find(isHiding);
  if (hidden !== undefined) return `hides that an assistant runs it (${hidden.name})`;
  const isCleared = assignments.some(({ name }) => name === EVERY_VARIABLE);
  const concerns = program !== null && (programName(program) === 'git' || callOf(command) !== null);
  return isCleared && concerns ? 'hides that an assistant runs it (env -i)' : null;
}

function isHiding({ name, value }: Assignment): boolean {
  return assistantVariables.includes(name) && ['', '0', 'false'].includes(value.text);
}

/** Programs that start what a project has installed. */
const RUNNERS =
  /^(?:npx|npm|pnpm|pnpx|yarn|bunx?|node|deno|uvx?|pipx|poetry|pdm|pipenv|hatch|pixi|rye|python[\d.]*|py)$/;

/** @returns The words behind this tool; null where a command does not start it. */
function callOf({ program, words }: Command): readonly string[] | null {
  if (program === null) return null;
  const texts = words.map(({ text }) => text);
  if (isTool(program.text)) return texts;
  const name = programName(program);
  const at = name !== null && RUNNERS.test(name) ? texts.findIndex(isTool) : -1;
  return at < 0 ? null : texts.slice(at + 1);
}

function isTool(word: string): boolean {
  return /(?:^|[\\/])(?:check|vetted)-imports(?:\.js|\.exe|\.cmd)?$/.test(word);
}

/** `approve`, `deny`, and what gives the project another whitelist or takes the hook away. */
function decisionOf(command: Command): string | null {
  const call = callOf(command);
  if (call === null) return null;
  const [action, ...operands] = withoutGlobalOptions(call);
  const flag = operands.find((word) => word === '--update' || word === '--remove');
  if (action === 'approve' || action === 'deny') return `decides about packages (${TOOL} ${action})`;
  return action === 'init' && flag !== undefined ? `changes what is checked (${TOOL} init ${flag})` : null;
}

function withoutGlobalOptions(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word, index) => !word.startsWith('-') && words[index - 1] !== '--cwd');
  return at < 0 ? [] : words.slice(at);
}
