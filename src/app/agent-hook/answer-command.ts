import { resolve } from 'node:path';
import type { AgentAnswer, AgentEvent } from '../../agents/protocols/event.ts';
import type { Finding } from '../../../rules/index.ts';
import type { Judgement } from '../proposed.ts';
import { silence, type HookCall } from './answer.ts';
import { mayPassGate } from './gate-look.ts';
import { isAdopted, pathIn, placeAt } from './place.ts';

type CommandCall = HookCall & { readonly event: Extract<AgentEvent, { kind: 'command' }> };

/**
 * Judges a command before it runs. What it installs has to be approved: it runs programs of strangers at once.
 *
 * @throws HookFault where the project can't be read.
 */
export async function answerCommand(call: CommandCall): Promise<AgentAnswer> {
  const { event, options, context } = call;
  const place = placeAt(resolve(context.cwd, event.folder), call);
  const isUnadopted = options.onlyAdopted || place.location.repository === null;
  if (isUnadopted && !isAdopted(place.location)) return silence;
  if (mayPassGate(event.text)) {
    const { gateAnswer } = await import('./answer-gate.ts');
    const refusal = await gateAnswer(event, place);
    if (refusal !== null) return refusal;
  }
  const { mayInstall } = await import('../../languages/shared/installs.ts');
  if (!mayInstall(event.text)) return silence;
  const { checkCommand, isUnapprovedAllowed } = await import('../proposed.ts');
  const folder = pathIn(place.location, place.context.cwd) ?? '';
  const judgement = await checkCommand(event.text, { folder }, place);
  const { policies } = judgement;
  const isAllowed = policies !== null && isUnapprovedAllowed(policies.judge);
  const findings = refusedFindings(judgement, isAllowed);
  if (findings.length > 0) {
    const { findingsText } = await import('./texts.ts');
    return { kind: 'refuse', text: findingsText(findings, judgement, 'refused-command') };
  }
  if (judgement.report.faults.length > 0) return (await import('./texts.ts')).faultsOf(judgement);
  const { projectInstall } = await import('./project-install.ts');
  return projectInstall(event, place);
}

/**
 * A request is not enough to install, and that the whitelist says nothing of commands in files is no permission. What else the
 * work tree changes is no matter of the command.
 */
function refusedFindings({ report }: Judgement, isAllowed: boolean): readonly Finding[] {
  return report.findings.filter(
    ({ rule, severity }) =>
      (severity === 'error' && rule !== 'policy-change') || (rule === 'unapproved-package' && !isAllowed),
  );
}
