/** How commands are written: by a shell, as words that no shell reads, one command a line, or in a notebook. */
export type CommandDialect = 'sh' | 'exec' | 'words' | 'ipython';

/** A letter that stands for one of what something else fills in before a shell reads the text. */
const FILLED = '\uE000';

/**
 * What is filled in before a shell reads a text: expressions of workflows
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/expressions), values of Jinja, Handlebars and just.
 */
const VALUES = /\$?\{\{(?:[^{}\r\n]|\{[^{}\r\n]*\})*\}\}/g;

/** Statements and comments of such templates stand between commands. */
const STATEMENTS = /\{%[^%\r\n]*%\}|\{#[^#\r\n]*#\}/g;

/** Names and expressions of Python that IPython puts into a command (`var_expand` of its interactiveshell.py). */
const PYTHON_VALUES = /\{[^{}\r\n]*\}/g;

/** What is filled into lines of PowerShell's neighbours: `%name%`. */
const PERCENT_VALUES = /%\w+%/g;

/** @returns A text of the same length, in which what something else fills in is made of one letter. */
export function withoutTemplates(text: string, dialect: CommandDialect): string {
  let plain = text.replace(VALUES, filled).replace(STATEMENTS, (tag) => ' '.repeat(tag.length));
  if (dialect === 'ipython') plain = plain.replace(PYTHON_VALUES, filled);
  if (dialect === 'words') plain = plain.replace(PERCENT_VALUES, filled);
  return plain;
}

function filled(tag: string): string {
  return FILLED.repeat(tag.length);
}

/** @returns The parts of a text that stand for what is filled in, and those between them, in their order. */
export function partsOfFilled(
  text: string,
): readonly { readonly at: number; readonly length: number; readonly isFilled: boolean }[] {
  if (!text.includes(FILLED)) return text === '' ? [] : [{ at: 0, length: text.length, isFilled: false }];
  return [...text.matchAll(/\uE000+|[^\uE000]+/g)].map(({ 0: part, index }) => ({
    at: index,
    length: part.length,
    isFilled: part.startsWith(FILLED),
  }));
}
