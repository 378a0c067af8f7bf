import { packageOf } from '../ecosystems/index.ts';
import type { EcosystemId, Package } from '../model/package.ts';
import { readNpmrc } from '../ecosystems/npm/registry-settings.ts';
import type { NpmSettings } from '../ecosystems/npm/registry-settings.ts';
import { readIndexToml, readPipConf } from '../ecosystems/pypi/registry-settings.ts';
import type { PythonSettings } from '../ecosystems/pypi/registry-settings.ts';
import { sourceOf } from '../model/registry-source.ts';
import type { Credential, RegistrySource } from '../model/registry-source.ts';
import type { UserSettings } from './machine.ts';

/** The files of a repository that say which registry a name belongs to; only those at its root count. */
export const routingFiles = ['.npmrc', 'pip.conf', 'uv.toml', 'pyproject.toml'] as const;

export interface RepositoryFile {
  readonly path: string;
  readonly text: string;
}

/** A registry that is asked for one name. */
export interface Endpoint {
  /** Without a slash at its end. */
  readonly url: string;
  /** It is the ecosystem's public registry. */
  readonly isPublic: boolean;
  /** It serves some names only (a scope's registry, an extra index), so its 404 may mean "not for you". */
  readonly partial: boolean;
}

/** Where to ask for a name, in this order; or why nobody is asked. */
export type Route =
  | { readonly kind: 'ask'; readonly stops: readonly [Endpoint, ...Endpoint[]] }
  | { readonly kind: 'notAsked'; readonly reason: string };

export interface RoutingOptions {
  /** The public registry of each ecosystem. */
  readonly publicUrls: ReadonlyMap<EcosystemId, string>;
  readonly user: UserSettings;
  readonly repository: readonly RepositoryFile[];
  /** `registries` of the configuration, which is a file of the repository. */
  readonly configured: ReadonlyMap<EcosystemId, string>;
  /** Names and patterns (`@acme/*`, `acme-*`) that never leave the machine. */
  readonly privateNames: readonly string[];
}

/** Which registry every name belongs to, and what goes with a request to it. */
export interface Routing {
  route(asked: Package): Route;
  readonly credentials: readonly Credential[];
  /** Origins that the user's own settings name, and those of the public registries. */
  readonly trustedOrigins: ReadonlySet<string>;
}

/**
 * Reads who serves which name. Of the repository's files only the choice of a registry counts, and it
 * can't lead a name away that the user's own settings bind to a private place.
 */
export function routing(options: RoutingOptions): Routing {
  const { user, publicUrls } = options;
  const npm = npmRouter(options);
  const python = pythonRouter(options);
  const isPrivate = privateMatcher(options.privateNames);
  const own = [
    ...user.npm.flatMap(({ registry, scopes }) => [registry, ...scopes.values()]),
    ...user.python.flatMap(({ index, extra, bound }) => [index, ...extra, ...bound.values()]),
  ].filter((source) => source !== null);
  const urls = [...own.map(({ url }) => url), ...publicUrls.values()];
  return {
    credentials: [...user.npm, ...user.python].flatMap(({ credentials }) => credentials),
    trustedOrigins: new Set(urls.filter((url) => URL.canParse(url)).map((url) => new URL(url).origin)),
    route: (asked) => {
      if (isPrivate(asked)) return { kind: 'notAsked', reason: 'a private name' };
      if (asked.ecosystem === 'npm') return npm(asked.name);
      if (asked.ecosystem === 'pypi') return python(asked.name);
      return { kind: 'notAsked', reason: `no registry is known for ${asked.ecosystem}` };
    },
  };
}

function npmRouter({ user, repository, configured, publicUrls }: RoutingOptions): (name: string) => Route {
  const [environment, ...files] = user.npm;
  const inRepository = repository
    .filter(({ path }) => path === '.npmrc')
    .map(({ path, text }) => readNpmrc({ text, trust: 'repository', from: path }, new Map()));
  const scopes = new Map<string, RegistrySource>();
  for (const settings of [...user.npm, ...inRepository]) {
    for (const [scope, source] of settings.scopes) if (!scopes.has(scope)) scopes.set(scope, source);
  }
  const publicUrl = publicUrls.get('npm') ?? '';
  const main = chooseMain({
    environment: registryOf(environment),
    repository: [configuredSource(configured.get('npm')), ...inRepository.map(registryOf)],
    files: files.map(registryOf),
    publicUrl,
  });
  return (name) => {
    const scoped = scopes.get(/^(@[^/]+)\//.exec(name)?.[1] ?? '');
    return routeOf(scoped === undefined ? [] : [scoped], scoped === undefined ? main : null, publicUrl);
  };
}

function registryOf(settings: NpmSettings | undefined): RegistrySource | null {
  return settings?.registry ?? null;
}

function pythonRouter({ user, repository, configured, publicUrls }: RoutingOptions): (name: string) => Route {
  const [environment, ...files] = user.python;
  const inRepository = repository.flatMap((file) => pythonSettings(file));
  const everything = [...user.python, ...inRepository];
  const bound = new Map<string, RegistrySource>();
  for (const settings of everything) {
    for (const [name, source] of settings.bound) if (!bound.has(name)) bound.set(name, source);
  }
  const publicUrl = publicUrls.get('pypi') ?? '';
  const main = chooseMain({
    environment: environment?.index ?? null,
    repository: [configuredSource(configured.get('pypi')), ...inRepository.map(({ index }) => index)],
    files: files.map(({ index }) => index),
    publicUrl,
  });
  const extra = everything.flatMap((settings) => settings.extra);
  return (name) => {
    const only = bound.get(name);
    return only === undefined ? routeOf(extra, main, publicUrl) : routeOf([only], null, publicUrl);
  };
}

function pythonSettings({ path, text }: RepositoryFile): PythonSettings[] {
  const file = { text, trust: 'repository' as const, from: path };
  if (path === 'pip.conf') return [readPipConf(file)];
  return path === 'uv.toml' || path === 'pyproject.toml' ? [readIndexToml(file)] : [];
}

function configuredSource(url: string | undefined): RegistrySource | null {
  return url === undefined ? null : sourceOf(url, { trust: 'repository', from: 'the configuration' }).source;
}

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
function chooseMain({ environment, repository, files, publicUrl }: MainChoices): RegistrySource {
  const fallback: RegistrySource = { url: publicUrl, trust: 'user', from: 'the default', unusable: null };
  const users = files.find((source) => source !== null) ?? null;
  const repositorys = repository.find((source) => source !== null) ?? null;
  const wouldLeak = users !== null && repositorys !== null && isSameOrigin(repositorys.url, publicUrl);
  return environment ?? (wouldLeak ? users : repositorys) ?? users ?? fallback;
}

/** Private places first, the public one last; one that can't be asked stops everything. */
function routeOf(partial: readonly RegistrySource[], main: RegistrySource | null, publicUrl: string): Route {
  const sources = [...partial, ...(main === null ? [] : [main])];
  const unusable = sources.find((source) => source.unusable !== null)?.unusable;
  if (unusable !== undefined && unusable !== null) return { kind: 'notAsked', reason: unusable };
  const stops = new Map<string, Endpoint>();
  for (const source of sources) {
    const isPublic = isSameOrigin(source.url, publicUrl);
    stops.set(source.url, { url: source.url, isPublic, partial: source !== main && !isPublic });
  }
  const [first, ...rest] = [...stops.values()].toSorted(
    (left, right) => Number(left.isPublic) - Number(right.isPublic),
  );
  return first === undefined
    ? { kind: 'notAsked', reason: 'no registry is known for it' }
    : { kind: 'ask', stops: [first, ...rest] };
}

function isSameOrigin(left: string, right: string): boolean {
  return URL.canParse(left) && URL.canParse(right) && new URL(left).origin === new URL(right).origin;
}

/** `*` stands for any letters; everything else compares as the ecosystem compares names. */
function privateMatcher(patterns: readonly string[]): (asked: Package) => boolean {
  return ({ ecosystem, name }) =>
    patterns.some((pattern) => {
      const parts = pattern.split('*');
      if (parts.length === 1) return packageOf(ecosystem, pattern).name === name;
      return matches(
        parts.map((part) => packageOf(ecosystem, part).name),
        name,
      );
    });
}

/** Do the parts stand in the name in this order, the first at its start and the last at its end? */
function matches(parts: readonly string[], name: string): boolean {
  const [first = '', ...rest] = parts;
  const last = rest.pop() ?? '';
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length)
    return false;
  let from = first.length;
  for (const part of rest) {
    const at = name.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return from <= name.length - last.length;
}
