import type { Fault } from '../model/fault.ts';
import { packageLabel } from '../model/package.ts';
import type { GradedChange } from '../model/policy.ts';
import type { Finding } from '../../rules/index.ts';
import { escapeForLog, escapeControls } from '../text/escape.ts';
import type { Reporter } from './reporter.ts';
import { changeText, labelOf, loosenedFirst, sentence, unreportedChanges } from './words.ts';

/**
 * One line for each finding, for problem matchers and `grep`; the form is frozen:
 * `path:line:col: error unapproved-package/nonexistent message [pypi:numpy-utils]`. Faults stand in the
 * same form with the severity `fault` and their kind, loosened policy that no finding tells of with `note`. Loosened
 * policy comes first. What else has to be known, as of a file that was not read, has no place: its lines begin with `note`.
 */
export const concise: Reporter = {
  id: 'concise',
  render(report) {
    const lines = [
      ...unreportedChanges(report).map(changeLine),
      ...loosenedFirst(report.findings).map(findingLine),
      ...report.faults.map(faultLine),
      ...report.notes.map(noteLine),
    ];
    return lines.map((line) => `${line}\n`).join('');
  },
};

/** @returns The line of a finding, without its end. */
export function findingLine(finding: Finding): string {
  const { file, places, severity, message } = finding;
  const [{ line, column, cell }] = places;
  const path = cell === null ? file : `${file}#cell${String(cell)}`;
  const about = finding.package ? ` [${escapeForLog(packageLabel(finding.package))}]` : '';
  return `${placeText(path, line, column)}: ${severity} ${labelOf(finding)} ${escapeForLog(message, 800)}${about}`;
}

/** @returns The line of a policy change that no finding tells of, without its end. */
export function changeLine(change: GradedChange): string {
  return `${placeText(change.file, change.line, 1)}: note policy-change ${changeText(change, escapeForLog)}`;
}

/** @returns The line of a fault, without its end. */
export function faultLine({ kind, file, line, column, message, next }: Fault): string {
  const place = placeText(file ?? '.', line ?? 1, column ?? 1);
  return `${place}: fault ${kind} ${sentence(escapeForLog(message, 600))} ${escapeForLog(next, 600)}`;
}

/** @returns The line of a note, without its end. */
export function noteLine(note: string): string {
  return `note: ${escapeForLog(note, 800)}`;
}

/** The place as a whole: a file called `:` must not make a build server's command of its line. */
function placeText(file: string, line: number, column: number): string {
  return escapeForLog(`${escapeControls(file, 400)}:${String(line)}:${String(column)}`, 440);
}
