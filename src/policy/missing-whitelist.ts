import { quoteForMessage } from '../documents/problems.ts';
import type { Fault } from '../model/fault.ts';
import type { Files } from '../model/language.ts';
import { isShellSafe, quotable } from '../text/escape.ts';
import { fileName } from '../text/file-names.ts';
import { closestMatch } from '../text/nearest.ts';
import { isWhitelistName } from '../whitelist/file.ts';
import { readWhitelist } from '../whitelist/read.ts';
import type { Policy } from './policy.ts';

/** A whitelist that the config names and that is not there. */
export interface MissingWhitelist {
  readonly fault: Fault;
  /** No other file can be meant, so that a command may make this one. */
  readonly mayBeMade: boolean;
}

/**
 * Says what is wrong with the path of a whitelist that leads nowhere, and what was probably meant.
 *
 * @param files Those of the state whose policy it is. @param line Of the path in the config.
 * @param command How to start this tool.
 */
export async function missingWhitelist(
  policy: Policy,
  files: Files,
  { line, command }: { readonly line: number; readonly command: () => Promise<string> },
): Promise<MissingWhitelist> {
  const path = policy.whitelistFile;
  const suggestion = await whitelistNear(policy, files);
  const message = `“whitelist” names ${quoteForMessage(path)}, which does not exist`;
  const next = suggestion === undefined ? adviceToMake(path, await command()) : adviceAbout(path, suggestion);
  const file = policy.config.source?.file ?? null;
  return {
    fault: { kind: 'whitelist', file, line, column: null, message, next },
    mayBeMade: suggestion === undefined,
  };
}

function adviceToMake(path: string, command: string): string {
  const add = gitCommand('add', path) ?? 'stage it';
  return `If it is not staged, ${add}; otherwise correct the path or create the file: \`${command} init\`. Nothing was checked against it.`;
}

function adviceAbout(path: string, suggestion: string): string {
  if (suggestion !== path)
    return `Did you mean ${quoteForMessage(suggestion)}? Correct the path, or move the file. Nothing was checked against it.`;
  const restore = gitCommand('restore', path) ?? '`git restore`';
  return `git tracks it: restore it with ${restore}. Nothing was checked against it.`;
}

/** @returns null where a shell could read the path as more than a path. */
function gitCommand(verb: string, path: string): string | null {
  if (isShellSafe(path)) return `\`git ${verb} ${path}\``;
  return quotable(path) ? `\`git ${verb} "${path}"\`` : null;
}

/** More files than that with names like it are no slip of the hand. */
const MOST_CANDIDATES = 20;

/**
 * @returns The file that was probably meant: the one itself, which git lists also where it is gone from the work tree;
 *   or a whitelist with nearly the same path; or the only one with the same name in another folder.
 */
async function whitelistNear(policy: Policy, files: Files): Promise<string | undefined> {
  const { whitelistFile: path, whitelist, ignores } = policy;
  const listed = (await files.list()).filter(isWhitelistName);
  if (listed.includes(path)) return path;
  const policyPaths = new Set<string>(whitelist.files);
  const candidates = listed.filter(
    (candidate) => isLike(path, candidate) && !policyPaths.has(candidate) && !ignores(candidate),
  );
  const whitelists = await whitelistsAmong(candidates.slice(0, MOST_CANDIDATES), files);
  const [first, second] = whitelists.filter((candidate) => fileName(candidate) === fileName(path));
  return closestMatch(path, whitelists) ?? (second === undefined ? first : undefined);
}

function isLike(path: string, candidate: string): boolean {
  return closestMatch(path, [candidate]) !== undefined || fileName(candidate) === fileName(path);
}

/** Other YAML files bear such names too: a whitelist is read without faults, or has entries in spite of them. */
async function whitelistsAmong(paths: readonly string[], files: Files): Promise<readonly string[]> {
  const whitelists: string[] = [];
  for (const path of paths) {
    const text = await files.text(path);
    const read = text === undefined ? undefined : await readWhitelist(path, text);
    if (read !== undefined && (read.faults.length === 0 || read.entries.length > 0)) whitelists.push(path);
  }
  return whitelists;
}
