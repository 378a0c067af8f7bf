import { GitError, readFields, type Git } from './git.ts';
import { decodePath } from './paths.ts';

/** A search takes as many words at once: a command line has a bound, and a project that never had a whitelist thousands. */
const WORDS_AT_ONCE = 500;

/** What a search found, and what kept it from looking at every file. */
export interface SearchResult {
  readonly paths: readonly string[];
  /** git's own words about objects that it has not got, as in a partial clone; '' where every file was looked at. */
  readonly complaint: string;
}

/**
 * Searches the files of a commit or tree, whatever stands in the work tree. Submodules and the contents of Git LFS are
 * not among them.
 *
 * @param revision A commit or a tree, and in `within` paths from its root; none where all of it is searched.
 * @param words Texts without line breaks. One counts where neither a letter, a digit nor `_` stands beside it.
 * @returns The paths of the files that hold one of the words, each once, and symbolic links whose own text does.
 */
export async function filesContaining(
  git: Git,
  { revision, within }: { readonly revision: string; readonly within: readonly string[] },
  words: readonly string[],
): Promise<SearchResult> {
  const paths = new Set<string>();
  const complaints: string[] = [];
  for (let at = 0; at < words.length; at += WORDS_AT_ONCE) {
    const patterns = words.slice(at, at + WORDS_AT_ONCE).flatMap((word) => ['-e', word]);
    // git writes `REVISION:PATH`.
    const read = (field: Buffer) => paths.add(decodePath(field.subarray(revision.length + 1)));
    complaints.push(
      await readFields(git, ['search', ...patterns, revision, '--', ...within], read).catch(complaintOf),
    );
  }
  return { paths: [...paths], complaint: complaints.find((complaint) => complaint !== '') ?? '' };
}

/** How `git grep` ends where no file holds a word. */
const NOTHING_FOUND = 1;

/** Where git gives up, nothing is found, which is the stricter answer. */
function complaintOf(error: unknown): string {
  if (!(error instanceof GitError)) throw error;
  return error.exitCode === NOTHING_FOUND ? error.complaint : error.message;
}
