import { withJoinedLines } from './logical-lines.ts';

/**
 * Ways to read a text that the grammar rejects, most likely first. Each is a text of the same length in which
 * something that the grammar does not know stands masked; the caller takes the first one that parses.
 */
export function repairsOf(text: string): readonly string[] {
  const dialect = lazyImports(execStatements(text));
  return [dialect, withJoinedLines(dialect), withJoinedLines(templateTags(dialect))].filter(
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
