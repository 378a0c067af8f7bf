import { placedSlice, type PlacedText } from '../documents/value-places.ts';
import type { Container, Segment } from '../model/language.ts';
import type { Span } from '../model/text.ts';
import { dockerfile } from './dockerfile.ts';
import { SH, WORDS, type ProgramKind } from './interpreters.ts';
import { codeOf, type Block, type PageCode } from './markdown-blocks.ts';
import { withoutPlaceholders } from './placeholders.ts';
import { partOf, placedIn, SegmentText } from './segment-text.ts';

/**
 * Pages of Markdown, as far as somebody runs what they show: blocks of shells, or of no language, commands in lines of prose
 * and alone on a line of other programs, Dockerfiles, workflows and servers. What stands for a name that the reader knows,
 * `<package>`, is none.
 */
export const markdown: Container = {
  id: 'markdown',
  contents: async (text) => ({ segments: await segmentsOf(text, codeOf(text)), broken: null }),
};

/** Pages that are plain text as well: a command may be a line of them. */
export const plainInstructions: Container = {
  id: 'plain-instructions',
  contents: async (text) => {
    const code = codeOf(text);
    const commands = code.prose.filter((span) => isPlainCommand(text, span));
    return {
      segments: [...(await segmentsOf(text, code)), ...segmentOf(lined(text, commands), WORDS)],
      broken: null,
    };
  },
};

/** What pages call shells (https://github.com/github-linguist/linguist/blob/main/lib/linguist/languages.yml, 2026-11). */
const SHELLS = new Set('bash sh shell zsh ksh dash ash shell-script'.split(' '));
/** What shows what a terminal does, or does not say what it shows. */
const TERMINALS = new Set(
  ' console shell-session shellsession bash-session sh-session terminal text txt plaintext'.split(' '),
);
const LINE_SHELLS = new Set('powershell pwsh ps ps1 posh bat batch cmd dos dosbatch winbatch'.split(' '));
/** Sentences, among which a line may begin with the name of a program. */
const PROSE = new Set(['markdown', 'md', 'mdx', 'log', 'output']);

async function segmentsOf(text: string, { blocks, inline }: PageCode): Promise<readonly Segment[]> {
  const segments: Segment[] = [];
  for (const block of blocks)
    for (const segment of await segmentsOfBlock(text, block)) segments.push(segment);
  // A quote in one of them is the apostrophe of another language; a line ends it.
  const commands = inline.filter(({ start, end }) => /^\$?\s*\w\S*\s+\S/.test(text.slice(start, end)));
  return [...segments, ...segmentOf(lined(text, commands), WORDS)];
}

async function segmentsOfBlock(text: string, block: Block): Promise<readonly Segment[]> {
  const { language, lines } = block;
  if (SHELLS.has(language)) return segmentOf(lined(text, lines), SH);
  if (TERMINALS.has(language)) return segmentOf(commandLines(text, block).map(withoutAsides), SH);
  if (LINE_SHELLS.has(language)) return segmentOf(lined(text, commandSpans(text, block)), WORDS);
  const contained = await dataSegments(language, wholeOf(text, block));
  if (contained !== undefined) return contained;
  if (PROSE.has(language)) return [];
  const commands = lines.filter(({ start, end }) => LONE_COMMAND.test(text.slice(start, end)));
  return segmentOf(lined(text, commands), WORDS);
}

/** A line of words, as a program is started by it, of which few languages have any. */
const LONE_COMMAND =
  /^[ \t]*(?:[!%][ \t]*)?[A-Za-z.][\w./-]*[ \t]+(?:-{1,2}[\w-]+|[@\w][\w@/.-]*)(?=[ \t\r]|$)(?![ \t]*[=(:])/;

/** Sentences end in a point, and have words that no command has. */
const SENTENCE = /[.,:;!?]\s*$|\s(?:a|an|and|are|as|before|for|from|if|in|is|of|or|the|to|when|with)\s/i;

function isPlainCommand(text: string, { start, end }: Span): boolean {
  const line = text.slice(start, end);
  return LONE_COMMAND.test(line) && !SENTENCE.test(line);
}

const PROMPT =
  /^[ \t]*(?:\([\w.-]+\)[ \t]*)?(?:PS(?: [^>\r\n]*)?>|[$%❯➜]|(?:\[[\w.-]+@[^\]\r\n]*\]|[\w.-]+@[\w.-]+(?::[^\s$#%>]*)?)[ \t]*[$#%>])[ \t]+/;

function isPrompted(text: string, { start, end }: Span): boolean {
  return PROMPT.test(text.slice(start, end));
}

function commandLines(text: string, block: Block): readonly PlacedText[] {
  return lined(text, commandSpans(text, block));
}

/** Where a block shows what a terminal does, only lines behind a prompt are commands. */
function commandSpans(text: string, { lines }: Block): readonly Span[] {
  return lines.some((span) => isPrompted(text, span)) ? continued(text, lines) : lines;
}

/** The lines behind a prompt, and those that go on with one. */
function continued(text: string, lines: readonly Span[]): readonly Span[] {
  let goesOn = false;
  return lines.filter((span) => {
    const isCommand = goesOn || isPrompted(text, span);
    goesOn = isCommand && text.slice(span.start, span.end).endsWith('\\');
    return isCommand;
  });
}

/** @returns Lines of a page, without prompts. */
function lined(text: string, lines: readonly Span[]): readonly PlacedText[] {
  return lines.map(({ start, end }) => {
    const prompt = PROMPT.exec(text.slice(start, end))?.[0].length ?? 0;
    return placedSlice(text, { start: start + prompt, end });
  });
}

/** `(npm install without cache)`, and `npm install(?!…)`, which is a regular expression. */
const ASIDE = /\(\?.*|(?<![$<>=(])\([^()&;|\r\n]*\)/g;

/** Where a block need not be a shell's, what stands in parentheses is said by the way. */
function withoutAsides(line: PlacedText): PlacedText {
  const remainder = new SegmentText();
  let from = 0;
  for (const { 0: aside, index } of line.text.matchAll(ASIDE)) {
    remainder.place(partOf(line, { start: from, end: index }));
    from = index + aside.length;
  }
  return remainder.place(partOf(line, { start: from, end: line.text.length })).placed();
}

/** One segment of all these lines; none where they are blank. */
function segmentOf(lines: readonly PlacedText[], kind: ProgramKind): readonly Segment[] {
  const segment = new SegmentText();
  for (const line of lines) {
    for (const part of withoutPlaceholders(line)) segment.place(part);
    segment.add('\n');
  }
  return segment.isEmpty ? [] : [segment.segment(kind)];
}

function wholeOf(text: string, { lines }: Block): PlacedText {
  const whole = new SegmentText();
  for (const line of lines) whole.place(placedSlice(text, line)).add('\n');
  return whole.placed();
}

/** @returns What a block of a format that holds commands has; undefined where it is of none. */
async function dataSegments(language: string, block: PlacedText): Promise<readonly Segment[] | undefined> {
  const container = await containerOf(language, block.text);
  if (container === undefined) return undefined;
  const { segments } = await container.contents(block.text);
  return segments.flatMap((segment) => {
    const { language: segmentLanguage, dialect } = segment;
    if (segmentLanguage !== SH.language) return [];
    return segmentOf(linesOf(placedIn(segment, block)), { language: segmentLanguage, dialect });
  });
}

async function containerOf(language: string, text: string): Promise<Container | undefined> {
  if (/^(?:docker|container)(?:file)?$/.test(language)) return dockerfile;
  const isYaml = /^ya?ml$/.test(language) && /\b(?:run|script|commands?):/.test(text);
  const isJson = /^json[c5]?$/.test(language) && /"(?:command|hooks)"/.test(text);
  if (!isYaml && !isJson) return undefined;
  const { commandTable } = await import('./command-tables.ts');
  return commandTable(isJson ? 'agent-config' : 'shown-yaml');
}

function linesOf(placed: PlacedText): readonly PlacedText[] {
  return [...placed.text.matchAll(/[^\n]+/g)].map(({ 0: line, index }) =>
    partOf(placed, { start: index, end: index + line.length }),
  );
}
