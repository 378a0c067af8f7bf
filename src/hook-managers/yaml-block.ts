import { isDeepStrictEqual } from 'node:util';
import type * as Yaml from 'yaml';
import type { Document, Node, Pair, YAMLMap, YAMLSeq } from 'yaml';
import { blockOf, findBlock, isClosing } from '../starts/block.ts';
import { tokensOf } from '../text/yaml-tokens.ts';

/** What is added to a YAML file: lines below a path of keys, as an entry of a map or an item of a list. */
export type YamlAddition =
  | { readonly kind: 'entry'; readonly path: readonly string[]; readonly lines: readonly string[] }
  | { readonly kind: 'item'; readonly path: readonly string[]; readonly lines: readonly string[] };

type Library = typeof Yaml;

/**
 * Adds lines to a YAML file between our marks; every other byte stays. The file is read again afterwards:
 * an edit that would say anything else than what was there and what is added is not made.
 *
 * @param text null for a new file.
 * @returns The new text, or null where the file is written in a way in which nobody can add lines safely.
 */
export async function withYaml(text: string | null, addition: YamlAddition): Promise<string | null> {
  const library = await import('yaml');
  if (text === null) return blockAt('', addition.path, addition);
  const document = documentOf(library, text);
  if (document === null) return null;
  const spot = findSpot(document, addition.path, { text, library });
  if (!spot) return withoutBraces(document, addition, { text, library });
  const block = blockAt(spot.indent, spot.missing, addition).slice(0, -1);
  const newText = `${text.slice(0, spot.at)}\n${block}${text.slice(spot.at)}`;
  return saysBoth(library, { text, newText, addition }) ? newText : null;
}

/** `repos: []` says as much as `repos:`, below which lines have room. */
async function withoutBraces(
  document: Document,
  addition: YamlAddition,
  { text, library }: { text: string; library: Library },
): Promise<string | null> {
  const node: unknown = addition.path
    .map((_, depth) => document.getIn(addition.path.slice(0, depth + 1)))
    .find((value) => isEmptyFlow(value, library));
  if (!library.isCollection(node) || !node.range) return null;
  const [start, end] = node.range;
  return withYaml(`${text.slice(0, start).trimEnd()}${text.slice(end)}`, addition);
}

/** `[]` or `{}` */
function isEmptyFlow(node: unknown, { isCollection }: Library): boolean {
  return isCollection(node) && node.flow === true && node.items.length === 0;
}

/** @returns Whether two texts differ in nothing but blank lines before the marks that end our lines. */
export function saysSame(left: string | null, right: string | null): boolean {
  const [leftText, rightText] = [left, right].map((text) =>
    text?.replace(/\n[ \t]*\n(?=[ \t]*# <<< )/g, '\n'),
  );
  return leftText === rightText;
}

/**
 * Behind a text block, Prettier sets a comment apart that stands in the first column
 * (measured with 3.10).
 */
function blockAt(indent: string, missing: readonly string[], addition: YamlAddition): string {
  const lines = nested(missing, addition);
  return blockOf(indent === '' && endsInText(addition) ? [...lines, ''] : lines, indent);
}

/** Is the last line one of a text block, `key: |`? */
function endsInText({ lines }: YamlAddition): boolean {
  const header = lines.findLastIndex((line) => line.endsWith(': |'));
  const indent = /^ */.exec(lines[header] ?? '')?.[0] ?? '';
  return header >= 0 && lines.slice(header + 1).every((line) => line === '' || line.startsWith(`${indent} `));
}

/**
 * @returns The only document of a text; null where it has errors or keys that stand twice, or is nested too deeply. The
 *   library would compare each key with every other one.
 */
function documentOf(library: Library, text: string): Document | null {
  const tokens = tokensOf(library, text);
  const composer = new library.Composer({ uniqueKeys: false });
  const [document, ...additionalDocuments] =
    tokens === null ? [] : composer.compose(tokens, true, text.length);
  if (document === undefined || additionalDocuments.length > 0 || document.errors.length > 0) return null;
  const twins: YAMLMap[] = [];
  library.visit(document, {
    Map: (_, map) => {
      const keys = new Set(map.items.map(({ key }) => keyText(key)));
      if (keys.size < map.items.length) twins.push(map);
    },
  });
  return twins.length > 0 ? null : document;
}

/** @returns What a document says; undefined where its aliases stand for too much. */
function valueOf(document: Document): unknown {
  try {
    const value: unknown = document.toJS();
    return value;
  } catch (error) {
    // The library counts how often aliases are used, within one another too.
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}

/** @returns What a YAML text says; undefined where it is none that can be read. */
export async function valueOfYaml(text: string): Promise<unknown> {
  const document = documentOf(await import('yaml'), text);
  return document === null ? undefined : valueOf(document);
}

/** @returns The text without any of our lines; null where nothing else stands in it. */
export function withoutYaml(text: string): string | null {
  const block = findBlock(text);
  if (!block) return text;
  const { start, end } = block;
  if (start === 0) {
    const remainingText = text.slice(end);
    return remainingText === '' ? null : withoutYaml(remainingText);
  }
  const tailStart = text[end - 1] === '\n' ? end - 1 : end;
  return withoutYaml(text.slice(0, start - 1) + text.slice(tailStart));
}

/** Where lines go: behind which offset, how far in, and below which keys that are not there yet. */
interface Spot {
  readonly at: number;
  readonly indent: string;
  readonly missing: readonly string[];
}

/** Follows a path of keys as far as it goes. Only block style has lines of its own for what is added. */
function findSpot(
  document: Document,
  path: readonly string[],
  source: { text: string; library: Library },
): Spot | null {
  const { text, library } = source;
  const { isMap, isSeq } = library;
  if (document.contents === null) return { at: endOfText(text), indent: '', missing: path };
  let node: unknown = document.contents;
  for (const [depth, key] of path.entries()) {
    if (!isMap(node) || node.flow) return null;
    const pair = pairOf(node, key);
    if (!pair) return { at: endOf(node, text), indent: indentOf(node, text), missing: path.slice(depth) };
    node = pair.value;
    if (isEmpty(node, library)) {
      const indent = ' '.repeat(columnAt(text, startOf(pair.key)) + 2);
      return { at: endOfLine(text, startOf(pair.key)), indent, missing: path.slice(depth + 1) };
    }
  }
  if ((!isMap(node) && !isSeq(node)) || node.flow) return null;
  return { at: endOf(node, text), indent: indentOf(node, text), missing: [] };
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find(({ key: candidateKey }) => keyText(candidateKey) === key);
}

function keyText(key: unknown): unknown {
  return typeof key === 'object' && key !== null && 'value' in key ? key.value : key;
}

/** `commands:` with nothing behind it. */
function isEmpty(node: unknown, { isScalar }: Library): boolean {
  return node === null || (isScalar(node) && node.value === null && node.source === '');
}

/**
 * The end of the last line that belongs to a map or list; comments behind it stay behind what is added,
 * but not the mark that ends lines of ours, which may be set apart from them.
 */
function endOf(node: Node, text: string): number {
  const end = endOfLine(text, text.slice(0, node.range?.[1] ?? text.length).trimEnd().length);
  const lineStart = end + (/^\n(?:[ \t]*\n)*/.exec(text.slice(end))?.[0].length ?? 1);
  const next = endOfLine(text, lineStart);
  return isClosing(text.slice(lineStart, next)) ? next : end;
}

function endOfText(text: string): number {
  return text.trimEnd().length;
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

/** The column in which a map's keys, or a list's dashes, stand. */
function indentOf(node: YAMLMap | YAMLSeq, text: string): string {
  return ' '.repeat(columnAt(text, startOf(node)));
}

function startOf(node: unknown): number {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return 0;
  const first: unknown = node.range[0];
  return typeof first === 'number' ? first : 0;
}

function columnAt(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

/** @returns Lines below keys that are not there yet: `a:`, `  b:`, `    line`. */
function nested(missing: readonly string[], { kind, lines }: YamlAddition): string[] {
  const last = kind === 'entry' ? lines : lines.map((line, at) => (at === 0 ? `- ${line}` : `  ${line}`));
  const indented = (line: string, depth: number) => (line === '' ? '' : '  '.repeat(depth) + line);
  return [
    ...missing.map((key, depth) => indented(`${key}:`, depth)),
    ...last.map((line) => indented(line, missing.length)),
  ];
}

/** Does the new text say what the old one said, and what was added, and nothing else? */
function saysBoth(
  library: Library,
  { text, newText, addition }: { text: string; newText: string; addition: YamlAddition },
): boolean {
  const [old, document] = [documentOf(library, text), documentOf(library, newText)];
  const oldValue = old && valueOf(old);
  if (document === null || oldValue === undefined) return false;
  const expectedDocument = new library.Document(oldValue ?? {});
  const added: unknown = library.parse(addition.lines.join('\n'));
  const { path } = addition;
  // A key without a value is where the lines go: it stands for an empty map or list.
  for (let depth = 1; depth <= path.length; depth += 1)
    if (expectedDocument.getIn(path.slice(0, depth)) === null)
      expectedDocument.deleteIn(path.slice(0, depth));
  if (addition.kind === 'item') {
    if (expectedDocument.getIn(path)) expectedDocument.addIn(path, added);
    else expectedDocument.setIn(path, [added]);
  } else if (typeof added === 'object' && added !== null) {
    for (const [key, value] of Object.entries(added)) expectedDocument.setIn([...path, key], value);
  }
  return isDeepStrictEqual(valueOf(document), expectedDocument.toJS());
}
