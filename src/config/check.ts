import { ecosystems } from '../ecosystems/index.ts';
import { escapesRoot } from '../text/inside.ts';
import type { LineIndex } from '../text/lines.ts';
import { closestMatch } from '../text/nearest.ts';
import { valueKind, quoteForMessage, type Member, type Problem, type Tree } from '../documents/checked.ts';
import { wrongWithPath, type Extension } from '../whitelist/file.ts';
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
];
/** Where an editor finds the JSON Schema; it says nothing about the project. */
const schemaKey = '$schema';
const levels: readonly RuleLevel[] = ['error', 'warn', 'off'];

/**
 * Checks what a config says, and fills in the defaults.
 *
 * @returns The config without its source; it counts only where nothing was reported.
 */
export function checkConfig(tree: Tree | null, checking: Checking): Config {
  if (tree === null) return defaults;
  return new Checker(checking).config(tree);
}

class Checker {
  readonly #checking: Checking;

  constructor(checking: Checking) {
    this.#checking = checking;
  }

  config(tree: Tree): Config {
    const values = this.#known(tree, { knownKeys: keys, what: 'the config' });
    const named = <const T extends string>(key: string, words: readonly T[]) => {
      const value = values.get(key);
      return value === undefined ? undefined : this.#word(key, value, words);
    };
    const number = (key: string, limits: Limits) => {
      const value = values.get(key);
      return value === undefined ? undefined : this.#number(key, value, limits);
    };
    const texts = (key: string) => this.#texts(key, values.get(key))?.map(({ text }) => text);
    return {
      whitelist: this.#path('whitelist', values.get('whitelist')) ?? defaults.whitelist,
      extends: this.#extends(values.get('extends')) ?? defaults.extends,
      trust: named('trust', ['manifests', 'whitelist']) ?? defaults.trust,
      rules: this.#rules(values.get('rules')) ?? defaults.rules,
      ignorePaths: this.#globs(values.get('ignorePaths')) ?? defaults.ignorePaths,
      ambient: texts('ambient') ?? defaults.ambient,
      localModules: texts('localModules') ?? defaults.localModules,
      privateNames: this.#patterns('privateNames', values.get('privateNames')) ?? defaults.privateNames,
      registries: this.#registries(values.get('registries')) ?? defaults.registries,
      lookup: named('lookup', ['on', 'off']) ?? defaults.lookup,
      lookupBudget: number('lookupBudget', { least: 0.1, most: 600, whole: false }) ?? defaults.lookupBudget,
      youngDays: number('youngDays', { least: 0, most: 36_500, whole: true }) ?? defaults.youngDays,
      assistants: named('assistants', ['ask', 'trusted']) ?? defaults.assistants,
      source: null,
    };
  }

  /** @returns The values by key; keys that are unknown, or stand twice, are reported. */
  #known(tree: Tree, { knownKeys, what }: { knownKeys: readonly string[]; what: string }): Map<string, Tree> {
    const values = new Map<string, Tree>();
    for (const { key, at, value } of this.#members(tree, what)) {
      if (key === schemaKey && knownKeys === keys) continue;
      if (!knownKeys.includes(key)) {
        const meant = closestMatch(key, knownKeys);
        const next =
          meant === undefined ? `Keys here are ${knownKeys.join(', ')}.` : `Did you mean “${meant}”?`;
        this.#wrong(at, `unknown key ${quoteForMessage(key)} in ${what}`, next);
      } else if (values.has(key)) this.#wrong(at, `“${key}” stands twice`, 'Keep one of them.');
      values.set(key, value);
    }
    return values;
  }

  #members(tree: Tree, what: string): readonly Member[] {
    if (tree.kind === 'map') return tree.members;
    this.#wrong(tree.at, `${what} is a map, not ${valueKind(tree)}`, 'Write keys and values.');
    return [];
  }

  #word<T extends string>(key: string, tree: Tree, words: readonly T[]): T | undefined {
    const text = tree.kind === 'scalar' && typeof tree.value === 'string' ? tree.value : undefined;
    const word = words.find((candidate) => candidate === text);
    if (word !== undefined) return word;
    const meant = text === undefined ? undefined : closestMatch(text, words);
    const next = meant === undefined ? `Write ${words.join(' or ')}.` : `Did you mean “${meant}”?`;
    const actualValue = text === undefined ? valueKind(tree) : quoteForMessage(text);
    this.#wrong(tree.at, `“${key}” is ${words.join(' or ')}, not ${actualValue}`, next);
    return undefined;
  }

  #number(key: string, tree: Tree, { least, most, whole }: Limits): number | undefined {
    const value = tree.kind === 'scalar' ? tree.value : null;
    const fits = typeof value === 'number' && value >= least && value <= most;
    if (fits && (!whole || Number.isInteger(value))) return value;
    const kind = whole ? 'a whole number' : 'a number';
    this.#wrong(tree.at, `“${key}” is ${kind} from ${least} to ${most}`, 'Correct it, or leave it out.');
    return undefined;
  }

  #texts(key: string, tree: Tree | undefined): { at: number; text: string }[] | undefined {
    if (tree === undefined) return undefined;
    if (tree.kind !== 'list') {
      this.#wrong(tree.at, `“${key}” is a list, not ${valueKind(tree)}`, 'Write it as ["one", "two"].');
      return undefined;
    }
    return tree.items.flatMap((item) => {
      const text = item.kind === 'scalar' && typeof item.value === 'string' ? item.value : '';
      if (text.trim() !== '') return { at: item.at, text };
      this.#wrong(
        item.at,
        `“${key}” holds texts, not ${valueKind(item)}`,
        'Write a name in quotation marks.',
      );
      return [];
    });
  }

  #path(key: string, tree: Tree | undefined): string | undefined {
    if (tree === undefined) return undefined;
    if (tree.kind !== 'scalar' || typeof tree.value !== 'string') {
      this.#wrong(tree.at, `“${key}” is a path, not ${valueKind(tree)}`, 'Write a path from the root.');
      return undefined;
    }
    this.#report(key, { at: tree.at, text: tree.value }, wrongWithPath(tree.value));
    return tree.value;
  }

  #report(key: string, { at, text }: { at: number; text: string }, wrong: string | undefined): void {
    if (wrong === undefined) return;
    this.#wrong(
      at,
      `the path ${quoteForMessage(text)} in “${key}” ${wrong}`,
      'Name a file of this repository.',
    );
  }

  #extends(tree: Tree | undefined): Extension[] | undefined {
    const paths = this.#texts('extends', tree);
    for (const path of paths ?? []) this.#report('extends', path, wrongWithPath(path.text));
    return paths?.map(({ at, text }) => ({ path: text, ...this.#checking.lines.locate(at) }));
  }

  #globs(tree: Tree | undefined): string[] | undefined {
    const globs = this.#texts('ignorePaths', tree);
    for (const { at, text } of globs ?? []) {
      this.#report('ignorePaths', { at, text }, escapesRoot(text));
      if (text.startsWith('!')) {
        this.#wrong(
          at,
          `${quoteForMessage(text)} in “ignorePaths” takes something back`,
          'Name what is ignored, and only that.',
        );
      }
    }
    return globs?.map(({ text }) => text);
  }

  /** One that fits every name would have nobody asked about anything: that is `lookup: off`, and says so. */
  #patterns(key: string, tree: Tree | undefined): string[] | undefined {
    const patterns = this.#texts(key, tree);
    for (const { at, text } of patterns ?? []) {
      if (/[\p{L}\p{N}]/u.test(text)) continue;
      this.#wrong(
        at,
        `${quoteForMessage(text)} in “${key}” fits names of every kind`,
        'Write what your own names begin with, such as "@acme/*".',
      );
    }
    return patterns?.map(({ text }) => text);
  }

  #rules(tree: Tree | undefined): Map<string, RuleLevel> | undefined {
    if (tree === undefined) return undefined;
    const { rules } = this.#checking;
    const set = new Map<string, RuleLevel>();
    for (const [id, value] of this.#known(tree, { knownKeys: rules.map(({ id }) => id), what: '“rules”' })) {
      const level = this.#word(id, value, levels);
      const rule = rules.find((candidate) => candidate.id === id);
      if (level === undefined || rule === undefined) continue;
      if (rule.fixed && level !== 'error') {
        this.#wrong(value.at, `“${id}” can’t be configured down`, 'Remove the line.');
      }
      set.set(id, level);
    }
    return set;
  }

  #registries(tree: Tree | undefined): Map<string, string> | undefined {
    if (tree === undefined) return undefined;
    const ecosystemIds = ecosystems.map(({ id }) => id);
    const registries = new Map<string, string>();
    for (const [id, value] of this.#known(tree, { knownKeys: ecosystemIds, what: '“registries”' })) {
      const url = value.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
      const wrong = url === undefined ? `is ${valueKind(value)}` : registryProblem(url);
      if (wrong !== undefined) {
        this.#wrong(value.at, `the registry of ${id} ${wrong}`, 'Write an https:// address.');
      } else if (url !== undefined) registries.set(id, url);
    }
    return registries;
  }

  #wrong(at: number, message: string, next: string): void {
    this.#checking.report({ at, message, next });
  }
}

interface Limits {
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
}
