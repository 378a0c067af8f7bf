import type { ImportedName, ParsedImport } from '../../model/reference.ts';
import { candidatesOf, withoutBlanks } from './candidates.ts';
import type { Candidate } from './candidates.ts';
import { loaderTokens } from './loader-tokens.ts';

/**
 * Reads everything in a text that looks like an import, without regard to what surrounds it. This is how
 * imports are found where the grammar gives up. The text's line ends are `\n` or `\r\n`.
 */
export function possibleImports(text: string): readonly ParsedImport[] {
  const possible: ParsedImport[] = [];
  const joined = text.replace(/\\\r?\n/g, (line) => ' '.repeat(line.length));
  let read = 0;
  for (const candidate of candidatesOf(joined)) {
    const names =
      candidate.keyword === 'from' ? namesRegion(joined, candidate.end, candidate.offset < read) : '';
    read = Math.max(read, candidate.end + names.length);
    for (const each of importsOf(candidate, names)) possible.push(each);
  }
  for (const { specifier, start } of loaderTokens(text)) {
    if (specifier === null) continue;
    const target = { kind: 'literal' as const, specifier, names: [] };
    const span = { start, end: start + specifier.length };
    possible.push({ kind: 'dynamic', target, span, optional: false });
  }
  return possible;
}

const opening = /[ \t\f\v]*\(/y;
const inLine = /[^\r\n#;()'"]*/y;

/**
 * The text that holds the names of a `from` import. Within another statement's region it ends with the line,
 * so that no part of the text is read more than twice.
 */
function namesRegion(text: string, from: number, within: boolean): string {
  opening.lastIndex = from;
  if (!within && opening.test(text)) return text.slice(from, endOfBracket(text, opening.lastIndex));
  inLine.lastIndex = from;
  return inLine.exec(text)?.[0] ?? '';
}

/** @returns Where what stands in a bracket can be no list of names any more. */
function endOfBracket(text: string, from: number): number {
  const stops = /[()#;'"]/g;
  stops.lastIndex = from;
  for (let stop = stops.exec(text); stop !== null; stop = stops.exec(text)) {
    if (stop[0] !== '#') return stop.index;
    const lineEnd = /[\r\n]|$(?![^])/g;
    lineEnd.lastIndex = stop.index;
    stops.lastIndex = (lineEnd.exec(text)?.index ?? text.length) + 1;
  }
  return text.length;
}

function importsOf(candidate: Candidate, region: string): readonly ParsedImport[] {
  const names = namesIn(region, candidate.end);
  return candidate.modules.map((module) => {
    const specifier = withoutBlanks(module.text).normalize('NFKC');
    const target = { kind: 'literal' as const, specifier, names };
    return { kind: 'static', target, span: module.span, optional: false };
  });
}

/** `a as b` gives the name `a`. */
function namesIn(region: string, start: number): readonly ImportedName[] {
  const code = region.replace(/#[^\r\n]*/g, (skipped) => ' '.repeat(skipped.length));
  return [
    ...code.matchAll(/(\*|[\w\u0080-\uffff]+)(?:[ \t\f\v\r\n]+as[ \t\f\v\r\n]+[\w\u0080-\uffff]+)?/g),
  ].map(({ index, 1: name = '' }) => ({
    name: name.normalize('NFKC'),
    span: { start: start + index, end: start + index + name.length },
  }));
}
