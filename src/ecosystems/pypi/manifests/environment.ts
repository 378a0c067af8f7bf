import type { ManifestContents } from '../../../model/manifest.ts';
import { addChannel, addMatchSpec } from './conda.ts';
import type { ManifestBuilder } from '../../shared/manifest-builder.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { addRequirementLine } from './requirement-lines.ts';
import type { Node } from '../../../documents/document.ts';
import { partSpan, select, textsAt } from '../../../documents/document.ts';
import { readYaml } from '../../../documents/yaml.ts';

/** Reads a conda environment (https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html). */
export async function read(text: string): Promise<ManifestContents> {
  const { root, broken } = await readYaml(text, { version: '1.1' });
  // Other tools have files of this name too, often templates: only one that lists dependencies is ours.
  const draft = newManifest(listsDependencies(text, root) ? broken : []);
  for (const list of select(root, 'dependencies')) addDependencies(draft, list);
  for (const channel of textsAt(root, 'channels')) addChannel(draft, channel);
  return normalise(draft);
}

function listsDependencies(text: string, root: Node | undefined): boolean {
  return /^dependencies[ \t]*:/m.test(text) || select(root, 'dependencies').length > 0;
}

function addDependencies(draft: ManifestBuilder, list: Node): void {
  for (const item of select(list, '[]')) {
    if (item.kind === 'text') addMatchSpec(draft, item);
    for (const line of textsAt(item, 'pip')) {
      const text = line.value.replace(/(?<!\S)#.*$/s, '');
      addRequirementLine(draft, { text, spanOf: (part) => partSpan(line, part) });
    }
  }
}
