import type { Inclusion } from '../../../model/manifest.ts';
import { tokensOfOtherValues } from './other-values.ts';
import { pythonTokens, type PythonToken } from './python-tokens.ts';

/** A script that names more is generated. */
const MOST_PLACES = 500;

/**
 * Finds the files that a setup.py may read its requirements from: strings anywhere in it, alone or in a row
 * (`join(here, "requirements", "prod.txt")`, `here / "requirements" / "prod.txt"`, `"prod" + ".txt"`), and those that a template makes of
 * others (`f"requirements/{name}.txt"`). What a keyword of `setup` holds that takes no requirements is left out, as
 * `package_data` is, and so is what a variable holds that is used for nothing else.
 *
 * @param keywords The keywords that take requirements.
 */
export function filesRead(text: string, keywords: ReadonlySet<string>): readonly Inclusion[] {
  const strings = stringsIn(text, keywords);
  const words = strings.flatMap(({ value }) => (/^[\w-]+$/.test(value) ? [value] : []));
  const inclusions = new Map<string, Inclusion>();
  const folders = FOLDER_ABOVE.test(text) ? ['', '../'] : [''];
  for (const { value, span } of [...strings, ...rowsOf(strings)]) {
    for (const path of pathsOf(value, words).flatMap((name) => folders.map((folder) => folder + name))) {
      if (inclusions.size < MOST_PLACES && !inclusions.has(path))
        inclusions.set(path, { path, span, isPossible: true });
    }
  }
  return [...inclusions.values()];
}

/** `dirname(dirname(__file__))`, `Path(__file__).parent.parent`, `.parents[1]`. */
const FOLDER_ABOVE = /dirname\([\w.]*dirname|\.parents?[.[]|\bpardir\b/;

/** A string, and the token that it is. */
interface FoundString {
  readonly value: string;
  readonly span: Inclusion['span'];
  readonly at: number;
  /** What stands between the string before it and this one, which goes on with it: a part of a path, or nothing. */
  readonly joint: '/' | '' | null;
}

function stringsIn(text: string, keywords: ReadonlySet<string>): readonly FoundString[] {
  const tokens = [...pythonTokens(text)];
  const leftOut = leftOutIn(tokens, keywords);
  const otherPlaces = tokensOfOtherValues({ text, tokens }, (at) => leftOut.has(at), keywords);
  const strings: FoundString[] = [];
  const brackets: boolean[] = [];
  for (const [at, token] of tokens.entries()) {
    if ('([{'.includes(token.text) && token.text !== '') {
      brackets.push(token.text === '(' && tokens[at - 1]?.kind === 'word');
    } else if (')]}'.includes(token.text) && token.text !== '') {
      brackets.pop();
    } else if (
      token.kind === 'string' &&
      !leftOut.has(at) &&
      !otherPlaces.has(at) &&
      !keywords.has(token.node.value)
    ) {
      const sign = tokens[at - 1]?.text;
      const isPart = sign === '/' || (sign === ',' && brackets.at(-1) === true);
      const joint = isPart ? '/' : sign === '+' ? '' : null;
      const isNext = strings.at(-1)?.at === at - 2;
      strings.push({ value: token.node.value, span: token.node.span, at, joint: isNext ? joint : null });
    }
  }
  return strings;
}

/** The numbers of the tokens that stand in keywords of `setup` which take no requirements. */
function leftOutIn(tokens: readonly PythonToken[], keywords: ReadonlySet<string>): ReadonlySet<number> {
  const leftOut = new Set<number>();
  const brackets: { isSetup: boolean; isLeftOut: boolean }[] = [];
  let isLeftOut = false;
  for (const [at, token] of tokens.entries()) {
    const inner = brackets.at(-1);
    if ('([{'.includes(token.text) && token.text !== '') {
      const isCall = token.text === '(' && tokens[at - 1]?.kind === 'word';
      brackets.push({ isSetup: isCall && isSetup(tokens[at - 1]), isLeftOut });
    } else if (')]}'.includes(token.text) && token.text !== '') {
      isLeftOut = brackets.pop()?.isLeftOut ?? false;
    } else if (inner?.isSetup === true && token.kind === 'word' && tokens[at + 1]?.text === '=') {
      isLeftOut = !keywords.has(token.text);
    } else if (inner?.isSetup === true && token.text === ',') {
      isLeftOut = false;
    }
    if (isLeftOut) leftOut.add(at);
  }
  return leftOut;
}

function isSetup(token: PythonToken | undefined): boolean {
  return /^(?:\w+\.)*setup$/.test(token?.text ?? '');
}

/** Strings that stand in a row, as the paths that they make together. */
function rowsOf(strings: readonly FoundString[]): readonly Pick<FoundString, 'value' | 'span'>[] {
  const rows: { value: string; span: Inclusion['span'] }[] = [];
  let row: { value: string; span: Inclusion['span'] } | undefined;
  for (const [at, { value, span, joint }] of strings.entries()) {
    const start = row?.value ?? strings[at - 1]?.value;
    if (joint === null || start === undefined) row = undefined;
    else {
      row = { value: `${start}${joint}${value}`, span };
      rows.push(row);
    }
  }
  return rows;
}

const LONGEST_PATH = 250;
/** A path that has neither folders nor an ending is a word as any other, unless it says what it is. */
const PATH = /^(?=.*(?:[./]|req|dep))[\w./@+ -]+$/i;

/** A field of an f-string, of `str.format` or of `%`. */
const FIELD = /\{[^{}]*\}|%s/;

/** @returns The paths that a string can stand for: its first field may be the folder of the script, and another one a word. */
function pathsOf(value: string, words: readonly string[]): readonly string[] {
  const path = value.replace(/^(?:\{[^{}]*\}|%s)?[/\\]+/, '').replaceAll('\\', '/');
  if (path.length > LONGEST_PATH) return [];
  const paths = FIELD.test(path) ? words.map((word) => path.replace(FIELD, () => word)) : [path];
  return paths.filter((possiblePath) => PATH.test(possiblePath));
}
