import type { Fault } from '../model/fault.ts';
import { LineIndex } from '../text/lines.ts';
import { plainGlob } from '../text/repository-path.ts';
import { faultsOf, type Member, type Problem, type Tree } from '../documents/checked.ts';
import { checkConfig } from './check.ts';
import type { Config, KnownRule } from './config.ts';
import type { ConfigSource } from './find.ts';
import { readDataFile } from '../documents/data-file.ts';

export type ConfigRead =
  | { readonly kind: 'config'; readonly config: Config }
  | { readonly kind: 'faults'; readonly faults: readonly Fault[] };

/**
 * Reads a config. It is data: nothing in it, or beside it, is ever executed.
 *
 * @param text The content of the file; a byte-order mark is passed over.
 * @param rules All rules that there are.
 * @returns The checked config, or every fault with its line and column.
 */
export async function readConfig(
  source: ConfigSource,
  text: string,
  rules: readonly KnownRule[],
): Promise<ConfigRead> {
  const bare = text.startsWith('\ufeff') ? text.slice(1) : text;
  const { root, problems } = await readDataFile(source.format, bare);
  const allProblems: Problem[] = [...problems];
  const lines = new LineIndex(bare);
  const tree = root === null ? null : withCurrentIds(inside(root, source.within), rules);
  const settings = checkConfig(tree, { rules, lines, report: (problem) => allProblems.push(problem) });
  const faults = faultsOf({ kind: 'config', file: source.file }, bare, allProblems);
  if (faults.length > 0) return { kind: 'faults', faults };
  const places = new Map([...linesOf(tree, '')].map(([key, at]) => [key, lines.locate(at).line]));
  return { kind: 'config', config: { ...settings, source: { file: source.file, lines: places } } };
}

function inside(root: Tree, within: readonly string[]): Tree | null {
  let at: Tree | null = root;
  for (const key of within) {
    const member: Member | undefined =
      at?.kind === 'map' ? at.members.find((candidate) => candidate.key === key) : undefined;
    at = member?.value ?? null;
  }
  return at;
}

/** @returns The config with the names that its rules have today. */
function withCurrentIds(tree: Tree | null, rules: readonly KnownRule[]): Tree | null {
  if (tree?.kind !== 'map') return tree;
  const currentId = (key: string) => rules.find(({ formerIds }) => formerIds?.includes(key))?.id ?? key;
  const renamed = (value: Tree): Tree =>
    value.kind === 'map'
      ? { ...value, members: value.members.map((member) => ({ ...member, key: currentId(member.key) })) }
      : value;
  const members = tree.members.map((member) =>
    member.key === 'rules' ? { ...member, value: renamed(member.value) } : member,
  );
  return { ...tree, members };
}

/** @returns The offset of each key, and of those below it: `rules`, `rules.unclear-import`, `ignorePaths.generated/**`. */
function linesOf(tree: Tree | null, prefix: string): Map<string, number> {
  const offsets = new Map<string, number>();
  if (tree?.kind === 'list') {
    const nameOf = (text: string) => (prefix === 'ignorePaths.' ? plainGlob(text) : text);
    for (const item of tree.items)
      if (item.kind === 'scalar') offsets.set(`${prefix}${nameOf(item.text)}`, item.at);
  }
  if (tree?.kind !== 'map') return offsets;
  for (const { key, at, value } of tree.members) {
    offsets.set(`${prefix}${key}`, at);
    for (const [nestedKey, offset] of linesOf(value, `${prefix}${key}.`)) offsets.set(nestedKey, offset);
  }
  return offsets;
}
