import { purl } from '../model/package.ts';
import type { Evidence } from '../model/evidence.ts';
import type { LookupResult, PackageKnowledge, PackageQuery } from './lookup-options.ts';

/** @returns Why nobody is asked. */
export function unaskedReason(lookup: 'off' | 'offline'): string {
  return lookup === 'offline' ? 'offline' : 'lookups are off';
}

/** The answers where nobody is asked: every question says so. Loads nothing that could send. */
export function notLookedUp(questions: readonly PackageQuery[], lookup: 'off' | 'offline'): LookupResult {
  const reason = unaskedReason(lookup);
  const knowledge = questions.map((question): [string, PackageKnowledge] => {
    const answer = { kind: 'notAsked' as const, reason };
    const nothing = { state: 'notAsked' as const, reason };
    const imitation = question.imitation === null ? null : { ...question.imitation, answer };
    const evidence: Evidence = { fact: 'exists', source: question.package.ecosystem, ...nothing };
    const { wellKnown } = question;
    const facts = { answer, malware: nothing, provides: nothing, imitation, hasOwnModule: null, wellKnown };
    return [purl(question.package), { facts, evidence: [evidence], heldBy: null, shown: null }];
  });
  return { known: new Map(knowledge), lookups: lookup === 'offline' ? 'offline' : 'none' };
}
