import type { TextNode } from './document.ts';
import { textNode } from './document.ts';

/** One option of an INI file. Section and key are as Python compares them: the key in lower case. */
export interface IniOption {
  readonly section: string;
  readonly key: string;
  /** The lines of the value that say something, without the blanks around them. */
  readonly lines: readonly TextNode[];
}

export interface Ini {
  readonly options: readonly IniOption[];
  readonly broken: readonly { readonly message: string; readonly offset: number }[];
}

/**
 * Reads an INI file as Python's configparser does with its defaults
 * (https://docs.python.org/3/library/configparser.html#supported-ini-file-structure): a line that is indented
 * deeper than its key continues the value, also after empty lines; comments have lines of their own.
 */
export function readIni(text: string): Ini {
  const options: { section: string; key: string; lines: TextNode[] }[] = [];
  const broken: { message: string; offset: number }[] = [];
  let section: string | undefined;
  let option: (typeof options)[number] | undefined;
  let indent = 0;
  for (const { line, offset } of linesOf(text)) {
    const content = line.trim();
    if (content === '' || /^[#;]/.test(content)) continue;
    const start = line.length - line.trimStart().length;
    const node = textNode(text, { start: offset + start, end: offset + start + content.length });
    if (option !== undefined && start > indent) {
      option.lines.push(node);
      continue;
    }
    indent = start;
    const header = /^\[([^\]]+)\]/.exec(content)?.[1];
    const [, key] = /^([^=:]+)[=:]/.exec(content) ?? [];
    option = undefined;
    if (header !== undefined) section = header;
    else if (section === undefined || key === undefined) {
      const message = section === undefined ? 'expected a [section] first' : 'expected “key = value”';
      broken.push({ message, offset: node.span.start });
    } else {
      const value = valueNode(text, node, key.length + 1);
      option = { section, key: key.trim().toLowerCase(), lines: value === undefined ? [] : [value] };
      options.push(option);
    }
  }
  return { options, broken: broken.slice(0, 1) };
}

function* linesOf(text: string): Generator<{ readonly line: string; readonly offset: number }> {
  let offset = text.startsWith('\uFEFF') ? 1 : 0;
  for (const end of text.matchAll(/\r\n?|\n/g)) {
    yield { line: text.slice(offset, end.index), offset };
    offset = end.index + end[0].length;
  }
  yield { line: text.slice(offset), offset };
}

function valueNode(text: string, { value, span }: TextNode, from: number): TextNode | undefined {
  const tail = value.slice(from);
  const start = span.end - tail.trimStart().length;
  return start === span.end ? undefined : textNode(text, { start, end: span.end });
}
