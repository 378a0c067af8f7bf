import { ecosystems } from '../ecosystems/index.ts';
import type { EcosystemId, Package } from '../model/package.ts';
import { privateMatcher } from '../config/private-names.ts';
import type { Installation } from '../model/installed.ts';
import type {
  Credential,
  EcosystemRegistry,
  Machine,
  NamePlaces,
  ProxySettings,
  RegistryRoutes,
  RepositoryFile,
  Route,
} from '../model/registry.ts';
import { NameIndex } from '../similar-names/name-index.ts';
import { loadPopular } from '../similar-names/popular.ts';
import { obstacleAt } from './private-addresses.ts';

export interface RoutingOptions {
  /** The public registry of each ecosystem. */
  readonly publicUrls: ReadonlyMap<EcosystemId, string>;
  readonly machine: Machine;
  /** @returns The text of a file of this machine; null where it can't be read. */
  readonly read: (path: string) => Promise<string | null>;
  readonly installation: Installation | null;
  readonly repository: readonly RepositoryFile[];
  readonly proposed: readonly RepositoryFile[];
  readonly placesOf: (subject: Package) => NamePlaces;
  /** `registries` of the configuration, which is a file of the repository. */
  readonly configured: ReadonlyMap<EcosystemId, string>;
  readonly configuredNow: ReadonlyMap<EcosystemId, string>;
  readonly commandSources: readonly string[];
  /** Names and patterns (`@acme/*`, `acme-*`) that never leave the machine. */
  readonly privateNames: readonly string[];
}

/** Which registry every name belongs to, and what goes with a request to it. */
export interface Routing {
  route(subject: Package): Route;
  /** Does the public registry surely serve this package? */
  isWellKnown(subject: Package): boolean;
  /** @returns The packages that are bound to one registry each. */
  readonly bound: readonly Package[];
  readonly credentials: readonly Credential[];
  /** Origins that the user's own settings name, and those of the public registries. */
  readonly trustedOrigins: ReadonlySet<string>;
  /** Ways to the network, the strongest first. */
  readonly network: readonly ProxySettings[];
}

/** @returns Every registry that can be asked, by its ecosystem. */
export async function loadRegistries(): Promise<ReadonlyMap<EcosystemId, EcosystemRegistry>> {
  const registries = new Map<EcosystemId, EcosystemRegistry>();
  for (const { id, registry } of ecosystems) if (registry !== null) registries.set(id, await registry());
  return registries;
}

/** Reads who serves which name. */
export async function routing(
  registries: ReadonlyMap<EcosystemId, EcosystemRegistry>,
  { publicUrls, configured, configuredNow, privateNames, placesOf, ...settings }: RoutingOptions,
): Promise<Routing> {
  const routes = new Map<EcosystemId, RegistryRoutes>();
  // Filled below: nobody asks for a route before all settings are read.
  const trustedOrigins = new Set<string>();
  const wellKnownNames = new NameIndex([], await loadPopular(registries.keys()));
  const isWellKnown = (subject: Package) => wellKnownNames.tierOf(subject) !== undefined;
  for (const [ecosystem, registry] of registries) {
    const ecosystemSettings = {
      configured: configured.get(ecosystem),
      configuredNow: configuredNow.get(ecosystem),
      publicUrl: publicUrls.get(ecosystem) ?? '',
      placesOf: (name: string) => placesOf({ ecosystem, name }),
      obstacle: (url: string) => (URL.canParse(url) ? obstacleAt(new URL(url), trustedOrigins) : null),
      isWellKnown: (name: string) => isWellKnown({ ecosystem, name }),
    };
    routes.set(ecosystem, await registry.routes({ ...settings, ...ecosystemSettings }));
  }
  const all = [...routes.values()];
  const isPrivate = privateMatcher(privateNames);
  const urls = [
    ...all.flatMap(({ userSources }) => userSources.map(({ url }) => url)),
    ...publicUrls.values(),
  ];
  for (const url of urls) if (URL.canParse(url)) trustedOrigins.add(new URL(url).origin);
  return {
    credentials: all.flatMap(({ credentials }) => credentials),
    trustedOrigins,
    network: all.flatMap(({ network }) => network),
    isWellKnown,
    bound: [...routes].flatMap(([ecosystem, { boundNames }]) =>
      [...boundNames].map((name) => ({ ecosystem, name })),
    ),
    route: (subject) => {
      if (isPrivate(subject)) return { kind: 'notAsked', reason: 'a private name' };
      const { ecosystem, name } = subject;
      const reason = `no registry is known for ${ecosystem}`;
      return routes.get(ecosystem)?.route(name) ?? { kind: 'notAsked', reason };
    },
  };
}
