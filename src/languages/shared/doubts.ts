import type { ImportKind, ParsedImport } from '../../model/reference.ts';

/** How far a doubt's line is told, before and behind it. In UTF-16 code units. */
const NEAR = 200;

/** @returns An import of what nobody can tell, written as `expression`. */
export function unclearImport(kind: ImportKind, start: number, expression: string): ParsedImport {
  const target = { kind: 'unclear', expression } as const;
  return { kind, target, span: { start, end: start + expression.length }, optional: false };
}

/** @returns A doubt at an offset, told by its line: by that it is known again in another version of the text. */
export function doubtAt(text: string, offset: number): ParsedImport {
  const prefix =
    text
      .slice(Math.max(0, offset - NEAR), offset)
      .split(/[\r\n]/)
      .at(-1)
      ?.trimStart() ?? '';
  const [suffix = ''] = text.slice(offset, offset + NEAR).split(/[\r\n]/, 1);
  return unclearImport('dynamic', offset - prefix.length, `${prefix}${suffix.trimEnd()}`);
}

/** @returns A doubt about all of a text, told by its reason. */
export function doubtOfAll(reason: string): ParsedImport {
  const target = { kind: 'unclear', expression: reason } as const;
  return { kind: 'dynamic', target, span: { start: 0, end: 0 }, optional: false };
}
