import { withBareExpressions } from './f-strings.ts';
import { codeOnly, withJoinedLines } from './logical-lines.ts';

/**
 * Ways to read a text that the grammar rejects, most likely first. Each is a text of the same length in which
 * something that the grammar does not know stands masked; the caller takes the first one that parses.
 */
export function repairsOf(text: string): readonly string[] {
  const dialect = typeDefaults(unpacking(lazyImports(execStatements(text))));
  const bare = withBareExpressions(dialect);
  return [dialect, bare, withJoinedLines(bare), withJoinedLines(templateTags(dialect))].filter(
    (repaired, index, all) => repaired !== (all[index - 1] ?? text),
  );
}

/**
 * Python 2's `exec code in scope` (https://docs.python.org/2/reference/simple_stmts.html#exec): the grammar
 * knows it with a string or a name only. As `not  code in scope` it is an expression.
 */
function execStatements(text: string): string {
  return text.replace(/(^[ \t]*|[;:][ \t]+)exec(?=[ \t]+[\w"'])/gm, (_, prefix: string) => `${prefix}not `);
}

/** `lazy import x` (PEP 810): the statement stays where it is, behind an empty one. */
function lazyImports(text: string): string {
  return text.replace(
    /(^[ \t\f]*|[;:][ \t]+)lazy(?=[ \t]+(?:import|from)[ \t])/gm,
    (_, prefix: string) => `${prefix}0;  `,
  );
}

/**
 * `{**a for a in b}` (PEP 798) and `x[*(1, 2)]` (PEP 646): the grammar knows the stars before a name only. As the value
 * of a key, and as a value without a star, the same expressions stand there.
 */
function unpacking(text: string): string {
  return replaceInCode(
    text,
    /(\{\s{0,200})\*\*|(\[\s{0,200}|,\s{0,200}(?=\*\s{0,200}[([{"']))\*(?!\*)/g,
    (match) => {
      const [, brace, bracket = ''] = match;
      return brace === undefined ? `${bracket} ` : `${brace}0:`;
    },
  );
}

const parameterised =
  /(?<![^\r\n;:])[ \t\f]*(?:(?:async[ \t]+)?def|class|type)[ \t]+[^\s()[\]{}:;,.=]+[ \t]*\[/g;

/** `class A[T = int]`, `def f[*Ts = *tuple[int]]()`, `type B[**P = [int]] = …` (PEP 696): a default is a parameter more. */
function typeDefaults(text: string): string {
  const heads = [...codeOnly(text).matchAll(parameterised)].map(({ 0: head, index }) => index + head.length);
  if (heads.length === 0) return text;
  let [next, depth] = [0, 0];
  return replaceInCode(text, /[([{)\]}]|(?<![=!<>:])=(?!=)(\s{0,200}\*)?/g, ({ 0: sign, index }) => {
    // A list that nothing closes ends where the next one begins.
    if (index + 1 === heads[next]) [next, depth] = [next + 1, 1];
    else if (depth > 0) depth += /[([{]/.test(sign) ? 1 : /[)\]}]/.test(sign) ? -1 : 0;
    return depth === 1 && sign.startsWith('=') ? `,${sign.slice(1).replace('*', ' ')}` : sign;
  });
}

/** Replaces what matches outside strings and comments by text of the same length. */
function replaceInCode(
  text: string,
  pattern: RegExp,
  replacement: (match: RegExpExecArray) => string,
): string {
  const pieces: string[] = [];
  let copyStart = 0;
  for (const match of codeOnly(text).matchAll(pattern)) {
    pieces.push(text.slice(copyStart, match.index), replacement(match));
    copyStart = match.index + match[0].length;
  }
  pieces.push(text.slice(copyStart));
  return pieces.join('');
}

/** Templates of Jinja (cookiecutter, ansible, copier): a value stands for a name, a tag for nothing. */
function templateTags(text: string): string {
  if (!/\{[{%#]/.test(text)) return text;
  return text
    .replace(/\{\{[^{}\r\n]*\}\}/g, (tag) => '_'.repeat(tag.length))
    .replace(/(^[ \t]*)(\{[%#][^{}\r\n]*[%#]\})(?=[ \t]*[^\s{])/gm, (_, prefix: string, tag: string) => {
      return prefix + '0;'.padEnd(tag.length);
    })
    .replace(/\{[%#][^{}\r\n]*[%#]\}/g, (tag) => ' '.repeat(tag.length));
}
