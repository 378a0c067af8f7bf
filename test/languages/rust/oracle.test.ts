import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { compareRepository, labelledFiles, type Comparison } from './oracle.ts';

/** What the data has, over all repositories: so that nothing is compared with nothing. */
const [PLACES, PAIRS] = [5_433, 868];

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
    const results: Comparison[] = [];
    for (const name of repositories) results.push(await compareRepository(name, path.join(folder, name)));
    const sum = (count: (of: Comparison) => number) =>
      results.reduce((total, each) => total + count(each), 0);
    expect(results.flatMap(({ unseen }) => unseen)).toEqual([]);
    expect(results.flatMap(({ others }) => others)).toEqual([]);
    expect(results.flatMap(({ wrong }) => wrong)).toEqual([]);
    expect(results.flatMap(({ missed }) => missed)).toEqual([]);
    expect(results.flatMap(({ open }) => open)).toEqual([]);
    expect([sum(({ places }) => places), sum(({ pairs }) => pairs)]).toEqual([PLACES, PAIRS]);
  },
);
