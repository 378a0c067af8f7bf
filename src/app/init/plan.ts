import type { AgentName } from '../../agents/settings/agent.ts';
import type { Adoption } from './adoption.ts';
import type { ProcessContext } from '../process.ts';
import type { Progress } from '../progress.ts';
import type { FileChange } from '../../hook-managers/file-change.ts';

/** How a project is surveyed, and who chooses. */
export interface SurveyOptions {
  readonly context: ProcessContext;
  /** No registry is asked. */
  readonly offline: boolean;
  /** Which packages in use that nothing declares go to the baseline. */
  readonly choose: (adoption: Adoption) => Promise<Adoption>;
  /** Left out: nobody is shown any. */
  readonly progress?: Progress;
}

/** Changes that serve one purpose: a person takes or leaves them together. */
export interface ChangeGroup {
  readonly id: 'whitelist' | 'config' | 'attributes' | 'hook' | 'ci' | 'owners' | 'instructions' | AgentName;
  /** What it does, to be read after "Write". */
  readonly title: string;
  readonly changes: readonly FileChange[];
}

/** Everything that a run of `init` would do and say. */
export interface InitPlan {
  readonly groups: readonly ChangeGroup[];
  /** null where the project has a whitelist already, or something is taken away. */
  readonly adoption: Adoption | null;
  /** What belongs into the same commit and was there before, relative to the root. */
  readonly companions: readonly string[];
  /** Sentences about what was chosen and why. */
  readonly said: readonly string[];
  /** What could not be done: the run ends with 2, and does the rest. */
  readonly refused: readonly { readonly message: string; readonly next: string }[];
  /** What a person does after that, one sentence each; left out: nothing. */
  readonly afterwards?: readonly string[];
}

/** @returns All changes of a plan, in the order in which they are made. */
export function changesOf({ groups }: Pick<InitPlan, 'groups'>): readonly FileChange[] {
  return groups.flatMap(({ changes }) => changes);
}
