import type { Endpoint, RegistrySource, Route } from '../../model/registry.ts';
import { sourceOf } from './registry-source.ts';

/** @returns The registry that the configuration names, a file of the repository. */
export function configuredSource(url: string | undefined): RegistrySource | null {
  return url === undefined ? null : sourceOf(url, { trust: 'repository', from: 'the configuration' }).source;
}

/** Who may name the registry of everything that is not bound elsewhere, each the strongest first. */
interface MainChoices {
  readonly environment: RegistrySource | null;
  readonly repository: readonly (RegistrySource | null)[];
  readonly files: readonly (RegistrySource | null)[];
  readonly publicUrl: string;
}

/**
 * The registry for everything that is not bound elsewhere: environment, repository, the user's files, as
 * npm and uv order them; only that a repository can't turn a user's private registry into the public one.
 */
export function chooseMain({ environment, repository, files, publicUrl }: MainChoices): RegistrySource {
  const fallback: RegistrySource = { url: publicUrl, trust: 'user', from: 'the default', unusable: null };
  const users = files.find((source) => source !== null) ?? null;
  const repositorys = repository.find((source) => source !== null) ?? null;
  const wouldLeak = users !== null && repositorys !== null && isSameOrigin(repositorys.url, publicUrl);
  return environment ?? (wouldLeak ? users : repositorys) ?? users ?? fallback;
}

/** Private places first, the public one last; one that can't be asked stops everything. */
export function routeOf(
  partial: readonly RegistrySource[],
  main: RegistrySource | null,
  publicUrl: string,
): Route {
  const sources = [...partial, ...(main === null ? [] : [main])];
  const unusable = sources.find((source) => source.unusable !== null)?.unusable;
  if (unusable !== undefined && unusable !== null) return { kind: 'notAsked', reason: unusable };
  const endpoints = new Map<string, Endpoint>();
  for (const source of sources) {
    const isPublic = isSameOrigin(source.url, publicUrl);
    endpoints.set(source.url, { url: source.url, isPublic, servesSomeNames: source !== main && !isPublic });
  }
  const [first, ...later] = [...endpoints.values()].toSorted(
    (left, right) => Number(left.isPublic) - Number(right.isPublic),
  );
  return first === undefined
    ? { kind: 'notAsked', reason: 'no registry is known for it' }
    : { kind: 'ask', endpoints: [first, ...later] };
}

function isSameOrigin(left: string, right: string): boolean {
  return URL.canParse(left) && URL.canParse(right) && new URL(left).origin === new URL(right).origin;
}
