import type { Files, Language, Project, Resolver } from '../model/language.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** What resolution takes from the policy, besides the project's files. */
export interface ProjectPolicy {
  readonly localModules: readonly string[];
  readonly ambient: readonly string[];
  /** `imports` of whitelist entries for an ecosystem: module to package names. */
  readonly imports: (ecosystem: string) => ReadonlyMap<string, readonly string[]>;
}

/** A state of the project: its files, and one resolver for each language, made when it is first needed. */
export interface Workshop {
  readonly snapshot: Snapshot;
  readonly files: Files;
  readonly resolver: (language: Language) => Resolver;
}

/** Prepares a state of the project for resolution. Nothing is read yet. */
export function workshopOf(snapshot: Snapshot, files: Files, policy: ProjectPolicy): Workshop {
  const resolvers = new Map<string, Resolver>();
  return {
    snapshot,
    files,
    resolver(language) {
      const known = resolvers.get(language.id);
      if (known) return known;
      const { localModules, ambient } = policy;
      const project: Project = { files, localModules, ambient, imports: policy.imports(language.ecosystem) };
      const resolver = language.resolver(project);
      resolvers.set(language.id, resolver);
      return resolver;
    },
  };
}
