import { placedSlice } from '../documents/value-places.ts';
import type { Segment, SynchronousContainer } from '../model/language.ts';
import type { Span } from '../model/text.ts';
import { SH, WORDS, type ProgramKind } from './interpreters.ts';
import { codeOf, type Block } from './markdown-blocks.ts';
import { SegmentText } from './segment-text.ts';

/**
 * Pages of Markdown, as far as somebody runs what they show: blocks of shells, or of no language, and commands in lines of
 * prose. What stands for a name that the reader knows, `<package>`, is none.
 */
export const markdown: SynchronousContainer = {
  id: 'markdown',
  contents: (text) => ({ segments: segmentsOf(text), broken: null }),
};

/** What pages call shells (https://github.com/github-linguist/linguist/blob/main/lib/linguist/languages.yml, 2026-11). */
const SHELLS = new Set(
  'bash sh shell zsh shell-script console shell-session shellsession bash-session sh-session terminal text txt plaintext'.split(
    ' ',
  ),
);
const LINE_SHELLS = new Set('powershell pwsh ps ps1 posh bat batch cmd dos dosbatch winbatch'.split(' '));

function segmentsOf(text: string): readonly Segment[] {
  const { blocks, inline } = codeOf(text);
  const segments = blocks.flatMap((block) => {
    const kind = kindOfBlock(block);
    return kind === undefined ? [] : segmentOf(text, commandLines(text, block), kind);
  });
  // A quote in one of them is the apostrophe of another language; a line ends it.
  const commands = inline.filter(({ start, end }) => /^\$?\s*\w\S*\s+\S/.test(text.slice(start, end)));
  return [
    ...segments,
    ...segmentOf(
      text,
      commands.map((span) => withoutPrompt(text, span)),
      WORDS,
    ),
  ];
}

function kindOfBlock({ language }: Block): ProgramKind | undefined {
  if (language === '' || SHELLS.has(language)) return SH;
  return LINE_SHELLS.has(language) ? WORDS : undefined;
}

const PROMPT = /^[ \t]*(?:\([\w.-]+\)[ \t]*)?(?:PS(?: [^>\r\n]*)?>|[$%❯➜])[ \t]+/;

/** Where a block shows what a terminal does, only lines behind a prompt are commands. */
function commandLines(text: string, { lines }: Block): readonly Span[] {
  const prompted = lines.filter(({ start, end }) => PROMPT.test(text.slice(start, end)));
  return prompted.length === 0 ? lines : continued(text, lines).map((span) => withoutPrompt(text, span));
}

/** The lines behind a prompt, and those that go on with one. */
function continued(text: string, lines: readonly Span[]): readonly Span[] {
  let goesOn = false;
  return lines.filter(({ start, end }) => {
    const line = text.slice(start, end);
    const isCommand = goesOn || PROMPT.test(line);
    goesOn = isCommand && line.endsWith('\\');
    return isCommand;
  });
}

function withoutPrompt(text: string, { start, end }: Span): Span {
  const prompt = PROMPT.exec(text.slice(start, end))?.[0].length ?? 0;
  return { start: start + prompt, end };
}

/** One segment of all these lines; none where they are blank. */
function segmentOf(text: string, lines: readonly Span[], kind: ProgramKind): readonly Segment[] {
  const segment = new SegmentText();
  for (const line of lines) {
    for (const part of withoutPlaceholders(text, line)) segment.place(placedSlice(text, part));
    segment.add('\n');
  }
  return segment.isEmpty ? [] : [segment.segment(kind)];
}

/**
 * What a page has in place of a name: `<package>`, `{name}`, `YOUR_PACKAGE`, `[options]`, `...`. Expressions of workflows and
 * variables of shells are none.
 */
const PLACEHOLDER =
  /(?<!\S)(?:[^\s<>]*<[A-Za-z][^<>\r\n]*>|[^\s{}]*(?<![${])\{[A-Za-z][\w .-]*\}(?!\})|[^\sY]*YOUR[_-]|\[[A-Za-z]|\.{3}|…)\S*/g;

/** Only the version is a placeholder: `eslint@<version>`, `"pytest==<version>"`. */
const VERSIONED = /^@?[\w./-]*\w(?:\[[\w,]*\])?(?=(?:@|[=~<>!]=)[<{])/;

const OPERATOR = /&&|\|\|?|;/g;

/**
 * The parts of a line that say something. Behind a placeholder, words of the same command may be arguments of what it stands
 * for: `npx <tool> init`. A value that is joined to its option says so.
 */
function* withoutPlaceholders(text: string, { start, end }: Span): Generator<Span, void> {
  const line = text.slice(start, end);
  let from = 0;
  for (const { 0: placeholder, index } of line.matchAll(PLACEHOLDER)) {
    if (index < from) continue;
    const name = VERSIONED.exec(placeholder)?.[0] ?? '';
    yield { start: start + from, end: start + index + name.length };
    const placeholderEnd = index + placeholder.length;
    from = name !== '' || /^-[^\s=]+=/.test(placeholder) ? placeholderEnd : nextCommand(line, placeholderEnd);
  }
  yield { start: start + from, end };
}

function nextCommand(line: string, from: number): number {
  OPERATOR.lastIndex = from;
  return OPERATOR.exec(line)?.index ?? line.length;
}
