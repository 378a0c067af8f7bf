import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packageLabel } from '../../src/model/package.ts';
import { edit, newFileText, type Edit } from '../../src/whitelist/edit.ts';
import { readWhitelist } from '../../src/whitelist/read.ts';
import { rounds } from '../kit/length.ts';
import { Scratch } from '../kit/scratch.ts';
import { approval, file, put } from './entries.ts';

const branches = 20;
const orders = rounds(1, 10);
/** As `init` writes it. */
const attributes = `${file} merge=union\n`;

async function withEdits(text: string, ...edits: readonly Edit[]): Promise<string> {
  const result = await edit(file, text, edits);
  if (result.kind === 'refused') throw new Error(`${result.fault.message} ${result.fault.next}`);
  return result.text;
}

async function labelsIn(text: string): Promise<string[]> {
  const { faults, warnings, entries } = await readWhitelist(file, text);
  expect(faults).toEqual([]);
  expect(warnings).toEqual([]);
  return entries.map(packageLabel);
}

/** Distinct names that begin alike, so that many lines want to stand at the same place. */
const names = fc.uniqueArray(
  fc
    .tuple(fc.constantFrom('npm', 'pypi'), fc.stringMatching(/^[a-c]{1,2}[a-z]{0,4}$/))
    .map(([ecosystem, name]) => `${ecosystem}:${name}`),
  { minLength: branches + 15, maxLength: branches + 15 },
);

/** @returns A repository in which each branch approves one package more than the first commit. */
async function repository(
  files: Readonly<Record<string, string>>,
  text: string,
  labels: readonly string[],
): Promise<Scratch> {
  const scratch = await Scratch.with({ ...files, [file]: text });
  const first = (await scratch.git('rev-parse', 'HEAD')).trim();
  for (const [index, label] of labels.entries()) {
    await scratch.git('checkout', '--quiet', '-b', `topic-${String(index)}`, first);
    const content = approval(`for ${label}`, { by: `Person ${String(index)}`, date: '2026-11-23' });
    scratch.write({ [file]: await withEdits(text, put(label, content)) });
    await scratch.commitAll(`approve ${label}`);
  }
  await scratch.git('checkout', '--quiet', 'main');
  return scratch;
}

const merge = (scratch: Scratch, index: number) =>
  scratch.tryGit('merge', '--quiet', '--no-ff', '--no-edit', `topic-${String(index)}`);

const cases = fc
  .sample(names, orders)
  .map((all, index) => ({ order: index + 1, added: all.slice(0, branches), old: all.slice(branches) }));

describe('branches that approve one package each are merged one after the other', () => {
  test.each(cases)('without a conflict, and nothing is lost: order $order', async ({ order, added, old }) => {
    const before = order % 2 === 0 ? old : [];
    const text = await withEdits(newFileText(), ...before.map((label) => put(label, approval('before'))));
    using scratch = await repository({ '.gitattributes': attributes }, text, added);
    for (const index of added.keys()) {
      expect(await merge(scratch, index)).toMatchObject({ code: 0 });
      const labels = await labelsIn(scratch.read(file));
      expect(labels.toSorted()).toEqual([...before, ...added.slice(0, index + 1)].toSorted());
    }
    const { entries } = await readWhitelist(file, scratch.read(file));
    for (const entry of entries)
      expect(entry).toMatchObject(
        before.includes(packageLabel(entry))
          ? { kind: 'approved', reason: 'before' }
          : { kind: 'approved', reason: `for ${packageLabel(entry)}`, date: '2026-11-23' },
      );
    expect(scratch.read(file).match(/^packages:$/gm)).toHaveLength(1);
  });

  test('with a conflict where git is not told to unite them', async () => {
    using scratch = await repository({}, newFileText(), ['npm:a', 'npm:b']);
    expect(await merge(scratch, 0)).toMatchObject({ code: 0 });
    expect(await merge(scratch, 1)).toMatchObject({ code: 1 });
    expect((await readWhitelist(file, scratch.read(file))).faults).toHaveLength(1);
  });
});
