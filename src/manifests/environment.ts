import { pypi } from '../ecosystems/pypi.ts';
import type { ManifestFormat } from '../model/manifest.ts';
import { addChannel, addMatchSpec } from './conda.ts';
import type { Draft } from './draft.ts';
import { emptyDraft, inOrder } from './draft.ts';
import { manifestName } from './path.ts';
import { addRequirementLine } from './requirement-lines.ts';
import type { Node } from './syntax/tree.ts';
import { partSpan, select, textsAt } from './syntax/tree.ts';
import { readYaml } from './syntax/yaml.ts';

/** conda environments (https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html). */
export const environmentYml: ManifestFormat = {
  id: 'environment.yml',
  ecosystem: pypi.id,
  usualNames: ['environment.yml', 'environment.yaml', 'conda.yml', 'conda.yaml'],
  claims(path) {
    const name = manifestName(path) ?? '';
    return (
      /^(?:environment|conda)\.ya?ml$|^environment[-_.][^/]*\.ya?ml$/.test(name) && !name.includes('lock')
    );
  },
  async read(_path, text) {
    const { root, broken } = await readYaml(text);
    // Other tools have files of this name too, often templates: only one that lists dependencies is ours.
    const draft = emptyDraft(/^dependencies[ \t]*:/m.test(text) ? broken : []);
    for (const list of select(root, 'dependencies')) addDependencies(draft, list);
    for (const channel of textsAt(root, 'channels')) addChannel(draft, channel);
    return inOrder(draft);
  },
};

function addDependencies(draft: Draft, list: Node): void {
  for (const item of select(list, '[]')) {
    if (item.kind === 'text') addMatchSpec(draft, item);
    for (const line of textsAt(item, 'pip')) {
      const text = line.value.replace(/(?<!\S)#.*$/s, '');
      addRequirementLine(draft, { text, spanOf: (part) => partSpan(line, part) });
    }
  }
}
