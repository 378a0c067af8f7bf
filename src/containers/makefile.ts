import { placedSlice } from '../documents/value-places.ts';
import type { Segment, SynchronousContainer } from '../model/language.ts';
import type { Span } from '../model/text.ts';
import { SH } from './interpreters.ts';
import { otherSettings, SegmentText, sourceSettings, type Setting } from './segment-text.ts';

/**
 * Makefiles (https://www.gnu.org/software/make/manual/make.html): the recipes of rules, and what `$(shell …)` runs. A variable
 * of make is one that only a run can tell; those that are exported hold for every recipe.
 */
export const makefile: SynchronousContainer = {
  id: 'makefile',
  contents: (text) => ({ segments: segmentsOf(text), broken: null }),
};

/** A line with those that go on with it. */
const LOGICAL_LINE = /(?:[^\\\r\n]|\\[^\r\n]|\\\r?\n)+/g;

/** `export PIP_INDEX_URL := https://…` */
const EXPORT = /^export[ \t]+([A-Za-z_]\w*)[ \t]*(?::{0,3}|\?)=[ \t]*/;

/** A rule with a recipe on its line: `target: ; command`, but for what sets a variable. */
const RULE = /^[^\s#:=][^#:=\r\n]*::?(?!=)[^#=;\r\n]*;/;

function segmentsOf(text: string): readonly Segment[] {
  const lines = [...text.matchAll(LOGICAL_LINE)];
  const settings: Setting[] = lines.flatMap(({ 0: line, index }) => {
    const [whole, name] = EXPORT.exec(line) ?? [];
    if (whole === undefined || name === undefined) return [];
    const span = { start: index + whole.length, end: index + line.trimEnd().length };
    return [{ name, value: placedSlice(text, span) }];
  });
  const inherited = sourceSettings(settings);
  const commands = lines.flatMap(({ 0: line, index }) => {
    const start = recipeStart(line);
    return start === undefined
      ? substitutions(line, index, text)
      : recipe(text, { start: index + start, end: index + line.length }, inherited);
  });
  return [...commands, ...otherSettings(inherited, commands)];
}

/** @returns Where a recipe begins in a line, behind what make itself reads: `@`, `-`, `+`. */
function recipeStart(line: string): number | undefined {
  const start = line.startsWith('\t') ? 1 : RULE.exec(line)?.[0].length;
  if (start === undefined) return undefined;
  const prefix = /[\s@+-]*/y;
  prefix.lastIndex = start;
  return start + (prefix.exec(line)?.[0].length ?? 0);
}

/** The dollar of the shell; a variable; the beginning of a function that runs a command. */
const EXPANSION = /\$\$|\$(?:\(([\w.-]+)\)|\{([\w.-]+)\}|[@<^+?*%|])|\$\(shell(?=\s)/g;

/** What a shell gets. What make fills in, only a run can tell. */
function recipe(text: string, { start, end }: Span, settings: readonly Setting[]): readonly Segment[] {
  const command = new SegmentText();
  for (const setting of settings) command.assignment(setting, '\n');
  const part = text.slice(start, end);
  if (part.trim() === '') return [];
  let from = start;
  for (const { 0: token, index } of part.matchAll(EXPANSION)) {
    const at = start + index;
    command.place(placedSlice(text, { start: from, end: at }));
    from = at + token.length;
    if (token === '$$') command.place(placedSlice(text, { start: at + 1, end: from }));
    else if (token.startsWith('$(shell')) command.add('$(');
    else
      command
        .add('${')
        .place(placedSlice(text, variableIn(token, at)))
        .add('}');
  }
  return [command.place(placedSlice(text, { start: from, end })).segment(SH)];
}

/** @returns Where the name of a variable stands; nowhere for one that is no name to a shell. */
function variableIn(token: string, at: number): Span {
  const name = token.slice('$('.length, -1);
  const isName = /^[A-Za-z_]\w*$/.test(name);
  return { start: at + 2, end: at + 2 + (isName ? name.length : 0) };
}

/** `NAME := $(shell npx a)` outside of recipes. */
function substitutions(line: string, offset: number, text: string): readonly Segment[] {
  const segments: Segment[] = [];
  const opening = /\$\(shell\s+/g;
  for (let match = opening.exec(line); match !== null; match = opening.exec(line)) {
    const start = opening.lastIndex;
    const end = closingParenthesis(line, start);
    for (const segment of recipe(text, { start: offset + start, end: offset + end }, []))
      segments.push(segment);
    opening.lastIndex = end;
  }
  return segments;
}

function closingParenthesis(line: string, from: number): number {
  let depth = 1;
  for (const { 0: bracket, index } of line.slice(from).matchAll(/[()]/g)) {
    depth += bracket === '(' ? 1 : -1;
    if (depth === 0) return from + index;
  }
  return line.length;
}
