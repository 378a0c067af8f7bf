import { promises as fs } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { AgentAnswer, CommandShell } from '../../agents/protocols/event.ts';
import { isFileError } from '../../git/git.ts';
import { readCommands } from '../../shell/read.ts';
import { namesTool } from '../../starts/places.ts';
import { openAssistantScope } from '../assistant-scope.ts';
import { commandAt } from '../command-at.ts';
import { policyFiles } from '../../policy/changes.ts';
import { isManifestPlace } from '../../config/find.ts';
import { readPolicy } from '../../policy/policy.ts';
import { filesOf } from '../../snapshots/files.ts';
import type { ProposalOptions } from '../proposed.ts';
import { HookFault } from './answer.ts';
import { isAgentSettings, isGitSettings, isHomeSettings, isHook, isOwnFile } from './deciding-paths.ts';
import { gateCommandIn } from './gate-commands.ts';
import { gateRefusal, type Refused } from './gate-texts.ts';
import { isAdopted, pathIn, placeAt, realPath, textOnDisk } from './place.ts';
import { pathUses, type PathUse } from './written-paths.ts';

/** What the gate knows of a project. */
interface Gate {
  readonly mayDecide: boolean;
  /** The files of whitelist and config, in the base and in the work tree. */
  readonly policyPaths: readonly string[];
  readonly whitelistFile: string;
  /** How to start this tool. */
  readonly command: string;
}

/**
 * Refuses commands that go past this tool: that skip hooks, hide the assistant, decide in a person’s place, or write what
 * decides.
 *
 * @returns null for all others.
 */
export async function gateAnswer(
  { text, shell }: { readonly text: string; readonly shell: CommandShell },
  place: ProposalOptions,
): Promise<AgentAnswer | null> {
  const commandText = readCommands(text, shell === 'sh' ? 'sh' : 'words');
  const { commands } = commandText;
  const defaults = defaultBranches(place);
  const suspect = gateCommandIn(commands, { mayDecide: false, defaults });
  if (suspect !== null && suspect.kind !== 'decides') return gateRefusal(suspect, null);
  if (suspect !== null) {
    const gate = await gateOf(place);
    const passing = gateCommandIn(commands, { ...gate, defaults });
    if (passing !== null) return gateRefusal(passing, gate);
  }
  const home = place.context.env['HOME'] ?? null;
  const uses = pathUses(commandText, { root: place.location.root, home });
  return pathAnswer(uses, { place, home });
}

/** Names that the default branch may have: the usual ones, and that which the remote said when it was cloned. */
function defaultBranches({ location }: ProposalOptions): ReadonlySet<string> {
  const { repository } = location;
  const head =
    repository === null ? null : textOnDisk(join(repository.paths.gitDir, 'refs/remotes/origin/HEAD'));
  const [, name = 'main'] = /^ref: refs\/remotes\/origin\/(\S+)/.exec(head ?? '') ?? [];
  return new Set(['main', 'master', name]);
}

/** Names that say that a look at a path is worth it. */
const NOTABLE =
  /\.ya?ml$|-imports|[*?[]|(?:^|\/)\.(?:git|husky|github|claude|codex|gemini|cursor|copilot|opencode|config)(?:\/|$)|opencode\.jsonc?$|\.gitconfig$/;

/** Where a command is run, and whose home it knows. */
interface Surroundings {
  readonly place: ProposalOptions;
  readonly home: string | null;
}

async function pathAnswer(
  uses: readonly PathUse[],
  { place, home }: Surroundings,
): Promise<AgentAnswer | null> {
  const gates = new Map<string, Gate>();
  for (const { paths, effect } of uses) {
    const named = paths.map((path) => resolve(place.context.cwd, path));
    // A pattern fits many files: it is read where the last `cd` leads.
    const all = named.some((path) => /[*?[]/.test(path)) ? named.slice(-1) : named;
    for (const path of new Set(all.flatMap((each) => [each, realPath(each)]))) {
      if (!NOTABLE.test(path)) continue;
      const ofHome = home !== null && effect !== 'maybe' && isHomeSettings(slashes(relative(home, path)));
      if (ofHome) return gateRefusal({ kind: 'settings', text: `changes ${path}` }, null);
      const project = placeOfPath(path, place);
      if (project === null) continue;
      const { root } = project.location;
      const inside = pathIn(project.location, path);
      if (inside === null) continue;
      const gate = gates.get(root) ?? (await gateOf(project));
      gates.set(root, gate);
      for (const each of await filesMeant(inside, { root, gate })) {
        const refused = protectedBy(each, effect, { root, gate });
        if (refused !== null) return gateRefusal(refused, gate);
      }
    }
  }
  return null;
}

function slashes(path: string): string {
  return path.replaceAll('\\', '/');
}

/** @returns The project in which a path lies; null where that is another one, which nobody wants checked. */
function placeOfPath(path: string, place: ProposalOptions): ProposalOptions | null {
  const project = placeAt(dirname(path), place);
  if (project.location.root === place.location.root) return place;
  if (project.location.repository === null) return null;
  return isAdopted(project.location) ? project : null;
}

async function gateOf({ location, context }: ProposalOptions): Promise<Gate> {
  const project = await openAssistantScope({ kind: 'edits', buffers: new Map() }, location, context);
  if (project.kind === 'fault') throw new HookFault(`${project.fault.message}. ${project.fault.next}`);
  try {
    const { policy, policyOptions, policyFiles: files, scope, mayDecide } = project;
    const workTree = await readPolicy(filesOf(scope.head), policyOptions);
    return {
      mayDecide,
      policyPaths: [...policyFiles(policy), ...policyFiles(workTree)].filter(
        (path) => !isManifestPlace(path),
      ),
      whitelistFile: workTree.whitelistFile,
      command: await commandAt(files, location.root, context),
    };
  } finally {
    project.close();
  }
}

interface Project {
  readonly root: string;
  readonly gate: Gate;
}

/** @returns A path, or, where it is a pattern, the files that decide and that it fits. */
async function filesMeant(path: string, { root, gate }: Project): Promise<readonly string[]> {
  // All that lies in the root is more than what decides: whoever clears it away is seen.
  if (!/[*?[]/.test(path) || path === '*') return [path];
  const hooks = await Promise.all(
    ['.git/hooks', '.husky'].map(async (folder) =>
      (await namesIn(join(root, folder))).map((name) => `${folder}/${name}`),
    ),
  );
  const fits = patternOf(path);
  return [
    ...gate.policyPaths,
    '.git/config',
    '.git/hooks',
    '.husky',
    '.claude/settings.json',
    ...hooks.flat(),
  ].filter((each) => fits.test(each));
}

/** A pattern of a shell as a regular expression: `*` stands for no slash, and for no dot at the start of a name. */
function patternOf(pattern: string): RegExp {
  const parts = pattern.replaceAll(/\*+|\?|\[[^\][/]*\]|[.+^${}()|\\[\]]/g, (part, at: number) => {
    const isFirst = at === 0 || pattern.charAt(at - 1) === '/';
    if (part.startsWith('*')) return isFirst ? '(?!\\.)[^/]*' : '[^/]*';
    if (part === '?') return '[^/]';
    return part.length > 1 ? '[^/]' : `\\${part}`;
  });
  return new RegExp(`^${parts}$`);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await fs.readdir(folder)).filter((name) => !name.endsWith('.sample'));
  } catch (error) {
    if (isFileError(error)) return [];
    throw error;
  }
}

/** Folders in which hooks and settings of agents stand: who takes one away takes them all. */
const HOOK_FOLDERS =
  /^(?:\.git|\.git\/hooks|\.husky|\.husky\/_|\.github|\.github\/hooks|\.claude|\.codex|\.gemini|\.cursor|\.copilot|\.opencode)$/;

/**
 * @param path Relative to the root.
 * @returns Why nobody but a person does that to what stands at a path; null for any other file. What git tracks and starts this
 *   tool besides, a build or a manifest, is seen when it is committed.
 */
function protectedBy(
  path: string,
  effect: PathUse['effect'],
  { root, gate: { policyPaths, mayDecide } }: Project,
): Refused | null {
  if (policyPaths.includes(path) && effect !== 'mode')
    return mayDecide ? null : { kind: 'decides', text: `writes ${path}, which says what is approved` };
  const text = `changes ${path}, which starts this check`;
  const isGit = path.startsWith('.git/');
  if (effect === 'maybe' && !isGit) return null;
  if (isOwnFile(path)) return { kind: 'removes', text: `changes ${path}, a part of this check` };
  if (isGitSettings(path))
    return effect === 'mode'
      ? null
      : { kind: 'git-settings', text: `changes ${path}, which says where hooks are` };
  if (isAgentSettings(path)) return effect === 'mode' ? null : { kind: 'settings', text: `changes ${path}` };
  // Who copies a folder for a build server brings no hook with it.
  if (HOOK_FOLDERS.test(path))
    return effect === 'write' || (effect === 'fill' && path === '.github')
      ? null
      : { kind: 'settings', text };
  if (!isHook(path) && !/(?:^|\/)\.husky\/[^/]+$/.test(path)) return null;
  const hook = textOnDisk(resolve(root, path));
  return hook !== null && namesTool(hook) ? { kind: 'settings', text } : null;
}
