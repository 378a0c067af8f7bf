import { jsonErrorOffset } from './json-error.ts';
import { asList, asText, member, parseJson, textsOf } from './values.ts';

/** A code cell of a notebook. */
export interface NotebookCell {
  /** Counts all cells from 1, with Markdown, as editors show them. */
  readonly number: number;
  readonly text: string;
  /** What the cell itself says of its language; null where it says nothing. */
  readonly language: string | null;
}

/** The code of a notebook, and what the notebook says of its language. */
export interface Notebook {
  readonly cells: readonly NotebookCell[];
  /** The name of its kernel or of the kernel's language; null where it says nothing. */
  readonly kernel: string | null;
  readonly broken: { readonly message: string; readonly offset: number } | null;
}

/**
 * Reads a Jupyter notebook of format 3 or 4 (https://nbformat.readthedocs.io/en/latest/format_description.html). Cells
 * without text are left out.
 */
export function readNotebook(text: string): Notebook {
  if (text.trim() === '') return { cells: [], kernel: null, broken: null };
  const document = parseJson(text) ?? parseJson(withPlainNumbers(text));
  if (document === undefined) {
    const offset = jsonErrorOffset(withPlainNumbers(text));
    return { cells: [], kernel: null, broken: { message: 'the notebook is not valid JSON', offset } };
  }
  const cells = cellsOf(document);
  if (cells === undefined)
    return { cells: [], kernel: null, broken: { message: 'the notebook has no cells', offset: 0 } };
  return {
    cells: cells.flatMap((cell, index) => codeCell(cell, index + 1)),
    kernel: kernelOf(document),
    broken: null,
  };
}

/**
 * Python writes and reads numbers that JSON has not
 * (https://docs.python.org/3/library/json.html#infinite-and-nan-number-values), and Jupyter is written in it.
 *
 * @returns The text with another number for each of them, at the same offsets.
 */
function withPlainNumbers(text: string): string {
  let isString = false;
  return text.replace(/\\[^]|"|-?Infinity|NaN/g, (piece) => {
    if (piece === '"') isString = !isString;
    return isString || !/^[-IN]/.test(piece) ? piece : '0'.padEnd(piece.length);
  });
}

/** Format 4 keeps cells at the top, format 3 in worksheets. */
function cellsOf(document: unknown): readonly unknown[] | undefined {
  const [sheets, cells] = [member(document, 'worksheets'), member(document, 'cells')];
  if (!Array.isArray(sheets)) return Array.isArray(cells) ? cells : undefined;
  return [...asList(cells), ...asList(sheets).flatMap((sheet) => asList(member(sheet, 'cells')))];
}

/**
 * A kernel is started by its name, which may be any word: what everybody knows decides. Of others, and where none is
 * named, only the language tells; a language that nobody knows says less than one that everybody does.
 */
function kernelOf(document: unknown): string | null {
  const metadata = member(document, 'metadata');
  const kernel = member(metadata, 'kernelspec');
  const languages = [member(member(metadata, 'language_info'), 'name'), member(kernel, 'language')];
  const wellKnown = [member(kernel, 'name'), ...languages].filter(isWord).find((word) => KERNELS.test(word));
  return wellKnown ?? languages.find(isWord) ?? null;
}

function isWord(word: unknown): word is string {
  return typeof word === 'string' && word !== '';
}

/** Kernels and their languages (https://github.com/jupyter/jupyter/wiki/Jupyter-kernels, 2026-11). */
const KERNELS =
  /^(?:i?python[\d.]*t?$|xpython|micropython$|(?:glue_|synapse_)?pyspark3?$|sage|node$|ir\b|julia|deno$|tslab$|jslab$|javascript$|typescript$|bash$|xcpp|gophernotes$|gonb$|lgo$|go$|golang$|rust$|evcxr$|scala|almond|kotlin$|ruby$|iruby$|octave$|matlab|sas$|stata$|\.net-|java$|ijava$|haskell$|lua$|perl$|php$|sql$|sos$)/i;

function codeCell(cell: unknown, number: number): readonly NotebookCell[] {
  if (member(cell, 'cell_type') !== 'code') return [];
  const text = sourceOf(member(cell, 'source') ?? member(cell, 'input'));
  if (text.trim() === '') return [];
  const metadata = member(cell, 'metadata');
  const language =
    member(member(metadata, 'vscode'), 'languageId') ??
    member(cell, 'language') ??
    member(metadata, 'kernel');
  return [{ number, text, language: asText(language) }];
}

/** A cell's source is one string, or a list of strings that keep their line ends. */
function sourceOf(source: unknown): string {
  return asText(source) ?? textsOf(source).join('');
}
