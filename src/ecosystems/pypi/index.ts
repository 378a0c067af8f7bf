import type { Ecosystem } from '../../model/ecosystem.ts';
import { TOOL } from '../../model/tool.ts';
import { lettersOf } from '../shared/name-texts.ts';
import { manifests } from './manifests/index.ts';
import { pypi as pypiNames } from './names.ts';
import topPackages from './well-known.json' with { type: 'json' };

/** Python distributions, as the Python Package Index and those that speak like it serve them. */
export const pypi: Ecosystem = {
  ...pypiNames,
  isCoveredByDefault: true,
  osvName: 'PyPI',
  packagePart: (specifier) => /^[^.]*/.exec(specifier)?.[0] ?? specifier,
  isSpecifier: (text) => !/[/@#:\s]/.test(text),
  isUnmistakable: () => false,
  defaultSpecifier: (name) => name.replaceAll('-', '_'),
  importableModule,
  // On PyPI l, i, 1 and o, 0 are taken for each other.
  lookalikeKey: (name) => lettersOf(name).replace(/[i1]/g, 'l').replaceAll('0', 'o'),
  ownPackageAdvice: ({ folder, isCommand }) =>
    isCommand
      ? `name its folder: \`${folder}\``
      : `name its folder (\`${folder}\`) as a path, or make both members of one workspace of uv`,
  areNamesPaths: false,
  pluginPrefixes: ['mkdocs-plugin-', 'pytest-plugin-', 'sphinxcontrib-', 'flake8-plugin-', 'pylint-plugin-'],
  topPackages,
  isSameVersion: async () => (await import('./version-order.ts')).isSameVersion,
  manifests,
  lockfiles: async () => (await import('./lockfiles/index.ts')).lockfiles,
  popular: async () => (await import('./popular.ts')).pypiPopular,
  modules: async () => (await import('./module-names.ts')).moduleNames,
  registryFiles: [
    'pip.conf',
    'uv.toml',
    'pyproject.toml',
    'requirements.txt',
    'constraints.txt',
    'Pipfile',
    'environment.yml',
    'pixi.toml',
  ],
  registry: async () => (await import('./registry.ts')).pypiRegistry,
  installed: async () => (await import('./installed.ts')).installedPackages,
  installCommands: {
    quick:
      /(?:(?<![a-z])|(?<=-[a-z]{0,9}m))(?:pip|easy_install|pipx|uvx?|poetry|pdm|rye|hatch|pipenv|conda|(?:micro)?mamba|pixi)(?![a-z])|(?:pip|uv|pipx|pipenv|conda|mamba)_\w*(?:index|links|url|mirror|channels)/i,
    examples: ['pip install', 'uv add'],
    variables: /index|find_links|channel/i,
    reader: async () => (await import('./commands/index.ts')).installReader,
    programs: null,
  },
  installPermissions: null,
  declaringFiles: [
    'pyproject.toml',
    'requirements.txt',
    'requirements.in',
    'manifest.json',
    'setup.cfg',
    'setup.py',
    'Pipfile',
    'pixi.toml',
    'environment.yml',
    'environment.yaml',
    'hatch.toml',
  ],
  without: { installPermissions: 'What a source distribution runs, no file of a project allows by name.' },
};

/** Identifiers are compared after NFKC. */
function importableModule(text: string): string | undefined {
  // Tables of Unicode take longer to build than the rest of a whitelist takes to read.
  if (/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.test(text)) return text;
  return pypiNames.grammar().module.test(text) ? text.normalize('NFKC') : undefined;
}

/** The package of this tool itself, of this ecosystem. */
export const ownPackage = { ecosystem: pypiNames.id, name: TOOL } as const;
