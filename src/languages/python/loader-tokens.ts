/** The name of a function that imports what its argument names, and what can be said without a parser. */
export interface LoaderToken {
  /** The argument where it is one literal without escapes, else null. */
  readonly specifier: string | null;
  /** Offset of the literal's text, behind its quote; where there is no literal, behind the name. */
  readonly start: number;
}

/** Names of loaders as whole words, but for those that a `def` gives to another function. */
const token =
  /(?:import_module|__import__|importorskip)(?!\w)(?<!(?:\w|\bdef[ \t\f]+)(?:import_module|__import__|importorskip))/g;

/**
 * `__import__` has a fifth argument that makes the first one relative, and `import_module` a second one that says
 * to what: so neither may have one here.
 */
const oneLiteral = /[ \t\f]*\([ \t\f\r\n]*(["'])([ !#-&(-[\]-~]+)\1[ \t\f\r\n]*([,)])/y;

/** `from importlib import import_module`, with other names or in brackets. */
const takenNames =
  /(?<![^\n\r])[ \t\f]*from[ \t\f]+[\w.]+[ \t\f]+import[ \t\f]*(?:\([\s\w,]*\)|[ \t\f\w,]*)/g;

const nextInBrackets = /\s*[,)]/y;
const nextInLine = /[ \t\f]*(?:[,;#\r\n]|$(?![^]))/y;

/**
 * Characters that NFKC turns into small ASCII letters or `_`: to Python, `ｉmport_module` is `import_module`
 * (https://docs.python.org/3/reference/lexical_analysis.html#identifiers).
 */
const disguise =
  /[\u00aa\u00ba\u0133\u0140\u0149\u017f\u01c6-\u01cc\u01f2\u01f3\u02b0-\u02e3\u1d43-\u1dbb\u1e9a\u2071-\u209c\u20a8\u2100-\u217f\u249c-\u24e9\u2c7c\u32cc-\u33ff\ufb00-\ufb06\ufe33-\ufe4f\uff3f-\uff5a\ud801\ud835]/;

/**
 * Finds what may call, hand on or rename `importlib.import_module`, `__import__` or `pytest.importorskip`.
 * Names that a `from` import takes without renaming them are left out.
 */
export function loaderTokens(text: string): readonly LoaderToken[] {
  const hidden = disguisedToken(text);
  if (!mentionsLoader(text)) return hidden;
  const lists = text.matchAll(takenNames);
  const tokens: LoaderToken[] = [...hidden];
  let list = lists.next().value;
  for (const { index, 0: name } of text.matchAll(token)) {
    const end = index + name.length;
    while (list !== undefined && list.index + list[0].length <= index) list = lists.next().value;
    const isImportedName = list !== undefined && list.index <= index && keepsItsName(list[0], text, end);
    if (!isImportedName) tokens.push(literalCall(text, name, end));
  }
  return tokens;
}

/** @returns Whether a text holds a loader's name at all. */
export function mentionsLoader(text: string): boolean {
  return text.includes('import_module') || text.includes('__import__') || text.includes('importorskip');
}

/** @returns Whether a character of the text may be part of a loader's name after NFKC. */
export function mayDisguise(text: string): boolean {
  return disguise.test(text);
}

/** @returns One token without a literal if a loader's name shows up only after NFKC. */
function disguisedToken(text: string): readonly LoaderToken[] {
  if (!mayDisguise(text)) return [];
  const count = (of: string) => of.match(/import_module|__import__|importorskip/g)?.length ?? 0;
  const hidden = count(text.normalize('NFKC')) > count(text);
  return hidden ? [{ specifier: null, start: 0 }] : [];
}

/** @returns Whether the list of a `from` import goes on with another name or ends behind one that it holds. */
function keepsItsName(list: string, text: string, end: number): boolean {
  const next = list.endsWith(')') ? nextInBrackets : nextInLine;
  next.lastIndex = end;
  return next.test(text);
}

function literalCall(text: string, name: string, end: number): LoaderToken {
  oneLiteral.lastIndex = end;
  const call = oneLiteral.exec(text);
  const specifier = call?.[2] ?? '';
  const isAnchored = call?.[3] === ',' && (name === '__import__' || specifier.startsWith('.'));
  if (call === null || isAnchored) return { specifier: null, start: end };
  return { specifier, start: end + call[0].indexOf(call[1] ?? '') + 1 };
}
