import { isPythonCell } from '../dialects.ts';
import { normalize } from 'node:path/posix';
import { LineIndex } from '../../../text/lines.ts';
import { codeOnly } from '../logical-lines.ts';
import type { FileLookup } from './lookup.ts';
import { ancestors, folderOf, join, plainRoot, unique } from './roots.ts';
import type { Root } from './roots.ts';

/** Files that edit the path for more than themselves: pytest imports the one before the tests, Django runs the other. */
const SHARED = ['conftest.py', 'manage.py'] as const;

/** More than any real program has. */
const MAX_EDITS = 50;

/** Longer than the arguments of any real call. */
const MAX_ARGUMENTS = 500;

const edit =
  /\b(?:sys\.path\s*(?:\.(?:insert|append|extend)\s*(?=\()|(?:\[[^\]\n]{0,80}\]\s*)?\+?=(?!=))|site\.addsitedir\s*(?=\())/g;

/**
 * The folders that programs add to `sys.path` with literals: `sys.path.append(os.path.abspath("_ext"))`,
 * `sys.path.insert(0, str(Path(__file__).parent / "lib"))`. Where a literal starts from is not computed: it
 * is tried from every folder above, so it may name folders that are no roots, and only files of the project
 * that lie there count. Each file is read once.
 */
export class PathEdits {
  readonly #lookup: FileLookup;
  readonly #roots = new Map<string, Promise<readonly Root[]>>();

  constructor(lookup: FileLookup) {
    this.#lookup = lookup;
  }

  /** @param file The importing file; `conftest.py` and `manage.py` in the folders above it are read too. */
  async rootsFor(file: string): Promise<readonly Root[]> {
    const shared = ancestors(folderOf(file)).flatMap((folder) => SHARED.map((name) => join(folder, name)));
    const readers = new Set([file, ...(await this.#lookup.having(shared))]);
    const roots = await Promise.all([...readers].map((reader) => this.#rootsIn(reader)));
    return unique(roots.flat());
  }

  #rootsIn(file: string): Promise<readonly Root[]> {
    const roots = this.#roots.get(file) ?? this.#lookup.text(file).then((text) => rootsIn(file, text ?? ''));
    this.#roots.set(file, roots);
    return roots;
  }
}

/** @returns The folders that the code of one file adds, in a notebook that of its cells. */
export async function rootsIn(file: string, text: string): Promise<readonly Root[]> {
  if (!text.includes('sys.path') && !text.includes('site.addsitedir')) return [];
  if (!file.endsWith('.ipynb')) return unique(rootsOf(file, text));
  const { readNotebook } = await import('../../../documents/notebook.ts');
  const { cells, kernel } = readNotebook(text);
  const pythonCells = cells.filter((cell) => isPythonCell(kernel, cell.language));
  return unique(rootsOf(file, pythonCells.map((cell) => cell.text).join('\n'))).map((root) => ({
    ...root,
    line: null,
  }));
}

function rootsOf(file: string, text: string): readonly Root[] {
  const code = codeOnly(text);
  const lines = new LineIndex(text);
  const edits = [...code.matchAll(edit)].slice(0, MAX_EDITS);
  return edits.flatMap(({ index, 0: { length } }) => {
    const literals = literalsIn(text, code, index + length);
    const paths = literals.length === 0 ? [] : [literals.join('/'), ...literals];
    const { line } = lines.locate(index);
    return ancestors(folderOf(file)).flatMap((folder) =>
      paths.flatMap((path) => {
        const root = normalize(join(folder, path)).replace(/\/$/, '');
        if (path.startsWith('/') || root === '..' || root.startsWith('../')) return [];
        return [{ ...plainRoot(root === '.' ? '' : root, `sys.path in ${file}`), file, line }];
      }),
    );
  });
}

/** The literals without escapes among the arguments at an offset; `code` is the text without what strings hold. */
function literalsIn(text: string, code: string, start: number): readonly string[] {
  const strings = argumentsAt(code, start).matchAll(/(["'])( *)\1/g);
  return [...strings]
    .map(({ index, 2: { length } = '' }) => text.slice(start + index + 1, start + index + 1 + length))
    .filter((literal) => /^[^\\\r\n]+$/.test(literal));
}

/** The code from an opening bracket to the one that closes it, or to the statement's end where there is none. */
function argumentsAt(code: string, start: number): string {
  const snippet = code.slice(start, start + MAX_ARGUMENTS);
  let depth = 0;
  for (let at = 0; at < snippet.length; at += 1) {
    const letter = snippet[at] ?? '';
    if ('([{'.includes(letter)) depth += 1;
    else if (')]}'.includes(letter)) depth -= 1;
    if (depth <= 0 && ');\r\n'.includes(letter)) return snippet.slice(0, at);
  }
  return snippet;
}
