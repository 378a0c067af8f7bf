import type { Files } from '../model/language.ts';
import type { Scope, Snapshot } from '../model/snapshot.ts';
import type { Policy } from '../policy/policy.ts';
import { resolversFor, type ProjectResolvers } from './resolvers.ts';
import { filesOf } from '../snapshots/files.ts';

/** The states of the project that a scope names: what one question has read, the next one finds there. */
export class ProjectStates {
  readonly head: ProjectResolvers;
  readonly bases: readonly ProjectResolvers[];
  readonly #scope: Scope;
  readonly #policy: Policy;
  readonly #fileSets = new Map<Snapshot, Files>();

  constructor(scope: Scope, policy: Policy) {
    this.#scope = scope;
    this.#policy = policy;
    this.head = this.resolversOf(scope.head);
    this.bases = scope.bases.map((base) => this.resolversOf(base));
  }

  resolversOf(snapshot: Snapshot): ProjectResolvers {
    const { config, claims } = this.#policy;
    const { bases, trustedBases } = this.#scope;
    const trusted = bases.includes(snapshot) ? [snapshot] : trustedBases;
    const state = {
      snapshot,
      files: this.files(snapshot),
      trusted: trusted.map((witness) => this.files(witness)),
    };
    return resolversFor(state, {
      localModules: config.localModules,
      ambient: config.ambient,
      claims,
    });
  }

  files(snapshot: Snapshot): Files {
    const files = this.#fileSets.get(snapshot) ?? filesOf(snapshot);
    this.#fileSets.set(snapshot, files);
    return files;
  }
}
