import type { SynchronousContainer } from '../model/language.ts';
import type { ScriptElement } from './elements.ts';
import { Literals } from './literals.ts';
import { compiledScripts } from './script.ts';
import { endOfPlainComment, TagReader } from './tags.ts';

/** Vue single-file components: `<script>` and `<script setup>` (https://vuejs.org/api/sfc-spec.html). */
export const vue: SynchronousContainer = {
  id: 'vue',
  contents: (text) => compiledScripts(text, scriptBlocks(text)),
};

/** The scripts at the top level: templates and custom blocks may hold script tags that are no program. */
function scriptBlocks(text: string): readonly ScriptElement[] {
  const blocks: ScriptElement[] = [];
  const ends = new EndTags(text);
  const tags = new TagReader(text, 'html', new Literals(text));
  const tag = /<!--|<(?:!\[CDATA\[|[!?/])|<([a-z][^\s/>]*)/gi;
  for (let match = tag.exec(text); match !== null; match = tag.exec(text)) {
    const name = match[1]?.toLowerCase();
    if (name === undefined) {
      tag.lastIndex = behindOther(text, match[0], tag.lastIndex);
      continue;
    }
    const { attributes, end: start, selfClosing } = tags.read(match.index + match[0].length);
    const nests = name === 'template' && (attributes.get('lang') ?? 'html') === 'html';
    const end = selfClosing ? start : ends.endOf(name, start, nests);
    if (name === 'script' && !selfClosing) {
      blocks.push({
        attributes,
        start,
        end: end ?? text.length,
        closed: end !== undefined,
        inExpression: false,
      });
    }
    tag.lastIndex = end ?? (name === 'script' ? text.length : start);
  }
  return blocks;
}

/**
 * What Vue's tokenizer skips: comments, which only `-->` ends, and declarations, instructions, end tags and what is none
 * of these up to the next `>`, whatever stands between
 * (https://github.com/vuejs/core/blob/main/packages/compiler-core/src/tokenizer.ts).
 */
function behindOther(text: string, opening: string, from: number): number {
  if (opening === '<!--') return endOfPlainComment(text, from - '--'.length);
  const end = opening.length > '<!'.length ? ']]>' : '>';
  const at = text.indexOf(end, from);
  return at < 0 ? text.length : at + end.length;
}

/** Finds the ends of blocks, which have to be asked for in the order of the text. */
class EndTags {
  /** For each name its tags, the last one of the text first. */
  readonly #tags = new Map<string, { readonly index: number; readonly isEnd: boolean }[]>();
  readonly #endless = new Set<string>();

  constructor(text: string) {
    for (const { 1: slash, 2: ended, 3: name = ended ?? '', index } of text.matchAll(
      /<(?:(\/)([a-z][^\s/>]*)(?=[\s>])|([a-z][^\s/>]*))/gi,
    )) {
      const tags = this.#tags.get(name.toLowerCase());
      const tag = { index, isEnd: slash !== undefined };
      if (tags === undefined) this.#tags.set(name.toLowerCase(), [tag]);
      else tags.push(tag);
    }
    for (const tags of this.#tags.values()) tags.reverse();
  }

  /**
   * @param nests - The block may hold blocks of its own name, as a template does.
   * @returns The offset of the end tag of a block whose content starts at `start`, undefined without one.
   */
  endOf(name: string, start: number, nests: boolean): number | undefined {
    const tags = this.#tags.get(name) ?? [];
    let depth = 1;
    for (let tag = tags.pop(); tag !== undefined && !this.#endless.has(name); tag = tags.pop()) {
      if (tag.index < start) continue;
      if (tag.isEnd) depth -= 1;
      else if (nests) depth += 1;
      if (depth === 0) return tag.index;
    }
    this.#endless.add(name);
    return undefined;
  }
}
