import type { Declarations } from '../declarations/declarations.ts';
import type { Language } from '../model/language.ts';
import type { ReferenceWithStatus } from '../model/status.ts';
import { unreadConfiguration, type ComparedResolvers } from './unreadable-config.ts';

/** The manifests of a state that counts as decided before, with what messages call it. */
type TrustedManifests = readonly [label: string, declarations: Declarations];

/** @returns What could not be read and might have settled one of the references that something is said about. */
export async function unreadFiles(
  open: readonly ReferenceWithStatus[],
  sources: {
    readonly trusted: readonly TrustedManifests[];
    readonly states: ComparedResolvers;
    readonly languages: readonly Language[];
  },
): ReturnType<typeof unreadConfiguration> {
  const configuration = await unreadConfiguration(open, sources.states, sources.languages);
  const manifests = await unreadManifests(open, sources.trusted);
  return { ...configuration, notes: [...configuration.notes, ...manifests] };
}

/** A manifest before the change that nobody could read may declare what something is said about. */
async function unreadManifests(
  open: readonly ReferenceWithStatus[],
  trusted: readonly TrustedManifests[],
): Promise<readonly string[]> {
  const undeclared = open.flatMap(({ judged: subject }) =>
    subject?.status.kind === 'unapproved' ? [subject] : [],
  );
  const ecosystems = new Set(undeclared.map(({ package: { ecosystem } }) => ecosystem));
  const notes = new Set<string>();
  for (const [label, declarations] of ecosystems.size === 0 ? [] : trusted)
    for (const { path, format } of await declarations.unread())
      if (ecosystems.has(format.ecosystem))
        notes.add(
          `${path}: the manifest in ${label} could not be read, so all that it declares counts as new`,
        );
  return [...notes];
}
