import type { JSONVisitor, ParseErrorCode } from 'jsonc-parser';
import { plainValue, quotedText, tooDeepTree, type Entry, type Node, type Tree } from './document.ts';
import { withoutTagsInJson } from '../text/template-tags.ts';

/**
 * Reads JSON (https://github.com/microsoft/node-jsonc-parser), and goes on after an error.
 *
 * @param dialect Whether there may be comments and trailing commas, which some package managers allow in every file, or
 *   only what RFC 8259 has.
 */
export async function readJson(text: string, dialect: 'lenient' | 'strict' = 'lenient'): Promise<Tree> {
  const { visit, printParseErrorCode } = await import('jsonc-parser');
  if (isTooDeep(text)) return tooDeepTree();
  const builder = new TreeBuilder(text);
  const isStrict = dialect === 'strict';
  const options = { disallowComments: isStrict, allowTrailingComma: !isStrict };
  visit(text.replace(/^\uFEFF/, ' '), builder.visitor(), options);
  const broken = builder.errors.map(
    ({ code, offset }) => ({ grammar: 'JSON', message: words(printParseErrorCode(code)), offset }) as const,
  );
  return { root: builder.finish(), broken };
}

/**
 * Reads JSON, and what a template engine makes JSON of: that without the engine's tags, as if all its conditions held, and
 * nothing is wrong with it: no package manager reads it as it stands.
 */
export async function readJsonOrTemplate(text: string): Promise<Tree> {
  const tree = await readJson(text);
  if (tree.broken.length === 0) return tree;
  const withoutTags = withoutTagsInJson(text);
  return withoutTags === text ? tree : { root: (await readJson(withoutTags)).root, broken: [] };
}

/** `InvalidCommentToken` → `Invalid comment token` */
function words(code: string): string {
  return code.replace(/(?!^)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Levels that are handed to the library. */
const DEPTH = 500;

/** Counts brackets also within strings: no honest file comes near the limit either way. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const { 0: bracket } of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    if (depth > DEPTH) return true;
    if (depth < 0) depth = 0;
  }
  return false;
}

type Open =
  | {
      readonly kind: 'table';
      readonly start: number;
      readonly entries: Entry[];
      key: Entry['key'] | undefined;
    }
  | { readonly kind: 'list'; readonly start: number; readonly items: Node[] };

/** Builds nodes from the parser's events. Holds the open objects and arrays on a stack of its own. */
class TreeBuilder {
  readonly errors: { readonly code: ParseErrorCode; readonly offset: number }[] = [];
  readonly #text: string;
  readonly #open: Open[] = [];
  #root: Node | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  visitor(): JSONVisitor {
    return {
      onObjectBegin: (start) => {
        this.#open.push({ kind: 'table', start, entries: [], key: undefined });
      },
      onObjectProperty: (name, offset, length) => {
        const top = this.#open.at(-1);
        if (top?.kind === 'table') top.key = this.#quoted(name, offset, length);
      },
      onObjectEnd: (offset, length) => {
        this.#close(offset + length);
      },
      onArrayBegin: (start) => {
        this.#open.push({ kind: 'list', start, items: [] });
      },
      onArrayEnd: (offset, length) => {
        this.#close(offset + length);
      },
      onLiteralValue: (value: unknown, offset, length) => {
        const span = { start: offset, end: offset + length };
        if (typeof value === 'string') this.#add(this.#quoted(value, offset, length));
        else {
          const raw = this.#text.slice(span.start, span.end);
          this.#add({ kind: 'other', value: plainValue(value), raw, at: offset, span });
        }
      },
      onError: (code, offset) => {
        this.errors.push({ code, offset });
      },
    };
  }

  /** Closes what the text left open, and returns the first value of the text. */
  finish(): Node | undefined {
    while (this.#open.length > 0) this.#close(this.#text.length);
    return this.#root;
  }

  #quoted(value: string, offset: number, length: number): Entry['key'] {
    const whole = this.#text.slice(offset, offset + length);
    const closed = length > 1 && whole.endsWith('"');
    const span = { start: offset + 1, end: offset + length - (closed ? 1 : 0) };
    return quotedText(this.#text, { at: offset, span }, value);
  }

  #close(end: number): void {
    const top = this.#open.pop();
    if (top === undefined) return;
    const place = { at: top.start, span: { start: top.start, end } };
    if (top.kind === 'table') this.#add({ kind: 'table', entries: top.entries, ...place });
    else this.#add({ kind: 'list', items: top.items, ...place });
  }

  #add(value: Node): void {
    const top = this.#open.at(-1);
    if (top === undefined) this.#root ??= value;
    else if (top.kind === 'list') top.items.push(value);
    else if (top.key !== undefined) {
      top.entries.push({ key: top.key, value });
      top.key = undefined;
    }
  }
}
