import type { DoubleQuotedChild, Word, WordPart } from 'unbash';
import type { CommandWord } from '../model/command.ts';
import { partsOfFilled } from './templates.ts';
import { WordBuilder } from './word.ts';

/** A text as it stands in its file, and as a shell reads it: with one letter for what is filled in. Both are equally long. */
export interface ShellSource {
  readonly text: string;
  readonly plain: string;
}

/** @returns A word of a syntax tree as a program gets it. */
export function wordOf(node: Word, source: ShellSource): CommandWord {
  const builder = new WordBuilder();
  const parts = node.parts;
  if (parts === undefined) addBare(builder, { start: node.pos, end: node.end }, source);
  else for (const part of parts) addPart(builder, part, source);
  const isQuoted = /^["']/.test(source.plain.slice(node.pos, node.pos + 1));
  return builder.word(node.pos + (isQuoted ? 1 : 0));
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function addPart(builder: WordBuilder, part: WordPart, source: ShellSource): void {
  const range = { start: part.pos, end: part.end };
  switch (part.type) {
    case 'Literal':
      addBare(builder, range, source);
      return;
    case 'SingleQuoted':
      addVerbatim(builder, { start: part.pos + 1, end: part.pos + 1 + part.value.length }, source);
      return;
    case 'DoubleQuoted':
      addQuoted(builder, { parts: part.parts, start: part.pos + 1, end: part.end }, source);
      return;
    case 'LocaleString':
      addQuoted(builder, { parts: part.parts, start: part.pos + 2, end: part.end }, source);
      return;
    case 'AnsiCQuoted':
      // What escapes say is not worked out: a program that is named by them is not known.
      if (part.text === `$'${part.value}'`)
        addVerbatim(builder, { start: part.pos + 2, end: part.end - 1 }, source);
      else addDynamic(builder, range, source);
      return;
    case 'Glob':
      // A pattern that fits no file stays as it is: `foo[bar]`, the extra of a package.
      if (part.kind === 'bracket') addBare(builder, range, source);
      else addDynamic(builder, range, source);
      return;
    case 'ArithmeticExpansion':
    case 'BraceExpansion':
    case 'CommandExpansion':
    case 'ExtendedGlob':
    case 'ParameterExpansion':
    case 'ProcessSubstitution':
    case 'SimpleExpansion':
      addDynamic(builder, range, source);
  }
}

function addQuoted(
  builder: WordBuilder,
  { parts }: Range & { readonly parts: readonly DoubleQuotedChild[] },
  source: ShellSource,
): void {
  for (const child of parts) {
    const range = { start: child.pos, end: child.end };
    if (child.type === 'Literal') addEscaped(builder, { range, escape: /\\(?:\r?\n|([$`"\\]))/g }, source);
    else addDynamic(builder, range, source);
  }
}

/** Text outside quotes: a backslash before a line's end joins lines, before any other letter it is gone. */
function addBare(builder: WordBuilder, range: Range, source: ShellSource): void {
  addEscaped(builder, { range, escape: /\\(?:\r?\n|([^]))/g }, source);
}

function addEscaped(
  builder: WordBuilder,
  { range, escape }: { readonly range: Range; readonly escape: RegExp },
  source: ShellSource,
): void {
  const raw = source.plain.slice(range.start, range.end);
  let from = 0;
  for (const { 0: whole, 1: letter = '', index } of raw.matchAll(escape)) {
    addVerbatim(builder, { start: range.start + from, end: range.start + index }, source);
    from = index + whole.length;
    addVerbatim(builder, { start: range.start + from - letter.length, end: range.start + from }, source);
  }
  addVerbatim(builder, { start: range.start + from, end: range.end }, source);
}

function addVerbatim(builder: WordBuilder, { start, end }: Range, source: ShellSource): void {
  for (const { at, length, isFilled } of partsOfFilled(source.plain.slice(start, end))) {
    const text = source.text.slice(start + at, start + at + length);
    if (isFilled) builder.addDynamic(text, start + at);
    else builder.add(text, start + at);
  }
}

function addDynamic(builder: WordBuilder, { start, end }: Range, source: ShellSource): void {
  builder.addDynamic(source.text.slice(start, end), start);
}
