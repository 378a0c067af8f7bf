import type { Fault } from '../model/fault.ts';
import { packageLabel } from '../model/package.ts';
import type { PolicyChange } from '../model/policy.ts';
import type { Finding, Report } from '../../rules/index.ts';
import { githubMessage, githubProperty, escapeForLog } from '../text/escape.ts';
import { changeLine, faultLine, findingLine } from './concise.ts';
import type { Reporter } from './reporter.ts';
import {
  changeText,
  evidenceText,
  labelOf,
  otherPlaces,
  positionText,
  sentence,
  topSuggestions,
  unreportedChanges,
} from './words.ts';

/**
 * Annotations in GitHub Actions, as workflow commands
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-error-message):
 * `::error file=…,line=…,col=…,endColumn=…,title=…::message`. GitHub drops what exceeds ten of a level,
 * so the rest stands in the log as plain lines. Faults come first: what was not checked is not clean.
 */
export const github: Reporter = {
  id: 'github',
  render(report) {
    const lines = levels.flatMap((level) => {
      const all = annotations(report).filter((annotation) => annotation.level === level);
      const remaining = all.slice(shownOfLevel);
      return [
        ...all.slice(0, shownOfLevel).map(command),
        ...(remaining.length > 0
          ? [`GitHub shows ten annotations of a level; ${String(remaining.length)} more:`]
          : []),
        ...remaining.map(({ plain }) => plain),
      ];
    });
    return lines.map((line) => `${line}\n`).join('');
  },
};

/** What GitHub shows of each level for one step: https://github.com/orgs/community/discussions/26680. */
const shownOfLevel = 10;

const levels = ['error', 'warning', 'notice'] as const;

interface Annotation {
  readonly level: (typeof levels)[number];
  /** Workflow-command properties in their order; values are not escaped for the command yet. */
  readonly properties: readonly (readonly [name: string, value: string | number])[];
  readonly message: string;
  /** The same in one line of a log. */
  readonly plain: string;
}

function annotations(report: Report): Annotation[] {
  const findings = report.findings.filter(
    ({ rule, severity }) => rule !== 'policy-change' || severity === 'error',
  );
  const changes = unreportedChanges({ ...report, findings });
  return [
    ...report.faults.map(faultAnnotation),
    ...findings.map(findingAnnotation),
    ...changes.map(changeAnnotation),
  ];
}

function command({ level, properties, message }: Annotation): string {
  const shown = properties.map(([name, value]) => `${name}=${githubProperty(String(value))}`);
  return `::${level} ${shown.join(',')}::${githubMessage(message)}`;
}

function findingAnnotation(finding: Finding): Annotation {
  const about = finding.package ? ` ${escapeForLog(packageLabel(finding.package))}` : '';
  return {
    level: finding.severity === 'error' ? 'error' : 'warning',
    properties: [
      ['file', escapeForLog(finding.file, 400)],
      ...region(finding),
      ['title', `${labelOf(finding)}${about}`],
    ],
    message: findingMessage(finding),
    plain: findingLine(finding),
  };
}

/**
 * Columns go with a single line only (https://docs.github.com/rest/checks/runs#create-a-check-run,
 * `start_column`). Lines of a notebook's cell are not those of its file: line 1 stands for "somewhere".
 */
function region({ places: [{ line, column, endLine, endColumn, cell }] }: Finding): Annotation['properties'] {
  if (cell !== null) return [['line', 1]];
  if (endLine !== line)
    return [
      ['line', line],
      ['endLine', endLine],
    ];
  return [
    ['line', line],
    ['col', column],
    ['endColumn', endColumn],
  ];
}

function findingMessage(finding: Finding): string {
  const { message, evidence, places, next } = finding;
  const otherPlacesText = otherPlaces(places);
  return [
    ...(places[0].cell === null ? [] : [`At ${positionText(places[0])}:`]),
    escapeForLog(message, 800),
    ...evidence.map((fact) => `- ${evidenceText(fact, escapeForLog)}`),
    ...topSuggestions(finding).map(
      ({ specifier, why }) => `Did you mean ${escapeForLog(specifier)}? (${escapeForLog(why)})`,
    ),
    ...(otherPlacesText === null ? [] : [otherPlacesText]),
    ...next.map((words) => `Next: ${escapeForLog(words, 400)}`),
  ].join('\n');
}

function faultAnnotation(fault: Fault): Annotation {
  const { file, line, column } = fault;
  return {
    level: 'error',
    properties: [
      ...(file === null ? [] : [['file', escapeForLog(file, 400)] as const]),
      ...(line === null ? [] : [['line', line] as const]),
      ...(column === null ? [] : [['col', column] as const]),
      ['title', `check-imports could not do its work: ${fault.kind}`],
    ],
    message: `${sentence(escapeForLog(fault.message, 800))}\n${escapeForLog(fault.next, 800)}`,
    plain: faultLine(fault),
  };
}

function changeAnnotation(change: PolicyChange): Annotation {
  return {
    level: 'notice',
    properties: [
      ['file', escapeForLog(change.file, 400)],
      ['line', change.line],
      ['title', 'policy-change'],
    ],
    message: `This change loosens policy: ${changeText(change, escapeForLog)}`,
    plain: changeLine(change),
  };
}
