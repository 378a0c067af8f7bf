/**
 * A string of JSON, or a tag of Handlebars, Mustache (`{{#if}}`), Jinja or Liquid (`{% if %}`) where JSON allows neither:
 * https://handlebarsjs.com/guide/block-helpers.html, https://jinja.palletsprojects.com/en/stable/templates/
 */
const STRING_OR_TAG = /"(?:[^"\\\r\n]|\\.)*"|\{\{[^{}]*\}\}|\{%[^%]*%\}/g;

/** What a template engine puts a value in the place of, within a string of JSON. */
const PLACEHOLDER = /\{\{[^{}]*\}\}|\{%[^%]*%\}/;

/**
 * Takes the tags of a template engine out of a text that it makes JSON of, so that the rest reads as if all
 * conditions held. Tags within strings stay.
 *
 * @param json - The text of the template.
 * @returns The text with a space for each character of a tag, so that offsets stay; the same text where there is no tag.
 */
export function withoutTemplateTags(json: string): string {
  return json.replace(STRING_OR_TAG, (token) =>
    token.startsWith('"') ? token : token.replace(/[^\r\n]/g, ' '),
  );
}

/** @returns Whether a template engine fills in a part of the text: `{{ name }}-core`. */
export function hasPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text);
}
