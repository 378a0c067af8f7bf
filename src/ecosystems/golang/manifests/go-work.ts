import type { ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { readModFile } from '../mod-file.ts';
import { replacementLine } from './replacement-line.ts';

/**
 * Reads go.work: https://go.dev/ref/mod#go-work-file. Its members are linked to each other, whatever versions they ask for; what it
 * replaces is replaced for all of them.
 */
export function read(text: string): Promise<ManifestContents> {
  const file = readModFile(text, 'go.work');
  const draft = newManifest(file.flaws);
  for (const { text: folder } of file.uses) draft.members.push(folder);
  for (const replacement of file.replacements) draft.dependencies.push(replacementLine(replacement));
  return Promise.resolve(normalise(draft));
}
