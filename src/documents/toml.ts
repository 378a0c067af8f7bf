import { TOML_DEPTH, TomlReader } from './toml-reader.ts';
import type { Tree } from './document.ts';
import { withoutTagsInToml } from '../text/template-tags.ts';

/**
 * Reads TOML (https://toml.io/en/v1.0.0) with positions. `smol-toml` decides whether the text is valid and
 * says what is wrong; it keeps no positions, so a reader of our own makes the nodes, and goes on with the
 * next line after an error.
 */
export async function readToml(text: string): Promise<Tree> {
  const { parse, TomlError } = await import('smol-toml');
  const { root, firstError } = new TomlReader(text).read();
  try {
    parse(text.replace(/^\uFEFF/, ' '), { maxDepth: TOML_DEPTH });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [headline = ''] = error.message.split('\n');
    const message = headline.replace('Invalid TOML document: ', '');
    return { root, broken: [{ grammar: 'TOML', message, offset: offsetAt(text, error) }] };
  }
  if (firstError === undefined) return { root, broken: [] };
  return { root, broken: [{ grammar: 'TOML', message: 'invalid value', offset: firstError }] };
}

/**
 * Reads TOML, and what a template engine makes TOML of: that without the engine's tags, as if all its conditions held, and
 * nothing is wrong with it: with a tag outside of strings and comments it is no TOML, and no package manager reads it.
 */
export async function readTomlOrTemplate(text: string): Promise<Tree> {
  const tree = await readToml(text);
  if (tree.broken.length === 0) return tree;
  const withoutTags = withoutTagsInToml(text);
  return withoutTags === text ? tree : { root: (await readToml(withoutTags)).root, broken: [] };
}

/** @returns The offset of a 1-based line and column, where only `\n` ends a line, as in `smol-toml`. */
function offsetAt(text: string, { line, column }: { line: number; column: number }): number {
  let start = 0;
  for (let passed = 1; passed < line; passed += 1) start = text.indexOf('\n', start) + 1;
  return Math.min(start + column - 1, text.length);
}
