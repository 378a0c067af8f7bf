/**
 * Syntax that TypeScript's parser rejects and other readers of JavaScript accept, each with a rewriting of
 * the same length. None of it can hold an import, and none of the rewritings opens or closes a string, a
 * template or a regular expression, so what they meet there by mistake changes no result: specifiers are
 * read from the original.
 */
const REPAIRS: readonly (readonly [pattern: RegExp, rewrite: (match: string) => string])[] = [
  // HTML-like comments at the start of a line, ECMAScript B.1.1.
  [/^[\t ]*<!--/gm, (match) => match.replace('<!', '//')],
  [/^[\t ]*-->/gm, (match) => match.replace('-->', '// ')],
  // Legacy octal numbers, ECMAScript B.1.1: `0777`.
  [/(?<![\w$.])0[0-9]+(?![\w$.])/g, (match) => match.replace(/^0+(?=\d)/, blank)],
  // `export x from "y"`, https://babeljs.io/docs/babel-plugin-proposal-export-default-from. An import of the same length.
  [
    /\bexport\s+(?!type\b|default\b)(?=[\w$]+\s*(?:,\s*(?:\{[^{}]*\}|\*\s*as\s+[\w$]+)\s*)?\bfrom\s*["'])/g,
    (match) => match.replace('export', 'import'),
  ],
  // Module blocks, https://tc39.es/proposal-module-expressions. A function of the same length.
  [/\bmodule(?=\s*\{)/g, (match) => match.replace('module', '()=>  ')],
  // Source phase imports, https://tc39.es/proposal-source-phase-imports.
  [/\bimport\s+source\s+(?=[\w$]+\s+from\b)/g, (match) => match.replace('source', blank)],
];

/** Flow's own syntax, https://flow.org/en/docs/types. Only in what is Flow. */
const FLOW_REPAIRS: typeof REPAIRS = [
  [/\bimport\s+typeof\b/g, (match) => match.replace('typeof', 'type  ')],
  [/\bimport\s+(?:[\w$]+\s*,\s*)?\{[^{}]*\}/g, (match) => match.replace(/\btypeof\b/g, 'type  ')],
  [/\{\||\|\}/g, (match) => match.replace('|', ' ')],
  [/\.\.\.\s*\}/g, (match) => match.replace('...', '   ')],
  [/[{,;]\s*[+-](?=[\w$]+\??\s*:)/g, (match) => match.replace(/[+-]$/, ' ')],
  [/\bopaque\s+(?=type\b)/g, blank],
  [/%checks\b/g, blank],
];

/**
 * A library definition need not say that it is Flow; it declares what JavaScript has no words for:
 * https://flow.org/en/docs/libdefs/creation/
 */
export const FLOW_DECLARATION =
  /^[ \t]*declare[ \t]+(?:module\.exports\b|opaque\b|(?:module|type|class|export)[ \t])/m;

/** @returns The text with everything rewritten that a second attempt could accept; offsets stay. */
export function repair(text: string): string {
  const isFlow = /@flow\b/.test(text) || FLOW_DECLARATION.test(text);
  const repairs = isFlow ? [...REPAIRS, ...FLOW_REPAIRS] : REPAIRS;
  return repairs.reduce(
    (current, [pattern, rewrite]) => current.replace(pattern, (match) => rewrite(match)),
    text,
  );
}

/** Spaces of the same length; line terminators stay. */
function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}
