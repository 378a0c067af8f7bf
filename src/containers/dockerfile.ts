import { placedSlice, placedValue, type PlacedText } from '../documents/value-places.ts';
import { PYTHON } from '../languages/python/dialects.ts';
import type { Segment, SynchronousContainer } from '../model/language.ts';
import { escapeOf, instructionsIn, type Heredoc, type Instruction } from './dockerfile-instructions.ts';
import { EXEC, programOfScript, programReadBy, SH, WORDS, type ProgramKind } from './interpreters.ts';
import {
  otherSettings,
  partOf,
  SegmentText,
  sourceSettings,
  verbatimSegment,
  within,
  type Setting,
} from './segment-text.ts';

/**
 * Dockerfiles (https://docs.docker.com/reference/dockerfile/): what is run while an image is built, and what it starts. A
 * command in the form of a list is no shell's. What a stage sets with ENV and ARG holds for what follows in it, and in every
 * image that is made from it.
 */
export const dockerfile: SynchronousContainer = {
  id: 'dockerfile',
  contents: (text) => ({ segments: segmentsOf(text), broken: null }),
};

/** What holds for the next instruction of a stage. */
interface Stage {
  readonly settings: readonly Setting[];
  /** undefined where its shell is none that is read. */
  readonly shell: ProgramKind | undefined;
  /** The list of ENTRYPOINT, which that of CMD goes on. */
  readonly entrypoint: readonly PlacedText[];
}

function segmentsOf(text: string): readonly Segment[] {
  const segments: Segment[] = [];
  // A backtick is the escape of files for Windows, whose images have cmd for a shell.
  const initial: Stage = { settings: [], shell: escapeOf(text) === '`' ? WORDS : SH, entrypoint: [] };
  const stages = new Stages(initial);
  for (const instruction of instructionsIn(text)) {
    const { name, operands } = instruction;
    const stage = stages.current;
    if (name === 'FROM') stages.begin(operands.text);
    else if (name === 'ENV' || name === 'ARG')
      stages.change({ settings: sourceSettings([...stage.settings, ...settingsIn(operands)]) });
    else if (name === 'SHELL') stages.change({ shell: shellOf(operands) });
    else {
      for (const segment of segmentsOfCommand(text, instruction, stage)) segments.push(segment);
      if (name === 'ENTRYPOINT') stages.change({ entrypoint: listIn(operands) ?? [] });
    }
  }
  return [...segments, ...otherSettings(stages.settings, segments)];
}

/** What holds in the stages of a file: one that begins with another's image has what that one has set. */
class Stages {
  readonly #named = new Map<string, Stage>();
  /** What the stages before have set. */
  readonly #left = new Set<Setting>();
  #name: string | null = null;
  #current: Stage;
  /** What stands before the first stage. */
  #outside: Stage;

  constructor(initial: Stage) {
    this.#current = initial;
    this.#outside = initial;
  }

  /** What the images have set that the stages make, so far. */
  get settings(): readonly Setting[] {
    return [...this.#left, ...this.#current.settings];
  }

  get current(): Stage {
    return this.#current;
  }

  change(change: Partial<Stage>): void {
    this.#current = { ...this.#current, ...change };
    if (this.#name === null) this.#outside = this.#current;
    else this.#named.set(this.#name, this.#current);
  }

  /** @param image What stands behind FROM: `node:20 AS build`. */
  begin(image: string): void {
    for (const setting of this.#current.settings) this.#left.add(setting);
    const [base = '', , name] = image.trim().toLowerCase().split(/\s+/);
    this.#current = this.#named.get(base) ?? this.#outside;
    this.#name = name ?? '';
    this.#named.set(this.#name, this.#current);
  }
}

function shellOf(operands: PlacedText): ProgramKind | undefined {
  return programReadBy((listIn(operands) ?? []).map(({ text }) => text).join(' '));
}

function segmentsOfCommand(
  text: string,
  { name, operands, heredocs }: Instruction,
  stage: Stage,
): readonly Segment[] {
  switch (name) {
    case 'RUN':
      return heredocs.length > 0
        ? withHeredocs(text, { operands, heredocs, stage })
        : commandSegments(operands, stage);
    case 'COPY':
    case 'ADD':
      return heredocs.flatMap(({ body }) => scriptSegments(text, body, undefined));
    case 'CMD': {
      const list = listIn(operands);
      if (list === undefined || stage.entrypoint.length === 0) return commandSegments(operands, stage);
      return [execSegment([...stage.entrypoint, ...list], stage)];
    }
    case 'ENTRYPOINT':
      return commandSegments(operands, stage);
    case 'HEALTHCHECK': {
      const [prefix] = /^CMD\s+/i.exec(operands.text) ?? [];
      return prefix === undefined
        ? []
        : commandSegments(partOf(operands, { start: prefix.length, end: operands.text.length }), stage);
    }
    default:
      return [];
  }
}

function commandSegments(command: PlacedText, stage: Stage): readonly Segment[] {
  const list = listIn(command);
  if (list !== undefined) return list.length === 0 ? [] : [execSegment(list, stage)];
  if (stage.shell === undefined || command.text.trim() === '') return [];
  return [settingText(stage, stage.shell).place(command).segment(stage.shell)];
}

function execSegment(words: readonly PlacedText[], { settings }: Stage): Segment {
  const segment = new SegmentText();
  for (const setting of settings) segment.assignment(setting, ' ');
  for (const word of words) segment.word(word);
  return segment.segment(EXEC);
}

/** What stands before commands of a shell; nothing before a program in another language. */
function settingText({ settings }: Stage, { language }: ProgramKind): SegmentText {
  const segment = new SegmentText();
  if (language === SH.language) for (const setting of settings) segment.assignment(setting, '\n');
  return segment;
}

interface HeredocRun {
  readonly operands: PlacedText;
  readonly heredocs: readonly Heredoc[];
  readonly stage: Stage;
}

/**
 * Texts alone are scripts of the stage's shell, or of what their first line names. A command that they are handed to may be
 * an interpreter; else they are a part of the shell's text.
 */
function withHeredocs(text: string, { operands, heredocs, stage }: HeredocRun): readonly Segment[] {
  let command = operands.text;
  for (const { opening } of heredocs) command = command.replace(opening, ' ');
  const [first] = heredocs;
  if (command.trim() === '' && first !== undefined) return scriptSegments(text, first.body, stage);
  const segments: Segment[] = [];
  const shellText = stage.shell && settingText(stage, stage.shell).place(operands).add('\n');
  for (const { opening, name, body } of heredocs) {
    const reader = readerOf(operands.text, opening);
    if (reader?.language !== PYTHON) shellText?.place(placedSlice(text, body));
    else for (const segment of verbatimSegment(text, body, reader)) segments.push(segment);
    shellText?.add(`${name}\n`);
  }
  const isAllRead = segments.length === heredocs.length && !OPERATOR.test(command);
  if (stage.shell === undefined || shellText === undefined || isAllRead) return segments;
  return [shellText.segment(stage.shell), ...segments];
}

const OPERATOR = /[;|&\n]/;

/** @returns What a heredoc is handed to, where that is told nothing but options: `cd a && python3 - <<EOF`. */
function readerOf(operands: string, opening: string): ProgramKind | undefined {
  const at = operands.indexOf(opening);
  const precedingWords = operands.slice(0, at).split(OPERATOR).at(-1) ?? '';
  const [followingWords = ''] = operands.slice(at + opening.length).split(OPERATOR);
  const command = `${precedingWords} ${followingWords}`;
  return /^\s*[^\s<>]+(?:\s+-[^\s<>]*)*\s*$/.test(command) ? programReadBy(command) : undefined;
}

/** @param stage Whose shell reads what names no interpreter; undefined where nothing does. */
function scriptSegments(text: string, body: Heredoc['body'], stage: Stage | undefined): readonly Segment[] {
  const named = programOfScript(text.slice(body.start, body.end));
  const kind = named === null ? stage?.shell : named;
  if (kind === undefined) return [];
  if (stage === undefined || kind.language !== SH.language) return verbatimSegment(text, body, kind);
  return [settingText(stage, kind).place(placedSlice(text, body)).segment(kind)];
}

const STRING = /"(?:[^"\\]|\\[^])*"/g;

/** @returns The words of a command in the form of a list, which is JSON; undefined where a shell reads the command. */
function listIn(command: PlacedText): readonly PlacedText[] | undefined {
  const { text, pieces } = command;
  if (!text.trimStart().startsWith('[') || !text.trimEnd().endsWith(']')) return undefined;
  const operands = text.replace(STRING, (string) => ' '.repeat(string.length));
  if (!/^[\s,[\]]*$/.test(operands)) return undefined;
  const words: PlacedText[] = [];
  for (const { 0: raw, index } of text.matchAll(STRING)) {
    const value = stringOf(raw);
    if (value === undefined) return undefined;
    const span = { start: index + 1, end: index + raw.length - 1 };
    const node = { kind: 'text', value, raw: raw.slice(1, -1), at: index, span } as const;
    words.push(within(placedValue(text, node), pieces));
  }
  return words;
}

function stringOf(raw: string): string | undefined {
  try {
    const value: unknown = JSON.parse(raw);
    return typeof value === 'string' ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** `ENV A=b C="d e"`, `ENV A b c`, `ARG A=b`. */
function settingsIn(operands: PlacedText): readonly Setting[] {
  const { text } = operands;
  const [single, name] = /^([\w.-]+)\s+(?=[^\s=])/.exec(text) ?? [];
  if (single !== undefined && name !== undefined)
    return [{ name, value: partOf(operands, { start: single.length, end: text.trimEnd().length }) }];
  const settings: Setting[] = [];
  for (const { 1: key = '', 2: value = '', index } of text.matchAll(
    /(?<!\S)([\w.-]+)=("(?:[^"\\]|\\[^])*"|'[^']*'|(?:[^\s\\]|\\[^])*)/g,
  )) {
    const start = index + key.length + 1;
    const quotes = /^["']/.test(value) ? 1 : 0;
    const span = { start: start + quotes, end: start + value.length - quotes };
    settings.push({ name: key, value: partOf(operands, span) });
  }
  return settings;
}
