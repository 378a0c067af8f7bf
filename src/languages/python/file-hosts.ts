import type { ResolveRequest } from '../../model/language.ts';

/** What reads or runs certain files, or certain imports, and brings modules along for them. */
interface Host {
  readonly id: string;
  readonly why: string;
  readonly brings: (request: Pick<ResolveRequest, 'file' | 'kind'>, module: string) => boolean;
}

const hosts: readonly Host[] = [
  {
    id: 'the type checker',
    why: '_typeshed exists only for type checkers; no distribution can have this name',
    brings: (_, module) => /^_typeshed(?:\.|$)/.test(module),
  },
  {
    id: 'the type checker',
    why: 'type checkers have stubs of typing_extensions (https://github.com/python/typeshed/tree/main/stdlib)',
    brings: ({ kind }, module) => kind === 'type' && /^typing_extensions(?:\.|$)/.test(module),
  },
  {
    id: 'the notebook’s kernel',
    why: 'cells run in IPython (https://ipykernel.readthedocs.io)',
    brings: ({ file }, module) => file.endsWith('.ipynb') && /^(?:IPython|ipykernel)(?:\.|$)/.test(module),
  },
  {
    id: 'the build',
    why: 'setup.py is run with setuptools where nothing else is said (PEP 517)',
    brings: ({ file }, module) =>
      /(?:^|\/)setup\.py$/.test(file) && /^(?:setuptools|pkg_resources)(?:\.|$)/.test(module),
  },
  {
    id: 'nox',
    why: 'it runs noxfile.py (https://nox.thea.codes/en/stable/config.html)',
    brings: ({ file }, module) => /(?:^|\/)noxfile\.py$/.test(file) && /^nox(?:\.|$)/.test(module),
  },
  {
    id: 'Conan',
    why: 'it runs conanfile.py (https://docs.conan.io/2/reference/conanfile.html)',
    brings: ({ file }, module) => /(?:^|\/)conanfile\.py$/.test(file) && /^conans?(?:\.|$)/.test(module),
  },
];

/** @returns What brings a module along, with a reason for people; undefined where nothing does. */
export function hostOf({
  specifier,
  name,
  ...request
}: Pick<ResolveRequest, 'file' | 'kind' | 'specifier'> & { readonly name?: string }):
  Pick<Host, 'id' | 'why'> | undefined {
  const module = name === undefined ? specifier : `${specifier}.${name}`;
  return hosts.find(({ brings }) => brings(request, module));
}
