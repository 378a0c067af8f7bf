import { npm } from './npm/names.ts';
import { pypi } from './pypi/names.ts';
import type { ManifestContents, ManifestFormat } from '../model/manifest.ts';
import { LONGEST_DATA, tooLong } from '../text/longest.ts';
import { newManifest } from './shared/manifest-builder.ts';
import { fileName, folderName, isInstalled } from '../text/file-names.ts';

/** The format of the files that other manifests include, whatever their names are. */
export const includeFormat: ManifestFormat = format({
  id: 'requirements.txt',
  ecosystem: pypi.id,
  usualNames: [
    'requirements.txt',
    'requirements.in',
    'requirements-dev.txt',
    'requirements-dev.in',
    'requirements-test.txt',
    'dev-requirements.txt',
    'test-requirements.txt',
  ],
  claims: isRequirementsFile,
  reader: () => import('./pypi/manifests/requirements.ts'),
});

/**
 * Every manifest format, in the order in which messages list them. Each claims its usual names, some claim
 * more; what reads it is loaded when it is needed.
 */
export const manifestFormats: readonly ManifestFormat[] = [
  format({
    id: 'package.json',
    ecosystem: npm.id,
    usualNames: ['package.json'],
    reader: () => import('./npm/manifests/package-json.ts'),
  }),
  format({
    id: 'pnpm-workspace.yaml',
    ecosystem: npm.id,
    usualNames: ['pnpm-workspace.yaml'],
    reader: () => import('./npm/manifests/pnpm-workspace.ts'),
  }),
  format({
    id: 'deno.json',
    ecosystem: npm.id,
    usualNames: ['deno.json', 'deno.jsonc', 'import_map.json'],
    reader: () => import('./npm/manifests/deno.ts'),
  }),
  format({
    id: 'jsr.json',
    ecosystem: npm.id,
    usualNames: ['jsr.json', 'jsr.jsonc'],
    reader: () => import('./npm/manifests/deno.ts'),
  }),
  format({
    id: 'pyproject.toml',
    ecosystem: pypi.id,
    usualNames: ['pyproject.toml'],
    reader: () => import('./pypi/manifests/pyproject.ts'),
  }),
  includeFormat,
  format({
    id: 'constraints.txt',
    ecosystem: pypi.id,
    usualNames: ['constraints.txt'],
    claims: (name, folder) =>
      /constraints[^/]*\.(?:txt|in)$/i.test(name) ||
      (folder.toLowerCase() === 'constraints' && /\.(?:txt|in)$/.test(name)),
    reader: () => import('./pypi/manifests/constraints.ts'),
  }),
  format({
    id: 'setup.cfg',
    ecosystem: pypi.id,
    usualNames: ['setup.cfg'],
    reader: () => import('./pypi/manifests/setup-cfg.ts'),
  }),
  format({
    id: 'setup.py',
    ecosystem: pypi.id,
    usualNames: ['setup.py'],
    reader: () => import('./pypi/manifests/setup-py.ts'),
  }),
  format({
    id: 'Pipfile',
    ecosystem: pypi.id,
    usualNames: ['Pipfile'],
    reader: () => import('./pypi/manifests/pipfile.ts'),
  }),
  format({
    id: 'environment.yml',
    ecosystem: pypi.id,
    usualNames: ['environment.yml', 'environment.yaml', 'conda.yml', 'conda.yaml'],
    claims: (name) => /^environment[-_.].*\.ya?ml$/.test(name) && !name.includes('lock'),
    reader: () => import('./pypi/manifests/environment.ts'),
  }),
  format({
    id: 'pixi.toml',
    ecosystem: pypi.id,
    usualNames: ['pixi.toml'],
    reader: () => import('./pypi/manifests/pixi.ts'),
  }),
  format({
    id: '.npmrc',
    ecosystem: npm.id,
    usualNames: ['.npmrc', '.yarnrc'],
    reader: () => import('./npm/manifests/npmrc.ts'),
  }),
  format({
    id: '.yarnrc.yml',
    ecosystem: npm.id,
    usualNames: ['.yarnrc.yml'],
    reader: () => import('./npm/manifests/yarnrc.ts'),
  }),
  format({
    id: 'bunfig.toml',
    ecosystem: npm.id,
    usualNames: ['bunfig.toml', '.bunfig.toml'],
    reader: () => import('./npm/manifests/bunfig.ts'),
  }),
  format({
    id: 'pip.conf',
    ecosystem: pypi.id,
    usualNames: ['pip.conf', 'pip.ini'],
    reader: () => import('./pypi/manifests/pip-conf.ts'),
  }),
  format({
    id: 'uv.toml',
    ecosystem: pypi.id,
    usualNames: ['uv.toml'],
    reader: () => import('./pypi/manifests/uv.ts'),
  }),
];

/** @returns The format of a path (relative, with `/`), or undefined where it names no manifest. */
export function formatOf(path: string): ManifestFormat | undefined {
  return manifestFormats.find((known) => known.matches(path));
}

interface Listed {
  readonly id: string;
  readonly ecosystem: string;
  readonly usualNames: readonly string[];
  /** Claims more than the usual names: by the file's name and that of its folder. */
  readonly claims?: (name: string, folder: string) => boolean;
  readonly reader: () => Promise<{ readonly read: (text: string) => Promise<ManifestContents> }>;
}

function format({ id, ecosystem, usualNames, claims, reader }: Listed): ManifestFormat {
  return {
    id,
    ecosystem,
    fileNames: usualNames,
    matches(path) {
      const name = fileName(path);
      if (!usualNames.includes(name) && claims?.(name, folderName(path)) !== true) return false;
      return !isInstalled(path);
    },
    async read(_path, text) {
      if (text.length > LONGEST_DATA) return newManifest([{ message: tooLong, offset: 0 }]);
      const { read } = await reader();
      return read(text);
    },
  };
}

/** `*requirements*.{txt,in}`, `dev-reqs.txt` and lists in such a folder, `dev-requirements/`; constraints declare nothing. */
function isRequirementsFile(name: string, folder: string): boolean {
  const lower = name.toLowerCase();
  if (!/\.(?:txt|in|pip)$/.test(lower) || lower.includes('constraints')) return false;
  if (lower.endsWith('.pip')) return lower.includes('requirements');
  return lower.includes('requirements') || shortName.test(lower) || requirementsFolder.test(folder);
}

const shortName = /^(?:\w+[-_.])?(?:reqs?|requirement)(?:[-_.]\w+)?\.(?:txt|in)$/;

/** Other folders whose name ends so hold what people require of a program, in prose. */
const requirementsFolder =
  /^(?:(?:dev|tests?|docs?|build|ci|prod|lint)[-_])?requirements(?:[-_](?:dev|tests?|docs?|build|ci|prod|lint))?$/i;
