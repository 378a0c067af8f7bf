import type { TextNode } from './document.ts';
import { textNode } from './document.ts';
import { iniLines, type IniDialect } from './ini-lines.ts';

/** A line of npm's settings. */
export interface NpmSetting {
  /** null before the first section. */
  readonly section: string | null;
  /** Without the `[]` of a list. */
  readonly key: TextNode;
  /** null where the line is a key alone, which stands for `true`. */
  readonly value: TextNode | null;
}

/**
 * What npm, pnpm and Yarn 1 read settings with (https://github.com/npm/ini/blob/v6.0.0/lib/ini.js): blanks are those of
 * JavaScript, and a section begins a line and ends it. A value with a line separator of Unicode, which that reader leaves
 * out, is read: to bun it is one.
 */
const dialect: IniDialect = {
  lineEnd: /[\r\n]+/g,
  blank: /\s/,
  comment: /^[;#]/,
  seesContent: false,
  section: /^\[(?<section>[^\]]*)\]\s*$/,
  option: /^(?<key>[^=]+)(?:=(?<value>.*))?$/ds,
};

/** Reads an npmrc. Every line counts, also where a later one replaces it. */
export function readNpmIni(text: string): readonly NpmSetting[] {
  const settings: NpmSetting[] = [];
  let section: string | null = null;
  for (const line of iniLines(text, dialect)) {
    if (line.section !== null) section = line.section.trim();
    else if (line.option !== null) {
      const key = meaning(text, line.option.key);
      const value = line.option.value && meaning(text, line.option.value);
      settings.push({ section, key: { ...key, value: key.value.replace(/(?<=.)\[\]$/s, '') }, value });
    }
  }
  return settings;
}

/** What a key or a value stands for: JSON between quotes, otherwise what stands before a comment. */
function meaning(text: string, node: TextNode): TextNode {
  const { value, span } = node;
  const isQuoted = /^(?:".*"|'.*'|["'])$/s.test(value);
  if (!isQuoted) {
    const [uncommented = ''] = /^(?:\\.|[^\\;#])*\\?/s.exec(value) ?? [];
    const plain = uncommented.trimEnd();
    const unescaped = plain.replace(/\\([\\;#])/g, '$1').trim();
    return { ...textNode(text, { start: span.start, end: span.start + plain.length }), value: unescaped };
  }
  const inner = textNode(text, { start: span.start + 1, end: Math.max(span.start + 1, span.end - 1) });
  return { ...inner, value: parsed(value.startsWith("'") ? value.slice(1, -1) : value) };
}

/** Text in quotes that is no JSON stays as it is; as a key or an address, a list is its items between commas. */
function parsed(json: string): string {
  try {
    const value: unknown = JSON.parse(json);
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    return items.every((item) => typeof item !== 'object' || item === null) ? items.join(',') : json;
  } catch (error) {
    if (error instanceof SyntaxError) return json;
    throw error;
  }
}
