import { candidatesOf, withoutBlanks } from './candidates.ts';
import { ImportedNames } from './imported-names.ts';
import { loaderTokens } from './loader-tokens.ts';
import { isQuotedIn } from './logical-lines.ts';

/** More blocks than Python lets stand within each other (`MAXINDENT` of its tokenizer). */
const MOST_BLOCKS = 100;

/** Of a longer line its beginning is enough to know it again. In code units. */
const LONGEST_LINE = 200;

/** An import with the names that it takes. */
interface PlacedImport {
  readonly offset: number;
  readonly names: readonly string[];
}

/**
 * Tells where imports stand without a parser: `try:` around one may handle its absence.
 *
 * @returns For each import of a specifier and each name that it takes, the lines that begin the blocks around it and what
 *   stands before it on its own line. What stands in a string or comment for certain is left out.
 */
export function blocksOf(text: string, specifier: string): ReadonlySet<string> {
  const blocks = new Set<string>();
  const imports = importsOf(text, specifier).values();
  let next = imports.next();
  const openBlocks: { readonly indentation: number; readonly line: string }[] = [];
  let start = 0;
  for (const line of text.split(/(\r\n?|\n)/)) {
    const end = start + line.length;
    const statement = line.trim();
    const indentation = line.search(/[^ \t\f]/);
    if (statement !== '' && !statement.startsWith('#')) {
      while ((openBlocks.at(-1)?.indentation ?? -1) >= indentation) openBlocks.pop();
      for (; next.value !== undefined && next.value.offset < end; next = imports.next()) {
        const { offset, names } = next.value;
        const lines = openBlocks.slice(-MOST_BLOCKS).map((block) => block.line);
        const place = [...lines, line.slice(0, offset - start).trim()].join('\n');
        for (const name of names.length === 0 ? [''] : names) blocks.add(`${place}\n${name}`);
      }
      openBlocks.push({ indentation, line: statement.slice(0, LONGEST_LINE) });
    }
    start = end;
  }
  return blocks;
}

/** @returns In the order in which they stand; one without names takes the module itself. */
function importsOf(text: string, specifier: string): PlacedImport[] {
  const isQuoted = isQuotedIn(text);
  const imports: PlacedImport[] = [];
  const importedNames = new ImportedNames(text);
  for (const { offset, keyword, modules, end } of candidatesOf(text)) {
    const names = keyword === 'from' ? importedNames.from(end) : [];
    if (modules.some((module) => withoutBlanks(module.text) === specifier) && !isQuoted(offset))
      imports.push({ offset, names });
  }
  for (const { specifier: loaded, start } of loaderTokens(text))
    if (loaded === specifier && !isQuoted(start - 1)) imports.push({ offset: start, names: [] });
  return imports.sort((left, right) => left.offset - right.offset);
}
