import nodePath from 'node:path';
import { escapeControls } from '../text/escape.ts';
import type { Stageability } from './stageability.ts';

/**
 * @param command What `addCommand` gives for the paths.
 * @returns How files are made part of the next commit that are not staged here, and why they are not.
 */
export function stagingAdvice(paths: readonly string[], state: Stageability, command: string): string {
  const reason = state.kind === 'filtered' ? `Not staged: ${filterSentence(state.filter, paths)}.\n` : '';
  return `${reason}To make it part of the next commit: ${command}\n`;
}

/** How a request goes on its way. */
export interface RequestCommands {
  /** Stages files that git does not track: it commits no other ones by their names. null where it tracks them all. */
  readonly add: string | null;
  readonly commit: string;
  /** How to start this tool here. */
  readonly tool: string;
}

/** @returns How a request is committed that lets no commit pass, and who decides then. */
export function requestAdvice({ add, commit, tool }: RequestCommands): string {
  const commands = add === null ? commit : `${add}\nthen: ${commit}`;
  return `A request lets no commit pass that uses the package.\nTo commit it by itself: ${commands}\nThen a person runs: ${tool} review\n`;
}

/** @returns Why nothing is staged for which git would start a program. */
export function filterSentence(filter: string, paths: readonly string[]): string {
  return `git’s attributes send ${namesOf(paths)} through the filter “${escapeControls(filter)}”, a program that is not started here`;
}

/** @returns Paths as people read them. */
export function namesOf(paths: readonly string[]): string {
  return paths.map((path) => escapeControls(path, 400)).join(', ');
}

/** @returns The command that stages paths, as a shell in the working folder reads it. */
export function addCommand(paths: readonly string[], where: { root: string; cwd: string }): string {
  return gitCommand('add', paths, where);
}

/**
 * @param verb `add`, `commit`.
 * @returns The command of git for paths, as a shell in the working folder reads it. In git's patterns `*` stands for
 * what can't be shown (https://git-scm.com/docs/gitglossary#Documentation/gitglossary.txt-pathspec).
 */
export function gitCommand(
  verb: string,
  paths: readonly string[],
  { root, cwd }: { root: string; cwd: string },
): string {
  const words = paths.map((path) => {
    const relative = nodePath.relative(cwd, nodePath.join(root, path)).replace(/^[-:]/, './$&');
    if (/^[\w./@+:-]+$/.test(relative)) return relative;
    const pattern = relative.replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]+/gu, '*');
    return `'${pattern.replaceAll("'", "'\\''")}'`;
  });
  return `git ${verb} ${words.join(' ')}`;
}
