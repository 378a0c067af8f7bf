import { entriesAt, textsAt } from '../../../documents/document.ts';
import { readYaml } from '../../../documents/yaml.ts';

/**
 * The collections that a galaxy.yml describes and depends on, and those of a list that `ansible-galaxy` installs
 * (https://docs.ansible.com/ansible/latest/dev_guide/collections_galaxy_meta.html,
 * https://docs.ansible.com/ansible/latest/collections_guide/collections_installing.html).
 *
 * @returns Their modules: `ansible_collections.community.general`.
 */
export async function collectionsIn(text: string): Promise<readonly string[]> {
  const { root } = await readYaml(text, { version: '1.1' });
  const [namespace] = textsAt(root, 'namespace');
  const [name] = textsAt(root, 'name');
  const names = [
    ...(namespace && name ? [`${namespace.value}.${name.value}`] : []),
    ...entriesAt(root, 'dependencies').map(({ key }) => key.value),
    ...textsAt(root, 'collections').map(({ value }) => value),
    ...textsAt(root, 'collections', '[]', 'name').map(({ value }) => value),
  ];
  return names
    .filter((collection) => /^\w+\.\w+$/.test(collection))
    .map((collection) => `ansible_collections.${collection}`);
}
