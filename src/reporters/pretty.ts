import { Chalk, type ChalkInstance } from 'chalk';
import type { Fault } from '../model/fault.ts';
import { packageLabel } from '../model/package.ts';
import type { GradedChange } from '../model/policy.ts';
import type { Finding, Report } from '../../rules/index.ts';
import { escapeForLog } from '../text/escape.ts';
import { excerptOf } from './excerpt.ts';
import { wrap } from './layout.ts';
import type { Reporter } from './reporter.ts';
import {
  changeText,
  evidenceText,
  faultPlace,
  labelOf,
  loosenedFirst,
  otherPlaces,
  plural,
  positionText,
  isCopyable,
  topSuggestions,
  totals,
} from './words.ts';

/** Cards for people at a terminal, by file; loosened policy above them. */
export const pretty: Reporter = {
  id: 'pretty',
  render(report, { color, width }) {
    const sheet = {
      paint: new Chalk({ level: color ? 1 : 0 }),
      width: Math.max(narrowest, Math.min(width, widest)),
    };
    const cards = loosenedFirst(report.findings).filter(needsCard);
    const blocks = [
      report.policyChanges.map((change) => policyLine(change, sheet)).join('\n'),
      ...byFile(cards).map((group) => fileBlock(group, sheet)),
      ...report.faults.map((fault) => faultBlock(fault, sheet)),
      report.notes.map((note) => noteLine(note, sheet)).join('\n'),
      cards.length + report.faults.length > 0 ? summary(report, sheet) : '',
    ].filter((block) => block !== '');
    return blocks.length > 0 ? `${blocks.join('\n\n')}\n` : '';
  },
};

/** Sentences over a hundred columns are hard to read; below forty, nothing looks good. */
const widest = 100;
const narrowest = 40;

interface Sheet {
  readonly paint: ChalkInstance;
  readonly width: number;
}

/** A warning about policy is said by its line in the list of changes. */
function needsCard({ rule, severity }: Finding): boolean {
  return rule !== 'policy-change' || severity === 'error';
}

function byFile(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.file) ?? [];
    group.push(finding);
    groups.set(finding.file, group);
  }
  return [...groups.values()];
}

function fileBlock(findings: readonly Finding[], sheet: Sheet): string {
  const file = escapeForLog(findings[0]?.file ?? '', 400);
  const cards = findings.map((finding) => card(finding, sheet).join('\n'));
  return `${sheet.paint.bold(sheet.paint.underline(file))}\n${cards.join('\n\n')}`;
}

function card(finding: Finding, sheet: Sheet): string[] {
  const { paint } = sheet;
  const severity =
    finding.severity === 'error' ? paint.bold(paint.red('error')) : paint.bold(paint.yellow('warning'));
  const about = finding.package ? `  ${escapeForLog(packageLabel(finding.package))}` : '';
  const otherPlacesText = otherPlaces(finding.places);
  return [
    `  ${positionText(finding.places[0])}  ${severity}  ${labelOf(finding)}${paint.bold(about)}`,
    ...excerptLines(finding, sheet),
    ...indented(escapeForLog(finding.message, 800), sheet),
    ...finding.evidence.flatMap((evidence) =>
      indented(evidenceText(evidence, escapeForLog), sheet, { text: '· ', paint: paint.dim }),
    ),
    ...suggestionLines(finding, sheet),
    ...(otherPlacesText === null ? [] : indented(otherPlacesText, sheet)),
    ...finding.next.map((command) => nextLine(command, sheet)),
  ];
}

function excerptLines({ excerpt, places: [place] }: Finding, { paint, width }: Sheet): string[] {
  if (excerpt === null) return [];
  const gutter = String(place.line);
  const {
    before: prefix,
    marked,
    after: suffix,
    indent,
    length,
  } = excerptOf(excerpt, place, width - gutter.length - 7);
  return [
    `    ${paint.dim(`${gutter} │`)} ${prefix}${marked}${suffix}`,
    `    ${paint.dim(`${' '.repeat(gutter.length)} │`)} ${' '.repeat(indent)}${paint.red('^'.repeat(length))}`,
  ];
}

/** A text below a card's first line, wrapped; what leads it stands in front of the first line. */
function indented(
  text: string,
  { width }: Sheet,
  lead: { readonly text: string; readonly paint?: (text: string) => string } = { text: '' },
): string[] {
  const margin = ' '.repeat(margins);
  const paint = lead.paint ?? ((plain: string) => plain);
  const hanging = ' '.repeat(lead.text.length);
  return wrap(text, width - margins - lead.text.length).map(
    (line, at) => `${margin}${at === 0 ? paint(lead.text) : hanging}${line}`,
  );
}

const margins = 4;

function suggestionLines(finding: Finding, sheet: Sheet): string[] {
  return topSuggestions(finding).flatMap(({ specifier, why }, at) => {
    const name = escapeForLog(specifier);
    const lead = { text: at === 0 ? 'did you mean ' : '          or ' };
    return indented(`${name} – ${escapeForLog(why)}`, sheet, lead).map((line, row) =>
      row === 0 ? line.replace(name, () => sheet.paint.green(name)) : line,
    );
  });
}

/** A command on a line of its own, so that it can be copied; one that a shell would misread is not offered for that. */
function nextLine(command: string, { paint }: Sheet): string {
  const shown = escapeForLog(command, 400);
  return isCopyable(command)
    ? `    ${paint.dim('next:')} ${paint.cyan(shown)}`
    : `    ${paint.dim('next (quote it for your shell):')} ${shown}`;
}

function faultBlock(fault: Fault, sheet: Sheet): string {
  const { paint } = sheet;
  const place = faultPlace(fault, (text) => escapeForLog(text, 400));
  return [
    `${paint.bold(paint.magenta('fault'))}  ${fault.kind}${place === '' ? '' : `  ${paint.bold(place)}`}`,
    ...indented(escapeForLog(fault.message, 800), sheet),
    ...indented(escapeForLog(fault.next, 800), sheet, { text: 'next: ', paint: paint.dim }),
  ].join('\n');
}

/** A loosened policy: one line, so that a reviewer sees it even when nothing else is wrong. */
function policyLine(change: GradedChange, { paint }: Sheet): string {
  const place = `${escapeForLog(change.file, 400)}:${String(change.line)}`;
  return `${paint.yellow('policy')}  ${place}  ${changeText(change, escapeForLog)}`;
}

function noteLine(note: string, { paint, width }: Sheet): string {
  return wrap(escapeForLog(note, 800), width - 6)
    .map((line, at) => `${at === 0 ? paint.dim('note') : '    '}  ${line}`)
    .join('\n');
}

function summary(report: Report, { paint }: Sheet): string {
  const colors = { error: paint.red, warning: paint.yellow, fault: paint.magenta };
  const counts = totals(report).map(({ of, text }) => colors[of](text));
  const offline = report.lookups === 'offline' ? '; no registry was asked' : '';
  return `${counts.join(', ')} in ${plural(report.files, 'file')} checked${offline}`;
}
