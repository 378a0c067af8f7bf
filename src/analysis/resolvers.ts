import type { Files, Language, Project, Resolver } from '../model/language.ts';
import type { Package } from '../model/package.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** What resolution takes from the policy, besides the project's files. */
export interface ProjectPolicy {
  readonly localModules: readonly string[];
  readonly ambient: readonly string[];
  /** Which modules the packages of an ecosystem provide, as whitelist entries say it. */
  readonly claims: (ecosystem: string) => Pick<Project, 'imports' | 'recorded'>;
}

/** A state of the project: its files, and one resolver for each language, made when it is first needed. */
export interface ProjectResolvers {
  readonly snapshot: Snapshot;
  readonly files: Files;
  readonly resolver: (language: Language) => Resolver;
  /**
   * A resolver that is told which package provides a module: a file of that name counts where it takes the
   * package's place, and not where only a script of the same folder would find it.
   */
  readonly resolverKnowing: (language: Language, module: string, provider: Package) => Resolver;
}

/** The files of a state, and those of the states whose word counts for the hosts that it shows. */
export interface ProjectState extends Pick<Project, 'files' | 'trusted'> {
  readonly snapshot: Snapshot;
}

/** @returns A state that no change leads to: its own word counts. */
export function settledState(snapshot: Snapshot, files: Files): ProjectState {
  return { snapshot, files, trusted: [files] };
}

/** Of a language whose references say themselves which packages they lead to. */
const NO_CLAIMS: Pick<Project, 'imports' | 'recorded'> = { imports: new Map(), recorded: new Map() };

/** Prepares a state of the project for resolution. Nothing is read yet. */
export function resolversFor(
  { snapshot, files, trusted }: ProjectState,
  policy: ProjectPolicy,
): ProjectResolvers {
  const resolvers = new Map<string, Resolver>();
  const resolverWith = (language: Language, claims: Pick<Project, 'imports' | 'recorded'>): Resolver => {
    const { localModules, ambient } = policy;
    return language.resolver({ files, trusted, localModules, ambient, ...claims });
  };
  const claimsOf = ({ ecosystem }: Language) => (ecosystem === null ? NO_CLAIMS : policy.claims(ecosystem));
  return {
    snapshot,
    files,
    resolver(language) {
      const cached = resolvers.get(language.id);
      if (cached) return cached;
      const resolver = resolverWith(language, claimsOf(language));
      resolvers.set(language.id, resolver);
      return resolver;
    },
    resolverKnowing(language, module, { name }) {
      const { imports, recorded } = claimsOf(language);
      return resolverWith(language, { imports: new Map([...imports, [module, [name]]]), recorded });
    },
  };
}
