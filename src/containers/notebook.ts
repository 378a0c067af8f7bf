import type { Contained, Container, Segment } from '../model/language.ts';
import { jsonErrorOffset } from '../documents/json-error.ts';

/**
 * Jupyter notebooks of format 3 and 4 (https://nbformat.readthedocs.io/en/latest/format_description.html).
 * Each code cell is a segment; its number counts all cells from 1, with Markdown, as editors show them.
 * The kernel's language decides what the cells hold: Python where nothing is said, JavaScript and TypeScript
 * for kernels such as Deno's, nothing for the others.
 */
export const notebook: Container = { id: 'notebook', contents };

function contents(text: string): Contained {
  if (text.trim() === '') return { segments: [], broken: null };
  const document = readJson(text);
  if (document === undefined) {
    const broken = { message: 'the notebook is not valid JSON', offset: jsonErrorOffset(text) };
    return { segments: [], broken };
  }
  const cells = cellsOf(document);
  if (cells === undefined)
    return { segments: [], broken: { message: 'the notebook has no cells', offset: 0 } };
  const language = kernelLanguage(document);
  const segments = cells.flatMap((cell, index) => segmentOf(cell, index + 1, language));
  return { segments, broken: null };
}

/** @returns undefined for text that is no JSON. */
function readJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Format 4 keeps cells at the top, format 3 in worksheets. */
function cellsOf(document: unknown): readonly unknown[] | undefined {
  const sheets = listOf(member(document, 'worksheets'));
  const cells = listOf(member(document, 'cells'));
  if (sheets === undefined) return cells;
  return [...(cells ?? []), ...sheets.flatMap((sheet) => listOf(member(sheet, 'cells')) ?? [])];
}

/**
 * A kernel starts by its name, which may be any word. A language that nobody knows says less than the name of a
 * kernel that everybody knows.
 */
function kernelLanguage(document: unknown): string {
  const metadata = member(document, 'metadata');
  const kernel = member(metadata, 'kernelspec');
  const languages = [member(member(metadata, 'language_info'), 'name'), member(kernel, 'language')];
  const knownName = [...languages, member(kernel, 'name')].filter(isWord).find(isKnown);
  return knownName ?? languages.find(isWord) ?? 'python';
}

function isWord(word: unknown): word is string {
  return typeof word === 'string' && word !== '';
}

function isKnown(word: string): boolean {
  return languageOf(word) !== undefined || otherKernels.test(word);
}

const otherKernels =
  /^(?:ir\b|julia|deno$|tslab$|jslab$|javascript$|typescript$|bash$|xcpp|gophernotes$|rust$|evcxr$|scala|almond|kotlin$|ruby$|iruby$|octave$|matlab|sas$|stata$|\.net-|java$|ijava$|haskell$|lua$|perl$|php$|sql$|sos$)/i;

function segmentOf(cell: unknown, number: number, kernel: string): readonly Segment[] {
  if (member(cell, 'cell_type') !== 'code') return [];
  const cellLanguage =
    member(member(member(cell, 'metadata'), 'vscode'), 'languageId') ?? member(cell, 'language');
  const text = sourceOf(member(cell, 'source') ?? member(cell, 'input'));
  // Editors colour the cell of a magic by what the magic runs. The kernel gets it all the same.
  const isMagic = /^\s*%%/.test(text) && languageOf(kernel)?.language === 'python';
  const language = languageOf(typeof cellLanguage === 'string' && !isMagic ? cellLanguage : kernel);
  if (language === undefined || text.trim() === '') return [];
  return [{ ...language, text, at: { kind: 'cell', cell: number } }];
}

/** @returns The language and dialect that a kernel's or cell's language name means, or undefined for others. */
function languageOf(name: string): { language: string; dialect: string } | undefined {
  if (/^(?:i?python[23]?|pyspark3?|sage)$/i.test(name)) return { language: 'python', dialect: 'ipynb' };
  if (/^(?:typescript|deno|tslab)$/i.test(name)) return { language: 'javascript', dialect: 'ts' };
  if (/^(?:javascript|jslab|node)$/i.test(name)) return { language: 'javascript', dialect: 'js' };
  return undefined;
}

/** A cell's source is one string, or a list of strings that keep their line ends. */
function sourceOf(source: unknown): string {
  if (typeof source === 'string') return source;
  if (!Array.isArray(source)) return '';
  return source.filter((line) => typeof line === 'string').join('');
}

function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function member(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const propertyValue: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
  return propertyValue;
}
