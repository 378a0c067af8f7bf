import { entriesAt, textsAt } from '../../documents/document.ts';
import { resolveEscape } from '../../documents/escapes.ts';
import { readYaml } from '../../documents/yaml.ts';
import type { Span } from '../../model/text.ts';

/** A setting of Yarn 1. `span` is where its value stands, without quotes. */
export interface ClassicSetting {
  readonly key: string;
  readonly value: string;
  readonly span: Span;
}

/**
 * Reads the settings of Yarn 1 (https://classic.yarnpkg.com/en/docs/yarnrc), which it reads as its lockfile
 * (https://github.com/yarnpkg/yarn/blob/v1.22.22/src/lockfile/parse.js): `key value` or `key: value`, with or without
 * quotes, several in a line, several keys of one value. A text that is written otherwise is YAML to it.
 *
 * @returns The settings that are no part of another one, in the order of the text.
 */
export async function classicSettings(text: string): Promise<readonly ClassicSetting[]> {
  const { settings, isWhole } = readLines(text);
  if (isWhole) return settings;
  const { root } = await readYaml(text);
  const yaml = entriesAt(root).flatMap(({ key, value }) =>
    textsAt(value).map((node) => ({ key: key.value, value: node.value, span: node.span })),
  );
  const labelOf = ({ key, value }: ClassicSetting) => JSON.stringify([key, value]);
  const labels = new Set(settings.map(labelOf));
  return [...settings, ...yaml.filter((setting) => !labels.has(labelOf(setting)))];
}

/**
 * A key may be that of an option, for every command or for one: `--registry`, `--install.registry`, `--*.registry`
 * (https://classic.yarnpkg.com/en/docs/yarnrc#toc-cli-arguments).
 *
 * @returns What the registry is for that a key names; null for another setting.
 */
export function classicRegistryOf(key: string): { readonly scope: string | undefined } | null {
  const match = /^(?:--(?:[^.]+\.)?|(@[^\s:]+):)?registry$/i.exec(key);
  return match === null ? null : { scope: match[1] };
}

interface LinesRead {
  readonly settings: ClassicSetting[];
  /** The text is written in Yarn's own format, and in no other. */
  readonly isWhole: boolean;
}

function readLines(text: string): LinesRead {
  const settings: ClassicSetting[] = [];
  let isWhole = true;
  let isNested = false;
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
    // Behind a carriage return alone, blanks do not indent.
    if (isNested && /^[ \t]/.test(line) && text[index - 1] === '\n') continue;
    const read = readLine(wordsOf(line, index));
    for (const setting of read.settings) settings.push(setting);
    isWhole = isWhole && read.isWhole;
    isNested = read.opensTable;
  }
  return { settings, isWhole };
}

interface Word {
  readonly kind: 'text' | 'sign' | 'other';
  readonly value: string;
  readonly span: Span;
  /** Yarn’s own format has it. */
  readonly isUsual: boolean;
}

/**
 * What a line consists of: behind a number, `true` and `false` the next word begins at once. Yarn’s own format has neither single quotes nor a scope or an address without quotes; they
 * are read all the same.
 */
const words =
  /#.*|(?<quoted>"(?:[^"\\]|\\.)*(?<end>"?))|(?<sign>[:,])|(?<loose>'[^']*'|@[^\s:,"']*(?::[^\s:,"']+)?|https?:\/\/[^\s"',]+)|(?<bare>\d+|true|false|[a-z/.-][^:, ]*)|(?<stray>[^# \ufeff])/gi;

const letters = new Map(
  Object.entries({ b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', '/': '/' }),
);

function wordsOf(line: string, offset: number): readonly Word[] {
  return [...line.matchAll(words)].flatMap(({ 0: raw, index, groups = {} }): Word[] => {
    const span = { start: offset + index, end: offset + index + raw.length };
    const inner = { start: span.start + 1, end: span.end - 1 };
    const { quoted, end, sign, loose, bare, stray } = groups;
    if (quoted !== undefined) {
      const value = raw
        .slice(1, -1)
        .replace(/\\(?:u[\da-f]{4}|.)/gi, (escape) => resolveEscape(escape, letters));
      return [{ kind: 'text', value, span: inner, isUsual: end === '"' }];
    }
    if (loose?.startsWith("'") === true)
      return [{ kind: 'text', value: raw.slice(1, -1), span: inner, isUsual: false }];
    if (loose !== undefined) return [{ kind: 'text', value: raw, span, isUsual: false }];
    if (bare !== undefined) return [{ kind: 'text', value: raw, span, isUsual: true }];
    if (sign !== undefined) return [{ kind: 'sign', value: raw, span, isUsual: true }];
    return stray === undefined ? [] : [{ kind: 'other', value: raw, span, isUsual: false }];
  });
}

/** Reads `key, key: value` again and again. With nothing behind the colon, the lines below are a table. */
function readLine(line: readonly Word[]): LinesRead & { readonly opensTable: boolean } {
  const settings: ClassicSetting[] = [];
  let isWhole = line.every(({ isUsual }) => isUsual);
  let keys: string[] = [];
  let last: Word | undefined;
  for (const word of line) {
    const isKey =
      word.kind === 'text' && (keys.length === 0 || (last?.kind === 'sign' && last.value === ','));
    if (isKey) {
      keys.push(word.value);
    } else if (word.kind === 'text') {
      for (const key of keys) settings.push({ key, value: word.value, span: word.span });
      keys = [];
    } else if (word.kind === 'other' || keys.length === 0 || last?.kind !== 'text') {
      isWhole = false;
      keys = [];
    }
    last = word;
  }
  const opensTable = keys.length > 0 && last?.kind === 'sign' && last.value === ':';
  return { settings, isWhole: isWhole && (keys.length === 0 || opensTable), opensTable };
}
