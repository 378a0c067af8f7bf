import { normalize } from 'node:path/posix';
import type { FileLookup } from './lookup.ts';
import { ancestors, folderOf, join, plainRoot, unique } from './roots.ts';
import type { Root } from './roots.ts';

/** Files that edit the path for more than themselves: pytest imports the one before the tests, Django runs the other. */
const SHARED = ['conftest.py', 'manage.py'] as const;

/** Longer than the arguments of any real call. */
const MAX_ARGUMENTS = 500;

/**
 * The folders that programs add to `sys.path` with literals: `sys.path.append(os.path.abspath("_ext"))`,
 * `sys.path.insert(0, str(Path(__file__).parent / "lib"))`. Where a literal starts from is not computed: it
 * is tried from every folder above, so it may name folders that are no roots, and only files of the project
 * that lie there count.
 *
 * @param file The importing file; `conftest.py` and `manage.py` in the folders above it are read too.
 */
export async function pathEdits(file: string, lookup: FileLookup): Promise<readonly Root[]> {
  const shared = ancestors(folderOf(file)).flatMap((folder) => SHARED.map((name) => join(folder, name)));
  const readers = new Set([file, ...(await lookup.having(shared))]);
  const roots = await Promise.all(
    [...readers].map(async (reader) => rootsIn(reader, (await lookup.text(reader)) ?? '')),
  );
  return unique(roots.flat());
}

function rootsIn(file: string, text: string): readonly Root[] {
  const edits = text.matchAll(
    /\b(?:sys\.path\s*(?:\.(?:insert|append|extend)\s*(?=\()|(?:\[[^\]\n]{0,80}\]\s*)?\+?=)|site\.addsitedir\s*(?=\())/g,
  );
  return [...edits].flatMap((edit) => {
    const literals = literalsIn(argumentsAt(text, edit.index + edit[0].length));
    const written = literals.length === 0 ? [] : [literals.join('/'), ...literals];
    const line = text.slice(0, edit.index).split('\n').length;
    return ancestors(folderOf(file)).flatMap((folder) =>
      written.flatMap((path) => {
        const root = normalize(join(folder, path)).replace(/\/$/, '');
        if (path.startsWith('/') || root === '..' || root.startsWith('../')) return [];
        return [{ ...plainRoot(root === '.' ? '' : root, `sys.path in ${file}`), file, line }];
      }),
    );
  });
}

/** The text from an opening bracket to the one that closes it, or to the line's end where there is none. */
function argumentsAt(text: string, start: number): string {
  const rest = text.slice(start, start + MAX_ARGUMENTS);
  let depth = 0;
  for (let at = 0; at < rest.length; at += 1) {
    const letter = rest[at] ?? '';
    if ('([{'.includes(letter)) depth += 1;
    else if (')]}'.includes(letter)) depth -= 1;
    if (depth <= 0 && (letter === ')' || letter === '\n')) return rest.slice(0, at);
  }
  return rest;
}

function literalsIn(code: string): readonly string[] {
  const strings = code.matchAll(/(?:"([^"\\\n]*)"|'([^'\\\n]*)')/g);
  return [...strings].map(([, double, single]) => double ?? single ?? '').filter((text) => text !== '');
}
