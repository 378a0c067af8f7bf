import type { AgentAnswer, AgentEvent, ReadEvent } from '../../agents/protocols/event.ts';
import { TOOL } from '../../model/tool.ts';
import type { ProcessContext } from '../process.ts';

/** What an agent's hook is started with. */
export interface HookOptions {
  /**
   * `deny`: an edit that imports what nobody approved is refused as well; `advise`: nothing is refused, and no turn is held.
   * undefined: by the policy, as the documentation tells.
   */
  readonly mode: 'deny' | 'advise' | undefined;
  /** What happens to a call that could not be judged; undefined: commands are refused, edits pass with a message. */
  readonly onFault: 'deny' | 'pass' | undefined;
  /** Is a project left alone that has neither a whitelist nor a config? */
  readonly onlyAdopted: boolean;
}

/** The event, and where and how it is judged. */
export interface HookCall {
  readonly read: ReadEvent;
  readonly options: HookOptions;
  /** Its working folder is that of the agent. */
  readonly context: ProcessContext;
}

export const silence: AgentAnswer = { kind: 'silence' };

/** A judgement that could not be made: what failed, and what to do. */
export class HookFault extends Error {}

/**
 * Judges what an agent tells of. Whether it is refused depends on the policy alone; what a registry says changes the text, and
 * has an edit refused that would be held at the end of the turn.
 *
 * @throws HookFault where the project can't be read. GitError where git fails.
 */
export async function answerEvent(call: HookCall): Promise<AgentAnswer> {
  const { event } = call.read;
  switch (event.kind) {
    case 'other':
      return silence;
    case 'edit': {
      const { answerEdit } = await import('./answer-edit.ts');
      return inMode(await answerEdit({ ...call, event }), call);
    }
    case 'command': {
      const { answerCommand } = await import('./answer-command.ts');
      return inMode(await answerCommand({ ...call, event }), call);
    }
    case 'end': {
      // Whoever was held once has read it.
      if (event.isHeld || call.options.mode === 'advise') return silence;
      const { answerEnd } = await import('./answer-end.ts');
      return answerEnd(call);
    }
  }
}

/** Where nothing is to be refused, the model reads why it would have been. */
function inMode(answer: AgentAnswer, { options: { mode } }: HookCall): AgentAnswer {
  return mode === 'advise' && answer.kind === 'refuse' ? { kind: 'advise', text: answer.text } : answer;
}

/** @returns What is answered where an event could not be judged. @param reason A sentence. */
export function answerFault(
  event: AgentEvent | null,
  reason: string,
  { mode, onFault }: Pick<HookOptions, 'mode' | 'onFault'>,
): AgentAnswer {
  if (event?.kind === 'other') return silence;
  const isCommand = event === null || event.kind === 'command';
  const isRefused = mode !== 'advise' && (onFault ?? (isCommand ? 'deny' : 'pass')) === 'deny';
  const text = `${TOOL}: this could not be checked. ${reason}\nTell the user; nothing was decided about it.`;
  if (event?.kind === 'end') return isRefused && !event.isHeld ? { kind: 'hold', text } : silence;
  const isPast = event?.kind === 'edit' && event.moment === 'after';
  return { kind: isRefused && !isPast ? 'refuse' : 'advise', text };
}
