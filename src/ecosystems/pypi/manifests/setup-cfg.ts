import { pypi } from '../names.ts';
import type { ManifestContents } from '../../../model/manifest.ts';
import type { ManifestBuilder } from '../../shared/manifest-builder.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { addIncludes } from './file-lists.ts';
import type { RequirementContext } from './python-dependencies.ts';
import { addIndexNode, addSetuptoolsLine } from './python-dependencies.ts';
import type { IniOption } from '../../../documents/configparser.ts';
import { interpolatedOptionsOf, readConfigParser } from '../../../documents/configparser.ts';
import type { TextNode } from '../../../documents/document.ts';
import { partsOf, wordsOf } from '../../../documents/document.ts';

/**
 * Reads setuptools' declarative file (https://setuptools.pypa.io/en/latest/userguide/declarative_config.html), and what pbr
 * makes setuptools' arguments of (`CFG_TO_PY_SETUP_ARGS` in https://opendev.org/openstack/pbr/src/branch/master/pbr/setupcfg.py,
 * read on 2026-11-30).
 */
export function read(text: string): Promise<ManifestContents> {
  const file = readConfigParser(text);
  const options = SECTIONS.flatMap((section) => interpolatedOptionsOf(file, section));
  const draft = newManifest(file.broken);
  const name = options.find(({ section, key }) => section === 'metadata' && key === 'name')?.lines[0]?.value;
  const ownName = name === undefined ? undefined : pypi.canonical(name);
  draft.defines = ownName ?? null;
  for (const option of options) {
    const what = sourceOf(option);
    if (what !== undefined) {
      for (const line of option.lines.flatMap(wordsOf)) addIndexNode(draft, { what }, line);
    }
    if (!declares(option)) continue;
    const optional = EXTRAS.has(option.section);
    const lines = option.section === 'extras' ? option.lines.flatMap(withoutMarker) : option.lines;
    addLines(draft, { ...option, lines }, { optional, ownName, sources: new Map() });
  }
  return Promise.resolve(normalise(draft));
}

/** What an extra and the package share, such as an option of `DEFAULT`, is no extra: what is read last counts. */
const SECTIONS = [
  'metadata',
  'extras',
  'backwards_compat',
  'options.extras_require',
  'options',
  'easy_install',
];

/** Sections in which each key is an extra; the second one is that of pbr. */
const EXTRAS = new Set(['options.extras_require', 'extras']);

/** The keys of lists in other sections; the last two sections are those of pbr. */
const KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  ['options', ['install_requires', 'setup_requires', 'tests_require']],
  ['metadata', ['requires_dist', 'setup_requires_dist']],
  ['backwards_compat', ['tests_require']],
]);

/** setuptools and pbr take keys with hyphens for those with underscores. */
function declares({ section, key }: IniOption): boolean {
  return EXTRAS.has(section) || KEYS.get(section)?.includes(key.replaceAll('-', '_')) === true;
}

/** pbr has a colon before a marker where others have a semicolon. */
function withoutMarker(line: TextNode): readonly TextNode[] {
  return partsOf(line, /^(?:[^:]|:(?=\/\/))+/g);
}

/**
 * Where setuptools looks for what `setup_requires` lists (`installer.py`, which asks pip with these options).
 */
function sourceOf({ section, key }: IniOption): string | undefined {
  const name = key.replaceAll('-', '_');
  const isList = section === 'options' || section === 'backwards_compat';
  if (isList && name === 'dependency_links') return 'a place of archives';
  if (section !== 'easy_install') return undefined;
  if (name === 'find_links') return 'a place of archives';
  return name === 'index_url' ? 'an index' : undefined;
}

/**
 * Requirements stand in lines; `file:` names files of them. A value in the line of its key is split at semicolons, which
 * leaves the pieces of a marker as requirements: those have quotes, and no package is called so.
 */
function addLines(
  draft: ManifestBuilder,
  { lines, isBelow }: Pick<IniOption, 'lines' | 'isBelow'>,
  context: RequirementContext,
): void {
  const [first] = lines;
  if (first?.value.startsWith(FILE) === true) {
    addIncludes(draft, first, FILE.length);
    for (const line of lines.slice(1)) addIncludes(draft, line);
    return;
  }
  const isSplit = lines.length === 1 && first !== undefined && !isBelow;
  const requirements = isSplit
    ? partsOf(first, /[^;]+/g).filter(({ value }) => !/["']/.test(value))
    : lines.flatMap((line) => partsOf(line, lineOfPython));
  for (const line of requirements) addSetuptoolsLine(draft, line, context);
}

/** What stands between the line ends of Python (https://docs.python.org/3/library/stdtypes.html#str.splitlines). */
// eslint-disable-next-line no-control-regex -- they end lines
const lineOfPython = /[^\n-\r\x1c-\x1e\x85\u2028\u2029]+/g;

const FILE = 'file:';
