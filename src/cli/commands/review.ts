import type { ExitCode, World } from '../world.ts';
import { UsageError } from '../usage.ts';
import { hasTerminal } from '../decisions/prompts.ts';

/** The flags of `review`. */
export interface ReviewFlags {
  readonly all?: boolean;
  readonly offline?: boolean;
  readonly stage?: boolean;
  readonly config?: string;
}
export async function reviewCommand(_flags: ReviewFlags, world: World): Promise<ExitCode> {
  if (!hasTerminal(world)) throw new UsageError('review needs a terminal', 'approve');
  return Promise.resolve(0);
}
