import type { Source } from '../../model/language.ts';
import type { ParsedImport } from '../../model/reference.ts';
import { importsInComments } from './documentation.ts';
import { importsOf } from './imports.ts';
import type { Syntax } from './parsers/syntax.ts';

/**
 * @param tree What a parser made of the text, or of one of the same length.
 * @param source What the spans count in, and what specifiers are read from; its dialect tells whether a compiler drops imports.
 * @returns Every import of a program and of its comments, in the order of the text.
 */
export function importsIn(
  { program, comments }: Extract<Syntax, { kind: 'tree' }>,
  source: Source,
): readonly ParsedImport[] {
  const { text } = source;
  const documentation = comments
    .filter(({ start, end }) => text.startsWith('/**', start) && end - start > '/**/'.length)
    .map(({ start, end }) => ({ start: start + '/**'.length, end: end - '*/'.length }));
  const firstStatement = program.body[0]?.range[0] ?? text.length;
  const imports = [
    ...importsOf(program, source),
    ...importsInComments(text, { firstStatement, documentation }),
  ];
  return imports.sort((first, second) => first.span.start - second.span.start);
}
