import type { Fault } from '../model/fault.ts';
import { packageLabel } from '../model/package.ts';
import type { GradedChange } from '../model/policy.ts';
import type { Finding, Report } from '../../rules/index.ts';
import { githubMessage, githubProperty, escapeForLog } from '../text/escape.ts';
import { changeLine, faultLine, findingLine, noteLine } from './concise.ts';
import type { Reporter } from './reporter.ts';
import {
  changeText,
  evidenceText,
  labelOf,
  otherPlaces,
  positionText,
  sentence,
  suggestedName,
  shownSuggestions,
  unreportedChanges,
} from './words.ts';
import { TOOL } from '../model/tool.ts';

/**
 * Annotations in GitHub Actions, as workflow commands
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-error-message):
 * `::error file=…,line=…,col=…,endColumn=…,title=…::message`. GitHub drops what exceeds ten of a level,
 * so the rest stands in the log as plain lines. Loosened policy comes first, several in one annotation where there is
 * much; then come faults: what was not checked is not clean.
 */
export const github: Reporter = {
  id: 'github',
  render(report) {
    const { loosened, otherFindings } = annotations(report);
    const packed = levels.map((level) => packedOf(ofLevel(loosened, level)));
    const lines = [
      ...packed.flatMap(({ shown }) => shown.map(command)),
      ...packed.flatMap(({ left }) => plainLines(left)),
      ...levels.flatMap((level, at) =>
        shownLines(ofLevel(otherFindings, level), shownOfLevel - (packed[at]?.shown.length ?? 0)),
      ),
    ];
    return lines.map((line) => `${line}\n`).join('');
  },
};

/** What GitHub shows of each level for one step: https://github.com/orgs/community/discussions/26680. */
const shownOfLevel = 10;

/** So many annotations of a level hold loosened policy: the others are for what else was found. */
const mostLoosened = 5;

/** Of a message, in UTF-16 code units: GitHub takes 64 KB (https://docs.github.com/rest/checks/runs#create-a-check-run). */
const longestMessage = 16_000;

const levels = ['error', 'warning', 'notice'] as const;

interface Annotation {
  readonly level: (typeof levels)[number];
  /** Workflow-command properties in their order; values are not escaped for the command yet. */
  readonly properties: readonly (readonly [name: string, value: string | number])[];
  readonly message: string;
  /** The same in one line of a log. */
  readonly plain: string;
}

function annotations(report: Report): { loosened: Annotation[]; otherFindings: Annotation[] } {
  const isLoosened = ({ rule }: Finding) => rule === 'policy-change';
  const refused = report.findings.filter((finding) => isLoosened(finding) && finding.severity === 'error');
  const changes = unreportedChanges({ ...report, findings: refused });
  const findings = report.findings.filter((finding) => !isLoosened(finding));
  return {
    loosened: [...refused.map(findingAnnotation), ...changes.map(changeAnnotation)],
    otherFindings: [
      ...report.faults.map(faultAnnotation),
      ...findings.map(findingAnnotation),
      ...report.notes.map(noteAnnotation),
    ],
  };
}

function ofLevel(all: readonly Annotation[], level: Annotation['level']): readonly Annotation[] {
  return all.filter((annotation) => annotation.level === level);
}

/** @returns A few annotations, of which the last ones hold what has none of its own; and what no message has room for. */
function packedOf(all: readonly Annotation[]): {
  readonly shown: readonly Annotation[];
  readonly left: readonly Annotation[];
} {
  let at = mostLoosened;
  const packed = (annotation: Annotation): Annotation => {
    const lines = [annotation.message];
    let room = longestMessage - annotation.message.length;
    for (let next = all[at]; next && next.plain.length < room; next = all[++at]) {
      lines.push(next.plain);
      room -= next.plain.length + 1;
    }
    return { ...annotation, message: lines.join('\n') };
  };
  const shown = all.slice(0, mostLoosened).toReversed().map(packed).toReversed();
  return { shown, left: all.slice(at) };
}

function shownLines(all: readonly Annotation[], room: number): string[] {
  return [...all.slice(0, room).map(command), ...plainLines(all.slice(room))];
}

function plainLines(left: readonly Annotation[]): string[] {
  if (left.length === 0) return [];
  const heading = `GitHub shows at most ten annotations per level; ${String(left.length)} more:`;
  return [heading, ...left.map(({ plain }) => plain)];
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

function noteAnnotation(note: string): Annotation {
  return {
    level: 'notice',
    properties: [['title', 'note']],
    message: escapeForLog(note, 800),
    plain: noteLine(note),
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
    ...shownSuggestions(finding).map(
      (meant) =>
        `Did you mean ${suggestedName(meant, finding.package, escapeForLog)}? (${escapeForLog(meant.why)})`,
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
      ['title', `${TOOL} could not do its work: ${fault.kind}`],
    ],
    message: `${sentence(escapeForLog(fault.message, 800))}\n${escapeForLog(fault.next, 800)}`,
    plain: faultLine(fault),
  };
}

function changeAnnotation(change: GradedChange): Annotation {
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
