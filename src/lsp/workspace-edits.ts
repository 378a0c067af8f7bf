import { setTimeout as sleep } from 'node:timers/promises';
import nodePath from 'node:path';
import type {
  ApplyWorkspaceEditParams,
  ApplyWorkspaceEditResult,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { EditorText } from '../app/editor-texts.ts';
import { UsageError } from '../app/usage-error.ts';
import { escapeControls } from '../text/escape.ts';

/** An open text: while it is edited, its version and its content change. */
export type OpenDocumentText = Pick<TextDocument, 'uri' | 'version' | 'getText' | 'positionAt'>;

/** How a client takes edits. */
export interface EditCapabilities {
  /** It applies edits that the server asks for. */
  readonly applies: boolean;
  /** It looks whether a text has still the version that an edit is made for. */
  readonly versions: boolean;
}

/** The edits of one text. */
export interface DocumentEdits {
  readonly uri: string;
  /** null where it is not open. */
  readonly version: number | null;
  readonly edits: readonly TextEdit[];
}

/** @returns The edits of some texts, as a client takes them. */
export function workspaceEdit(
  documents: readonly DocumentEdits[],
  { versions }: Pick<EditCapabilities, 'versions'>,
): WorkspaceEdit {
  return versions
    ? {
        documentChanges: documents.map(({ uri, version, edits }) => ({
          textDocument: { uri, version },
          edits: [...edits],
        })),
      }
    : { changes: Object.fromEntries(documents.map(({ uri, edits }) => [uri, [...edits]])) };
}

/** Has the client apply an edit, with `workspace/applyEdit`. */
export type ApplyEdit = (params: ApplyWorkspaceEditParams) => Promise<ApplyWorkspaceEditResult>;

/**
 * @param capabilities What the client can do.
 * @param apply Sends the edit.
 * @returns An open text as those who edit files take it, as it stands at this moment.
 */
export function editorTextOf(
  document: OpenDocumentText,
  capabilities: EditCapabilities,
  apply: ApplyEdit,
): EditorText {
  const { uri, version } = document;
  const text = document.getText();
  const name = escapeControls(nodePath.posix.basename(decodedPath(uri)), 200);
  return {
    text,
    async replaceBy(newText) {
      if (!capabilities.applies)
        throw new UsageError(
          `${name} is open in the editor, which takes no edits from the server`,
          'Save and close it, and try again. Nothing was written.',
        );
      if (document.version !== version)
        throw new UsageError(`${name} was edited at the same moment`, 'Try again. Nothing was written.');
      const edit = lineEdit(document, newText);
      const result = await answerOf(apply, {
        label: `Decision in ${name}`,
        edit: workspaceEdit([{ uri, version, edits: [edit] }], capabilities),
      });
      if (result.applied && !(await lacks(document, version, edit.newText.trim()))) return;
      const reason = result.failureReason ? `: ${escapeControls(result.failureReason, 200)}` : '';
      throw new UsageError(
        `the editor did not edit ${name}${reason}`,
        'Try again, or save and close it first. Nothing was written.',
      );
    },
  };
}

/** A client that fails at an edit has not applied it. */
async function answerOf(
  apply: ApplyEdit,
  params: ApplyWorkspaceEditParams,
): Promise<ApplyWorkspaceEditResult> {
  try {
    return await apply(params);
  } catch (error) {
    return { applied: false, failureReason: error instanceof Error ? error.message : String(error) };
  }
}

/** @returns The lines that differ, as one edit. */
function lineEdit(document: OpenDocumentText, newText: string): TextEdit {
  const text = document.getText();
  const [oldLines, newLines] = [linesOf(text), linesOf(newText)];
  const most = Math.min(oldLines.length, newLines.length);
  let start = 0;
  while (start < most && oldLines[start] === newLines[start]) start += 1;
  let end = 0;
  while (end < most - start && oldLines.at(-1 - end) === newLines.at(-1 - end)) end += 1;
  const offset = oldLines.slice(0, start).join('').length;
  const length = oldLines.slice(start, oldLines.length - end).join('').length;
  return {
    range: { start: document.positionAt(offset), end: document.positionAt(offset + length) },
    newText: newLines.slice(start, newLines.length - end).join(''),
  };
}

/** @returns Lines with their ends. */
function linesOf(text: string): readonly string[] {
  return text.split(/(?<=\n)/);
}

/** How often, and how long, in milliseconds: editors tell of changes some time after they made them. */
const LOOKS = 10;
const PAUSE = 50;

/**
 * Some editors say of an edit for another version that they applied it, and did not: the text of a later version tells.
 * Others tell of what they applied only when the command is over, as Eglot does: until then nothing is said against it.
 */
async function lacks(document: OpenDocumentText, version: number, piece: string): Promise<boolean> {
  for (let look = 0; look < LOOKS; look += 1) {
    if (document.getText().includes(piece)) return false;
    await sleep(PAUSE);
  }
  return document.version !== version;
}

function decodedPath(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch (error) {
    if (error instanceof URIError) return uri;
    throw error;
  }
}
