import { SETTINGS_NAME } from '../model/tool.ts';

/** What stands around the lines that are this tool's, in a file of Markdown. */
const OPENING = `<!-- ${SETTINGS_NAME} -->`;
const CLOSING = `<!-- /${SETTINGS_NAME} -->`;

/** Where the lines stand, from the opening mark to behind the closing one. `broken`: one of the marks has no partner. */
type BlockPlace = { readonly start: number; readonly end: number } | 'absent' | 'broken';

/**
 * The lines for files that assistants read at every start, so there are few: they say where to look, and whom to ask.
 *
 * @param command How this tool is started at the root. @param whitelist The file with the decisions, relative to the root.
 */
export function instructionLines(command: string, whitelist: string): readonly string[] {
  return [
    OPENING,
    '',
    '## New packages',
    '',
    'A person approves each package before code imports or installs it. Look before you add one:',
    '',
    `- \`${command} list\` shows what is approved, and \`${command} explain NAME\` what holds for a name.`,
    `- \`${command} request NAME --reason "why"\` asks for a package. Then have the user decide.`,
    '',
    `People alone edit \`${whitelist}\`. If a hook refuses something, tell the user what it said.`,
    '',
    CLOSING,
  ];
}

/**
 * Puts lines at the end of a text, or in the place of older ones.
 *
 * @returns null where the text has one of the marks without the other.
 */
export function withInstructions(text: string, lines: readonly string[]): string | null {
  const place = placeIn(text);
  if (place === 'broken') return null;
  const eol = eolOf(text);
  const block = lines.join(eol);
  if (place !== 'absent') return text.slice(0, place.start) + block + text.slice(place.end);
  if (text === '') return `${block}${eol}`;
  return text.endsWith('\n') ? `${text}${eol}${block}${eol}` : `${text}${eol}${eol}${block}`;
}

/** @returns The text as it was before {@link withInstructions}; null where it has one of the marks without the other. */
export function withoutInstructions(text: string): string | null {
  const place = placeIn(text);
  if (place === 'broken') return null;
  if (place === 'absent') return text;
  const eol = eolOf(text);
  const [lead, tail] = [text.slice(0, place.start), text.slice(place.end)];
  const blanks = tail === '' ? `${eol}${eol}` : eol;
  const head = lead.endsWith(blanks) ? lead.slice(0, -blanks.length) : lead;
  return head + (tail.startsWith(eol) ? tail.slice(eol.length) : tail);
}

/** @returns Whether a text has lines of this tool between its marks. */
export function hasInstructions(text: string): boolean {
  return placeIn(text) !== 'absent';
}

function placeIn(text: string): BlockPlace {
  const start = text.indexOf(OPENING);
  const closing = text.indexOf(CLOSING, Math.max(start, 0));
  if (start < 0 && closing < 0) return 'absent';
  const again = text.indexOf(OPENING, start + 1);
  return start < 0 || closing < 0 || again >= 0 ? 'broken' : { start, end: closing + CLOSING.length };
}

function eolOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
