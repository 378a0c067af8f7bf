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
  const { root, broken } = await readYaml(text, '1.1');
  // Other tools have files of this name too, often templates: only one that lists dependencies is ours.
  const draft = newManifest(listsDependencies(text, root) ? [...broken, ...separatorsIn(text)] : []);
  for (const list of select(root, 'dependencies')) addDependencies(draft, list);
  for (const channel of textsAt(root, 'channels')) addChannel(draft, channel);
  return normalise(draft);
}

function listsDependencies(text: string, root: Node | undefined): boolean {
  return /^dependencies[ \t]*:/m.test(text) || select(root, 'dependencies').length > 0;
}

/**
 * To PyYAML they end a line, to ruamel.yaml, which is conda's, a comment and no line, and to other readers nothing: what
 * such a file lists depends on who reads it.
 */
function separatorsIn(text: string): ManifestContents['broken'] {
  const offset = text.search(/[\x85\u2028\u2029]/);
  if (offset < 0) return [];
  const code = text.charCodeAt(offset).toString(16).padStart(4, '0').toUpperCase();
  return [{ message: `U+${code} ends a line to some readers of YAML and not to others: delete it`, offset }];
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
