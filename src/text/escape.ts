import { bracketCommand, escapeCharacter, withoutCommands } from './inert.ts';

/**
 * Text from outside (registries, file names, specifiers) is written by whoever wants to be trusted. It
 * is shown so that it can neither move the cursor, nor reorder a line, nor become markup or a command.
 */

/** More of a foreign text than this helps nobody. Counted in UTF-16 code units. */
const longest = 200;

/**
 * Characters that steer a terminal, reorder text, or take no place on the screen: control (Cc), format
 * (Cf, which holds the bidirectional marks), private use, surrogates without a partner, line and paragraph
 * separators, all that Unicode calls ignorable (https://www.unicode.org/reports/tr44/, DI), and every
 * space but the usual one. Its tables take a millisecond to build, so it is made where something is shown.
 */
function unseen(): RegExp {
  return /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{DI}]|(?! )\p{Zs}/gu;
}

/**
 * Makes text visible on one line: what can't be seen stands as `\n` or `\u{202e}`, and what is too long
 * ends in `…`. The result is at most `limit` code units long.
 */
export function escapeControls(text: string, limit: number = longest): string {
  const start = text.slice(0, limit + 1);
  const shown = start.replace(unseen(), escapeCharacter);
  if (shown.length <= limit) return shown;
  return `${shown.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Foreign text for a terminal or a log. Besides what can't be seen, it shows the commands of build servers. */
export function escapeForLog(text: string, limit?: number): string {
  return withoutCommands(escapeControls(text, limit));
}

/** Does a text hold a command of the `##[…]` form? */
export function hasWorkflowCommand(text: string): boolean {
  return text.search(bracketCommand) >= 0;
}

/**
 * A value as JSON, indented, in which foreign text is inert: what can't be seen, and the commands that
 * build servers look for, stand as escapes that every JSON reader undoes.
 */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .replace(unseen(), (character) => (character === '\n' ? character : jsonEscape(character)))
    .replace(bracketCommand, '#\\u0023');
}

/**
 * Can a name stand in a suggested command as it is? True for names that every shell reads as one plain
 * word that is no option.
 */
export function isShellSafe(name: string): boolean {
  return name.length <= 214 && /^[A-Za-z0-9@_][A-Za-z0-9@_.:/+-]*$/.test(name);
}

/**
 * Can a text stand between double quotation marks in a suggested command? True for what neither POSIX shells nor
 * cmd.exe nor PowerShell take for more than text there.
 */
export function quotable(text: string): boolean {
  return text.length <= 200 && /^[A-Za-z0-9@_.~/][A-Za-z0-9@_.~:/+=?&%#,;()[\]-]*$/.test(text);
}

/** Foreign text for a Markdown paragraph or table cell: shown as written, without links or mentions. */
export function markdownText(text: string, limit?: number): string {
  return escapeControls(text, limit)
    .replace(/[!-/:-@[-`{-~]/g, '\\$&')
    .replaceAll('\\&', '&amp;')
    .replaceAll('\\<', '&lt;')
    .replaceAll('\\@', '&#64;');
}

/**
 * Foreign text as Markdown code. Its fence is longer than any run of backticks inside
 * (https://spec.commonmark.org/0.31.2/#code-spans); a `|` stays safe in a table cell.
 */
export function markdownCode(text: string, limit?: number): string {
  const shown = escapeControls(text, limit).replaceAll('|', '\\|');
  const longestRun = (shown.match(/`+/g) ?? []).reduce((most, { length }) => Math.max(most, length), 0);
  const fence = '`'.repeat(longestRun + 1);
  const pad = shown === '' || /^[` ]|[` ]$/.test(shown) ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** Foreign text for XML or HTML, in an element or a quoted attribute. */
export function xmlText(text: string, limit?: number): string {
  return escapeControls(text, limit)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replace(/[\ufffe\uffff]/g, '\ufffd');
}

/**
 * Text for the message of a GitHub workflow command. Line ends stay (as `%0A`), because messages have
 * several lines; see `escapeData` of https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts.
 */
export function githubMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Text for a property (`file=…`) of a GitHub workflow command; see `escapeProperty` there. */
export function githubProperty(text: string): string {
  return githubMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** @returns The character as JSON escapes, one for each UTF-16 code unit (RFC 8259, section 7). */
function jsonEscape(character: string): string {
  return Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
}
