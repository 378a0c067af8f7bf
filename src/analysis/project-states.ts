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
  readonly #policy: Policy;
  readonly #fileSets = new Map<Snapshot, Files>();

  constructor(scope: Scope, policy: Policy) {
    this.#policy = policy;
    this.head = this.resolversOf(scope.head);
    this.bases = scope.bases.map((base) => this.resolversOf(base));
  }

  resolversOf(snapshot: Snapshot): ProjectResolvers {
    const { config, claims } = this.#policy;
    return resolversFor(snapshot, this.files(snapshot), {
      localModules: config.localModules,
      ambient: config.ambient,
      claims,
    });
  }

  /** @returns Resolvers that have read nothing yet, and the files that they have read so far. */
  recordingOf(snapshot: Snapshot): RecordingResolvers {
    const { config, claims } = this.#policy;
    const files = this.files(snapshot);
    const read = new Set<string>();
    const text = (path: string) => {
      read.add(path);
      return files.text(path);
    };
    const { localModules, ambient } = config;
    return { ...resolversFor(snapshot, { ...files, text }, { localModules, ambient, claims }), read };
  }

  files(snapshot: Snapshot): Files {
    const files = this.#fileSets.get(snapshot) ?? filesOf(snapshot);
    this.#fileSets.set(snapshot, files);
    return files;
  }
}
