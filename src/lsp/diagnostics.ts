import type { Diagnostic, Range } from 'vscode-languageserver';
import type { Fault } from '../model/fault.ts';
import type { Place } from '../model/text.ts';
import { faultPlace, labelOf, positionText, suggestedName, shownSuggestions } from '../reporters/words.ts';
import { rulePage, type Finding, type Report } from '../../rules/index.ts';
import { escapeControls } from '../text/escape.ts';
import { SETTINGS_NAME } from '../model/tool.ts';
import { defaultSettings, type EditorSettings } from './settings.ts';

/** What the editor shows as the origin of our diagnostics. */
export const source = SETTINGS_NAME;

/** DiagnosticSeverity of the protocol: 1 error, 2 warning, 3 information. */
const severities = { error: 1, warn: 2 } as const;

/**
 * The findings of a report as the protocol writes them, one for each place, and the faults that concern an open
 * text. https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#diagnostic
 *
 * @param path Of the text in its project. A fault of another file stands at the text's start.
 * @param shownSeverities How grave the findings of some rules are shown; the others as the check says.
 */
export function diagnosticsOf(
  { findings, faults }: Pick<Report, 'findings' | 'faults'>,
  path: string,
  shownSeverities: EditorSettings['severity'] = defaultSettings.severity,
): Diagnostic[] {
  return [
    ...findings
      .filter(({ file }) => file === path)
      .flatMap((finding) => findingDiagnostics(finding, shownSeverities)),
    ...faults.map((fault) => faultDiagnostic(fault, path)),
  ];
}

/** @returns A place as a range: 0-based, in UTF-16 code units. A notebook's cells have no place in its text. */
export function rangeOf({ line, column, endLine, endColumn, cell }: Place): Range {
  if (cell !== null) return start;
  return {
    start: { line: line - 1, character: column - 1 },
    end: { line: endLine - 1, character: endColumn - 1 },
  };
}

const start: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function findingDiagnostics(finding: Finding, shownSeverities: EditorSettings['severity']): Diagnostic[] {
  const { rule, severity, places } = finding;
  return places.map((place) => ({
    range: rangeOf(place),
    severity: shownSeverities.get(rule) ?? severities[severity],
    code: labelOf(finding),
    codeDescription: { href: rulePage(rule) },
    source,
    message: `${place.cell === null ? '' : `${positionText(place)}: `}${messageOf(finding)}`,
  }));
}

function messageOf(finding: Finding): string {
  const meant = shownSuggestions(finding).map((suggestion) =>
    suggestedName(suggestion, finding.package, escapeControls),
  );
  const question = meant.length === 0 ? '' : `\nDid you mean ${meant.join(' or ')}?`;
  return `${escapeControls(finding.message, 800)}${question}`;
}

/** A text that somebody is typing is often no program: that is worth knowing and no more. */
function faultDiagnostic(fault: Fault, path: string): Diagnostic {
  const hasPosition = fault.file === path && fault.line !== null;
  const at = { line: (fault.line ?? 1) - 1, character: (fault.column ?? 1) - 1 };
  const place = fault.file === path ? '' : faultPlace(fault, escapeControls);
  return {
    range: hasPosition ? { start: at, end: at } : start,
    severity: fault.kind === 'unparsable' ? 3 : 2,
    code: fault.kind,
    source,
    message: `${place === '' ? '' : `${place}: `}${escapeControls(fault.message, 800)}\n${escapeControls(fault.next, 800)}`,
  };
}
