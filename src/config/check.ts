import { ecosystems } from '../ecosystems/index.ts';
import { escapesRoot } from '../text/inside.ts';
import { commandsSettings } from '../model/commands-setting.ts';
import type { NonEmpty } from '../model/text.ts';
import type { LineIndex } from '../text/lines.ts';
import { closestMatch } from '../text/nearest.ts';
import { plainGlob, type RepositoryPath } from '../text/repository-path.ts';
import { textOf, valueKind, type Entry, type Node } from '../documents/document.ts';
import { quoteForMessage, type Problem } from '../documents/problems.ts';
import { whitelistPath } from '../whitelist/file.ts';
import type { ExtensionFile } from '../whitelist/load.ts';
import { adviceAbout, everyModule, everyPackage, type Everything } from './advice.ts';
import { defaults, type Config, type KnownRule, type RuleLevel } from './config.ts';
import { registryProblem } from './registry.ts';

/** What checking needs besides the config, and where what is wrong goes. */
interface Checking {
  readonly rules: readonly KnownRule[];
  readonly lines: LineIndex;
  readonly report: (problem: Problem) => void;
}

const keys = [
  'whitelist',
  'extends',
  'trust',
  'rules',
  'ignorePaths',
  'ambient',
  'localModules',
  'privateNames',
  'registries',
  'lookup',
  'lookupBudget',
  'youngDays',
  'assistants',
  'policyFrom',
  'requested',
  'commands',
];
/** Where an editor finds the JSON Schema; it says nothing about the project. */
const schemaKey = '$schema';
const levels: readonly RuleLevel[] = ['error', 'warn', 'off'];

/**
 * Checks what a config says, and fills in the defaults.
 *
 * @returns The config without its source; it counts only where nothing was reported.
 */
export function checkConfig(tree: Node | undefined, checking: Checking): Config {
  if (tree === undefined) return defaults;
  return new Checker(checking).config(tree);
}

class Checker {
  readonly #checking: Checking;

  constructor(checking: Checking) {
    this.#checking = checking;
  }

  config(tree: Node): Config {
    const values = this.#known(tree, { knownKeys: keys, what: 'the config' });
    const named = <const T extends string>(key: string, words: readonly T[]) => {
      const value = values.get(key);
      return value === undefined ? undefined : this.#word(key, value, words);
    };
    const number = (key: string, limits: Limits) => {
      const value = values.get(key);
      return value === undefined ? undefined : this.#number(key, value, limits);
    };
    const names = (key: string, everything: Everything) => this.#names(key, values.get(key), everything);
    return {
      whitelist: this.#whitelist(values.get('whitelist')) ?? defaults.whitelist,
      extends: this.#extends(values.get('extends')) ?? defaults.extends,
      trust: named('trust', ['manifests', 'whitelist']) ?? defaults.trust,
      rules: this.#rules(values.get('rules')) ?? defaults.rules,
      ignorePaths: this.#ignored(values.get('ignorePaths')) ?? defaults.ignorePaths,
      ambient: names('ambient', everyModule) ?? defaults.ambient,
      localModules: names('localModules', everyModule) ?? defaults.localModules,
      privateNames: names('privateNames', everyPackage) ?? defaults.privateNames,
      registries: this.#registries(values.get('registries')) ?? defaults.registries,
      lookup: named('lookup', ['on', 'off']) ?? defaults.lookup,
      lookupBudget: number('lookupBudget', { least: 0.1, most: 600, whole: false }) ?? defaults.lookupBudget,
      youngDays: number('youngDays', { least: 0, most: 36_500, whole: true }) ?? defaults.youngDays,
      assistants: named('assistants', ['ask', 'trusted']) ?? defaults.assistants,
      policyFrom: named('policyFrom', ['auto', 'head', 'base']) ?? defaults.policyFrom,
      requested: named('requested', ['error', 'warn']) ?? defaults.requested,
      commands: named('commands', commandsSettings) ?? defaults.commands,
      source: null,
    };
  }

  /** @returns The values by key; keys that are unknown, or stand twice, are reported. */
  #known(tree: Node, { knownKeys, what }: { knownKeys: readonly string[]; what: string }): Map<string, Node> {
    const values = new Map<string, Node>();
    for (const { key: name, value } of this.#members(tree, what)) {
      const { value: key, at } = name;
      if (key === schemaKey && knownKeys === keys) continue;
      if (!knownKeys.includes(key)) {
        this.#wrong(at, `unknown key ${quoteForMessage(key)} in ${what}`, adviceAbout(key, knownKeys));
      } else if (values.has(key)) this.#wrong(at, `duplicate key “${key}”`, 'Keep one of them.');
      values.set(key, value);
    }
    return values;
  }

  #members(tree: Node, what: string): readonly Entry[] {
    if (tree.kind === 'table') return tree.entries;
    this.#wrong(tree.at, `${what} is a map, not ${valueKind(tree)}`, 'Write keys and values.');
    return [];
  }

  #word<T extends string>(key: string, tree: Node, words: readonly T[]): T | undefined {
    const text = textOf(tree);
    const word = words.find((candidate) => candidate === text);
    if (word !== undefined) return word;
    const meant = text === undefined ? undefined : closestMatch(text, words);
    const next = meant === undefined ? `Write ${words.join(' or ')}.` : `Did you mean “${meant}”?`;
    const actualValue = text === undefined ? valueKind(tree) : quoteForMessage(text);
    this.#wrong(tree.at, `“${key}” is ${words.join(' or ')}, not ${actualValue}`, next);
    return undefined;
  }

  #number(key: string, tree: Node, { least, most, whole }: Limits): number | undefined {
    const value = tree.kind === 'other' ? tree.value : undefined;
    const fits = typeof value === 'number' && value >= least && value <= most;
    if (fits && (!whole || Number.isInteger(value))) return value;
    const kind = whole ? 'a whole number' : 'a number';
    this.#wrong(tree.at, `“${key}” is ${kind} from ${least} to ${most}`, 'Correct it, or leave it out.');
    return undefined;
  }

  #texts(key: string, tree: Node | undefined): TextItem[] | undefined {
    if (tree === undefined) return undefined;
    if (tree.kind !== 'list') {
      this.#wrong(tree.at, `“${key}” is a list, not ${valueKind(tree)}`, 'Write it as ["one", "two"].');
      return undefined;
    }
    return tree.items.flatMap((item) => {
      const text = textOf(item) ?? '';
      if (text.trim() !== '') return { at: item.at, text };
      this.#wrong(
        item.at,
        `“${key}” must hold strings, not ${valueKind(item)}`,
        'Write a name in quotation marks.',
      );
      return [];
    });
  }

  /** With a pattern that is only wildcards nothing would be asked, or judged. */
  #names(key: string, tree: Node | undefined, everything: Everything): string[] | undefined {
    return this.#texts(key, tree)?.map(({ at, text }) => {
      if (everything.pattern.test(text)) {
        const message = `${quoteForMessage(text)} in “${key}” has only wildcards and matches everything`;
        this.#wrong(at, message, everything.next);
      }
      return text;
    });
  }

  #whitelist(tree: Node | undefined): RepositoryPath | undefined {
    if (tree === undefined) return undefined;
    const text = textOf(tree);
    if (text !== undefined) return this.#path('whitelist', { at: tree.at, text });
    const message = `“whitelist” is a path, not ${valueKind(tree)}`;
    this.#wrong(tree.at, message, 'Write a path from the root.');
    return undefined;
  }

  #extends(tree: Node | undefined): ExtensionFile[] | undefined {
    return this.#texts('extends', tree)?.flatMap((item) => {
      const path = this.#path('extends', item);
      return path === undefined ? [] : { path, ...this.#checking.lines.locate(item.at) };
    });
  }

  #path(key: string, item: TextItem): RepositoryPath | undefined {
    const reading = whitelistPath(item.text);
    if (reading.kind === 'path') return reading.path;
    this.#wrongPath(key, item, reading.reason);
    return undefined;
  }

  /** What a config names comes to the defaults; `!` in front of one of those takes it away. */
  #ignored(tree: Node | undefined): string[] | undefined {
    const items = this.#texts('ignorePaths', tree);
    if (items === undefined) return undefined;
    const removals = new Set(
      items
        .map(({ text }) => text)
        .filter(takesDefault)
        .map(withoutMark),
    );
    const globs = items.filter(({ text }) => !takesDefault(text)).map((item) => this.#glob(item));
    return [...new Set([...defaults.ignorePaths.filter((glob) => !removals.has(glob)), ...globs])];
  }

  #glob(item: TextItem): string {
    const glob = plainGlob(item.text);
    const reason = escapesRoot(item.text) ?? escapesRoot(glob);
    if (reason !== undefined) this.#wrongPath('ignorePaths', item, reason);
    if (glob.startsWith('!')) {
      const message = `${quoteForMessage(item.text)} in “ignorePaths” removes a pattern that is not a default`;
      const meant = closestMatch(withoutMark(glob), defaults.ignorePaths);
      const next =
        meant === undefined
          ? `Only these can be removed: ${defaults.ignorePaths.join(', ')}.`
          : `Did you mean “!${meant}”?`;
      this.#wrong(item.at, message, next);
    }
    return glob;
  }

  #wrongPath(key: string, { at, text }: TextItem, reason: string): void {
    const message = `the path ${quoteForMessage(text)} in “${key}” ${reason}`;
    this.#wrong(at, message, 'Name a file of this repository.');
  }

  #rules(tree: Node | undefined): Map<string, RuleLevel> | undefined {
    if (tree === undefined) return undefined;
    const { rules } = this.#checking;
    const set = new Map<string, RuleLevel>();
    for (const [id, value] of this.#known(tree, { knownKeys: rules.map(({ id }) => id), what: '“rules”' })) {
      const level = this.#word(id, value, levels);
      const rule = rules.find((candidate) => candidate.id === id);
      if (level === undefined || rule === undefined) continue;
      if (rule.fixed && level !== 'error') {
        this.#wrong(value.at, `the severity of “${id}” can’t be lowered`, 'Remove the line.');
      }
      set.set(id, level);
    }
    return set;
  }

  #registries(tree: Node | undefined): Map<string, NonEmpty<string>> | undefined {
    if (tree === undefined) return undefined;
    const ecosystemIds = ecosystems.map(({ id }) => id);
    const registries = new Map<string, NonEmpty<string>>();
    for (const [id, value] of this.#known(tree, { knownKeys: ecosystemIds, what: '“registries”' })) {
      const items = value.kind === 'list' && value.items.length > 0 ? value.items : [value];
      const [first, ...moreAddresses] = items.flatMap((item) => this.#registry(id, item));
      if (first !== undefined) registries.set(id, [first, ...moreAddresses]);
    }
    return registries;
  }

  #registry(id: string, tree: Node): readonly string[] {
    const url = textOf(tree);
    const wrong = url === undefined ? `is ${valueKind(tree)}` : registryProblem(url);
    if (url !== undefined && wrong === undefined) return [url];
    this.#wrong(tree.at, `the registry of ${id} ${wrong ?? ''}`, 'Write an https:// URL.');
    return [];
  }

  #wrong(at: number, message: string, next: string): void {
    this.#checking.report({ at, message, next });
  }
}

function takesDefault(text: string): boolean {
  return text.startsWith('!') && defaults.ignorePaths.includes(withoutMark(text));
}

function withoutMark(glob: string): string {
  return glob.slice(1);
}

/** A text of a list, and its offset. */
interface TextItem {
  readonly at: number;
  readonly text: string;
}

interface Limits {
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
}
