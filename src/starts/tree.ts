import { LineIndex } from '../text/lines.ts';
import type { Entry, ListNode, Node, OtherNode, TableNode, TextNode } from '../documents/document.ts';
import { startsInScript } from './lines.ts';
import type { Place } from './places.ts';
import { noSettings, type Settings, type Start } from './start.ts';
import { TOOL } from '../model/tool.ts';

/** Names, descriptions and caches: nothing under these keys is run. */
const unrun =
  /^(?:name|description|title|displayName|label|keywords|homepage|repository|bugs|author|url|\$schema|key|paths?|restore-keys)$/;

/**
 * Keys of the pre-commit framework that start this tool themselves in a local hook, with what is such a start: it is
 * compared as one. In a hook that another repository defines, they say what is run instead, and what is installed beside it
 * (https://pre-commit.com/#config-additional_dependencies).
 */
const startKeys: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ['entry', (text) => startsInScript(text).length > 0],
  ['additional_dependencies', (text) => /^vetted-imports(?:(?:@|[=~>]=)[\w.^~-]+)?$/.test(text)],
]);

/** What the maps around a text say. */
interface Around {
  readonly settings: Settings;
  readonly version: string | null;
}

/** Lists what starts this tool in a data file. @param text What the offsets of the tree count in. */
export function startsInTree(root: Node, text: string, place: Place): readonly Start[] {
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

  starts(node: Node, around: Around, keys: RegExp | undefined): readonly Start[] {
    const innerKeys = this.#place.keys;
    if (node.kind === 'list') return node.items.flatMap((item) => this.starts(item, around, innerKeys));
    if (node.kind !== 'table') return this.#scalar(textOf(node), node.at, around);
    const inside = this.#inside(node.entries, around, keys);
    return node.entries.flatMap(({ key, value }) => {
      if (unrun.test(key.value)) return [];
      const innerAround =
        this.#place.countsPlaces && isCollection(value) ? belowKey(inside, key.value) : inside;
      if (key.value !== TOOL || isCollection(value)) return this.starts(value, innerAround, innerKeys);
      const line = this.#lineOf(key.at);
      return [{ ...inside, kind: 'command', text: `${TOOL}@`, version: textOf(value), line } as const];
    });
  }

  #inside(entries: readonly Entry[], around: Around, keys: RegExp | undefined): Around {
    const deciding = entries.filter(({ key }) => keys?.test(key.value));
    const revision = entries.find(({ key }) => key.value === 'rev')?.value;
    return {
      settings: new Map([
        ...around.settings,
        ...deciding.flatMap(({ key, value }) => {
          const texts = besideTool(key.value, value);
          return texts === null ? [] : [[key.value, json(texts)] as const];
        }),
      ]),
      version:
        revision && !isCollection(revision) ? this.#exact(textOf(revision), revision.at) : around.version,
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

/** The keys of maps and lists above a text: `"hooks.PreToolUse.hooks"`. */
function belowKey({ settings, version }: Around, key: string): Around {
  const outer: unknown = JSON.parse(settings.get('place') ?? '""');
  return {
    settings: new Map([...settings, ['place', JSON.stringify([outer, key].filter(Boolean).join('.'))]]),
    version,
  };
}

function isCollection(node: Node): node is TableNode | ListNode {
  return node.kind === 'table' || node.kind === 'list';
}

function textOf(node: TextNode | OtherNode): string {
  return node.kind === 'text' ? node.value : node.raw;
}

/** @returns What a key says besides that this tool is started; null where that is all. */
function besideTool(key: string, value: Node): Node | null {
  const isTool = startKeys.get(key);
  if (isTool === undefined) return value;
  if (value.kind !== 'list') return !isCollection(value) && isTool(textOf(value)) ? null : value;
  const items = value.items.filter((item) => isCollection(item) || !isTool(textOf(item)));
  return items.length === 0 ? null : { ...value, items };
}

/** What a tree says, however it is written. */
function json(node: Node): string {
  return JSON.stringify(plain(node));
}

function plain(node: Node): unknown {
  if (node.kind === 'list') return node.items.map(plain);
  if (node.kind !== 'table') return node.value;
  return Object.fromEntries(node.entries.map(({ key, value }) => [key.value, plain(value)]).sort());
}
