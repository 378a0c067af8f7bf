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

const bracketed = /[ \t\f\v]*\((?:[^()#;'"]|#[^\r\n]*(?:[\r\n]|$(?![^])))*/y;
const inLine = /[^\r\n#;()'"]*/y;

/**
 * The text that holds the names of a `from` import. Within another statement's region it ends with the line,
 * so that no part of the text is read more than twice.
 */
function namesRegion(text: string, from: number, within: boolean): string {
  for (const region of within ? [inLine] : [bracketed, inLine]) {
    region.lastIndex = from;
    const found = region.exec(text);
    if (found !== null) return found[0];
  }
  return '';
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
