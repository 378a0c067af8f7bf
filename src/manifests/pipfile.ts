import { pypi } from '../ecosystems/pypi.ts';
import type { ManifestFormat } from '../model/manifest.ts';
import { emptyDraft, inOrder } from './draft.ts';
import { manifestName } from './path.ts';
import { addIndexNode } from './python-dependencies.ts';
import { addPythonTable, indexUrls } from './python-tables.ts';
import { readToml } from './syntax/toml.ts';
import { entriesAt, textsAt } from './syntax/tree.ts';

/** Pipenv's Pipfile (https://pipenv.pypa.io/en/latest/pipfile.html). Every table but these is a group of packages. */
export const pipfile: ManifestFormat = {
  id: 'Pipfile',
  ecosystem: pypi.id,
  usualNames: ['Pipfile'],
  claims: (path) => manifestName(path) === 'Pipfile',
  async read(_path, text) {
    const { root, broken } = await readToml(text);
    const draft = emptyDraft(broken);
    const urls = indexUrls(root, 'source');
    for (const { key, value } of entriesAt(root)) {
      if (!SETTINGS.has(key.value)) addPythonTable(draft, value, urls);
    }
    for (const url of textsAt(root, 'source', '[]', 'url')) addIndexNode(draft, 'an index', url);
    return inOrder(draft);
  },
};

const SETTINGS = new Set(['source', 'requires', 'scripts', 'pipenv', 'pipfile', 'build-system']);
