import { fileEnding, fileName } from '../../../text/file-names.ts';

/**
 * Files that have lists of requirements installed: those that build images, run tasks and tests, and the workflows of
 * services. Scripts have names without an ending, too.
 */
export function mayNameLists(path: string): boolean {
  const name = fileName(path).toLowerCase();
  return (
    ENDINGS.has(fileEnding(name)) ||
    !name.includes('.') ||
    NAMES.has(name) ||
    (name.includes('file') && BUILD_FILE.test(name))
  );
}

const ENDINGS = new Set(
  'yaml yml sh bash zsh fish bat cmd ps1 mk make just ini cfg toml nix hcl groovy def dockerfile containerfile'.split(
    ' ',
  ),
);

/** Of nox, invoke, Fabric, doit, Paver, dev containers, npm's scripts. */
const NAMES = new Set(
  'noxfile.py tasks.py fabfile.py dodo.py pavement.py toxfile.py devcontainer.json package.json'.split(' '),
);

/** `Dockerfile.test`, `api.Dockerfile`, `Makefile.ci`. */
const BUILD_FILE = /(?:docker|container|make|just|task|jenkins|proc|vagrant|earth)file/;

/** Words of which such a file holds one where it names a list. */
export const NAMING_WORDS: readonly string[] = [
  'pip',
  'pip3',
  'PIP',
  'uv',
  'pipx',
  'conda',
  'mamba',
  'micromamba',
  'environment-file',
  'install',
  'requirement',
  'requirements',
  'constraint',
  'constraints',
  'PIP_REQUIREMENT',
  'PIP_CONSTRAINT',
  'PIP_BUILD_CONSTRAINT',
  'UV_CONSTRAINT',
  'UV_BUILD_CONSTRAINT',
  'deps',
];
