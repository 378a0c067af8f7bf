import type { Glance, Scan, Source } from '../../model/language.ts';
import type { ParsedImport } from '../../model/reference.ts';
import { doubtAt, unclearImport } from '../shared/doubts.ts';
import { isWithin } from '../../text/spans.ts';
import type { Candidate } from './candidate.ts';
import { candidates } from './candidates.ts';
import { lex } from './lexer.ts';
import { scanOf } from './scan.ts';

/** @returns Everything in a text that looks like an import, in the order of the text. What goes by another name is not seen. */
export function glance(text: string): Glance {
  return glanceAt([...candidates(text)], text);
}

/**
 * Reads a text that no parser accepts: what looks like an import and stands in no string and no comment for certain.
 */
export function readLeniently(text: string): Glance {
  return glanceAt(candidatesInCode(text), text);
}

/** @returns The specifiers of what looks like an import and stands in no string and no comment for certain. */
export function scanCode({ text }: Source): Scan {
  return scanOf(candidatesInCode(text));
}

function candidatesInCode(text: string): readonly Candidate[] {
  const { quoted, certainTo } = lex(text);
  const isQuoted = (offset: number) => offset < certainTo && isWithin(offset, quoted);
  return [...candidates(text)].filter((candidate) => isDirective(candidate, text) || !isQuoted(candidate.at));
}

/** `/// <reference types="x" />` is a comment that refers to something. */
function isDirective({ at }: Candidate, text: string): boolean {
  return text[at] === '<' && /\/\/\/\s*$/.test(text.slice(Math.max(0, at - 20), at));
}

function glanceAt(importCandidates: readonly Candidate[], text: string): Glance {
  const imports: ParsedImport[] = [];
  const doubts: ParsedImport[] = [];
  for (const candidate of importCandidates) {
    switch (candidate.found) {
      case 'specifier':
      case 'url': {
        const { kind, specifier, span } = candidate;
        imports.push({ kind, target: { kind: 'literal', specifier, names: [] }, span, optional: false });
        break;
      }
      case 'expression': {
        const { kind, start } = candidate;
        imports.push(unclearImport(kind, start, expressionAt(text, start)));
        break;
      }
      case 'doubt':
        doubts.push(doubtAt(text, candidate.at));
        break;
    }
  }
  return { imports: imports.sort(byStart), doubts: doubts.sort(byStart) };
}

const LONGEST_EXPRESSION = 200;

/** @returns What stands on the line up to a closing parenthesis. */
function expressionAt(text: string, start: number): string {
  const line = text.slice(start, start + LONGEST_EXPRESSION);
  return /^[^)\r\n]*/.exec(line)?.[0].trimEnd() ?? '';
}

function byStart(first: ParsedImport, second: ParsedImport): number {
  return first.span.start - second.span.start;
}
