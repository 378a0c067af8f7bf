import nodePath from 'node:path';
import { isPlain, type ToolStart } from '../../agents/settings/tool-start.ts';
import { isWithin } from '../../git/git.ts';
import { isExecutable } from '../../hook-managers/hook-environment.ts';
import { TOOL } from '../../model/tool.ts';
import { PACKAGE, PROGRAM } from '../../starts/script.ts';
import { pathIn } from '../../text/upwards.ts';
import { packageManagerOf } from '../../tool-command/package-managers.ts';
import type { InitContext } from './context.ts';

/** How hooks of assistants start this tool, with what is to be said of it; or why they can't, and what a person can do. */
export type FoundStart =
  | { readonly kind: 'start'; readonly start: ToolStart; readonly said: string }
  | { readonly kind: 'refused'; readonly message: string; readonly next: string };

/**
 * Hooks of assistants are files that everybody has: they start what the project's own manifest brings, by its path. No
 * package manager runs for that, which could fetch something. Where no manifest brings the tool, they start what is on PATH,
 * outside of the repository.
 *
 * @param path The variable PATH.
 */
export async function agentStart(place: InitContext, path: string): Promise<FoundStart> {
  const { hooks } = place;
  const { folder, plugAndPlay, environments, named, outside } = hooks.calls;
  const program = pathIn(folder, `${PACKAGE}/${PROGRAM}`);
  const isOfNpm = hooks.manifest?.endsWith('package.json') ?? false;
  if ((await hooks.exists(program)) || (isOfNpm && !plugAndPlay)) {
    if (!isPlain(program))
      return {
        kind: 'refused',
        message: `the name of the folder ${folder} has characters that shells replace`,
        next: 'Rename it, or install the tool at the root.',
      };
    const advice = named ? '' : ` No manifest names ${TOOL}: add it, so that every clone has it.`;
    const said = `The hooks start ${program} with the node on PATH.${advice}`;
    return { kind: 'start', start: { kind: 'package', folder }, said };
  }
  if (isOfNpm) {
    const said = 'The hooks start the package in Yarn’s archives with the node on PATH, by .pnp.cjs.';
    return { kind: 'start', start: { kind: 'archives' }, said };
  }
  const [environment] = environments.filter((candidate) => !candidate.startsWith('/'));
  if (named && environment !== undefined && isPlain(environment)) {
    const ofEnvironment = `${environment}/bin/${TOOL}`;
    const isElsewhere = hooks.ownEnvironment !== null && !isWithin(hooks.root, hooks.ownEnvironment);
    if (!isElsewhere || (await hooks.exists(ofEnvironment)))
      return {
        kind: 'start',
        start: { kind: 'program', program: ofEnvironment },
        said: `The hooks start ${ofEnvironment}.`,
      };
  }
  if (named || (await isOnPath(path, hooks.root))) {
    const who = named
      ? `start the assistant where the environment with ${TOOL} is active`
      : `no manifest brings it, so everybody who has an assistant work here needs it: ${outside}`;
    return { kind: 'start', start: { kind: 'path' }, said: `The hooks start the ${TOOL} on PATH: ${who}.` };
  }
  return {
    kind: 'refused',
    message: `no manifest of this project names ${TOOL}, and there is none on PATH, so hooks would have nothing to start`,
    next: `Add it first: ${await adding(place)}`,
  };
}

/** What has a manifest bring the tool, in the words of the project's package manager. */
async function adding({ hooks, files }: InitContext): Promise<string> {
  if (hooks.calls.add !== null) return hooks.calls.add;
  if (!(await hooks.exists('package.json'))) return hooks.calls.outside;
  const { add } = await packageManagerOf(files, '');
  return add === null ? hooks.calls.outside : `${add} ${TOOL}`;
}

/** Does PATH lead to the tool, in a folder outside of the repository? */
async function isOnPath(path: string, root: string): Promise<boolean> {
  const folders = path.split(nodePath.delimiter).filter((folder) => nodePath.isAbsolute(folder));
  const files = folders
    .filter((folder) => !isWithin(root, folder))
    .map((folder) => nodePath.join(folder, TOOL));
  for (const file of files) if (await isExecutable(file)) return true;
  return false;
}
