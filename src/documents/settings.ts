/** One line of an INI-like file. `section` is null before the first one. */
export interface Setting {
  readonly section: string | null;
  readonly key: string;
  readonly value: string;
}

/**
 * Reads what npmrc and pip.conf have in common: sections, `key = value` lines, comments with `;` or `#`,
 * and, inside a section, values that go on in indented lines (Python's configparser).
 */
export function readSettings(text: string): readonly Setting[] {
  const settings: { section: string | null; key: string; value: string }[] = [];
  let section: string | null = null;
  for (const line of text.split(/\r\n?|\n/)) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#') || trimmed.startsWith(';')) continue;
    const last = settings.at(-1);
    if (/^\s/.test(line) && last !== undefined && last.section !== null && last.section === section) {
      last.value += `\n${trimmed}`;
      continue;
    }
    const header = /^\[([^\]]*)\]$/.exec(trimmed)?.[1];
    if (header !== undefined) {
      section = header.trim();
      continue;
    }
    const [key, value] = splitAt(trimmed, trimmed.indexOf('='));
    settings.push({ section, key: unquote(key.trim()), value: unquote(value.trim()) });
  }
  return settings;
}

function splitAt(text: string, at: number): [string, string] {
  return at === -1 ? [text, 'true'] : [text.slice(0, at), text.slice(at + 1)];
}

function unquote(text: string): string {
  const quoted = /^"(.*)"$|^'(.*)'$/.exec(text);
  return quoted?.[1] ?? quoted?.[2] ?? text;
}
