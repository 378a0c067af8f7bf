import { readDataFile } from '../documents/data-file.ts';
import { startsInScript } from './lines.ts';
import type { Place } from './places.ts';
import type { Start } from './start.ts';
import { startsInTree } from './tree.ts';

/** Lists what starts this tool in a file. A data file that nobody can parse is read line by line. */
export async function startsIn(text: string, place: Place): Promise<readonly Start[]> {
  if (place.format === 'script') return startsInScript(text);
  const plain = text.replace(/^\uFEFF/, '');
  const { root, problems } = await readDataFile(place.format, plain);
  if (root === undefined || problems.some(({ breaks }) => breaks)) return startsInScript(plain);
  return startsInTree(root, plain, place);
}
