import { isWithin } from '../../text/spans.ts';
import { lex } from './lexer.ts';
import { FLOW_DECLARATION } from './repairs.ts';

const TRANSLATION = 'a translation of Qt';
const TIME_SERIES = 'time series';

/**
 * What a text that no parser accepts is all the same, as far as it says so: its author need not mend it.
 *
 * @param dialect - The ending of its file.
 * @returns What it is, in words; null for a program with errors.
 */
export function otherForm(text: string, dialect: string): string | null {
  if (dialect === 'ts' && isTranslation(text)) return TRANSLATION;
  if (dialect === 'ts' && isTimeSeries(text)) return TIME_SERIES;
  // https://flow.org/en/docs/usage/#toc-prepare-your-code-for-flow
  if (/^[^]{0,5000}?@(?:no)?flow\b/.test(text) && isCommented(text, text.search(/@(?:no)?flow\b/)))
    return 'Flow';
  if (!/^[cm]?tsx?$/.test(dialect) && isLibraryDefinition(text)) return 'a library definition of Flow';
  return hasTemplateTag(text) ? 'a template' : null;
}

/**
 * @returns Whether what stands at an offset of a text in another form is data for certain: of a translation, everything
 *   on a line that begins with an element; of time series, a comment.
 */
export function isData(text: string, offset: number, form: string | null): boolean {
  const line = text.slice(text.lastIndexOf('\n', offset) + 1, offset);
  if (form === TRANSLATION) return /^\s*</.test(line);
  return form === TIME_SERIES && line.startsWith('#');
}

/** https://doc.qt.io/qt-6/linguist-ts-file-format.html */
function isTranslation(text: string): boolean {
  return (
    /^\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE TS>|<TS[\s>])/.test(text) && text.trimEnd().endsWith('</TS>')
  );
}

/** https://www.sktime.net/en/stable/api_reference/file_specifications/ts.html */
function isTimeSeries(text: string): boolean {
  const first = text.split(/\r?\n/, MOST_COMMENTS).find((line) => !/^\ufeff?\s*(?:#|$)/.test(line));
  return first !== undefined && /^\ufeff?@(?:problemName|timeStamps|univariate)\b/i.test(first);
}

/** So many lines of comments may stand above the first line of a time series. */
const MOST_COMMENTS = 1000;

/** Does a comment hold what stands at an offset? */
function isCommented(text: string, offset: number): boolean {
  const span = lex(text).quoted.find(({ start, end }) => start <= offset && offset < end);
  return span !== undefined && /^\/[/*]/.test(text.slice(span.start, span.start + 2));
}

function isLibraryDefinition(text: string): boolean {
  const declaration = text.search(FLOW_DECLARATION);
  return declaration !== -1 && !isWithin(declaration, lex(text).quoted);
}

/**
 * A tag of Jinja, Twig, Liquid, Django, Handlebars or EJS, or a value that one of them fills in; neither in a string nor in
 * a comment.
 */
function hasTemplateTag(text: string): boolean {
  const tags = [...text.matchAll(/\{%-?\s*\w[^%\r\n]*%\}|\{\{-?\s*[\w.#/^][^{}\r\n]*\}\}|<%[^%\r\n]*%>/g)];
  if (tags.length === 0) return false;
  const { quoted } = lex(text);
  return tags.some(({ index }) => !isWithin(index, quoted));
}
