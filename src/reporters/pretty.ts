import { Chalk, type ChalkInstance } from 'chalk';
import type { Evidence } from '../model/evidence.ts';
import type { Fault } from '../model/fault.ts';
import type { PolicyChange } from '../model/policy.ts';
import type { Finding, Report } from '../../rules/index.ts';
import { visible } from '../text/escape.ts';
import type { Reporter } from './reporter.ts';
import { countsOf, labelOf, plural } from './words.ts';

/** Cards for people at a terminal. */
export const pretty: Reporter = {
  id: 'pretty',
  render(report, { color }) {
    const paint = new Chalk({ level: color ? 1 : 0 });
    const cards = report.findings
      .filter(({ rule }) => rule !== 'policy-change')
      .map((finding) => card(finding, paint));
    const blocks = [
      ...cards,
      ...report.faults.map((fault) => faultBlock(fault, paint)),
      policyBlock(report.policyChanges, paint),
      report.notes.map((note) => `${paint.dim('note')} ${visible(note, 400)}`).join('\n'),
      cards.length + report.faults.length > 0 ? summary(report, paint) : '',
    ].filter((block) => block !== '');
    return blocks.length > 0 ? `${blocks.join('\n\n')}\n` : '';
  },
};

function card(finding: Finding, paint: ChalkInstance): string {
  const severity = finding.severity === 'error' ? paint.red.bold('error') : paint.yellow.bold('warn');
  return [
    `${paint.bold(placeOf(finding))}  ${severity}  ${labelOf(finding)}`,
    ...excerptLines(finding, paint),
    `  ${visible(finding.message, 600)}`,
    ...finding.evidence.map((evidence) => `  ${paint.dim('·')} ${evidenceLine(evidence)}`),
    ...suggestionLines(finding, paint),
    ...otherPlaces(finding),
    ...finding.next.map((command) => `  ${paint.dim('next:')} ${paint.cyan(visible(command))}`),
  ].join('\n');
}

function placeOf({ file, places: [{ line, column, cell }] }: Finding): string {
  const inCell = cell === null ? '' : ` cell ${String(cell)}`;
  return `${visible(file)}${inCell}:${String(line)}:${String(column)}`;
}

function excerptLines(
  { excerpt, places: [{ line, column, endLine, endColumn }] }: Finding,
  paint: ChalkInstance,
): string[] {
  if (excerpt === null) return [];
  const gutter = String(line);
  const before = visible(excerpt.slice(0, column - 1).replaceAll('\t', '    '));
  const marked = visible(
    excerpt.slice(column - 1, endLine === line ? endColumn - 1 : undefined).replaceAll('\t', '    '),
  );
  const after = endLine === line ? visible(excerpt.slice(endColumn - 1).replaceAll('\t', '    ')) : '';
  const pad = ' '.repeat(gutter.length);
  return [
    `  ${paint.dim(`${gutter} │`)} ${before}${marked}${after}`,
    `  ${paint.dim(`${pad} │`)} ${' '.repeat(before.length)}${paint.red('^'.repeat(Math.max(1, marked.length)))}`,
  ];
}

/** A fact in words, with its date: what nobody knows is written as unknown, with the reason. */
function evidenceLine(evidence: Evidence): string {
  const { fact, source } = evidence;
  switch (evidence.state) {
    case 'present': {
      const { value } = evidence;
      const shown =
        value === true
          ? 'yes'
          : value === false
            ? 'no'
            : typeof value === 'object'
              ? value.join(', ')
              : String(value);
      return `${visible(fact)}: ${visible(shown, 300)} (${visible(source)}, ${day(evidence.asOf)})`;
    }
    case 'absent':
      return `${visible(fact)}: no (${visible(source)}, ${day(evidence.asOf)})`;
    case 'unknown':
      return `${visible(fact)}: unknown, ${visible(evidence.reason, 300)}`;
    case 'notAsked':
      return `${visible(fact)}: not asked, ${visible(evidence.reason, 300)}`;
  }
}

function day(asOf: string): string {
  return visible(asOf.slice(0, 10));
}

function suggestionLines({ suggestions }: Finding, paint: ChalkInstance): string[] {
  return suggestions.map(
    ({ specifier, why }, at) =>
      `  ${at === 0 ? 'did you mean' : '          or'} ${paint.green(visible(specifier))}  ${paint.dim(visible(why))}`,
  );
}

function otherPlaces({ places: [, ...others] }: Finding): string[] {
  if (others.length === 0) return [];
  const lines = others.map(({ line, cell }) =>
    cell === null ? String(line) : `${String(cell)}:${String(line)}`,
  );
  const shown = lines.slice(0, 10).join(', ');
  return [`  also at ${shown}${lines.length > 10 ? ` and ${String(lines.length - 10)} more` : ''}`];
}

function faultBlock({ file, line, column, message, next }: Fault, paint: ChalkInstance): string {
  const place = [file === null ? null : visible(file), line, column]
    .filter((part) => part !== null)
    .join(':');
  return `${place ? `${paint.bold(place)}  ` : ''}${paint.magenta.bold('fault')}  ${visible(message, 600)}\n  ${visible(next, 600)}`;
}

/** A loosened policy: one line each, so that a reviewer sees it even when nothing else is wrong. */
function policyBlock(changes: readonly PolicyChange[], paint: ChalkInstance): string {
  return changes
    .map(({ file, line, what, by, reason }) => {
      const author = by ? ` by ${visible(by)}` : '';
      const why = reason ? `: ${visible(reason, 200)}` : '';
      return `${paint.yellow('policy')} ${visible(file)}:${String(line)} ${visible(what, 300)}${author}${why}`;
    })
    .join('\n');
}

function summary(report: Report, paint: ChalkInstance): string {
  const { errors, warnings } = countsOf(report);
  const parts = [
    errors > 0 ? paint.red(plural(errors, 'error')) : '',
    warnings > 0 ? paint.yellow(plural(warnings, 'warning')) : '',
    report.faults.length > 0 ? paint.magenta(plural(report.faults.length, 'fault')) : '',
  ].filter((part) => part !== '');
  return `${parts.join(', ')} in ${plural(report.files, 'file')} checked`;
}
