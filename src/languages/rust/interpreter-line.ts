const start = /^\ufeff?#!/;
const lineComment = /\/\/(?![/!])[^\n]*|\/\/\/\/[^\n]*/y;
const blank = /\s+/y;
const blockStart = /\/\*(?![*!])|\/\*\*(?=[*/])/y;
const blockSign = /\/\*|\*\//g;

/**
 * Where the line of an interpreter ends. Where `[` follows on `#!`, also behind blanks and comments that document nothing, it
 * begins an attribute instead (https://doc.rust-lang.org/reference/input-format.html#shebang-removal).
 *
 * @returns The offset of the end of its line, without `\n`; 0 where a program has none.
 */
export function endOfInterpreterLine(text: string): number {
  const sign = start.exec(text)?.[0].length;
  if (sign === undefined || text[behindBlanks(text, sign)] === '[') return 0;
  const end = text.indexOf('\n');
  return end < 0 ? text.length : end;
}

/** @returns The offset behind blanks and comments. */
function behindBlanks(text: string, from: number): number {
  for (let at = from; ;) {
    const end = endOf(blank, text, at) ?? endOf(lineComment, text, at) ?? endOfBlock(text, at);
    if (end === undefined) return at;
    at = end;
  }
}

function endOf(expression: RegExp, text: string, at: number): number | undefined {
  expression.lastIndex = at;
  return expression.test(text) ? expression.lastIndex : undefined;
}

/** Comments hold others. */
function endOfBlock(text: string, at: number): number | undefined {
  if (endOf(blockStart, text, at) === undefined) return undefined;
  let depth = 0;
  blockSign.lastIndex = at;
  for (let sign = blockSign.exec(text); sign !== null; sign = blockSign.exec(text)) {
    depth += sign[0] === '/*' ? 1 : -1;
    if (depth === 0) return blockSign.lastIndex;
  }
  return undefined;
}
