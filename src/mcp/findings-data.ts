import type { Judgement } from '../app/proposed.ts';
import { packageLabel } from '../model/package.ts';
import type { Finding } from '../../rules/index.ts';
import { faultData } from '../reporters/json.ts';
import { countsOf, topSuggestions } from '../reporters/words.ts';
import { evidenceData } from './quotations.ts';

/** Whoever has more findings than this corrects the first ones first. */
const MOST_FINDINGS = 50;

/**
 * @param hasFile Whether the findings are about a file of the project, and not about a command.
 * @returns What was found, as `--format json` has it, but for texts from outside, which are quotations, and capped.
 */
export function findingsData({ report }: Judgement, hasFile: boolean) {
  const { findings, faults, notes } = report;
  const shown = findings.slice(0, MOST_FINDINGS);
  return {
    ...countsOf(report),
    findings: shown.map((finding) => ({
      file: hasFile ? finding.file : null,
      ...findingData(finding),
    })),
    leftOut: findings.length - shown.length,
    faults: faults.slice(0, MOST_FINDINGS).map(faultData),
    notes: notes.slice(0, MOST_FINDINGS),
  };
}

function findingData(finding: Finding) {
  const { rule, grade, severity, places, specifier, status, message, evidence } = finding;
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
    message,
    evidence: evidence.map(evidenceData),
    suggestions: topSuggestions(finding).map((meant) => ({ ...meant, package: packageLabel(meant.package) })),
  };
}
