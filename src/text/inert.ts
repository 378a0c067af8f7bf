/**
 * What a terminal obeys, or shows so that it says something else, in the second group: control (Cc) and format
 * characters (Cf, which holds the bidirectional marks and the tags), line and paragraph separators, surrogates without
 * a partner, and all that takes no place on the screen (https://www.unicode.org/reports/tr44/, DI). What is kept comes
 * first: line ends and tabs, the joiners and selectors inside of an emoji (https://www.unicode.org/reports/tr51/), and,
 * in the first group, the colours that this tool itself uses. Its tables take a millisecond to build, so it is made
 * where something is shown.
 */
function steering(): RegExp {
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  return /\r?\n|\t|(\u001b\[(?:0|1|2|4|22|24|3[0-79]|9[0-7])m)|\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]?(?:\u200d\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]?)*|[#*\d]\ufe0f\u20e3|([\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}])/gu;
}

/** Most of what is written is nothing but this. */
const plain = /^[\n\x20-\x7e]*$/;

/**
 * Makes a text of several lines harmless for a terminal. All else stays as it is: other scripts, emoji, indentation.
 *
 * @param keepsColors Do the colours of this tool stay?
 */
export function harmless(text: string, keepsColors: boolean): string {
  if (plain.test(text)) return text;
  return text.replace(steering(), (match: string, color: string | undefined, unseen: string | undefined) => {
    if (unseen !== undefined) return escapeCharacter(unseen);
    return color === undefined || keepsColors ? match : color.replace('\u001b', escapeCharacter);
  });
}

/**
 * As {@link harmless} without colours, for the log of a build server as well: what it would take for a command stands
 * escaped. These are `::error::` where a line or word starts, `##[group]` and `##vso[…]` anywhere
 * (https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs,
 * https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands).
 */
export function inert(text: string): string {
  return withoutCommands(harmless(text, false));
}

/** @returns A text in which no build server finds a command. */
export function withoutCommands(text: string): string {
  return text.replace(/(^|\s)::/gm, '$1\\u{3a}:').replace(bracketCommand, '#\\u{23}');
}

/** The start of a build server's command that is found anywhere in a line. */
export const bracketCommand = /##(?=[\w.-]*\[)/g;

const shortEscapes = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** @returns What stands for a character that can't be seen: `\r`, `\u{202e}`. */
export function escapeCharacter(character: string): string {
  return shortEscapes.get(character) ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
