/**
 * Reads the INI dialect of Python's configparser as far as folders need it: sections, keys in lower case,
 * values that continue on indented lines (joined with `\n`), comment lines.
 * https://docs.python.org/3/library/configparser.html#supported-ini-file-structure
 */
export function readIni(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let section = new Map<string, string>();
  let key: string | undefined;
  for (const line of text.split(/\r\n?|\n/)) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#') || trimmed.startsWith(';')) continue;
    if (key !== undefined && /^\s/.test(line)) {
      section.set(key, `${section.get(key) ?? ''}\n${trimmed}`);
    } else if (trimmed.startsWith('[') && trimmed.endsWith(']')) {
      const name = trimmed.slice(1, -1);
      section = sections.get(name) ?? new Map<string, string>();
      sections.set(name, section);
      key = undefined;
    } else {
      const at = trimmed.search(/[=:]/);
      key = (at < 0 ? trimmed : trimmed.slice(0, at)).trim().toLowerCase();
      section.set(key, at < 0 ? '' : trimmed.slice(at + 1).trim());
    }
  }
  return sections;
}
