import { pypi } from '../names.ts';
import type { ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { addIndexNode, addSetuptoolsLine } from './python-dependencies.ts';
import { readPythonLiterals, textsIn } from './python-literals.ts';
import { linesOf } from '../../../documents/document.ts';

/**
 * Reads the literals of a setup.py (https://setuptools.pypa.io/en/latest/references/keywords.html). Whatever the
 * script computes is unknown and declares nothing.
 */
export function read(text: string): Promise<ManifestContents> {
  const { found: literals, broken } = readPythonLiterals(text, new Set([...KEYWORDS, LINKS, OWN_NAME]));
  const draft = newManifest();
  const [nameNode] = textsIn(literals.get(OWN_NAME) ?? []);
  const ownName = nameNode === undefined ? undefined : pypi.canonical(nameNode.value);
  draft.defines = ownName ?? null;
  for (const keyword of KEYWORDS) {
    const context = { optional: keyword === 'extras_require', ownName, sources: new Map() };
    for (const line of textsIn(literals.get(keyword) ?? []).flatMap(linesOf))
      addSetuptoolsLine(draft, line, context);
  }
  for (const link of textsIn(literals.get(LINKS) ?? []))
    addIndexNode(draft, { what: 'a place of archives' }, link);
  // A string that is no requirement is one that the script goes on working with.
  return Promise.resolve(normalise({ ...draft, broken: [...broken] }));
}

const KEYWORDS = ['install_requires', 'extras_require', 'setup_requires', 'tests_require'];
/** Where setuptools looks for what `setup_requires` lists. */
const LINKS = 'dependency_links';
const OWN_NAME = 'setup.name';
