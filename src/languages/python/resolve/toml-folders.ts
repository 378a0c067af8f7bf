import { parse, TomlError } from 'smol-toml';
import type { UnreadableConfig } from '../../../model/language.ts';
import { foldersIn, type Setting } from './folder-forms.ts';
import type { DeclaredFolder } from './roots.ts';

/** The settings of pyproject.toml that say where importable code lies, each from the documentation of its tool. */
const SETTINGS: readonly Setting[] = [
  // https://python-poetry.org/docs/pyproject/#packages
  ['tool.poetry.packages', 'poetry', 'runner'],
  // https://hatch.pypa.io/latest/config/build/
  ['tool.hatch.build.packages', 'packages', 'runner'],
  ['tool.hatch.build.sources', 'folder-to-package', 'runner'],
  ['tool.hatch.build.force-include', 'folder-to-package', 'runner'],
  ['tool.hatch.build.dev-mode-dirs', 'roots', 'runner'],
  ['tool.hatch.build.targets.*.packages', 'packages', 'runner'],
  ['tool.hatch.build.targets.*.sources', 'folder-to-package', 'runner'],
  ['tool.hatch.build.targets.*.force-include', 'folder-to-package', 'runner'],
  // https://setuptools.pypa.io/en/latest/userguide/pyproject_config.html
  ['tool.setuptools.package-dir', 'package-to-folder', 'runner'],
  ['tool.setuptools.packages.find.where', 'roots', 'runner'],
  // https://backend.pdm-project.org/build_config/
  ['tool.pdm.package-dir', 'roots', 'runner'],
  ['tool.pdm.build.package-dir', 'roots', 'runner'],
  // https://docs.astral.sh/uv/reference/settings/#build-backend
  ['tool.uv.build-backend.module-root', 'roots', 'runner'],
  // https://www.maturin.rs/config
  ['tool.maturin.python-source', 'roots', 'runner'],
  // https://scikit-build-core.readthedocs.io/en/latest/configuration/
  ['tool.scikit-build.wheel.packages', 'packages', 'runner'],
  // https://briefcase.beeware.org/en/stable/reference/configuration.html
  ['tool.briefcase.sources', 'packages', 'runner'],
  ['tool.briefcase.app.*.sources', 'packages', 'runner'],
  // https://docs.pytest.org/en/stable/reference/reference.html#confval-pythonpath
  ['tool.pytest.ini_options.pythonpath', 'roots', 'runner'],
  ['tool.pytest.pythonpath', 'roots', 'runner'],
  // https://mypy.readthedocs.io/en/stable/config_file.html#confval-mypy_path
  ['tool.mypy.mypy_path', 'roots', 'checker'],
  // https://microsoft.github.io/pyright/#/configuration
  ['tool.pyright.extraPaths', 'roots', 'checker'],
  ['tool.pyright.executionEnvironments', 'environments', 'checker'],
  ['tool.basedpyright.extraPaths', 'roots', 'checker'],
  ['tool.basedpyright.executionEnvironments', 'environments', 'checker'],
  // https://docs.astral.sh/ty/reference/configuration/
  ['tool.ty.environment.root', 'roots', 'checker'],
  ['tool.ty.environment.extra-paths', 'roots', 'checker'],
  ['tool.ty.src.root', 'roots', 'checker'],
  // https://pyrefly.org/en/docs/configuration/#search-path
  ['tool.pyrefly.search-path', 'roots', 'checker'],
  ['tool.pyrefly.search_path', 'roots', 'checker'],
  // https://docs.astral.sh/ruff/settings/#src
  ['tool.ruff.src', 'roots', 'checker'],
  ['tool.ruff.lint.isort.known-first-party', 'names', 'checker'],
  ['tool.ruff.isort.known-first-party', 'names', 'checker'],
  // https://pycqa.github.io/isort/docs/configuration/options.html
  ['tool.isort.src_paths', 'roots', 'checker'],
  ['tool.isort.known_first_party', 'names', 'checker'],
  // https://pylint.readthedocs.io/en/stable/user_guide/configuration/all-options.html
  ['tool.pylint.source-roots', 'roots', 'checker'],
  ['tool.pylint.*.source-roots', 'roots', 'checker'],
  ['tool.pylint.*.init-hook', 'program', 'checker'],
  // https://docs.gauge.sh/usage/configuration
  ['tool.tach.source_roots', 'roots', 'checker'],
  // https://import-linter.readthedocs.io/en/stable/configuration/
  ['tool.importlinter.root_package', 'names', 'checker'],
  ['tool.importlinter.root_packages', 'names', 'checker'],
  // https://google.github.io/pytype/#config-files
  ['tool.pytype.pythonpath', 'roots', 'checker'],
  // https://deptry.com/usage/#known-first-party
  ['tool.deptry.known_first_party', 'names', 'checker'],
];

/** https://www.pantsbuild.org/stable/docs/using-pants/key-concepts/source-roots */
const PANTS: readonly Setting[] = [['source.root_patterns', 'patterns', 'runner']];

/** What Pants takes for source roots where its settings name none (the page above). */
const PANTS_DEFAULTS = { source: { root_patterns: ['src', 'src/python', 'src/py'] } };

/** https://docs.pytest.org/en/stable/reference/customize.html#pytest-toml */
const PYTEST: readonly Setting[] = [['pytest.pythonpath', 'roots', 'runner']];

/** @returns The folders that a pyproject.toml declares; none where it can't be read. */
export function pyprojectFolders(text: string): readonly DeclaredFolder[] {
  return tomlFolders(text, SETTINGS);
}

/**
 * @param tool Whose own file it is: it holds what stands in pyproject.toml below `[tool.…]`.
 * @returns The folders that the file declares.
 */
export function toolFolders(text: string, tool: string): readonly DeclaredFolder[] {
  const start = `tool.${tool}.`;
  return tomlFolders(
    text,
    SETTINGS.filter(([path]) => path.startsWith(start)).map(([path, form, reader]) => [
      path.slice(start.length),
      form,
      reader,
    ]),
  );
}

/** @returns The folders that a pants.toml declares, or those that Pants looks for where it declares none. */
export function pantsFolders(text: string): readonly DeclaredFolder[] {
  const folders = tomlFolders(text, PANTS);
  return folders.length > 0 ? folders : foldersIn(PANTS_DEFAULTS, PANTS);
}

/** @returns The folders that a pytest.toml declares. */
export function pytestFolders(text: string): readonly DeclaredFolder[] {
  return tomlFolders(text, PYTEST);
}

/**
 * @returns The folders that a file declares whose name does not tell whose it is: what the settings of pyproject.toml and
 *   those of the files of single tools would be in it.
 */
export function anyTomlFolders(text: string): readonly DeclaredFolder[] {
  return [
    ...pyprojectFolders(text),
    ...pytestFolders(text),
    ...['ruff', 'ty', 'pyrefly'].flatMap((tool) => toolFolders(text, tool)),
  ];
}

/** @returns Where a text stops being TOML; undefined where it is TOML. */
export function tomlProblem(text: string): Omit<UnreadableConfig, 'file'> | undefined {
  const table = read(text);
  if (!(table instanceof TomlError)) return undefined;
  const { line, column, message } = table;
  return { line, column, message: (message.split('\n')[0] ?? '').replace('Invalid TOML document: ', '') };
}

function tomlFolders(text: string, settings: readonly Setting[]): readonly DeclaredFolder[] {
  const table = read(text);
  return table instanceof TomlError ? [] : foldersIn(table, settings);
}

/** A file that is no TOML declares no roots. */
function read(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof TomlError) return error;
    throw error;
  }
}
