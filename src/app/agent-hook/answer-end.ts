import type { AgentAnswer } from '../../agents/protocols/event.ts';
import type { PolicyChangeKind } from '../../model/policy.ts';
import { checkBranch } from '../proposed.ts';
import { silence, type HookCall } from './answer.ts';
import { isAdopted, placeAt } from './place.ts';

/**
 * What a person may have written into the whitelist while the agent works. It holds no turn: what it approves does not count
 * before it is committed, and uses of that are told by themselves.
 */
const DECISIONS: readonly PolicyChangeKind[] = [
  'decision',
  'adoption',
  'source',
  'module',
  'denied-module',
  'replacement',
  'member',
];

/**
 * Judges all that the work tree has beyond the default branch, whatever wrote it: programs that the agent ran, other agents that
 * it started.
 *
 * @throws HookFault where the project can't be read.
 */
export async function answerEnd(call: HookCall): Promise<AgentAnswer> {
  const place = placeAt('.', call);
  if (place.location.repository === null) return silence;
  if (call.options.onlyAdopted && !isAdopted(place.location)) return silence;
  const judgement = await checkBranch(place);
  const findings = judgement.report.findings.filter(
    ({ severity, change }) => severity === 'error' && !(change !== null && DECISIONS.includes(change.kind)),
  );
  if (findings.length + judgement.report.faults.length === 0) return silence;
  const { faultsOf, findingsText } = await import('./texts.ts');
  if (findings.length === 0) return faultsOf(judgement);
  return { kind: 'hold', text: findingsText(findings, judgement, 'end') };
}
