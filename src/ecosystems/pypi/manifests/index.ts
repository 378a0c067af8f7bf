import type { ContentFormat, ListNaming, ManifestFormat } from '../../../model/manifest.ts';
import { manifestFormat } from '../../shared/manifest-format.ts';
import { isNamedLock, mayBeEnvironment } from './environment-text.ts';
import { mayHoldLists } from './list-names.ts';
import { isList, isUnreadable, mayBeList, mayBeListOfConda } from './list-text.ts';
import { mayNameLists, NAMING_WORDS } from './naming-files.ts';

/** The format of the files that other manifests include, whatever their names are. */
export const includeFormat: ManifestFormat = manifestFormat({
  id: 'requirements.txt',
  ecosystem: 'pypi',
  fileNames: [
    'requirements.txt',
    'requirements.in',
    'requirements-dev.txt',
    'requirements-dev.in',
    'requirements-test.txt',
    'dev-requirements.txt',
    'test-requirements.txt',
  ],
  further: { endings: ['txt', 'in', 'pip'], matches: isRequirementsFile },
  reader: () => import('./requirements.ts'),
  editor: () => import('./requirements-editor.ts'),
});

/** The format of the programs that a setup.py imports its lists from. */
export const listFormat: ManifestFormat = manifestFormat({
  id: 'lists of setup.py',
  ecosystem: 'pypi',
  fileNames: [],
  further: { endings: ['py'], matches: (name) => mayHoldLists(name.slice(0, -'.py'.length)) },
  reader: () => import('./list-module.ts'),
  editor: () => import('./setup-py-editor.ts'),
});

/** The format of the lists of constraints that others name, whatever their names are. */
export const constraintFormat: ManifestFormat = manifestFormat({
  id: 'constraints.txt',
  ecosystem: 'pypi',
  fileNames: ['constraints.txt'],
  further: {
    endings: ['txt', 'in'],
    matches: (name, folder) => name.includes('constraints') || folder === 'constraints',
  },
  reader: () => import('./constraints.ts'),
  editor: () => import('./requirements-editor.ts'),
});

const environmentFormat: ManifestFormat = manifestFormat({
  id: 'environment.yml',
  ecosystem: 'pypi',
  fileNames: ['environment.yml', 'environment.yaml', 'conda.yml', 'conda.yaml'],
  further: {
    endings: ['yml', 'yaml'],
    matches: (name) => /^environment[-_.]/.test(name) && !isNamedLock(name),
  },
  reader: () => import('./environment.ts'),
  editor: () => import('./environment-editor.ts'),
});

/** The format of the lists that conda installs by a command, whatever their names are. */
const condaListFormat: ManifestFormat = manifestFormat({
  id: 'list of conda',
  ecosystem: 'pypi',
  reader: () => import('./conda-list.ts'),
  byHand: 'conda has packages under names of its own: write the one that is meant',
});

/** Formats whose files are told by what they hold. */
export const contentFormats: readonly ContentFormat[] = [
  {
    format: environmentFormat,
    words: ['dependencies'],
    matches: (path) => isYaml(path) && !isNamedLock(path),
    mayHold: mayBeEnvironment,
    holds: async (path, text) => (await import('./environment.ts')).isEnvironment(path, text),
  },
];

/** How lists of requirements are told, and who has them installed. */
export const listNaming: ListNaming = {
  isList,
  mayBeList: (path, text) =>
    mayBeList(text) || (isYaml(path) ? mayBeEnvironment(text) : mayBeListOfConda(text)),
  formatOf: async ({ path, kind }, text) => {
    if (kind === 'possible') return isList(text) ? includeFormat : undefined;
    if (kind !== 'conda') {
      const format = kind === 'constraints' ? constraintFormat : includeFormat;
      return mayBeList(text) ? format : undefined;
    }
    // A command that names it as a list leaves no doubt.
    if (!isYaml(path)) return condaListFormat;
    if (isUnreadable(text)) return environmentFormat;
    const { listsPackages } = await import('./environment.ts');
    return (await listsPackages(text)) ? environmentFormat : undefined;
  },
  mayName: mayNameLists,
  words: NAMING_WORDS,
  listsNamedIn: async (path, text) => (await import('./named-lists.ts')).listsNamedIn(path, text),
};

function isYaml(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}

/** Every format that declares Python distributions or their indexes; what reads one is loaded when it is needed. */
export const manifests: readonly ManifestFormat[] = [
  manifestFormat({
    id: 'pyproject.toml',
    ecosystem: 'pypi',
    fileNames: ['pyproject.toml'],
    makesPackage: true,
    reader: () => import('./pyproject.ts'),
    editor: () => import('./pyproject-editor.ts'),
  }),
  includeFormat,
  manifestFormat({
    id: 'hatch.toml',
    ecosystem: 'pypi',
    fileNames: ['hatch.toml'],
    isRare: true,
    reader: () => import('./hatch.ts'),
    editor: () => import('./hatch-editor.ts'),
  }),
  manifestFormat({
    id: 'tox.ini',
    ecosystem: 'pypi',
    fileNames: ['tox.ini'],
    isRare: true,
    reader: () => import('./tox-ini.ts'),
    byHand: 'tox reads the names of environments before that of a package: change the line below `deps`',
  }),
  manifestFormat({
    id: 'tox.toml',
    ecosystem: 'pypi',
    fileNames: ['tox.toml'],
    isRare: true,
    reader: () => import('./tox-toml.ts'),
    byHand: 'each environment has a list of its own: change its `deps`',
  }),
  constraintFormat,
  manifestFormat({
    id: 'setup.cfg',
    ecosystem: 'pypi',
    fileNames: ['setup.cfg'],
    makesPackage: true,
    reader: () => import('./setup-cfg.ts'),
    editor: () => import('./setup-cfg-editor.ts'),
  }),
  manifestFormat({
    id: 'setup.py',
    ecosystem: 'pypi',
    fileNames: ['setup.py'],
    makesPackage: true,
    reader: () => import('./setup-py.ts'),
    editor: () => import('./setup-py-editor.ts'),
  }),
  manifestFormat({
    id: 'Pipfile',
    ecosystem: 'pypi',
    fileNames: ['Pipfile'],
    reader: () => import('./pipfile.ts'),
    editor: () => import('./pipfile-editor.ts'),
  }),
  environmentFormat,
  manifestFormat({
    id: 'pixi.toml',
    ecosystem: 'pypi',
    // pixi reads that of Mojo in the same way (https://pixi.sh/latest/reference/pixi_manifest/).
    fileNames: ['pixi.toml', 'mojoproject.toml'],
    // https://pixi.sh/latest/build/getting_started/
    makesPackage: true,
    reader: () => import('./pixi.ts'),
    editor: () => import('./pixi-editor.ts'),
  }),
  manifestFormat({
    id: 'manifest.json',
    ecosystem: 'pypi',
    // Other programs have manifests of this name, too.
    paths: ['custom_components/*/manifest.json'],
    reader: () => import('./home-assistant.ts'),
    editor: () => import('./home-assistant-editor.ts'),
  }),
  manifestFormat({
    id: '__manifest__.py',
    ecosystem: 'pypi',
    fileNames: ['__manifest__.py', '__openerp__.py'],
    isRare: true,
    reader: () => import('./odoo.ts'),
    byHand:
      'Odoo takes the name of a module or of a distribution there: write the one that your version of it wants',
  }),
  manifestFormat({
    id: 'execution-environment.yml',
    ecosystem: 'pypi',
    fileNames: ['execution-environment.yml', 'execution-environment.yaml'],
    isRare: true,
    reader: () => import('./execution-environment.ts'),
    editor: () => import('./execution-environment-editor.ts'),
  }),
  manifestFormat({
    id: 'python_env.yaml',
    ecosystem: 'pypi',
    fileNames: ['python_env.yaml'],
    isRare: true,
    reader: () => import('./mlflow-environment.ts'),
    editor: () => import('./mlflow-environment-editor.ts'),
  }),
  manifestFormat({
    id: 'pyscript.toml',
    ecosystem: 'pypi',
    fileNames: ['pyscript.toml', 'pyscript.json'],
    isRare: true,
    reader: () => import('./pyscript.ts'),
    byHand: 'PyScript also takes addresses and files there: change the list `packages`',
  }),
  manifestFormat({
    id: 'addon.xml',
    ecosystem: 'pypi',
    fileNames: ['addon.xml'],
    isRare: true,
    reader: () => import('./kodi.ts'),
    byHand: 'it names add-ons of Kodi: write the id of the one that brings the package',
  }),
  manifestFormat({
    id: 'pip.conf',
    ecosystem: 'pypi',
    fileNames: ['pip.conf', 'pip.ini'],
    isSettings: true,
    reader: () => import('./pip-conf.ts'),
    byHand: 'it holds settings: change the one that names the package',
  }),
  manifestFormat({
    id: 'pdm.toml',
    ecosystem: 'pypi',
    fileNames: ['pdm.toml', '.pdm.toml'],
    isSettings: true,
    isRare: true,
    reader: () => import('./pdm-config.ts'),
    byHand: 'it holds settings: change the one that names the index',
  }),
  manifestFormat({
    id: 'config.toml',
    ecosystem: 'pypi',
    // Other programs have settings of this name, too.
    paths: ['.pixi/config.toml'],
    isSettings: true,
    isRare: true,
    reader: () => import('./pixi-config.ts'),
    byHand: 'it holds settings: change the one that names the index or the mirror',
  }),
  manifestFormat({
    id: 'uv.toml',
    ecosystem: 'pypi',
    fileNames: ['uv.toml'],
    isSettings: true,
    reader: () => import('./uv.ts'),
    editor: () => import('./pyproject-editor.ts'),
  }),
];

/** `*requirements*.{txt,in}`, `dev-reqs.txt` and lists in such a folder, `dev-requirements/`; constraints declare nothing. */
function isRequirementsFile(name: string, folder: string): boolean {
  if (name.includes('constraints') || PROSE.test(name)) return false;
  if (name.endsWith('.pip')) return name.includes('requirements');
  return name.includes('requirements') || shortName.test(name) || requirementsFolder.test(folder);
}

/** What Sphinx copies beside its pages (`_sources`), and what explains a folder of lists. */
const PROSE = /\.(?:rst|md|ipynb)\.txt$|^(?:readme|changes|changelog|licen[cs]e|notice)\.txt$/;

const shortName = /^(?:\w+[-_.])?(?:reqs?|requirement)(?:[-_.]\w+)?\.(?:txt|in)$/;

/** Other folders whose name ends so hold what people require of a program, in prose. */
const requirementsFolder =
  /^(?:(?:dev|tests?|docs?|build|ci|prod|lint)[-_])?requirements(?:[-_](?:dev|tests?|docs?|build|ci|prod|lint))?$/i;
