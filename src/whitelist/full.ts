import { ecosystems, findEcosystem, type Ecosystem } from '../ecosystems/index.ts';
import type { Entry, EntryKind } from '../model/status.ts';
import { LineIndex } from '../text/lines.ts';
import { closestMatch } from '../text/nearest.ts';
import {
  valueKind,
  faultsOf,
  quoteForMessage,
  type Member,
  type Problem,
  type Tree,
} from '../documents/checked.ts';
import { readYaml } from '../documents/checked-yaml.ts';
import { checkEntry, type Field } from './entry.ts';
import { findSection, sections, wrongWithPath, type Extension, type WhitelistFile } from './file.ts';

/**
 * Reads any whitelist, and says of everything that is wrong where it stands.
 *
 * @param text Without a byte-order mark.
 */
export async function readFull(file: string, text: string): Promise<WhitelistFile> {
  const { root, problems } = await readYaml(text);
  const reader = new Reader(file, text);
  for (const problem of problems) reader.problems.push(problem);
  if (root !== null) reader.root(root);
  return {
    file,
    entries: reader.entries,
    extends: reader.extends,
    faults: faultsOf({ kind: 'whitelist', file }, text, reader.problems),
    warnings: reader.warnings,
  };
}

class Reader {
  readonly entries: Entry[] = [];
  readonly extends: Extension[] = [];
  readonly problems: Problem[] = [];
  readonly warnings: string[] = [];
  readonly #file: string;
  readonly #lines: LineIndex;

  constructor(file: string, text: string) {
    this.#file = file;
    this.#lines = new LineIndex(text);
  }

  root(tree: Tree): void {
    const members = this.#members(
      tree,
      'The file is a map of sections: approved, denied, baseline, requested.',
    );
    this.#warnOfTwins(members);
    for (const member of members) {
      const section = findSection(member.key);
      if (section !== undefined) this.#section(section, member.value);
      else if (member.key === 'extends') this.#extends(member.value);
      else this.#unknown(member, [...sections, 'extends']);
    }
  }

  #section(section: EntryKind, tree: Tree): void {
    const members = this.#members(tree, `Write ecosystems below “${section}”: npm, pypi.`);
    this.#warnOfTwins(members);
    for (const member of members) {
      const ecosystem = findEcosystem(member.key);
      if (ecosystem !== undefined) this.#packages(section, ecosystem, member.value);
      else
        this.#unknown(
          member,
          ecosystems.map(({ id }) => id),
        );
    }
  }

  #packages(section: EntryKind, ecosystem: Ecosystem, tree: Tree): void {
    for (const { key, at, value } of this.#members(tree, 'Write each package as a key: numpy: {}')) {
      const members = this.#members(value, 'Write what is known of the package as a map: { reason: … }');
      const fields = members.flatMap((member) => this.#field(member) ?? []);
      const where = { file: this.#file, line: this.#lines.locate(at).line };
      const raw = { section, ecosystem, name: key, at, fields };
      this.entries.push(checkEntry(raw, where, (problem) => this.problems.push(problem)));
    }
  }

  #field({ key, at: keyAt, value: tree }: Member): Field | undefined {
    const { at } = tree;
    if (tree.kind === 'list') {
      return { key, keyAt, at, value: tree.items.flatMap((item) => this.#item(item) ?? []) };
    }
    if (tree.kind === 'map') {
      this.problems.push({ at, message: `“${key}” holds a map`, next: 'Write a text on one line.' });
      return undefined;
    }
    if (tree.value === null) return { key, keyAt, at, value: null };
    const flag = key === 'unverified' && typeof tree.value === 'boolean';
    return { key, keyAt, at, value: flag ? tree.value : tree.text };
  }

  #item(tree: Tree): { at: number; text: string } | undefined {
    if (tree.kind === 'scalar' && tree.value !== null) return { at: tree.at, text: tree.text };
    this.problems.push({
      at: tree.at,
      message: `expected a name, found ${valueKind(tree)}`,
      next: 'Write a name.',
    });
    return undefined;
  }

  #extends(tree: Tree): void {
    const items = tree.kind === 'list' ? tree.items : [tree];
    for (const { at, text: path } of items.flatMap((item) => this.#item(item) ?? [])) {
      const wrong = wrongWithPath(path);
      if (wrong === undefined) this.extends.push({ path, ...this.#lines.locate(at) });
      else {
        const message = `the path ${quoteForMessage(path)} ${wrong}`;
        this.problems.push({ at, message, next: 'Name a file of this repository.' });
      }
    }
  }

  /** @returns The members of a map, none of an empty value; anything else is a problem. */
  #members(tree: Tree, next: string): readonly Member[] {
    if (tree.kind === 'map') return tree.members;
    if (tree.kind === 'scalar' && tree.value === null) return [];
    this.problems.push({ at: tree.at, message: `expected a map, found ${valueKind(tree)}`, next });
    return [];
  }

  #unknown({ key, at }: Member, allowedKeys: readonly string[]): void {
    const meant = closestMatch(key, allowedKeys);
    const next =
      meant === undefined ? `Keys here are ${allowedKeys.join(', ')}.` : `Did you mean “${meant}”?`;
    this.problems.push({ at, message: `unknown key ${quoteForMessage(key)}`, next });
  }

  /** A union merge may leave a section twice; both count. */
  #warnOfTwins(members: readonly Member[]): void {
    const previousKeys = new Set<string>();
    for (const { key, at } of members) {
      if (previousKeys.has(key)) {
        const { line } = this.#lines.locate(at);
        this.warnings.push(
          `${this.#file}:${line}: ${quoteForMessage(key)} stands a second time here; both parts count`,
        );
      }
      previousKeys.add(key);
    }
  }
}
