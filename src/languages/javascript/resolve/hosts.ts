import { ambientHosts, matchesPattern, type AmbientHost, type HostEvidence } from '../ambient.ts';
import type { Folders } from './folders.ts';
import type { Ask } from './lead.ts';

/** Where a project shows that a host is present: a file, and the entry of it. */
export interface Sighting {
  readonly file: string;
  readonly entry: string;
}

/** @returns The host of a module that only this host can provide, because no package can bear its name. */
export function hostBySpelling(specifier: string): AmbientHost | undefined {
  return hostsOf(specifier).find(({ evidence }) => evidence.kind === 'spelling');
}

/**
 * Looks for the host that provides a module to a file.
 *
 * @returns The host whose modules include the specifier, with where the project shows that it is present;
 *   undefined where there is no such host, or no evidence of it.
 */
export async function hostInEvidence(
  ask: Ask,
  folders: Folders,
): Promise<{ readonly host: AmbientHost; readonly sighting: Sighting } | undefined> {
  for (const host of hostsOf(ask.specifier)) {
    if (host.evidence.kind === 'spelling') continue;
    const sighting = await findEvidence(ask.file, host.evidence, folders);
    if (sighting) return { host, sighting };
  }
  return undefined;
}

function hostsOf(specifier: string): readonly AmbientHost[] {
  return ambientHosts.filter(({ modules }) => modules.some((pattern) => matchesPattern(pattern, specifier)));
}

/** @returns The first evidence above a file, nearest first; undefined where there is none. */
async function findEvidence(
  file: string,
  evidence: HostEvidence & { readonly kind: 'project' },
  folders: Folders,
): Promise<Sighting | undefined> {
  for (const { file: manifest, dependencies, engines } of await folders.packages(file)) {
    const entry =
      evidence.dependencies.find((name) => dependencies.has(name)) ??
      evidence.engines.find((name) => engines.has(name));
    if (entry !== undefined) return { file: manifest, entry };
  }
  const [evidenceFile] = await folders.above(file, evidence.files);
  return evidenceFile === undefined ? undefined : { file: evidenceFile, entry: evidenceFile };
}
