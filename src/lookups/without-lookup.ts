import { purl } from '../model/package.ts';
import type { Evidence } from '../model/evidence.ts';
import type { AskOutcome, RegistryKnowledge, RegistryQuestion } from './lookup-options.ts';

/** The answers where nobody is asked: every question says so. Loads nothing that could send. */
export function silence(questions: readonly RegistryQuestion[], lookup: 'off' | 'offline'): AskOutcome {
  const reason = lookup === 'offline' ? 'offline' : 'lookups are off';
  const known = questions.map((question): [string, RegistryKnowledge] => {
    const answer = { kind: 'notAsked' as const, reason };
    const nothing = { state: 'notAsked' as const, reason };
    const imitation = question.imitation === null ? null : { ...question.imitation, answer };
    const evidence: Evidence = { fact: 'exists', source: question.package.ecosystem, ...nothing };
    const { wellKnown } = question;
    return [
      purl(question.package),
      { facts: { answer, malware: nothing, provides: nothing, imitation, wellKnown }, evidence: [evidence] },
    ];
  });
  return { known: new Map(known), lookups: lookup === 'offline' ? 'offline' : 'none' };
}
