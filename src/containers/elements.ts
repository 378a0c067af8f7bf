/** A script element: its attributes by lower-case name, and the offsets of its content. */
export interface ScriptElement {
  readonly attributes: ReadonlyMap<string, string>;
  readonly start: number;
  readonly end: number;
  /** The element has an end tag. */
  readonly closed: boolean;
}

const TAG = /<!--|<(script|style|textarea|title)(?=[\s/>])/gi;

/**
 * The script elements of HTML-like text, in order. Comments are skipped, and so is the content of elements
 * that hold text instead of markup (https://html.spec.whatwg.org/multipage/parsing.html#parsing-html-fragments).
 * An attribute's value may also be an expression in braces, as in Svelte and Astro.
 *
 * @param from - The offset to start at.
 */
export function scriptElements(text: string, from = 0): readonly ScriptElement[] {
  const elements: ScriptElement[] = [];
  const tag = new RegExp(TAG);
  tag.lastIndex = from;
  for (let match = tag.exec(text); match !== null; match = tag.exec(text)) {
    const name = match[1]?.toLowerCase();
    if (name === undefined) {
      tag.lastIndex = endOfComment(text, match.index);
      continue;
    }
    const opening = readTag(text, match.index + match[0].length);
    const content = rawContent(text, name, opening);
    if (name === 'script' && !opening.selfClosing)
      elements.push({ ...content, attributes: opening.attributes });
    tag.lastIndex = content.end;
  }
  return elements;
}

/**
 * @returns The offset behind the comment that starts at an offset; the text's end for one without end. `<!-->` is a
 *   whole one, and `--!>` ends one (https://html.spec.whatwg.org/multipage/parsing.html#comment-start-state).
 */
export function endOfComment(text: string, start: number): number {
  const end = /--!?>/g;
  end.lastIndex = start + '<!'.length;
  return end.exec(text) === null ? text.length : end.lastIndex;
}

/** What follows a tag's name: its attributes, and the offset behind its `>`. */
interface Tag {
  readonly attributes: ReadonlyMap<string, string>;
  readonly end: number;
  readonly selfClosing: boolean;
}

/** One attribute, or the tag's end, or something that is skipped. A value in quotes may hold a `>`. */
const ATTRIBUTE = /\s+|(\/?>)|([^\s=>/"'{}]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'`{]+))?)?|["'/=}]/y;

/** Reads a start tag from behind its name. */
export function readTag(text: string, start: number): Tag {
  const attributes = new Map<string, string>();
  const attribute = new RegExp(ATTRIBUTE);
  let at = start;
  while (at < text.length) {
    if (text[at] === '{') {
      at = closingBrace(text, at);
      continue;
    }
    attribute.lastIndex = at;
    const match = attribute.exec(text);
    at += match?.[0].length ?? 1;
    if (match?.[1] !== undefined) return { attributes, end: at, selfClosing: match[1] === '/>' };
    const name = match?.[2];
    // Of an attribute that stands twice, the first one counts.
    if (name !== undefined && !attributes.has(name.toLowerCase()))
      attributes.set(name.toLowerCase(), match?.[3] ?? match?.[4] ?? match?.[5] ?? '');
  }
  return { attributes, end: text.length, selfClosing: false };
}

/** @returns The offset behind the brace that closes the one at `opening`. */
function closingBrace(text: string, opening: number): number {
  let depth = 0;
  for (let at = opening; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

/** @returns The content up to the element's end tag, or up to the text's end where there is none. */
function rawContent(
  text: string,
  name: string,
  { end: start, selfClosing }: Tag,
): { readonly start: number; readonly end: number; readonly closed: boolean } {
  if (selfClosing) return { start, end: start, closed: true };
  const closing = new RegExp(`</${name}(?=[\\s/>])`, 'gi');
  closing.lastIndex = start;
  const match = closing.exec(text);
  return { start, end: match?.index ?? text.length, closed: match !== null };
}
