import { expect, test } from 'vitest';
import {
  lineAdded,
  lineRemoved,
  lineReplaced,
  readManifest,
} from '../../../src/ecosystems/manifest-change.ts';
import { manifests } from '../../../src/ecosystems/cargo/manifests/index.ts';
import type { LineEdits } from '../../../src/model/manifest-editor.ts';

const [format] = manifests;
const head = '[package]\nname = "app"\n\n';

async function manifestOf(text: string) {
  if (format === undefined) throw new Error('no format');
  const manifest = await readManifest('Cargo.toml', text, format);
  const line = manifest.contents.dependencies.find(({ name }) => name === 'wrong');
  return { manifest, line };
}

/** @returns The text after edits; why there are none. */
function edited(text: string, outcome: LineEdits): string {
  if (outcome.kind === 'byHand') return `by hand: ${outcome.reason}`;
  return outcome.edits
    .toSorted((left, right) => right.start - left.start)
    .reduce(
      (result, { start, end, text: inserted }) => result.slice(0, start) + inserted + result.slice(end),
      text,
    );
}

test.each([
  ['wrong = "1"', 'right = "1"'],
  [
    'wrong = { version = "1", features = ["std"] } # why',
    'right = { version = "1", features = ["std"] } # why',
  ],
  ['wrong.version = "1"\nwrong.features = []', 'right.version = "1"\nright.features = []'],
])('%s is renamed', async (line, expected) => {
  const text = `${head}[dependencies]\n${line}\n`;
  const { manifest, line: dependency } = await manifestOf(text);
  if (dependency === undefined) throw new Error('no line');
  const outcome = await lineReplaced(manifest, dependency, { ecosystem: 'cargo', name: 'right' });
  expect(edited(text, outcome)).toBe(`${head}[dependencies]\n${expected}\n`);
});

test.each([
  ['[dependencies]\nserde = "1"\nwrong = "1"\n', '[dependencies]\nserde = "1"\n'],
  ['[dependencies]\nserde = "1"\n\n[dependencies.wrong]\nversion = "1"\n', '[dependencies]\nserde = "1"\n\n'],
  [
    '[dependencies]\nwrong = { version = "1", optional = true }\n[features]\nx = ["dep:wrong"]\n',
    'by hand: a feature in [features] names the crate: change both',
  ],
])('%j without the line', async (body, expected) => {
  const { manifest, line } = await manifestOf(head + body);
  if (line === undefined) throw new Error('no line');
  const result = edited(head + body, await lineRemoved(manifest, line));
  expect(result.replace(head, '')).toBe(expected);
});

test.each([
  ['[dependencies]\nserde = "1"\n', '1.2.3', '[dependencies]\nserde = "1"\nnew-one = "1.2.3"\n'],
  ['[dependencies]\nserde = "1"\n', null, '[dependencies]\nserde = "1"\nnew-one = "*"\n'],
])('a line is added to %j', async (body, latest, expected) => {
  const { manifest } = await manifestOf(head + body);
  const dependency = { package: { ecosystem: 'cargo', name: 'new-one' }, latest };
  expect(edited(head + body, await lineAdded(manifest, dependency))).toBe(head + expected);
});

test('a line that gives its crate another name is for people to change', async () => {
  const text = `${head}[dependencies]\nshort = { package = "wrong", version = "1" }\n`;
  const { manifest, line } = await manifestOf(text);
  if (line === undefined) throw new Error('no line');
  const outcome = await lineReplaced(manifest, line, { ecosystem: 'cargo', name: 'right' });
  expect(edited(text, outcome)).toMatch(/^by hand: .* change `package` there/);
});

test('what a workspace has for its members is no place for a new line', async () => {
  const { manifest } = await manifestOf('[workspace]\n[workspace.dependencies]\nserde = "1"\n');
  const dependency = { package: { ecosystem: 'cargo', name: 'new-one' }, latest: '1.0.0' };
  expect((await lineAdded(manifest, dependency)).kind).toBe('byHand');
});
