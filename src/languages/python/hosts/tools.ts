import { hostsOf } from './host.ts';

/** Tools that read or run certain files, or certain imports, in every project. */
export const tools = hostsOf('2026-11-29', [
  {
    host: 'the type checker',
    modules: ['_typeshed'],
    source: 'https://github.com/python/typeshed/tree/main/stdlib/_typeshed',
  },
  {
    host: 'the type checker',
    modules: ['typing_extensions'],
    kind: 'type',
    source: 'https://github.com/python/typeshed/blob/main/stdlib/typing_extensions.pyi',
  },
  {
    host: 'the notebook’s kernel',
    modules: ['IPython', 'ipykernel'],
    runs: /\.ipynb$/,
    source: 'https://ipykernel.readthedocs.io/en/stable/',
  },
  {
    host: 'the build',
    modules: ['setuptools', 'pkg_resources'],
    runs: /(?:^|\/)setup\.py$/,
    source: 'https://peps.python.org/pep-0517/#source-trees',
  },
  {
    host: 'nox',
    modules: ['nox'],
    runs: /(?:^|\/)noxfile\.py$/,
    source: 'https://nox.thea.codes/en/stable/config.html',
  },
  {
    host: 'Conan',
    modules: ['conan', 'conans'],
    runs: /(?:^|\/)conanfile\.py$/,
    source: 'https://docs.conan.io/2/reference/conanfile.html',
  },
]);
