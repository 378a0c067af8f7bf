import type { ParsedImport } from '../../model/reference.ts';
import type { Span } from '../../model/text.ts';
import { candidates } from './candidates.ts';

/** What is needed of a parsed program to find the imports of its comments. */
export interface Comments {
  readonly firstStatement: number;
  readonly documentation: readonly Span[];
}

/**
 * Imports that stand in comments: `/// <reference types="x" />` before the first statement
 * (https://www.typescriptlang.org/docs/handbook/triple-slash-directives.html), and in JSDoc comments
 * types, `{import("x").Y}`, and `@import … from "x"` tags
 * (https://www.typescriptlang.org/docs/handbook/jsdoc-supported-types.html). The parser has no nodes for
 * them; they are those candidates of the quick look that stand in the right place.
 */
export function importsInComments(text: string, comments: Comments): readonly ParsedImport[] {
  const directives = directivesOf(text.slice(0, comments.firstStatement));
  const types = comments.documentation.flatMap((span) => typesOf(text, span));
  const tags = comments.documentation.flatMap((span) => importTagsOf(text, span));
  if (directives.length + types.length + tags.length === 0) return [];
  return [...candidates(text)].flatMap((candidate): ParsedImport[] => {
    if (candidate.found !== 'specifier') return [];
    const { form, at, specifier, span } = candidate;
    const inComment =
      form === 'call'
        ? text.startsWith('import', at) && isWithin(at, types)
        : isWithin(at, text[at] === '<' ? directives : tags);
    if (!inComment) return [];
    // Nothing is loaded for a type in a comment, and it may have come with its text from another file.
    const isOpen = text[at] === '<' ? {} : ({ isOpen: true } as const);
    return [
      { kind: 'type', target: { kind: 'literal', specifier, names: [], ...isOpen }, span, optional: false },
    ];
  });
}

function isWithin(offset: number, spans: readonly Span[]): boolean {
  return spans.some(({ start, end }) => start <= offset && offset < end);
}

/** Lines `/// <…>` of a text that holds nothing but comments; not within block comments. */
function directivesOf(head: string): readonly Span[] {
  if (!head.includes('///')) return [];
  return [...head.matchAll(/\/\*[^]*?(?:\*\/|$)|\/\/.*/g)]
    .filter(([comment]) => /^\/\/\/\s*<reference\s/i.test(comment))
    .map(({ 0: comment, index }) => ({ start: index, end: index + comment.length }));
}

const DESCRIPTIVE_TAGS = new Set([
  'example',
  'link',
  'linkcode',
  'linkplain',
  'description',
  'see',
  'tutorial',
]);

/** The types in braces that follow the tags of a JSDoc comment. */
function typesOf(text: string, { start, end }: Span): readonly Span[] {
  const comment = text.slice(start, end);
  const spans: Span[] = [];
  const tag = /@([a-z]+)[\s*]*\{/gi;
  for (let match = tag.exec(comment); match !== null; match = tag.exec(comment)) {
    if (DESCRIPTIVE_TAGS.has(match[1]?.toLowerCase() ?? '')) continue;
    const opening = tag.lastIndex;
    tag.lastIndex = closingBrace(comment, opening);
    spans.push({ start: start + opening, end: start + tag.lastIndex });
  }
  return spans;
}

/** @returns The offset of the brace that closes one which was opened before `start`. */
function closingBrace(comment: string, start: number): number {
  let depth = 1;
  for (let at = start; at < comment.length; at += 1) {
    if (comment[at] === '{') depth += 1;
    if (comment[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return comment.length;
}

/** `@import { A } from "x"` and `@import "x"`, up to the quote. */
function importTagsOf(text: string, { start, end }: Span): readonly Span[] {
  return [...text.slice(start, end).matchAll(/@import\b[\w$\s{},*]*/g)].map(({ 0: tag, index }) => ({
    start: start + index,
    end: start + index + tag.length,
  }));
}
