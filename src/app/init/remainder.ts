import nodePath from 'node:path';
import { filesOf } from '../../snapshots/files.ts';
import { openScope } from '../../snapshots/scope.ts';
import { findInstallation, type ToolInstallation } from '../../tool-command/installation.ts';
import { pathInside } from '../../git/path-inside.ts';
import { readIfThere } from '../read-if-there.ts';
import { isManifestPlace } from '../../config/find.ts';
import type { Files } from '../../model/language.ts';
import { ATTRIBUTES } from './attributes-change.ts';
import { mergeLine, withoutLine } from './attributes.ts';
import type { AgentName } from '../../agents/settings/agent.ts';
import type { InitContext } from './context.ts';
import { agentsWithHooks } from './plan-agents.ts';
import { hosts } from './workflow.ts';
import { pathIn } from '../../text/upwards.ts';
import { namedPlaces, type NamedPlaces } from './named-places.ts';

/** What a project has of this tool when its hook was taken away. */
export interface Remainder {
  /** The whitelist, and the file with the line that merges it, as far as they are there. */
  readonly policyFiles: readonly string[];
  /** The file with the config; null where there is none. */
  readonly config: { readonly file: string; readonly isManifest: boolean } | null;
  /** The files with the jobs of CI that `init` writes, by their host. */
  readonly ciFiles: readonly { readonly host: keyof typeof hosts; readonly file: string }[];
  /** The settings of assistants with hooks that start this tool. */
  readonly agentFiles: readonly { readonly name: AgentName; readonly file: string }[];
  /** The manifest that names this tool; null where none does. */
  readonly installation: ToolInstallation | null;
  /** What names the tool besides all that. */
  readonly named: NamedPlaces;
  /** Of the paths that were asked about, those that are not as HEAD has them: there is something to commit. */
  readonly changed: readonly string[];
}

/**
 * @param paths What was taken away, or edited for it, relative to the root. @param cwd The working folder.
 * @returns What is there after a removal; null where the work tree can't be read.
 */
export async function remainderOf(
  place: InitContext,
  paths: readonly string[],
  cwd: string,
): Promise<Remainder | null> {
  const { policy, location } = place;
  const opened = await openScope({ kind: 'worktree' }, location);
  if (opened.kind === 'fault') return null;
  try {
    const { head, bases } = opened.scope;
    const files = filesOf(head);
    const committed = bases.map(filesOf);
    const differs = await Promise.all(
      paths.map(async (path) => {
        const text = await files.text(path);
        const texts = await Promise.all(committed.map((base) => base.text(path)));
        return texts.some((committedText) => committedText !== text);
      }),
    );
    const attributes = await readIfThere(nodePath.join(location.root, ATTRIBUTES));
    const whitelist = await readIfThere(nodePath.join(location.root, policy.whitelistFile));
    const isMerged =
      attributes !== null && withoutLine(attributes, mergeLine(policy.whitelistFile)) !== attributes;
    const configFile = policy.config.source?.file ?? null;
    const ciFiles = await ciFilesIn(files);
    const installation = await findInstallation(files, pathInside(location.root, cwd, '.') ?? '');
    const manifest = installation === null ? null : pathIn(installation.folder, installation.manifest);
    const ciPaths = ciFiles.flatMap(({ host, file }) => [file, hosts[host].including ?? file]);
    return {
      named: await namedPlaces(files, committed, { skipped: ciPaths, manifests: [configFile, manifest] }),
      config: configFile === null ? null : { file: configFile, isManifest: isManifestPlace(configFile) },
      ciFiles,
      agentFiles: await agentsWithHooks(place),
      policyFiles: [...(whitelist === null ? [] : [policy.whitelistFile]), ...(isMerged ? [ATTRIBUTES] : [])],
      installation,
      changed: paths.filter((_, at) => differs[at]),
    };
  } finally {
    opened.close();
  }
}

async function ciFilesIn(files: Pick<Files, 'text'>): Promise<Remainder['ciFiles']> {
  const ids = ['github', 'gitlab'] as const;
  const texts = await Promise.all(ids.map((id) => files.text(hosts[id].file)));
  return ids.filter((_, at) => texts[at] !== undefined).map((host) => ({ host, file: hosts[host].file }));
}
