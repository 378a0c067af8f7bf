import { ecosystems } from '../ecosystems/index.ts';
import type { EcosystemId, Package } from '../model/package.ts';
import { privateMatcher } from '../config/private-names.ts';
import type {
  Credential,
  EcosystemRegistry,
  Machine,
  ProxySettings,
  RegistryRoutes,
  RepositoryFile,
  Route,
} from '../model/registry.ts';

export interface RoutingOptions {
  /** The public registry of each ecosystem. */
  readonly publicUrls: ReadonlyMap<EcosystemId, string>;
  readonly machine: Machine;
  /** @returns The text of a file of this machine; null where it can't be read. */
  readonly read: (path: string) => Promise<string | null>;
  readonly repository: readonly RepositoryFile[];
  /** `registries` of the configuration, which is a file of the repository. */
  readonly configured: ReadonlyMap<EcosystemId, string>;
  /** Names and patterns (`@acme/*`, `acme-*`) that never leave the machine. */
  readonly privateNames: readonly string[];
}

/** Which registry every name belongs to, and what goes with a request to it. */
export interface Routing {
  route(subject: Package): Route;
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
  { publicUrls, configured, privateNames, ...settings }: RoutingOptions,
): Promise<Routing> {
  const routes = new Map<EcosystemId, RegistryRoutes>();
  for (const [id, registry] of registries) {
    const publicUrl = publicUrls.get(id) ?? '';
    routes.set(id, await registry.routes({ ...settings, configured: configured.get(id), publicUrl }));
  }
  const all = [...routes.values()];
  const isPrivate = privateMatcher(privateNames);
  const urls = [
    ...all.flatMap(({ userSources }) => userSources.map(({ url }) => url)),
    ...publicUrls.values(),
  ];
  return {
    credentials: all.flatMap(({ credentials }) => credentials),
    trustedOrigins: new Set(urls.filter((url) => URL.canParse(url)).map((url) => new URL(url).origin)),
    network: all.flatMap(({ network }) => network),
    route: (subject) => {
      if (isPrivate(subject)) return { kind: 'notAsked', reason: 'a private name' };
      const { ecosystem, name } = subject;
      const reason = `no registry is known for ${ecosystem}`;
      return routes.get(ecosystem)?.route(name) ?? { kind: 'notAsked', reason };
    },
  };
}
