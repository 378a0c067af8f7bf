import { member } from '../documents/values.ts';
import { programNamed, USUAL_NAME, usualProgram } from './notebook-languages.ts';

/** A cell as an editor holds it. */
export interface CellSource {
  readonly type: 'code' | 'markdown' | 'raw';
  /** What the editor calls its language. */
  readonly languageId: string;
  readonly text: string;
  /** As the editor has it: some put what the file says into a member of it. */
  readonly metadata: unknown;
}

/**
 * Writes what an editor holds as the file would hold it, as far as it is read here: sources, kernel and languages
 * (https://nbformat.readthedocs.io/en/latest/format_description.html). So that what is found is what `check` finds.
 *
 * @param metadata Of the notebook, as the editor has it.
 */
export function notebookJson(metadata: unknown, cells: readonly CellSource[]): string {
  const kernel = kernelOf(metadata) ?? kernelOfCells(cells);
  const usual = member(kernel.language_info, 'name') ?? member(kernel.kernelspec, 'language') ?? USUAL_NAME;
  return JSON.stringify({
    cells: cells.map((cell) => ({
      cell_type: cell.type,
      metadata: cellMetadata(cell, usual),
      source: cell.text,
    })),
    metadata: kernel,
    nbformat: 4,
  });
}

interface Kernel {
  readonly kernelspec?: unknown;
  readonly language_info?: unknown;
}

/** Editors have the metadata of the file, or, as VS Code, an object that has it as a member. */
function fileMetadata(metadata: unknown): readonly unknown[] {
  return [metadata, member(metadata, 'metadata'), member(member(metadata, 'custom'), 'metadata')];
}

/** @returns null where the editor says nothing of the notebook: it may have a kernel all the same. */
function kernelOf(metadata: unknown): Kernel | null {
  if (typeof metadata !== 'object' || metadata === null) return null;
  const kernels = fileMetadata(metadata).map((candidate) => ({
    kernelspec: member(candidate, 'kernelspec'),
    language_info: member(candidate, 'language_info'),
  }));
  return (
    kernels.find(({ kernelspec, language_info: info }) => kernelspec !== undefined || info !== undefined) ??
    {}
  );
}

/**
 * What editors call the language of a text of which they know none
 * (https://code.visualstudio.com/docs/languages/identifiers, 2026-11).
 */
const unsaid: ReadonlySet<string> = new Set(['', 'plaintext']);

/** A notebook without a word of its kernel, and without a cell of the usual language, is in the language of its cells. */
function kernelOfCells(cells: readonly CellSource[]): Kernel {
  const ids = cells
    .filter(({ type, languageId }) => type === 'code' && !unsaid.has(languageId))
    .map(({ languageId }) => languageId);
  const [name] = ids;
  const usual = usualProgram()?.language;
  const isOther = name !== undefined && !ids.some((id) => programNamed(id)?.language === usual);
  return isOther ? { language_info: { name } } : {};
}

/** As VS Code writes it: the language of a cell only where it is another one than that of the notebook. */
function cellMetadata(
  { languageId, metadata }: CellSource,
  usual: unknown,
): Readonly<Record<string, unknown>> {
  const kernel = fileMetadata(metadata)
    .map((candidate) => member(candidate, 'kernel'))
    .find((word) => typeof word === 'string');
  return {
    ...(kernel === undefined ? {} : { kernel }),
    ...(languageId === usual ? {} : { vscode: { languageId } }),
  };
}
