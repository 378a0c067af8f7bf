import type { PlacedText } from '../documents/value-places.ts';
import { partOf } from './segment-text.ts';

/**
 * What a page has in place of a name: `<package>`, `{name}`, `YOUR_PACKAGE`, `[options]`, `...`. Expressions of workflows and
 * variables of shells are none.
 */
const MARKED =
  /(?<!\S)(?:[^\s<>]*<[A-Za-z][^<>\r\n]*>|[^\s{}]*(?<![${])\{[A-Za-z][\w .-]*\}(?!\})|[^\sY]*YOUR[_-]|\[[A-Za-z](?:[^[\]\r\n]*\])?|\.{3}|…)\S*/g;

/** Words that say that a name stands there, and none: `your-package`, `my_app`, `package-name`, `pkg@1.2.3`. */
const SPOKEN =
  /(?<!\S)["'`]?(?:(?:(?:your|my)[-_](?:[a-z]+[-_])?|(?:some|the|any|example|sample|foo|new)[-_])(?:package|pkg|lib|library|module|tool|project|app|name|server|plugin)s?|(?:package|pkg|lib|library|module)s?(?:[-_]?names?)?|PACKAGE(?:_?NAME)?)["'`]?(?:(?:@|[=~<>!]=)\S*)?(?!\S)/g;

/** Only the version is a placeholder: `eslint@<version>`, `"pytest==<version>"`. */
const VERSIONED = /^@?[\w./-]*\w(?:\[[\w,]*\])?(?=(?:@|[=~<>!]=)[<{])/;

const OPERATOR = /&&|\|\|?|;/g;

/** Behind it every word is a name of its own: what stands next to a placeholder counts. */
const INSTALLATION = /\s(?:install|add|i)\s/;

/** What stands behind an option is its value, or a name; only its tool can tell. */
const OPTION = /\s-\S*\s+$/;

/**
 * The parts of a line that say something. Behind a placeholder, words of the same command may be arguments of what it stands
 * for: `npx <tool> init`. A value that is joined to its option says so.
 *
 * @param line A line of a page, without its end. @returns Its parts in their order.
 */
export function withoutPlaceholders(line: PlacedText): readonly PlacedText[] {
  const { text } = line;
  const parts: PlacedText[] = [];
  let from = 0;
  let isInstallation = false;
  for (const { placeholder, index } of placeholdersIn(text)) {
    if (index < from) continue;
    const name = VERSIONED.exec(placeholder)?.[0] ?? '';
    const precedingText = text.slice(from, index);
    const command = precedingText.split(/[&|;]/).at(-1) ?? '';
    isInstallation = INSTALLATION.test(command) || (isInstallation && command === precedingText);
    parts.push(partOf(line, { start: from, end: index + name.length }));
    const end = index + placeholder.length;
    const isJoined = name !== '' || /^-[^\s=]+=/.test(placeholder);
    const isOneOfNames = isInstallation && !OPTION.test(command);
    from = isJoined || isOneOfNames ? end : nextCommand(text, end);
  }
  return [...parts, partOf(line, { start: from, end: text.length })];
}

function placeholdersIn(text: string): readonly { readonly placeholder: string; readonly index: number }[] {
  return [...text.matchAll(MARKED), ...text.matchAll(SPOKEN)]
    .map(({ 0: placeholder, index }) => ({ placeholder, index }))
    .toSorted((left, right) => left.index - right.index);
}

function nextCommand(line: string, from: number): number {
  OPERATOR.lastIndex = from;
  return OPERATOR.exec(line)?.index ?? line.length;
}
