import type { Files } from '../model/language.ts';
import type { Scope, Snapshot } from '../model/snapshot.ts';
import type { Policy } from '../policy/policy.ts';
import { workshopOf, type Workshop } from './resolvers.ts';
import { filesOf } from '../snapshots/files.ts';

/** The states of the project that a scope names: what one question has read, the next one finds there. */
export class States {
  readonly next: Workshop;
  readonly bases: readonly Workshop[];
  readonly #policy: Policy;
  readonly #fileSets = new Map<Snapshot, Files>();

  constructor(scope: Scope, policy: Policy) {
    this.#policy = policy;
    this.next = this.workshop(scope.next);
    this.bases = scope.bases.map((base) => this.workshop(base));
  }

  workshop(snapshot: Snapshot): Workshop {
    const { config, imports } = this.#policy;
    return workshopOf(snapshot, this.files(snapshot), {
      localModules: config.localModules,
      ambient: config.ambient,
      imports,
    });
  }

  files(snapshot: Snapshot): Files {
    const known = this.#fileSets.get(snapshot) ?? filesOf(snapshot);
    this.#fileSets.set(snapshot, known);
    return known;
  }
}
