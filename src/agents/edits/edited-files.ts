import type { FileEdit, Replacement } from '../protocols/event.ts';
import { withCell } from './notebook-cell.ts';
import { patchedText, readPatch, type FilePatch } from './patch.ts';

/** What an edit makes of one file. */
export interface EditedFile {
  /** As the model wrote it: absolute, or relative to its working folder. */
  readonly path: string;
  /** null where there is no file before. */
  readonly oldText: string | null;
  /** null where the file is gone after it. */
  readonly newText: string | null;
}

/** @returns The text of a file on disk; null where there is none. @param path As the model wrote it. */
export type ReadText = (path: string) => Promise<string | null>;

/**
 * Applies an edit to what is on disk, before the agent does. Where an edit does not fit, what it would write is taken by
 * itself: the agent may read the file in another way.
 */
export async function filesBeforeEdit(edit: FileEdit, read: ReadText): Promise<readonly EditedFile[]> {
  if (edit.kind === 'patch') {
    const files = readPatch(edit.patch).map((file) => patchedFiles(file, read));
    return (await Promise.all(files)).flat();
  }
  const { path } = edit;
  const oldText = await read(path);
  switch (edit.kind) {
    case 'write':
      return [{ path, oldText, newText: edit.text }];
    case 'delete':
      return [{ path, oldText, newText: null }];
    case 'insert':
      return [{ path, oldText, newText: inserted(oldText ?? '', edit) }];
    case 'replace': {
      const newText = replaced(oldText ?? '', edit.replacements);
      if (newText !== null) return [{ path, oldText, newText }];
      return [{ path, oldText: null, newText: edit.replacements.map(({ newText }) => newText).join('\n') }];
    }
    case 'cell': {
      const newText = oldText === null ? null : withCell(oldText, edit.cell);
      const alone = {
        cells: [{ cell_type: edit.cell.type ?? 'code', metadata: {}, source: edit.cell.source }],
      };
      return [
        newText === null
          ? { path, oldText: null, newText: JSON.stringify(alone) }
          : { path, oldText, newText },
      ];
    }
  }
}

async function patchedFiles(file: FilePatch, read: ReadText): Promise<readonly EditedFile[]> {
  const { path } = file;
  const oldText = await read(path);
  if (file.kind === 'add') return [{ path, oldText, newText: file.text }];
  if (file.kind === 'delete') return [{ path, oldText, newText: null }];
  const newText = patchedText(oldText ?? '', file.hunks);
  const moved = file.newPath === path ? [] : [{ path, oldText, newText: null }];
  if (newText !== null) return [...moved, { path: file.newPath, oldText, newText }];
  return [...moved, { path: file.newPath, oldText: null, newText: addedLines(file).join('\n') }];
}

/**
 * What an edit has made of files that are on disk by now. What stood there before is worked out from the edit where the agent
 * does not tell.
 *
 * @param original What the agent tells; null: there was no file.
 */
export async function filesAfterEdit(
  edit: FileEdit,
  original: string | null | undefined,
  read: ReadText,
): Promise<readonly EditedFile[]> {
  if (edit.kind === 'patch') {
    const files = readPatch(edit.patch).map(async (file): Promise<EditedFile[]> => {
      if (file.kind === 'delete') return [];
      const path = file.kind === 'add' ? file.path : file.newPath;
      const newText = await read(path);
      const isNew = file.kind === 'add';
      return newText === null
        ? []
        : [{ path, oldText: isNew ? null : without(newText, addedLines(file)), newText }];
    });
    return (await Promise.all(files)).flat();
  }
  const newText = await read(edit.path);
  if (newText === null) return [];
  return [
    { path: edit.path, oldText: original === undefined ? textBefore(edit, newText) : original, newText },
  ];
}

function textBefore(edit: Exclude<FileEdit, { kind: 'patch' }>, newText: string): string | null {
  switch (edit.kind) {
    case 'write':
    case 'delete':
    case 'cell':
      return null;
    case 'insert':
      return without(newText, edit.text.split('\n'));
    case 'replace': {
      const reversed = edit.replacements
        .map(({ oldText, newText, all }) => ({ oldText: newText, newText: oldText, all }))
        .toReversed();
      const isSure = reversed.every(({ oldText }) => oldText !== '');
      const newLines = edit.replacements.flatMap(({ newText }) => newText.split('\n'));
      return (isSure ? replaced(newText, reversed) : null) ?? without(newText, newLines);
    }
  }
}

/** @returns null where one of the texts is not there. */
function replaced(text: string, replacements: readonly Replacement[]): string | null {
  let result = text;
  for (const { oldText, newText, all } of replacements) {
    if (oldText === '' && result === '') result = newText;
    else if (oldText === '' || !result.includes(oldText)) return null;
    else if (all) result = result.replaceAll(oldText, () => newText);
    else result = result.replace(oldText, () => newText);
  }
  return result;
}

/** @param edit Its line is the one that the text stands behind; 0: at the top. */
function inserted(
  text: string,
  { line, text: added }: { readonly line: number; readonly text: string },
): string {
  const lines = text.split('\n');
  return lines.toSpliced(line, 0, ...added.replace(/\n$/, '').split('\n')).join('\n');
}

function addedLines(file: FilePatch): readonly string[] {
  if (file.kind !== 'update') return [];
  return file.hunks.flatMap(({ lines }) => lines.filter(({ sign }) => sign === '+').map(({ text }) => text));
}

/** Formatters may have moved a line, but seldom change more. */
function without(text: string, lines: readonly string[]): string {
  const removed = new Set(lines.map((line) => line.trim()));
  return text
    .split('\n')
    .filter((line) => !removed.has(line.trim()))
    .join('\n');
}
