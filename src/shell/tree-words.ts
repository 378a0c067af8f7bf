import type { DoubleQuotedChild, Word, WordPart } from 'unbash';
import type { CommandWord } from '../model/command.ts';
import { partsOfFilled } from './templates.ts';
import { knownPart, WordBuilder } from './word.ts';

/** A text as it stands in its file, and as a shell reads it: with one letter for what is filled in. Both are equally long. */
export interface ShellSource {
  readonly text: string;
  readonly plain: string;
  /** Where the values of variables stand that are known: those of a loop. */
  readonly values?: ReadonlyMap<string, Range>;
}

/** A run of letters of a text. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The parts of a word in whose place other letters of the text stand. */
type Choice = ReadonlyMap<WordPart, Range>;

/** A word of braces is read as so many words at most; of more only a run can tell. */
const MOST_CHOICES = 64;

/** @returns A word of a syntax tree as a program gets it: several where braces say so, `a{,-b}`. */
export function wordsOf(node: Word, source: ShellSource): readonly CommandWord[] {
  let choices: readonly Choice[] = [new Map()];
  for (const part of node.parts ?? []) {
    const alternatives = part.type === 'BraceExpansion' ? alternativesIn(part, source) : [];
    if (alternatives.length === 0) continue;
    if (choices.length * alternatives.length > MOST_CHOICES) return [wordOf(node, source)];
    choices = choices.flatMap((choice) => alternatives.map((each) => new Map([...choice, [part, each]])));
  }
  return choices.map((choice) => wordOf(node, source, choice));
}

/** What stands between the commas of braces; nothing where that is no plain text. */
function alternativesIn({ pos, end }: WordPart, { plain }: ShellSource): readonly Range[] {
  const inner = plain.slice(pos + 1, end - 1);
  if (!/^[\w@/.=~:+,-]+$/.test(inner) || !inner.includes(',')) return [];
  let start = pos + 1;
  return inner.split(',').map((each) => {
    const range = { start, end: start + each.length };
    start = range.end + 1;
    return range;
  });
}

/** @returns A word of a syntax tree as a program gets it. */
export function wordOf(node: Word, source: ShellSource, choice: Choice = new Map()): CommandWord {
  const builder = new WordBuilder();
  const parts = node.parts;
  if (parts === undefined) addBare(builder, { start: node.pos, end: node.end }, source);
  else
    for (const part of parts) {
      const chosen = choice.get(part);
      if (chosen === undefined) addPart(builder, part, source);
      else addVerbatim(builder, chosen, source);
    }
  const isQuoted = /^["']/.test(source.plain.slice(node.pos, node.pos + 1));
  return builder.word(node.pos + (isQuoted ? 1 : 0));
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
      if (part.text === `$'${part.value}'`)
        addVerbatim(builder, { start: part.pos + 2, end: part.end - 1 }, source);
      else builder.addDecoded(part.value, range);
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
    case 'ProcessSubstitution':
      addDynamic(builder, range, source);
      return;
    case 'ParameterExpansion':
    case 'SimpleExpansion':
      addVariable(builder, range, source);
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
    else if (child.type === 'ParameterExpansion' || child.type === 'SimpleExpansion')
      addVariable(builder, range, source);
    else addDynamic(builder, range, source);
  }
}

function addVariable(builder: WordBuilder, { start, end }: Range, source: ShellSource): void {
  const variable = source.plain.slice(start, end);
  const value = source.values?.get(/^\$\{?(\w+)\}?$/.exec(variable)?.[1] ?? '');
  if (value !== undefined) {
    addVerbatim(builder, value, source);
    return;
  }
  const literalPart = knownPart(variable);
  if (literalPart === undefined) {
    addDynamic(builder, { start, end }, source);
    return;
  }
  addVerbatim(builder, { start: start + literalPart.start, end: start + literalPart.end }, source);
  if (!literalPart.isWhole) addDynamic(builder, { start: start + literalPart.end, end: end - 1 }, source);
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
