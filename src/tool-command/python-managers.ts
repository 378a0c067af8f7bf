import { entriesAt, textsAt, select, type Node } from '../documents/document.ts';
import type { Files } from '../model/language.ts';
import { TOOL } from '../model/tool.ts';
import { pathIn, upwards } from '../text/upwards.ts';
import type { PackageManager } from './package-managers.ts';

/** A package manager of Python, which keeps what it installs in a virtual environment. */
export interface PythonManager extends PackageManager {
  /** Its table below `tool` of pyproject.toml. */
  readonly table: string;
}

/**
 * Those that run the commands of a project, first one first. None of their words installs anything: `uv run` does so
 * unless it is told not to, from the lockfile that a branch may have changed.
 */
const projectManagers: readonly PythonManager[] = [
  {
    // https://docs.astral.sh/uv/reference/cli/#uv-run
    table: 'uv',
    lockfiles: ['uv.lock'],
    install: 'uv sync',
    add: 'uv add --dev',
    uninstall: 'uv remove --dev',
    here: 'uv run --no-sync',
    elsewhere: (folder) => `uv run --no-sync --project ${folder}`,
    installElsewhere: (folder) => `uv sync --project ${folder}`,
    outside: `uv tool install ${TOOL}`,
    climbs: true,
  },
  {
    // https://python-poetry.org/docs/cli/#run
    table: 'poetry',
    lockfiles: ['poetry.lock'],
    install: 'poetry install',
    add: 'poetry add --group dev',
    uninstall: 'poetry remove --group dev',
    here: 'poetry run',
    elsewhere: (folder) => `poetry --directory ${folder} run`,
    installElsewhere: (folder) => `poetry --directory ${folder} install`,
    outside: `pipx install ${TOOL}`,
    climbs: true,
  },
  {
    // https://pdm-project.org/latest/reference/cli/#run
    table: 'pdm',
    lockfiles: ['pdm.lock'],
    install: 'pdm install',
    add: 'pdm add --dev',
    uninstall: 'pdm remove --dev',
    here: 'pdm run',
    elsewhere: (folder) => `pdm run --project ${folder}`,
    installElsewhere: (folder) => `pdm install --project ${folder}`,
    outside: `pipx install ${TOOL}`,
    climbs: true,
  },
];

const PYPROJECT = 'pyproject.toml';

/** Where people say what pip is to install for the developers of a project, besides pyproject.toml. */
const requirements = [
  'requirements-dev.txt',
  'requirements/dev.txt',
  'dev-requirements.txt',
  'requirements.txt',
];

/** What shows that a project is one of Python. */
const signs = [PYPROJECT, ...requirements, 'setup.py', 'setup.cfg', 'Pipfile'];

/** May a file bring this tool: is it a manifest, or a lockfile of these package managers? */
export function bringsPython(path: string): boolean {
  const lockfiles = projectManagers.flatMap((manager) => manager.lockfiles);
  return (
    [PYPROJECT, ...lockfiles].includes(path.slice(path.lastIndexOf('/') + 1)) || requirements.includes(path)
  );
}

/** pip puts a command on PATH where its environment is active (https://docs.python.org/3/library/venv.html). */
function pip(requirementsFile: string | null): PythonManager {
  const install = (folder: string) =>
    `pip install ${requirementsFile === null ? TOOL : `-r ${pathIn(folder, requirementsFile)}`}`;
  return {
    table: 'pip',
    lockfiles: [],
    install: install(''),
    add: null,
    uninstall: 'pip uninstall',
    ...onPath,
    installElsewhere: install,
    outside: `pipx install ${TOOL}`,
    climbs: true,
  };
}

/** @returns The manifest of a folder that brings this tool, and what installs it from there; null where none does. */
export async function pythonInstallation(
  files: Files,
  folder: string,
): Promise<{ readonly manifest: string; readonly manager: PythonManager } | null> {
  const text = await files.text(pathIn(folder, PYPROJECT));
  const root = /vetted[-_.]+imports/i.test(text ?? '') ? await treeOf(text) : undefined;
  if (root !== undefined && names(root)) {
    const manager = await managerOf(files, folder, root);
    return { manifest: PYPROJECT, manager: hasOwnProgram(root) ? { ...manager, ...onPath } : manager };
  }
  for (const name of requirements) {
    const list = await files.text(pathIn(folder, name));
    if (list !== undefined && line.test(list)) return { manifest: name, manager: pip(name) };
  }
  return null;
}

/** @returns The package manager of a Python project at the root, whether or not it brings this tool; null for any other. */
export async function pythonManager(files: Files): Promise<PythonManager | null> {
  const present = await files.existing(['package.json', ...signs]);
  if (present.has('package.json') || present.size === 0) return null;
  return managerOf(files, '', await treeOf(await files.text(PYPROJECT)));
}

/** The nearest lockfile tells, its own or above; else the table of the manifest. */
async function managerOf(
  files: Pick<Files, 'existing'>,
  folder: string,
  root: Node | undefined,
): Promise<PythonManager> {
  const folders = upwards(folder);
  const names = projectManagers.flatMap(({ lockfiles }) => lockfiles);
  const present = await files.existing(
    folders.flatMap((parent) => names.map((name) => pathIn(parent, name))),
  );
  for (const parent of folders) {
    const match = projectManagers.find(({ lockfiles }) =>
      lockfiles.some((name) => present.has(pathIn(parent, name))),
    );
    if (match) return match;
  }
  return projectManagers.find(({ table }) => select(root, 'tool', table).length > 0) ?? pip(null);
}

async function treeOf(text: string | undefined): Promise<Node | undefined> {
  if (text === undefined) return undefined;
  const { readDataFile } = await import('../documents/data-file.ts');
  return (await readDataFile('toml', text.replace(/^\uFEFF/, ''))).root;
}

/** The tables of pyproject.toml that say what is installed, as lists and as keys. */
const lists: readonly (readonly string[])[] = [
  ['project', 'dependencies'],
  ['project', 'optional-dependencies', '*'],
  ['dependency-groups', '*'],
  ['tool', 'uv', 'dev-dependencies'],
  ['tool', 'pdm', 'dev-dependencies', '*'],
];
const tables: readonly (readonly string[])[] = [
  ['tool', 'poetry', 'dependencies'],
  ['tool', 'poetry', 'dev-dependencies'],
  ['tool', 'poetry', 'group', '*', 'dependencies'],
];

/**
 * What a package manager runs in the place of a command or around it, by the tables of pyproject.toml: a script of the
 * tool's name, and what PDM starts before and after each, with which variables
 * (https://python-poetry.org/docs/cli/#run, https://pdm-project.org/latest/usage/scripts/, 2026-11). A branch may have
 * brought it.
 */
const scripts: readonly (readonly string[])[] = [
  ['project', 'scripts'],
  ['tool', 'poetry', 'scripts'],
  ['tool', 'pdm', 'scripts'],
];
const ownPrograms: readonly string[] = [TOOL, 'pre_run', 'post_run', '_'];

function hasOwnProgram(root: Node): boolean {
  return scripts.some((path) => entriesAt(root, ...path).some(({ key }) => ownPrograms.includes(key.value)));
}

/** No package manager runs the command. */
const onPath: Pick<PackageManager, 'here' | 'elsewhere'> = { here: '', elsewhere: () => '' };

function names(root: Node): boolean {
  return (
    lists.some((path) => textsAt(root, ...path).some(({ value }) => requirement.test(value))) ||
    tables.some((path) => entriesAt(root, ...path).some(({ key }) => requirement.test(key.value)))
  );
}

/** The name as pip compares it (https://packaging.python.org/en/latest/specifications/name-normalization/). */
const name = '[ \\t]*vetted[-_.]+imports[ \\t]*(?=$|[\\r[(<>=!~;@,#])';
const requirement = new RegExp(`^${name}`, 'i');
const line = new RegExp(`^${name}`, 'im');
