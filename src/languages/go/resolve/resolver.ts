import { golang } from '../../../ecosystems/golang/names.ts';
import type { Project, ResolveRequest, Resolver, Resolution } from '../../../model/language.ts';
import type { Package } from '../../../model/package.ts';
import type { Origin, Step } from '../../../model/reference.ts';
import { isInternal, isStandard } from '../standard-library.ts';
import { candidateModules } from '../../../ecosystems/golang/candidate-modules.ts';
import { GopathFolders } from './gopath-folders.ts';
import { flawOf } from './module-file.ts';
import { Modules, type Provider } from './modules.ts';

/** Receives the steps of a resolution, where somebody wants them. */
type Tell = ((step: Step) => void) | undefined;

/**
 * Creates the resolver of Go for one project. An import leads to the module whose path is its longest prefix, of those that the
 * nearest go.mod and its workspace name (https://go.dev/ref/mod#resolve-pkg-mod). Each of these files is read once.
 */
export function createResolver(project: Project): Resolver {
  const modules = new Modules(project.files);
  const gopathFolders = new GopathFolders(project.files);
  return {
    async resolve(request, trace) {
      const origin = await originOf(request, trace, { project, modules, gopathFolders });
      return [{ origin, names: request.names ?? [] } satisfies Resolution];
    },
    providers: (specifier) => {
      const isOwnOfGo = isStandard(specifier) || isInternal(specifier) || specifier === 'C';
      return Promise.resolve(
        isOwnOfGo || pathFault(specifier) !== null ? [] : guesses(specifier).slice(0, 1),
      );
    },
    unread: async ({ file }) => {
      const modFile = await modules.nearest(file);
      const flaw = modFile === null ? null : flawOf(modFile);
      return flaw === null ? [] : [flaw];
    },
  };
}

interface Parts {
  readonly project: Project;
  readonly modules: Modules;
  readonly gopathFolders: GopathFolders;
}

async function originOf({ file, specifier }: ResolveRequest, tell: Tell, parts: Parts): Promise<Origin> {
  const { project, modules, gopathFolders } = parts;
  const spelled = withoutFiles(specifier, project);
  if (spelled !== null) {
    tell?.({ text: spelled.text, file: null, line: null });
    return spelled.origin;
  }
  // Whatever has so long a path, no line names it; to look for each part of it takes the square of its length.
  if (specifier.length > golang.grammar().longestName) return originOfPackages(guesses(specifier));
  const claimed = claimedBy(specifier, project.imports);
  if (claimed !== null) return originOfPackages(claimed);
  const provider = await modules.providing(specifier, file);
  if (provider !== null) {
    tell?.(provider.step);
    return originOfProvider(provider);
  }
  if (isInternal(specifier)) {
    tell?.({ text: 'only Go itself can import it', file: null, line: null });
    return { kind: 'builtin', host: 'go' };
  }
  if (await gopathFolders.has(specifier, file)) {
    tell?.({
      text: 'it is a folder of the tests’ own data, which Go does not build',
      file: null,
      line: null,
    });
    return { kind: 'local', file: null };
  }
  const goMod = await modules.nearest(file);
  const where =
    goMod === null ? 'there is no go.mod above the file' : 'go.mod names no module that its path begins with';
  tell?.({ text: `${where}: its form tells the module`, file: goMod?.path ?? null, line: null });
  return originOfPackages(guesses(specifier));
}

function originOfProvider({ module, isOwn }: Provider): Origin {
  return isOwn ? { kind: 'local', file: null } : originOfPackages([packageOf(module)]);
}

function originOfPackages([first, ...alternatives]: readonly Package[]): Origin {
  return first === undefined
    ? { kind: 'unknown', reason: 'no module has such a path' }
    : { kind: 'package', package: first, alternatives };
}

/** The module that the form of a path tells, and all others that it may lie in. */
function guesses(specifier: string): readonly Package[] {
  return candidateModules(specifier).map(packageOf);
}

function packageOf(name: string): Package {
  return { ecosystem: golang.id, name: golang.canonical(name) };
}

/** Where a path leads whose spelling, or the config, tells; null for others. */
function withoutFiles(
  specifier: string,
  { localModules, ambient }: Project,
): { readonly origin: Origin; readonly text: string } | null {
  const isNamed = (name: string) => specifier === name || specifier.startsWith(`${name}/`);
  if (specifier === 'C')
    return { origin: { kind: 'builtin', host: 'cgo' }, text: 'it switches cgo on, and names no package' };
  if (isStandard(specifier))
    return { origin: { kind: 'builtin', host: 'go' }, text: 'the standard library has it' };
  if (/^\.{1,2}(?:\/|$)/.test(specifier))
    return { origin: { kind: 'local', file: null }, text: 'it is a path from the file itself' };
  const local = localModules.find(isNamed);
  if (local !== undefined)
    return { origin: { kind: 'local', file: null }, text: `localModules of the config names ${local}` };
  const pattern = ambient.find((each) => isNamed(each.replace(/\/\*+$/, '')));
  if (pattern !== undefined)
    return {
      origin: { kind: 'ambient', host: 'the config' },
      text: `ambient of the config names ${pattern}`,
    };
  const fault = pathFault(specifier);
  return fault === null ? null : { origin: { kind: 'unknown', reason: fault }, text: fault };
}

/** @returns Why no package has such a path (golang.org/x/mod/module, `CheckImportPath`); null for others. */
function pathFault(specifier: string): string | null {
  if (specifier === '') return 'the path is empty';
  if (/[^\p{L}\p{Nd}\-._~/+@!]/u.test(specifier) || specifier.includes('@'))
    return 'it holds a sign that no import path has';
  const parts = specifier.split('/');
  if (parts.includes('')) return 'a path neither begins nor ends with a slash, and has no two in a row';
  return parts.some((part) => /^\.*$/.test(part)) ? 'a part of it has nothing but dots' : null;
}

/** The packages that the whitelist says provide a module, for the longest part of the path that it names; null for none. */
function claimedBy(specifier: string, imports: Project['imports']): readonly Package[] | null {
  if (imports.size === 0) return null;
  for (let end = specifier.length; end > 0; end = specifier.lastIndexOf('/', end - 1)) {
    const names = imports.get(specifier.slice(0, end));
    if (names !== undefined) return names.map(packageOf);
  }
  return null;
}
