import type { TextNode } from './document.ts';
import { iniLines, type IniDialect } from './ini-lines.ts';
import { interpolate } from './interpolation.ts';

/** One option of a file of Python's configparser. */
export interface IniOption {
  readonly section: string;
  /** In lower case, as the parser compares it where it is not told otherwise. */
  readonly key: string;
  /** The key as written, as setuptools compares it. */
  readonly name: string;
  /** Its first line stands below the key. */
  readonly isBelow: boolean;
  /** The lines of the value that say something, without the blanks around them. */
  readonly lines: readonly TextNode[];
}

/** What Python's configparser reads. */
export interface ConfigParserFile {
  /** The names of all sections, also of those without an option. */
  readonly sections: ReadonlySet<string>;
  /** In the order of the text, as written; those of `DEFAULT` among them. */
  readonly options: readonly IniOption[];
  readonly broken: readonly { readonly message: string; readonly offset: number }[];
}

/** Whose options every section has that does not say otherwise. */
const DEFAULT = 'DEFAULT';

/**
 * Python's configparser with its own delimiters and comments, which setuptools, pip and most tools use
 * (https://github.com/python/cpython/blob/v3.11.7/Lib/configparser.py). Files are opened with universal newlines, and
 * `str.strip` takes away what Unicode calls white space, the separators of ASCII and NEL among it. Since Python 3.9 the
 * name of a section may hold a bracket; none that anybody asks for does.
 */
const dialect: IniDialect = {
  lineEnd: /\r\n?|\n/g,
  // eslint-disable-next-line no-control-regex -- they are white space to Python
  blank: /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/,
  comment: /^[#;]/,
  seesContent: true,
  section: /^\[(?<section>[^\]]+)\]/,
  option: /^(?<key>[^=:]*)(?:[=:](?<value>.*))?$/ds,
};

/**
 * Reads an INI file as Python's configparser does: a line that is indented deeper than its key continues the value,
 * also after empty lines, and comments have lines of their own. What stands twice, which the parser refuses, counts
 * twice.
 */
export function readConfigParser(text: string): ConfigParserFile {
  const options: (IniOption & { readonly lines: TextNode[] })[] = [];
  const broken: { message: string; offset: number }[] = [];
  const sections = new Set<string>();
  let section: string | undefined;
  let option: (typeof options)[number] | undefined;
  let depth = 0;
  for (const { content, indent, ...line } of iniLines(text.replace(/^\uFEFF/, ' '), dialect)) {
    if (option !== undefined && indent > depth) {
      option.lines.push(content);
      continue;
    }
    depth = indent;
    option = undefined;
    if (line.section !== null) {
      section = line.section;
      sections.add(section);
    } else if (section === undefined || !line.option?.value || line.option.key.value === '') {
      const message = section === undefined ? 'expected a [section] first' : 'expected “key = value”';
      broken.push({ message, offset: content.span.start });
    } else {
      const { key, value } = line.option;
      const isBelow = value.value === '';
      const name = key.value;
      option = { section, key: name.toLowerCase(), name, isBelow, lines: isBelow ? [] : [value] };
      options.push(option);
    }
  }
  return { sections, options, broken: broken.slice(0, 1) };
}

/**
 * @returns The options of a section as pip reads them: before its own ones those of `DEFAULT` that it does not have. None
 *   where there is no such section.
 */
export function optionsOf({ sections, options }: ConfigParserFile, section: string): readonly IniOption[] {
  if (!sections.has(section)) return [];
  const ownOptions = options.filter((option) => option.section === section);
  const names = new Set(ownOptions.map(({ name }) => name));
  const common = options.filter((option) => option.section === DEFAULT && !names.has(option.name));
  return [...common.map((option) => ({ ...option, section })), ...ownOptions];
}

/**
 * @returns The options of a section as setuptools reads them, with what `%(name)s` stands for. A value that Python
 *   refuses stays as it is. A line that stands for others has the place of the line.
 */
export function interpolatedOptionsOf(file: ConfigParserFile, section: string): readonly IniOption[] {
  const options = optionsOf(file, section);
  const byKey = new Map(options.map((option) => [option.key, option]));
  const byName = new Map(options.map((option) => [option.name, option]));
  const valueOf = (name: string) => {
    const option = byName.get(name) ?? byKey.get(name.toLowerCase());
    if (option === undefined) return undefined;
    const lines = option.lines.map(({ value }) => value);
    return option.isBelow && lines.length > 0 ? ['', ...lines].join('\n') : lines.join('\n');
  };
  return options.map((option) => ({
    ...option,
    lines: option.lines.flatMap((line) => {
      const value = line.value.includes('%') ? interpolate(line.value, valueOf) : null;
      if (value === null || value === line.value) return [line];
      const pieces = value.split('\n').map((piece) => piece.trim());
      return pieces.filter((piece) => piece !== '').map((piece) => ({ ...line, value: piece }));
    }),
  }));
}
