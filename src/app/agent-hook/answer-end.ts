import type { AgentAnswer } from '../../agents/protocols/event.ts';
import { checkBranch } from '../proposed.ts';
import { silence, type HookCall } from './answer.ts';
import { isAdopted, placeAt } from './place.ts';

/**
 * Judges all that the work tree has beyond the default branch, whatever wrote it: programs that the agent ran, other agents that
 * it started.
 *
 * @throws HookFault where the project can't be read.
 */
export async function answerEnd(call: HookCall): Promise<AgentAnswer> {
  const place = placeAt('.', call);
  if (place.location.repository === null) return silence;
  if (call.options.onlyAdopted && !(await isAdopted(place.location))) return silence;
  const judgement = await checkBranch(place);
  const findings = judgement.report.findings.filter(({ severity }) => severity === 'error');
  if (findings.length + judgement.report.faults.length === 0) return silence;
  const { faultsOf, findingsText } = await import('./texts.ts');
  if (findings.length === 0) return faultsOf(judgement);
  return { kind: 'hold', text: findingsText(findings, judgement, 'end') };
}
