import type { Judgement } from '../app/proposed.ts';
import type { Policy } from '../policy/policy.ts';
import { packageLabel } from '../model/package.ts';
import { entryOf } from '../model/status.ts';
import type { Finding } from '../../rules/index.ts';
import { faultData, suggestionData } from '../reporters/json.ts';
import { countsOf, topSuggestions } from '../reporters/words.ts';
import { evidenceData, quotation } from './quotations.ts';

/** Whoever has more findings than this corrects the first ones first. */
const MOST_FINDINGS = 50;

/**
 * @param hasFile Whether the findings are about a file of the project, and not about a command.
 * @returns What was found, as `--format json` has it, but for texts from outside, which are quotations, and capped.
 */
export function findingsData({ report, policy }: Judgement, hasFile: boolean) {
  const { findings, faults, notes } = report;
  const shown = findings.slice(0, MOST_FINDINGS);
  return {
    ...countsOf(report),
    findings: shown.map((finding) => ({
      file: hasFile ? finding.file : null,
      ...findingData(finding, policy),
    })),
    leftOut: findings.length - shown.length,
    faults: faults.slice(0, MOST_FINDINGS).map(faultData),
    notes: notes.slice(0, MOST_FINDINGS),
  };
}

function findingData(finding: Finding, policy: Policy | null) {
  const { rule, grade, severity, places, specifier, status, evidence } = finding;
  const [{ line, column, cell }] = places;
  return {
    rule,
    grade,
    severity,
    line,
    column,
    cell,
    places: places.length,
    specifier,
    package: finding.package && packageLabel(finding.package),
    status,
    message: withQuotations(finding.message, wordsIn(finding, policy)),
    evidence: evidence.map(evidenceData),
    suggestions: topSuggestions(finding).map(suggestionData),
  };
}

/** @returns What people wrote that the message of a finding may repeat: the reason of a decision, and who took it. */
function wordsIn({ change, ...finding }: Finding, policy: Policy | null): readonly string[] {
  const entry = finding.package && policy ? entryOf(policy.decide(finding.package)) : null;
  return [entry?.reason, entry?.by, change?.reason, change?.by].filter(
    (words): words is string => typeof words === 'string' && words !== '',
  );
}

/** They stand in a message behind a colon, or behind `by`. */
function withQuotations(message: string, words: readonly string[]): string {
  let text = message;
  for (const word of words)
    for (const lead of [': ', 'by '])
      text = text.replaceAll(`${lead}${word}`, () => `${lead}${quotation(word) ?? ''}`);
  return text;
}
