import type { CodeAction, Diagnostic, TextEdit } from 'vscode-languageserver';
import type { ManifestEdit } from '../ecosystems/declare.ts';
import { packageLabel } from '../model/package.ts';
import type { Place } from '../model/text.ts';
import type { Finding } from '../../rules/index.ts';
import { isShellSafe, escapeControls } from '../text/escape.ts';
import { commands, type CommandArgument, type DecisionName } from './commands.ts';
import type { DecisionOffer } from './decision-offers.ts';
import { rangeOf } from './diagnostics.ts';
import type { Replacement } from './replacements.ts';
import { workspaceEdit, type DocumentEdits, type EditCapabilities } from './workspace-edits.ts';

/** What a client understands of actions. */
export interface ActionCapabilities extends Pick<EditCapabilities, 'versions'> {
  /** It shows actions that can't be taken, with the reason. */
  readonly disabled: boolean;
  /** It knows that one action is the best. */
  readonly preferred: boolean;
}

/** What actions are offered for. */
export interface ActionSubject {
  /** Of the open text, for commands. */
  readonly uri: string;
  /** @returns The text that a place counts in: the open one, or that of a cell. */
  readonly partAt: (place: Pick<Place, 'cell'>) => Omit<DocumentEdits, 'edits'> | undefined;
  readonly finding: Finding;
  /** The diagnostics of the request that belong to the finding. */
  readonly diagnostics: readonly Diagnostic[];
  /** What may take the package’s place in the open text. */
  readonly replacements: readonly Replacement[];
  /** What may be decided about `decisionSubject` of the finding. */
  readonly decisions: readonly DecisionOffer[];
  /** How the nearest manifest would declare the package, with its URI; the version is null where it is not open. */
  readonly manifest:
    { readonly uri: string; readonly version: number | null; readonly edit: ManifestEdit } | undefined;
}

/**
 * What can be done about a finding. Nothing belongs to "fix all", and only what a person has named in a denial is
 * preferred: which package is meant, and whether it may be used, is for a person to say.
 */
export function actionsFor(subject: ActionSubject, capabilities: ActionCapabilities): CodeAction[] {
  const { manifest } = subject;
  const replacements = subject.replacements.flatMap((replacement) =>
    replacementAction(subject, replacement, capabilities),
  );
  const decided = decisionSubject(subject.finding);
  const name = decided === null ? '' : packageLabel(decided);
  if (decided === null || !isShellSafe(name)) return replacements;
  const isOwn = decided === subject.finding.package;
  return [
    ...replacements,
    ...subject.decisions.flatMap((offer) => decisionAction(subject, offer, { name, capabilities })),
    ...(manifest && isOwn ? [declaration(subject, manifest, capabilities)] : []),
  ];
}

/** @returns The package that a decision about a finding would be about; null where none makes it pass. */
export function decisionSubject({ rule, package: foundPackage, decisionAbout }: Finding): Finding['package'] {
  const isOpen = ['unapproved-package', 'expired-approval', 'unreviewed-package'].includes(rule);
  if (!isOpen || foundPackage === null) return null;
  return decisionAbout === undefined ? foundPackage : decisionAbout;
}

function replacementAction(
  subject: ActionSubject,
  { name, places, isRemoval, isDecided, edits }: Replacement,
  { versions, preferred }: ActionCapabilities,
): CodeAction[] {
  if (!(subject.finding.module === undefined ? isShellSafe(name) : isPlainPath(name))) return [];
  const label = escapeControls(name);
  const share = places === null ? '' : ` (${String(edits.length)} of ${String(places)} places)`;
  const title = isRemoval ? `Remove it: ${label} is there already` : `Replace with ${label}${share}`;
  const documents = edits.flatMap(({ place, text }) => {
    const part = subject.partAt(place);
    return part === undefined ? [] : [{ ...part, edits: [{ range: rangeOf(place), newText: text }] }];
  });
  if (documents.length < edits.length) return [];
  return [
    {
      ...quickfix(subject, title),
      ...(isDecided && preferred ? { isPreferred: true } : {}),
      edit: workspaceEdit(byDocument(documents), { versions }),
    },
  ];
}

/** @returns The edits of each text together. */
function byDocument(documents: readonly DocumentEdits[]): readonly DocumentEdits[] {
  const merged = new Map<string, DocumentEdits>();
  for (const document of documents) {
    const { edits } = merged.get(document.uri) ?? { edits: [] };
    merged.set(document.uri, { ...document, edits: [...edits, ...document.edits] });
  }
  return [...merged.values()];
}

/** What ends no string and is no escape in one, whatever a file is called. */
function isPlainPath(name: string): boolean {
  return !/["'`\\]/.test(name) && escapeControls(name) === name;
}

function declaration(
  subject: ActionSubject,
  { edit, ...document }: NonNullable<ActionSubject['manifest']>,
  capabilities: ActionCapabilities,
): CodeAction {
  const name = subject.finding.package ? packageLabel(subject.finding.package) : '';
  const edits: TextEdit[] = edit.edits.map(({ start, end, text }) => ({
    range: rangeOf({ ...start, endLine: end.line, endColumn: end.column, cell: null }),
    newText: text,
  }));
  return {
    ...quickfix(subject, `Add ${name} to ${escapeControls(edit.path)} (approves nothing)`),
    edit: workspaceEdit([{ ...document, edits }], capabilities),
  };
}

/** How the actions are called, with the package in its place. */
const titles: Readonly<Record<DecisionName, (name: string) => string>> = {
  request: (name) => `Request approval of ${name}`,
  approve: (name) => `Approve ${name} for this repository…`,
  deny: (name) => `Deny ${name} for this repository…`,
};

function decisionAction(
  subject: ActionSubject,
  { name: decision, refusal }: DecisionOffer,
  { name, capabilities }: { readonly name: string; readonly capabilities: ActionCapabilities },
): CodeAction[] {
  const title = titles[decision](name);
  if (refusal !== null) {
    const action = { ...quickfix(subject, title), disabled: { reason: escapeControls(refusal, 400) } };
    return capabilities.disabled ? [action] : [];
  }
  const argument: CommandArgument = { uri: subject.uri, package: name };
  const command = { title, command: commands[decision], arguments: [argument] };
  return [{ ...quickfix(subject, title), command }];
}

function quickfix({ diagnostics }: ActionSubject, title: string): CodeAction {
  return { title, kind: 'quickfix', diagnostics: [...diagnostics] };
}
