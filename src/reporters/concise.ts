import { display } from '../model/package.ts';
import type { Finding } from '../../rules/index.ts';
import { visible } from '../text/escape.ts';
import type { Reporter } from './reporter.ts';
import { labelOf } from './words.ts';

/**
 * One line for each finding, for problem matchers and `grep`; the form is frozen:
 * `path:line:col: error unapproved-package/nonexistent message [pypi:numpy-utils]`.
 */
export const concise: Reporter = {
  id: 'concise',
  render({ findings, faults }) {
    const lines = [
      ...findings.map(findingLine),
      ...faults.map(({ kind, file, line, column, message, next }) => {
        const place = `${visible(file ?? '.')}:${String(line ?? 1)}:${String(column ?? 1)}`;
        return `${place}: fault ${kind} ${visible(message)}. ${visible(next)}`;
      }),
    ];
    return lines.map((line) => `${line}\n`).join('');
  },
};

function findingLine(finding: Finding): string {
  const { file, places, severity, message } = finding;
  const [{ line, column, cell }] = places;
  const path = cell === null ? visible(file) : `${visible(file)}#cell${String(cell)}`;
  const about = finding.package ? ` [${visible(display(finding.package))}]` : '';
  return `${path}:${String(line)}:${String(column)}: ${severity} ${labelOf(finding)} ${visible(message)}${about}`;
}
