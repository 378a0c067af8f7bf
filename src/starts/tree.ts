import { LineIndex } from '../text/lines.ts';
import type { Member, Tree } from '../documents/checked.ts';
import { startsInScript } from './lines.ts';
import type { Place } from './places.ts';
import { noSettings, type Settings, type Start } from './start.ts';
import { TOOL } from '../model/tool.ts';

/** Names, descriptions and caches: nothing under these keys is run. */
const unrun =
  /^(?:name|description|title|displayName|label|keywords|homepage|repository|bugs|author|url|\$schema|key|paths?|restore-keys)$/;

/** What the maps around a text say. */
interface Around {
  readonly settings: Settings;
  readonly version: string | null;
}

/** Lists what starts this tool in a data file. @param text What the offsets of the tree count in. */
export function startsInTree(root: Tree, text: string, place: Place): readonly Start[] {
  const reader = new TreeReader(text, place);
  return reader.starts(root, { settings: noSettings, version: null }, place.topKeys);
}

class TreeReader {
  readonly #text: string;
  readonly #place: Place;
  readonly #lines: LineIndex;

  constructor(text: string, place: Place) {
    this.#text = text;
    this.#place = place;
    this.#lines = new LineIndex(text);
  }

  starts(tree: Tree, around: Around, keys: RegExp | undefined): readonly Start[] {
    const innerKeys = this.#place.keys;
    if (tree.kind === 'list') return tree.items.flatMap((item) => this.starts(item, around, innerKeys));
    if (tree.kind === 'scalar') return this.#scalar(tree.text, tree.at, around);
    const inside = this.#inside(tree.members, around, keys);
    return tree.members.flatMap(({ key, at, value }) => {
      if (unrun.test(key)) return [];
      if (key !== TOOL || value.kind !== 'scalar') return this.starts(value, inside, innerKeys);
      const line = this.#lineOf(at);
      return [{ ...inside, kind: 'command', text: `${TOOL}@`, version: value.text, line } as const];
    });
  }

  #inside(members: readonly Member[], around: Around, keys: RegExp | undefined): Around {
    const deciding = members.filter(({ key }) => keys?.test(key));
    const revision = members.find(({ key }) => key === 'rev')?.value;
    return {
      settings: new Map([
        ...around.settings,
        ...deciding.map(({ key, value }) => [key, json(value)] as const),
      ]),
      version: revision?.kind === 'scalar' ? this.#exact(revision.text, revision.at) : around.version,
    };
  }

  /** Only in the block style of YAML is a line of the text one of the file. */
  #scalar(text: string, at: number, around: Around): readonly Start[] {
    const first = this.#lineOf(at);
    const style = this.#text[at];
    const lineAt = (line: number) => (style === '|' ? first + 1 + line : style === '>' ? first + 1 : first);
    return startsInScript(text, { ...around, lineAt }).map((start) => ({
      ...start,
      version: start.version === null ? null : this.#exact(start.version, at),
    }));
  }

  /** A commit says nothing of its version, but the comment behind it may: `@1f2e… # v1.2.0`. */
  #exact(version: string, at: number): string {
    if (!/^[0-9a-f]{40}$/.test(version)) return version;
    const end = this.#text.indexOf('\n', at);
    const [, ...comment] = this.#text.slice(at, end < 0 ? undefined : end).split('#');
    return /(?<!\d)\d{1,6}(?:\.\d{1,6})+/.exec(comment.join('#'))?.[0] ?? version;
  }

  #lineOf(offset: number): number {
    return this.#lines.locate(offset).line;
  }
}

/** What a tree says, however it is written. */
function json(tree: Tree): string {
  return JSON.stringify(plain(tree));
}

function plain(tree: Tree): unknown {
  if (tree.kind === 'scalar') return tree.value;
  if (tree.kind === 'list') return tree.items.map(plain);
  return Object.fromEntries(tree.members.map(({ key, value }) => [key, plain(value)]).sort());
}
