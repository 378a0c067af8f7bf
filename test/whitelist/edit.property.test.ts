import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pypi } from '../../src/ecosystems/pypi/names.ts';
import type { Entry, EntryKind } from '../../src/model/status.ts';
import { edit, type Edit } from '../../src/whitelist/edit.ts';
import { readFast } from '../../src/whitelist/fast.ts';
import { readFull } from '../../src/whitelist/full.ts';
import { sections } from '../../src/whitelist/file.ts';
import type { EntryContent } from '../../src/whitelist/write.ts';
import { dates, names, texts } from './generate.ts';
import { rounds } from '../kit/length.ts';

const count = rounds(250, 1000);

const content: fc.Arbitrary<EntryContent> = fc.record(
  { source: texts, reason: texts, by: texts, date: dates, imports: fc.subarray(['cv2', 'a.b', 'on', '_x']) },
  { requiredKeys: [] },
);

/** An entry as people write it, in one of several styles; `mark` makes its comments recognisable. */
const written = (name: string, indent: string, mark: string) =>
  fc.constantFrom(
    [`${indent}${JSON.stringify(name)}: { reason: "${mark}" }`],
    [`${indent}'${name}':   {reason: ${mark}}  # ${mark}`],
    [`${indent}# above ${mark}`, `${indent}"${name}": {}`],
    [`${indent}"${name}":`, `${indent}   reason: >-`, `${indent}     ${mark}`, `${indent}     ${mark}`, ''],
    [
      `${indent}"${name}": # ${mark}`,
      `${indent}  by: ${mark}`,
      ...(name.endsWith('/*') ? [] : [`${indent}  imports:`, `${indent}  - a`]),
      `${indent}# ${mark}`,
    ],
    [`${indent}"${name}":`],
  );
const packages = (id: 'npm' | 'pypi', mark: string) =>
  fc
    .tuple(
      fc.uniqueArray(names[id], { maxLength: 4, selector: (name) => pypi.canonical(name) }),
      fc.constantFrom('    ', '     '),
    )
    .chain(([all, indent]) => {
      const flow = `  ${id}: { ${all.map((name) => `"${name}": {}`).join(', ')} } # ${mark}`;
      const block = fc
        .tuple(...all.map((name, index) => written(name, indent, `${mark}${index}`)))
        .map((lines) => [`  ${id}: # ${mark}`, ...lines.flat()]);
      return all.length === 0
        ? fc.constantFrom([`  ${id}:`], [`  ${id}: {} # ${mark}`])
        : fc.oneof(block, block, fc.constant([flow]));
    });
const section = (name: EntryKind) =>
  fc
    .subarray(['npm', 'pypi'] as const)
    .chain((ids) =>
      fc
        .tuple(...ids.map((id) => packages(id, `${name}-${id}`)))
        .map((parts) => [`${name}:${ids.length === 0 ? ' {}' : ''}`, ...parts.flat(), `# after ${name}`]),
    );
const whitelist = fc
  .tuple(fc.shuffledSubarray([...sections]), fc.constantFrom('\n', '\r\n'), fc.boolean())
  .chain(([all, eol, end]) =>
    fc.tuple(...all.map(section)).map((parts) => ['# ours', ...parts.flat()].join(eol) + (end ? eol : '')),
  );

const one = fc.tuple(
  fc.constantFrom(...sections),
  fc.constantFrom('npm' as const, 'pypi' as const),
  fc.boolean(),
);
const edits = fc.array(
  one.chain(([where, ecosystem, adds]) =>
    fc.record({ name: names[ecosystem], content }).map(({ name, content: all }): Edit => {
      const imports = name.endsWith('/*') || ecosystem === 'npm' ? [] : (all.imports ?? []);
      const source = where === 'approved' && !name.endsWith('/*') ? (all.source ?? null) : null;
      const address = { section: where, ecosystem, name };
      return adds
        ? { kind: 'put', ...address, content: { ...all, imports, source } }
        : { kind: 'remove', ...address };
    }),
  ),
  { minLength: 1, maxLength: 4 },
);

const keyOf = ({ kind: where, ecosystem, name }: Pick<Entry, 'section' | 'ecosystem' | 'name'>) =>
  `${where} ${ecosystem} ${ecosystem === 'pypi' ? pypi.canonical(name) : name}`;
const contentOf = ({ imports = [], source = null, reason = null, by = null, date = null }: EntryContent) =>
  JSON.stringify({ imports, source, reason, by, date });

/** Edits that also meet entries which are there: half of them take over an address of the file. */
async function aimed(text: string, all: readonly Edit[]): Promise<Edit[]> {
  const { entries } = await readFull('a.yaml', text);
  return all.map((change, index) => {
    const target = index % 2 === 0 ? entries[(index * 7) % Math.max(entries.length, 1)] : undefined;
    if (target === undefined) return change;
    const { kind: where, ecosystem, name } = target;
    const address = { section: where, ecosystem, name };
    return change.kind === 'remove' || name.endsWith('/*')
      ? { kind: 'remove', ...address }
      : {
          ...change,
          ...address,
          content: { ...change.content, ...(where === 'approved' ? {} : { source: null }), imports: [] },
        };
  });
}

test('an edited file says what was meant, keeps everything else, and both readers agree on it', async () => {
  let changed = 0;
  await fc.assert(
    fc.asyncProperty(whitelist, edits, async (text, raw) => {
      const all = await aimed(text, raw);
      const before = await readFull('a.yaml', text);
      expect(before.faults).toEqual([]);
      const result = await edit('a.yaml', text, all);
      if (result.kind === 'refused') throw new Error(`${result.fault.message} ${result.fault.next}`);
      if (result.text !== text) changed++;

      const meant = new Map(before.entries.map((entry) => [keyOf(entry), contentOf(entry)]));
      for (const change of all) {
        if (change.kind === 'put') meant.set(keyOf(change), contentOf(change.content));
        else meant.delete(keyOf(change));
      }
      const after = await readFull('a.yaml', result.text);
      expect(after.faults).toEqual([]);
      expect(new Map(after.entries.map((entry) => [keyOf(entry), contentOf(entry)]))).toEqual(meant);

      const fast = readFast('a.yaml', result.text);
      if (fast !== undefined) expect(fast.entries).toEqual(after.entries);
      expectSameLines(text, result.text, new Set(all.map(keyOf)));
      if (text.includes('\r\n')) expect(result.text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    }),
    { numRuns: count },
  );
  expect(changed).toBeGreaterThan(count / 2);
});

/** Every line that belongs to no edited entry and opens no map is still there, in the same order. */
function expectSameLines(before: string, after: string, touched: ReadonlySet<string>): void {
  const rest = after.split(/\r?\n/);
  let at = 0;
  for (const line of untouchedLines(before, touched)) {
    const found = rest.indexOf(line, at);
    expect(found, `the line ${JSON.stringify(line)} is gone`).toBeGreaterThanOrEqual(at);
    at = found + 1;
  }
}

function untouchedLines(text: string, touched: ReadonlySet<string>): string[] {
  let address = { section: '', ecosystem: '' };
  let inTouched = 0;
  return text.split(/\r?\n/).filter((line) => {
    const indent = line.length - line.trimStart().length;
    if (/^ *#/.test(line)) return true;
    if (indent === 0 && line !== '') address = { section: line.replace(/:.*/, ''), ecosystem: '' };
    if (indent === 2) address = { ...address, ecosystem: line.trim().replace(/:.*/, '') };
    if (indent <= 2) return false;
    const name = /^ {4,5}(?:"([^"]*)"|'([^']*)'):/.exec(line);
    if (name !== null) {
      const written = name[1] ?? name[2] ?? '';
      const canonical = address.ecosystem === 'pypi' ? pypi.canonical(written) : written;
      inTouched = touched.has(`${address.section} ${address.ecosystem} ${canonical}`) ? indent : 0;
    }
    return inTouched === 0;
  });
}

test('what we write ourselves needs no YAML library to be read', async () => {
  await fc.assert(
    fc.asyncProperty(edits, async (all) => {
      const result = await edit('a.yaml', null, all);
      if (result.kind === 'refused') throw new Error(result.fault.message);
      const meant = new Map<string, string>();
      for (const change of all) {
        if (change.kind === 'put') meant.set(keyOf(change), contentOf(change.content));
        else meant.delete(keyOf(change));
      }
      const { entries } = readFast('a.yaml', result.text) ?? { entries: [] };
      expect(new Map(entries.map((entry) => [keyOf(entry), contentOf(entry)]))).toEqual(meant);
    }),
    { numRuns: count },
  );
});
