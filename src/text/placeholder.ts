/**
 * A tag of Handlebars or Mustache (`{{#if}}`), Jinja, Twig or Liquid (`{% if %}`), EJS or Lodash (`<% if %>`):
 * https://handlebarsjs.com/guide/block-helpers.html, https://jinja.palletsprojects.com/en/stable/templates/,
 * https://ejs.co/#docs
 */
export const TAG = String.raw`\{\{[^{}]*\}\}|\{%[^%]*%\}|<%[^%]*%>`;

/** @returns Whether a template engine fills in a part of the text: `{{ name }}-core`. */
export function hasPlaceholder(text: string): boolean {
  return new RegExp(TAG).test(text);
}
