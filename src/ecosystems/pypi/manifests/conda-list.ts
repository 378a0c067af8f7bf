import type { ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { addMatchSpec } from './conda.ts';
import { physicalLines } from './requirements.ts';

/** Reads a list that `conda install --file` takes (https://docs.conda.io/projects/conda/en/stable/commands/install.html). */
export function read(text: string): Promise<ManifestContents> {
  const draft = newManifest();
  for (const { text: line, offset } of physicalLines(text)) {
    if (/^\s*(?:$|#|@EXPLICIT\s*$)/.test(line)) continue;
    addMatchSpec(draft, {
      text: line,
      spanOf: ({ start, end }) => ({ start: offset + start, end: offset + end }),
    });
  }
  return Promise.resolve(normalise(draft));
}
