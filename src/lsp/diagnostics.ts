import type { Diagnostic, DiagnosticRelatedInformation, Range } from 'vscode-languageserver';
import type { Fault } from '../model/fault.ts';
import type { Place } from '../model/text.ts';
import { faultPlace, labelOf, suggestedName, shownSuggestions } from '../reporters/words.ts';
import { rulePage, type Finding, type Report } from '../../rules/index.ts';
import { packageLabel, purl } from '../model/package.ts';
import { escapeControls } from '../text/escape.ts';
import { plainFeatures, type ClientFeatures } from './client-features.ts';
import { SETTINGS_NAME } from '../model/tool.ts';
import { defaultSettings, type EditorSettings } from './settings.ts';

/** What the editor shows as the origin of our diagnostics. */
export const source = SETTINGS_NAME;

/** DiagnosticSeverity of the protocol: 1 error, 2 warning, 3 information. */
const severities = { error: 1, warn: 2 } as const;

/** How an editor has diagnostics written. */
export interface DiagnosticForm {
  /** How grave the findings of some rules are shown; the others as the check says. */
  readonly severity: EditorSettings['severity'];
  readonly features: ClientFeatures;
  /** The URI of a file of the project. */
  readonly uriOf: (path: string) => string;
}

/** What every editor understands. */
const plainForm: DiagnosticForm = {
  severity: defaultSettings.severity,
  features: plainFeatures,
  uriOf: (path) => path,
};

/** A diagnostic, and the cell of the notebook that its range counts in; null outside of cells. */
export interface PlacedDiagnostic {
  readonly cell: Place['cell'];
  readonly diagnostic: PlainDiagnostic;
}

/** Whose message is no Markdown. */
type PlainDiagnostic = Diagnostic & { readonly message: string };

/**
 * The findings of a report as the protocol writes them, one for each place, and the faults that concern an open
 * text. https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#diagnostic
 *
 * @param path Of the text in its project. A fault of another file stands at the text's start.
 */
export function placedDiagnostics(
  { findings, faults }: Pick<Report, 'findings' | 'faults'>,
  path: string,
  form: DiagnosticForm = plainForm,
): readonly PlacedDiagnostic[] {
  return [
    ...findings.filter(({ file }) => file === path).flatMap((finding) => findingDiagnostics(finding, form)),
    ...faults.map((fault) => ({
      cell: (fault.file === path ? fault.cell : null) ?? null,
      diagnostic: faultDiagnostic(fault, path),
    })),
  ];
}

/** @returns Diagnostics of a text that is open as it stands in its file: a notebook's cells have no place in it. */
export function inText(placed: readonly PlacedDiagnostic[]): Diagnostic[] {
  return placed.map(({ cell, diagnostic }) => {
    if (cell === null) return diagnostic;
    const { line, character } = diagnostic.range.start;
    const place = `cell ${String(cell)}, ${String(line + 1)}:${String(character + 1)}: `;
    return { ...diagnostic, range: startOfText, message: `${place}${diagnostic.message}` };
  });
}

/** @returns A place as a range of its text or cell: 0-based, in UTF-16 code units. */
export function rangeOf({ line, column, endLine, endColumn }: Place): Range {
  return {
    start: { line: line - 1, character: column - 1 },
    end: { line: endLine - 1, character: endColumn - 1 },
  };
}

/** Where stands what belongs to no place. */
export const startOfText: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** Without tags: one would fade the import as needless, the other would strike it through as dated, and it is neither. */
function findingDiagnostics(finding: Finding, form: DiagnosticForm): PlacedDiagnostic[] {
  const { rule, grade, severity, places, specifier, package: foundPackage } = finding;
  const { features } = form;
  const name = foundPackage && purl(foundPackage);
  return places.map((place) => ({
    cell: place.cell,
    diagnostic: {
      range: rangeOf(place),
      severity: form.severity.get(rule) ?? severities[severity],
      code: labelOf(finding),
      ...(features.codeDescription ? { codeDescription: { href: rulePage(rule) } } : {}),
      source,
      message: messageOf(finding),
      ...(features.relatedInformation ? { relatedInformation: decisionOf(finding, form) } : {}),
      ...(features.data ? { data: { rule, grade, package: name, specifier } } : {}),
    },
  }));
}

/** @returns The line of the whitelist that says so. */
function decisionOf({ decisionAt, package: foundPackage, status }: Finding, { uriOf }: DiagnosticForm) {
  if (!decisionAt) return [];
  const start = { line: decisionAt.line - 1, character: 0 };
  const range = { start, end: { line: decisionAt.line, character: 0 } };
  const name = foundPackage ? ` of ${escapeControls(packageLabel(foundPackage))}` : '';
  const related: DiagnosticRelatedInformation = {
    location: { uri: uriOf(decisionAt.file), range },
    message: status === 'denied' ? `the denial${name}` : `the approval${name} that has ended`,
  };
  return [related];
}

function messageOf(finding: Finding): string {
  const meant = shownSuggestions(finding).map((suggestion) =>
    suggestedName(suggestion, finding.package, escapeControls),
  );
  const question = meant.length === 0 ? '' : `\nDid you mean ${meant.join(' or ')}?`;
  return `${escapeControls(finding.message, 800)}${question}`;
}

/** A text that somebody is typing is often no program: that is worth knowing and no more. */
function faultDiagnostic(fault: Fault, path: string): PlainDiagnostic {
  const hasPosition = fault.file === path && fault.line !== null;
  const at = { line: (fault.line ?? 1) - 1, character: (fault.column ?? 1) - 1 };
  const place = fault.file === path ? '' : faultPlace(fault, escapeControls);
  return {
    range: hasPosition ? { start: at, end: at } : startOfText,
    severity: fault.kind === 'unparsable' ? 3 : 2,
    code: fault.kind,
    source,
    message: `${place === '' ? '' : `${place}: `}${escapeControls(fault.message, 800)}\n${escapeControls(fault.next, 800)}`,
  };
}
