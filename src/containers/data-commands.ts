import {
  entriesAt,
  scalarText,
  select,
  textsAt,
  type Node,
  type TableNode,
  type TextNode,
  type Tree,
} from '../documents/document.ts';
import { readJson } from '../documents/json.ts';
import { readToml } from '../documents/toml.ts';
import { placedValue, type PlacedText } from '../documents/value-places.ts';
import { readYaml } from '../documents/yaml.ts';
import { PYTHON } from '../languages/python/dialects.ts';
import type { Contained, Container, Segment } from '../model/language.ts';
import { LONGEST_DATA, tooLong } from '../text/longest.ts';
import {
  commandPaths,
  follow,
  progressKey,
  startOf,
  type CommandPath,
  type CommandReading,
  type CommandTable,
  type Progress,
} from './command-paths.ts';
import { dockerfile } from './dockerfile.ts';
import { EXEC, programReadBy, SH, WORDS, type ProgramKind } from './interpreters.ts';
import {
  otherSettings,
  partOf,
  placedIn,
  SegmentText,
  sourceSettings,
  within,
  type Setting,
} from './segment-text.ts';

/** @returns A reader of data files that hold commands at the paths of a table. */
export function dataCommands(id: string, table: CommandTable): Container {
  return { id, contents: (text) => contentsOf(text, table) };
}

/** A part of a file that is read by itself: YAML may hold several documents. */
interface Part {
  readonly text: string;
  readonly offset: number;
}

async function contentsOf(text: string, table: CommandTable): Promise<Contained> {
  if (text.trim() === '') return { segments: [], broken: null };
  if (text.length > LONGEST_DATA) return { segments: [], broken: { message: tooLong, offset: LONGEST_DATA } };
  const segments: Segment[] = [];
  let broken: Contained['broken'] = null;
  for (const part of table.syntax === 'yaml' ? documentsIn(text) : [{ text, offset: 0 }]) {
    const tree = await readers[table.syntax](part.text);
    const [error] = tree.broken;
    if (error !== undefined) broken ??= { message: error.message, offset: error.offset + part.offset };
    if (tree.root === undefined) continue;
    for (const segment of new CommandFinder(part, table).find(tree.root)) segments.push(segment);
  }
  return { segments, broken: table.isRead === true || isTemplate(text) ? null : broken };
}

const readers: Readonly<Record<CommandTable['syntax'], (text: string) => Promise<Tree>>> = {
  json: (text) => readJson(text),
  toml: readToml,
  yaml: (text) => readYaml(text),
};

/** What a template engine makes such a file of need not be one. Expressions of workflows stand in texts of YAML. */
function isTemplate(text: string): boolean {
  return /\{%|(?<!\$)\{\{/.test(text);
}

/** https://yaml.org/spec/1.2.2/#912-document-markers */
function documentsIn(text: string): readonly Part[] {
  const starts = [0, ...[...text.matchAll(/^---(?=\s)/gm)].map(({ index }) => index)];
  return [...new Set(starts)]
    .map((start, at, all) => ({ text: text.slice(start, all[at + 1]), offset: start }))
    .filter((part) => part.text.trim() !== '');
}

/** What holds for the commands below a table. */
interface Circumstances {
  readonly settings: readonly Setting[];
  /** undefined where what reads the commands reads no language that is known here. */
  readonly shell: ProgramKind | undefined;
  /** Nothing names the shell. */
  readonly isUsualShell: boolean;
}

class CommandFinder {
  readonly #part: Part;
  readonly #table: CommandTable;
  readonly #paths: readonly CommandPath[];
  readonly #segments: Segment[] = [];
  readonly #settings: Setting[] = [];
  /** Values that were read: several paths may lead to one. */
  readonly #read = new Set<Node>();
  /** Aliases of YAML lead to the same value again. */
  readonly #seen = new Map<Node, Set<string>>();

  constructor(part: Part, table: CommandTable) {
    this.#part = part;
    this.#table = table;
    this.#paths = commandPaths(table);
  }

  find(root: Node): readonly Segment[] {
    this.#visit(root, startOf(this.#paths), { settings: [], shell: SH, isUsualShell: true });
    return [...this.#segments, ...otherSettings(this.#settings, this.#segments)];
  }

  #visit(node: Node, progress: Progress, outer: Circumstances): void {
    if (node.kind === 'other' || (progress.open.length === 0 && progress.reading === undefined)) return;
    if (!this.#isNew(node, progress)) return;
    if (progress.reading !== undefined) this.#readCommand(node, progress.reading, outer);
    if (node.kind === 'text') return;
    if (node.kind === 'list') {
      for (const item of node.items)
        this.#visit(
          item,
          { ...progress, reading: item.kind === 'table' ? progress.reading : undefined },
          outer,
        );
      return;
    }
    const circumstances = this.#circumstancesOf(node, outer);
    for (const { key, value } of node.entries) this.#visit(value, follow(progress, key.value), circumstances);
  }

  #isNew(node: Node, progress: Progress): boolean {
    const key = progressKey(progress, this.#paths);
    const progressKeys = this.#seen.get(node) ?? new Set();
    this.#seen.set(node, progressKeys);
    if (progressKeys.has(key)) return false;
    progressKeys.add(key);
    return true;
  }

  #circumstancesOf(table: TableNode, outer: Circumstances): Circumstances {
    const { settings: keys = [], shells = [], machines = [] } = this.#table;
    const tableSettings = sourceSettings(
      keys.flatMap((key) => select(table, key)).flatMap((node) => this.#settingsIn(node)),
    );
    for (const setting of tableSettings) this.#settings.push(setting);
    const settings =
      tableSettings.length === 0 ? outer.settings : sourceSettings([...outer.settings, ...tableSettings]);
    const [name] = shells.flatMap((path) => select(table, ...path.split(' ')).map(scalarText));
    if (name !== undefined) return { settings, shell: shellNamed(name), isUsualShell: false };
    const isWindows = machines
      .flatMap((key) => textsAt(table, key))
      .some(({ value }) => /^windows/i.test(value));
    return { ...outer, settings, ...(outer.isUsualShell && isWindows && { shell: WORDS }) };
  }

  /** `A: b`, `- A=b`, `- { name: A, value: b }`. */
  #settingsIn(node: Node): readonly Setting[] {
    if (node.kind === 'table')
      return node.entries.flatMap(({ key, value }) => this.#setting(key.value, value));
    if (node.kind !== 'list') return [];
    return node.items.flatMap((item) => {
      if (item.kind === 'table') {
        const [name] = textsAt(item, 'name');
        const [value] = select(item, 'value');
        return name === undefined || value === undefined ? [] : this.#setting(name.value, value);
      }
      const [whole, name] = (item.kind === 'text' ? /^(\w+)=/.exec(item.value) : null) ?? [];
      if (item.kind !== 'text' || whole === undefined || name === undefined) return [];
      const value = partOf(this.#placed(item), { start: whole.length, end: item.value.length });
      return [{ name, value }];
    });
  }

  /** GitLab's variables may have a table for a value. */
  #setting(name: string, node: Node): readonly Setting[] {
    const [value = node] = select(node, 'value');
    return value.kind === 'text' ? [{ name, value: withDefaults(this.#placed(value)) }] : [];
  }

  #placed(node: TextNode): PlacedText {
    const placed = placedValue(this.#part.text, node);
    const { offset, text } = this.#part;
    return offset === 0 ? placed : within(placed, [{ start: 0, end: text.length, at: offset }]);
  }

  #readCommand(node: Node, reading: CommandReading, circumstances: Circumstances): void {
    if (this.#isReference(node) || this.#read.has(node)) return;
    if (reading === 'settings') {
      for (const setting of sourceSettings(this.#settingsIn(node))) this.#settings.push(setting);
      return;
    }
    if (reading === 'server' || reading === 'tools' || reading === 'hook') {
      if (node.kind !== 'table') return;
      if (reading === 'server') this.#readServer(node, circumstances);
      else if (reading === 'tools') this.#readTools(node, circumstances);
      else this.#readHook(node, circumstances);
      return;
    }
    const texts = this.#textsIn(node);
    if (texts.length === 0) return;
    this.#read.add(node);
    if (reading === 'dockerfile') for (const text of texts) this.#addDockerfile(text);
    else if (reading === 'prompt') this.#add(SH, texts.flatMap(injected), circumstances);
    else if (reading === 'check' && node.kind === 'list') this.#readCheck(texts, circumstances);
    else this.#addTexts(node, texts, { reading, circumstances });
  }

  #addTexts(
    node: Node,
    texts: readonly PlacedText[],
    { reading, circumstances }: { readonly reading: CommandReading; readonly circumstances: Circumstances },
  ): void {
    if (reading === 'exec' && node.kind === 'list') {
      this.#add(EXEC, texts.map(withDefaults), circumstances);
      return;
    }
    const kind = reading === 'words' ? WORDS : reading === 'shell' ? circumstances.shell : SH;
    if (kind !== undefined) this.#add(kind, texts, circumstances);
  }

  /** `["CMD", "a", "b"]`, `["CMD-SHELL", "a b"]`, `["NONE"]`. */
  #readCheck([reader, ...texts]: readonly PlacedText[], circumstances: Circumstances): void {
    if (reader?.text === 'CMD') this.#add(EXEC, texts.map(withDefaults), circumstances);
    else if (reader?.text === 'CMD-SHELL') this.#add(SH, texts, circumstances);
  }

  #addDockerfile(file: PlacedText): void {
    for (const segment of dockerfile.contents(file.text).segments) {
      const { language, dialect } = segment;
      this.#segments.push(new SegmentText().place(placedIn(segment, file)).segment({ language, dialect }));
    }
  }

  /** `!reference [job, script]` of GitLab: what it leads to is read where it stands. */
  #isReference({ at }: Node): boolean {
    return /!reference[ \t]*$/.test(this.#part.text.slice(Math.max(0, at - 20), at));
  }

  /** The lines of a command that is a list, with those of lists in it. */
  #textsIn(node: Node): readonly PlacedText[] {
    if (node.kind === 'text') return [this.#placed(node)];
    if (node.kind !== 'list' || this.#isReference(node)) return [];
    return node.items.flatMap((item) => (item.kind === 'table' ? [] : this.#textsIn(item)));
  }

  /** `npm:name` is installed as by `npm install name`, and so with pipx, Cargo and others (https://mise.jdx.dev/dev-tools/backends/). */
  #readTools({ entries }: TableNode, circumstances: Circumstances): void {
    for (const { key } of entries) {
      const [, installer] = /^([a-z]+):/.exec(key.value) ?? [];
      if (installer === undefined) continue;
      const placed = this.#placed(key);
      const name = partOf(placed, { start: installer.length + 1, end: key.value.length });
      this.#add(
        EXEC,
        [partOf(placed, { start: 0, end: installer.length }), ...words('install'), name],
        circumstances,
      );
    }
  }

  #readHook(hook: TableNode, circumstances: Circumstances): void {
    const packages = textsAt(hook, 'additional_dependencies');
    const [id] = textsAt(hook, 'id');
    const [
      language = {
        value: languageOfHook(
          id?.value ?? '',
          packages.map(({ value }) => value),
        ),
      },
    ] = textsAt(hook, 'language');
    const command = languageInstallers.get(language.value);
    const names = packages.map((node) => this.#placed(node));
    if (command !== undefined && names.length > 0) this.#add(EXEC, [...command, ...names], circumstances);
  }

  #add(kind: ProgramKind, texts: readonly PlacedText[], { settings }: Circumstances): void {
    const segment = new SegmentText();
    if (kind.language === SH.language)
      for (const setting of settings) segment.assignment(setting, kind === EXEC ? ' ' : '\n');
    texts.forEach((text, at) => {
      if (kind === EXEC) segment.word(text);
      else segment.add(at === 0 ? '' : '\n').place(text);
    });
    if (texts.some(({ text }) => text.trim() !== '')) this.#segments.push(segment.segment(kind));
  }

  /**
   * Some programs have the words of the command in one list, some a table of the command, one a text with all of it. Of keys
   * that stand twice the last one counts, as for `JSON.parse`.
   */
  #readServer(table: TableNode, outer: Circumstances): void {
    const command = [...select(table, 'cmd'), ...select(table, 'command')].at(-1);
    if (command === undefined || this.#read.has(command)) return;
    this.#read.add(command);
    if (command.kind === 'table') {
      this.#readServer({ ...command, entries: renamed(command, 'path', 'command') }, outer);
      return;
    }
    const argsNode = select(table, 'args').at(-1);
    const [first, ...args] = [command, ...(argsNode === undefined ? [] : [argsNode])]
      .flatMap((node) => this.#textsIn(node))
      .map(withDefaults);
    if (first === undefined) return;
    const ownSettings = ['env', 'environment', 'envs']
      .flatMap((key) => entriesAt(table, key))
      .flatMap(({ key, value }) => this.#setting(key.value, value));
    const circumstances = { ...outer, settings: sourceSettings([...outer.settings, ...ownSettings]) };
    const isLine = command.kind === 'text' && /\s/.test(first.text);
    // A path may hold blanks: `C:\Program Files\nodejs\npx.cmd`.
    if (!isLine || (args.length > 0 && /[\\/]/.test(first.text)))
      this.#add(EXEC, [first, ...args], circumstances);
    if (!isLine) return;
    const line = args.reduce((text, word) => text.word(word), new SegmentText().place(first));
    this.#add(SH, [line.placed()], circumstances);
  }
}

/** `${NAME:-default}`: what a variable has where nobody set it (https://code.claude.com/docs/en/mcp#environment-variable-expansion-in-mcp-json). */
const DEFAULT = /\$\{\w+:-([^{}$]*)\}/g;

/** @returns A text in which the default of a variable stands for it. */
function withDefaults(placed: PlacedText): PlacedText {
  const filled = new SegmentText();
  let from = 0;
  for (const { 0: variable, 1: value = '', index } of placed.text.matchAll(DEFAULT)) {
    const end = index + variable.length;
    filled.place(partOf(placed, { start: from, end: index }));
    filled.place(partOf(placed, { start: end - 1 - value.length, end: end - 1 }));
    from = end;
  }
  return from === 0
    ? placed
    : filled.place(partOf(placed, { start: from, end: placed.text.length })).placed();
}

/** What a shell is given within a text, with braces that are in pairs. */
const INJECTED = /!\{((?:[^{}]|\{\{[^{}]*\}\}|\{[^{}]*\})*)\}/g;

function injected(prompt: PlacedText): readonly PlacedText[] {
  return [...prompt.text.matchAll(INJECTED)].map(({ 1: command = '', index }) =>
    partOf(prompt, { start: index + 2, end: index + 2 + command.length }),
  );
}

function words(command: string): readonly PlacedText[] {
  return command.split(' ').map((text) => ({ text, pieces: [] }));
}

/** What pre-commit installs with, by the languages of hooks (https://pre-commit.com/#supported-languages). */
const languageInstallers: ReadonlyMap<string, readonly PlacedText[]> = new Map([
  ['node', words('npm install')],
  [PYTHON, words('pip install')],
]);

/**
 * The language of a hook stands in the hook's own repository. Programs of Node are known by their names, among those of
 * https://pre-commit.com/hooks.html (2026-11), or by how their packages are written: `eslint@9`, `@types/node`. Most of the
 * others are Python's; a colon belongs to packages of Rust.
 */
function languageOfHook(id: string, packages: readonly string[]): string {
  if (NODE_HOOK.test(id) || packages.some((text) => /^@|^[\w./-]+@[\d^~*a-z]/.test(text))) return 'node';
  return packages.some((text) => /^[\w-]+:/.test(text)) ? '' : PYTHON;
}

const NODE_HOOK =
  /^(?:eslint|prettier|stylelint|commitlint|markdownlint|cspell|htmlhint|textlint|standard|semistandard|tslint|csslint|jshint|jscs|coffeelint|fixjson|svgo|biome|renovate|solhint|rustywind|swagger|spectral|dclint)/;

function renamed({ entries }: TableNode, from: string, to: string): TableNode['entries'] {
  return entries.map(({ key, value }) => ({
    key: key.value === from ? { ...key, value: to } : key,
    value,
  }));
}

/** @returns What reads commands where a shell is named so, or started so. */
function shellNamed(name: string): ProgramKind | undefined {
  // `micromamba-shell {0}`, `msys2 {0}`, `${{ matrix.shell }}`.
  return programReadBy(name) ?? (/sh|msys|nix|\$\{\{/i.test(name) ? SH : undefined);
}
