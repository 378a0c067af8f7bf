import { pypi } from '../names.ts';
import type { ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { filesRead } from './files-read.ts';
import { addIndexNode, addSetuptoolsLine } from './python-dependencies.ts';
import { mayHoldLists } from './list-names.ts';
import { readPythonLiterals } from './python-literals.ts';
import { keysIn, otherWordsIn, textsIn } from './python-strings.ts';
import { linesOf } from '../../../documents/document.ts';

/**
 * Reads the literals of a setup.py (https://setuptools.pypa.io/en/latest/references/keywords.html), and names the files
 * beside it that it imports or reads lists from. Whatever else the script computes is unknown and declares nothing.
 */
export function read(text: string): Promise<ManifestContents> {
  const { found: literals, broken } = readPythonLiterals(text, new Set([...KEYWORDS, LINKS, OWN_NAME]));
  const draft = newManifest();
  const [nameNode] = textsIn(literals.get(OWN_NAME) ?? []);
  const ownName = nameNode === undefined ? undefined : pypi.canonical(nameNode.value);
  draft.defines = ownName ?? null;
  const modules = importedModules(text);
  let isComputed = false;
  for (const keyword of KEYWORDS) {
    for (const word of otherWordsIn(literals.get(keyword) ?? [])) {
      isComputed = true;
      const module = modules.get(word) ?? modules.get(word.split('.', 1)[0] ?? '');
      if (module !== undefined && mayHoldLists(module.slice(module.lastIndexOf('.') + 1)))
        draft.includes.push({ path: `${module.replaceAll('.', '/')}.py`, span: START, isPossible: true });
    }
    const values = literals.get(keyword) ?? [];
    const isExtras = keyword === 'extras_require';
    const context = { optional: isExtras, ownName, sources: new Map() };
    const names = isExtras ? [] : keysIn(values);
    for (const line of [...textsIn(values), ...names].flatMap(linesOf))
      addSetuptoolsLine(draft, line, context);
  }
  if (isComputed) for (const file of filesRead(text, new Set(KEYWORDS))) draft.includes.push(file);
  for (const link of textsIn(literals.get(LINKS) ?? []))
    addIndexNode(draft, { what: 'a place of archives' }, link);
  // A string that is no requirement, such as the path of a list, is one that the script goes on working with.
  const dependencies = draft.dependencies.filter(({ name }) => name !== null);
  return Promise.resolve(normalise({ ...draft, dependencies, broken: [...broken] }));
}

/** A module that is imported is named by a word, wherever that stands. */
const START = { start: 0, end: 0 };

const KEYWORDS = ['install_requires', 'extras_require', 'setup_requires', 'tests_require'];
/** Where setuptools looks for what `setup_requires` lists. */
const LINKS = 'dependency_links';
const OWN_NAME = 'setup.name';

/** @returns The modules that a script imports, by the names that it has for them or for what they hold. */
function importedModules(text: string): ReadonlyMap<string, string> {
  const modules = new Map<string, string>();
  for (const [, module = '', names = ''] of text.matchAll(FROM_IMPORT)) {
    for (const [, name = '', alias = name] of names.matchAll(NAME)) modules.set(alias, module);
  }
  for (const [, names = ''] of text.matchAll(IMPORT)) {
    for (const [, name = '', alias = name] of names.matchAll(NAME)) modules.set(alias, name);
  }
  return modules;
}

const FROM_IMPORT = /^\uFEFF?[ \t]*from[ \t]+(\w+(?:\.\w+)*)[ \t]+import[ \t]+(\([^)]*\)|[^\r\n#;]*)/gm;
const IMPORT = /^\uFEFF?[ \t]*import[ \t]+([^\r\n#;]*)/gm;
/** Names in a list with commas, each with the one that it gets. */
const NAME = /(\w+)(?:[ \t]+as[ \t]+(\w+))?/g;
