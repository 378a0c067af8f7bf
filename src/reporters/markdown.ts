import type { Fault } from '../model/fault.ts';
import { packageLabel } from '../model/package.ts';
import type { GradedChange } from '../model/policy.ts';
import { rulePage, type Finding, type Report } from '../../rules/index.ts';
import { escapeForLog, markdownCode, markdownText } from '../text/escape.ts';
import type { Reporter } from './reporter.ts';
import {
  changeText,
  evidenceText,
  labelOf,
  loosenedFirst,
  otherPlaces,
  plural,
  positionText,
  isCopyable,
  sentence,
  topSuggestions,
  totals,
} from './words.ts';

/**
 * GitHub Flavored Markdown for a job's summary or a comment: what was found with its evidence, loosened
 * policy, and faults (https://github.github.com/gfm/#tables-extension-).
 */
export const markdown: Reporter = {
  id: 'markdown',
  render(report) {
    const findings = loosenedFirst(report.findings);
    const sections = [
      ...table(['Loosened policy', 'What'], report.policyChanges.map(changeRow), mostOfPolicy),
      ...table(['Where', 'Finding', 'Evidence'], findings.map(findingRow), mostOfOthers),
      ...table(['Not checked', 'Why', 'What to do'], report.faults.map(faultRow), mostOfOthers),
      ...lines(
        report.notes.map((note) => `- ${markdownText(note, 400)}`),
        mostOfOthers,
      ),
    ].filter((section) => section !== '');
    return sections.length > 0 ? `${[heading(report), ...sections].join('\n\n')}\n` : '';
  },
};

/**
 * A step's summary holds 1 MiB and is dropped as a whole beyond that
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions#step-isolation-and-limits). Loosened
 * policy has room for thousands of lines; the other three sections share the rest.
 */
const mostOfPolicy = 640_000;
const mostOfOthers = 130_000;

function heading(report: Report): string {
  const counts = totals(report).map(({ text }) => text);
  const what = counts.length > 0 ? counts.join(', ') : 'nothing to review';
  return `### check-imports: ${what} in ${plural(report.files, 'file')} checked`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[], most: number): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const [shown, ...more] = lines(rows.map(line), most);
  if (shown === undefined) return [];
  return [[line(heads), line(heads.map(() => '---')), shown].join('\n'), ...more];
}

/** As many lines as fit into so many bytes, and how many more there are. */
function lines(all: readonly string[], most: number): string[] {
  if (all.length === 0) return [];
  const encoder = new TextEncoder();
  let bytes = 0;
  const over = all.findIndex((line) => (bytes += encoder.encode(line).length + 1) > most);
  if (over < 0) return [all.join('\n')];
  return [all.slice(0, over).join('\n'), `… and ${String(all.length - over)} more.`];
}

function findingRow(finding: Finding): string[] {
  const { file, rule, severity, places, message, evidence, next } = finding;
  const otherPlacesText = otherPlaces(places);
  const about = finding.package ? ` ${code(packageLabel(finding.package))}` : '';
  const lines = [
    `**${severity === 'error' ? 'error' : 'warning'}** [${labelOf(finding)}](${rulePage(rule)})${about}`,
    markdownText(message, 600),
    ...topSuggestions(finding).map(
      ({ specifier, why }) => `Did you mean ${code(specifier)}? ${markdownText(why)}`,
    ),
    ...next.map((command) =>
      isCopyable(command) ? `Next: ${code(command)}` : `Next (quote it for your shell): ${code(command)}`,
    ),
  ];
  return [
    [
      `${code(file, 400)} ${positionText(places[0])}`,
      ...(otherPlacesText === null ? [] : [otherPlacesText]),
    ].join('<br>'),
    lines.join('<br>'),
    evidence.map((fact) => evidenceText(fact, markdownText)).join('<br>'),
  ];
}

function changeRow(change: GradedChange): string[] {
  return [`${code(change.file, 400)} ${String(change.line)}`, changeText(change, markdownText)];
}

function faultRow({ kind, file, line, column, message, next }: Fault): string[] {
  const position = [line, column].filter((part) => part !== null).join(':');
  const place = file === null ? '' : ` ${code(file, 400)} ${position}`;
  return [
    `**${kind}**${place}`.trimEnd(),
    sentence(markdownText(message, 600)),
    sentence(markdownText(next, 600)),
  ];
}

/**
 * Renderers disagree on whether `\\|` ends a table's cell, so a pipe in code is shown like a character
 * that can't be seen. The log of a job may show this output too: hence `logText`.
 */
function code(text: string, limit = 200): string {
  return markdownCode(escapeForLog(text, limit).replaceAll('|', '\\u{7c}'), limit * 2);
}
