/** One token of JavaScript. Comments are left out. `start` is its offset. */
export type Token =
  | { readonly kind: 'string'; readonly value: string; readonly start: number }
  /** A template's text between its backticks, substitutions and escapes as written. */
  | { readonly kind: 'template'; readonly value: string; readonly start: number }
  | { readonly kind: 'regex'; readonly value: string; readonly start: number }
  | { readonly kind: 'name'; readonly value: string; readonly start: number }
  | { readonly kind: 'other'; readonly value: string; readonly start: number };

/**
 * Expressions for one run over a text; they are sticky, so they hold a position. Each matches an unclosed
 * token up to the end of its line, so that no text is looked at twice.
 */
function createPatterns() {
  return {
    space: /[\s\uFEFF]+/y,
    lineComment: /\/\/[^\n\r]*/y,
    name: /[A-Za-z_$\u00aa-\ufefe][\w$\u00aa-\ufefe]*/y,
    string: /"(?:[^"\\\n\r]|\\[^])*"?|'(?:[^'\\\n\r]|\\[^])*'?/y,
    regex:
      /\/(?:[^\\/[\n\r]|\\[^\n\r]|\[(?:[^\]\\\n\r]|\\[^\n\r])*(?:\]|(?=\\?(?:[\n\r]|$))))+(?:\/[a-z]*)?/y,
    number: /\d[\w.]*/y,
    operator: /=>|\.\.\.|\?\.|\?\?|&&|\|\||[=!]==?|[^]/y,
  };
}

type Take = (pattern: keyof ReturnType<typeof createPatterns>, at: number) => string;

/**
 * Splits a configuration file into tokens. It is made for programs that a bundler or test runner accepts:
 * text that is no program yields tokens too, and none of them means anything.
 *
 * @returns The tokens in order. Time is linear in the text's length.
 */
export function tokensOf(source: string): readonly Token[] {
  const patterns = createPatterns();
  const take: Take = (name, at) => {
    const pattern = patterns[name];
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0] ?? '';
  };
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const skipped = take('space', at).length || commentLength(source, at, take);
    if (skipped > 0) at += skipped;
    else {
      const { token, end } = tokenAt({ source, take }, at, tokens.at(-1));
      tokens.push(token);
      at = end;
    }
  }
  return tokens;
}

function commentLength(source: string, at: number, take: Take): number {
  if (!source.startsWith('/*', at)) return take('lineComment', at).length;
  const end = source.indexOf('*/', at + 2);
  return (end === -1 ? source.length : end + 2) - at;
}

function tokenAt(
  { source, take }: { readonly source: string; readonly take: Take },
  start: number,
  previous: Token | undefined,
): { token: Token; end: number } {
  const name = take('name', start);
  if (name !== '') return { token: { kind: 'name', value: name, start }, end: start + name.length };
  const quoted = take('string', start);
  if (quoted !== '') {
    return {
      token: { kind: 'string', value: unescape(quoted.slice(1, -1)), start },
      end: start + quoted.length,
    };
  }
  if (source[start] === '`') {
    const end = endOfTemplate(source, start + 1);
    return { token: { kind: 'template', value: source.slice(start + 1, end - 1), start }, end };
  }
  const regex = beginsExpression(previous) ? take('regex', start) : '';
  if (regex !== '') {
    const value = regex.slice(1, Math.max(1, regex.lastIndexOf('/')));
    return { token: { kind: 'regex', value, start }, end: start + regex.length };
  }
  const value = take('number', start) || take('operator', start);
  return { token: { kind: 'other', value, start }, end: start + value.length };
}

/** A slash after a value divides; anywhere else it opens a regular expression (ECMA-262 §12.9). */
function beginsExpression(previous: Token | undefined): boolean {
  if (previous === undefined) return true;
  if (previous.kind === 'name') return /^(?:return|typeof|case|in|of|default)$/.test(previous.value);
  return previous.kind === 'other' && !/^(?:[)\]}]|\d)/.test(previous.value);
}

/** The offset behind a template's closing backtick, with templates inside its substitutions. */
function endOfTemplate(source: string, start: number): number {
  const open: ('`' | '{')[] = ['`'];
  for (let at = start; at < source.length; at += 1) {
    const character = source[at];
    const inText = open.at(-1) === '`';
    if (character === '\\') at += 1;
    else if (character === '`') {
      if (!inText) open.push('`');
      else if (open.pop() && open.length === 0) return at + 1;
    } else if (inText && character === '$' && source[at + 1] === '{') {
      open.push('{');
      at += 1;
    } else if (!inText && character === '{') open.push('{');
    else if (!inText && character === '}') open.pop();
  }
  return source.length + 1;
}

const escapes = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['\n', ''],
]);

/** Resolves the escapes that occur in paths and patterns; others (ECMA-262 §12.9.4) stand for themselves. */
function unescape(text: string): string {
  return text.replace(/\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|([^]))/gi, (...match: readonly string[]) => {
    const [, unicode, hexadecimal, single = ''] = match;
    const code = unicode ?? hexadecimal;
    return code === undefined
      ? (escapes.get(single) ?? single)
      : String.fromCharCode(Number.parseInt(code, 16));
  });
}
