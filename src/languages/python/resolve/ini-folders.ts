import { interpolatedOptionsOf, readConfigParser } from '../../../documents/configparser.ts';
import { foldersOf, type Form } from './folder-forms.ts';
import type { DeclaredFolder } from './roots.ts';

/** A setting of a file in the INI format: its section, which `*` leaves open, and its key. */
type IniSetting = readonly [section: string, key: string, form: Form, reader: DeclaredFolder['reader']];

/** Sections tell whose a setting is, so that it does not matter in which of the files it stands. */
const SETTINGS: readonly IniSetting[] = [
  // https://setuptools.pypa.io/en/latest/userguide/declarative_config.html
  ['options.packages.find', 'where', 'roots', 'runner'],
  // https://docs.pytest.org/en/stable/reference/reference.html#confval-pythonpath
  ['tool:pytest', 'pythonpath', 'roots', 'runner'],
  ['pytest', 'pythonpath', 'roots', 'runner'],
  // https://docs.openstack.org/pbr/latest/user/using.html#files
  ['files', 'packages_root', 'roots', 'runner'],
  // https://google.github.io/pytype/#config-files
  ['pytype', 'pythonpath', 'roots', 'checker'],
  // https://import-linter.readthedocs.io/en/stable/configuration/
  ['importlinter', 'root_package', 'names', 'checker'],
  ['importlinter', 'root_packages', 'names', 'checker'],
  // https://mypy.readthedocs.io/en/stable/config_file.html#confval-mypy_path
  ['mypy', 'mypy_path', 'roots', 'checker'],
  // https://pycqa.github.io/isort/docs/configuration/options.html
  ...['isort', 'tool:isort', 'settings'].flatMap((section): readonly IniSetting[] => [
    [section, 'src_paths', 'roots', 'checker'],
    [section, 'known_first_party', 'names', 'checker'],
  ]),
  // https://github.com/PyCQA/flake8-import-order#configuration
  ['flake8', 'application-import-names', 'names', 'checker'],
  // https://pylint.readthedocs.io/en/stable/user_guide/configuration/all-options.html
  ['*', 'source-roots', 'roots', 'checker'],
  ['*', 'init-hook', 'program', 'checker'],
];

/** @returns The folders that a file in the INI format declares: setup.cfg, and the settings of tools in the same format. */
export function iniFolders(text: string): readonly DeclaredFolder[] {
  const file = readConfigParser(text);
  const valuesIn = (section: string, name: string): readonly string[] => {
    const options = section === '*' ? file.options : interpolatedOptionsOf(file, section);
    return options.flatMap(({ key, lines }) =>
      key === name ? [lines.map(({ value }) => value).join('\n')] : [],
    );
  };
  const lines = valuesIn('options', 'package_dir').flatMap((value) => value.split('\n'));
  const packageDirs = lines.flatMap((line) => {
    const [prefix = '', folder] = line.split('=').map((part) => part.trim());
    if (folder === undefined) return [];
    return [{ folder, prefix, key: 'package_dir', reader: 'runner' as const }];
  });
  const folders = SETTINGS.flatMap(([section, key, form, reader]) =>
    valuesIn(section, key)
      .flatMap((value) => foldersOf(value, form))
      .map(([folder, prefix]) => ({ folder, prefix, key, reader })),
  );
  return [...packageDirs, ...folders];
}
