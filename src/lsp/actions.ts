import type { CodeAction, Diagnostic, TextEdit } from 'vscode-languageserver';
import { packageLabel } from '../model/package.ts';
import type { Finding } from '../../rules/index.ts';
import { isShellSafe, escapeControls } from '../text/escape.ts';
import { rangeOf } from './diagnostics.ts';
import type { ManifestEdit } from '../ecosystems/declare.ts';
import type { Replacement } from './replacements.ts';
import { TOOL } from '../model/tool.ts';

/** The commands that the server carries out, by what they do. */
export const commands = { approve: `${TOOL}.approve`, request: `${TOOL}.request` } as const;

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
  /** What may take the package’s place in the open text. */
  readonly replacements: readonly Replacement[];
  /** How the nearest manifest would declare the package, with its URI. */
  readonly manifest: { readonly uri: string; readonly edit: ManifestEdit } | undefined;
}

/**
 * What can be done about a finding. Nothing is preferred and nothing belongs to "fix all": which package is
 * meant, and whether it may be used, is for a person to say.
 */
export function actionsFor(subject: ActionSubject): CodeAction[] {
  const { finding, manifest } = subject;
  const replacements = subject.replacements.flatMap((replacement) => replacementAction(subject, replacement));
  if (!finding.package) return replacements;
  const open = ['unapproved-package', 'expired-approval', 'unreviewed-package'].includes(finding.rule);
  const decided = decisionAbout(finding);
  const name = decided === null ? '' : packageLabel(decided);
  if (!open || decided === null || !isShellSafe(name)) return replacements;
  return [
    ...replacements,
    ...(manifest && decided === finding.package ? [declaration(subject, manifest)] : []),
    command(subject, `Request approval of ${name}`, commands.request),
    command(subject, `Approve ${name} for this repository…`, commands.approve),
  ];
}

function decisionAbout({ decisionAbout: subject, package: foundPackage }: Finding): Finding['package'] {
  return subject === undefined ? foundPackage : subject;
}

function replacementAction(
  subject: ActionSubject,
  { name, places, isRemoval, edits }: Replacement,
): CodeAction[] {
  if (!(subject.finding.module === undefined ? isShellSafe(name) : isPlainPath(name))) return [];
  const label = escapeControls(name);
  const share = places === null ? '' : ` (${String(edits.length)} of ${String(places)} places)`;
  const title = isRemoval ? `Remove it: ${label} is there already` : `Replace with ${label}${share}`;
  const changes: TextEdit[] = edits.map(({ place, text }) => ({ range: rangeOf(place), newText: text }));
  return [
    {
      ...quickfix(subject, title),
      edit: { changes: { [subject.uri]: changes } },
    },
  ];
}

/** What ends no string and is no escape in one, whatever a file is called. */
function isPlainPath(name: string): boolean {
  return !/["'`\\]/.test(name) && escapeControls(name) === name;
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
  const decided = decisionAbout(finding);
  const argument: CommandArgument = { uri, package: decided === null ? '' : packageLabel(decided) };
  return { ...quickfix(subject, title), command: { title, command: id, arguments: [argument] } };
}

function quickfix({ diagnostics }: ActionSubject, title: string): CodeAction {
  return { title, kind: 'quickfix', diagnostics: [...diagnostics] };
}
