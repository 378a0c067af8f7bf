import { normalize } from 'node:path/posix';
import type { UnreadableConfig } from '../../../model/language.ts';
import { LineIndex } from '../../../text/lines.ts';
import { LONGEST_DATA } from '../../../text/longest.ts';
import { moduleStem } from '../module-names.ts';
import type { FileLookup } from './lookup.ts';
import { ancestors, folderOf, join, unique } from './roots.ts';
import type { DeclaredFolder, Root } from './roots.ts';
import { setupScript } from './setup-script.ts';

type Reader = (text: string) => Promise<readonly DeclaredFolder[]>;

/** What reads a format is loaded only where there is a file to read. */
const toml = () => import('./toml-folders.ts');
const ini: Reader = async (text) => (await import('./ini-folders.ts')).iniFolders(text);
const pylint: Reader = async (text) => (await toml()).pyprojectFolders(text);
const ofTool =
  (tool: string): Reader =>
  async (text) =>
    (await toml()).toolFolders(text, tool);
const ofPytest: Reader = async (text) => (await toml()).pytestFolders(text);

/** The files in which Python projects say where their code lies; those of single tools by the pages that `SETTINGS` cite. */
const READERS = new Map<string, Reader>([
  ['pyproject.toml', async (text) => (await toml()).pyprojectFolders(text)],
  ['setup.cfg', ini],
  ['setup.py', (text) => Promise.resolve(setupScript(text))],
  ['pytest.ini', ini],
  ['.pytest.ini', ini],
  ['pytest.toml', ofPytest],
  ['.pytest.toml', ofPytest],
  ['tox.ini', ini],
  ['mypy.ini', ini],
  ['.mypy.ini', ini],
  ['.isort.cfg', ini],
  ['.flake8', ini],
  ['pylintrc', ini],
  ['.pylintrc', ini],
  ['pylintrc.toml', pylint],
  ['.pylintrc.toml', pylint],
  ['ruff.toml', ofTool('ruff')],
  ['.ruff.toml', ofTool('ruff')],
  ['ty.toml', ofTool('ty')],
  ['pyrefly.toml', ofTool('pyrefly')],
  ['hatch.toml', ofTool('hatch')],
  ['tach.toml', ofTool('tach')],
  ['.importlinter', ini],
  ['pytype.cfg', ini],
  ['.pyre_configuration', async (text) => (await import('./json-folders.ts')).pyreFolders(text)],
  ['pants.toml', async (text) => (await toml()).pantsFolders(text)],
  ['galaxy.yml', (text) => Promise.resolve(collectionFolders(text))],
  ['pyrightconfig.json', async (text) => (await import('./json-folders.ts')).pyrightFolders(text)],
]);

/** The names of these files. */
export const settingsFiles: readonly string[] = [...READERS.keys()];

/** A collection of Ansible is imported by its name (https://docs.ansible.com/ansible/latest/dev_guide/collections_galaxy_meta.html). */
function collectionFolders(text: string): readonly DeclaredFolder[] {
  const [namespace, name] = ['namespace', 'name'].map(
    (key) => new RegExp(String.raw`^${key}[ \t]*:[ \t]*["']?([a-z]\w*)`, 'm').exec(text)?.[1],
  );
  if (namespace === undefined || name === undefined) return [];
  const prefix = `ansible_collections.${namespace}.${name}`;
  return [{ folder: '.', prefix, key: 'namespace', reader: 'runner' }];
}

/**
 * @returns How a file of settings is read that stands under a name of its own, told by its ending: its sections and keys
 *   tell whose they are.
 */
export function readerOfSettings(path: string): Reader | undefined {
  if (path.endsWith('.toml')) return async (text) => (await toml()).anyTomlFolders(text);
  if (path.endsWith('.json')) return READERS.get('pyrightconfig.json');
  return /\.(?:ini|cfg)$|rc$/.test(path) ? ini : undefined;
}

/** Every module is looked for in every root: more than any project declares are not. */
const MOST_ROOTS = 500;

/** Files that make their folder a Python project. */
export const PROJECT_FILES = ['pyproject.toml', 'setup.cfg', 'setup.py'] as const;

/** The settings of a project in the state that is judged, and in those whose word counts. */
export interface SettingsStates {
  readonly own: FileLookup;
  readonly trusted: readonly FileLookup[];
}

/**
 * The roots that settings declare in the folders above a file. What only checks programs puts no folder on Python's path:
 * a folder that it names is a root where it was named before the change, since whoever adds an import can add that too.
 *
 * @param folder The importing file's folder.
 */
export async function declaredRoots(folder: string, states: SettingsStates): Promise<readonly Root[]> {
  const configs = await configFiles(folder, states.own);
  return rootsOf(configs, states);
}

async function rootsOf(configs: readonly ConfigFile[], states: SettingsStates): Promise<readonly Root[]> {
  const said = await saidIn(configs, states.own);
  const isSettled = states.trusted.includes(states.own) || said.every(({ reader }) => reader === 'runner');
  if (isSettled) return rootsNamed(said, states.own);
  const trusted = await Promise.all(states.trusted.map((state) => saidIn(configs, state)));
  const settled = new Set(trusted.flat().map(keyOf));
  return rootsNamed(
    said.filter((folder) => folder.reader === 'runner' || settled.has(keyOf(folder))),
    states.own,
  );
}

/**
 * @param state The state whose settings are read.
 * @param head The state whose folders and modules wildcards stand for.
 * @returns The roots that files of settings declare.
 */
export async function rootsSaidIn(
  configs: readonly ConfigFile[],
  state: FileLookup,
  head: FileLookup,
): Promise<readonly Root[]> {
  return rootsNamed(await saidIn(configs, state), head);
}

/**
 * @param folder The importing file's folder.
 * @returns The configuration from which the roots could not be read. The INI dialect has no mistakes to make.
 */
export async function unreadConfig(folder: string, lookup: FileLookup): Promise<readonly UnreadableConfig[]> {
  const all = (await configFiles(folder, lookup)).map(async ({ file }) => {
    if (!file.endsWith('.toml')) return [];
    const text = (await lookup.text(file)) ?? '';
    const problem = (await toml()).tomlProblem(text);
    if (problem === undefined) return [];
    // What a template engine makes TOML of maps nothing yet, and nobody has to mend it.
    const { withoutTagsInToml } = await import('../../../text/template-tags.ts');
    return withoutTagsInToml(text) === text ? [{ file, ...problem }] : [];
  });
  return (await Promise.all(all)).flat();
}

/** A project's own settings hold up to the next project; those of tools hold for everything below them. */
async function configFiles(folder: string, lookup: FileLookup): Promise<readonly ConfigFile[]> {
  const folders = ancestors(folder);
  const present = await lookup.having(
    folders.flatMap((candidate) => [...READERS.keys()].map((name) => join(candidate, name))),
  );
  const isProject = (candidate: string) => PROJECT_FILES.some((name) => present.has(join(candidate, name)));
  const nearest = folders.find(isProject);
  return folders.flatMap((candidate) =>
    [...READERS].flatMap(([name, reader]) => {
      const file = join(candidate, name);
      const isForeign =
        candidate !== nearest && candidate !== '' && PROJECT_FILES.some((project) => project === name);
      return present.has(file) && !isForeign ? [{ base: candidate, file, reader }] : [];
    }),
  );
}

/** A file of settings, how it is read, and the folder that its paths start from. */
export interface ConfigFile {
  readonly base: string;
  readonly file: string;
  readonly reader: Reader;
}

/** What settings say: a folder relative to the repository, which may hold wildcards, and where they say it. */
interface SaidFolder extends Pick<DeclaredFolder, 'reader'> {
  readonly root: Root;
}

function keyOf({ root: { folder, prefix } }: SaidFolder): string {
  return `${folder}\n${prefix}`;
}

async function saidIn(configs: readonly ConfigFile[], lookup: FileLookup): Promise<readonly SaidFolder[]> {
  return (await Promise.all(configs.map((config) => foldersIn(config, lookup)))).flat();
}

async function foldersIn(
  { base, file, reader }: ConfigFile,
  lookup: FileLookup,
): Promise<readonly SaidFolder[]> {
  const text = (await lookup.text(file)) ?? '';
  if (text.length > LONGEST_DATA) return [];
  const declared = (await reader(text)).slice(0, MOST_ROOTS);
  const lines = new Map(
    [...new Set(declared.map(({ key }) => key))].map((key) => [key, lineWith(key, text)]),
  );
  return declared.flatMap(({ folder, prefix, key, reader }) => {
    const inside = within(base, folder);
    if (inside === undefined) return [];
    const why = `${key} of ${file}`;
    return [{ reader, root: { folder: inside, prefix, why, file, line: lines.get(key) ?? null } }];
  });
}

async function rootsNamed(said: readonly SaidFolder[], lookup: FileLookup): Promise<readonly Root[]> {
  const roots = await Promise.all(
    said.map(async ({ root }) => {
      const folders = await foldersNamed(root.folder, lookup);
      return folders.map((folder) => ({ ...root, folder }));
    }),
  );
  return unique(roots.flat());
}

/** @returns The folders, and modules without their ending, that a path with wildcards names. */
async function foldersNamed(path: string, lookup: FileLookup): Promise<readonly string[]> {
  if (!/[*?[\]{}]/.test(path)) return [path];
  const { workspaceMatcher } = await import('../../../text/globs.ts');
  const matches = workspaceMatcher([path]);
  const names = new Set<string>();
  for (const file of await lookup.list()) {
    const folder = folderOf(file);
    const stem = moduleStem(file.slice(folder === '' ? 0 : folder.length + 1));
    if (stem === undefined) continue;
    for (const name of [join(folder, stem), ...ancestors(folder)]) names.add(name);
  }
  return [...names].filter(matches).slice(0, MOST_ROOTS);
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
