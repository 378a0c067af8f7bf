import { rulePage, rules, type Report } from '../../rules/index.ts';
import { jsonText } from '../text/escape.ts';
import type { Reporter } from './reporter.ts';
import { faultNotification, noteNotification, resultsOf } from './sarif-results.ts';
import { changeText, loosenedFirst, sentence, unreportedChanges } from './words.ts';
import { HOME, SETTINGS_NAME } from '../model/tool.ts';

/**
 * SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html) with everything that
 * GitHub code scanning requires
 * (https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning).
 * Faults are notifications of a run that did not succeed; loosened policy that no result tells of, and
 * remarks, are notifications too.
 */
export const sarif: Reporter = {
  id: 'sarif',
  render: (report, { version }) =>
    `${jsonText({
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [run(report, version)],
    })}\n`,
};

/** GitHub rejects a file with more results in a run, and shows the gravest 5,000 of them. */
const mostResults = 25_000;

function run(report: Report, version: string) {
  const { faults, notes } = report;
  const results = resultsOf(loosenedFirst(report.findings));
  const left = results.length - mostResults;
  const remarks = [
    ...unreportedChanges(report).map(
      (change) => `Policy was loosened: ${changeText(change, (text) => text)}`,
    ),
    ...notes,
    ...(left > 0 ? [`${String(left)} more results were left out, warnings first.`] : []),
  ];
  return {
    tool: {
      driver: {
        name: SETTINGS_NAME,
        semanticVersion: version,
        informationUri: HOME,
        rules: rules.map(descriptor),
      },
    },
    invocations: [
      {
        executionSuccessful: faults.length === 0,
        toolExecutionNotifications: [...faults.map(faultNotification), ...remarks.map(noteNotification)],
      },
    ],
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
    columnKind: 'utf16CodeUnits',
    results: left > 0 ? gravest(results) : results,
  };
}

/** Loosened policy stays, whatever is left out. */
function gravest(results: ReturnType<typeof resultsOf>) {
  const rank = ({ ruleId, level }: (typeof results)[number]) =>
    ruleId === 'policy-change' ? 0 : level === 'error' ? 1 : 2;
  return results.toSorted((left, right) => rank(left) - rank(right)).slice(0, mostResults);
}

/**
 * GitHub reads `security-severity` as a CVSS score: from 7.0 it is "high", which fails its check of a pull
 * request by default, from 4.0 "medium", which does not. So the scores follow the rules' own severities.
 */
function descriptor({ id, summary, severity }: (typeof rules)[number]) {
  const text = sentence(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}`);
  const page = rulePage(id);
  return {
    id,
    shortDescription: { text },
    fullDescription: { text },
    defaultConfiguration: { level: severity === 'error' ? 'error' : 'warning' },
    helpUri: page,
    help: {
      text: `${text} What to do: ${page}`,
      markdown: `${text} [What it finds and what to do](${page}).`,
    },
    properties: {
      tags: ['security', 'supply-chain'],
      precision: 'high',
      'security-severity': severity === 'error' ? '8.0' : '4.0',
    },
  };
}
