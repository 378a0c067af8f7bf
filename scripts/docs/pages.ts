import type { SupportedFiles } from './supported-files.ts';

/** A rule as the table of README.md shows it. */
export interface ListedRule {
  readonly id: string;
  readonly severity: string;
  readonly summary: string;
}

/** The endings of a language or container, without their dot. */
interface Extensions {
  readonly extensions: readonly string[];
}

/** What the editors' page says of languages. */
export interface EditorLanguages {
  /** Each id that an editor has for a language, and the ending of a file in it. */
  readonly languageIds: readonly { readonly id: string; readonly extension: string }[];
  readonly languages: readonly Extensions[];
  /** Those of which no extension has an id are opened in another form than text: notebooks. */
  readonly containers: readonly Extensions[];
  /** What Neovim calls the formats of manifests that it knows. */
  readonly manifestTypes: readonly string[];
}

/** @returns The page with a row for each rule. */
export function rulesPage(page: string, rules: readonly ListedRule[]): string {
  const table = [
    '| rule | default | refuses |',
    '|---|---|---|',
    ...rules.map(
      ({ id, severity, summary }) => `| [${id}](rules/${id}/README.md) | ${severity} | ${summary} |`,
    ),
  ].join('\n');
  return withSections(page, 'rules', () => `\n## Rules\n\n${table}\n\n`);
}

/** @returns The page with a row for each kind of file that is read. */
export function supportedFilesPage(page: string, rows: readonly SupportedFiles[]): string {
  const cells = rows.map(
    ({ kind, names, purposes }) =>
      `| ${kind} | ${purposes.join(', ')} | ${joined(names)
        .map((name) => `\`${name}\``)
        .join(', ')} |`,
  );
  const table = ['| kind | read for | files |', '|---|---|---|', ...cells].join('\n');
  return withSections(page, 'files', () => `\n${table}\n\n`);
}

/** Four names and more that differ by their endings alone stand as one: `vite.config.{ts,js,mts,mjs}`. */
function joined(names: readonly string[]): readonly string[] {
  const byStem = new Map<string, string[]>();
  for (const name of names) {
    const [, stem = name, ending = ''] = /^(.*[\w-])\.(\w+)$/.exec(name) ?? [];
    byStem.set(stem, [...(byStem.get(stem) ?? []), ending]);
  }
  return [...byStem].flatMap(([stem, found]) =>
    found.length < 4 || found.includes('')
      ? found.map((ending) => (ending === '' ? stem : `${stem}.${ending}`))
      : [`${stem}.{${found.join(',')}}`],
  );
}

/** @returns The page with every list of languages in its marked sections; all else in them stays. */
export function editorsPage(page: string, editorLanguages: EditorLanguages): string {
  const { languageIds, manifestTypes } = editorLanguages;
  const ids = languageIds.map(({ id }) => id);
  const patterns = openedExtensions(editorLanguages).map((extension) => `*.${extension}`);
  const types = [...ids, ...manifestTypes].map((type) => `'${type}',`);
  const quoted = ids.map((id) => `"${id}"`);
  const lists: readonly List[] = [
    { expression: /(pattern = \{\n)[^}]*?( *\})/, text: `${wrapped(types, 4)}\n` },
    { expression: /(filetypes = \{\n)[^}]*?( *\})/, text: `${wrapped(types, 4)}\n` },
    { expression: /("glspc\.server\.languageId": \[)[^\]]*(\])/, text: quoted.join(', ') },
    { expression: /(\(lsp-activate-on\n)[^)]*(\))/, text: wrapped(quoted, 5) },
    { expression: /(`)\*\.[^`]*(`)/, text: patterns.join(';') },
  ];
  const absent = new Set(lists);
  const written = withSections(page, 'languages', (section) =>
    lists.reduce((text, list) => {
      if (list.expression.test(text)) absent.delete(list);
      return text.replace(list.expression, (_, before: string, after: string) => before + list.text + after);
    }, section),
  );
  const [missing] = absent;
  if (missing) throw new Error(`no marked section of the editors' page has ${missing.expression.source}`);
  return written;
}

/** @throws Error where a language has no id, or an id no language. */
function openedExtensions({ languageIds, languages, containers }: EditorLanguages): string[] {
  const hasId = ({ extensions }: Extensions) =>
    languageIds.some(({ extension }) => extensions.includes(extension));
  const nameless = languages.find((language) => !hasId(language));
  if (nameless) throw new Error(`no editor has an id for .${nameless.extensions.join(', .')}`);
  const opened = [...languages, ...containers.filter(hasId)].flatMap(({ extensions }) => extensions);
  const stray = languageIds.find(({ extension }) => !opened.includes(extension));
  if (stray) throw new Error(`nothing reads .${stray.extension}, the ending of ${stray.id}`);
  return opened;
}

/** Where a list stands, between what the two groups hold, and what is to stand there. */
interface List {
  readonly expression: RegExp;
  readonly text: string;
}

/** Writes what stands between `<!-- name: … -->` and `<!-- /name -->`. */
function withSections(page: string, name: string, write: (section: string) => string): string {
  const section = new RegExp(`(?<=<!-- ${name}: [^\\n]* -->\\n).*?(?=<!-- /${name} -->)`, 'gs');
  if (page.search(section) < 0) throw new Error(`the page has no section <!-- ${name}: … -->`);
  return page.replace(section, write);
}

/** Words in lines of 80 characters. */
function wrapped(words: readonly string[], indent: number): string {
  const lines: string[] = [];
  for (const word of words) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= 80)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(' '.repeat(indent) + word);
  }
  return lines.join('\n');
}
