import { normalize } from 'node:path/posix';
import { isPythonCell } from '../dialects.ts';
import { LineIndex } from '../../../text/lines.ts';
import { codeOnly } from '../logical-lines.ts';
import { deadCodeIn } from './dead-code.ts';
import { Constants, expressionAt } from './path-constants.ts';
import type { FileLookup } from './lookup.ts';
import { ancestors, folderOf, join, plainRoot, unique } from './roots.ts';
import type { Root } from './roots.ts';

/**
 * Files that edit the path for more than themselves: pytest imports the first before the tests, Django runs the second, and
 * packages are imported before their modules.
 */
const SHARED = ['conftest.py', 'manage.py', '__init__.py'] as const;

/** More than any real program has. */
const MAX_EDITS = 50;

/** More scripts than stand above the modules that they import. */
const MOST_SCRIPTS = 100;

const edit =
  /\b(?:sys\.path\s*(?:\.(?:insert|append|extend)\s*(?=\()|(?:\[[^\]\n]{0,80}\]\s*)?\+?=(?!=))|site\.addsitedir\s*(?=\())/g;

/**
 * The folders that programs add to `sys.path` with literals, or with names that stand for some:
 * `sys.path.append(os.path.abspath("_ext"))`, `sys.path.insert(0, str(ROOT / "lib"))`. Where a literal starts from is
 * not computed: it is tried from every folder above, so it may name folders that are no roots, and only files of the
 * project that lie there count. Each file is read once.
 */
export class PathEdits {
  readonly #lookup: FileLookup;
  readonly #roots = new Map<string, Promise<readonly Root[]>>();
  readonly #own = new Map<string, Promise<OwnEdits>>();
  #scripts: Promise<ReadonlyMap<string, readonly string[]>> | undefined;

  constructor(lookup: FileLookup) {
    this.#lookup = lookup;
  }

  /**
   * @param file The importing file; `conftest.py`, `manage.py` and `__init__.py` in the folders above it are read too, and
   *   so are the scripts there that import it, and the modules beside it that it imports.
   * @param module What it imports: edits that stand behind its last import of that come too late.
   */
  async rootsFor(file: string, module: string): Promise<readonly Root[]> {
    const shared = ancestors(folderOf(file)).flatMap((folder) => SHARED.map((name) => join(folder, name)));
    const readers = new Set([
      ...(await this.#lookup.having(shared)),
      ...(await this.#importersOf(file)),
      ...(await this.#importedBeside(file)),
    ]);
    readers.delete(file);
    const roots = await Promise.all([
      this.#ownRoots(file, module),
      ...[...readers].map((reader) => this.#rootsIn(reader)),
    ]);
    return unique(roots.flat());
  }

  async #ownRoots(file: string, module: string): Promise<readonly Root[]> {
    if (file.endsWith('.ipynb')) return this.#rootsIn(file);
    const edits = this.#own.get(file) ?? this.#lookup.text(file).then((text) => ownEdits(file, text ?? ''));
    this.#own.set(file, edits);
    const { code, roots } = await edits;
    const [top = ''] = module.split('.', 1);
    const bound = roots.length === 0 ? undefined : lastImport(code, top);
    return unique(bound === undefined ? roots : roots.filter(({ at }) => at < bound));
  }

  /** Scripts above a file that edit the path and import the file, or the package that it lies in. */
  async #importersOf(file: string): Promise<readonly string[]> {
    const scripts = await this.#scriptsIn();
    const candidates = ancestors(folderOf(file))
      .flatMap((folder) => scripts.get(folder) ?? [])
      .filter((path) => path !== file);
    const importers = await Promise.all(
      candidates.slice(0, MOST_SCRIPTS).map(async (path) => {
        const folder = folderOf(path);
        const [name = ''] = file.slice(folder === '' ? 0 : folder.length + 1).split(/[/.]/, 1);
        const text = (await this.#lookup.text(path)) ?? '';
        return isEditing(text) && importedNames(text).has(name) ? path : [];
      }),
    );
    return importers.flat();
  }

  /** `from .context import shop`, where context.py edits the path. */
  async #importedBeside(file: string): Promise<readonly string[]> {
    const names = importedNames(file.endsWith('.py') ? ((await this.#lookup.text(file)) ?? '') : '');
    const siblings = ((await this.#scriptsIn()).get(folderOf(file)) ?? []).filter((path) => {
      const stem = path.slice(path.lastIndexOf('/') + 1, -'.py'.length);
      return path !== file && names.has(stem);
    });
    return siblings.slice(0, MOST_SCRIPTS);
  }

  #scriptsIn(): Promise<ReadonlyMap<string, readonly string[]>> {
    this.#scripts ??= this.#lookup.list().then(scriptsByFolder);
    return this.#scripts;
  }

  #rootsIn(file: string): Promise<readonly Root[]> {
    const roots = this.#roots.get(file) ?? this.#lookup.text(file).then((text) => rootsIn(file, text ?? ''));
    this.#roots.set(file, roots);
    return roots;
  }
}

function scriptsByFolder(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const scripts = new Map<string, string[]>();
  for (const path of paths) {
    if (!path.endsWith('.py')) continue;
    const folder = folderOf(path);
    const list = scripts.get(folder) ?? [];
    list.push(path);
    scripts.set(folder, list);
  }
  return scripts;
}

/** @returns The folders that the code of one file adds, in a notebook that of its cells. */
export async function rootsIn(file: string, text: string): Promise<readonly Root[]> {
  if (!isEditing(text)) return [];
  if (!file.endsWith('.ipynb')) return unique(rootsOf(file, text));
  const { readNotebook } = await import('../../../documents/notebook.ts');
  const { cells, kernel } = readNotebook(text);
  const pythonCells = cells.filter((cell) => isPythonCell(kernel, cell.language));
  return unique(rootsOf(file, pythonCells.map((cell) => cell.text).join('\n'))).map((root) => ({
    ...root,
    line: null,
  }));
}

/** @returns The folders that a short program adds, as written: what a setting has run before. */
export function editedPaths(program: string): readonly string[] {
  const text = program.trim().replace(/^(["'])([^]*)\1$/, '$2');
  return editsIn(text).flatMap(({ paths }) => paths);
}

function isEditing(text: string): boolean {
  return text.includes('sys.path') || text.includes('site.addsitedir');
}

/** @returns The words of a text's import statements: names of modules, and of what is in them. */
function importedNames(text: string): ReadonlySet<string> {
  const statements = text.matchAll(/(?:^|[\n;])[ \t]*(?:from|import)[ \t]([^\n;]*)/g);
  return new Set([...statements].flatMap(([, words = '']) => words.match(/\w+/g) ?? []));
}

/** A root, and where in a program it is added. */
interface AddedRoot extends Root {
  readonly at: number;
}

/** What a program adds for its own imports, and its code without what strings and comments hold. */
interface OwnEdits {
  readonly code: string;
  readonly roots: readonly AddedRoot[];
}

function ownEdits(file: string, text: string): OwnEdits {
  return isEditing(text) ? { code: codeOnly(text), roots: rootsOf(file, text) } : { code: '', roots: [] };
}

/**
 * @returns Where a program imports a module for the last time; undefined where it does so anywhere but at the beginning of
 *   lines: a function may run later.
 */
function lastImport(code: string, module: string): number | undefined {
  const imports = [...code.matchAll(/(?:^|[\n;])[ \t]*(?:from|import)[ \t]([^\n;]*)/g)].filter(
    ([, words = '']) => words.match(/\w+/g)?.includes(module),
  );
  const isPlain = imports.every(({ index }) => /\S/.test(code.charAt(code.lastIndexOf('\n', index) + 1)));
  return isPlain ? imports.at(-1)?.index : undefined;
}

interface PathEdit {
  /** As written, each to be tried from every folder above. */
  readonly paths: readonly string[];
  /** So many folders above the file's path lies a folder that is named without literals: null where none is. */
  readonly height: number | null;
  readonly line: number;
  readonly at: number;
}

function editsIn(text: string): readonly PathEdit[] {
  const code = codeOnly(text);
  const lines = new LineIndex(text);
  const constants = new Constants(text, code);
  const isDead = deadCodeIn(code);
  return [...code.matchAll(edit)]
    .slice(0, MAX_EDITS)
    .map(({ index, 0: { length } }) => ({ index, expression: expressionAt(code, index + length) }))
    .filter(({ index, expression: { end } }) => !isDead({ start: index, end }))
    .map(({ index, expression }) => {
      const { sequences, height } = constants.valueOf(expression, index);
      const paths = sequences.flatMap((literals) =>
        literals.length === 0 ? [] : [literals.join('/'), ...literals],
      );
      const { line } = lines.locate(index);
      return { paths: [...new Set(paths)], height: paths.length === 0 ? height : null, line, at: index };
    });
}

function rootsOf(file: string, text: string): readonly AddedRoot[] {
  return editsIn(text).flatMap(({ paths, height, line, at }) => {
    const folders = ancestors(folderOf(file));
    const holder = height === null ? [] : folders.slice(height - 1, height);
    const named = folders.flatMap((folder) =>
      paths.flatMap((path) => {
        const root = normalize(join(folder, path)).replace(/\/$/, '');
        if (path.startsWith('/') || root === '..' || root.startsWith('../')) return [];
        return [root === '.' ? '' : root];
      }),
    );
    return [...holder, ...named].map((root) => ({
      ...plainRoot(root, `sys.path in ${file}`),
      file,
      line,
      at,
    }));
  });
}
