import { TAG } from './placeholder.ts';

const TOML_OR_TAG = new RegExp(String.raw`"(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*'|#[^\r\n]*|${TAG}`, 'g');

const STRING_OR_TAG = new RegExp(String.raw`"(?:[^"\\\r\n]|\\.)*"|${TAG}`, 'g');

/** A tag that the engine puts a value in the place of; the others hold conditions, loops and comments. */
const VALUE_TAG = /^(?:<%[=-]|\{\{-?\s*(?!else\b)[\w.])/;

/**
 * Takes the tags of a template engine out of a text that it makes JSON of, so that the rest reads as if all
 * conditions held. Tags within strings stay.
 *
 * @param json - The text of the template.
 * @returns A text of the same length, in which a number stands for each value and blanks for all other tags; the same
 *   text where there is no tag.
 */
export function withoutTagsInJson(json: string): string {
  return json.replace(STRING_OR_TAG, (token) => (token.startsWith('"') ? token : replacement(token)));
}

/** Does the same for TOML, in whose comments tags stay as well. */
export function withoutTagsInToml(toml: string): string {
  return toml.replace(TOML_OR_TAG, (token) => (/^["'#]/.test(token) ? token : replacement(token)));
}

/**
 * Does the same for a text that a template engine makes a program of, also within strings. What a tag runs itself stays,
 * where it may load something.
 *
 * @returns A text of the same length.
 */
export function withoutTagsInProgram(program: string): string {
  return program.replace(new RegExp(TAG, 'g'), (tag) =>
    /\b(?:import|require)\b/.test(tag) ? tag : replacement(tag),
  );
}

function replacement(tag: string): string {
  const blanks = tag.replace(/[^\r\n]/g, ' ');
  return VALUE_TAG.test(tag) ? `0${blanks.slice(1)}` : blanks;
}
