import { normalize } from 'node:path/posix';
import type { UnreadableConfig } from '../../../model/language.ts';
import { LineIndex } from '../../../text/lines.ts';
import { LONGEST_DATA } from '../../../text/longest.ts';
import { readIni } from '../../../documents/ini-values.ts';
import type { FileLookup } from './lookup.ts';
import { ancestors, join, unique } from './roots.ts';
import type { DeclaredFolder, Root } from './roots.ts';
import { setupScript } from './setup-script.ts';

type Reader = (text: string) => Promise<readonly DeclaredFolder[]>;

/** The files in which Python projects say where their code lies. */
const READERS = new Map<string, Reader>([
  // The TOML reader is loaded only where there is a file to read.
  ['pyproject.toml', async (text) => (await import('./pyproject.ts')).pyprojectFolders(text)],
  ['setup.cfg', (text) => Promise.resolve(iniFolders(text))],
  ['setup.py', (text) => Promise.resolve(setupScript(text))],
  ['pytest.ini', (text) => Promise.resolve(iniFolders(text))],
  ['tox.ini', (text) => Promise.resolve(iniFolders(text))],
  ['mypy.ini', (text) => Promise.resolve(iniFolders(text))],
]);

/** Every module is looked for in every root: more than any project declares are not. */
const MOST_ROOTS = 500;

/** Files that make their folder a Python project. */
export const PROJECT_FILES = ['pyproject.toml', 'setup.cfg', 'setup.py'] as const;

/**
 * The roots that configuration declares: that of the nearest folder above the file with a project file,
 * and that of the top level.
 *
 * @param folder The importing file's folder.
 */
export async function declaredRoots(folder: string, lookup: FileLookup): Promise<readonly Root[]> {
  const roots = (await configFiles(folder, lookup)).map((config) => rootsOf(config, lookup));
  return unique((await Promise.all(roots)).flat());
}

/**
 * @param folder The importing file's folder.
 * @returns The configuration from which the roots could not be read. The INI dialect has no mistakes to make.
 */
export async function unreadConfig(folder: string, lookup: FileLookup): Promise<readonly UnreadableConfig[]> {
  const all = (await configFiles(folder, lookup)).map(async (config) => {
    if (config.name !== 'pyproject.toml') return [];
    const file = join(config.folder, config.name);
    const { pyprojectProblem } = await import('./pyproject.ts');
    const problem = pyprojectProblem((await lookup.text(file)) ?? '');
    return problem ? [{ file, ...problem }] : [];
  });
  return (await Promise.all(all)).flat();
}

async function configFiles(folder: string, lookup: FileLookup): Promise<readonly ConfigFile[]> {
  const ancestorFolders = ancestors(folder);
  const present = await lookup.having(
    ancestorFolders.flatMap((candidate) => [...READERS.keys()].map((name) => join(candidate, name))),
  );
  const nearest = ancestorFolders.find((candidate) =>
    PROJECT_FILES.some((name) => present.has(join(candidate, name))),
  );
  const folders = [...new Set([nearest ?? '', ''])];
  return folders.flatMap((candidate) =>
    [...READERS]
      .filter(([name]) => present.has(join(candidate, name)))
      .map(([name, reader]) => ({ folder: candidate, name, reader })),
  );
}

interface ConfigFile {
  readonly folder: string;
  readonly name: string;
  readonly reader: Reader;
}

async function rootsOf(config: ConfigFile, lookup: FileLookup): Promise<readonly Root[]> {
  const file = join(config.folder, config.name);
  const text = (await lookup.text(file)) ?? '';
  if (text.length > LONGEST_DATA) return [];
  const declared = (await config.reader(text)).slice(0, MOST_ROOTS);
  const lines = new Map(
    [...new Set(declared.map(({ key }) => key))].map((key) => [key, lineWith(key, text)]),
  );
  return declared.flatMap(({ folder, prefix, key }) => {
    const inside = within(config.folder, folder);
    if (inside === undefined) return [];
    return [{ folder: inside, prefix, why: `${key} of ${file}`, file, line: lines.get(key) ?? null }];
  });
}

/** @returns The 1-based number of the first line that holds a word, null where none does. */
function lineWith(word: string, text: string): number | null {
  const at = text.indexOf(word);
  return at < 0 ? null : new LineIndex(text).locate(at).line;
}

/** @returns The path of a folder as written in a configuration file, or undefined outside the repository. */
function within(base: string, folder: string): string | undefined {
  const path = normalize(join(base, folder === '' ? '.' : folder)).replace(/\/$/, '');
  if (folder.startsWith('/') || path === '..' || path.startsWith('../')) return undefined;
  return path === '.' ? '' : path;
}

/**
 * setup.cfg of setuptools (https://setuptools.pypa.io/en/latest/userguide/declarative_config.html), and
 * the settings of pytest and mypy that stand in the same format.
 */
function iniFolders(text: string): readonly DeclaredFolder[] {
  const ini = readIni(text);
  const list = (section: string, key: string): readonly DeclaredFolder[] =>
    (ini.get(section)?.get(key) ?? '')
      .split(/[\s,:]+/)
      .filter((folder) => folder !== '')
      .map((folder) => ({ folder: folder.replace('$MYPY_CONFIG_FILE_DIR', '.'), prefix: '', key }));
  const packageDir = (ini.get('options')?.get('package_dir') ?? '').split('\n').flatMap((line) => {
    const [prefix = '', folder] = line.split('=').map((part) => part.trim());
    return folder === undefined ? [] : [{ folder, prefix, key: 'package_dir' }];
  });
  return [
    ...packageDir,
    ...list('options.packages.find', 'where'),
    ...list('tool:pytest', 'pythonpath'),
    ...list('pytest', 'pythonpath'),
    ...list('mypy', 'mypy_path'),
  ];
}
