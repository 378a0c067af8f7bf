import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { compareRepository, labelledFiles, type Comparison } from './oracle.ts';

/** A folder that holds the repositories by their names, at the commits that the data tells. */
const folder = process.env['RUST_REPOSITORIES'] ?? '';

const names = ['log', 'serde', 'clap', 'iron', 'alacritty', 'wgpu'];
const repositories = names.filter(
  (name) => folder !== '' && existsSync(path.join(folder, name)) && labelledFiles(name).length > 0,
);

test.skipIf(repositories.length < names.length)(
  'crates of real programs are those that the compiler’s own parser and cargo name',
  { timeout: 600_000 },
  async () => {
    const results: (Comparison & { readonly name: string })[] = [];
    for (const name of repositories)
      results.push({ name, ...(await compareRepository(name, path.join(folder, name))) });
    const sum = (count: (of: (typeof results)[number]) => number) =>
      results.reduce((total, each) => total + count(each), 0);
    for (const { name, places, wrong, pairs, missed, others, unseen, settled, files } of results)
      console.log({ name, files, settled, places, wrong, pairs, missed, others, unseen });
    expect(results.flatMap(({ unseen }) => unseen)).toEqual([]);
    expect(results.flatMap(({ others }) => others)).toEqual([]);
    expect(sum(({ wrong }) => wrong.length)).toBeLessThanOrEqual(sum(({ places }) => places) / 2_500);
    expect(sum(({ missed }) => missed.length)).toBeLessThanOrEqual(sum(({ pairs }) => pairs) / 100);
  },
);
