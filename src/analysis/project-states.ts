import type { Files } from '../model/language.ts';
import type { Scope, Snapshot } from '../model/snapshot.ts';
import type { Policy } from '../policy/policy.ts';
import { resolversFor, type ProjectResolvers } from './resolvers.ts';
import { filesOf } from '../snapshots/files.ts';

/** Resolvers of a state, and what they read of it. */
export interface RecordingResolvers extends ProjectResolvers {
  readonly read: ReadonlySet<string>;
}

/** The states of the project that a scope names: what one question has read, the next one finds there. */
export class ProjectStates {
  readonly head: ProjectResolvers;
  readonly bases: readonly ProjectResolvers[];
  /** The states that are trusted where everything is judged and nothing compared; none where a change is judged. */
  readonly wholeBases: readonly Snapshot[];
  readonly #scope: Scope;
  readonly #policy: Policy;
  readonly #fileSets = new Map<Snapshot, Files>();

  constructor(scope: Scope, policy: Policy) {
    this.#scope = scope;
    this.#policy = policy;
    this.head = this.resolversOf(scope.head);
    this.bases = scope.bases.map((base) => this.resolversOf(base));
    this.wholeBases = scope.bases.length === 0 ? scope.trustedBases : [];
  }

  resolversOf(snapshot: Snapshot): ProjectResolvers {
    return this.#resolversWith(snapshot, this.files(snapshot));
  }

  /** @returns Resolvers that have read nothing yet, and the files that they have read so far. */
  recordingOf(snapshot: Snapshot): RecordingResolvers {
    const files = this.files(snapshot);
    const read = new Set<string>();
    const text = (path: string) => {
      read.add(path);
      return files.text(path);
    };
    return { ...this.#resolversWith(snapshot, { ...files, text }), read };
  }

  #resolversWith(snapshot: Snapshot, files: Files): ProjectResolvers {
    const { config, claims } = this.#policy;
    const { bases, trustedBases } = this.#scope;
    const trusted = (bases.includes(snapshot) ? [snapshot] : trustedBases).map((base) => this.files(base));
    const { localModules, ambient } = config;
    return resolversFor({ snapshot, files, trusted }, { localModules, ambient, claims });
  }

  files(snapshot: Snapshot): Files {
    const files = this.#fileSets.get(snapshot) ?? this.#filesOf(snapshot);
    this.#fileSets.set(snapshot, files);
    return files;
  }

  /** What a change leaves alone holds the words that it holds in a base. */
  #filesOf(snapshot: Snapshot): Files {
    const files = filesOf(snapshot);
    const { head, bases, touched } = this.#scope;
    const [base] = bases;
    if (snapshot !== head || base === undefined || touched === null) return files;
    return {
      ...files,
      holding: async (words) => {
        const paths = (await files.holding?.(words)) ?? (await this.files(base).holding?.(words)) ?? null;
        return paths && [...new Set([...paths, ...touched])];
      },
    };
  }
}
