import type { GateCommand } from './gate-commands.ts';

/** A command of git, by its parts. */
export interface GitCommand {
  /** What `-c` and `--config-env` set: `name=value`. */
  readonly settings: readonly string[];
  readonly subcommand: string;
  /** What stands behind the subcommand. */
  readonly words: readonly string[];
}

/** @returns What a command of git says. @param words Those behind `git`. */
export function readGit(words: readonly string[]): GitCommand {
  const settings: string[] = [];
  let at = 0;
  for (; at < words.length; at += 1) {
    const text = words[at] ?? '';
    if (!text.startsWith('-')) break;
    if (/^-c$|^--config-env$/.test(text)) settings.push(words[(at += 1)] ?? '');
    else if (/^-C$|^--(?:git-dir|work-tree|namespace|exec-path)$/.test(text)) at += 1;
    else settings.push(text.replace(/^--config-env=/, ''));
  }
  const [subcommand = '', ...following] = words.slice(at);
  return { settings, subcommand, words: following };
}

/** Subcommands that run hooks, or publish what such a one has made (https://git-scm.com/docs/githooks, git 2.51). */
const HOOKED = /^(?:commit|merge|push|pull|rebase|am|cherry-pick|revert)$/;

/** @returns Whether git runs hooks in it, so that it matters what it is told of these and of its environment. */
export function runsHooks({ settings, subcommand }: GitCommand): boolean {
  return HOOKED.test(subcommand) || settings.some((setting) => /^alias\./i.test(setting));
}

export const HOOKS_PATH = /core\.hookspath/i;

/** Settings by which git reads further files of settings. */
export const INCLUDES = /^include(?:if\..*)?\.path(?:=|$)/is;

const elsewhere: GateCommand = {
  kind: 'skips-hooks',
  text: 'has git take hooks from elsewhere (core.hooksPath)',
};
const included: GateCommand = {
  kind: 'skips-hooks',
  text: 'has git take settings from elsewhere (include.path)',
};
const skips: GateCommand = { kind: 'skips-hooks', text: 'skips the hooks of git (--no-verify)' };
const aliased: GateCommand = {
  kind: 'skips-hooks',
  text: 'skips the hooks of git by an alias (--no-verify)',
};

/** @returns How a command of git goes past hooks; null where it does not. */
export function skippedByGit({ settings, subcommand, words }: GitCommand): GateCommand | null {
  for (const setting of settings) {
    if (HOOKS_PATH.test(setting) && !/=\.husky(?:\/_)?$/.test(setting)) return elsewhere;
    if (INCLUDES.test(setting)) return included;
    if (/^alias\./i.test(setting) && isSkippingAlias(setting)) return aliased;
  }
  if (subcommand === 'config') return changedSettings(words);
  const end = words.indexOf('--');
  const options = end < 0 ? words : words.slice(0, end);
  if (subcommand === 'commit') return isUnverified(options) ? skips : null;
  return HOOKED.test(subcommand) && isTold(options) ? skips : null;
}

/** `--no-verify` and what git takes for it. */
const NO_VERIFY = /^--no-veri(?:fy?)?$/;

function isTold(options: readonly string[]): boolean {
  return options.some(
    (each, at) => NO_VERIFY.test(each) && !/^(?:-m|--message)$/.test(options[at - 1] ?? ''),
  );
}

/** @returns Whether the text of an alias has git skip hooks. */
export function isSkippingAlias(text: string): boolean {
  return /--no-veri|\bcommit\b.* -[a-z]*n|core\.hookspath/i.test(text);
}

/** Long options of `git commit` with a value in the next word (https://git-scm.com/docs/git-commit, git 2.51). */
const COMMIT_VALUES =
  /^--(?:message|file|author|date|reuse-message|reedit-message|fixup|squash|template|cleanup|trailer|pathspec-from-file)$/;

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

/** Reading a setting is nobody’s harm; husky’s own folder is what its `init` writes. */
function changedSettings(words: readonly string[]): GateCommand | null {
  const operands = words.filter((word) => !word.startsWith('-') && word !== 'set' && word !== 'unset');
  const isRemoved = words.some((word) => /^(?:unset|--unset(?:-all)?|--remove-section)$/.test(word));
  const at = operands.findIndex((word) => HOOKS_PATH.test(word));
  const value = operands[at + 1];
  if (at >= 0 && (isRemoved || (value !== undefined && !/^\.husky(?:\/_)?$/.test(value)))) return elsewhere;
  const include = operands.findIndex((word) => INCLUDES.test(word));
  if (include >= 0 && !isRemoved && operands[include + 1] !== undefined) return included;
  const alias = operands.findIndex((word) => /^alias\./i.test(word));
  return alias >= 0 && isSkippingAlias(operands[alias + 1] ?? '') ? aliased : null;
}

const moves: GateCommand = {
  kind: 'moves-branch',
  text: 'moves the branch by which an assistant’s work is judged',
};

/**
 * @param defaults Names that the default branch may have.
 * @returns That a command of git makes the default branch, or what is known of a remote’s, another commit, without a fetch or a
 *   merge; null where it does not.
 */
export function movedDefault(
  { subcommand, words }: GitCommand,
  defaults: ReadonlySet<string>,
): GateCommand | null {
  const operands = words.filter((word) => !word.startsWith('-'));
  const [first = '', second = ''] = operands;
  const isDefault = (name: string) => defaults.has(name.replace(/^refs\/heads\//, ''));
  const isJudge = (ref: string) =>
    ref.startsWith('refs/remotes/') || (ref.startsWith('refs/heads/') && isDefault(ref));
  const isMoved = () => {
    switch (subcommand) {
      case 'branch':
        return words.some((word) => MOVES.test(word)) && operands.some(isDefault);
      case 'checkout':
      case 'switch':
        return words.some((word, at) => RECREATES.test(word) && isDefault(words[at + 1] ?? ''));
      case 'update-ref':
        return operands.some(isJudge);
      case 'symbolic-ref':
        return isJudge(first) && (second !== '' || words.some((word) => /^(?:-d|--delete)$/.test(word)));
      case 'remote':
        return first === 'set-head';
      case 'fetch':
      case 'push':
        return first === '.' && operands.slice(1).some((refspec) => isTarget(refspec, isDefault));
      default:
        return false;
    }
  };
  return isMoved() ? moves : null;
}

/** Options with which `git branch` writes a branch that is there, renames it or takes it away. */
const MOVES = /^(?:-[^-fmMdDC]*[fmMdDC].*|--(?:force|move|delete|copy))$/;

/** Those of `git checkout` and `git switch` that make a branch anew. */
const RECREATES = /^(?:-[a-z]*[BC]|--force-create)$/;

function isTarget(refspec: string, isDefault: (name: string) => boolean): boolean {
  const target = refspec.replace(/^\+/, '').split(':').at(-1) ?? '';
  return isDefault(target) || target.startsWith('refs/remotes/');
}
