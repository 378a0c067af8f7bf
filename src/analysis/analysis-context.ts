import type { ApprovalSources } from '../policy/status.ts';
import type { AnalysisOptions } from './analyse.ts';
import type { AnalysisContext } from './file-analysis.ts';
import type { ProjectStates } from './project-states.ts';
import type { ProjectResolvers } from './resolvers.ts';
import { statusLookups } from './status-of-origin.ts';

/** @returns What the inspection of each file of a scope needs. */
export function contextOf(
  { head, bases, wholeBases }: ProjectStates,
  records: ApprovalSources,
  { kinds, parse, policy, inAssistant, headJudges }: AnalysisOptions & Pick<AnalysisContext, 'headJudges'>,
): AnalysisContext {
  const side = ({ snapshot, resolver }: ProjectResolvers) => {
    return { snapshot, reader: { languages: kinds.languages, resolver, parse } };
  };
  return {
    kinds,
    next: side(head),
    bases: bases.map(side),
    ignores: policy.ignores,
    inAssistant,
    headJudges,
    wholeBases,
    ...statusLookups(records, head),
  };
}
