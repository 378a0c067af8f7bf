import type { Fact } from './evidence.ts';
import type { Installation } from './installed.ts';
import type { Send } from './http.ts';
import type { InstallRun } from './reference.ts';
import type { PackageFacts } from './registry-facts.ts';

/**
 * Who says where packages come from. What the user's own files and environment say is trusted; what a
 * file of the repository says only chooses a registry: it names no credentials, is not expanded, and may
 * not lead into the machine or its network.
 */
export type Trust = 'user' | 'repository';

/** One registry or index, as a file or the environment names it. */
export interface RegistrySource {
  /** Without a slash at its end, user or password. */
  readonly url: string;
  readonly trust: Trust;
  /** The file or variable that names it, for messages. */
  readonly from: string;
  /** A reason why it can't be asked: a variable of a repository's file, which is not expanded. */
  readonly unusable: string | null;
  /**
   * Those that are asked in turn where it has no package of a name: whichever has it first is the one that it comes from.
   * Left out where a name may come from each of several registries, and where there is only one.
   */
  readonly next?: readonly RegistrySource[];
  /** Of several in turn: the next one is asked also where this one fails. */
  readonly mayFail?: true;
  /** What it does not have may come from elsewhere than from registries. */
  readonly isIncomplete?: true;
}

/** What goes with requests to one part of one host. */
export interface Credential {
  /** `https://host/path/`; the scheme is that of the registry, or `//` for both. */
  readonly prefix: string;
  /** The value of the `Authorization` header. */
  readonly authorization: string;
}

/** A registry that is asked for one name. */
export interface Endpoint {
  /** Without a slash at its end. */
  readonly url: string;
  /** It is the ecosystem's public registry. */
  readonly isPublic: boolean;
  /** It serves some names only (a scope's registry, an extra index), so its 404 may mean "not for you". */
  readonly servesSomeNames: boolean;
  /** Where it has the package, those behind it are not asked: a name that it serves is none of their business. */
  readonly endsSearch?: true;
  /** Where it gives no answer, those behind it are asked all the same. */
  readonly mayFail?: true;
}

/** Where to ask for a name, in this order; or why nobody is asked. */
export type Route =
  | { readonly kind: 'ask'; readonly endpoints: readonly [Endpoint, ...Endpoint[]] }
  | { readonly kind: 'notAsked'; readonly reason: string };

/** What settings say about the way to the network. */
export interface ProxySettings {
  readonly proxy: string | null;
  readonly httpsProxy: string | null;
  readonly noProxy: string | null;
  /** Certificates of authorities that are trusted besides Node's own, in PEM. */
  readonly authorities: readonly string[];
}

/** The machine, as far as settings depend on it. */
export interface Machine {
  readonly environment: ReadonlyMap<string, string>;
  /** The user's home folder, absolute. */
  readonly home: string;
  readonly platform: NodeJS.Platform;
}

export interface RepositoryFile {
  readonly path: string;
  readonly text: string;
  /** Of a program: what it has installed. */
  readonly runs?: readonly InstallRun[];
}

/** Where a package is named: the manifests that declare it, and the programs that import it. */
export interface NamePlaces {
  readonly declared: readonly string[];
  readonly used: readonly string[];
}

/** What says which registry a name belongs to. */
export interface RegistrySettings {
  readonly machine: Machine;
  /** @returns The text of a file of this machine, by its absolute path; null where it can't be read. */
  readonly read: (path: string) => Promise<string | null>;
  /** What is installed for the project: an environment has settings of its own. null where nobody knows. */
  readonly installation: Installation | null;
  /** Files of the trusted states before the judged one. */
  readonly repository: readonly RepositoryFile[];
  /** Files of the judged state: what they alone say is new, so nobody is asked there. */
  readonly proposed: readonly RepositoryFile[];
  /** @param name Canonical. */
  readonly placesOf: (name: string) => NamePlaces;
  /** The address in the configuration, which is a file of the repository. */
  readonly configured: string | undefined;
  /** The address that only the judged state's configuration has. */
  readonly configuredNow: string | undefined;
  /** Addresses that a person types for what is asked about: an index of the judged state among them is that person's word. */
  readonly commandSources: readonly string[];
  readonly publicUrl: string;
  /** @returns What stands in the way of a request, said of the registry: `is not reached over HTTPS`; else null. */
  readonly obstacle: (url: string) => string | null;
  /** Does the public registry surely serve this name? */
  readonly isWellKnown: (name: string) => boolean;
}

/** Where the names of an ecosystem are asked for, as all settings together say it. */
export interface RegistryRoutes {
  /** @param name Canonical. */
  route(name: string): Route;
  /** The names that are bound to one registry each: programs may import them by other names. */
  readonly boundNames: ReadonlySet<string>;
  readonly credentials: readonly Credential[];
  /** The registries that the user's own settings name. */
  readonly userSources: readonly RegistrySource[];
  /** Ways to the network, the strongest first. */
  readonly network: readonly ProxySettings[];
}

/** One question to one registry. */
export interface LookupRequest {
  /** Canonical, and valid in the ecosystem's grammar. */
  readonly name: string;
  readonly endpoint: Endpoint;
  /** Of the answer that is known already. */
  readonly etag: string | null;
  /** Credentials go with requests to this registry. */
  readonly authenticated: boolean;
  /** Which version's archive is wanted besides the newest; left out for none. */
  readonly version?: string | null;
  readonly now: Date;
  readonly send: Send;
}

/** A package as a registry serves it: what can be looked into to see the modules that it provides. */
export interface Archive {
  readonly url: string;
  readonly filename: string;
  readonly version: string;
  /** In bytes; null where the registry doesn't tell. */
  readonly size: number | null;
  /** Its metadata stand beside it. */
  readonly metadata: boolean;
  /** The addresses of such archives of the same version for other platforms; left out where this one is for all. */
  readonly variants?: readonly string[] | undefined;
}

/** The archive of a version that somebody has; null where that has none to look into. */
export interface VersionArchive {
  readonly version: string;
  readonly archive: Archive | null;
}

/** What one registry answered: a fact, or the lack of one with its reason. */
export type RegistryAnswer =
  | {
      readonly kind: 'present';
      readonly facts: PackageFacts;
      /** The newest one that can be looked into; null where there is none. */
      readonly archive: Archive | null;
      /** Of the version that was wanted; null where none was. */
      readonly versionArchive?: VersionArchive | null | undefined;
      readonly etag: string | null;
    }
  /** An absence where it comes from a registry. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'withdrawn'; readonly on: string | null }
  | { readonly kind: 'unchanged' }
  /** `isHidden`: it answered that it has no such package, which it may say to everybody whom it doesn't know. */
  | { readonly kind: 'unknown'; readonly reason: string; readonly isHidden?: boolean }
  | { readonly kind: 'notAsked'; readonly reason: string };

/** A package that another one needs. */
export interface PackageRequirement {
  readonly name: string;
  /** The extras of it that are asked for. */
  readonly extras: readonly string[];
  /** The extras of the other one of which one has to be asked for; none where it is always needed. */
  readonly onlyWith: readonly string[];
}

/** What can be seen in the archives of a registry. */
export interface Archives {
  /** What people call one: `wheel`. */
  readonly title: string;
  modulesOf(archive: Archive, currentTime: Date, send: Send): Promise<Fact<readonly string[]>>;
  /** @returns The highest of some versions; null where there is none. */
  highest(versions: readonly string[]): string | null;
  /** @returns What one needs, with any of its extras and in any environment, as its metadata write it. */
  requirementsOf(
    archive: Archive,
    currentTime: Date,
    send: Send,
  ): Promise<Fact<readonly PackageRequirement[]>>;
  /** Do these modules make an import of this module work? */
  provides(modules: readonly string[], module: string): boolean;
}

/** The registry of an ecosystem, and those that speak like it. */
export interface EcosystemRegistry {
  /** What evidence calls its source. */
  readonly id: string;
  /** Without a slash at its end. */
  publicUrl(): Promise<string>;
  routes(settings: RegistrySettings): Promise<RegistryRoutes>;
  /** Asks for one name. Never throws for what a server may send. */
  lookup(request: LookupRequest): Promise<RegistryAnswer>;
  /** The package of the registry's own command: a name that each full registry has, and that says nothing of a project. */
  readonly client: string;
  /** Asks for the client, and reads no more than it takes to see a registry's answer. */
  recognise(request: LookupRequest): Promise<RegistryAnswer>;
  /** The first publication is that of the earliest file, of which only the public registry keeps all. */
  readonly datesFiles: boolean;
  /** null where programs import packages by their own names. */
  readonly archives: Archives | null;
}
