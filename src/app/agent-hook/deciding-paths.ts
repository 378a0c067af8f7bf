import { configPlaces } from '../../config/find.ts';
import { TOOL } from '../../model/tool.ts';
import { placeOf } from '../../starts/places.ts';
import { isWhitelistName } from '../../whitelist/file.ts';

/**
 * @param path Relative to the root.
 * @returns Whether a file may say what is approved or start this tool. By its name; whitelists may have any that ends as YAML
 *   does.
 */
export function mayDecide(path: string): boolean {
  return (
    isWhitelistName(path) || configPlaces.includes(path) || placeOf(path) !== undefined || isGuarded(path)
  );
}

/** @returns Whether a file is a hook, the settings of git or of an agent, or a part of this tool. */
export function isGuarded(path: string): boolean {
  return isHook(path) || isGitSettings(path) || isAgentSettings(path) || isOwnFile(path);
}

/** @returns Whether a file is a hook that git does not track. */
export function isHook(path: string): boolean {
  return path.startsWith('.git/hooks/');
}

/** @returns Whether a file says what git does in the repository: where its hooks are, and what its aliases mean. */
export function isGitSettings(path: string): boolean {
  return /^\.git\/config(?:\.worktree)?$/.test(path);
}

/** Where agents read which hooks they run, and whether (documentation of each, 2026-11). */
const AGENT_SETTINGS =
  /(?:^|\/)(?:\.claude\/settings(?:\.local)?\.json|\.codex\/(?:config\.toml|hooks\.json)|\.gemini\/settings\.json|\.cursor\/hooks\.json|\.github\/(?:hooks\/[^/]+|copilot\/settings(?:\.local)?)\.json|\.copilot\/(?:config|settings|hooks\/[^/]+)\.json|\.(?:config\/)?opencode\/plugins?\/[^/]+|opencode\.jsonc?)$/;

/** @returns Whether an agent reads in a file which hooks it runs. */
export function isAgentSettings(path: string): boolean {
  // Most paths have neither: to compile the expression takes a hundred times as long.
  return (
    (path.startsWith('.') || path.includes('/.') || path.includes('opencode.json')) &&
    AGENT_SETTINGS.test(path)
  );
}

/** @param path Relative to the home of the person. @returns Whether git or an agent reads it wherever it is started. */
export function isHomeSettings(path: string): boolean {
  return (
    /^(?:\.gitconfig|\.config\/git\/config)$/.test(path) ||
    (/^\.[^.](?!.*\/\.)/.test(path) && isAgentSettings(path))
  );
}

const OWN_FILES = new RegExp(
  `(?:^|/)node_modules/(?:${TOOL}(?:/|$)|\\.pnpm/${TOOL}@|\\.bin/(?:check|vetted)-imports(?:\\.cmd|\\.ps1)?$)`,
);

/** @returns Whether a file is a part of this tool, as it is installed. */
export function isOwnFile(path: string): boolean {
  return OWN_FILES.test(path);
}
