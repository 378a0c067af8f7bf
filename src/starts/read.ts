import { readDataFile } from '../documents/data-file.ts';
import type { Node } from '../documents/document.ts';
import { LONGEST_DATA } from '../text/longest.ts';
import { startsInScript } from './lines.ts';
import type { Place } from './places.ts';
import type { Start } from './start.ts';
import { startsInTree } from './tree.ts';

/** Lists what starts this tool in a file. A data file that nobody can parse is read line by line. */
export async function startsIn(text: string, place: Place): Promise<readonly Start[]> {
  if (place.format === 'script') return startsInScript(text);
  const plain = text.replace(/^\uFEFF/, '');
  const root = await treeOf(plain, place.format);
  return root === undefined ? startsInScript(plain) : startsInTree(root, plain, place);
}

/** @returns undefined where nobody can parse the text. */
async function treeOf(text: string, format: Exclude<Place['format'], 'script'>): Promise<Node | undefined> {
  if (format === 'jsonc') {
    if (text.length > LONGEST_DATA) return undefined;
    const { root, broken } = await (await import('../documents/json.ts')).readJson(text);
    return broken.length > 0 ? undefined : root;
  }
  const { root, problems } = await readDataFile(format, text);
  return problems.some(({ breaks }) => breaks) ? undefined : root;
}
