import type { CodeAction, Diagnostic, Range, TextEdit } from 'vscode-languageserver';
import { formatOf } from '../ecosystems/manifest-formats.ts';
import { packageLabel } from '../model/package.ts';
import type { Suggestion } from '../model/evidence.ts';
import { topSuggestions } from '../reporters/words.ts';
import type { Finding } from '../../rules/index.ts';
import { isShellSafe, escapeControls } from '../text/escape.ts';
import { rangeOf } from './diagnostics.ts';
import type { ManifestEdit } from '../ecosystems/declare.ts';

/** The commands that the server carries out, by what they do. */
export const commands = { approve: 'vetted-imports.approve', request: 'vetted-imports.request' } as const;

/** What the argument of both commands holds. The reason may be left out. */
export interface CommandArgument {
  readonly uri: string;
  readonly package: string;
  readonly reason?: string;
}

/** What actions are offered for. */
export interface ActionSubject {
  readonly uri: string;
  readonly finding: Finding;
  /** The diagnostics of the request that belong to the finding. */
  readonly diagnostics: readonly Diagnostic[];
  /** The open text at a range. */
  readonly textAt: (range: Range) => string;
  /** How the nearest manifest would declare the package, with its URI. */
  readonly manifest: { readonly uri: string; readonly edit: ManifestEdit } | undefined;
}

/**
 * What can be done about a finding. Nothing is preferred and nothing belongs to "fix all": which package is
 * meant, and whether it may be used, is for a person to say.
 */
export function actionsFor(subject: ActionSubject): CodeAction[] {
  const { finding, manifest } = subject;
  if (!finding.package) return [];
  const replacements = topSuggestions(finding).flatMap((suggestion) => replacement(subject, suggestion));
  const open = ['unapproved-package', 'expired-approval', 'unreviewed-package'].includes(finding.rule);
  const name = packageLabel(finding.package);
  if (!open || !isShellSafe(name)) return replacements;
  return [
    ...replacements,
    ...(manifest ? [declaration(subject, manifest)] : []),
    command(subject, `Request approval of ${name}`, commands.request),
    command(subject, `Approve ${name} for this repository…`, commands.approve),
  ];
}

/** Replaces every place that is written like the first one. */
function replacement(subject: ActionSubject, suggestion: Suggestion): CodeAction[] {
  const { finding, uri, textAt } = subject;
  if (suggestion.package.ecosystem !== finding.package?.ecosystem) return [];
  const newText = formatOf(finding.file) ? suggestion.package.name : suggestion.specifier;
  const ranges = finding.places.filter(({ cell }) => cell === null).map(rangeOf);
  const [first] = ranges;
  if (!first || !isShellSafe(newText)) return [];
  const old = textAt(first);
  const edits: TextEdit[] = ranges
    .filter((range) => textAt(range) === old)
    .map((range) => ({ range, newText }));
  return [
    { ...quickfix(subject, `Replace by ${escapeControls(newText)}`), edit: { changes: { [uri]: edits } } },
  ];
}

function declaration(
  subject: ActionSubject,
  { uri, edit }: { readonly uri: string; readonly edit: ManifestEdit },
): CodeAction {
  const name = subject.finding.package ? packageLabel(subject.finding.package) : '';
  const edits: TextEdit[] = edit.edits.map(({ start, end, text }) => ({
    range: rangeOf({ ...start, endLine: end.line, endColumn: end.column, cell: null }),
    newText: text,
  }));
  return {
    ...quickfix(subject, `Add ${name} to ${escapeControls(edit.path)}`),
    edit: { changes: { [uri]: edits } },
  };
}

function command(subject: ActionSubject, title: string, id: string): CodeAction {
  const { finding, uri } = subject;
  const argument: CommandArgument = { uri, package: finding.package ? packageLabel(finding.package) : '' };
  return { ...quickfix(subject, title), command: { title, command: id, arguments: [argument] } };
}

function quickfix({ diagnostics }: ActionSubject, title: string): CodeAction {
  return { title, kind: 'quickfix', diagnostics: [...diagnostics] };
}
