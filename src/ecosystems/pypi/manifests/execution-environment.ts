import type { ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { linesOf, textsAt, select } from '../../../documents/document.ts';
import { readYaml } from '../../../documents/yaml.ts';
import { addSetuptoolsLine, PLAIN } from './python-dependencies.ts';

/**
 * Reads the definition of an execution environment of Ansible: `python` of its `dependencies` lists requirements, or names a
 * file of them; `package_pip` is one each (https://docs.ansible.com/projects/builder/en/latest/definition/#dependencies). In the folder `meta` of a
 * collection the path counts from the collection's root
 * (https://docs.ansible.com/projects/builder/en/latest/collection_metadata/).
 */
export async function read(text: string): Promise<ManifestContents> {
  const { root, broken } = await readYaml(text);
  const draft = newManifest(broken);
  const isList = select(root, 'dependencies', 'python').some(({ kind }) => kind === 'list');
  for (const node of textsAt(root, 'dependencies', 'python')) {
    if (isList || /[\r\n]./.test(node.value))
      for (const line of linesOf(node)) addSetuptoolsLine(draft, line, PLAIN);
    else
      for (const path of [node.value.trim(), `../${node.value.trim()}`])
        draft.includes.push({ path, span: node.span, isPossible: true });
  }
  for (const program of ['ansible_core', 'ansible_runner'])
    for (const node of textsAt(root, 'dependencies', program, 'package_pip'))
      addSetuptoolsLine(draft, node, PLAIN);
  return normalise(draft);
}
