import { pypi } from '../ecosystems/pypi.ts';
import type { ManifestFormat } from '../model/manifest.ts';
import { emptyDraft, inOrder } from './draft.ts';
import { manifestName } from './path.ts';
import { addSetuptoolsLine } from './python-dependencies.ts';
import { readPythonLiterals, textsIn } from './syntax/python-literals.ts';
import { linesOf } from './syntax/tree.ts';

/**
 * The literals of a setup.py (https://setuptools.pypa.io/en/latest/references/keywords.html). Whatever the
 * script computes is unknown and declares nothing.
 */
export const setupPy: ManifestFormat = {
  id: 'setup.py',
  ecosystem: pypi.id,
  usualNames: ['setup.py'],
  claims: (path) => manifestName(path) === 'setup.py',
  read(_path, text) {
    const { found, broken } = readPythonLiterals(text, new Set([...KEYWORDS, OWN_NAME]));
    const draft = emptyDraft();
    const [own] = textsIn(found.get(OWN_NAME) ?? []);
    const ownName = own === undefined ? undefined : pypi.canonical(own.value);
    for (const keyword of KEYWORDS) {
      const context = { optional: keyword === 'extras_require', ownName, sources: new Map() };
      for (const line of textsIn(found.get(keyword) ?? []).flatMap(linesOf))
        addSetuptoolsLine(draft, line, context);
    }
    // A string that is no requirement is one that the script goes on working with.
    return Promise.resolve(inOrder({ ...draft, broken: [...broken] }));
  },
};

const KEYWORDS = ['install_requires', 'extras_require', 'setup_requires', 'tests_require'];
const OWN_NAME = 'setup.name';
