import type { Evidence } from '../model/evidence.ts';
import type { Imitation, LookupFacts } from '../model/registry-facts.ts';
import type { ShownModules } from '../model/module-names.ts';
import type { EcosystemId, Package } from '../model/package.ts';
import type { Clock, Fetch } from './http.ts';
import type { SharedAnswers } from './shared-answers.ts';
import type { Installation } from '../model/installed.ts';
import type { Machine, NamePlaces, RepositoryFile } from '../model/registry.ts';

/** One unapproved package, and what is asked about it. */
export interface PackageQuery {
  readonly package: Package;
  /** Python modules that are imported and would have to come from it; empty for a dependency line. */
  readonly modules: readonly string[];
  /** Other packages that what is imported may lie in, the likeliest first. Left out: it names the package itself. */
  readonly alternatives?: readonly Package[];
  /** Look into its archive, also where no module is imported from it. */
  readonly isInspected: boolean;
  /** The known name that it looks like. */
  readonly imitation: Imitation | null;
  readonly wellKnown: boolean;
}

/** What is known from outside about one package: for the grade, and for reports. */
export interface PackageKnowledge {
  readonly facts: LookupFacts;
  readonly evidence: readonly Evidence[];
  /** The package that holds what is named, where there is none of the name itself. */
  readonly heldBy: Package | null;
  /** What the version that the project has provides, else the newest; null where nobody looked, or nobody could tell. */
  readonly shown: ShownModules | null;
}

/** The public addresses. Simple indexes and registries by ecosystem, and OSV's API. */
export interface PublicUrls {
  readonly registries: ReadonlyMap<EcosystemId, string>;
  readonly osv: string;
}

/** How a run may ask. */
export interface LookupOptions {
  readonly lookup: 'on' | 'off' | 'offline';
  /** For the whole phase, in milliseconds. */
  readonly budget: number;
  /** Packages published within so many days are young. */
  readonly youngDays: number;
  readonly machine: Machine;
  /** Files of the trusted states before the judged one that say which registry a name belongs to. */
  readonly repository: readonly RepositoryFile[];
  /** Those of the judged state. Left out: it says nothing new. */
  readonly proposed?: readonly RepositoryFile[];
  /** Where packages are declared and used. Left out: nobody knows. */
  readonly placesOf?: (subject: Package) => NamePlaces;
  /** What is installed for the project. Left out: nobody knows. */
  readonly installation?: Installation;
  /** Why some packages are asked nowhere, by package URL. */
  readonly reserved?: ReadonlyMap<string, string>;
  /** `registries` of the configuration. */
  readonly configured: ReadonlyMap<EcosystemId, string>;
  /** What only the judged state's configuration has there. Left out: nothing. */
  readonly configuredNow?: ReadonlyMap<EcosystemId, string>;
  /** Addresses that a person types for what is asked about. Left out: none. */
  readonly commandSources?: readonly string[];
  /** Private names, workspace names and the project's own: they never leave the machine. */
  readonly privateNames: readonly string[];
  /** The versions of a package that the project has, as written; left out where nobody can tell. */
  readonly versionsOf?: (subject: Package) => Promise<readonly string[]>;
  /** Absolute; null keeps nothing. Left out: the user's cache folder. */
  readonly cacheFolder?: string | null;
  readonly clock?: Clock;
  /** Left out: the network, as the user's settings describe the way to it. */
  readonly fetch?: Fetch;
  readonly publicUrls?: PublicUrls;
  /** Answers that the questions of one run have in common. Left out: those of one call. */
  readonly shared?: SharedAnswers;
}

export interface LookupResult {
  /** By package URL. */
  readonly known: ReadonlyMap<string, PackageKnowledge>;
  readonly lookups: 'asked' | 'cached' | 'offline' | 'none';
}
