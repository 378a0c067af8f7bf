/** What makes it impossible to tell from a package's text which names it has: they are made when it runs. */
const UNTOLD =
  /\bdef[ \t]+__getattr__\b|\b__getattr__[ \t]*[,=]|\b__path__\b|\bsys[ \t]*\.[ \t]*(?:modules|meta_path)\b|\b(?:globals|locals|vars|setattr|exec|eval|extend_path|declare_namespace)[ \t]*\(|\b__dict__\b/;

/** `from . import a, b` in a package's own file says only what it takes out of itself, and `from .a import b` has `b`. */
const FROM_ITSELF = /\bfrom[ \t]*\.[ \t]*import\b[ \t]*(?:\([^)]*\)|(?:\\\r?\n|[^\n;#(\\])*)/g;
const MODULE_OF_ITSELF = /\bfrom[ \t]*\.[\w. \t]*(?=\bimport\b)/g;

/** An import, with the names that it takes, also behind a continued line. */
const IMPORT = /\bimport\b[ \t]*(?:\([^)]*\)|(?:\\\r?\n|[^\n;(\\])*)/g;

/**
 * @param text The text of a package's own file (`__init__.py`).
 * @returns Those of the names that the package does not have, unless they are modules of it or come out of an import of all
 *   names: the text defines, imports or assigns the others, or makes its names in a way that only running it can tell.
 */
export function namesNotIn(text: string, names: readonly string[]): readonly string[] {
  if (makesNames(text)) return [];
  return namesUnbound(text, names, (code) =>
    code.replaceAll(FROM_ITSELF, renames).replaceAll(MODULE_OF_ITSELF, ''),
  );
}

/** @returns Whether only running a module can tell what names it has. */
export function makesNames(code: string): boolean {
  return UNTOLD.test(code);
}

/**
 * @returns Those of the names that a module's text does not define, import or assign, for those who take all its names: what
 *   a package takes out of itself is one.
 */
export function namesNotBound(text: string, names: readonly string[]): readonly string[] {
  return namesUnbound(text, names, (code) => code);
}

function namesUnbound(
  text: string,
  names: readonly string[],
  codeOf: (text: string) => string,
): readonly string[] {
  const ownNames = names.filter((name) => !isOfEveryModule(name));
  if (ownNames.length === 0) return [];
  if (!ownNames.some((name) => text.includes(name))) return ownNames;
  const code = codeOf(text);
  const lists = [...code.matchAll(IMPORT)].map(([list]) => list).join('\n');
  return ownNames.filter((name) => {
    if (!text.includes(name) || !/^[\w\u0080-\uffff]+$/.test(name)) return true;
    const word = String.raw`(?<![\w.\u0080-\uffff])${name}(?![\w\u0080-\uffff])`;
    return !new RegExp(word).test(lists) && !bindingOf(word).test(code);
  });
}

/** `from a import *`, whatever it leads to. */
export function takesAllNames(text: string): boolean {
  return /\bimport[ \t\f\v\\\r\n]*\*/.test(text);
}

/** `def name`, `for name`, `as name`, and what may be the target of an assignment. */
function bindingOf(word: string): RegExp {
  return new RegExp(
    String.raw`\b(?:def|class|as|for|global|type|cdef|cpdef)[ \t]+${word}|(?:^|[\n;:,([=*])[ \t]*${word}[ \t]*(?:[,)\]:=]|[-+*/|&^%@]=|\bin\b|\[)`,
  );
}

/** `from . import a as b` has `b`, whatever `a` is. */
function renames(statement: string): string {
  return statement
    .split(',')
    .map((part) =>
      part
        .replaceAll(/[()\\]/g, ' ')
        .trim()
        .split(/\s+/)
        .slice(-3),
    )
    .flatMap(([name, keyword, alias]) => (keyword === 'as' && name !== alias ? [`as ${alias ?? ''}`] : []))
    .join('\n');
}

/** `__doc__`, `__file__` (https://docs.python.org/3/reference/datamodel.html#module-objects): names that no file of a module has. */
export function isOfEveryModule(name: string): boolean {
  return /^__\w+__$/.test(name) && name !== '__main__';
}
