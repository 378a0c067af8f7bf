import type { Endpoint, RegistrySettings, RegistrySource, Route, Trust } from '../../model/registry.ts';
import { comparableAddress } from '../../text/addresses.ts';
import { sourceOf } from './registry-source.ts';

/** What one place of settings says about where packages come from. */
export interface NameSettings {
  readonly trust: Trust;
  /** @returns Whether it speaks of a package of this name. */
  readonly concerns: (name: string) => boolean;
  /** Takes the place of the public registry. */
  readonly main: RegistrySource | null;
  /** @returns The registries that are asked besides. */
  readonly extra: (name: string) => readonly RegistrySource[];
  /** @returns The registries that a name is bound to: no other is asked for it. */
  readonly boundTo: (name: string) => readonly RegistrySource[];
  /** Every registry that it names. */
  readonly sources: readonly RegistrySource[];
  /** Why nothing may be sent; false where something may, null where nothing is said. */
  readonly offline: string | false | null;
}

/** Everything that says where the names of an ecosystem are asked for. */
export interface RouteSettings extends Pick<
  RegistrySettings,
  'publicUrl' | 'obstacle' | 'isWellKnown' | 'commandSources'
> {
  /** What the user and the bases say, the strongest first. */
  readonly settings: readonly NameSettings[];
  /** What the judged state says. */
  readonly proposed: readonly NameSettings[];
  /** @returns Where a person names a registry that is to be asked. */
  readonly ownSettings: (part: RoutePart) => string;
}

/** A registry is asked for everything, or for some names. */
export type RoutePart = 'main' | 'partial';

/** What keeps a name on this machine, whatever other settings say. */
export const OWN_NAMES = 'list names of your own in privateNames';

/** The configuration is a file of the repository. */
function configuredSource(url: string): RegistrySource {
  return sourceOf(url, { trust: 'repository', from: 'the configuration' }).source;
}

/** @returns What the configuration says, as settings. */
export function configSettings(url: string | undefined): readonly NameSettings[] {
  return url === undefined ? [] : [mainSettings(configuredSource(url))];
}

/** Settings that name one registry for everything, and nothing else. */
function mainSettings(main: RegistrySource): NameSettings {
  const sources = { main, extra: () => [], boundTo: () => [], sources: [main] };
  return { trust: main.trust, concerns: () => true, ...sources, offline: null };
}

/**
 * @returns Where each name is asked for. The user's settings bind before those of the repository. A registry that the
 *   judged state alone names is not asked, and its names are not asked for elsewhere: a change could bring the answers
 *   along that speak for it.
 */
export function routeBy(all: RouteSettings): (name: string) => Route {
  const named = all.settings.flatMap(({ sources }) => sources.map(({ url }) => url));
  const knownUrls = new Set([all.publicUrl, ...named, ...all.commandSources.map(comparableAddress)]);
  const admitted = (part: RoutePart) => (source: RegistrySource) =>
    asAdmitted(source, part, { knownUrls, all });
  return (name) => {
    const matches = all.settings.filter(({ concerns }) => concerns(name));
    const proposed = all.proposed.filter(({ concerns }) => concerns(name));
    const offline = [...matches, ...proposed].find((settings) => settings.offline !== null)?.offline ?? false;
    if (offline !== false) return { kind: 'notAsked', reason: offline };
    const bound = boundSources(name, matches, all) ?? newlyBound(name, proposed, all);
    if (bound !== null) return routeOf({ partial: bound.map(admitted('partial')), inTurn: [] }, all);
    const main = newMain(proposed, knownUrls, all) ?? mainOf(matches, all);
    const inTurn = [main, ...(main.next ?? [])].map(admitted('main'));
    const partial = [...matches, ...proposed].flatMap(({ extra }) => extra(name)).map(admitted('partial'));
    const isPublicAnyway = all.isWellKnown(name);
    const usable = partial.filter((source) => !isPublicAnyway || obstacleOf(source, 'partial', all) === null);
    return routeOf({ partial: usable, inTurn }, all);
  };
}

/** A repository can't bind a name to the public registry that the user's own settings keep from it. */
function boundSources(
  name: string,
  matches: readonly NameSettings[],
  all: RouteSettings,
): readonly RegistrySource[] | null {
  const isKept = matches.some(({ trust, main }) => trust === 'user' && main !== null && !isPublic(main, all));
  const ordered = [...matches].sort((left, right) => rank(left.trust) - rank(right.trust));
  for (const { trust, boundTo } of ordered) {
    const sources = boundTo(name).filter((source) => trust === 'user' || !isKept || !isPublic(source, all));
    if (sources.length > 0) return sources;
  }
  return null;
}

function newlyBound(
  name: string,
  proposed: readonly NameSettings[],
  all: RouteSettings,
): readonly RegistrySource[] | null {
  const sources = proposed.flatMap(({ boundTo }) => boundTo(name)).filter((source) => !isPublic(source, all));
  return sources.length === 0 ? null : sources;
}

function rank(trust: Trust): number {
  return trust === 'user' ? 0 : 1;
}

/** The registry for everything that is not bound elsewhere. No repository turns a private one into the public one. */
function mainOf(matches: readonly NameSettings[], all: RouteSettings): RegistrySource {
  const fallback: RegistrySource = { url: all.publicUrl, trust: 'user', from: 'the default', unusable: null };
  const mains = matches.map(({ main }) => main).filter((main) => main !== null);
  return mains.find((main) => main.trust === 'user' || !isPublic(main, all)) ?? fallback;
}

function newMain(
  proposed: readonly NameSettings[],
  knownUrls: ReadonlySet<string>,
  all: RouteSettings,
): RegistrySource | null {
  const mains = proposed.map(({ main }) => main).filter((main) => main !== null);
  const open = mains.find((main) => !knownUrls.has(main.url) && !isPublic(main, all));
  return open === undefined ? null : asAdmitted(open, 'main', { knownUrls, all });
}

/** Where nobody but the judged state names a registry, its answers are the change's own word. */
function asAdmitted(
  source: RegistrySource,
  part: RoutePart,
  { knownUrls, all }: { readonly knownUrls: ReadonlySet<string>; readonly all: RouteSettings },
): RegistrySource {
  if (source.unusable !== null || knownUrls.has(source.url)) return source;
  const unusable = `${source.from} names ${source.url}, new in this change, so it is not asked until an earlier commit has it: ${remedyFor(source.url, part, all)}`;
  return { ...source, unusable };
}

/** What a person does where a registry can't be asked. */
function remedyFor(url: string, part: RoutePart, { ownSettings }: RouteSettings): string {
  return `${/^https?:/i.test(url) ? `name it as ${ownSettings(part)}, or ` : ''}${OWN_NAMES}`;
}

interface RouteSources {
  /** They serve some names only. */
  readonly partial: readonly RegistrySource[];
  /** Each is asked for what those before do not have. */
  readonly inTurn: readonly RegistrySource[];
}

/** Private places first, the public one last; one that can't be asked stops everything. */
function routeOf({ partial, inTurn }: RouteSources, all: RouteSettings): Route {
  const sources = [...partial, ...inTurn];
  const [obstacle] = sources
    .map((source) => obstacleOf(source, inTurn.includes(source) ? 'main' : 'partial', all))
    .filter((reason) => reason !== null);
  if (obstacle !== undefined) return { kind: 'notAsked', reason: obstacle };
  const endpoints = new Map<string, Endpoint>();
  for (const source of sources) {
    const isOfEverybody = isPublic(source, all);
    const isPartial = !inTurn.includes(source) || source.isIncomplete === true;
    endpoints.set(source.url, {
      url: source.url,
      isPublic: isOfEverybody,
      servesSomeNames: isPartial && !isOfEverybody,
      ...(inTurn.length > 1 && inTurn.includes(source) && { endsSearch: true }),
      ...(source.mayFail && { mayFail: true }),
    });
  }
  const [first, ...later] = [...endpoints.values()].toSorted(
    (left, right) => Number(left.isPublic) - Number(right.isPublic),
  );
  return first === undefined
    ? { kind: 'notAsked', reason: 'no registry is known for it' }
    : { kind: 'ask', endpoints: [first, ...later] };
}

/** @returns Why a registry can't be asked, and what a person can do; null where it can. */
function obstacleOf(source: RegistrySource, part: RoutePart, all: RouteSettings): string | null {
  const { url, from, unusable } = source;
  if (isPublic(source, all)) return null;
  if (unusable !== null) return unusable;
  const obstacle = all.obstacle(url);
  return obstacle === null ? null : `${from} names ${url}, which ${obstacle}: ${remedyFor(url, part, all)}`;
}

function isPublic({ url }: RegistrySource, { publicUrl }: Pick<RouteSettings, 'publicUrl'>): boolean {
  return isSameOrigin(url, publicUrl);
}

function isSameOrigin(left: string, right: string): boolean {
  return URL.canParse(left) && URL.canParse(right) && new URL(left).origin === new URL(right).origin;
}
