import { purl } from '../model/package.ts';
import type { Evidence, Suggestion } from '../model/evidence.ts';
import type { Fault } from '../model/fault.ts';
import type { Finding, Report } from '../../rules/index.ts';
import { jsonText } from '../text/escape.ts';
import type { Reporter } from './reporter.ts';
import { countsOf, isCopyable } from './words.ts';

/** The report as data; `schema/report.schema.json` describes it, and `schemaVersion` counts its changes. */
export const json: Reporter = {
  id: 'json',
  render: (report) => `${jsonText(reportData(report))}\n`,
};

/** @returns A report as data. */
export function reportData(report: Report) {
  const { scope, files, findings, faults, lookups, policyChanges } = report;
  const { errors, warnings } = countsOf(report);
  return {
    schemaVersion: 1,
    summary: { scope, files, findings: findings.length, errors, warnings, faults: faults.length, lookups },
    policyChanges: policyChanges.map(({ kind, subject, file, line, what, by, reason, grade, evidence }) => ({
      kind,
      subject,
      file,
      line,
      what,
      by,
      reason,
      grade,
      evidence: evidence.map(evidenceData),
    })),
    findings: findings.map(findingData),
    faults: faults.map(faultData),
    notes: report.notes,
  } as const;
}

function findingData(finding: Finding) {
  const {
    rule,
    grade,
    severity,
    file,
    places,
    language,
    specifier,
    module = null,
    status,
    message,
    next,
  } = finding;
  return {
    rule,
    grade,
    severity,
    file,
    ...places[0],
    places,
    language,
    specifier,
    package: finding.package && purl(finding.package),
    module,
    status,
    message,
    evidence: finding.evidence.map(evidenceData),
    suggestions: finding.suggestions.map(suggestionData),
    next: next.filter(isCopyable),
  };
}

/** One fact with all of its keys, whatever its state. */
export function evidenceData(evidence: Evidence) {
  const { fact, state, source } = evidence;
  const value = state === 'present' ? evidence.value : null;
  const reason = state === 'unknown' || state === 'notAsked' ? evidence.reason : null;
  const asOf = state === 'present' || state === 'absent' ? evidence.asOf : null;
  return { fact, state, value, reason, source, asOf };
}

/** A suggestion with its package as a package URL. */
export function suggestionData({ package: suggested, specifier, why }: Suggestion) {
  return { package: purl(suggested), specifier, why };
}

/** A fault with its keys in a fixed order. */
export function faultData({ kind, file, line, column, message, next }: Fault) {
  return { kind, file, line, column, message, next };
}
