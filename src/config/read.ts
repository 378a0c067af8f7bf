import type { Fault } from '../model/fault.ts';
import { LineIndex } from '../text/lines.ts';
import { plainGlob } from '../text/repository-path.ts';
import { entriesAt, select, textOf, type Node } from '../documents/document.ts';
import { faultsOf, type Problem } from '../documents/problems.ts';
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
  const [config] = select(root, ...source.within);
  const tree = withCurrentIds(config, rules);
  const settings = checkConfig(tree, { rules, lines, report: (problem) => allProblems.push(problem) });
  const faults = faultsOf({ kind: 'config', file: source.file }, bare, allProblems);
  if (faults.length > 0) return { kind: 'faults', faults };
  const places = new Map([...linesOf(tree, '')].map(([key, at]) => [key, lines.locate(at).line]));
  return { kind: 'config', config: { ...settings, source: { file: source.file, lines: places } } };
}

/** @returns The config with the names that its rules have today. */
function withCurrentIds(config: Node | undefined, rules: readonly KnownRule[]): Node | undefined {
  if (config?.kind !== 'table') return config;
  const currentId = (id: string) => rules.find(({ formerIds }) => formerIds?.includes(id))?.id ?? id;
  const renamed = (value: Node): Node => {
    if (value.kind !== 'table') return value;
    const entries = value.entries.map((entry) => ({
      ...entry,
      key: { ...entry.key, value: currentId(entry.key.value) },
    }));
    return { ...value, entries };
  };
  const entries = config.entries.map(({ key, value }) => ({
    key,
    value: key.value === 'rules' ? renamed(value) : value,
  }));
  return { ...config, entries };
}

/** @returns The offset of each key, and of those below it: `rules`, `rules.unclear-import`, `ignorePaths.generated/**`. */
function linesOf(node: Node | undefined, prefix: string): Map<string, number> {
  const offsets = new Map<string, number>();
  if (node?.kind === 'list') {
    const nameOf = (text: string) => (prefix === 'ignorePaths.' ? plainGlob(text) : text);
    for (const item of node.items) {
      const text = textOf(item);
      if (text !== undefined) offsets.set(`${prefix}${nameOf(text)}`, item.at);
    }
  }
  for (const { key, value } of entriesAt(node)) {
    offsets.set(`${prefix}${key.value}`, key.at);
    for (const [nestedKey, offset] of linesOf(value, `${prefix}${key.value}.`))
      offsets.set(nestedKey, offset);
  }
  return offsets;
}
