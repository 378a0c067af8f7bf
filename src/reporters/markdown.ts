import type { Fault } from '../model/fault.ts';
import { packageLabel } from '../model/package.ts';
import type { GradedChange } from '../model/policy.ts';
import { rulePage, type Report } from '../../rules/index.ts';
import { escapeForLog, markdownCode, markdownText } from '../text/escape.ts';
import { evidenceLines } from './evidence-lines.ts';
import {
  extent,
  nextCommands,
  mostPlaces,
  otherPlaces,
  peopleReport,
  totals,
  type Block,
  type FilePlace,
  type PeopleReport,
} from './package-blocks.ts';
import type { PackageRequest } from '../model/report.ts';
import { countsLater, instruction, obstacle, readyLine, type DecisionAids } from './request-lines.ts';
import type { Reporter } from './reporter.ts';
import { unansweredTexts } from './unanswered.ts';
import {
  changeText,
  isCopyable,
  labelOf,
  plural,
  positionText,
  sentence,
  suggestedName,
  shownSuggestions,
} from './words.ts';
import { TOOL } from '../model/tool.ts';

/**
 * GitHub Flavored Markdown for a job's summary or a comment: what was found with its evidence, loosened
 * policy, and faults (https://github.github.com/gfm/#tables-extension-).
 */
export const markdown: Reporter = {
  id: 'markdown',
  render(report, { verbose, decisions }) {
    const shown = peopleReport(report);
    const most = verbose ? Infinity : mostPlaces;
    const sections = [
      ...policySection(shown),
      ...blockSection(
        shown.blocks.filter((block) => !isPolicy(block)),
        most,
      ),
      ...lines(nextCommands(shown.blocks).map(nextLine), mostOfCommands),
      ...table(['Not checked', 'Why', 'What to do'], report.faults.map(faultRow), mostOfOthers),
      ...lines(
        [
          ...report.notes.map((note) => `- ${markdownText(note, 400)}`),
          ...unansweredTexts(shown.blocks, markdownText).map((text) => `- ${text}`),
        ],
        mostOfOthers,
      ),
      // Notes below a request would look like what is known of it.
      ...requestSection(requestsOf(report, decisions), decisions),
    ].filter((section) => section !== '');
    return sections.length > 0
      ? `${[heading(shown, report, requestsOf(report, decisions).length), ...sections].join('\n\n')}\n`
      : '';
  },
};

/**
 * A step's summary holds 1 MiB and is dropped as a whole beyond that
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions#step-isolation-and-limits). Loosened
 * policy has room for thousands of lines; the other three sections share the rest.
 */
const mostOfPolicy = 600_000;
const mostOfOthers = 130_000;
const mostOfCommands = 30_000;
const mostOfRequests = 25_000;

function heading(shown: PeopleReport, report: Report, requests: number): string {
  const counts = totals(shown, report).map(({ text }) => text);
  if (counts.length === 0 && requests > 0) counts.push(plural(requests, 'request'));
  const what = counts.length > 0 ? counts.join(', ') : 'nothing to review';
  const size = extent(shown);
  return `### ${TOOL}: ${what} in ${plural(report.files, 'file')} checked${size === null ? '' : `: ${size}`}`;
}

function requestsOf(report: Report, decisions: DecisionAids | undefined): readonly PackageRequest[] {
  return decisions === undefined ? [] : (report.requests ?? []);
}

/** A list would indent the lines that are to be copied: each request is a paragraph. */
function requestSection(requests: readonly PackageRequest[], decisions: DecisionAids | undefined): string[] {
  const [first] = requests;
  if (first === undefined || decisions === undefined) return [];
  const items = requests.map((request) => `${requestText(request, decisions)}\n`);
  const base = first.isBaseJudging ? [baseText(first, decisions)] : [];
  return ['#### Requests', ...base, ...lines(items, mostOfRequests).map((text) => text.trimEnd())];
}

function requestText(request: PackageRequest, decisions: DecisionAids): string {
  const { package: subject, file, line, commands, evidence } = request;
  const ready = readyLine(request, decisions);
  const what = `${code(packageLabel(subject))} is requested (${code(file, 400)} line ${String(line)}).`;
  if (ready === null)
    return [
      [what, obstacle(request), ...commands.map((command) => code(command))].join(' '),
      ...evidenceLines({ evidence }, markdownText).map((text) => `- ${text}`),
    ].join('\n');
  const link = decisions.links.change(file);
  const edit = link === null ? '' : ` ([edit ${markdownText(file, 400)}](${link}))`;
  return `${what} ${instruction(request)}${edit}:\n\n\`\`\`yaml\n${ready}\n\`\`\``;
}

function baseText({ file }: PackageRequest, { links }: DecisionAids): string {
  const link = links.base(file);
  return link === null ? countsLater : `${countsLater} [Edit the base’s ${markdownText(file, 400)}](${link})`;
}

function isPolicy({ finding: { rule } }: Block): boolean {
  return rule === 'policy-change';
}

/** Refused changes of the policy stand among the others, where there is room for all of them. */
function policySection({ changes, blocks }: PeopleReport): string[] {
  const refused = blocks.filter(isPolicy).map((block) => [placeCell(block, Infinity), whatCell(block)]);
  return table(['Loosened policy', 'What'], [...refused, ...changes.map(changeRow)], mostOfPolicy);
}

function blockSection(blocks: readonly Block[], most: number): string[] {
  const rows = blocks.map((block) => [placeCell(block, most), whatCell(block), evidenceCell(block)]);
  const isCut = blocks.some((block) => otherPlaces(block, most).more > 0);
  return [
    ...table(['Where', 'Finding', 'Evidence'], rows, mostOfOthers),
    ...(isCut ? [`${code('--verbose')} shows every place.`] : []),
  ];
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
  return [
    all.slice(0, over).join('\n'),
    `… and ${String(all.length - over)} more; ${code('--format concise')} shows all.`,
  ];
}

function placeCell(block: Block, most: number): string {
  const { shown, more } = otherPlaces(block, most);
  const places = [block.places[0], ...shown].map(placeText);
  return [...places, ...(more > 0 ? [`and ${String(more)} more`] : [])].join('<br>');
}

function whatCell({ finding, messages }: Block): string {
  const { rule, severity, package: subject } = finding;
  const about = subject ? ` ${code(packageLabel(subject))}` : '';
  return [
    `**${severity === 'error' ? 'error' : 'warning'}** [${labelOf(finding)}](${rulePage(rule)})${about}`,
    ...messages.map((message) => markdownText(message, 600)),
    ...shownSuggestions(finding).map(
      (meant) => `Did you mean ${suggestedName(meant, subject, code)}? ${markdownText(meant.why)}`,
    ),
  ].join('<br>');
}

function evidenceCell({ finding }: Block): string {
  return evidenceLines(finding, markdownText).join('<br>');
}

function placeText({ file, place }: FilePlace): string {
  return `${code(file, 400)} ${positionText(place)}`;
}

function nextLine(command: string): string {
  return isCopyable(command)
    ? `- Next: ${code(command)}`
    : `- Next (quote it for your shell): ${code(command)}`;
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
