/** A line without its end. */
export interface Line {
  readonly text: string;
  /** Offset of its first character. */
  readonly start: number;
  /** White space before its first letter. */
  readonly indent: number;
}

/** A line and those below it that stand deeper. */
export interface Block {
  readonly header: Line;
  readonly body: readonly Line[];
}

/**
 * Programs write lockfiles with one value in a line, so that a merge joins them line by line: to read those lines takes a
 * fraction of the time that a whole YAML or TOML reader takes.
 *
 * @param deepest Lines that stand deeper are left out.
 * @returns The lines, without blank ones and comments (`#`). Only spaces indent.
 */
export function* linesOf(text: string, deepest: number): Generator<Line> {
  let start = 0;
  while (start < text.length) {
    const feed = text.indexOf('\n', start);
    const end = feed === -1 ? text.length : feed;
    let letter = start;
    while (text[letter] === ' ') letter += 1;
    const indent = letter - start;
    if (letter < end && indent <= deepest && text[letter] !== '#' && text[letter] !== '\r')
      yield { text: text.slice(start, end).trimEnd(), start, indent };
    start = end + 1;
  }
}

/** @returns Each line with exactly this indentation, with the lines that stand deeper below it. */
export function* blocksOf(lines: Iterable<Line>, indent: number): Generator<Block> {
  let block: { readonly header: Line; readonly body: Line[] } | undefined;
  for (const line of lines) {
    if (line.indent > indent) {
      block?.body.push(line);
      continue;
    }
    if (block !== undefined) yield block;
    block = line.indent === indent ? { header: line, body: [] } : undefined;
  }
  if (block !== undefined) yield block;
}
